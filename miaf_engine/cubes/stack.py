"""Several cubes as one: one below the other, with nodata between them.

Training, hold-out and scoring then see one cube. No window or tile reaches across two
scenes, so that what a pixel sees is what it would see in its own cube.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rasterio.transform import Affine
from rasterio.warp import transform as transform_coordinates

from miaf_engine.cubes.reader import Cube, CubeReader
from miaf_engine.grid import Grid, ScenePlace, Window
from miaf_engine.io.gdal import read_crs, same_crs
from miaf_engine.progress import SILENT, Progress, Span

GAP = 16  # rows of nodata between cubes: half of the largest kernel


@dataclass(frozen=True, eq=False)
class StackedCube(Cube):
    """A window of a stack, and the number of the scene it lies in, from 0."""

    scene: int = 0


class CubeStack:
    """Reads several open cubes as one; the bands are those of the first.

    Attributes:
        path: The first file.
        grid: Rows of all cubes and the gaps, columns of the widest; lies where the
            first cube lies.
        bands: Bands of the first cube.
        places: Where each cube lies.
    """

    def __init__(
        self, readers: Sequence[CubeReader], bands: Sequence[dict[int, int]]
    ) -> None:
        """Stack open cubes.

        Args:
            readers: The cubes.
            bands: For each cube its 0-based band for each usable band of the first.
        """
        self._readers, self._bands = list(readers), list(bands)
        first = self._readers[0]
        self.path, self.bands = first.path, first.bands
        places, row = [], 0
        for reader in self._readers:
            window = Window(row, 0, reader.grid.height, reader.grid.width)
            places.append(ScenePlace(reader.path, window, reader.grid))
            row += reader.grid.height + GAP
        self.places = tuple(places)
        width = max(reader.grid.width for reader in self._readers)
        self.grid = replace(first.grid, height=row - GAP, width=width)

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> StackedCube:
        """Read a window; see `CubeReader.read`. Between the cubes is nodata."""
        window = window or self.grid.window
        chosen = list(self._bands[0]) if bands is None else list(bands)
        values = np.zeros((len(chosen), window.height, window.width), np.float32)
        valid = np.zeros((window.height, window.width), bool)
        scene, count = None, len(self.places)
        for number, place in enumerate(self.places):
            part = _shared(window, place.window)
            if part is None:
                continue
            own = [self._bands[number][band] for band in chosen]
            inside = part.within(place.window)
            stage = Span(progress, number / count, (number + 1) / count)
            found = self._readers[number].read(inside, own, stage)
            target = part.within(window).slices
            values[:, target[0], target[1]] = found.values
            valid[target] = found.valid
            scene = number if scene is None else scene
        grid = self.grid.cut(window)
        table = self.bands.take(chosen)
        return StackedCube(values, valid, grid, table, scene or 0)


class SceneOfStack:
    """One scene of a stack, on a grid of its own, with the stack's bands."""

    def __init__(self, stack: CubeStack, place: ScenePlace) -> None:
        self._stack, self._place = stack, place

    @property
    def grid(self) -> Grid:
        """The grid of the scene."""
        return self._place.grid

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> Cube:
        """Read a window of the scene; see `CubeReader.read`."""
        window, origin = window or self.grid.window, self._place.window
        moved = replace(
            window, row=window.row + origin.row, column=window.column + origin.column
        )
        return self._stack.read(moved, bands, progress)


Readable = CubeReader | CubeStack


def places_of(reader: object) -> tuple[ScenePlace, ...]:
    """Return where the scenes lie in what a reader reads: one, unless it is a stack."""
    places: tuple[ScenePlace, ...] | None = getattr(reader, "places", None)
    if places is not None:
        return places
    # What has no places has a grid: a reader of one cube, or an open raster.
    grid: Grid = reader.grid  # type: ignore[attr-defined]
    name = str(getattr(reader, "path", ""))
    return (ScenePlace(name, grid.window, grid),)


def on_first_grid(
    places: Sequence[ScenePlace], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return where pixels of a stack lie on the ground, in pixels of its first scene.

    Pixels of two cubes that show the same place come out as the same.

    Args:
        places: The scenes of the stack.
        rows: int (n,), rows in the stack.
        columns: int (n,), columns in the stack.

    Returns:
        float64 (n, 2), rows and columns on the grid of the first scene. Where a scene
        cannot be brought to its CRS they are those of the stack.
    """
    found = np.stack([rows, columns], axis=1).astype(np.float64)
    first = places[0].grid
    for place in places[1:]:
        top, left = place.window.row, place.window.column
        inside = (rows >= top) & (rows < top + place.window.height)
        centres = (columns[inside] - left + 0.5, rows[inside] - top + 0.5)
        x, y = Affine(*place.grid.transform) @ centres
        if first.crs and place.grid.crs and not same_crs(first.crs, place.grid.crs):
            crs = read_crs(place.grid.crs), read_crs(first.crs)
            x, y = map(np.asarray, transform_coordinates(*crs, x, y))
        column, row = ~Affine(*first.transform) @ (x, y)
        moved = np.stack([row, column], axis=1) - 0.5
        known = np.isfinite(moved).all(axis=1, keepdims=True)
        moved = np.where(known, moved, found[inside])
        # Of equal pixels, equal numbers: rounding must not tell them apart.
        found[inside] = np.round(moved, 3)
    return found


def _shared(one: Window, other: Window) -> Window | None:
    """Return the pixels that two windows share."""
    top, left = max(one.row, other.row), max(one.column, other.column)
    bottom = min(one.row + one.height, other.row + other.height)
    right = min(one.column + one.width, other.column + other.width)
    if top >= bottom or left >= right:
        return None
    return Window(top, left, bottom - top, right - left)
