"""A map, and where the pixels of each role lie, thinned to the size of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import near
from miaf_engine.grid import Grid, Window

LARGEST = 600  # pixels along the longer side: the picture tells where, not what
# Blue, yellow and vermilion of Okabe & Ito (2008): apart for every kind of colour
# vision, and in print by their lightness.
TRAINING, VALIDATION, TEST = "#0072b2", "#f0e442", "#d55e00"

# Longer side of the map's picture: enough for a page, light enough for a file.
_PICTURE_PIXELS = 1000


@dataclass(frozen=True)
class Role:
    """What a group of labelled pixels was used for.

    Attributes:
        name: For the legend.
        colour: `#rrggbb`.
        pixels: How many there are in the whole scene.
        areas: How many areas they lie in; one that is cut counts in each role.
    """

    name: str
    colour: str
    pixels: int
    areas: int


@dataclass(frozen=True, eq=False)
class RolePicture:
    """A map of the roles, to draw.

    Attributes:
        codes: uint8 (h, w), number of the role from 1, 0 = none.
        roles: The roles in order.
        grey: float (h, w) the scene behind, NaN where unknown; None without one.
    """

    codes: NDArray[np.uint8]
    roles: tuple[Role, ...]
    grey: NDArray[np.floating] | None = None


def thinning(height: int, width: int) -> int:
    """Return how many rows and columns become one in a picture."""
    return max(1, -(-max(height, width) // LARGEST))


def role_picture(
    masks: Sequence[tuple[str, str, NDArray[np.bool_], NDArray[np.integer]]],
    grey: NDArray[np.floating] | None = None,
) -> RolePicture:
    """Return the picture of disjoint masks, later ones on top where thinned.

    A thinned picture keeps every area: a block shows a role if any pixel has it.

    Args:
        masks: Name, colour, pixels bool (H, W), and number of the area of each pixel
            (H, W), for each role.
        grey: The scene, thinned the same way.
    """
    height, width = masks[0][2].shape
    step = thinning(height, width)
    shape = (-(-height // step), -(-width // step))
    codes, roles = np.zeros(shape, np.uint8), []
    for number, (name, colour, mask, areas) in enumerate(masks, start=1):
        shown = _any_in_block(mask, step)
        # One pixel of a picture is easily missed.
        codes[near(shown, 1) & (codes == 0) if step > 1 else shown] = number
        codes[shown] = number
        count = len(np.unique(areas[mask]))
        roles.append(Role(name, colour, int(mask.sum()), count))
    return RolePicture(codes, tuple(roles), grey)


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


def _any_in_block(mask: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    if step == 1:
        return mask
    rows, columns = (np.arange(0, size, step) for size in mask.shape)
    found = np.logical_or.reduceat(mask, rows, axis=0)
    blocks: NDArray[np.bool_] = np.logical_or.reduceat(found, columns, axis=1)
    return blocks
