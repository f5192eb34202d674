"""What a task writes, checked before it starts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from miaf_engine.errors import ConfigError
from miaf_engine.io.outputs import check_writable
from miaf_engine.io.paths import is_there, side_files
from miaf_engine.io.raster_formats import (
    RASTER_SUFFIXES,
    check_raster_writable,
    driver_of,
)

RASTER_NAMES = ("output", "confidence", "probabilities", "entropy", "margin")


def check_targets(
    paths: dict[str, str | None], inputs: Sequence[str | None] = ()
) -> dict[str, str]:
    """Return the outputs asked for, after a check that each could be written.

    Args:
        paths: Path of each output by name; None where it is not asked for.
        inputs: Paths that are read, and so must not be written.

    Raises:
        FileError: A folder is missing or cannot be written, or a suffix is unknown.
        ConfigError: Two outputs have one path, or an output is an input.
    """
    asked = {name: path for name, path in paths.items() if path}
    read = {Path(os.path.realpath(path)) for path in inputs if path}
    written = {name: _files_of(name, path) for name, path in asked.items()}
    for name, path in asked.items():
        if written[name][0] in read:
            raise ConfigError(
                f"'{path}' is an input and was also asked for as {name}.",
                hint="Write to another file.",
            )
    for name, path in asked.items():
        raster = name in (*RASTER_NAMES, "labels_output")
        check = check_raster_writable if raster else check_writable
        check(path)
        if name == "report":
            for beside in written[name][1:]:
                _check_numbers(written[name][0], beside, read)
    for name, path in asked.items():
        own = {*written[name]}
        sharing = [other for other in asked if own & {*written[other]}]
        if len(sharing) > 1:
            raise ConfigError(
                f"'{path}' or the file beside it is asked for as "
                f"{' and as '.join(sharing)}.",
                hint="Give each output its own name.",
            )
    return asked


def _check_numbers(report: Path, numbers: Path, read: set[Path]) -> None:
    """Refuse a report whose numbers would replace a file that is not theirs.

    Areas in GeoJSON may be called as the report is. Through QGIS they are no input
    that is known here, so a file is taken for an older report's only beside one.
    """
    foreign = is_there(numbers) and not is_there(report)
    if foreign or numbers == report or numbers in read:
        raise ConfigError(
            f"The numbers of the report '{report}' would replace '{numbers.name}'.",
            hint="Give the report another name.",
        )
    check_writable(numbers)


def _files_of(name: str, path: str) -> list[Path]:
    """Return what writing an output replaces: its file first, then what goes beside.

    An ENVI raster has a header, a report its numbers as JSON and CSV.
    """
    # Path.resolve raises for a link that leads to itself.
    target = Path(os.path.realpath(path))
    if name == "report":
        return [target, *side_files(target).values()]
    envi = target.suffix.lower() in RASTER_SUFFIXES and driver_of(target) == "ENVI"
    return [target, target.with_suffix(".hdr")] if envi else [target]
