"""Opens hyperspectral cubes, and is the one place where other modules find rasters.

Values are handed over as they are stored: scale and offset of the file are not applied,
since normalisation makes every band independent of them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader

from miaf_engine.band_metadata import RasterTags, read_band_table
from miaf_engine.bands import BandTable
from miaf_engine.class_raster import check_same_grid, read_class_map, read_label_raster
from miaf_engine.errors import CubeError, MiafError
from miaf_engine.gdal_access import gdal_call, grid_of, open_raster
from miaf_engine.grid import Grid, Window
from miaf_engine.progress import SILENT, Progress
from miaf_engine.raster_format import check_grid_fits, check_raster_writable
from miaf_engine.raster_writer import RasterWriter, class_map_writer, float_writer

__all__ = [
    "Cube",
    "CubeReader",
    "RasterWriter",
    "check_grid_fits",
    "check_raster_writable",
    "check_same_grid",
    "class_map_writer",
    "float_writer",
    "open_cube",
    "read_class_map",
    "read_label_raster",
]

_CHUNK_BYTES = 32 * 2**20
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, eq=False)
class Cube:
    """A cube, or a window of one, in memory.

    Attributes:
        values: float32 (C, H, W), file values; finite, and 0 where invalid.
        valid: bool (H, W), whether a pixel has data in every good band read.
        grid: Grid of the pixels read.
        bands: The bands read.
    """

    values: NDArray[np.float32]
    valid: NDArray[np.bool_]
    grid: Grid
    bands: BandTable

    def __post_init__(self) -> None:
        """Raise CubeError where the parts do not fit each other."""
        shape = (self.bands.count, self.grid.height, self.grid.width)
        if self.values.shape != shape or self.valid.shape != shape[1:]:
            raise CubeError(
                f"Values of {self.values.shape} and validity of {self.valid.shape} do "
                f"not make a cube of {shape}."
            )


class CubeReader:
    """An open cube; a context manager.

    Attributes:
        path: The file as the caller named it.
        grid: Its grid.
        bands: Its bands.
        dtype: Data type in the file, as 'int16'.
        notes: What was guessed or ignored while reading the metadata; for the log.
    """

    def __init__(self, dataset: DatasetReader, path: str | os.PathLike[str]) -> None:
        self._dataset = dataset
        self.path = os.fspath(path)
        _check_cube(dataset, self.path)
        self.grid = grid_of(dataset)
        self.dtype: str = dataset.dtypes[0]
        with gdal_call(path, "read"):
            self.bands, notes = read_band_table(_tags(dataset))
        self.notes: tuple[str, ...] = tuple(notes)

    def __enter__(self) -> CubeReader:
        """Return the reader."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._dataset.close()

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> Cube:
        """Read values and validity.

        A pixel is invalid where any good band read is NaN, infinite or nodata, or the
        dataset's mask is 0. Nodata 0 is an exception: 0 is also an honest value of a
        dark band, so such a pixel is invalid only where all those bands are 0.

        Args:
            window: Part to read, inside the grid; None reads all.
            bands: Indices of the bands, 0-based; None reads all. Only good ones among
                them decide validity (all of them where none is good).
            progress: Stepped once a chunk of rows.

        Returns:
            The cube of the window. The values of bad bands may be nodata even where a
            pixel is valid, but are finite.

        Raises:
            CubeError: The whole grid was read and no pixel is valid.
            RasterFileError: The file is damaged or cut short.
            Cancelled: The user asked to stop.
        """
        window = window or self.grid.window
        indices = list(range(self.bands.count)) if bands is None else list(bands)
        values = np.empty((len(indices), window.height, window.width), np.float32)
        valid = np.empty((window.height, window.width), bool)
        rows = self._rows_per_chunk(len(indices), window.width)
        for start in range(0, window.height, rows):
            stop = min(start + rows, window.height)
            part = Window(window.row + start, window.column, stop - start, window.width)
            valid[start:stop] = self._read_rows(part, indices, values[:, start:stop])
            progress.step(stop / window.height, "Reading the cube")
        if window == self.grid.window and not valid.any():
            raise CubeError(
                f"'{self.path}' has no pixel with data: all are nodata, NaN or masked.",
                hint="Check the cube's nodata value (ENVI: data ignore value).",
            )
        return Cube(values, valid, self.grid.cut(window), self.bands.take(indices))

    def _rows_per_chunk(self, bands: int, width: int) -> int:
        block = int(self._dataset.block_shapes[0][0])
        item = np.dtype(self.dtype).itemsize
        rows = _CHUNK_BYTES // max(1, bands * width * item)
        return max(1, rows // block) * block

    def _read_rows(
        self, window: Window, indices: list[int], values: NDArray[np.float32]
    ) -> NDArray[np.bool_]:
        """Fill `values` (C, H, W) with a window and return its validity (H, W)."""
        place = rasterio.windows.Window(
            window.column, window.row, window.width, window.height
        )
        with gdal_call(self.path, "read"):
            raw = self._dataset.read([i + 1 for i in indices], window=place)
            valid = np.ones(raw.shape[1:], bool)
            if MaskFlags.per_dataset in self._dataset.mask_flag_enums[0]:
                valid = self._dataset.read_masks(1, window=place) != 0
        with np.errstate(over="ignore"):  # float64 beyond float32 becomes infinite
            values[...] = raw
        judged = [p for p, index in enumerate(indices) if self.bands.good[index]]
        seen_nonzero, zero_is_nodata = np.zeros_like(valid), False
        for position in judged or range(len(indices)):
            valid &= np.isfinite(values[position])
            nodata = self._dataset.nodatavals[indices[position]]
            if nodata == 0:
                zero_is_nodata = True
                seen_nonzero |= raw[position] != 0
            elif nodata is not None:
                valid &= ~_equals(raw[position], nodata)
        if zero_is_nodata:
            valid &= seen_nonzero
        np.nan_to_num(values, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        values[:, ~valid] = 0.0
        return valid


def open_cube(path: str | os.PathLike[str]) -> CubeReader:
    """Open a hyperspectral cube: GeoTIFF, ENVI (data file or header), VRT or HFA.

    Raises:
        FileError: The path is not a local file.
        RasterFileError: The file is missing, damaged, cut short or of another format.
        CubeError: It has one band, complex values, ground control points or rational
            polynomials instead of a geotransform, or bands in wavenumbers.
    """
    dataset = open_raster(path)
    try:
        return CubeReader(dataset, path)
    except MiafError:
        dataset.close()
        raise


def _check_cube(dataset: DatasetReader, path: str) -> None:
    if dataset.count < 2:
        raise CubeError(
            f"'{path}' has one band; a hyperspectral cube has many.",
            hint="Choose the file that holds all bands.",
        )
    odd = [kind for kind in dataset.dtypes if "complex" in kind]
    if odd:
        raise CubeError(
            f"'{path}' holds {odd[0]} values, which have no spectrum to classify.",
            hint="Convert it to real numbers first.",
        )
    if grid_of(dataset).transform != _IDENTITY:
        return
    points, _ = dataset.gcps
    if points or dataset.rpcs is not None:
        what = "ground control points" if points else "rational polynomials"
        raise CubeError(
            f"'{path}' is placed by {what} and has no regular grid.",
            hint="Warp it to a map grid first, as with gdalwarp.",
        )


def _tags(dataset: DatasetReader) -> RasterTags:
    numbers = range(1, dataset.count + 1)
    return RasterTags(
        dataset.count,
        dataset.descriptions,
        dataset.tags(),
        dataset.tags(ns="ENVI"),
        [dataset.tags(number) for number in numbers],
        [dataset.tags(number, ns="IMAGERY") for number in numbers],
    )


def _equals(values: NDArray[np.generic], nodata: float) -> NDArray[np.bool_]:
    """Return where `values` equal a nodata value that GDAL hands out as a double."""
    if values.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return np.asarray(values == values.dtype.type(nodata))
    return np.asarray(values == nodata)
