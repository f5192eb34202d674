"""The options of each command, with their help, from the requests and settings.

A request's field is an option of its command, and so is each setting that the request
takes. Common options come first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any, NoReturn

from miaf_engine import __version__
from miaf_engine.errors import printable
from miaf_engine.process.completion import SHELLS, PrintCompletion
from miaf_engine.process.worker import USER_ERROR
from miaf_engine.requests import (
    INSPECT_SETTINGS,
    SETTINGS_CLASSES,
    SUPERPIXEL_SETTINGS,
    TASKS,
)
from miaf_engine.requests.base import ARRAY_AXES, NORMALISE_BY, PIXEL_ORDERS
from miaf_engine.requests.draw_sample import ALLOCATIONS, METHODS
from miaf_engine.requests.rasters import CLASS_MAP, MAP_RASTERS
from miaf_engine.requests.settings import (
    PRESETS,
    BandConfig,
    NetworkConfig,
    SegmentationConfig,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
    preset_epochs,
    shown,
)
from miaf_engine.translation import languages

_DESCRIPTIONS = {
    "train": "Train a model from training areas. With --output, also classify the "
    "cube.",
    "classify": "Classify a cube with a trained model.",
    "classify-many": "Classify the scenes in a list, several at a time.",
    "assess": "Score a class map against a reference.",
    "drawsample": "Draw random points from a class map, to be labelled with their "
    "true class.",
    "import": "Convert the arrays of a benchmark scene to rasters and areas.",
    "inspect": "Check a cube and training areas before training.",
    "superpixels": "Divide a cube into superpixels, to be labelled as training areas.",
    "suggestareas": "Suggest superpixels to label next, where the model is least "
    "certain.",
    "compare": "Show what changed between two class maps.",
    "diagnostics": "List the engine's packages and devices.",
}

_HELP = {
    "cube": "hyperspectral raster, GeoTIFF or ENVI",
    "cubes": "more cubes to train on; areas may lie on any of them",
    "initial_model": "model file to continue training from; areas may be old and new, "
    "with new classes",
    "rois_more": "vector file of more training areas, for example those added later",
    "rois_more_layer": "layer in that file, if it has several",
    "rois": "vector file of the training areas",
    "rois_layer": "layer in the file of training areas, if it has several",
    "class_field": "field with the class of each area",
    "labels": "raster of classes on the cube's grid, 0 = unlabelled, instead of --rois",
    "validation_rois": "test areas: only scored, never trained on",
    "validation_rois_layer": "layer in the file of test areas",
    "mask": "pixels to use: a raster (neither 0 nor nodata) or polygons (inside)",
    "mask_layer": "layer in the mask file, if it has several",
    "model": "model file",
    **{raster.name: raster.help for raster in MAP_RASTERS},
    "min_confidence": "leave pixels of lower confidence, 0 to 1, without a class; 0 "
    "keeps all",
    "leave_out_unlike": "leave pixels unlike the training areas without a class",
    "report": "HTML report to write; its numbers are written beside it as JSON and CSV",
    "seed": "seed of the split, the initial weights and the noise",
    "device": "where to compute; auto uses the first NVIDIA card, otherwise an Apple "
    "GPU, otherwise the CPU",
    "memory_mb": "memory budget; 0 chooses it automatically",
    "resume": "continue an interrupted training with the same inputs and settings",
    "creation_options": "GDAL creation option of the rasters; may be given several "
    "times",
    "extent": "part to classify, in the cube's CRS",
    "interpolate_bands": "interpolate the bands of another sensor to those of the "
    "model",
    "preset": "epochs, if --epochs is not given: "
    + ", ".join(f"{name} {count}" for name, count in preset_epochs().items()),
    "normalise_by": "band statistics to normalise by: those of the training scene "
    "(model) or of the cube itself (scene)",
    "classification": "class map to score",
    "reference": "vector file of reference areas",
    "reference_layer": "layer in the reference file",
    "reference_labels": "raster on the map's grid, instead of --reference",
    "exclude_rois": "areas whose pixels are not scored, usually the training areas",
    "exclude_rois_layer": "layer in that file",
    "compare_with": "another class map, compared on the same reference (McNemar)",
    "probability_sample": "the reference is a random sample; adjust accuracies and "
    "areas",
    "method": "stratified: in each class of the map; simple: over the whole map; "
    "systematic: a square grid with a random start",
    "half_width": "wanted half width of the 95 % interval of overall accuracy, as a "
    "fraction",
    "expected_accuracy": "expected user's accuracy as a fraction, one for all classes "
    "or one per class; default 0.8",
    "allocation": "allocation of a stratified sample to the classes; compromise: the "
    "minimum for rare classes, the rest by area",
    "minimum": "minimum number of points per class in a stratified sample",
    "show_map_class": "add a field with the class of the map at each point",
    "matrix": "CSV of the confusion matrix to write",
    "band_means": "write the mean of every band used for each superpixel",
    "count": "number of superpixels to suggest",
    "pixels_per_superpixel": "mean size in pixels; 0 takes that of the model's middle "
    "scale",
    "scene_list": "text file with the path of a cube on each line; # begins a comment",
    "output_folder": "folder for the maps and the summary; maps are called "
    "NAME_map.tif",
    "workers": "worker processes on this machine; 0 chooses them automatically",
    "threads": "CPU threads of each worker; 0 divides those of the machine",
    "scheduler": "Dask scheduler whose workers classify the scenes",
    "again": "also classify scenes whose maps exist and are up to date",
    "before": "class map of the earlier date",
    "after": "class map of the later date",
}

# Where an option of `import` is another thing than the one of the same name.
_IMPORT_HELP = {
    "cube": "array file of the cube, .mat or .npy",
    "cube_variable": "array of that file; default: the only one that can be a cube",
    "labels": "array file of the labels, 0 = unlabelled, or of abundances",
    "labels_variable": "array of that file, or of the cube's file without --labels",
    "axes": "order of the array's axes",
    "rows": "number of rows, if the image is a list of pixels; otherwise 0",
    "columns": "number of columns, if the image is a list of pixels; otherwise 0",
    "order": "order of such pixels: F column by column (MATLAB), C row by row",
    "wavelengths": "list of wavelengths: text, CSV, .spc or .npy",
    "dropped_bands": "bands in that list that the cube lacks, numbered from 1",
    "class_names": "file with a value and a name on each line, or names separated by "
    "commas",
    "abundance_percent": "minimum abundance that labels a pixel, in percent",
    "nodata": "nodata value",
    "crs": "CRS of the origin",
    "origin": "upper left corner",
    "pixel_size": "pixel size in units of the CRS",
    "output": "cube to write, .tif, or .dat, .bsq, .img for ENVI",
    "labels_output": "label raster to write",
    "rois_output": "GeoPackage to write, with an area for each region of labels",
}

_OWN_HELP = {
    "import": _IMPORT_HELP,
    "classify": {
        "workers": "worker processes that share the tiles; 1 is this process alone, 0 "
        "chooses them automatically",
        "scheduler": "Dask scheduler whose workers share the tiles",
    },
    "classify-many": {
        **{
            raster.name: f"also write the {raster.title.lower()} of each scene, "
            f"NAME{raster.ending}"
            for raster in MAP_RASTERS
            if raster is not CLASS_MAP
        },
        "memory_mb": "memory budget of each scene; 0 chooses it automatically",
    },
    "assess": {
        "model": "model that made the map, to warn of training areas in the reference"
    },
    "drawsample": {
        "classification": "class map to draw from",
        "output": "layer of points to write, .gpkg",
        "seed": "seed of the draw",
    },
    "superpixels": {"output": "layer to write, .gpkg, .geojson or .shp"},
    "suggestareas": {
        "rois": "vector file of areas that already have a class",
        "rois_more": "vector file of earlier suggestions or more areas; areas with a "
        "class count as labelled, the others are not suggested again",
        "class_field": "class field of --rois, --rois-more and of the output; "
        "default: that of the model's training areas, or 'class'",
        "output": "layer to write, .gpkg",
    },
    "compare": {
        "before_name": "name of the map before in the report; default: its file name",
        "after_name": "name of the map after in the report; default: its file name",
        "output": "change map to write, .tif, or .dat, .bsq, .img for ENVI",
        "matrix": "CSV of the change matrix to write",
    },
}

# Request fields that are not options: only programs have them.
_NOT_OPTIONS = {"settings", "created_utc", "sources"}
_NOT_OPTIONS |= {"class_styles", "before_styles", "after_styles"}
_NOT_COMMANDS = {"classifyscenes"}  # a program hands over a request for each scene
_SETTINGS_OF = {
    "train": SETTINGS_CLASSES,
    "inspect": INSPECT_SETTINGS,
    "superpixels": SUPERPIXEL_SETTINGS,
}

# Groups of the help, in order; a field of none of them is one of "more options".
_INPUT, _OUTPUT, _COMMON = "input", "output", "common options"
_GROUPS = {
    _INPUT: "scene_list cube rois class_field labels classification reference before "
    "after",
    _OUTPUT: "output output_folder model confidence report",
    _COMMON: "preset device count method half_width extent workers",
}
# Settings among the common options, though a dialog folds them away.
_COMMON_SETTINGS = {"epochs", "holdout"}
_SETTINGS_GROUPS: dict[type, str] = {
    SplitConfig: "accuracy",
    TrainConfig: "training",
    NetworkConfig: "network",
    SuperpixelConfig: "superpixels",
    SegmentationConfig: "superpixels",
    BandConfig: "bands",
}

# What a value looks like, where its type alone does not say; other texts are files.
_METAVARS = {
    "class_field": "FIELD",
    "before_name": "NAME",
    "after_name": "NAME",
    "cube_variable": "NAME",
    "labels_variable": "NAME",
    "device": "{auto,cpu,cuda,cuda:N,mps}",
    "normalise_by": f"{{{','.join(NORMALISE_BY)}}}",
    "preset": f"{{{','.join(PRESETS)}}}",
    "method": f"{{{','.join(METHODS)}}}",
    "allocation": f"{{{','.join(ALLOCATIONS)}}}",
    "axes": f"{{{' | '.join(ARRAY_AXES)}}}",
    "order": f"{{{','.join(PIXEL_ORDERS)}}}",
    "dropped_bands": "N-N,...",
    "crs": "EPSG:N",
    "scheduler": "tcp://HOST:PORT",
    "output_folder": "FOLDER",
    "scene_list": "LIST",
    "memory_mb": "MIB",
    "abundance_percent": "PERCENT",
    "creation_options": "NAME=VALUE",
    "min_confidence": "SHARE",
    "half_width": "SHARE",
    "expected_accuracy": "SHARE,...",
    "extent": "XMIN,YMIN,XMAX,YMAX",
    "origin": "X,Y",
    "pixel_size": "SIZE or WIDTH,HEIGHT",
    "exclude_wavelengths": "NM-NM,...",
    "kernel_sizes": "N,N,...",
}

EXAMPLES = {
    "train": "--cube cube.tif --rois areas.gpkg --class-field cover --output map.tif "
    "--model model.miaf.safetensors --report report.html",
    "classify": "--cube next.tif --model model.miaf.safetensors --output next_map.tif",
    "classify-many": "scenes.txt --model model.miaf.safetensors --output-folder maps",
    "assess": "--classification map.tif --reference check.gpkg --class-field cover "
    "--report check.html",
    "drawsample": "--classification map.tif --output sample.gpkg --half-width 0.05",
    "import": "--cube scene.mat --labels scene_gt.mat --output scene.tif "
    "--rois-output areas.gpkg",
    "inspect": "--cube cube.tif --rois areas.gpkg --class-field cover "
    "--report inspection.html",
    "superpixels": "--cube cube.tif --output superpixels.gpkg "
    "--pixels-per-superpixel 50",
    "suggestareas": "--cube cube.tif --model model.miaf.safetensors --rois areas.gpkg "
    "--output suggested.gpkg",
    "compare": "--before map_2019.tif --after map_2024.tif --output changes.tif "
    "--report changes.html",
    "diagnostics": "",
}
_PROGRAM = "python -m miaf_engine"


class _Parser(argparse.ArgumentParser):
    """A parser whose usage errors leave with the exit code of user errors."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the message, then exit."""
        self.print_usage(sys.stderr)
        self.exit(USER_ERROR, printable(f"Error: {message}\n"))


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help whose examples keep their lines."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; its options are the requests' fields and all settings."""
    parser = _Parser(
        prog=_PROGRAM,
        description="Land-cover maps from hyperspectral images and a few training "
        "areas.",
        epilog=f"Each command has help of its own: {_PROGRAM} train --help\n\n"
        f"{_example('train')}",
        formatter_class=_Help,
        usage=f"{_PROGRAM} COMMAND [options]",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--print-completion",
        action=PrintCompletion,
        choices=SHELLS,
        help="Print a script with which a shell completes commands and options.",
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title="commands"
    )
    for task in TASKS:
        if task not in _NOT_COMMANDS:
            _add_command(commands, task)
    worker = commands.add_parser("run", help="Run a request file, for programs.")
    worker.add_argument("request", metavar="REQUEST.json")
    return parser


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


def _add_command(commands: Any, task: str) -> None:
    command = commands.add_parser(
        task,
        help=_DESCRIPTIONS[task],
        description=_DESCRIPTIONS[task],
        epilog=_example(task),
        formatter_class=_Help,
    )
    options = [item for item in fields(TASKS[task]) if item.name not in _NOT_OPTIONS]
    needed = [_usage(item) for item in options if item.default is MISSING]
    command.usage = " ".join([f"{_PROGRAM} {task}", *needed, "[options]"])
    for title, members in _grouped(task, options):
        group = command.add_argument_group(title)
        for item in members:
            if item.metadata:
                _add_setting(group, item)
            else:
                _add_option(group, task, item)
    command.add_argument(
        "--json", action="store_true", help="Print one JSON object at the end."
    )
    command.add_argument(
        "--language",
        choices=languages(),
        help="Language of messages and report (default: en).",
    )


def _grouped(
    task: str, options: Sequence[Field[Any]]
) -> Iterator[tuple[str, list[Field[Any]]]]:
    """Yield the groups of a command's help with their options, common ones first."""
    kinds = _SETTINGS_OF.get(task, ())
    settings = [(kind, item) for kind in kinds for item in fields(kind)]
    plain = [item for _, item in settings if _is_common(item)]
    places = {name: key for key, names in _GROUPS.items() for name in names.split()}
    if task != "train":
        places["model"] = _INPUT
    for title, names in _GROUPS.items():
        order = names.split() if title != _INPUT else [*names.split(), "model"]
        own = [item for item in options if places.get(item.name) == title]
        own.sort(key=lambda item: order.index(item.name))
        yield title, [*own, *(plain if title == _COMMON else [])]
    yield "more options", [item for item in options if item.name not in places]
    for kind in kinds:
        rest = [x for own, x in settings if own is kind and not _is_common(x)]
        yield _SETTINGS_GROUPS[kind], rest


def _is_common(setting: Field[Any]) -> bool:
    return not setting.metadata["advanced"] or setting.name in _COMMON_SETTINGS


def _flag(item: Field[Any]) -> str:
    name = "creation_option" if item.name == "creation_options" else item.name
    return "--" + name.replace("_", "-")


def _usage(item: Field[Any]) -> str:
    value = _metavar(item)
    return value if item.name == "scene_list" else f"{_flag(item)} {value}"


def _metavar(item: Field[Any]) -> str:
    """Return what stands for an option's value in the help."""
    choices = item.metadata.get("choices")
    if choices:
        return f"{{{','.join(choices)}}}"
    if item.name in _METAVARS:
        return _METAVARS[item.name]
    for end, metavar in (("_layer", "LAYER"), ("_percent", "PERCENT")):
        if item.name.endswith(end):
            return metavar
    if isinstance(item.default, tuple):
        return "N,N,..."
    if item.type == "int":
        return "N"
    return "NUMBER" if str(item.type).startswith("float") else "FILE"


def _help(text: str, item: Field[Any]) -> str:
    """Return a help text with range and default, as argparse wants it."""
    facts = []
    low, high = item.metadata.get("low"), item.metadata.get("high")
    if low is not None and high is not None:
        facts.append(f"{low:g} to {high:g}")
    if isinstance(item.default, bool):
        facts += ["default on"] if item.default else []
    elif isinstance(item.default, float):
        facts.append(f"default {item.default:g}")
    elif item.default not in (MISSING, None):
        facts.append(f"default {shown(item.default)}")
    after = f" [{', '.join(facts)}]" if facts else ""
    sentence = text[0].upper() + text[1:].removesuffix(".")
    return f"{sentence}.{after}".replace("%", "%%")


def _example(task: str) -> str:
    """Return a command's example; a line that is too long is broken at an option."""
    lines = [f"  {_PROGRAM} {task}"]
    for part in EXAMPLES[task].replace(" --", "\n--").splitlines():
        if len(lines[-1]) + len(part) > _WIDTH:
            lines[-1] += " \\"
            lines.append(f"     {part}")
        else:
            lines[-1] += f" {part}"
    return "\n".join(["example:", *lines])


def _add_option(group: Any, task: str, item: Field[Any]) -> None:
    """Add the option of a request's field."""
    text = _OWN_HELP.get(task, {}).get(item.name) or _HELP[item.name]
    facts: dict[str, Any] = {"help": _help(text, item), "metavar": _metavar(item)}
    if item.name == "scene_list":
        group.add_argument(item.name, **facts)
        return
    if item.type == "bool":
        on: Any = argparse.BooleanOptionalAction if item.default else "store_true"
        group.add_argument(_flag(item), action=on, default=None, help=facts["help"])
        return
    if item.type in _TYPES:
        facts["type"] = _TYPES[str(item.type)]
    elif item.name == "creation_options":
        facts |= {"action": "append", "dest": item.name}
    elif item.name == "cubes":
        facts |= {"nargs": "+", "action": "extend"}
    group.add_argument(_flag(item), required=item.default is MISSING, **facts)


def _add_setting(group: Any, item: Field[Any]) -> None:
    """Add the option of a setting; its value is checked with the request."""
    text = _help(item.metadata["help"], item)
    if isinstance(item.default, bool):
        action: Any = argparse.BooleanOptionalAction
        group.add_argument(_flag(item), action=action, default=None, help=text)
    else:
        group.add_argument(_flag(item), metavar=_metavar(item), help=text)


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a list of numbers separated by commas"
        ) from error


_WIDTH = 79
_TYPES: dict[str, Any] = {
    "int": int,
    "float": float,
    "float | None": float,
    "list[float] | None": _numbers,
}
