"""The command line: options and their help, a progress bar, results as text or JSON."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any, NoReturn

from miaf_engine import __version__
from miaf_engine.errors import SHOWN, Cancelled, as_user_error, printable
from miaf_engine.io.outputs import discard_all
from miaf_engine.io.paths import is_file, side_files
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
from miaf_engine.requests import (
    INSPECT_SETTINGS,
    SETTINGS_CLASSES,
    SUPERPIXEL_SETTINGS,
    TASKS,
)
from miaf_engine.requests.settings import shown

DESCRIPTIONS = {
    "train": "Train a model from training areas; with --output, classify as well.",
    "classify": "Classify a cube with a trained model.",
    "classify-many": "Classify the scenes of a list in several processes.",
    "assess": "Score a class map against a reference.",
    "drawsample": "Draw points from a class map, whose cover a person looks up.",
    "import": "Turn the arrays of a benchmark scene into rasters and areas.",
    "inspect": "Check a cube and training areas before training.",
    "superpixels": "Cut a cube into superpixels, as areas to put classes on.",
    "suggestareas": "Suggest the superpixels to label next, where a model is unsure.",
    "compare": "Show what changed between two class maps.",
    "diagnostics": "List the engine's packages and devices.",
}

OPTION_HELP = {
    "cube": "hyperspectral raster, GeoTIFF or ENVI",
    "cubes": "more cubes to train on; the areas lie across all of them",
    "initial_model": "model file to continue training from, with old areas, new areas, "
    "new classes",
    "rois_more": "vector file of more training areas, as those added to old ones",
    "rois_more_layer": "layer in that file, where it has several",
    "rois": "vector file of the training areas",
    "rois_layer": "layer in the ROI file, where it has several",
    "class_field": "field that names the class",
    "labels": "raster on the cube's grid, 0 = unlabelled, instead of --rois",
    "validation_rois": "test areas: only scored, never trained on",
    "validation_rois_layer": "layer in the file of test areas",
    "mask": "raster (0 or nodata = leave out) or polygons (inside = keep)",
    "mask_layer": "layer in the mask file, where it has several",
    "model": "model file, *.miaf.safetensors",
    "output": "class map to write, .tif, or .dat, .bsq, .img for ENVI",
    "confidence": "confidence raster to write",
    "probabilities": "class probability raster to write",
    "entropy": "raster to write: 0 where one class is certain, 1 where all are equally "
    "likely",
    "margin": "raster to write: lead of the best class over the next, 0 to 1",
    "applicability": "raster to write: how unlike the training areas each pixel is, "
    "and 1 inside the area of applicability",
    "min_confidence": "leave pixels of less confidence, 0 to 1, without a class; 0 is "
    "off",
    "leave_out_unlike": "leave pixels unlike the training areas without a class",
    "report": "HTML report to write; its numbers go beside it as JSON and CSV",
    "seed": "seed of the split, the weights and the noise",
    "device": "auto, cpu, cuda, cuda:N or mps",
    "memory_mb": "memory budget in MiB; 0 lets the engine choose",
    "resume": "continue an interrupted training of the same inputs and settings (on "
    "unless --no-resume)",
    "creation_options": "GDAL creation option NAME=VALUE, may be repeated",
    "extent": "part to classify: xmin,ymin,xmax,ymax in the cube's CRS",
    "interpolate_bands": "interpolate the bands of another sensor to the model's",
    "preset": "how long to train where no setting says so: quick, standard or best",
    "normalise_by": "band statistics: model (of the training scene) or scene (its own)",
    "classification": "class map to score",
    "reference": "vector file of reference areas",
    "reference_layer": "layer in the reference file",
    "reference_labels": "raster on the map's grid, instead of --reference",
    "exclude_rois": "areas whose pixels are left out, as the training areas",
    "exclude_rois_layer": "layer in that file",
    "compare_with": "another class map, compared on the same reference (McNemar)",
    "probability_sample": "the reference is a random sample: adjusted figures, areas",
    "method": "stratified (in each class of the map), simple (over the whole map) or "
    "systematic (a lattice with a random start)",
    "half_width": "wanted half width of the overall accuracy's 95 %% interval; 0.05",
    "expected_accuracy": "expected user's accuracy, or one a class with commas; 0.8",
    "allocation": "points by class of a stratified sample: compromise (the minimum for "
    "rare classes, the rest by area), equal or proportional",
    "minimum": "fewest points of a class in a stratified sample; 50",
    "show_map_class": "add a field with the class of the map at each point",
    "matrix": "CSV of the confusion matrix to write",
    "band_means": "write each superpixel's mean of every band used",
    "count": "number of superpixels to suggest; 10",
    "pixels_per_superpixel": "mean size; 0 takes the model's middle scale",
    "scene_list": "text file with a cube's path a line; # begins a comment",
    "output_folder": "folder of the maps and the summary, NAME_map.tif for each scene",
    "workers": "worker processes on this machine; 0 lets the engine choose",
    "threads": "CPU threads of each worker; 1, and 0 shares out those of the machine",
    "scheduler": "address of a Dask scheduler whose workers classify, tcp://HOST:8786",
    "again": "also classify scenes whose maps exist and are up to date",
    "before": "class map of the earlier date",
    "after": "class map of the later date",
}

# Where an option of `import` is another thing than the one of the same name.
_IMPORT_HELP = {
    "cube": "array file of the cube, .mat or .npy",
    "cube_variable": "array of that file; by default the only one that can be a cube",
    "labels": "array file of the labels, 0 = unlabelled, or of abundances",
    "labels_variable": "array of that file (or of the cube's, without --labels)",
    "axes": "auto, rows,columns,bands or bands,rows,columns",
    "rows": "rows of the image, where its pixels stand in one row",
    "columns": "columns of the image, where its pixels stand in one row",
    "order": "how such pixels were taken: F column by column (MATLAB), C row by row",
    "wavelengths": "list of wavelengths: text, CSV, .spc or .npy",
    "dropped_bands": "bands of that list that the cube lacks, as 104-108,150-163,220",
    "class_names": "file with lines of value and name, or names with commas",
    "abundance_percent": "smallest abundance that labels a pixel, in percent; 80",
    "nodata": "nodata value",
    "crs": "CRS of the origin, as EPSG:32616",
    "origin": "upper left corner: x,y",
    "pixel_size": "pixel size: one number, or width,height",
    "output": "cube to write, .tif, or .dat, .bsq, .img for ENVI",
    "labels_output": "label raster to write",
    "rois_output": "GeoPackage of the labels' regions to write",
}

_OWN_HELP = {
    "import": _IMPORT_HELP,
    "classify-many": {
        "confidence": "write each scene's confidence too, NAME_confidence.tif",
        "probabilities": "write its class probabilities, NAME_probabilities.tif",
        "entropy": "write its entropy, NAME_entropy.tif",
        "margin": "write its margin, NAME_margin.tif",
        "applicability": "write how unlike the training areas it is, "
        "NAME_applicability.tif",
        "memory_mb": "memory budget of each scene in MiB; 0 lets the engine choose",
    },
    "assess": {
        "model": "model that made the map: warns of reference areas that are its "
        "training areas"
    },
    "drawsample": {
        "classification": "class map to draw from",
        "output": "layer of points to write, .gpkg",
        "seed": "seed of the draw",
    },
    "superpixels": {"output": "layer to write, .gpkg, .geojson or .shp"},
    "suggestareas": {
        "rois": "vector file of areas that have a class already",
        "rois_more": "vector file of earlier suggestions or more areas: those with a "
        "class count as labelled, the others are not suggested again",
        "class_field": "field of the class, in --rois, --rois-more and to fill in; by "
        "default that of the model's training areas, or 'class'",
        "output": "layer to write, .gpkg",
    },
    "compare": {
        "before_name": "what the report calls the map before; its file's name if left "
        "out",
        "after_name": "what the report calls the map after",
        "output": "change map to write, .tif, or .dat, .bsq, .img for ENVI",
        "matrix": "CSV of the change matrix to write",
    },
}

# Request fields that are not options: only programs have them.
_NOT_OPTIONS = {"settings", "created_utc"}

_NOT_OPTIONS |= {"class_styles", "before_styles", "after_styles"}
_NOT_COMMANDS = {"classifyscenes"}  # a program hands over a request for each scene
_SETTINGS_OF = {
    "train": SETTINGS_CLASSES,
    "inspect": INSPECT_SETTINGS,
    "superpixels": SUPERPIXEL_SETTINGS,
}

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
    progress = BarProgress()
    _watch(progress)
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
        for item in fields(kind):
            if item.name not in _NOT_OPTIONS:
                _add_option(command, task, item)
        _add_settings(command, _SETTINGS_OF.get(task, ()))
        command.add_argument(
            "--json", action="store_true", help="print one JSON object at the end"
        )
    worker = commands.add_parser("run", help="run a request file (the worker)")
    worker.add_argument("request", metavar="REQUEST.json")
    return parser


def option_help(task: str, name: str) -> str:
    """Return the help of a command's option, which is a field of its request."""
    return _OWN_HELP.get(task, {}).get(name) or OPTION_HELP[name]


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


def joined_extent(arguments: Sequence[str]) -> list[str]:
    """Write `--extent -87,...` with an equals sign: to argparse, -87 is an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in ("--extent", "--origin"):
            joined[-1] = f"{joined[-1]}={argument}"
        else:
            joined.append(argument)
    return joined


def result_text(result: dict[str, Any]) -> str:
    """Return the figures and files of a result as lines of text."""
    figures, outputs = result["figures"], result["outputs"]
    lines = [figures["text"]] if "text" in figures else []
    if figures.get("map_accuracy") is not None:
        lines += _map_accuracy(figures)
    if figures.get("overall_accuracy") is not None:
        lines += _accuracy(figures)
    if "scenes" in figures:
        lines += scene_lines(figures)
    for name, path in outputs.items():
        lines.append(f"{name}: {path}")
        if name == "report":
            beside = [str(file) for file in side_files(path).values() if is_file(file)]
            lines.append(f"  numbers: {', '.join(beside)}")
    return "".join(f"{line}\n" for line in lines)


def scene_lines(figures: dict[str, Any], most: int = 4 * SHOWN) -> list[str]:
    """Return a line for each of many scenes, those that failed first."""
    rows = sorted(figures["scenes"], key=lambda row: row["outcome"] != "failed")
    lines = []
    for row in rows[:most]:
        took = "" if row["seconds"] is None else f"{row['seconds']:.1f} s"
        what = row["error"] or row["map"]
        lines.append(f"{row['outcome']:<7} {took:>8}  {row['scene']}: {what}")
    if len(rows) > most:
        lines.append(f"and {len(rows) - most} more, see the summary")
    counts = (
        f"{figures[f'{name}_count']} {name}" for name in ("done", "kept", "failed")
    )
    return [*lines, f"{len(rows)} scenes: {', '.join(counts)}"]


class BarProgress(Progress):
    """A progress bar on a terminal; elsewhere only messages, on standard error.

    Attributes:
        begun: Whether there may be something to clear up.
        finished: Whether the run is over, and a cancel comes too late.
    """

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._asked = threading.Event()
        self._last = 0.0
        self.begun, self.finished = True, False

    def advance(self, fraction: float, text: str = "") -> None:
        """Draw the bar, at most ten times a second."""
        now = time.monotonic()
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
        self._line(f"Warning: {message}")

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
        if self._terminal:
            sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1))
            sys.stderr.write("\r")
        sys.stderr.write(printable(text) + "\n")
        sys.stderr.flush()


class _Parser(argparse.ArgumentParser):
    """A parser whose usage errors leave with the exit code of user errors."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the message, then exit."""
        self.print_usage(sys.stderr)
        self.exit(USER_ERROR, printable(f"Error: {message}\n"))


def _map_accuracy(figures: dict[str, Any]) -> list[str]:
    """Return the accuracy of the whole map, from a sample or as folds predict it."""
    low, high = figures["map_accuracy_interval"]
    between = "" if low is None else f" (95 % interval {low:.1%} to {high:.1%})"
    expected = "head_weights" in figures or "unlike_share" in figures
    kind = "Expected accuracy" if expected else "Accuracy"
    return [f"{kind} of the whole map {figures['map_accuracy']:.1%}{between}"]


def _accuracy(figures: dict[str, Any]) -> list[str]:
    """Return the figures of all classes together, and what they were measured on."""
    low, high = figures.get("overall_accuracy_interval") or (None, None)
    between = "" if low is None else f" (95 % interval {low:.1%} to {high:.1%})"
    kappa = figures["kappa"]
    lines = [
        f"Overall accuracy {figures['overall_accuracy']:.1%}{between}, "
        f"average accuracy {figures['average_accuracy']:.1%}, "
        f"kappa {'undefined' if kappa is None else format(kappa, '.3f')}",
        f"  {figures['accuracy_definition']}",
    ]
    if between:
        lines.append(f"  interval: {figures['interval_method']}")
    return lines + [f"  {note}" for note in figures.get("interval_notes", ())]


def _add_option(command: argparse.ArgumentParser, task: str, item: Any) -> None:
    flag = "--" + item.name.replace("_", "-")
    facts: dict[str, Any] = {"help": option_help(task, item.name), "default": None}
    required = item.default is MISSING
    if item.name == "scene_list":
        command.add_argument(item.name, metavar="LIST", help=facts["help"])
        return
    if item.type == "list[float] | None":
        facts["type"] = _numbers
    elif item.type in ("float", "float | None"):
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
        for item in fields(kind):
            flag = "--" + item.name.replace("_", "-")
            text = f"{item.metadata['help']} Default: {shown(item.default)}."
            text = text.replace("%", "%%")
            if isinstance(item.default, bool):
                action: Any = argparse.BooleanOptionalAction
                group.add_argument(flag, action=action, default=None, help=text)
            else:
                group.add_argument(flag, metavar="VALUE", help=text)


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not numbers with commas"
        ) from error


def _watch(progress: BarProgress) -> None:
    """Stop at the next step on the first signal, at once on a second one."""

    def say() -> None:
        progress.end()
        sys.stderr.write("Cancelled; the run was ended, and nothing was written.\n")
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
        sys.stderr.write(printable("".join(traceback.format_exception(error))))
        return DEFECT
    sys.stderr.write(printable(f"Error: {known}\n"))
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
    sys.stdout.write(printable(result_text(result)))
