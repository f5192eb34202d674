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
from miaf_engine.progress import Progress
from miaf_engine.requests import SETTINGS_CLASSES, TASKS
from miaf_engine.worker import CANCELLED, DEFECT, DONE, USER_ERROR, as_user_error, run

# Request fields that are not options: only programs have them.
_NOT_OPTIONS = {"settings", "class_styles", "created_utc"}
_DESCRIPTIONS = {
    "train": "Train a model from training areas; with --output, classify as well.",
    "classify": "Classify a cube with a trained model.",
    "assess": "Score a class map against a reference.",
    "diagnostics": "List the engine's packages and devices.",
}
_OPTION_HELP = {
    "cube": "hyperspectral raster, GeoTIFF or ENVI",
    "rois": "vector file of the training areas",
    "rois_layer": "layer in the ROI file, where it has several",
    "class_field": "field that names the class",
    "labels": "raster on the cube's grid, 0 = unlabelled, instead of --rois",
    "validation_rois": "areas that are scored and never trained on",
    "validation_rois_layer": "layer in the validation file",
    "model": "model file, *.miaf.safetensors",
    "output": "class map to write, .tif, or .dat, .bsq, .img for ENVI",
    "confidence": "confidence raster to write",
    "probabilities": "class probability raster to write",
    "report": "HTML report to write",
    "seed": "seed of the split, the weights and the noise",
    "device": "auto, cpu, cuda, cuda:N or mps",
    "memory_mb": "memory budget in MiB; 0 lets the engine choose",
    "creation_options": "GDAL creation option NAME=VALUE, may be repeated",
    "extent": "part to classify: xmin,ymin,xmax,ymax in the cube's CRS",
    "classification": "class map to score",
    "reference": "vector file of reference areas",
    "reference_layer": "layer in the reference file",
    "reference_labels": "raster on the map's grid, instead of --reference",
    "exclude_rois": "areas whose pixels are left out, as the training areas",
    "exclude_rois_layer": "layer in that file",
    "matrix": "CSV of the confusion matrix to write",
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
    options = vars(build_parser().parse_args(joined_extent(given)))
    task = options.pop("command")
    if task == "run":
        return run(options["request"])
    as_json = options.pop("json")
    progress = BarProgress()
    _cancel_on_interrupt(progress)
    try:
        request = TASKS[task].from_json(request_values(options))
        from miaf_engine import pipeline

        result = pipeline.carry_out(request, progress)
    except Cancelled:
        progress.end()
        sys.stderr.write("Cancelled; nothing was written.\n")
        return CANCELLED
    except Exception as error:  # noqa: BLE001 - the last stop
        progress.end()
        return _report(error, as_json=as_json)
    progress.end()
    _show(result, as_json=as_json)
    return DONE


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; its options are the requests' fields and all settings."""
    parser = _Parser(prog="python -m miaf_engine", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    for task, kind in TASKS.items():
        text = _DESCRIPTIONS[task]
        command = commands.add_parser(task, help=text, description=text)
        for item in fields(kind):  # type: ignore[arg-type]
            if item.name not in _NOT_OPTIONS:
                _add_option(command, item)
        if task == "train":
            _add_settings(command)
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
        if joined and joined[-1] == "--extent":
            joined[-1] = f"--extent={argument}"
        else:
            joined.append(argument)
    return joined


def request_values(options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a request from parsed options; settings go together."""
    own = {item.name for kind in SETTINGS_CLASSES for item in fields(kind)}
    given = {key: value for key, value in options.items() if value is not None}
    settings = {key: value for key, value in given.items() if key in own}
    values = {key: value for key, value in given.items() if key not in own}
    return {**values, "settings": settings} if settings else values


def _add_option(command: argparse.ArgumentParser, item: Any) -> None:
    flag = "--" + item.name.replace("_", "-")
    facts: dict[str, Any] = {"help": _OPTION_HELP[item.name], "default": None}
    required = item.default is MISSING
    if item.name == "extent":
        facts["type"] = _extent
    elif item.name == "creation_options":
        flag, facts["action"], facts["dest"] = "--creation-option", "append", item.name
    elif item.type == "int":
        facts["type"] = int
    command.add_argument(flag, required=required, metavar="VALUE", **facts)


def _add_settings(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("settings")
    for kind in SETTINGS_CLASSES:
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


def _extent(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not four numbers with commas"
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
    figures, outputs = result["figures"], result["outputs"]
    if as_json:
        flat = {**figures, "outputs": outputs}
        sys.stdout.write(json.dumps(flat, allow_nan=False) + "\n")
        return
    if "text" in figures:
        sys.stdout.write(figures["text"] + "\n")
    if figures.get("overall_accuracy") is not None:
        sys.stdout.write(
            f"Overall accuracy {figures['overall_accuracy']:.1%}, "
            f"average accuracy {figures['average_accuracy']:.1%}, "
            f"kappa {figures['kappa']:.3f}\n  on {figures['accuracy_definition']}\n"
        )
    for name, path in outputs.items():
        sys.stdout.write(f"{name}: {path}\n")
