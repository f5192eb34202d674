"""The engine as a process of its own: a request in, JSON lines out.

The protocol is described in DESIGN.md, "The engine process".
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TextIO

from miaf_engine import __version__
from miaf_engine.errors import Cancelled, ConfigError, MiafError
from miaf_engine.outputs import discard_all, set_run_id
from miaf_engine.progress import Progress
from miaf_engine.requests import TASKS

DONE, USER_ERROR, DEFECT, CANCELLED = 0, 1, 2, 3
FORMAT, VERSION = "miaf-request", 1
MAX_REQUEST_BYTES = 16 * 2**20
# The caller waits two seconds before it kills; what is temporary is gone by then.
_PATIENCE_S = 1.5
# A bar needs no more than this; the last message always goes out.
_PROGRESS_INTERVAL_S = 0.1


class LineProgress(Progress):
    """Progress as JSON lines, and a cancel flag that any thread may set."""

    def __init__(self, stream: TextIO, log: Callable[[str], None]) -> None:
        self._stream = stream
        self._log = log
        self._lock = threading.Lock()
        self._asked = threading.Event()
        self._last = 0.0

    def emit(self, kind: str, **fields: Any) -> None:
        """Write one line; a caller that has gone away counts as a cancel."""
        line = json.dumps({"type": kind, **fields}, allow_nan=False)
        with self._lock:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except (BrokenPipeError, OSError, ValueError):
                self._asked.set()

    def advance(self, fraction: float, text: str = "") -> None:
        """Write a progress line, at most ten a second."""
        now = time.monotonic()
        if now - self._last >= _PROGRESS_INTERVAL_S or fraction >= 1.0:
            self._last = now
            self.emit("progress", fraction=round(min(fraction, 1.0), 4), text=text)

    def info(self, message: str) -> None:
        """Write an info line."""
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


def run(request_file: str) -> int:
    """Carry out a request file and return the exit code."""
    stream = _claim_stdout()
    log = _Log(None)
    progress = LineProgress(stream, log.write)
    threading.Thread(target=_watch_stdin, args=(progress,), daemon=True).start()
    threading.Thread(target=_end_if_stuck, args=(progress,), daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: progress.cancel())
    try:
        envelope = read_request(Path(request_file))
        log.open(envelope["log"])
        if envelope["run_id"]:
            set_run_id(envelope["run_id"])
        log.write(f"engine {__version__}, task {envelope['task']}")
        progress.advance(0.0, "Starting the engine")
        result = _carry_out(envelope, progress)
    except Cancelled:
        log.write("cancelled")
        return CANCELLED
    except Exception as error:  # noqa: BLE001 - the last stop: all must become a line
        return _report(error, progress, log)
    progress.emit("result", **result)
    log.write("done")
    return DONE


def read_request(path: Path) -> dict[str, Any]:
    """Read and check the envelope of a request file.

    Raises:
        ConfigError: It is no request, or of another version, or asks for an unknown
            task.
    """
    try:
        if path.stat().st_size > MAX_REQUEST_BYTES:
            raise ConfigError(f"The request file '{path.name}' is too large.")
        envelope = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, MiafError):
            raise
        raise ConfigError(f"'{path.name}' is not a request file: {error}.") from error
    if not isinstance(envelope, dict) or envelope.get("format") != FORMAT:
        raise ConfigError(f"'{path.name}' is not a request file.")
    if envelope.get("version") != VERSION:
        raise ConfigError(
            f"The request is of version {envelope.get('version')}; "
            f"this engine knows version {VERSION}.",
            hint="Use a plugin and an engine of the same release.",
        )
    if envelope.get("task") not in TASKS:
        raise ConfigError(
            f"Unknown task {envelope.get('task')!r}.",
            hint=f"Known tasks: {', '.join(TASKS)}.",
        )
    if not isinstance(envelope.get("request"), dict):
        raise ConfigError("The request file has no request.")
    return {"log": None, "run_id": None, **envelope}


def _carry_out(envelope: dict[str, Any], progress: Progress) -> dict[str, Any]:
    request = TASKS[envelope["task"]].from_json(envelope["request"])
    # Imported here: numerical libraries take seconds, and a cancel must be heard.
    from miaf_engine import pipeline

    return pipeline.carry_out(request, progress)


def _report(error: Exception, progress: LineProgress, log: _Log) -> int:
    """Tell the user of an error; a defect's traceback goes to the log."""
    known = as_user_error(error)
    if known is not None:
        log.write(f"error: {known}")
        fields = {"kind": known.kind, "message": known.message, "hint": known.hint}
        progress.emit("error", **fields)
        return USER_ERROR
    text = "".join(traceback.format_exception(error))
    log.write(text)
    sys.stderr.write(text)
    progress.emit(
        "error",
        kind="Defect",
        message=f"The engine failed: {type(error).__name__}: {error}",
        hint="This is a defect of the engine; its log file has the details.",
    )
    return DEFECT


def as_user_error(error: BaseException) -> MiafError | None:
    """Return the error as one that a user can understand, or None for a defect."""
    from miaf_engine.errors import DependencyError, MemoryShortError

    if isinstance(error, MiafError):
        return error
    # On a CPU torch says so in the text of a plain RuntimeError.
    short = type(error).__name__ == "OutOfMemoryError" or "can't allocate" in str(error)
    if isinstance(error, MemoryError) or short:
        return MemoryShortError(
            "The engine ran out of memory.",
            hint="Lower the memory budget or the width, or close other programs.",
        )
    if isinstance(error, ModuleNotFoundError):
        return DependencyError(
            f"The engine's interpreter lacks the package '{error.name}'.",
            hint="Run 'Set up the engine', or choose another interpreter.",
        )
    return None


def _claim_stdout() -> TextIO:
    """Keep standard output for the protocol; what others print goes to stderr."""
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return os.fdopen(kept, "w", encoding="ascii", newline="\n")


def _watch_stdin(progress: LineProgress) -> None:
    """Cancel on a line `cancel` or at the end of standard input."""
    descriptor = sys.stdin.fileno()
    heard = b""
    while True:
        try:
            piece = os.read(descriptor, 4096)
        except OSError:
            piece = b""
        heard = (heard + piece)[-4096:]
        if not piece or b"cancel" in (line.strip() for line in heard.split(b"\n")):
            progress.cancel()
            return


def _end_if_stuck(progress: LineProgress) -> None:
    """End the process when a cancel is not followed in time by the run itself."""
    progress.wait()
    time.sleep(_PATIENCE_S)
    discard_all()
    os._exit(CANCELLED)


class _Log:
    """The run's log file; nothing is written before a path is known."""

    def __init__(self, path: str | None) -> None:
        self._path = path

    def open(self, path: str | None) -> None:
        """Write to `path` from now on."""
        self._path = path

    def write(self, text: str) -> None:
        """Add a line with the time; a log that cannot be written stops nothing."""
        if not self._path:
            return
        stamp = datetime.now(timezone.utc).isoformat(timespec="seconds")
        try:
            with Path(self._path).open("a", encoding="utf-8") as stream:
                stream.write(f"{stamp} {text}\n")
        except OSError:
            self._path = None
