"""Scored pixels by the area they belong to: what intervals of areas are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
_AT_ONCE = 2**20  # pixels that are sorted in one go, to keep memory small


@dataclass(frozen=True, eq=False)
class AreaCounts:
    """A confusion matrix for each area, of which only cells with pixels are kept.

    Attributes:
        areas: int64 (n,), number of the area, ascending.
        reference: int64 (n,), row of the matrix, 0..K-1.
        mapped: int64 (n,), column of the matrix, 0..K, K = unclassified.
        pixels: int64 (n,), pixels of this area in this cell.
        classes: K.
    """

    areas: IntArray
    reference: IntArray
    mapped: IntArray
    pixels: IntArray
    classes: int

    @classmethod
    def of(
        cls,
        predicted: NDArray[np.integer],
        reference: NDArray[np.integer],
        areas: NDArray[np.integer],
        classes: int,
    ) -> AreaCounts:
        """Count the pixels of a map, or of a part of it.

        Args:
            predicted: Map class 1..K, 0 = unclassified, any shape.
            reference: Same shape, reference class 1..K, 0 = not scored.
            areas: Same shape, number of the area.
            classes: K.
        """
        flat = [part.reshape(-1) for part in (predicted, reference, areas)]
        starts = range(0, reference.size, _AT_ONCE)
        parts = [
            _counted(*(part[start : start + _AT_ONCE] for part in flat), classes)
            for start in starts
        ]
        return parts[0] if len(parts) == 1 else cls.joined(parts, classes)

    @classmethod
    def joined(cls, parts: Sequence[AreaCounts], classes: int) -> AreaCounts:
        """Add up the counts of the parts of one map; an area may lie in several."""
        columns = [
            (part.areas, part.reference * (classes + 1) + part.mapped, part.pixels)
            for part in parts
        ]
        empty = [(np.zeros(0, np.int64),) * 3]
        joined = map(np.concatenate, zip(*(columns or empty), strict=True))
        return _merged(*joined, classes)

    @property
    def matrix(self) -> IntArray:
        """The confusion matrix of all areas, int64 (K, K + 1)."""
        matrix = np.zeros((self.classes, self.classes + 1), np.int64)
        np.add.at(matrix, (self.reference, self.mapped), self.pixels)
        return matrix

    @property
    def single(self) -> bool:
        """Whether every area is a single pixel, as points are."""
        return len(np.unique(self.areas)) == int(self.pixels.sum())

    def all_pixels(self) -> tuple[IntArray, IntArray]:
        """Return right pixels and pixels of each area, int64 (A,) each."""
        return self._by_area(np.ones(len(self.areas), bool))

    def reference_pixels(self, k: int) -> tuple[IntArray, IntArray]:
        """Return the same of the pixels of reference class k, from 0."""
        return self._by_area(self.reference == k)

    def map_pixels(self, k: int) -> tuple[IntArray, IntArray]:
        """Return the same of the pixels that the map says are of class k, from 0."""
        return self._by_area(self.mapped == k)

    def _by_area(self, chosen: NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
        numbers, place = np.unique(self.areas[chosen], return_inverse=True)
        right, sizes = np.zeros((2, len(numbers)), np.int64)
        agreed = (self.reference == self.mapped)[chosen]
        np.add.at(sizes, place, self.pixels[chosen])
        np.add.at(right, place[agreed], self.pixels[chosen][agreed])
        return right, sizes


def _counted(
    predicted: NDArray[np.integer],
    reference: NDArray[np.integer],
    areas: NDArray[np.integer],
    classes: int,
) -> AreaCounts:
    """Count pixels, (n,), as `AreaCounts.of`."""
    where = reference != 0
    mapped = predicted[where].astype(np.int64) - 1
    mapped[mapped < 0] = classes
    cells = (reference[where].astype(np.int64) - 1) * (classes + 1) + mapped
    numbers = areas[where].astype(np.int64)
    return _merged(numbers, cells, np.ones(len(cells), np.int64), classes)


def _merged(
    areas: IntArray, cells: IntArray, pixels: IntArray, classes: int
) -> AreaCounts:
    """Add up what is of one area and one cell."""
    order = np.lexsort((cells, areas))
    areas, cells, pixels = areas[order], cells[order], pixels[order]
    starts = np.ones(len(areas), bool)
    starts[1:] = (areas[1:] != areas[:-1]) | (cells[1:] != cells[:-1])
    first = np.flatnonzero(starts)
    sums = np.add.reduceat(pixels, first) if len(first) else pixels
    rows, columns = np.divmod(cells[first], classes + 1)
    return AreaCounts(areas[first], rows, columns, sums, classes)
