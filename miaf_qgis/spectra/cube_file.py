"""Reads spectra of a raster layer's file: of one pixel, and of areas.

GDAL opens the file once more, so that another thread may read beside QGIS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr
from qgis.core import QgsRasterLayer

from miaf_qgis.layers.bands import LayerBands, bands_of

# Pixels of an area that are read at most, and those kept for the spectral angle.
_MOST_PIXELS, _KEPT_PIXELS = 4000, 200
_CHUNK_BYTES = 64 * 2**20
# What QGIS takes for the grid of a file that has none: rows go down from 0.
_NO_GRID = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


@dataclass(frozen=True)
class Area:
    """A training area.

    Attributes:
        key: Id of the feature.
        name: Name of its class.
        wkb: Its geometry in the CRS of the cube's layer.
    """

    key: int
    name: str
    wkb: bytes


@dataclass(frozen=True)
class AreaSpectra:
    """What the pixels of one area, or of several, add up to.

    Attributes:
        pixels: Number of pixels read.
        counts: int (C,), pixels with a value in each band.
        total: float64 (C,), the sum of their values.
        squares: float64 (C,), the sum of their squares.
        kept: float32 (P, C), some spectra of a single area; NaN without a value.
    """

    pixels: int
    counts: NDArray[np.int64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]
    kept: NDArray[np.float32]

    @classmethod
    def of(cls, spectra: NDArray[np.float32]) -> AreaSpectra:
        """Add up spectra (P, C), NaN where a pixel has no value."""
        there = np.isfinite(spectra)
        values = np.where(there, spectra, 0.0).astype(np.float64)
        chosen = _spread(len(spectra), _KEPT_PIXELS)
        return cls(
            len(spectra),
            there.sum(0),
            values.sum(0),
            (values**2).sum(0),
            spectra[chosen],
        )

    def __add__(self, other: AreaSpectra) -> AreaSpectra:
        """Return what both add up to; spectra are kept of single areas alone."""
        return AreaSpectra(
            self.pixels + other.pixels,
            self.counts + other.counts,
            self.total + other.total,
            self.squares + other.squares,
            self.kept[:0],
        )

    def __sub__(self, other: AreaSpectra) -> AreaSpectra:
        """Return what is left without a part."""
        return AreaSpectra(
            self.pixels - other.pixels,
            self.counts - other.counts,
            self.total - other.total,
            self.squares - other.squares,
            self.kept[:0],
        )

    @cached_property
    def mean(self) -> NDArray[np.float64]:
        """float64 (C,), NaN in a band without values."""
        return np.where(
            self.counts > 0, self.total / np.maximum(self.counts, 1), np.nan
        )

    @cached_property
    def deviation(self) -> NDArray[np.float64]:
        """float64 (C,), standard deviation; NaN in a band without values."""
        mean_square = self.squares / np.maximum(self.counts, 1)
        variance = np.maximum(mean_square - self.mean**2, 0.0)
        return np.where(self.counts > 0, np.sqrt(variance), np.nan)


@dataclass
class CubeFile:
    """A cube opened for its spectra.

    Attributes:
        bands: Its bands.
    """

    bands: LayerBands
    _dataset: Any = field(repr=False)
    _grid: tuple[float, ...] = _NO_GRID

    @classmethod
    def of(cls, layer: QgsRasterLayer) -> CubeFile | None:
        """Open the file of a layer, None where it is none that GDAL opens."""
        if layer.providerType() != "gdal":
            return None
        try:
            dataset = gdal.Open(layer.dataProvider().dataSourceUri())
        except RuntimeError:
            dataset = None
        if dataset is None:
            return None
        grid = dataset.GetGeoTransform(can_return_null=True) or _NO_GRID
        return cls(bands_of(layer), dataset, tuple(grid))

    def pixel_of(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column of a place, None outside the cube."""
        inverse = gdal.InvGeoTransform(self._grid)
        if inverse is None:
            return None
        across, down = gdal.ApplyGeoTransform(inverse, x, y)
        row, column = int(np.floor(down)), int(np.floor(across))
        inside = 0 <= row < self._dataset.RasterYSize
        return (row, column) if inside and 0 <= column < self.width else None

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self._dataset.RasterXSize)

    def corners_of(self, row: int, column: int) -> list[tuple[float, float]]:
        """Return the corners of a pixel in the CRS of the layer."""
        places = [(0, 0), (1, 0), (1, 1), (0, 1)]
        return [
            tuple(gdal.ApplyGeoTransform(self._grid, column + x, row + y))
            for x, y in places
        ]

    def spectrum(self, row: int, column: int) -> NDArray[np.float32]:
        """Return the values of a pixel, float32 (C,), NaN without data."""
        return self._read(row, column, 1, 1)[:, 0, 0]

    def of_area(self, area: Area) -> AreaSpectra:
        """Return the spectra of an area, of at most 4000 pixels spread over it."""
        found = [np.empty((0, len(self.bands.numbers)), np.float32)]
        found += list(self._of_pixels(*self._pixels(area)))
        return AreaSpectra.of(np.concatenate(found))

    def _pixels(self, area: Area) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return rows and columns of the pixels whose centre is in an area.

        An area without any has those that it touches.
        """
        none = np.empty(0, np.int64), np.empty(0, np.int64)
        geometry = ogr.CreateGeometryFromWkb(area.wkb)
        inverse = gdal.InvGeoTransform(self._grid)
        if geometry is None or inverse is None:
            return none
        left, right, bottom, top = _in_pixels(geometry, inverse).GetEnvelope()
        first_column, first_row = max(0, int(left)), max(0, int(bottom))
        last_column = min(self.width, int(np.ceil(right)))
        last_row = min(self._dataset.RasterYSize, int(np.ceil(top)))
        if last_column <= first_column or last_row <= first_row:
            return none
        size = (last_column - first_column, last_row - first_row)
        for touched in (False, True):
            inside = _rasterised(geometry, (first_column, first_row), size, touched)
            rows, columns = np.nonzero(inside)
            if len(rows):
                break
        chosen = _spread(len(rows), _MOST_PIXELS)
        return rows[chosen] + first_row, columns[chosen] + first_column

    def _of_pixels(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> Iterator[NDArray[np.float32]]:
        """Yield the spectra (P, C) of pixels, which are in order of rows."""
        begin = 0
        while begin < len(rows):
            left, right = int(columns.min()), int(columns.max()) + 1
            line = 4 * len(self.bands.numbers) * (right - left)
            last = rows[begin] + max(1, _CHUNK_BYTES // line)
            end = int(np.searchsorted(rows, last))
            first, height = int(rows[begin]), int(rows[end - 1] - rows[begin]) + 1
            block = self._read(first, left, height, right - left)
            yield block[:, rows[begin:end] - first, columns[begin:end] - left].T
            begin = end

    def _read(
        self, row: int, column: int, height: int, width: int
    ) -> NDArray[np.float32]:
        """Return values (C, height, width), NaN without data."""
        block = np.empty((len(self.bands.numbers), height, width), np.float32)
        for place, number in enumerate(self.bands.numbers):
            band = self._dataset.GetRasterBand(number)
            values = band.ReadAsArray(column, row, width, height)
            block[place] = np.nan if values is None else values
            nodata = band.GetNoDataValue()
            if values is not None and nodata is not None:
                block[place][values == nodata] = np.nan
        return block


def _in_pixels(geometry: Any, inverse: tuple[float, ...]) -> Any:
    """Return a geometry in columns and rows of the cube; changes it."""

    def change(part: Any) -> None:
        for index in range(part.GetGeometryCount()):
            change(part.GetGeometryRef(index))
        for index in range(part.GetPointCount()):
            x, y = part.GetX(index), part.GetY(index)
            part.SetPoint_2D(index, *gdal.ApplyGeoTransform(inverse, x, y))

    geometry.FlattenTo2D()
    change(geometry)
    return geometry


def _rasterised(
    geometry: Any, origin: tuple[int, int], size: tuple[int, int], touched: bool
) -> NDArray[np.uint8]:
    """Return a mask of a window, for a geometry in columns and rows."""
    mask = gdal.GetDriverByName("MEM").Create("", *size, 1, gdal.GDT_Byte)
    mask.SetGeoTransform((origin[0], 1.0, 0.0, origin[1], 0.0, 1.0))
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("", None, ogr.wkbUnknown)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(geometry)
    layer.CreateFeature(feature)
    options = ["ALL_TOUCHED=TRUE"] if touched else []
    # It warns that there is no CRS, which columns and rows have none of.
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        gdal.RasterizeLayer(mask, [1], layer, options=options)
    finally:
        gdal.PopErrorHandler()
    return np.asarray(mask.ReadAsArray())


def _spread(count: int, most: int) -> NDArray[np.int64]:
    """Return indices of at most `most` of `count` things, evenly spread."""
    return np.unique(np.linspace(0, max(0, count - 1), min(count, most)).astype(int))
