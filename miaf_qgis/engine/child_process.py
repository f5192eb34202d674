"""A child process that QGIS outlives: lines out, cancel in, the whole group killed."""

from __future__ import annotations

import os
import queue
import signal

# Programs are given as lists of words, never to a shell.
import subprocess  # nosec B404
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, cast

POLL_SECONDS = 0.05
GRACE_SECONDS = 2.0
# How long a child may live on after it closed its output, and how long to look at a
# pipe that a descendant keeps open after the child has ended.
EXIT_SECONDS = 30.0
IDLE_POLLS = 20
# Of the engine's results the largest, of a thousand scenes, have two megabytes. What is
# longer is no message, and is left out rather than kept or shown.
LONGEST_LINE = 1 << 24

# What QGIS sets for itself and another Python must not see: its standard library, its
# GDAL plugins (built for another GDAL) and its projection database.
_DROPPED = frozenset(
    {
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PYTHONEXECUTABLE",
        "__PYVENV_LAUNCHER__",
        "GDAL_DATA",
        "GDAL_DRIVER_PATH",
        "PROJ_LIB",
        "PROJ_DATA",
    }
)
_ADDED = {
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONUNBUFFERED": "1",
    # A crash in native code then leaves a stack in standard error.
    "PYTHONFAULTHANDLER": "1",
}


# What `answer_of` raises where a program failed or took too long.
ProgramError = subprocess.SubprocessError


class Stopped(Exception):  # noqa: N818 - not an error: the user asked for it
    """Raised where the user cancelled while a child was running."""


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for another Python than that of QGIS."""
    kept = {
        name: value
        for name, value in environment.items()
        if name.upper() not in _DROPPED and not name.upper().startswith("QT_")
    }
    return {**kept, **_ADDED}


def own_group() -> dict[str, Any]:
    """Return what makes subprocess start a child apart from QGIS, without a window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _start(
    arguments: Sequence[str],
    folder: Path | None,
    environment: Mapping[str, str],
    *,
    stdin: int,
    stderr: int,
) -> subprocess.Popen[bytes]:
    """Start a program whose output is read; nothing else in the plugin starts one."""
    # A list and no shell: nothing in it can be taken for a command.
    return subprocess.Popen(  # nosec B603
        list(arguments),
        cwd=None if folder is None else str(folder),
        env=dict(environment),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        **own_group(),
    )


def answer_of(
    arguments: Sequence[str], seconds: float, folder: Path | None = None
) -> bytes:
    """Return what a program writes to its standard output.

    Args:
        arguments: The program and what it is given.
        seconds: How long it may take.
        folder: Where it runs, in QGIS's own folder by default.

    Raises:
        OSError: It cannot be started.
        ProgramError: It failed or did not answer in time.
    """
    program = _start(
        arguments,
        folder,
        clean_environment(os.environ),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with program:
        try:
            output, _ = program.communicate(timeout=seconds)
        except BaseException:
            program.kill()
            raise
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, arguments[0])
    return output


class Child:
    """A running child; as a context manager it is dead at the end, come what may.

    Attributes:
        last_words: Last lines of the child's standard error.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        extra_environment: Mapping[str, str] | None = None,
        *,
        merged: bool = False,
    ) -> None:
        """Start the child in `folder`; `merged`: its errors are among its lines.

        Raises:
            OSError: The program cannot be started.
        """
        self.last_words: deque[str] = deque(maxlen=40)
        self._lines: queue.Queue[str | None] = queue.Queue(maxsize=1000)
        self._discard = threading.Event()
        self._process = _start(
            arguments,
            folder,
            {**clean_environment(os.environ), **(extra_environment or {})},
            stdin=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        )
        # None only without a pipe, and errors that go with the output are not read.
        self._input = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)
        self._errors = cast("IO[bytes]", self._process.stderr)
        pipes = {self._read_output: self._output}
        if not merged:
            pipes[self._read_errors] = self._errors
        self._readers = [
            (threading.Thread(target=read, daemon=True), pipe)
            for read, pipe in pipes.items()
        ]
        for reader, _pipe in self._readers:
            reader.start()

    def __enter__(self) -> Child:
        """Return the running child."""
        return self

    def __exit__(self, *_reason: object) -> None:
        """Kill what is left of the child and its descendants."""
        self.kill()
        self._discard.set()
        for reader, pipe in self._readers:
            reader.join(timeout=1.0)
            if not reader.is_alive():
                pipe.close()

    def lines(
        self, feedback: Any, silence: Callable[[], None] = lambda: None
    ) -> Iterator[str]:
        """Yield the lines of standard output until it ends.

        Args:
            feedback: Has `isCanceled()`, asked at least ten times a second.
            silence: Called as often while there is no line.

        Raises:
            Stopped: The user cancelled.
        """
        idle = 0
        while idle < IDLE_POLLS:
            if feedback.isCanceled():
                raise Stopped
            try:
                line = self._lines.get(timeout=POLL_SECONDS)
            except queue.Empty:
                idle += self._process.poll() is not None
                silence()
                continue
            if line is None:
                return
            yield line

    def exit_code(self, feedback: Any) -> int | None:
        """Wait for the end and return the exit code, None if it had to be killed.

        Raises:
            Stopped: The user cancelled.
        """
        deadline = time.monotonic() + EXIT_SECONDS
        while time.monotonic() < deadline:
            if feedback.isCanceled():
                raise Stopped
            try:
                code = self._process.wait(timeout=POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            self._readers[-1][0].join(timeout=1.0)
            return code
        self.kill()
        return None

    def cancel(self, received: Callable[[str], None] = lambda _line: None) -> None:
        """Ask the child to stop, wait for two seconds at most, then kill it.

        Args:
            received: Called with the lines that it still writes.
        """
        self._close_input(b"cancel\n")
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline:
            ended = self._process.poll() is not None
            try:
                line = self._lines.get(timeout=POLL_SECONDS)
            except queue.Empty:
                line = None
            if line is not None:
                received(line)
            elif ended:
                break
        self._discard.set()
        self.kill()

    def kill(self) -> None:
        """End the child and, where the system has process groups, its descendants."""
        if sys.platform == "win32":
            if self._process.poll() is None:
                self._process.kill()
        else:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # Nothing of the group is left; macOS says so by PermissionError.
        try:
            self._process.wait(timeout=5.0)
        except subprocess.TimeoutExpired:
            pass  # Stuck in a driver: the system ends it when the driver returns.
        self._close_input(b"")

    def _close_input(self, message: bytes) -> None:
        try:
            if message:
                self._input.write(message)
            self._input.close()
        except (OSError, ValueError):
            pass  # The child has gone, or the pipe is closed already.

    def _read_output(self) -> None:
        passed_over = 0
        for line in iter(lambda: self._output.readline(LONGEST_LINE), b""):
            whole = line.endswith(b"\n")
            if passed_over or (not whole and len(line) >= LONGEST_LINE):
                passed_over += len(line)
                if not whole:
                    continue
                line = b"(a line of %d bytes is left out)" % passed_over
                passed_over = 0
            self._hand_over(line.decode("utf-8", errors="replace").rstrip("\r\n"))
        self._hand_over(None)

    def _hand_over(self, line: str | None) -> None:
        while not self._discard.is_set():
            try:
                return self._lines.put(line, timeout=POLL_SECONDS)
            except queue.Full:
                continue

    def _read_errors(self) -> None:
        for line in iter(lambda: self._errors.readline(1 << 16), b""):
            text = line.decode("utf-8", errors="replace").rstrip()
            if text:
                self.last_words.append(text)
