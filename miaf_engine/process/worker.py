"""The engine as a process of its own: a request in, JSON lines out.

Reads the request, writes the lines, listens for a cancel and keeps the log. The
protocol is described in docs/protocol.md.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Protocol, TextIO

from miaf_engine import __version__
from miaf_engine.errors import (
    Cancelled,
    ConfigError,
    MiafError,
    as_user_error,
    printable,
)
from miaf_engine.io.outputs import discard_all, set_run_id
from miaf_engine.limits import MAX_REQUEST_BYTES
from miaf_engine.progress import Progress
from miaf_engine.requests import TASKS
from miaf_engine.translation import tr

FORMAT, VERSION = "miaf-request", 1

# A bar needs no more than this; the last message always goes out.
_PROGRESS_INTERVAL_S = 0.1


class Cancellable(Protocol):
    """What a signal cancels."""

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""


class Watched(Protocol):
    """What is known of a run that may be stuck.

    Attributes:
        begun: Whether the task is at work.
        finished: Whether a cancel comes too late.
    """

    begun: bool
    finished: bool

    def wait(self) -> None:
        """Block until someone asks to stop."""


DONE, USER_ERROR, DEFECT, CANCELLED = 0, 1, 2, 3
# The caller waits two seconds before it kills; what is temporary is gone by then.
_PATIENCE_S = 1.5
_BEGINNING_S = 0.2
ALIVE_S = 5.0  # between two signs of life


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
    _check_envelope(envelope, path.name)
    return {"log": None, "run_id": None, "preview": None, **envelope}


class LineProgress(Progress):
    """Progress as JSON lines, and a cancel flag that any thread may set.

    Attributes:
        begun: Whether the libraries are loaded and the task is at work.
        finished: Whether the result is out, and a cancel comes too late.
        previews_to: File for coarse maps of a training; None for none.
    """

    def __init__(self, stream: TextIO, log: Callable[[str], None]) -> None:
        self._stream = stream
        self._log = log
        self._lock = threading.Lock()
        self._asked = threading.Event()
        self._last = self._last_epoch = 0.0
        self.begun = self.finished = False
        self.previews_to: str | None = None

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

    def epoch(
        self,
        number: int,
        count: int,
        loss: float,
        accuracy: float | None = None,
        stage: str = "",
    ) -> None:
        """Write an epoch line, at most ten a second besides those with an accuracy."""
        now = time.monotonic()
        late = now - self._last_epoch >= _PROGRESS_INTERVAL_S
        if late or accuracy is not None or number == count:
            self._last_epoch = now
            fields = {"number": number, "count": count, "stage": _name_of(stage)}
            self.emit("epoch", **fields, loss=loss, accuracy=accuracy)

    def kept(self, number: int, stage: str = "") -> None:
        """Write after which epoch an interrupted training would continue."""
        self.emit("kept", number=number, stage=_name_of(stage))

    def preview_file(self) -> str | None:
        """Return the file that the request names."""
        return self.previews_to

    def preview(self, number: int, stage: str = "") -> None:
        """Write that there is a new coarse map, and of which epoch."""
        name = _name_of(stage)
        self.emit("preview", path=self.previews_to, number=number, stage=name)

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""
        self._asked.set()

    def cancelled(self) -> bool:
        """Return whether someone asked to stop."""
        return self._asked.is_set()

    def wait(self) -> None:
        """Block until someone asks to stop."""
        self._asked.wait()


def _name_of(stage: str) -> str:
    """Return the name of a stage without the colon that ends it in any language."""
    return stage.rstrip(": \uff1a\u00a0")


def run(request_file: str) -> int:
    """Carry out a request file and return the exit code."""
    stream = claim_stdout()
    log = _Log(None)
    progress = LineProgress(stream, log.write)
    for watch in (_watch_stdin, end_if_stuck, _show_life):
        threading.Thread(target=watch, args=(progress,), daemon=True).start()
    threading.Thread(target=_watch_reader, args=(progress, stream), daemon=True).start()
    watch_signals(progress)
    try:
        envelope = read_request(Path(request_file))
        log.open(envelope["log"])
        progress.previews_to = envelope["preview"]
        if envelope["run_id"]:
            set_run_id(envelope["run_id"])
        log.write(f"engine {__version__}, task {envelope['task']}")
        progress.emit("progress", fraction=0.0, text=tr("Starting the engine"))
        result = _carry_out(envelope, progress)
    except Cancelled:
        log.write("cancelled")
        return CANCELLED
    except Exception as error:  # noqa: BLE001 - the last stop: all must become a line
        return _report(error, progress, log)
    progress.finished = True
    progress.emit("result", **result)
    log.write("done")
    return DONE


def claim_stdout() -> TextIO:
    """Keep standard output for the protocol; what others print goes to stderr."""
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return os.fdopen(kept, "w", encoding="ascii", newline="\n")


def end_if_stuck(
    progress: Watched,
    patience_s: float = _PATIENCE_S,
    last_words: Callable[[], None] = lambda: None,
) -> None:
    """End the process when a cancel is not followed in time by the run itself.

    Args:
        progress: Of the run.
        patience_s: How long the run may take to end by itself.
        last_words: Called just before the end.
    """
    progress.wait()
    # Before the task is at work there is nothing to clear up, but it may just begin.
    time.sleep(patience_s if progress.begun else _BEGINNING_S)
    # The caller closes standard input after the result: that is no cancel.
    if progress.finished:
        return
    discard_all()
    last_words()
    os._exit(CANCELLED)


def _check_envelope(envelope: Any, name: str) -> None:
    if not isinstance(envelope, dict) or envelope.get("format") != FORMAT:
        raise ConfigError(f"'{name}' is not a request file.")
    if envelope.get("version") != VERSION:
        raise ConfigError(
            tr(
                "The request is of version {version}, but this engine reads version "
                "{known}."
            ).format(version=envelope.get("version"), known=VERSION),
            hint=tr("Use a plugin and an engine of the same release."),
        )
    if envelope.get("task") not in list(TASKS):
        raise ConfigError(
            f"Unknown task {envelope.get('task')!r}.",
            hint=f"Known tasks: {', '.join(TASKS)}.",
        )
    if not isinstance(envelope.get("request"), dict):
        raise ConfigError("The request file has no request.")
    for key in ("log", "run_id", "preview"):
        if not isinstance(envelope.get(key), (str, type(None))):
            raise ConfigError(f"'{key}' in the request file is not text.")


def _carry_out(envelope: dict[str, Any], progress: Progress) -> dict[str, Any]:
    request = TASKS[envelope["task"]].from_json(envelope["request"])
    # Imported here: numerical libraries take seconds, and a cancel must be noticed.
    from miaf_engine import tasks

    return tasks.carry_out(request, progress)


def _report(error: Exception, progress: LineProgress, log: _Log) -> int:
    """Tell the user of an error; a defect's traceback goes to the log."""
    known = as_user_error(error)
    if known is not None:
        log.write(f"error: {known}")
        progress.emit("error", **known.facts)
        return USER_ERROR
    text = "".join(traceback.format_exception(error))
    log.write(text)
    sys.stderr.write(printable(text))
    progress.emit(
        "error",
        kind="Defect",
        message=tr("The engine failed: {name}: {error}").format(
            name=type(error).__name__, error=error
        ),
        hint=tr("This is a bug in the engine. Its log file has the details."),
    )
    return DEFECT


def _watch_stdin(progress: LineProgress) -> None:
    """Cancel on a line `cancel` or at the end of standard input."""
    descriptor = sys.stdin.fileno()
    received = b""
    while True:
        try:
            piece = os.read(descriptor, 4096)
        except OSError:
            piece = b""
        received = (received + piece)[-4096:]
        if not piece or b"cancel" in (line.strip() for line in received.split(b"\n")):
            progress.cancel()
            return


def _watch_reader(progress: LineProgress, stream: TextIO) -> None:
    """Cancel once nobody reads our lines, without waiting for the next to fail."""
    if not hasattr(select, "poll"):  # Windows, where the next line shows it
        return
    looking = select.poll()
    looking.register(stream.fileno(), 0)
    # macOS says POLLNVAL for what is no pipe: that tells nothing.
    if any(seen & (select.POLLERR | select.POLLHUP) for _, seen in looking.poll()):
        progress.cancel()


# What ends a run in order. A terminal that is closed sends SIGHUP.
_ENDING = ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT")


def watch_signals(
    progress: Cancellable, at_once: Callable[[], None] | None = None
) -> None:
    """Cancel on a signal that asks for the end.

    Python runs a handler when the main thread is next in Python code, which may be
    seconds away; the wake-up descriptor is written to at once. A signal that whoever
    started this process has it ignore, as `nohup` does, stays ignored.

    Args:
        progress: Is cancelled.
        at_once: What a second signal does; None is nothing.
    """
    received, written = os.pipe()
    # Windows needs it not, and has it for pipes from Python 3.12 on.
    if sys.platform != "win32":
        os.set_blocking(written, False)
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: progress.cancel())
    signal.set_wakeup_fd(written, warn_on_full_buffer=False)

    def watch() -> None:
        os.read(received, 1)
        progress.cancel()
        if at_once is not None:
            os.read(received, 1)
            at_once()

    threading.Thread(target=watch, daemon=True).start()


def _show_life(progress: LineProgress) -> None:
    """Say every few seconds that the process lives, also while a library computes."""
    while not progress.finished:
        time.sleep(ALIVE_S)
        progress.alive()


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
