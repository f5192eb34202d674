"""The command line: options to requests, a progress bar, and JSON on demand."""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any, NoReturn

from miaf_engine import __version__
from miaf_engine.errors import Cancelled
from miaf_engine.process.option_help import DESCRIPTIONS, option_help
from miaf_engine.process.result_text import result_text
from miaf_engine.process.worker import (
    CANCELLED,
    DEFECT,
    DONE,
    USER_ERROR,
    as_user_error,
    run,
)
from miaf_engine.progress import Progress
from miaf_engine.requests import (
    INSPECT_SETTINGS,
    SETTINGS_CLASSES,
    SUPERPIXEL_SETTINGS,
    TASKS,
)

# Request fields that are not options: only programs have them.
_NOT_OPTIONS = {"settings", "created_utc"}
_NOT_OPTIONS |= {"class_styles", "before_styles", "after_styles"}
_NOT_COMMANDS = {"classifyscenes"}  # a program hands over a request for each scene
_SETTINGS_OF = {
    "train": SETTINGS_CLASSES,
    "inspect": INSPECT_SETTINGS,
    "superpixels": SUPERPIXEL_SETTINGS,
}


class _Parser(argparse.ArgumentParser):
    """A parser whose usage errors leave with the exit code of user errors."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the message, then exit."""
        self.print_usage(sys.stderr)
        self.exit(USER_ERROR, f"Error: {message}\n")


class BarProgress(Progress):
    """A progress bar on a terminal; elsewhere only messages, on standard error."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._asked = False
        self._last = 0.0

    def advance(self, fraction: float, text: str = "") -> None:
        """Draw the bar, at most ten times a second."""
        now = time.monotonic()
        if not self._terminal or (now - self._last < 0.1 and fraction < 1.0):
            return
        self._last = now
        filled = round(20 * fraction)
        line = f"[{'#' * filled}{'.' * (20 - filled)}] {fraction:4.0%} {text}"
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r" + line[:width].ljust(width))
        sys.stderr.flush()

    def info(self, message: str) -> None:
        """Write a line."""
        self._line(message)

    def warning(self, message: str) -> None:
        """Write a line marked as a warning."""
        self._line(f"Warning: {message}")

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""
        self._asked = True

    def cancelled(self) -> bool:
        """Return whether the user asked to stop."""
        return self._asked

    def end(self) -> None:
        """Leave the bar's line."""
        if self._terminal and self._last:
            sys.stderr.write("\n")

    def _line(self, text: str) -> None:
        if self._terminal:
            sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1))
            sys.stderr.write("\r")
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # The worker needs no options, so it does not wait for the parser of all commands.
    if len(given) == 2 and given[0] == "run" and not given[1].startswith("-"):
        return run(given[1])
    options = vars(build_parser().parse_args(joined_extent(given)))
    task, as_json = options.pop("command"), options.pop("json")
    progress = BarProgress()
    _cancel_on_interrupt(progress)
    try:
        request = TASKS[task].from_json(request_values(options, TASKS[task]))
        from miaf_engine import tasks

        result = tasks.carry_out(request, progress)
    except Cancelled as cancelled:
        progress.end()
        sys.stderr.write(f"Cancelled; {cancelled}\n")
        return CANCELLED
    except Exception as error:  # noqa: BLE001 - the last stop
        progress.end()
        return _report(error, as_json=as_json)
    progress.end()
    _show(result, as_json=as_json)
    return USER_ERROR if result["figures"].get("failed_count") else DONE


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; its options are the requests' fields and all settings."""
    parser = _Parser(prog="python -m miaf_engine", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    for task, kind in TASKS.items():
        if task in _NOT_COMMANDS:
            continue
        text = DESCRIPTIONS[task]
        command = commands.add_parser(task, help=text, description=text)
        for item in fields(kind):  # type: ignore[arg-type]
            if item.name not in _NOT_OPTIONS:
                _add_option(command, task, item)
        _add_settings(command, _SETTINGS_OF.get(task, ()))
        command.add_argument(
            "--json", action="store_true", help="print one JSON object at the end"
        )
    worker = commands.add_parser("run", help="carry out a request file (the worker)")
    worker.add_argument("request", metavar="REQUEST.json")
    return parser


def joined_extent(arguments: Sequence[str]) -> list[str]:
    """Write `--extent -87,...` with an equals sign: to argparse, -87 is an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in ("--extent", "--origin"):
            joined[-1] = f"{joined[-1]}={argument}"
        else:
            joined.append(argument)
    return joined


def request_values(
    options: dict[str, Any], task: type = TASKS["train"]
) -> dict[str, Any]:
    """Return the fields of a request from parsed options; settings go together."""
    own = {item.name for kind in SETTINGS_CLASSES for item in fields(kind)}
    own -= {item.name for item in fields(task)}
    given = {key: value for key, value in options.items() if value is not None}
    settings = {key: value for key, value in given.items() if key in own}
    values = {key: value for key, value in given.items() if key not in own}
    return {**values, "settings": settings} if settings else values


def _add_option(command: argparse.ArgumentParser, task: str, item: Any) -> None:
    flag = "--" + item.name.replace("_", "-")
    facts: dict[str, Any] = {"help": option_help(task, item.name), "default": None}
    required = item.default is MISSING
    if item.name == "scene_list":
        command.add_argument(item.name, metavar="LIST", help=facts["help"])
        return
    if item.type == "list[float] | None":
        facts["type"] = _numbers
    elif item.type == "float | None":
        facts["type"] = float
    elif item.name == "creation_options":
        flag, facts["action"], facts["dest"] = "--creation-option", "append", item.name
    elif item.name == "cubes":
        facts["nargs"], facts["action"] = "+", "extend"
    elif item.type == "int":
        facts["type"] = int
    elif item.type == "bool":
        on: Any = argparse.BooleanOptionalAction if item.default else "store_true"
        command.add_argument(flag, action=on, help=facts["help"])
        return
    command.add_argument(flag, required=required, metavar="VALUE", **facts)


def _add_settings(command: argparse.ArgumentParser, kinds: Sequence[type]) -> None:
    group = command.add_argument_group("settings")
    for kind in kinds:
        for item in fields(kind):  # type: ignore[arg-type]
            flag = "--" + item.name.replace("_", "-")
            text = f"{item.metadata['help']} Default: {_shown(item.default)}."
            text = text.replace("%", "%%")
            if isinstance(item.default, bool):
                action: Any = argparse.BooleanOptionalAction
                group.add_argument(flag, action=action, default=None, help=text)
            else:
                group.add_argument(flag, metavar="VALUE", help=text)


def _shown(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not numbers with commas"
        ) from error


def _cancel_on_interrupt(progress: BarProgress) -> None:
    """Stop at the next step on the first signal, at once on a second interrupt."""

    def stop(*_: object) -> None:
        progress.cancel()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _report(error: Exception, *, as_json: bool) -> int:
    known = as_user_error(error)
    if known is None:
        traceback.print_exception(error)
        return DEFECT
    sys.stderr.write(f"Error: {known}\n")
    if as_json:
        facts = {"kind": known.kind, "message": known.message, "hint": known.hint}
        sys.stdout.write(json.dumps({"error": facts}) + "\n")
    return USER_ERROR


def _show(result: dict[str, Any], *, as_json: bool) -> None:
    """Print the outputs and figures, as JSON or as a few lines for a person."""
    if as_json:
        flat = {**result["figures"], "outputs": result["outputs"]}
        sys.stdout.write(json.dumps(flat, allow_nan=False) + "\n")
        return
    sys.stdout.write(result_text(result))
