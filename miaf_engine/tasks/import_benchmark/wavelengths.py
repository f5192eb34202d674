"""Reads lists of wavelengths: text, CSV with column names, AVIRIS .spc, .npy."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import ConfigError, FileError, InputError
from miaf_engine.io.gdal import refuse_network
from miaf_engine.progress import SILENT, Progress
from miaf_engine.tasks.import_benchmark.arrays import read_array
from miaf_engine.translation import tr

MAX_TEXT_BYTES = 4 * 2**20
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_MICROMETRES = re.compile(r"[^a-z](?:um|[µμ]m|micromet(?:er|re)s?|microns?)\b")
_NANOMETRES = re.compile(r"[^a-z](?:nm|nanomet(?:er|re)s?)\b")


@dataclass(frozen=True)
class WavelengthList:
    """What a list says, in nanometres.

    Attributes:
        centres: Wavelength of each band.
        widths: Full width at half maximum of each band, or None.
    """

    centres: tuple[float, ...]
    widths: tuple[float, ...] | None = None


def band_table(
    count: int,
    wavelengths: WavelengthList | None,
    dropped: Sequence[int] = (),
    progress: Progress = SILENT,
) -> BandTable:
    """Return the bands of a cube, named by their number in the sensor's list.

    Args:
        count: Number of bands of the cube.
        wavelengths: The list; None where there is none.
        dropped: Numbers (1-based) of the sensor's bands that the cube lacks.
        progress: Warned where `dropped` is of no use.

    Raises:
        InputError: The list does not have as many entries as the cube has bands,
            neither before nor after those of the dropped bands are taken out.
    """
    every = range(1, count + len(dropped) + 1)
    if dropped and max(dropped) > len(every):
        raise InputError(
            tr(
                "Band {number} cannot be missing: the cube has {count} bands, "
                "{missing} missing, so the sensor has {every}."
            ).format(
                number=max(dropped),
                missing=len(dropped),
                count=count,
                every=len(every),
            ),
            hint=tr("Check the list of missing bands."),
        )
    numbers = [number for number in every if number not in set(dropped)]
    names = tuple(f"Band {number}" for number in numbers)
    if wavelengths is None:
        return BandTable(names)
    kept = _kept(wavelengths, numbers, len(every), progress)
    return BandTable(names, kept.centres, kept.widths)


def _kept(
    wavelengths: WavelengthList, numbers: Sequence[int], every: int, progress: Progress
) -> WavelengthList:
    """Return the entries of the bands of these numbers (1-based) out of `every`."""
    found, count, dropped = len(wavelengths.centres), len(numbers), every - len(numbers)
    if found == count:
        if dropped:
            progress.info(
                tr(
                    "The list has {count} wavelengths, as many as the cube has bands. "
                    "It is assumed to be without the missing bands."
                ).format(count=count)
            )
        return wavelengths
    if not dropped or found != every:
        raise InputError(
            (
                tr(
                    "The number of wavelengths ({found}) fits neither the bands of "
                    "the cube ({count}) nor these and the missing bands (missing: "
                    "{missing})."
                )
                if dropped
                else tr(
                    "The number of wavelengths ({found}) is not that of the "
                    "bands ({count})."
                )
            ).format(found=found, count=count, missing=dropped),
            hint=tr("Give the list of this cube, or say which bands are missing."),
        )
    centres, widths = (
        None if part is None else tuple(part[number - 1] for number in numbers)
        for part in (wavelengths.centres, wavelengths.widths)
    )
    return WavelengthList(centres or (), widths)


def band_numbers(text: str | None) -> list[int]:
    """Return the numbers in a list such as `104-108, 150-163, 220`, ascending.

    Raises:
        ConfigError: It is no such list.
    """
    numbers: set[int] = set()
    for part in (text or "").split(","):
        found = _RANGE.fullmatch(part.strip())
        if found is None and not part.strip():
            continue
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= 65_535:
            raise ConfigError(
                tr("'{part}' is not a band or a range of bands.").format(
                    part=part.strip()
                ),
                hint=tr("List bands from 1, for example 104-108,150-163,220."),
            )
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def read_wavelengths(
    path: str | os.PathLike[str], progress: Progress = SILENT
) -> WavelengthList:
    """Read a list of wavelengths.

    One number a line or all in one line; or columns of which one is named wavelength,
    and one fwhm where widths are known; or an AVIRIS .spc file or a .npy array, whose
    columns are wavelength and, if there is a second, width.

    Args:
        path: The file.
        progress: Receives which unit was found or guessed.

    Raises:
        FileError: The file is missing or unreadable.
        InputError: It holds no such list.
    """
    refuse_network(path)
    file, heading = Path(path), ""
    if file.suffix.lower() == ".npy":
        array = np.asarray(read_array(file, ""), float)
        rows = array if array.ndim == 2 and min(array.shape) > 1 else array.ravel()
        columns = [list(map(float, c)) for c in np.atleast_2d(rows.T)[:2]]
    else:
        heading, columns = _columns(_text(file), file)
    centres = np.array(columns[0])
    if not (np.isfinite(centres).all() and (centres > 0).all()):
        raise InputError(
            tr("'{file}' has wavelengths that are not above 0.").format(file=file)
        )
    factor = _factor(
        heading, float(centres.min()), float(centres.max()), file, progress
    )
    # 400.0 and not 400.00000000000006: the product has digits that the list had not.
    listed = [tuple(round(factor * v, 6) for v in column) for column in columns[:2]]
    widths = listed[1] if len(listed) > 1 and min(listed[1]) > 0 else None
    return WavelengthList(listed[0], widths)


def _text(file: Path) -> list[str]:
    try:
        if file.stat().st_size > MAX_TEXT_BYTES:
            raise InputError(
                tr("'{file}' is too large for a list of wavelengths.").format(file=file)
            )
        content = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(
            tr("Cannot read '{path}': {reason}.").format(
                path=file, reason=error.strerror
            )
        ) from error
    lines = [line.split("#")[0].strip() for line in content.splitlines()]
    return [line for line in lines if line]


def _columns(lines: list[str], file: Path) -> tuple[str, list[list[float]]]:
    """Return the heading of the wavelengths, and them and the widths as columns."""
    start = next((i for i, line in enumerate(lines) if _numbers(line)), None)
    if start is None:
        raise InputError(tr("'{file}' has no list of wavelengths.").format(file=file))
    rows = [_numbers(line) for line in lines[start:]]
    if not all(rows) or len({len(row) for row in rows}) > 1:
        bad = next((i for i, row in enumerate(rows) if len(row) != len(rows[0])), 0)
        raise InputError(
            tr(
                "'{file}' has no list of wavelengths: '{line}' is not like the lines "
                "before."
            ).format(file=file, line=lines[start + bad][:40]),
        )
    titles = _fields(lines[start - 1].lower()) if start else []
    named = [i for i, title in enumerate(titles) if title.startswith("wavelength")]
    if named and len(titles) == len(rows[0]):
        wide = [i for i, title in enumerate(titles) if title.startswith("fwhm")]
        chosen = [named[0], *wide[:1]]
        return titles[named[0]], [[row[i] for row in rows] for i in chosen]
    if len(rows) == 1:  # all in one line
        return " ".join(lines[:start]).lower(), [rows[0]]
    if len(rows[0]) == 1 or file.suffix.lower() == ".spc":
        return " ".join(lines[:start]).lower(), [
            list(c) for c in zip(*rows, strict=True)
        ][:2]
    raise InputError(
        tr("'{file}' has {count} columns, but none is called wavelength.").format(
            file=file, count=len(rows[0])
        ),
        hint=tr(
            "Write the names of the columns in the first line, for example "
            "wavelength,fwhm."
        ),
    )


def _fields(line: str) -> list[str]:
    """Return the entries of a line, parted by ; or , or tabs, else by blanks."""
    mark = next((m for m in ";\t," if m in line), None)
    return [part.strip(" \"'{}") for part in line.split(mark) if part.strip(" \"'{}")]


def _numbers(line: str) -> list[float]:
    """Return the numbers of a line, none where an entry is not a number."""
    # A comma is a decimal point where something else parts the entries.
    entries = _fields(line.replace(",", ".") if ";" in line else line)
    try:
        return [float(entry) for entry in entries]
    except ValueError:
        return []


def _factor(
    heading: str, low: float, high: float, file: Path, progress: Progress
) -> float:
    """Return what turns the numbers into nanometres."""
    micro = bool(_MICROMETRES.search(f" {heading}".replace("_", " ")))
    nano = bool(_NANOMETRES.search(f" {heading}".replace("_", " ")))
    said = micro != nano
    if not said:
        micro, nano = high < 100, low >= 100
    if not micro and not nano:
        raise InputError(
            tr(
                "The wavelengths of '{file}' go from {low:g} to {high:g}, which is a "
                "range neither in nanometres nor in micrometres."
            ).format(file=file, low=low, high=high),
            hint=tr("Write the unit in the heading, for example wavelength (nm)."),
        )
    text = tr("The wavelengths go from {low:g} to {high:g} {unit}.")
    if not said:
        text += " " + tr("The unit is guessed from the numbers.")
    unit = tr("micrometres") if micro else tr("nanometres")
    progress.info(text.format(low=low, high=high, unit=unit))
    return 1e3 if micro else 1.0
