"""Progress of a run as JSON lines, and its cancel flag."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any, TextIO

from miaf_engine.progress import Progress

# A bar needs no more than this; the last message always goes out.
_PROGRESS_INTERVAL_S = 0.1


class LineProgress(Progress):
    """Progress as JSON lines, and a cancel flag that any thread may set.

    Attributes:
        begun: Whether the libraries are loaded and the task is at work.
        finished: Whether the result is out, and a cancel comes too late.
    """

    def __init__(self, stream: TextIO, log: Callable[[str], None]) -> None:
        self._stream = stream
        self._log = log
        self._lock = threading.Lock()
        self._asked = threading.Event()
        self._last = 0.0
        self.begun = self.finished = False

    def emit(self, kind: str, /, **fields: Any) -> None:
        """Write one line; a caller that has gone away counts as a cancel."""
        line = json.dumps({"type": kind, **fields}, allow_nan=False)
        with self._lock:
            self._write(line)

    def alive(self) -> None:
        """Write that the engine lives, and the processor time it has used so far."""
        fields = {"type": "alive", "cpu_seconds": round(time.process_time(), 1)}
        with self._lock:
            if not self.finished:
                self._write(json.dumps(fields))

    def _write(self, line: str) -> None:
        try:
            self._stream.write(line + "\n")
            self._stream.flush()
        except (BrokenPipeError, OSError, ValueError):
            self._asked.set()

    def advance(self, fraction: float, text: str = "") -> None:
        """Write a progress line, at most ten a second."""
        now, self.begun = time.monotonic(), True
        if now - self._last >= _PROGRESS_INTERVAL_S or fraction >= 1.0:
            self._last = now
            self.emit("progress", fraction=round(min(fraction, 1.0), 4), text=text)

    def info(self, message: str) -> None:
        """Write an info line."""
        self.begun = True
        self._log(f"info: {message}")
        self.emit("info", text=message)

    def warning(self, message: str) -> None:
        """Write a warning line."""
        self._log(f"warning: {message}")
        self.emit("warning", text=message)

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""
        self._asked.set()

    def cancelled(self) -> bool:
        """Return whether someone asked to stop."""
        return self._asked.is_set()

    def wait(self) -> None:
        """Block until someone asks to stop."""
        self._asked.wait()
