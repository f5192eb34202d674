"""What is looked at before and after GDAL opens a raster."""

from __future__ import annotations

import os
import re
from pathlib import Path

from rasterio.io import DatasetReader

from miaf_engine.errors import RasterFileError
from miaf_engine.io.paths import (
    is_file,
    is_folder,
    is_there,
    why_unseen,
)
from miaf_engine.limits import MAX_BANDS, MAX_PIXELS, MAX_XML_BYTES

_SUBDATASET = re.compile(r"(?:HDF[45]\w*|NETCDF):", re.IGNORECASE)
_HDF5 = b"\x89HDF\r\n\x1a\n"
_VRT = b"<VRT"


def check_file(path: str | os.PathLike[str]) -> None:
    """Refuse what GDAL should not try.

    Raises:
        RasterFileError: It is a device or a pipe, where opening may wait for ever, a
            file with several arrays, or a VRT too large for one; or it cannot be read.
    """
    file, start, size = Path(path), b"", 0
    if reason := why_unseen(file):
        raise RasterFileError(
            f"Cannot open '{path}': {reason}.", hint="Check the path."
        )
    if is_there(file) and not (is_file(file) or is_folder(file)):
        raise RasterFileError(
            f"'{path}' is a device or a pipe.", hint="Choose a file on a disk."
        )
    if is_file(file):
        try:
            size = file.stat().st_size
            with file.open("rb") as opened:
                start = opened.read(8)
        except OSError as error:
            raise RasterFileError(
                f"Cannot open '{path}': {error.strerror or error}."
            ) from error
    if start == _HDF5 or _SUBDATASET.match(os.fspath(path)):
        raise RasterFileError(
            f"'{path}' is an HDF5 or netCDF file, which holds several arrays.",
            hint="Export its cube as GeoTIFF or ENVI first, with the EnMAP-Box as one "
            "way.",
        )
    if start.lstrip().startswith(_VRT) and size > MAX_XML_BYTES:
        raise RasterFileError(
            f"The VRT '{path}' has {size} bytes.",
            hint=f"At most {MAX_XML_BYTES} are read; write it as GeoTIFF.",
        )


def check_size(dataset: DatasetReader, path: str | os.PathLike[str]) -> None:
    """Refuse a raster of a size that no scene has; a header may claim anything.

    Raises:
        RasterFileError: It has too many bands or pixels.
    """
    height, width, bands = dataset.height, dataset.width, dataset.count
    if bands > MAX_BANDS or height * width > MAX_PIXELS:
        raise RasterFileError(
            f"'{path}' claims {height} rows, {width} columns and {bands} bands.",
            hint=f"At most {MAX_PIXELS} pixels and {MAX_BANDS} bands are read; cut it.",
        )
