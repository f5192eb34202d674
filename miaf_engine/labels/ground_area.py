"""How large the classes of a map are on the ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform as transform_coordinates

from miaf_engine.errors import InputError, RasterFileError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.gdal import gdal_call, read_crs
from miaf_engine.translation import marked, tr

_BLOCKS = 32  # along each side: pixels of one block count as equally large
_TRUE_ENOUGH = 0.01  # a projection that keeps areas to this is taken at its word
_SQUARE_METRES = 10_000.0  # of a hectare
_AXIS, _FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS 84, in metres


@dataclass(frozen=True)
class ClassAreas:
    """Area of each class of a map.

    Attributes:
        values: float64 (K,).
        unit: ha, or pixels where nothing says how large a pixel is.
        measure: How it was measured, for the user.
    """

    values: NDArray[np.float64]
    unit: str
    measure: str


@dataclass(frozen=True, eq=False)
class PixelSizes:
    """How large the pixels of a grid are on the ground.

    Attributes:
        blocks: float64 (32, 32), hectares of a pixel in each block of the grid; None
            where nothing says how large a pixel is.
        measure: How it was measured, for the user.
        grid: The grid.
    """

    blocks: NDArray[np.float64] | None
    measure: str
    grid: Grid

    @property
    def unit(self) -> str:
        """The unit: ha, or pixels where nothing says how large a pixel is."""
        return marked("pixels") if self.blocks is None else marked("ha")

    def within(self, window: Window) -> NDArray[np.float64]:
        """Return the size of each pixel of a window, (h, w); 1 where not known."""
        if self.blocks is None:
            return np.ones((window.height, window.width))
        rows, columns = (
            np.searchsorted(_edges(length)[1:], np.arange(start, stop), side="right")
            for length, start, stop in (
                (self.grid.height, window.row, window.row + window.height),
                (self.grid.width, window.column, window.column + window.width),
            )
        )
        sizes: NDArray[np.float64] = self.blocks[rows[:, None], columns]
        return sizes


def class_areas(classes: NDArray[np.integer], count: int, grid: Grid) -> ClassAreas:
    """Return the area of each class of a map.

    Args:
        classes: integer (H, W), class 1..K; 0 counts for none.
        count: K.
        grid: The map's grid.
    """
    sizes = pixel_sizes(grid)
    if sizes.blocks is None:
        pixels = np.bincount(classes.ravel(), minlength=count + 1)[1:]
        return ClassAreas(pixels.astype(np.float64), sizes.unit, sizes.measure)
    found = _sums(classes, count, sizes.blocks)
    return ClassAreas(found, sizes.unit, sizes.measure)


def pixel_sizes(grid: Grid) -> PixelSizes:
    """Return how large the pixels of a grid are.

    On a projection that keeps areas to 1 % the pixels are as large as it says;
    elsewhere, as in degrees or web Mercator, they are measured on the ellipsoid.
    """
    crs = read_crs(grid.crs) if grid.crs and grid.georeferenced else None
    flat = _planar_pixel(crs, grid)
    found = _round_pixels(grid) if crs is not None else None
    distortion = 0.0
    if found is not None and flat is not None:
        distortion = float(np.abs(flat / found - 1).max())
    if flat is not None and distortion <= _TRUE_ENOUGH:
        same = np.full((_BLOCKS, _BLOCKS), flat / _SQUARE_METRES)
        return PixelSizes(
            same, tr("pixels of {area:g} square metres").format(area=flat), grid
        )
    if found is None:
        return PixelSizes(None, tr("counted in pixels"), grid)
    measure = tr("measured on the WGS 84 ellipsoid")
    if flat is not None:
        measure = tr(
            "measured on the WGS 84 ellipsoid, because the projection is off by up to "
            "{distortion} %"
        ).format(distortion=round(100 * distortion))
    return PixelSizes(found / _SQUARE_METRES, measure, grid)


def _planar_pixel(crs: CRS | None, grid: Grid) -> float | None:
    """Return a pixel's size in square metres as a projection has it."""
    if crs is None or not crs.is_projected:
        return None
    a, b, _, d, e, _ = grid.transform
    return float(abs(a * e - b * d) * crs.linear_units_factor[1] ** 2)


def _round_pixels(grid: Grid) -> NDArray[np.float64] | None:
    """Return a pixel's size on the ellipsoid in the middle of each block, in m2.

    None where the places have no longitude and latitude on Earth.
    """
    rows, columns = (
        (_edges(length)[:-1] + _edges(length)[1:]) / 2
        for length in (grid.height, grid.width)
    )
    row, column = (part.ravel() for part in np.meshgrid(rows, columns, indexing="ij"))
    ends = [
        _places(grid, row + dy, column + dx)
        for dy, dx in ((0, 0.5), (0, -0.5), (0.5, 0), (-0.5, 0))
    ]
    if any(end is None for end in ends):
        return None
    east, west, south, north = (end for end in ends if end is not None)
    sizes = np.linalg.norm(np.cross(east - west, south - north), axis=1)
    return sizes.reshape(_BLOCKS, _BLOCKS) if np.isfinite(sizes).all() else None


def _places(
    grid: Grid, rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Return points of a grid in metres from the centre of the Earth, (n, 3)."""
    a, b, c, d, e, f = grid.transform
    xs, ys = a * columns + b * rows + c, d * columns + e * rows + f
    try:
        with gdal_call("the map", "transform"):
            found = transform_coordinates(
                read_crs(str(grid.crs)), CRS.from_epsg(4326), xs, ys
            )
    except (RasterFileError, InputError):  # another planet, or beyond the projection
        return None
    longitude, latitude = np.radians(np.array(found[:2]))
    eccentricity = _FLATTENING * (2 - _FLATTENING)
    normal = _AXIS / np.sqrt(1 - eccentricity * np.sin(latitude) ** 2)
    flat = normal * np.cos(latitude)
    return np.column_stack(
        [
            flat * np.cos(longitude),
            flat * np.sin(longitude),
            normal * (1 - eccentricity) * np.sin(latitude),
        ]
    )


def _sums(
    classes: NDArray[np.integer], count: int, sizes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the sum of the pixels' sizes for each class."""
    height, width = classes.shape
    rows, columns = _edges(height).astype(int), _edges(width).astype(int)
    pixels = [
        [
            np.bincount(part.ravel(), minlength=count + 1)[1:]
            for part in np.split(band, columns[1:-1], axis=1)
        ]
        for band in np.split(classes, rows[1:-1], axis=0)
    ]
    found: NDArray[np.float64] = np.einsum(
        "ijk,ij->k", np.array(pixels, np.float64), sizes
    )
    return found


def _edges(length: int) -> NDArray[np.float64]:
    """Return where the blocks along a side begin and end; some may be empty."""
    steps = np.arange(_BLOCKS + 1) * length // _BLOCKS
    return steps.astype(np.float64)
