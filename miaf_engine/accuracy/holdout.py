"""Takes a share of the labelled pixels out: by polygon, region, end, block or pixel.

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

BoolMap = NDArray[np.bool_]
IntMap = NDArray[np.int64]
GAP = 2  # pixels between the sides of a divided area, and between blocks
SMALLEST_TO_DIVIDE = 6  # pixels; below, no side would hold a useful number
ENDS_FROM = 60  # pixels; the end of a smaller area is too near to its rest to tell
REGION_ENDS_FROM = 20  # pixels; that of a region, which is scored beside larger ones
TRIES = 200  # random orders of polygons or blocks that are compared
NEAR_ENOUGH = 0.1  # of the wanted share: an order this close will do
SMALLEST_BLOCK = 8  # pixels; below, the gap would eat most of a block
SEVERAL = 4  # blocks a class should lie in, so that a share can be taken


# Returns where pixels lie, float64 (n, 2) rows and columns, given both as int64 (n,).
Locate = Callable[[IntMap, IntMap], NDArray[np.float64]]


def as_they_lie(rows: IntMap, columns: IntMap) -> NDArray[np.float64]:
    """Return rows and columns, (n, 2): the pixels of one scene lie side by side."""
    return np.stack([rows, columns], axis=1).astype(np.float64)


@dataclass(frozen=True)
class LabelledPixels:
    """What a method may look at.

    Attributes:
        values: int64 (H, W), class 1..K, 0 = unlabelled.
        areas: int64 (H, W), number of the polygon, 0 = unlabelled.
        block_size: Edge of a block in pixels, where blocks are taken.
        locate: Where pixels lie.
    """

    values: IntMap
    areas: IntMap
    block_size: int = 1
    locate: Locate = as_they_lie


@dataclass(frozen=True)
class HoldOut:
    """The outcome: bool (H, W) each, disjoint, and the classes cut through an area."""

    held_out: BoolMap
    kept: BoolMap
    divided: tuple[int, ...] = ()


Method = Callable[[LabelledPixels, BoolMap, float, Generator], HoldOut]


def near(
    mask: BoolMap,
    distance: int,
    locate: Locate = as_they_lie,
    where: BoolMap | None = None,
) -> BoolMap:
    """Return bool (H, W), true within `distance` rows and columns of a true pixel.

    Args:
        mask: bool (H, W).
        distance: Rows and columns.
        locate: Where pixels lie.
        where: bool (H, W), the pixels asked for; needed where pixels of several cubes
            may lie at one place, and without effect elsewhere.
    """
    if locate is not as_they_lie and where is not None:
        found = np.zeros_like(mask)
        if mask.any() and where.any():
            tree = cKDTree(locate(*np.nonzero(mask)))
            away = tree.query(locate(*np.nonzero(where)), p=np.inf)[0]
            found[where] = away < distance + 0.5
        return found
    for axis in (0, 1):
        source = np.moveaxis(mask, axis, 0)
        grown = source.copy()
        for step in range(1, distance + 1):
            grown[step:] |= source[:-step]
            grown[:-step] |= source[step:]
        mask = np.moveaxis(grown, 0, axis)
    return mask


def along_longer_axis(
    rows: IntMap | NDArray[np.float64], columns: IntMap | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far along the longer axis of an area each of its pixels lies, (n,)."""
    y, x = rows - rows.mean(), columns - columns.mean()
    # Direction of the largest variance; in closed form it has no arbitrary sign.
    angle = 0.5 * np.arctan2(2 * (x @ y), x @ x - y @ y)
    along: NDArray[np.float64] = np.round(x * np.cos(angle) + y * np.sin(angle), 6)
    return along


def far_end(
    rows: IntMap, columns: IntMap, share: float, *, turned: bool
) -> tuple[BoolMap, BoolMap]:
    """Cut one area across its longer axis, with a gap where there is room.

    Args:
        rows: int64 (n,), row of each pixel.
        columns: int64 (n,), column of each pixel.
        share: Share to take, 0..1.
        turned: Whether to take the other end.

    Returns:
        bool (n,) of the pixels taken, and of those kept.
    """
    along = along_longer_axis(rows, columns) * (-1 if turned else 1)
    count = min(max(round(share * len(along)), 1), len(along) - 1)
    start = max(np.sort(along)[-count], np.unique(along)[1])
    held_out = along >= start
    enough = (~held_out).sum() / 2
    for gap in range(GAP, -1, -1):
        kept = along < start - gap
        if kept.sum() >= enough:
            break
    return held_out, kept


def hold_out_polygons(
    labelled: LabelledPixels,
    choice: BoolMap,
    share: float,
    rng: Generator,
    *,
    nearest: bool = False,
) -> HoldOut:
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
    held_out, kept, divided = np.zeros_like(choice), choice.copy(), []
    for k, index in pixels_by_class(labelled.values, choice):
        areas = labelled.areas.ravel()[index]
        numbers, places, counts = np.unique(
            areas, return_inverse=True, return_counts=True
        )
        if len(numbers) > 1:
            centres = (
                _centres(places, index, choice.shape, labelled.locate)
                if nearest
                else None
            )
            chosen = numbers[_nearest_total(counts, share * len(index), rng, centres)]
            out = np.isin(areas, chosen)
            stay = ~out
        elif len(index) >= SMALLEST_TO_DIVIDE:
            rows, columns = labelled.locate(*np.unravel_index(index, choice.shape)).T
            out, stay = far_end(rows, columns, share, turned=bool(rng.integers(2)))
            divided.append(k)
        else:
            continue
        held_out.flat[index[out]] = True
        kept.flat[index[~stay]] = False
    return HoldOut(held_out, kept, tuple(divided))


def hold_out_regions(
    labelled: LabelledPixels, choice: BoolMap, share: float, rng: Generator
) -> HoldOut:
    """Take one end of each region of `REGION_ENDS_FROM` pixels or more.

    Classes with none so large give whole regions, as in `hold_out_polygons`, where the
    arguments are described.
    """
    numbers, counts = np.unique(labelled.areas[choice], return_counts=True)
    large = np.isin(labelled.areas, numbers[counts >= REGION_ENDS_FROM]) & choice
    cut = choice & np.isin(labelled.values, np.unique(labelled.values[large]))
    ends = hold_out_ends(labelled, cut, share, rng, REGION_ENDS_FROM)
    whole = hold_out_polygons(labelled, choice & ~cut, share, rng)
    return HoldOut(
        ends.held_out | whole.held_out, ends.kept | whole.kept, whole.divided
    )


def hold_out_ends(
    labelled: LabelledPixels,
    choice: BoolMap,
    share: float,
    rng: Generator,
    least: int = ENDS_FROM,
) -> HoldOut:
    """Take one end of every area of `least` pixels or more.

    Other arguments as in `hold_out_polygons`; `share` is that of each area.
    """
    held_out, kept = np.zeros_like(choice), choice.copy()
    for _, members in pixels_by_class(labelled.values, choice):
        areas = labelled.areas.ravel()[members]
        numbers, counts = np.unique(areas, return_counts=True)
        for number in numbers[counts >= least]:
            index = members[areas == number]
            rows, columns = labelled.locate(*np.unravel_index(index, choice.shape)).T
            out, stay = far_end(rows, columns, share, turned=bool(rng.integers(2)))
            held_out.flat[index[out]] = True
            kept.flat[index[~stay]] = False
    return HoldOut(held_out, kept)


def hold_out_pixels(
    labelled: LabelledPixels, choice: BoolMap, share: float, rng: Generator
) -> HoldOut:
    """Take random pixels of each class; arguments as in `hold_out_polygons`."""
    held_out = np.zeros_like(choice)
    for _, index in pixels_by_class(labelled.values, choice):
        count = min(round(share * len(index)), len(index) - 1)
        held_out.flat[rng.permutation(index)[:count]] = True
    return HoldOut(held_out, choice & ~held_out)


def pixels_by_class(values: IntMap, choice: BoolMap) -> list[tuple[int, IntMap]]:
    """Return each class in the choice with the flat indices of its pixels."""
    index = np.flatnonzero(choice)
    classes = values.ravel()[index]
    order = np.argsort(classes, kind="stable")
    numbers, starts = np.unique(classes[order], return_index=True)
    parts = np.split(index[order], starts[1:])
    return [(int(k), part) for k, part in zip(numbers, parts, strict=False)]


def hold_out_blocks(
    labelled: LabelledPixels, choice: BoolMap, share: float, rng: Generator
) -> HoldOut:
    """Take square blocks, leaving out what lies within `GAP` pixels of them.

    A class that would keep no pixel is kept whole, and what was taken near it is left
    out. Arguments as in `holdout.hold_out_polygons`.
    """
    index = np.flatnonzero(choice)
    where = labelled.locate(*np.unravel_index(index, choice.shape))
    blocks = block_numbers(where, labelled.block_size)
    numbers, place = np.unique(blocks, return_inverse=True)
    classes = labelled.values.ravel()[index]
    counts = np.zeros((len(numbers), int(classes.max(initial=0)) + 1), np.int64)
    np.add.at(counts, (place, classes), 1)
    held_out = np.zeros_like(choice)
    held_out.flat[index[_nearest_shares(counts, share, rng)[place]]] = True
    kept = choice & ~near(held_out, GAP, labelled.locate, choice)
    lost = np.setdiff1d(classes, labelled.values[kept])
    whole = choice & np.isin(labelled.values, lost)
    return HoldOut(held_out & ~near(whole, GAP, labelled.locate, choice), kept | whole)


def block_numbers(where: NDArray[np.float64], size: int) -> IntMap:
    """Return the number of the square block of each place, int64 (n,).

    Args:
        where: float64 (n, 2), rows and columns.
        size: Edge of a block.
    """
    row, column = np.floor(where / size).astype(np.int64).T
    row, column = row - row.min(initial=0), column - column.min(initial=0)
    found: IntMap = row * (int(column.max(initial=0)) + 1) + column
    return found


def choose_block_size(values: IntMap, locate: Locate = as_they_lie) -> int:
    """Return the largest block edge with which each class lies in several blocks.

    A class too compact for that asks for what it reaches with the smallest blocks.

    Args:
        values: int64 (H, W), class 1..K, 0 = unlabelled.
        locate: Where pixels lie.
    """
    on, classes = values > 0, int(values.max(initial=0)) + 1
    place = locate(*np.nonzero(on))
    longest = values.shape if locate is as_they_lie else np.ptp(place, axis=0) + 1

    def blocks_of_class(size: int) -> IntMap:
        blocks = block_numbers(place, size)
        pairs = np.unique(blocks * classes + values[on])
        return np.bincount(pairs % classes, minlength=classes)

    reachable = np.minimum(blocks_of_class(SMALLEST_BLOCK), SEVERAL)
    size: int = int(max(longest)) // 3
    while size > SMALLEST_BLOCK and (blocks_of_class(size) < reachable).any():
        size = size * 4 // 5
    return max(size, SMALLEST_BLOCK)


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
    held_out, stay = centres[order[:many]], centres[order[many:]]
    return float(np.mean(cKDTree(stay).query(held_out)[0]))


def _centres(
    places: IntMap, index: IntMap, shape: tuple[int, ...], locate: Locate
) -> NDArray[np.float64]:
    """Return the mean row and column of each area, (areas, 2).

    `places` is the number from 0 of the area of each pixel, `index` where it lies in
    `shape`.
    """
    pixels = np.bincount(places)
    where = locate(*np.unravel_index(index, shape))
    sums = (np.bincount(places, side) for side in where.T)
    return np.stack([total / pixels for total in sums], axis=1)


def _nearest_shares(counts: IntMap, share: float, rng: Generator) -> BoolMap:
    """Return bool (blocks,) of those to take, from int64 (blocks, K + 1) counts."""
    sizes, totals = counts.sum(1), counts.sum(0)
    present = totals > 0
    best, smallest = np.zeros(len(counts), bool), np.inf
    wanted = share * sizes.sum()
    for _ in range(TRIES if len(counts) > 1 else 0):
        order = rng.permutation(len(counts))
        many = int(np.abs(np.cumsum(sizes[order])[:-1] - wanted).argmin()) + 1
        reached = counts[order[:many]].sum(0)[present] / totals[present]
        # A class wholly on one side is as bad as one missing its share altogether.
        miss = np.abs(reached / share - 1) + (reached >= 1)
        if miss.mean() < smallest:
            smallest = miss.mean()
            best = np.isin(np.arange(len(counts)), order[:many])
    return best
