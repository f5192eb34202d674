"""Where files keep what they know of their bands, one function a convention.

Each function goes from `RasterTags` to `Found`; `SOURCES` lists them in order of trust.
A new convention is a new function in that list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from miaf_engine.cubes.wavelength_units import plain_unit
from miaf_engine.io.envi import listed

_UNIT_WORD = r"(nm|nanomet(?:er|re)s?|um|[µμ]m|micromet(?:er|re)s?|microns?)"
WITH_UNIT = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT_WORD}\b", re.IGNORECASE)
BARE = re.compile(r"(?:^|\()\s*(\d+\.\d+)\s*\)?\s*$")


@dataclass(frozen=True)
class Found:
    """Wavelengths as one convention gives them, still in its unit."""

    wavelengths: list[float]
    fwhm: list[float]
    unit: str


@dataclass(frozen=True)
class RasterTags:
    """What a raster says of its bands.

    Attributes:
        count: Number of bands.
        descriptions: Description of each band, or None.
        dataset: Metadata of the default domain.
        envi: Metadata of the domain `ENVI`, or the fields of an ENVI header.
        bands: Metadata of each band: the default domain, and `ENVI` where it adds.
        imagery: Metadata of each band in the domain `IMAGERY`.
        scales: Factor from stored values to physical ones, one a band.
        offsets: What is added after that, one a band.
        product: What a file beside the raster says of the bands.
    """

    count: int
    descriptions: Sequence[str | None]
    dataset: Mapping[str, str] = field(default_factory=dict)
    envi: Mapping[str, str] = field(default_factory=dict)
    bands: Sequence[Mapping[str, str]] = ()
    imagery: Sequence[Mapping[str, str]] = ()
    scales: Sequence[float] = ()
    offsets: Sequence[float] = ()
    product: Found | None = None

    def __post_init__(self) -> None:
        """Write the keys as GDAL does: lower case, blanks as underscores."""
        for name in ("dataset", "envi"):
            object.__setattr__(self, name, _plain(getattr(self, name)))
        object.__setattr__(self, "bands", [_plain(band) for band in self.bands])

    def listing(self, key: str) -> str:
        """Return a list such as `{a, b}` of the whole raster, empty where absent."""
        return self.envi.get(key) or self.dataset.get(key) or ""

    def column(self, key: str) -> list[str]:
        """Return an item of each band, empty text where a band has none."""
        return [band.get(key, "") for band in self.bands]


def _plain(items: Mapping[str, str]) -> dict[str, str]:
    return {key.lower().replace(" ", "_"): text for key, text in items.items()}


def numbers(texts: Iterable[str]) -> list[float] | None:
    """Return the numbers in `texts`, or None where one is not a finite number."""
    try:
        values = [float(text) for text in texts]
    except ValueError:
        return None
    return values if all(math.isfinite(value) for value in values) else None


def numbers_of(text: str) -> list[float] | None:
    """Return the numbers of a list such as `{1, 2}`; a comma at its end is forgiven."""
    items = listed(text)
    return numbers(items[:-1] if items and not items[-1] else items)


def _from_lists(tags: RasterTags) -> Found | None:
    """ENVI headers; GeoTIFFs of the EnMAP-Box keep the same lists."""
    values = numbers_of(tags.listing("wavelength"))
    if not values:
        return None
    widths = numbers_of(tags.listing("fwhm"))
    return Found(values, widths or [], tags.listing("wavelength_units"))


def _from_band_items(tags: RasterTags) -> Found | None:
    """What GDAL makes of an ENVI header, and the EnMAP-Box of any raster."""
    values = numbers(tags.column("wavelength"))
    if not values:
        return None
    first = tags.bands[0]
    unit = first.get("wavelength_units") or first.get("wavelength_unit")
    widths = numbers(tags.column("fwhm")) or numbers_of(tags.listing("fwhm"))
    return Found(values, widths or [], unit or tags.listing("wavelength_units"))


def _from_imagery(tags: RasterTags) -> Found | None:
    """GDAL's own convention."""
    values = numbers([t.get("CENTRAL_WAVELENGTH_UM", "") for t in tags.imagery])
    if not values:
        return None
    widths = numbers([t.get("FWHM_UM", "") for t in tags.imagery])
    return Found(values, widths or [], "um")


def _from_product(tags: RasterTags) -> Found | None:
    return tags.product


def _from_descriptions(tags: RasterTags) -> Found | None:
    """Descriptions as `band 1 (418.24 Nanometers)`."""
    texts = [text or "" for text in tags.descriptions]
    named = [WITH_UNIT.search(text) for text in texts]
    if texts and all(named):
        hits = [match for match in named if match]
        if len({plain_unit(match[2]) for match in hits}) == 1:
            return Found([float(match[1]) for match in hits], [], hits[0][2])
    bare = [BARE.search(text) for text in texts]
    values = [float(match[1]) for match in bare if match]
    # Numbers without a unit are wavelengths only where they could be nothing else.
    if not values or len(values) != tags.count or min(values) < 0.2:
        return None
    return Found(values, [], "")


ORIGINS: dict[Callable[[RasterTags], Found | None], str] = {
    _from_lists: "the list 'wavelength' of an ENVI header, or one like it",
    _from_band_items: "the item 'wavelength' of each band",
    _from_imagery: "GDAL's metadata domain IMAGERY of each band",
    _from_product: "the metadata file of the product",
    _from_descriptions: "the names of the bands",
}
SOURCES: tuple[Callable[[RasterTags], Found | None], ...] = tuple(ORIGINS)
