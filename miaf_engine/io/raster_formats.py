"""Which formats rasters are written in, with which options, and what they can carry."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rasterio.io import MemoryFile
from rasterio.transform import Affine

from miaf_engine.errors import ConfigError, RasterFileError
from miaf_engine.grid import Grid
from miaf_engine.io import envi
from miaf_engine.io.gdal import (
    crs_name,
    gdal_call,
    grid_of,
    read_crs,
    refuse_network,
    same_crs,
)
from miaf_engine.io.outputs import check_writable, temporary_path
from miaf_engine.translation import tr

RASTER_SUFFIXES = (".tif", ".tiff", ".dat", ".bsq", ".img", ".bil", ".bip")
_ENVI_INTERLEAVE = {".bil": "bil", ".bip": "bip"}
_PREDICTABLE = ("deflate", "lzw", "zstd")
_OPTION = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*")


def driver_of(path: Path) -> str:
    """Return the GDAL driver that a suffix stands for."""
    return "GTiff" if path.suffix.lower() in (".tif", ".tiff") else "ENVI"


def check_raster_writable(path: str | os.PathLike[str]) -> None:
    """Refuse a raster target that could not be written, before any long work.

    Raises:
        FileError: The path is not local, has an unknown suffix, or its folder or the
            file itself cannot be written.
    """
    refuse_network(path)
    target = Path(path)
    check_writable(target, RASTER_SUFFIXES)
    if driver_of(target) == "ENVI":
        envi.check_header_free(target)
        envi.check_header_free(temporary_path(target))


def georeference(grid: Grid) -> dict[str, object]:
    """Return the georeference that rasterio needs to make a file."""
    place: dict[str, object] = {"crs": read_crs(grid.crs) if grid.crs else None}
    if grid.georeferenced:
        place["transform"] = Affine(*grid.transform)
    return place


def check_grid_fits(path: str | os.PathLike[str], grid: Grid) -> None:
    """Refuse a format that cannot carry the grid, by writing a pixel in memory.

    An ENVI header knows one rotation and no shear, and not every CRS.

    Raises:
        RasterFileError: The grid would not come back.
    """
    target = Path(path)
    with (
        gdal_call(target, "write"),
        MemoryFile(ext=target.suffix.lower()) as memory,
    ):
        with memory.open(
            driver=driver_of(target),
            height=1,
            width=1,
            count=1,
            dtype="uint8",
            **georeference(grid),
        ):
            pass
        with memory.open() as dataset:
            found = grid_of(dataset)
    check_kept(target, grid, replace(found, height=grid.height, width=grid.width))


def check_kept(target: Path, grid: Grid, found: Grid) -> None:
    """Raise RasterFileError where `found`, read back, is not the grid written."""
    pixel = min(grid.pixel)
    pairs = zip(grid.corners, found.corners, strict=True)
    shift = max(math.dist(wanted, kept) for wanted, kept in pairs)
    hint = tr("Write a GeoTIFF (.tif) instead.") if driver_of(target) == "ENVI" else ""
    # 1e-6 of a pixel: rotation goes through an angle in ENVI headers.
    if not shift <= 1e-6 * pixel:
        raise RasterFileError(
            tr(
                "Cannot write '{target}': its format cannot store the geotransform "
                "{transform}."
            ).format(target=target, transform=grid.transform),
            hint=hint,
        )
    if not same_crs(grid.crs, found.crs):
        raise RasterFileError(
            tr(
                "Cannot write '{target}': its format cannot store the CRS {crs}."
            ).format(target=target, crs=crs_name(grid.crs)),
            hint=hint,
        )


def creation_options(
    path: Path, dtype: str, options: Sequence[str]
) -> dict[str, object]:
    """Return creation options for rasterio: ours, overridden by the user's.

    Args:
        path: Target, whose suffix decides the driver.
        dtype: Data type of the raster.
        options: The user's, `NAME=VALUE`.

    Raises:
        ConfigError: An option is malformed.
    """
    given: dict[str, object] = {}
    for option in options:
        found = _OPTION.fullmatch(option)
        if found is None:
            raise ConfigError(
                tr("The creation option '{option}' is not understood.").format(
                    option=option
                ),
                hint=tr("Write options as NAME=VALUE."),
            )
        given[found[1].lower()] = found[2]
    if driver_of(path) == "ENVI":
        interleave = _ENVI_INTERLEAVE.get(path.suffix.lower(), "bsq")
        return {"interleave": interleave, **given}
    ours: dict[str, object] = {"compress": "deflate", "bigtiff": "if_safer"}
    if str(given.get("tiled", "yes")).lower() in ("yes", "true", "on", "1"):
        ours |= {"tiled": "yes", "blockxsize": 256, "blockysize": 256}
    merged = {**ours, **given}
    if dtype == "float32" and str(merged["compress"]).lower() in _PREDICTABLE:
        merged.setdefault("predictor", 3)
    return merged
