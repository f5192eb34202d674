"""What a task writes, checked before it starts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from miaf_engine.errors import ConfigError
from miaf_engine.io.input_files import InputFiles
from miaf_engine.io.outputs import check_writable, files_of_output
from miaf_engine.io.paths import is_there, side_files
from miaf_engine.io.raster_formats import check_raster_writable
from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_engine.translation import tr


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
    read = InputFiles(inputs)
    written = {name: _files_of(name, path) for name, path in asked.items()}
    for name, files in written.items():
        _check_unread(asked[name], name, files, read)
    for name, path in asked.items():
        raster = name in (*RASTER_NAMES, "labels_output")
        check = check_raster_writable if raster else check_writable
        check(path)
        if name == "report":
            for beside in side_files(path).values():
                _check_numbers(Path(path), beside)
    for name, path in asked.items():
        own = {*map(os.path.realpath, written[name])}
        sharing = [
            other for other in asked if own & {*map(os.path.realpath, written[other])}
        ]
        if len(sharing) > 1:
            raise ConfigError(
                tr(
                    "These settings name the same file, '{path}' or one of its side "
                    "files: {names}."
                ).format(names=", ".join(sharing), path=path),
                hint=tr("Give each output a name of its own."),
            )
    return asked


def check_unread(path: str, read: InputFiles) -> None:
    """Refuse an output that would replace a file that a run reads.

    Args:
        path: The output; nothing need lie there.
        read: What is read.

    Raises:
        ConfigError: The output, or a file that goes with it, is read.
    """
    _check_unread(path, "output", files_of_output(Path(path)), read)


def _check_unread(
    path: str, name: str, files: Sequence[Path], read: InputFiles
) -> None:
    for file in files:
        if (source := read.input_of(file)) is None:
            continue
        if file == files[0]:
            same = Path(source) == file
            raise ConfigError(
                (
                    tr("'{path}' is an input and also the output for {name}.")
                    if same
                    else tr(
                        "'{path}' is an input, as '{source}' or a part of it, and "
                        "also the output for {name}."
                    )
                ).format(path=path, source=source, name=name),
                hint=tr("Choose another file."),
            )
        raise ConfigError(
            tr(
                "Writing '{path}' would overwrite '{file}', which belongs to the input "
                "'{source}'."
            ).format(path=path, file=file.name, source=source),
            hint=tr("Choose another file name or another folder."),
        )


def _check_numbers(report: Path, numbers: Path) -> None:
    """Refuse a report whose numbers would replace a file that is not theirs.

    Areas in GeoJSON may be called as the report is. Through QGIS they are no input
    that is known here, so a file is taken for an older report's only beside one.
    """
    foreign = is_there(numbers) and not is_there(report)
    if foreign or numbers == report:
        raise ConfigError(
            tr("The numbers of the report '{report}' would overwrite '{file}'.").format(
                report=report, file=numbers.name
            ),
            hint=tr("Give the report another name."),
        )
    check_writable(numbers)


def _files_of(name: str, path: str) -> list[Path]:
    """Return what writing an output replaces or removes: its file first.

    An ENVI raster has a header, a report its numbers as JSON and CSV.
    """
    target = Path(path)
    own = side_files(target).values() if name == "report" else ()
    return [target, *own, *files_of_output(target)[1:]]
