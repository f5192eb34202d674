"""`python -m miaf_engine`: the command line."""

import os
import sys

from miaf_engine.memory import share_one_heap
from miaf_engine.process.command_line import main

share_one_heap()
code = main()
sys.stdout.flush()
sys.stderr.flush()
# Not sys.exit: unloading torch takes up to seconds on a busy machine, in which a run
# that was cancelled seems to continue. All files are closed; nothing waits for the end.
os._exit(code)
