"""What comes beside the image in an EnMAP product: the bands, in `*-METADATA.XML`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from miaf_engine.cubes.band_sources import Found, numbers
from miaf_engine.io.paths import is_file
from miaf_engine.io.safe_xml import read_xml

_IMAGE = re.compile(r"(?P<product>.+)-SPECTRAL_IMAGE[^.]*\.\w+", re.IGNORECASE)
_BANDS = "specific/bandCharacterisation/bandID"


@dataclass(frozen=True)
class EnmapBands:
    """The bands of an EnMAP image, in file order.

    Attributes:
        found: Wavelengths and widths in nanometres.
        scales: Factor from stored values to reflectance or radiance; empty if unknown.
        offsets: What is added after that; empty if unknown.
    """

    found: Found
    scales: list[float]
    offsets: list[float]


def metadata_of(image: Path) -> Path | None:
    """Return the metadata beside an image as delivered, None where there are none."""
    named = _IMAGE.fullmatch(image.name)
    if named is None:
        return None
    metadata = image.with_name(f"{named['product']}-METADATA.XML")
    return metadata if is_file(metadata) else None


def read_enmap_bands(image: Path) -> EnmapBands | None:
    """Return the bands that the metadata beside an image list, None where none is.

    Args:
        image: `NAME-SPECTRAL_IMAGE.TIF` as delivered; its metadata are expected in
            `NAME-METADATA.XML` in the same folder.

    Raises:
        RasterFileError: The metadata are there and no XML.
    """
    metadata = metadata_of(image)
    if metadata is None:
        return None
    root = read_xml(metadata, "Unpack the product again, or move the file elsewhere.")
    bands = root.findall(_BANDS)

    def column(tag: str) -> list[float]:
        return numbers([band.findtext(tag) or "" for band in bands]) or []

    found = Found(column("wavelengthCenterOfBand"), column("FWHMOfBand"), "nm")
    if not found.wavelengths:
        return None
    return EnmapBands(found, column("GainOfBand"), column("OffsetOfBand"))
