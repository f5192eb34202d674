"""Burns areas into a grid."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.transform import Affine
from shapely.geometry.base import BaseGeometry

from miaf_engine.class_keys import Key
from miaf_engine.classes import ClassTable
from miaf_engine.errors import SampleError
from miaf_engine.grid import Grid
from miaf_engine.label_map import LabelMap
from miaf_engine.progress import SILENT, Progress
from miaf_engine.vectors import Areas


def rasterise(
    areas: Areas,
    class_of_key: Mapping[Key, int],
    classes: ClassTable,
    grid: Grid,
    progress: Progress = SILENT,
) -> LabelMap:
    """Label the pixels that areas cover.

    A polygon takes the pixels whose centre it holds, and where it holds none the pixel
    under a point inside each of its parts. A line takes the pixels that it touches, a
    point the one that it lies in. Pixels that several classes claim stay unlabelled.

    Args:
        areas: Areas in the grid's CRS.
        class_of_key: Class index 1..K of each key; areas of other keys are left out.
        classes: The K classes.
        grid: The cube's grid, of any rotation.
        progress: Warned of what is left out; stepped once a hundred areas.

    Returns:
        Labels whose groups are numbered by the first area, from 1, of those of one
        class that touch each other.

    Raises:
        SampleError: No pixel is labelled.
        Cancelled: The user asked to stop.
    """
    known = [i for i, key in enumerate(areas.keys) if key in class_of_key]
    if len(known) < len(areas):
        strange = sorted({str(k) for k in areas.keys if k not in class_of_key})
        progress.warning(
            f"{len(areas) - len(known)} areas are left out, because their class is not "
            f"in the class table: {', '.join(strange[:10])}."
        )
    shapes = _in_pixels(np.array(areas.geometries, dtype=object)[known], grid)
    indices = np.array([class_of_key[areas.keys[i]] for i in known], np.uint16)
    groups = np.array(known, np.int32)[_first_touching(shapes, indices)] + 1
    canvas = _Canvas.blank(grid)
    for position, shape in enumerate(shapes):
        canvas.burn(shape, int(indices[position]), int(groups[position]))
        if position % 100 == 0:
            progress.step(position / len(shapes), "Rasterising areas")
    canvas.report(areas, known, classes, progress)
    canvas.values[canvas.disputed] = 0
    canvas.groups[canvas.disputed] = 0
    if not canvas.values.any():
        raise SampleError(
            "The areas label no pixel of the cube.",
            hint="Draw areas that lie on the cube and do not cover each other.",
        )
    return LabelMap(canvas.values, canvas.groups, classes)


@dataclass
class _Canvas:
    """The labels while areas are burnt in."""

    values: NDArray[np.uint16]
    groups: NDArray[np.int32]
    disputed: NDArray[np.bool_]
    rivals: set[int] = field(default_factory=set)
    outside: list[int] = field(default_factory=list)
    burnt: int = 0

    @classmethod
    def blank(cls, grid: Grid) -> _Canvas:
        shape = (grid.height, grid.width)
        return cls(
            np.zeros(shape, np.uint16), np.zeros(shape, np.int32), np.zeros(shape, bool)
        )

    def burn(self, shape: BaseGeometry, index: int, group: int) -> None:
        """Burn one area, given in pixel coordinates."""
        rows, columns = _covered(shape, self.values.shape)
        if rows.size == 0:
            self.outside.append(self.burnt)
        self.burnt += 1
        there = self.values[rows, columns]
        other = (there != 0) & (there != index)
        if other.any():
            self.disputed[rows[other], columns[other]] = True
            self.rivals.update({index, *np.unique(there[other]).tolist()})
        rows, columns = rows[there == 0], columns[there == 0]
        self.values[rows, columns] = index
        self.groups[rows, columns] = group

    def report(
        self, areas: Areas, known: list[int], classes: ClassTable, progress: Progress
    ) -> None:
        """Warn of areas off the grid, disputed pixels and classes without a pixel."""
        if self.outside:
            ids = ", ".join(str(areas.ids[known[i]]) for i in self.outside[:10])
            progress.warning(
                f"{len(self.outside)} areas lie outside the cube and are left out: "
                f"feature {ids}{' and more' if len(self.outside) > 10 else ''}."
            )
        if self.disputed.any():
            names = ", ".join(classes.names[k - 1] for k in sorted(self.rivals))
            progress.warning(
                f"{int(self.disputed.sum())} pixels are claimed by several classes and "
                f"left out: {names}."
            )
        left = set(np.unique(self.values[~self.disputed]).tolist())
        bare = [n for k, n in enumerate(classes.names, 1) if k not in left]
        if bare:
            progress.warning(f"No pixel of the cube is labelled {', '.join(bare)}.")


def _in_pixels(geometries: NDArray[np.object_], grid: Grid) -> NDArray[np.object_]:
    """Return geometries with x in columns and y in rows from the grid's corner.

    There every grid is upright, so rotation and direction of the rows no longer matter.
    """
    inverse = ~Affine(*grid.transform)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        columns, rows = inverse @ (points[:, 0], points[:, 1])
        return np.column_stack([columns, rows])

    return np.asarray(shapely.transform(geometries, move))


def _first_touching(
    shapes: NDArray[np.object_], indices: NDArray[np.uint16]
) -> NDArray[np.intp]:
    """Return, for each area, the first of those of its class that it is joined to."""
    parent = list(range(len(shapes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in pairs.T.tolist():
        if one < other and indices[one] == indices[other]:
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    return np.array([root(i) for i in range(len(shapes))], np.intp)


def _covered(
    shape: BaseGeometry, size: tuple[int, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return rows and columns of the pixels that an area takes."""
    polygons, others = _parts(shape)
    found = [_burnt(polygons, size, touched=False)] if polygons else []
    if polygons and found[0][0].size == 0:
        inside = shapely.point_on_surface(shapely.get_parts(polygons))
        found.append(_pixels_of(inside.tolist(), size))
    lines = [part for part in others if shapely.get_dimensions(part) == 1]
    points = [part for part in others if shapely.get_dimensions(part) == 0]
    if lines:
        found.append(_burnt(lines, size, touched=True))
    if points:
        found.append(_pixels_of(points, size))
    rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, columns


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
