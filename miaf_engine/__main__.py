"""`python -m miaf_engine`: the command line."""

import sys

from miaf_engine.command_line import main

sys.exit(main())
