"""Reads the band table from what GDAL says of a raster, whatever the convention.

Each convention is one function from `RasterTags` to `Found`; `_SOURCES` lists them in
order of trust. A new convention is a new function in that list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from miaf_engine.bands import BandTable
from miaf_engine.envi_header import listed
from miaf_engine.errors import CubeError

_NM_PER_UNIT = {
    "nm": 1.0,
    "nanometer": 1.0,
    "nanometre": 1.0,
    "um": 1e3,
    "micrometer": 1e3,
    "micrometre": 1e3,
    "micron": 1e3,
    "mm": 1e6,
    "millimeter": 1e6,
    "millimetre": 1e6,
    "m": 1e9,
    "meter": 1e9,
    "metre": 1e9,
    "angstrom": 0.1,
}
_UNKNOWN_UNITS = ("", "unknown", "none", "undefined", "n/a")
_FREQUENCIES = ("wavenumber", "cm-1", "cm^-1", "1/cm", "ghz", "mhz", "thz")
_UNIT_WORD = r"(nm|nanomet(?:er|re)s?|um|[µμ]m|micromet(?:er|re)s?|microns?)"
_WITH_UNIT = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT_WORD}\b", re.IGNORECASE)
_BARE = re.compile(r"(?:^|\()\s*(\d+\.\d+)\s*\)?\s*$")
_ADDED_BY_GDAL = re.compile(r"\s*\(\d+(?:\.\d+)?(?:\s+[^\d()]+)?\)\s*$")


@dataclass(frozen=True)
class RasterTags:
    """What a raster says of its bands, as GDAL hands it out.

    Attributes:
        count: Number of bands.
        descriptions: Description of each band, or None.
        dataset: Metadata of the default domain.
        envi: Metadata of the domain `ENVI`: header fields, spaces as underscores.
        bands: Default metadata of each band.
        imagery: Metadata of each band in the domain `IMAGERY`.
    """

    count: int
    descriptions: Sequence[str | None]
    dataset: Mapping[str, str] = field(default_factory=dict)
    envi: Mapping[str, str] = field(default_factory=dict)
    bands: Sequence[Mapping[str, str]] = ()
    imagery: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Found:
    """Wavelengths as one convention gives them, still in its unit."""

    wavelengths: list[float]
    fwhm: list[float]
    unit: str


def read_band_table(tags: RasterTags) -> tuple[BandTable, list[str]]:
    """Return the band table and what the user should know of how it was read.

    Raises:
        CubeError: The wavelengths are wavenumbers or frequencies.
    """
    notes: list[str] = []
    wavelengths = fwhm = None
    for source in _SOURCES:
        found = source(tags)
        if found is None:
            continue
        if len(found.wavelengths) != tags.count:
            notes.append(
                f"The metadata list {len(found.wavelengths)} wavelengths for "
                f"{tags.count} bands; they are ignored."
            )
            continue
        factor = _nm_per_unit(found, notes)
        if factor is not None:
            wavelengths = tuple(factor * value for value in found.wavelengths)
            fwhm = _widths(found, factor, tags.count)
            break
    good = _good_flags(tags, notes)
    return BandTable(_names(tags), wavelengths, fwhm, good), notes


def _from_envi(tags: RasterTags) -> Found | None:
    values = _numbers(listed(tags.envi.get("wavelength", "")))
    if not values:
        return None
    widths = _numbers(listed(tags.envi.get("fwhm", "")))
    return Found(values, widths or [], tags.envi.get("wavelength_units", ""))


def _from_band_tags(tags: RasterTags) -> Found | None:
    bands = [{key.lower(): text for key, text in band.items()} for band in tags.bands]
    values = _numbers([band.get("wavelength", "") for band in bands])
    if not values:
        return None
    first = bands[0]
    unit = first.get("wavelength_units") or first.get("wavelength_unit")
    if unit is None:
        unit = tags.dataset.get("wavelength_units", "")
    widths = _numbers([band.get("fwhm", "") for band in bands])
    return Found(values, widths or [], unit)


def _from_imagery(tags: RasterTags) -> Found | None:
    values = _numbers([t.get("CENTRAL_WAVELENGTH_UM", "") for t in tags.imagery])
    if not values:
        return None
    widths = _numbers([t.get("FWHM_UM", "") for t in tags.imagery])
    return Found(values, widths or [], "um")


def _from_descriptions(tags: RasterTags) -> Found | None:
    texts = [text or "" for text in tags.descriptions]
    named = [_WITH_UNIT.search(text) for text in texts]
    if texts and all(named):
        hits = [match for match in named if match]
        if len({_unit(match[2]) for match in hits}) == 1:
            return Found([float(match[1]) for match in hits], [], hits[0][2])
    bare = [_BARE.search(text) for text in texts]
    values = [float(match[1]) for match in bare if match]
    # Numbers without a unit are wavelengths only where they could be nothing else.
    if not values or len(values) != tags.count or min(values) < 0.2:
        return None
    return Found(values, [], "")


_SOURCES: tuple[Callable[[RasterTags], Found | None], ...] = (
    _from_envi,
    _from_band_tags,
    _from_imagery,
    _from_descriptions,
)


def _nm_per_unit(found: Found, notes: list[str]) -> float | None:
    """Return the factor to nanometres; None where the numbers are no wavelengths."""
    unit = _unit(found.unit)
    low, high = min(found.wavelengths), max(found.wavelengths)
    if unit in _FREQUENCIES:
        raise CubeError(
            f"The bands are given in '{found.unit}', not as wavelengths.",
            hint="Convert them to nanometres or micrometres in the header.",
        )
    if low <= 0:
        notes.append(f"A wavelength of {low:g} is not possible; all are ignored.")
        return None
    if unit in _NM_PER_UNIT:
        return _NM_PER_UNIT[unit]
    if unit in _UNKNOWN_UNITS and (high < 100 or low >= 100):
        guess = "micrometres" if high < 100 else "nanometres"
        notes.append(
            f"The wavelengths have no unit; {low:g} to {high:g} are taken for {guess}."
        )
        return 1e3 if high < 100 else 1.0
    notes.append(
        f"Wavelengths of {low:g} to {high:g} in the unit '{found.unit}' are ignored."
    )
    return None


def _unit(text: str) -> str:
    word = text.strip().strip('"').casefold().replace("µ", "u").replace("μ", "u")
    if word in _NM_PER_UNIT or word in _FREQUENCIES or not word.endswith("s"):
        return word
    singular = word.removesuffix("s")
    return singular if singular in (*_NM_PER_UNIT, *_FREQUENCIES) else word


def _widths(found: Found, factor: float, count: int) -> tuple[float, ...] | None:
    if len(found.fwhm) != count or min(found.fwhm) <= 0:
        return None
    return tuple(factor * value for value in found.fwhm)


def _good_flags(tags: RasterTags, notes: list[str]) -> tuple[bool, ...]:
    flags = _numbers(listed(tags.envi.get("bbl", tags.dataset.get("bbl", ""))))
    if not flags:
        return (True,) * tags.count
    if len(flags) != tags.count:
        notes.append(
            f"The bad band list has {len(flags)} entries for {tags.count} bands; it is "
            "ignored."
        )
        return (True,) * tags.count
    if not any(flags):
        notes.append("The bad band list flags every band as bad; it is ignored.")
        return (True,) * tags.count
    return tuple(flag != 0 for flag in flags)


def _names(tags: RasterTags) -> tuple[str, ...]:
    given = listed(tags.envi.get("band_names", ""))
    if len(given) != tags.count or not all(given):
        given = [_ADDED_BY_GDAL.sub("", text or "") for text in tags.descriptions]
    bare = [_WITH_UNIT.fullmatch(name) or _BARE.fullmatch(name) for name in given]
    return tuple(
        f"Band {number}" if not name.strip() or is_number else name.strip()
        for number, (name, is_number) in enumerate(zip(given, bare, strict=True), 1)
    )


def _numbers(texts: Sequence[str]) -> list[float] | None:
    """Return the numbers in `texts`, or None where one is not a finite number."""
    try:
        values = [float(text) for text in texts]
    except ValueError:
        return None
    return values if all(math.isfinite(value) for value in values) else None
