"""Gives the classes of bare label numbers their names, from a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from miaf_engine.classes import ClassEntry, ClassTable, distinct_colours
from miaf_engine.errors import FileError, InputError
from miaf_engine.io.paths import is_file
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr

MAX_TEXT_BYTES = 2**20
_NUMBERED = re.compile(r"(\d+)\s*(?:[,;:=\t]|\s)\s*(\S.*)")


def named_classes(
    present: Sequence[int], names: str | None, progress: Progress = SILENT
) -> ClassTable:
    """Return a table of the classes that occur.

    Args:
        present: Their values, ascending.
        names: Path of a list, or the names with commas; None calls them after their
            values. A list has lines of a value and a name, parted by a blank or comma,
            or names alone, which go to the values in order.
        progress: Receives values without a name.

    Raises:
        FileError: The list cannot be read.
        InputError: Names alone are not as many as the classes, or two are the same.
    """
    named = _names(names, present) if names else {}
    bare = [value for value in present if value not in named]
    if names and bare:
        progress.warning(
            tr("The list of class names has no name for {values}.").format(
                values=", ".join(map(str, bare[:10]))
            )
        )
    colours = distinct_colours(len(present))
    return ClassTable(
        tuple(
            ClassEntry(value, named.get(value) or f"Class {value}", colour)
            for value, colour in zip(present, colours, strict=True)
        )
    )


def _names(source: str, present: Sequence[int]) -> dict[int, str]:
    entries = _entries(source)
    numbered = [_NUMBERED.fullmatch(entry) for entry in entries]
    if entries and all(numbered):
        found = {int(match[1]): match[2].strip(" \"'") for match in numbered if match}
        if len(found) < len(entries):
            raise InputError(tr("The list of class names has one value twice."))
        return found
    names = [part.strip(" \"'") for entry in entries for part in entry.split(",")]
    names = [name for name in names if name]
    # Published lists count from 1 and so may have classes that a part of the scene
    # lacks; otherwise they list what is there.
    if len(names) == len(present):
        return dict(zip(present, names, strict=True))
    if present and len(names) == max(present):
        return dict(enumerate(names, 1))
    raise InputError(
        tr(
            "The number of class names ({found}) is not that of the classes ({count})."
        ).format(found=len(names), count=len(present)),
        hint=tr("Write one value and name per line, for example '10 Corn'."),
    )


def _entries(source: str) -> list[str]:
    """Return the lines of a list that is a file, or the list itself."""
    file = Path(source)
    try:
        if is_file(file):
            if file.stat().st_size > MAX_TEXT_BYTES:
                raise InputError(
                    tr("'{file}' is too large for a list of class names.").format(
                        file=file
                    )
                )
            text = file.read_bytes().decode("utf-8-sig", errors="replace")
        elif "," in source:
            return [source]
        else:
            raise FileError(
                tr("There is no file '{path}'.").format(path=file),
                hint=tr("Check the path."),
            )
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(
            tr("Cannot read '{path}': {reason}.").format(
                path=file, reason=error.strerror
            )
        ) from error
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]
