"""A grey picture of the scene, made of what the mapping reads anyway."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import Cube
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.cubes.stack import places_of
from miaf_engine.grid import Grid, ScenePlace, Window
from miaf_engine.reports.pictures import thinning


class SceneSketch:
    """Reads like the cube it stands for, and keeps a thinned picture of it.

    Attributes:
        step: One pixel in `step` rows and columns is kept.
        grey: float32 (h, w), mean of three bands read; NaN where nothing was read or
            where nodata.
    """

    def __init__(self, source: CubeSource) -> None:
        self._source = source
        self.step = thinning(self.grid.height, self.grid.width)
        shape = (-(-self.grid.height // self.step), -(-self.grid.width // self.step))
        self.grey: NDArray[np.float32] = np.full(shape, np.nan, np.float32)

    @property
    def places(self) -> tuple[ScenePlace, ...]:
        """Where the scenes lie in what is read."""
        return places_of(self._source)

    @property
    def grid(self) -> Grid:
        """The grid of the cube."""
        return self._source.grid

    def read(
        self, window: Window | None = None, bands: Sequence[int] | None = None
    ) -> Cube:
        """Read values and validity; see `CubeReader.read`."""
        cube = self._source.read(window, bands)
        self._paint(window or self.grid.window, cube)
        return cube

    def _paint(self, window: Window, cube: Cube) -> None:
        step, count = self.step, len(cube.values)
        top, left = -window.row % step, -window.column % step
        some = cube.values[
            [count // 6, count // 2, count * 5 // 6], top::step, left::step
        ]
        grey = np.where(cube.valid[top::step, left::step], some.mean(axis=0), np.nan)
        row, column = -(-window.row // step), -(-window.column // step)
        self.grey[row : row + grey.shape[0], column : column + grey.shape[1]] = grey
