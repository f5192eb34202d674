"""A worker process: tasks in, answers out, until its input ends.

`python -m miaf_engine.process.task_worker`, started by `tasks.workers.local`. The first
line of its standard input says what it is to be: `run_id`, `model`, `digest`, `device`.
Each further line is a task of `tasks.workers.doing`: a scene, or a tile of one. Its
lines are those of docs/protocol.md, and besides `ready` with `device`, and `answer` for
each task.
The end of its input, as when its starter has died, ends it within 1.5 seconds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from queue import SimpleQueue
from typing import Any

from miaf_engine.errors import Cancelled, as_user_error
from miaf_engine.io.offline import only_allowed_drivers, stay_offline
from miaf_engine.io.outputs import release_folders, set_run_id
from miaf_engine.memory import freed_memory_kept, share_one_heap
from miaf_engine.process.worker import (
    CANCELLED,
    DEFECT,
    DONE,
    USER_ERROR,
    LineProgress,
    claim_stdout,
    end_if_stuck,
)

Lines = SimpleQueue  # of dict[str, Any] | None


def main() -> int:
    """Serve until the input ends; return the exit code."""
    share_one_heap()
    # Ctrl+C goes to all processes of a terminal; the starter ends this one in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    progress = LineProgress(claim_stdout(), lambda _: None)
    progress.begun = True  # Its input ends in order too, and needs time for that.
    lines: Lines[dict[str, Any] | None] = SimpleQueue()
    for work in (lambda: _read(lines, progress), lambda: end_if_stuck(progress)):
        threading.Thread(target=work, daemon=True).start()
    first = lines.get()
    if first is None:
        return CANCELLED
    try:
        return _serve(first, lines, progress)
    except Cancelled:
        return CANCELLED
    finally:
        progress.finished = True
        release_folders()


def _serve(
    first: dict[str, Any], lines: Lines[dict[str, Any] | None], progress: LineProgress
) -> int:
    set_run_id(first["run_id"])
    stay_offline()
    try:
        # Imported here: numerical libraries take seconds, and the end of input must be
        # noticed.
        from miaf_engine.tasks.workers.doing import do_task, kept_model

        only_allowed_drivers()
        model = kept_model(first["model"], first["device"], first["digest"])
    except Exception as error:
        known = as_user_error(error)
        if known is None:
            raise
        progress.emit("error", **known.facts)
        return USER_ERROR
    progress.emit("ready", device=model.device.name)
    with freed_memory_kept():  # the next task is likely to be as large
        while (task := lines.get()) is not None:
            progress.emit("answer", **do_task(task, progress))
    return DONE


def _read(lines: Lines[dict[str, Any] | None], progress: LineProgress) -> None:
    for line in sys.stdin.buffer:
        lines.put(json.loads(line))
    progress.cancel()
    lines.put(None)


if __name__ == "__main__":
    code = DEFECT
    try:
        code = main()
    finally:
        sys.stderr.flush()
        if code != DEFECT:
            # Not sys.exit: unloading torch takes up to seconds.
            os._exit(code)
