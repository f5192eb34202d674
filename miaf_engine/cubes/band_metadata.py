"""Reads the band table from what a raster says, whatever the convention."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from miaf_engine.cubes.band_sources import (
    BARE,
    ORIGINS,
    SOURCES,
    WITH_UNIT,
    Found,
    RasterTags,
    numbers,
    numbers_of,
)
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.wavelength_units import nm_per_unit
from miaf_engine.io.envi import listed

__all__ = ["RasterTags", "Scaling", "read_band_table", "read_scaling"]

_ADDED_BY_GDAL = re.compile(r"\s*\(\d+(?:\.\d+)?(?:\s+[^\d()]+)?\)\s*$")


@dataclass(frozen=True)
class Scaling:
    """How stored values become physical ones, band by band: scale, then offset."""

    scales: tuple[float, ...]
    offsets: tuple[float, ...]


def read_band_table(tags: RasterTags) -> tuple[BandTable, list[str]]:
    """Return the band table and what the user should know of how it was read.

    Raises:
        CubeError: The wavelengths are wavenumbers or frequencies.
    """
    notes: list[str] = []
    wavelengths = fwhm = None
    origin = ""
    text = tags.listing("wavelength")
    if text and numbers_of(text) is None:
        notes.append("The list of wavelengths is not made of numbers; it is ignored.")
    for source in SOURCES:
        found = source(tags)
        if found is None:
            continue
        if len(found.wavelengths) != tags.count:
            notes.append(
                f"The metadata list {len(found.wavelengths)} wavelengths for "
                f"{tags.count} bands; they are ignored."
            )
            continue
        factor = nm_per_unit(found.wavelengths, found.unit, notes)
        if factor is not None:
            wavelengths = tuple(factor * value for value in found.wavelengths)
            fwhm = _widths(found, factor, tags.count)
            origin = f"{ORIGINS[source]}, in {found.unit.strip() or 'no stated unit'}"
            break
    good = _good_flags(tags, notes)
    return BandTable(_names(tags), wavelengths, fwhm, good, origin), notes


def read_scaling(tags: RasterTags) -> tuple[Scaling | None, list[str]]:
    """Return scale and offset of each band, and what the user should know of them.

    Each spectrum is centred and scaled before the network sees it, which undoes a scale
    and an offset that all bands share: None stands for those. Where bands differ, the
    shape of a spectrum hangs on them, and they are applied.
    """
    scales = list(tags.scales) or [1.0] * tags.count
    offsets = list(tags.offsets) or [0.0] * tags.count
    factors = numbers_of(tags.listing("reflectance_scale_factor"))
    if factors and len(factors) == tags.count and all(factors):
        scales = [scale / f for scale, f in zip(scales, factors, strict=True)]
    if not all(math.isfinite(value) for value in (*scales, *offsets)) or 0 in scales:
        return None, ["The scale or offset of a band is no number; all are ignored."]
    if len(set(scales)) == 1 and len(set(offsets)) == 1:
        return None, []
    note = (
        f"Scale ({min(scales):g} to {max(scales):g}) and offset ({min(offsets):g} to "
        f"{max(offsets):g}) differ between the bands and are applied."
    )
    return Scaling(tuple(scales), tuple(offsets)), [note]


def _widths(found: Found, factor: float, count: int) -> tuple[float, ...] | None:
    if len(found.fwhm) != count or min(found.fwhm) <= 0:
        return None
    return tuple(factor * value for value in found.fwhm)


def _good_flags(tags: RasterTags, notes: list[str]) -> tuple[bool, ...]:
    # Flags of single bands are set by hand, in the EnMAP-Box, over those of the file.
    flags = numbers(tags.column("bbl")) or numbers_of(tags.listing("bbl"))
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
        given = _from_gdal(tags.descriptions)
    bare = [WITH_UNIT.fullmatch(name) or BARE.fullmatch(name) for name in given]
    return tuple(
        f"Band {number}" if not name.strip() or is_number else name.strip()
        for number, (name, is_number) in enumerate(zip(given, bare, strict=True), 1)
    )


def _from_gdal(descriptions: Sequence[str | None]) -> list[str]:
    return [_ADDED_BY_GDAL.sub("", text or "") for text in descriptions]
