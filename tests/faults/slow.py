"""Slows the engine down where a kill would hardly ever meet it.

Moves into place take microseconds, and a whole task a quarter of a second.
"""

from __future__ import annotations

import time
from pathlib import Path

from miaf_engine.process import worker

MOVE_S, MESSAGE_S = 0.03, 0.02


def slow(what: str) -> None:
    """Slow down 'moves' or 'messages' of this process; "" does nothing.

    With 'locked 3' the third move into place is refused, as Windows does it where
    another program has the file open.
    """
    if what.startswith("locked"):
        _lock(int(what.split()[1]))
    elif what == "moves":
        move = Path.replace

        def slow_move(self: Path, target: Path) -> Path:
            time.sleep(MOVE_S)
            return move(self, target)

        Path.replace = slow_move  # type: ignore[method-assign]
    elif what == "messages":
        write = worker.LineProgress._write

        def slow_write(self: worker.LineProgress, line: str) -> None:
            write(self, line)
            time.sleep(MESSAGE_S)

        worker._PROGRESS_INTERVAL_S = 0.0
        worker.LineProgress._write = slow_write  # type: ignore[method-assign]


def _lock(left: int) -> None:
    move = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        nonlocal left
        left -= ".checkpoint" not in str(target)
        if left == 0:
            raise PermissionError(13, "The process cannot access the file", str(self))
        return move(self, target)

    Path.replace = refuse  # type: ignore[method-assign]
