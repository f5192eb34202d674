"""Writes class maps with names and colours, and float rasters: GeoTIFF or ENVI."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.io import DatasetWriter, MemoryFile

from miaf_engine.classes import ClassTable
from miaf_engine.errors import ConfigError, InputError, RasterFileError
from miaf_engine.grid import Grid, Window
from miaf_engine.io import envi as envi_header
from miaf_engine.io import pam
from miaf_engine.io.gdal import (
    empty_cache,
    envi_size,
    gdal_call,
    grid_of,
)
from miaf_engine.io.outputs import pending
from miaf_engine.io.raster_formats import (
    check_grid_fits,
    check_kept,
    check_raster_writable,
    creation_options,
    driver_of,
    georeference,
)
from miaf_engine.translation import tr

_OVERVIEWS_ABOVE = 1024


class RasterWriter:
    """Takes the windows of a raster that appears at its place when all is written."""

    def __init__(self, dataset: DatasetWriter, path: Path) -> None:
        self._dataset = dataset
        self._path = path

    def write(self, window: Window, array: NDArray[np.generic]) -> None:
        """Write one window.

        Args:
            window: Where, in pixels of the grid.
            array: (H, W), or (C, H, W) with all bands; class maps take file values
                with 0 for unclassified, floats NaN where invalid.

        Raises:
            InputError: The array does not have the window's shape.
            RasterFileError: GDAL could not write, as when the disk is full.
        """
        values = array[np.newaxis] if array.ndim == 2 else array
        shape = (self._dataset.count, window.height, window.width)
        if values.shape != shape:
            raise InputError(f"An array of {values.shape} does not fill {shape}.")
        kind = self._dataset.dtypes[0]
        place = rasterio.windows.Window(
            window.column, window.row, window.width, window.height
        )
        with gdal_call(self._path, "write", strict=True):
            self._dataset.write(values.astype(kind, copy=False), window=place)

    def flush(self) -> None:
        """Write all blocks that GDAL still holds in its cache.

        Else the cache writes them when it needs room for others. Where they lie in a
        GeoTIFF, and so its bytes, would depend on what is read in the meantime.

        Raises:
            RasterFileError: GDAL could not write, as when the disk is full.
        """
        with gdal_call(self._path, "write", strict=True):
            empty_cache()


@contextmanager
def class_map_writer(
    path: str | os.PathLike[str],
    grid: Grid,
    classes: ClassTable,
    options: Sequence[str] = (),
) -> Iterator[RasterWriter]:
    """Write a class map with its colours and names; it appears at the end, whole.

    The file is uint8, or uint16 where a class value is above 255; 0 is unclassified
    and nodata. Names go to GDAL's `.aux.xml`, and for ENVI to the header as well.

    Args:
        path: Target: .tif, or .dat, .bsq, .img, .bil, .bip for ENVI.
        grid: The grid, kept to the last digit.
        classes: Values, names and colours.
        options: GDAL creation options, `NAME=VALUE`.

    Yields:
        A writer that takes file values (not indices), (H, W), any integer dtype.

    Raises:
        FileError: The target cannot be written.
        RasterFileError: GDAL failed, or the format cannot carry the grid.
        ConfigError: A creation option is malformed, or loses class values.
    """
    kind = "uint8" if max(classes.values) <= 255 else "uint16"
    profile = {"dtype": kind, "count": 1, "nodata": 0}
    palette = {0: (0, 0, 0, 0)}
    for entry in classes:
        red, green, blue = bytes.fromhex(entry.colour[1:])
        palette[entry.value] = (red, green, blue, 255)

    def colour(dataset: DatasetWriter) -> None:
        dataset.write_colormap(1, palette)

    def name(temporary: Path) -> None:
        names = dict(zip(classes.values, classes.names, strict=True))
        names[0] = envi_header.UNCLASSIFIED
        listing = [names.get(value, "") for value in range(max(names) + 1)]
        pam.write_names(temporary, categories=listing)
        if driver_of(temporary) == "ENVI":
            amend_header(temporary, envi_header.class_fields(classes))

    values = np.array([0, *classes.values], kind)
    made = created_raster(path, grid, profile, options, colour, name, values)
    with made as writer:
        yield writer


@contextmanager
def float_writer(
    path: str | os.PathLike[str],
    grid: Grid,
    band_names: Sequence[str],
    options: Sequence[str] = (),
) -> Iterator[RasterWriter]:
    """Write a float32 raster, nodata NaN; it appears at the end, whole.

    Args:
        path: Target: .tif, or .dat, .bsq, .img, .bil, .bip for ENVI.
        grid: The grid, kept to the last digit.
        band_names: Description of each band; their number is the number of bands.
        options: GDAL creation options, `NAME=VALUE`.

    Yields:
        A writer that takes (H, W) for one band, else (C, H, W).

    Raises:
        FileError: The target cannot be written.
        RasterFileError: GDAL failed, or the format cannot carry the grid.
        ConfigError: A creation option is malformed.
    """
    profile = {"dtype": "float32", "count": len(band_names), "nodata": math.nan}

    def describe(dataset: DatasetWriter) -> None:
        envi = dataset.driver == "ENVI"
        shown = [envi_header.plain_name(n) if envi else n for n in band_names]
        dataset.descriptions = tuple(shown)

    def name(temporary: Path) -> None:
        if driver_of(temporary) == "ENVI":
            pam.write_names(temporary, descriptions=band_names)

    with created_raster(path, grid, profile, options, describe, name) as writer:
        yield writer


@contextmanager
def created_raster(
    path: str | os.PathLike[str],
    grid: Grid,
    profile: dict[str, object],
    options: Sequence[str],
    prepare: Callable[[DatasetWriter], None],
    name: Callable[[Path], None],
    values: NDArray[np.generic] | None = None,
) -> Iterator[RasterWriter]:
    """Write a raster that appears at the end, whole.

    Args:
        path: Target, whose suffix decides the format.
        grid: The grid, kept to the last digit.
        profile: rasterio's `dtype`, `count` and `nodata`.
        options: GDAL creation options, `NAME=VALUE`.
        prepare: Called with the open dataset before anything is written.
        name: Called with the finished file, to store what rasterio cannot.
        values: What must come back from the file unchanged; None where options may
            lose digits.
    """
    target = Path(path)
    check_raster_writable(target)
    driver = driver_of(target)
    check_grid_fits(target, grid)
    full = {
        "driver": driver,
        "height": grid.height,
        "width": grid.width,
        **georeference(grid),
        **profile,
        **creation_options(target, str(profile["dtype"]), options),
    }
    if options:
        _check_options(target, full, prepare, values)
    with pending(target) as temporary:
        with gdal_call(target, "write", strict=True):
            dataset = rasterio.open(temporary, "w", **full)
        try:
            with gdal_call(target, "write", strict=True):
                prepare(dataset)
            yield RasterWriter(dataset, target)
            with gdal_call(target, "write", strict=True):
                dataset.close()
        finally:
            # Closing may fail again; the first reason is the one to tell.
            with suppress(RasterFileError), gdal_call(target, "close"):
                dataset.close()
        _finish(temporary, target, grid, str(profile["dtype"]))
        name(temporary)


def _check_options(
    target: Path,
    profile: dict[str, object],
    prepare: Callable[[DatasetWriter], None],
    values: NDArray[np.generic] | None,
) -> None:
    """Refuse options that GDAL or class values do not bear, by a trial in memory.

    GDAL refuses some only when the first pixels are written, which is after a training.
    """
    wanted = np.zeros(1, str(profile["dtype"])) if values is None else values
    rows = np.resize(wanted, (16, max(wanted.size, 16) + 1))  # in all columns
    small = {**profile, "height": rows.shape[0], "width": rows.shape[1]}
    with (
        gdal_call(target, "write", strict=True),
        MemoryFile(ext=target.suffix.lower()) as memory,
    ):
        with memory.open(**small) as dataset:
            prepare(dataset)
            for band in dataset.indexes:
                dataset.write(rows, band)
        with memory.open() as dataset:
            found = dataset.read(1)
    if values is not None and not np.array_equal(found, rows):
        raise ConfigError(
            tr(
                "Cannot write '{target}': these creation options change class values."
            ).format(target=target),
            hint=tr("Leave out those that lose digits, such as NBITS or MAX_Z_ERROR."),
        )


def _finish(temporary: Path, target: Path, grid: Grid, dtype: str) -> None:
    """Add overviews or exact digits, and make sure that the file is whole."""
    envi = driver_of(target) == "ENVI"
    if envi:
        header = envi_header.header_of(temporary)
        changes = {"description": f"{{{envi_header.plain_name(target.name)}}}"}
        if header and (info := envi_header.read_fields(header).get("map info")):
            changes["map info"] = envi_header.exact_map_info(info, grid)
        amend_header(temporary, changes)
    with gdal_call(target, "write", strict=True):
        size = max(grid.height, grid.width)
        if not envi and size > _OVERVIEWS_ABOVE:
            way = Resampling.average if dtype == "float32" else Resampling.nearest
            levels = range(1, math.ceil(math.log2(size / 256)) + 1)
            with rasterio.open(temporary, "r+") as dataset:
                dataset.build_overviews([2**level for level in levels], way)
        with rasterio.open(temporary) as dataset:
            found, needed = grid_of(dataset), envi_size(dataset)
    if envi and temporary.stat().st_size < needed:
        raise RasterFileError(
            tr("Cannot write '{target}': the file was cut short.").format(target=target)
        )
    check_kept(target, grid, found)


def amend_header(data: Path, changes: dict[str, str]) -> None:
    """Set fields in the header of an ENVI raster."""
    header = envi_header.header_of(data)
    if header is None:
        raise RasterFileError(
            tr("Cannot write '{data}': GDAL wrote no header.").format(data=data)
        )
    text = envi_header.with_fields(envi_header.read_text(header), changes)
    header.write_text(text, encoding="utf-8", newline="\n")
