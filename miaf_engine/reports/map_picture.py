"""The class map, thinned to the size of a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.grid import Grid, Window

# Longer side of the map's picture: enough for a page, light enough for a file.
_PICTURE_PIXELS = 1000


@dataclass(frozen=True)
class MapPicture:
    """The class map, thinned to the size of a picture.

    Attributes:
        classes: uint16 (h, w), class 1..K, 0 where nodata.
        step: One pixel in `step` rows and columns of the map is shown.
    """

    classes: NDArray[np.uint16]
    step: int

    @classmethod
    def blank(cls, grid: Grid) -> MapPicture:
        """Return an empty picture for a map on `grid`."""
        step = max(1, -(-max(grid.height, grid.width) // _PICTURE_PIXELS))
        shape = (-(-grid.height // step), -(-grid.width // step))
        return cls(np.zeros(shape, dtype=np.uint16), step)

    @classmethod
    def of(cls, classes: NDArray[np.uint16], grid: Grid) -> MapPicture:
        """Return the picture of a whole map, (H, W)."""
        picture = cls.blank(grid)
        picture.paint(grid.window, classes)
        return picture

    def paint(self, window: Window, classes: NDArray[np.uint16]) -> None:
        """Put a window of the map, (h, w), into the picture."""
        step = self.step
        top, left = -window.row % step, -window.column % step
        thinned = classes[top::step, left::step]
        row, column = -(-window.row // step), -(-window.column // step)
        height, width = thinned.shape
        self.classes[row : row + height, column : column + width] = thinned
