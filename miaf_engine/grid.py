"""The grid of a raster: coordinate reference system, geotransform and size."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

# How QGIS draws a raster whose file has no geotransform: rows go down from y = 0.
# GDAL and rasterio would say (1, 0, 0, 0, 1, 0), with y growing downwards.
UNPLACED = (1.0, 0.0, 0.0, 0.0, -1.0, 0.0)


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels: first row and column, and size."""

    row: int
    column: int
    height: int
    width: int

    @property
    def size(self) -> int:
        """Number of pixels."""
        return self.height * self.width

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of the window in an array of (rows, columns)."""
        rows = slice(self.row, self.row + self.height)
        return rows, slice(self.column, self.column + self.width)

    def within(self, outer: Window) -> Window:
        """Return this window in pixels counted from the corner of `outer`."""
        return replace(
            self, row=self.row - outer.row, column=self.column - outer.column
        )

    def grown(self, margin: int, height: int, width: int) -> Window:
        """Return the window wider by `margin` pixels, cut at a raster's edges."""
        row, column = max(self.row - margin, 0), max(self.column - margin, 0)
        bottom = min(self.row + self.height + margin, height)
        right = min(self.column + self.width + margin, width)
        return Window(row, column, bottom - row, right - column)


@dataclass(frozen=True)
class Grid:
    """Where the pixels of a raster lie.

    Attributes:
        transform: The six terms (a, b, c, d, e, f) of x = a*column + b*row + c and
            y = d*column + e*row + f, for a pixel's upper left corner; any rotation.
        crs: Coordinate reference system as WKT, or None where the raster has none.
        height: Number of rows.
        width: Number of columns.
        georeferenced: Whether the raster has a geotransform. If not, `transform` is
            `UNPLACED`, and rasters on this grid are written without one.
    """

    transform: tuple[float, float, float, float, float, float]
    crs: str | None
    height: int
    width: int
    georeferenced: bool = True

    @property
    def window(self) -> Window:
        """The whole grid as a window."""
        return Window(0, 0, self.height, self.width)

    def cut(self, window: Window) -> Grid:
        """Return the grid of a window of this one."""
        a, b, c, d, e, f = self.transform
        x = a * window.column + b * window.row + c
        y = d * window.column + e * window.row + f
        moved = (a, b, x, d, e, y)
        # Away from the corner only a geotransform says where the window lies.
        known = self.georeferenced or moved != self.transform
        return Grid(moved, self.crs, window.height, window.width, known)

    @property
    def pixel(self) -> tuple[float, float]:
        """Width and height of a pixel in map units."""
        a, b, _, d, e, _ = self.transform
        return math.hypot(a, d), math.hypot(b, e)

    @property
    def side(self) -> float:
        """Side of a square that is as large as a pixel, in map units."""
        a, b, _, d, e, _ = self.transform
        return float(abs(a * e - b * d) ** 0.5)

    def turned_like(self, other: Grid) -> tuple[Grid, tuple[slice, slice]]:
        """Return the grid with rows and columns in the directions of another's.

        Returns:
            The grid, and the index that turns an array (H, W) of this one to it.
        """
        a, b, c, d, e, f = self.transform
        other_a, other_b, _, other_d, other_e, _ = other.transform
        rows = columns = slice(None)
        if a * other_a + d * other_d < 0:
            columns = slice(None, None, -1)
            c, f, a, d = c + a * self.width, f + d * self.width, -a, -d
        if b * other_b + e * other_e < 0:
            rows = slice(None, None, -1)
            c, f, b, e = c + b * self.height, f + e * self.height, -b, -e
        return replace(self, transform=(a, b, c, d, e, f)), (rows, columns)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Map coordinates of the four corners: upper left, right, lower right, left."""
        a, b, c, d, e, f = self.transform
        ends = ((0, 0), (self.width, 0), (self.width, self.height), (0, self.height))
        return [(a * col + b * row + c, d * col + e * row + f) for col, row in ends]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Map extent as (x minimum, y minimum, x maximum, y maximum)."""
        xs, ys = zip(*self.corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class ScenePlace:
    """Where a scene lies in what is read, and on the ground.

    Attributes:
        name: The cube's file, for messages.
        window: Its pixels in the stack.
        grid: Its own grid.
    """

    name: str
    window: Window
    grid: Grid
