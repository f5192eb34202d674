"""Which pixels of a grid an area takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.transform import Affine
from shapely.geometry.base import BaseGeometry

from miaf_engine.grid import Grid


@dataclass(frozen=True, eq=False)
class Pixels:
    """The pixels of one area.

    Attributes:
        rows: intp (n,).
        columns: intp (n,).
        small: Whether the area is of polygons that hold no pixel's centre.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    small: bool


def in_pixels(geometries: NDArray[np.object_], grid: Grid) -> NDArray[np.object_]:
    """Return geometries with x in columns and y in rows from the grid's corner.

    There every grid is upright, so rotation and direction of the rows no longer matter.
    """
    inverse = ~Affine(*grid.transform)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        columns, rows = inverse @ (points[:, 0], points[:, 1])
        return np.column_stack([columns, rows])

    return np.asarray(shapely.transform(geometries, move))


def covered(shape: BaseGeometry, size: tuple[int, ...]) -> Pixels:
    """Return the pixels that an area takes.

    A polygon takes those whose centre it holds, and where it holds none the one under
    a point inside each of its parts. A line takes those that it touches, a point the
    one that it lies in.

    Args:
        shape: The area in pixel coordinates, from `in_pixels`.
        size: Rows and columns of the grid.
    """
    polygons, others = _parts(shape)
    found = [_burnt(polygons, size, touched=False)] if polygons else []
    small = bool(polygons) and found[0][0].size == 0
    if small:
        inside = shapely.point_on_surface(shapely.get_parts(polygons))
        found.append(_pixels_of(inside.tolist(), size))
    lines = [part for part in others if shapely.get_dimensions(part) == 1]
    points = [part for part in others if shapely.get_dimensions(part) == 0]
    if lines:
        found.append(_burnt(lines, size, touched=True))
    if points:
        found.append(_pixels_of(points, size))
    rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
    return Pixels(rows, columns, small)


def _parts(shape: BaseGeometry) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Return polygons, and lines and points where there are no polygons.

    Repairing a polygon may leave slivers of lower dimension, which are no area.
    """
    parts = [shape]
    while any(part.geom_type == "GeometryCollection" for part in parts):
        parts = [p for part in parts for p in getattr(part, "geoms", [part])]
    polygons = [part for part in parts if shapely.get_dimensions(part) == 2]
    return polygons, [] if polygons else parts


def _burnt(
    parts: list[BaseGeometry], size: tuple[int, ...], *, touched: bool
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    left, top, right, bottom = shapely.total_bounds(parts)
    column, row = max(math.floor(left), 0), max(math.floor(top), 0)
    width = min(math.floor(right) + 1, size[1]) - column
    height = min(math.floor(bottom) + 1, size[0]) - row
    if width <= 0 or height <= 0:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    mask = rasterize(
        parts,
        out_shape=(height, width),
        transform=Affine.translation(column, row),
        all_touched=touched,
        dtype="uint8",
    )
    rows, columns = np.nonzero(mask)
    return rows + row, columns + column


def _pixels_of(
    points: list[BaseGeometry], size: tuple[int, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    places = np.floor(shapely.get_coordinates(points)).astype(np.intp)
    columns, rows = places.T
    on_grid = (rows >= 0) & (rows < size[0]) & (columns >= 0) & (columns < size[1])
    return rows[on_grid], columns[on_grid]
