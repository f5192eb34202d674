"""Rasterises areas on a grid."""

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

from miaf_engine.classes import ClassTable
from miaf_engine.errors import SampleError, with_more
from miaf_engine.grid import Grid
from miaf_engine.labels.areas import Areas, polygons_and_others
from miaf_engine.labels.class_keys import Key
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr, tr_n


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
    polygons, others = polygons_and_others(shape)
    found = [_rasterised(polygons, size, touched=False)] if polygons else []
    small = bool(polygons) and found[0][0].size == 0
    if small:
        inside = shapely.point_on_surface(shapely.get_parts(polygons))
        found.append(_pixels_of(inside.tolist(), size))
    lines = [part for part in others if shapely.get_dimensions(part) == 1]
    points = [part for part in others if shapely.get_dimensions(part) == 0]
    if lines:
        found.append(_rasterised(lines, size, touched=True))
    if points:
        found.append(_pixels_of(points, size))
    rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
    return Pixels(rows, columns, small)


def _rasterised(
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


def label_map_from_areas(
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
    return label_map_of(
        rasterise_areas(areas, class_of_key, classes, grid, progress), progress
    )


def label_map_of(rasterised: RasterisedAreas, progress: Progress = SILENT) -> LabelMap:
    """Return the labels of areas on a grid, and warn of what became of the areas.

    Raises:
        SampleError: No pixel is labelled.
    """
    for warning in rasterised.warnings():
        progress.warning(warning)
    if not rasterised.values.any():
        raise SampleError(
            tr("The areas label no pixels of the cube."),
            hint=tr("Draw areas on the cube that do not cover each other."),
        )
    return LabelMap(
        rasterised.values, rasterised.joined[rasterised.numbers], rasterised.classes
    )


@dataclass(frozen=True, eq=False)
class RasterisedAreas:
    """Areas on a grid, and what became of each.

    Attributes:
        areas: The areas.
        classes: The K classes.
        values: uint16 (H, W), class 1..K, 0 where no area lies, or several classes do.
        numbers: int32 (H, W), number of the area that a pixel belongs to, counted from
            1; the first one where areas of one class cover each other.
        joined: int32 (n + 1,), for each number the first one of the areas of its class
            that it is joined to; 0 for 0 and for areas of unknown classes.
        outside: Positions, from 0, of the areas without a pixel on the grid.
        small: Positions of the polygons that hold no pixel's centre.
        rivals: Positions of each two areas of different classes that claim a pixel.
        rival_classes: Their classes, 1..K.
        disputed: Number of those pixels.
        bare: Classes, 1..K, without a pixel.
    """

    areas: Areas
    classes: ClassTable
    values: NDArray[np.uint16]
    numbers: NDArray[np.int32]
    joined: NDArray[np.int32]
    outside: tuple[int, ...]
    small: tuple[int, ...]
    rivals: tuple[tuple[int, int], ...]
    rival_classes: tuple[int, ...]
    disputed: int
    bare: tuple[int, ...]

    @property
    def unknown(self) -> NDArray[np.intp]:
        """Positions, from 0, of the areas of unknown classes."""
        return np.flatnonzero(self.joined[1:] == 0)

    def warnings(self) -> list[str]:
        """Return what the user should know, a sentence each."""
        keys, names, found = self.areas.keys, self.classes.names, []
        if self.unknown.size:
            strange = sorted({str(keys[i]) for i in self.unknown})
            found.append(
                tr(
                    "Areas whose class the map does not have are left out: {count} "
                    "({classes})."
                ).format(count=self.unknown.size, classes=", ".join(strange[:10]))
            )
        if self.outside:
            features = list(dict.fromkeys(self.areas.ids[i] for i in self.outside))
            ids = with_more(", ".join(map(str, features[:10])), len(features) - 10)
            found.append(
                tr(
                    "Areas outside the cube are left out: {count} (feature {ids})."
                ).format(count=len(self.outside), ids=ids)
            )
        if self.disputed:
            found.append(
                tr_n(
                    "{n} pixel claimed by several classes and left out: {classes}.",
                    "{n} pixels claimed by several classes and left out: {classes}.",
                    n=self.disputed,
                    classes=", ".join(names[k - 1] for k in self.rival_classes),
                )
            )
        if self.bare:
            bare = ", ".join(names[k - 1] for k in self.bare)
            found.append(
                tr("No pixels of the cube are labelled {bare}.").format(bare=bare)
            )
        return found


def rasterise_areas(
    areas: Areas,
    class_of_key: Mapping[Key, int],
    classes: ClassTable,
    grid: Grid,
    progress: Progress = SILENT,
    *,
    apart: NDArray[np.bool_] | None = None,
) -> RasterisedAreas:
    """Rasterise areas, and record what became of each; see `label_map_from_areas`.

    Args:
        areas: As in `label_map_from_areas`.
        class_of_key: As in `label_map_from_areas`.
        classes: As in `label_map_from_areas`.
        grid: As in `label_map_from_areas`.
        progress: Stepped once a hundred areas.
        apart: bool (n,), areas that keep their pixels where others of their class
            cover them, and are joined to none of those; None for none.

    Raises:
        Cancelled: The user asked to stop.
    """
    known = [i for i, key in enumerate(areas.keys) if key in class_of_key]
    shapes = in_pixels(np.array(areas.geometries, dtype=object)[known], grid)
    indices = np.array([class_of_key[areas.keys[i]] for i in known], np.uint16)
    first = np.zeros(len(known), bool) if apart is None else apart[known]
    joined = np.zeros(len(areas) + 1, np.int32)
    positions = np.array(known, np.int32)
    kinds = 2 * indices.astype(np.int64) + first
    joined[positions + 1] = positions[_first_touching(shapes, kinds)] + 1
    canvas = _Canvas.blank(grid)
    for done, place in enumerate(np.argsort(~first, kind="stable").tolist()):
        canvas.rasterise_areas(shapes[place], int(indices[place]), known[place])
        if done % 100 == 0:
            progress.step(done / len(shapes), tr("Rasterising areas"))
    canvas.values[canvas.disputed] = 0
    canvas.numbers[canvas.disputed] = 0
    left = set(np.unique(canvas.values).tolist())
    return RasterisedAreas(
        areas,
        classes,
        canvas.values,
        canvas.numbers,
        joined,
        outside=tuple(sorted(canvas.outside)),
        small=tuple(sorted(canvas.small)),
        rivals=tuple(sorted(canvas.rivals)),
        rival_classes=tuple(sorted(canvas.rival_classes)),
        disputed=int(canvas.disputed.sum()),
        bare=tuple(k for k in range(1, len(classes) + 1) if k not in left),
    )


@dataclass
class _Canvas:
    """The labels while areas are drawn."""

    values: NDArray[np.uint16]
    numbers: NDArray[np.int32]
    disputed: NDArray[np.bool_]
    rivals: set[tuple[int, int]] = field(default_factory=set)
    rival_classes: set[int] = field(default_factory=set)
    outside: list[int] = field(default_factory=list)
    small: list[int] = field(default_factory=list)

    @classmethod
    def blank(cls, grid: Grid) -> _Canvas:
        shape = (grid.height, grid.width)
        return cls(
            np.zeros(shape, np.uint16), np.zeros(shape, np.int32), np.zeros(shape, bool)
        )

    def rasterise_areas(self, shape: BaseGeometry, index: int, position: int) -> None:
        """Draw one area, given in pixel coordinates."""
        pixels = covered(shape, self.values.shape)
        rows, columns = pixels.rows, pixels.columns
        if rows.size == 0:
            self.outside.append(position)
        elif pixels.small:
            self.small.append(position)
        there = self.values[rows, columns]
        other = (there != 0) & (there != index)
        if other.any():
            self.disputed[rows[other], columns[other]] = True
            self.rival_classes.update({index, *np.unique(there[other]).tolist()})
            earlier = np.unique(self.numbers[rows[other], columns[other]]).tolist()
            self.rivals.update((number - 1, position) for number in earlier)
        rows, columns = rows[there == 0], columns[there == 0]
        self.values[rows, columns] = index
        self.numbers[rows, columns] = position + 1


def _first_touching(
    shapes: NDArray[np.object_], kinds: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Return, for each area, the first of those of its kind that it is joined to."""
    # Here, because most runs that load this module rasterise nothing.
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count = len(shapes)
    if not count:
        return np.zeros(0, np.intp)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    alike = kinds[one] == kinds[other]
    one, other = one[alike], other[alike]
    touching = coo_matrix((np.ones(len(one), bool), (one, other)), (count, count))
    _, component = connected_components(touching, directed=False)
    first: NDArray[np.intp]
    first = np.unique(component, return_index=True)[1][component]
    return first
