"""Take a share of the labelled pixels out: by polygon, region or pixel.

Each method gets the pixels it may choose from and returns those taken and those kept;
pixels in neither are a gap that neither side may use. Every class that is in the
choice keeps at least one pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from miaf_engine.accuracy.area_ends import (
    BoolMap,
    IntMap,
    far_end,
)

SMALLEST_TO_DIVIDE = 6  # pixels; below, no side would hold a useful number
ENDS_FROM = 60  # pixels; the end of a smaller area is too near to its rest to tell
REGION_ENDS_FROM = 20  # pixels; that of a region, which is scored beside larger ones
TRIES = 200  # random orders of polygons or blocks that are compared
NEAR_ENOUGH = 0.1  # of the wanted share: an order this close will do


@dataclass(frozen=True)
class Labelled:
    """What a method may look at.

    Attributes:
        values: int64 (H, W), class 1..K, 0 = unlabelled.
        areas: int64 (H, W), number of the polygon, 0 = unlabelled.
        block_size: Edge of a block in pixels, where blocks are taken.
    """

    values: IntMap
    areas: IntMap
    block_size: int = 1


@dataclass(frozen=True)
class Taken:
    """The outcome: bool (H, W) each, disjoint, and the classes cut through an area."""

    taken: BoolMap
    kept: BoolMap
    divided: tuple[int, ...] = ()


Method = Callable[[Labelled, BoolMap, float, Generator], Taken]


def take_polygons(
    labelled: Labelled,
    choice: BoolMap,
    share: float,
    rng: Generator,
    *,
    nearest: bool = False,
) -> Taken:
    """Take whole areas, class by class, or the far end of a class's only area.

    Args:
        labelled: Classes and areas.
        choice: bool (H, W), the pixels to choose from.
        share: Wanted share of each class, 0..1.
        rng: Source of the random order.
        nearest: Whether to take areas that lie near others of their class, so that
            hardly a field loses its only one.

    Returns:
        The outcome; one area of under `SMALLEST_TO_DIVIDE` pixels is kept whole.
    """
    taken, kept, divided = np.zeros_like(choice), choice.copy(), []
    for k, index in pixels_by_class(labelled.values, choice):
        areas = labelled.areas.ravel()[index]
        numbers, places, counts = np.unique(
            areas, return_inverse=True, return_counts=True
        )
        if len(numbers) > 1:
            centres = _centres(places, index, choice.shape) if nearest else None
            chosen = numbers[_nearest_total(counts, share * len(index), rng, centres)]
            out = np.isin(areas, chosen)
            stay = ~out
        elif len(index) >= SMALLEST_TO_DIVIDE:
            rows, columns = np.unravel_index(index, choice.shape)
            out, stay = far_end(rows, columns, share, turned=bool(rng.integers(2)))
            divided.append(k)
        else:
            continue
        taken.flat[index[out]] = True
        kept.flat[index[~stay]] = False
    return Taken(taken, kept, tuple(divided))


def take_regions(
    labelled: Labelled, choice: BoolMap, share: float, rng: Generator
) -> Taken:
    """Take one end of each region of `REGION_ENDS_FROM` pixels or more.

    Classes with none so large give whole regions, as in `take_polygons`, where the
    arguments are told.
    """
    numbers, counts = np.unique(labelled.areas[choice], return_counts=True)
    large = np.isin(labelled.areas, numbers[counts >= REGION_ENDS_FROM]) & choice
    cut = choice & np.isin(labelled.values, np.unique(labelled.values[large]))
    ends = take_ends(labelled, cut, share, rng, REGION_ENDS_FROM)
    whole = take_polygons(labelled, choice & ~cut, share, rng)
    return Taken(ends.taken | whole.taken, ends.kept | whole.kept, whole.divided)


def take_ends(
    labelled: Labelled,
    choice: BoolMap,
    share: float,
    rng: Generator,
    least: int = ENDS_FROM,
) -> Taken:
    """Take one end of every area of `least` pixels or more.

    Other arguments as in `take_polygons`; `share` is that of each area.
    """
    taken, kept = np.zeros_like(choice), choice.copy()
    for _, members in pixels_by_class(labelled.values, choice):
        areas = labelled.areas.ravel()[members]
        numbers, counts = np.unique(areas, return_counts=True)
        for number in numbers[counts >= least]:
            index = members[areas == number]
            rows, columns = np.unravel_index(index, choice.shape)
            out, stay = far_end(rows, columns, share, turned=bool(rng.integers(2)))
            taken.flat[index[out]] = True
            kept.flat[index[~stay]] = False
    return Taken(taken, kept)


def take_pixels(
    labelled: Labelled, choice: BoolMap, share: float, rng: Generator
) -> Taken:
    """Take random pixels of each class; arguments as in `take_polygons`."""
    taken = np.zeros_like(choice)
    for _, index in pixels_by_class(labelled.values, choice):
        count = min(round(share * len(index)), len(index) - 1)
        taken.flat[rng.permutation(index)[:count]] = True
    return Taken(taken, choice & ~taken)


def pixels_by_class(values: IntMap, choice: BoolMap) -> list[tuple[int, IntMap]]:
    """Return each class in the choice with the flat indices of its pixels."""
    index = np.flatnonzero(choice)
    classes = values.ravel()[index]
    order = np.argsort(classes, kind="stable")
    numbers, starts = np.unique(classes[order], return_index=True)
    parts = np.split(index[order], starts[1:])
    return [(int(k), part) for k, part in zip(numbers, parts, strict=False)]


def _nearest_total(
    counts: IntMap,
    wanted: float,
    rng: Generator,
    centres: NDArray[np.float64] | None = None,
) -> IntMap:
    """Return which of two or more areas to take, never none and never all.

    With centres, (areas, 2), the choice of those near enough to the wanted pixels whose
    areas lie nearest to areas that stay.
    """
    best, smallest = np.zeros(1, np.int64), (np.inf, np.inf)
    for _ in range(TRIES):
        order = rng.permutation(len(counts))
        misses = np.abs(np.cumsum(counts[order])[:-1] - wanted)
        many = int(misses.argmin()) + 1
        miss = max(float(misses[many - 1]), NEAR_ENOUGH * wanted)
        apart = 0.0 if centres is None else _apart(centres, order, many)
        if (miss, apart) < smallest:
            best, smallest = order[:many], (miss, apart)
        # Stopping early leaves the choice to the seed where several do.
        if centres is None and miss <= NEAR_ENOUGH * wanted:
            break
    return best


def _apart(centres: NDArray[np.float64], order: IntMap, many: int) -> float:
    """Return how far the first areas lie from the others, on average."""
    taken, stay = centres[order[:many]], centres[order[many:]]
    return float(np.mean(cKDTree(stay).query(taken)[0]))


def _centres(
    places: IntMap, index: IntMap, shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """Return the mean row and column of each area, (areas, 2).

    `places` is the number from 0 of the area of each pixel, `index` where it lies.
    """
    pixels = np.bincount(places)
    sums = (np.bincount(places, side) for side in np.unravel_index(index, shape))
    return np.stack([total / pixels for total in sums], axis=1)
