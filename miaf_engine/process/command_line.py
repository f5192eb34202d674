"""The command line: a run with a progress bar, its result as text or JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

from miaf_engine.errors import Cancelled, as_user_error, printable, write_defect
from miaf_engine.io.outputs import discard_all
from miaf_engine.process.options import build_parser, joined_extent, request_values
from miaf_engine.process.summary import result_text
from miaf_engine.process.worker import (
    CANCELLED,
    DEFECT,
    DONE,
    USER_ERROR,
    end_if_stuck,
    run,
    watch_signals,
)
from miaf_engine.progress import Progress
from miaf_engine.requests import TASKS
from miaf_engine.translation import VARIABLE, speak, tr

# A run that a signal cancels ends at its next step, or is ended after so long: it may
# be stuck in a library, or on a drive that is gone. Longer than in a dialog, since
# many scenes have several processes to end.
_PATIENCE_S = 8.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # The worker needs no options, so it does not wait for the parser of all commands.
    if len(given) == 2 and given[0] == "run" and not given[1].startswith("-"):
        return run(given[1])
    options = vars(build_parser().parse_args(joined_extent(given)))
    task, as_json = options.pop("command"), options.pop("json")
    if language := options.pop("language"):
        os.environ[VARIABLE] = language  # for the workers of classify-many
        speak(language)
    progress = BarProgress()
    _watch(progress)
    try:
        request = TASKS[task].from_json(request_values(options, TASKS[task]))
        from miaf_engine import tasks

        result = tasks.carry_out(request, progress)
    except Cancelled as cancelled:
        progress.end()
        sys.stderr.write(tr("Cancelled; {stays}").format(stays=cancelled) + "\n")
        return CANCELLED
    except Exception as error:  # noqa: BLE001 - the last stop
        progress.end()
        return _report(error, as_json=as_json)
    progress.end()
    _show(task, result, as_json=as_json)
    return USER_ERROR if result["figures"].get("failed_count") else DONE


class BarProgress(Progress):
    """A progress bar on a terminal; elsewhere only messages, on standard error.

    Attributes:
        begun: Whether the libraries are loaded and the task is at work.
        finished: Whether the run is over, and a cancel comes too late.
    """

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._asked = threading.Event()
        self._last = 0.0
        self.begun = self.finished = False

    def advance(self, fraction: float, text: str = "") -> None:
        """Draw the bar, at most ten times a second."""
        now, self.begun = time.monotonic(), True
        if not self._terminal or (now - self._last < 0.1 and fraction < 1.0):
            return
        self._last = now
        filled = round(20 * fraction)
        text = printable(text)
        line = f"[{'#' * filled}{'.' * (20 - filled)}] {fraction:4.0%} {text}"
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r" + line[:width].ljust(width))
        sys.stderr.flush()

    def info(self, message: str) -> None:
        """Write a line."""
        self._line(message)

    def warning(self, message: str) -> None:
        """Write a line marked as a warning."""
        self._line(tr("Warning: {message}").format(message=message))

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""
        self._asked.set()

    def cancelled(self) -> bool:
        """Return whether the user asked to stop."""
        return self._asked.is_set()

    def wait(self) -> None:
        """Block until the user asks to stop."""
        self._asked.wait()

    def end(self) -> None:
        """Leave the bar's line."""
        self.finished = True
        if self._terminal and self._last:
            sys.stderr.write("\n")

    def _line(self, text: str) -> None:
        self.begun = True
        if self._terminal:
            sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1))
            sys.stderr.write("\r")
        sys.stderr.write(printable(text) + "\n")
        sys.stderr.flush()


def _watch(progress: BarProgress) -> None:
    """Stop at the next step on the first signal, at once on a second one."""

    def say() -> None:
        progress.end()
        sys.stderr.write(
            tr("Cancelled; the run was ended, and nothing was written.") + "\n"
        )
        sys.stderr.flush()

    def end_now() -> None:
        if not progress.finished:
            discard_all()
            say()
            os._exit(CANCELLED)

    watch_signals(progress, end_now)
    threading.Thread(
        target=end_if_stuck, args=(progress, _PATIENCE_S, say), daemon=True
    ).start()


def _report(error: Exception, *, as_json: bool) -> int:
    known = as_user_error(error)
    if known is None:
        write_defect(error)
        return DEFECT
    sys.stderr.write(printable(tr("Error: {error}").format(error=known) + "\n"))
    if as_json:
        sys.stdout.write(json.dumps({"error": known.facts}) + "\n")
    return USER_ERROR


def _show(task: str, result: dict[str, Any], *, as_json: bool) -> None:
    """Print the outputs and figures, as JSON or as a few lines for a person."""
    if as_json:
        flat = {**result["figures"], "outputs": result["outputs"]}
        sys.stdout.write(json.dumps(flat, allow_nan=False) + "\n")
        return
    sys.stdout.write(printable(result_text(task, result)))
