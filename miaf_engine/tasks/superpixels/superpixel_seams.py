"""Neighbours of superpixels where a scene is cut into blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from miaf_engine.grid import Window

_SHIFTS = (-1, 0, 1)  # a side, and the two corners


class Seams:
    """Remembers the edges of the blocks seen, which come row by row from the left.

    Args:
        width: Columns of the scene.
    """

    def __init__(self, width: int) -> None:
        self._above = np.full(width, -1, np.int64)
        self._below = self._above.copy()
        self._left: NDArray[np.int64] | None = None

    def pairs(self, window: Window, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which superpixels of a block touch which of the blocks before.

        Args:
            window: Where the block lies in the scene.
            numbers: int64 (h, w), number of each pixel's superpixel in the scene; -1
                for none.

        Returns:
            int64 (E, 2), one of this block and one of another; each pair once.
        """
        if window.column == 0:
            self._above, self._below = self._below, np.full_like(self._above, -1)
            self._left = None
        found = [_touching(numbers[0], self._above, window.column)]
        if self._left is not None:
            found.append(_touching(numbers[:, 0], self._left, 0))
        self._left = numbers[:, -1].copy()
        self._below[window.column : window.column + window.width] = numbers[-1]
        return np.unique(np.concatenate(found), axis=0)


def _touching(
    line: NDArray[np.int64], other: NDArray[np.int64], start: int
) -> NDArray[np.int64]:
    """Return pairs across a seam; place 0 of `line` is beside `start` of `other`."""
    places = np.arange(len(line)) + start
    found = []
    for shift in _SHIFTS:
        beside = places + shift
        there = (beside >= 0) & (beside < len(other))
        pairs = np.stack([line[there], other[beside[there]]], axis=1)
        found.append(pairs[(pairs >= 0).all(axis=1)])
    return np.concatenate(found)
