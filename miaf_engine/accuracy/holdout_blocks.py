"""Take square blocks of the labelled pixels out."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from miaf_engine.accuracy.area_ends import (
    GAP,
    BoolMap,
    IntMap,
    near,
)
from miaf_engine.accuracy.holdout import (
    TRIES,
    Labelled,
    Taken,
)

SMALLEST_BLOCK = 8  # pixels; below, the gap would eat most of a block
SEVERAL = 4  # blocks a class should lie in, so that a share can be taken


def take_blocks(
    labelled: Labelled, choice: BoolMap, share: float, rng: Generator
) -> Taken:
    """Take square blocks, leaving out what lies within `GAP` pixels of them.

    A class that would keep no pixel is kept whole, and what was taken near it is left
    out. Arguments as in `holdout.take_polygons`.
    """
    index = np.flatnonzero(choice)
    blocks = block_numbers(choice.shape, labelled.block_size).ravel()[index]
    numbers, place = np.unique(blocks, return_inverse=True)
    classes = labelled.values.ravel()[index]
    counts = np.zeros((len(numbers), int(classes.max(initial=0)) + 1), np.int64)
    np.add.at(counts, (place, classes), 1)
    taken = np.zeros_like(choice)
    taken.flat[index[_nearest_shares(counts, share, rng)[place]]] = True
    kept = choice & ~near(taken, GAP)
    lost = np.setdiff1d(classes, labelled.values[kept])
    whole = choice & np.isin(labelled.values, lost)
    return Taken(taken & ~near(whole, GAP), kept | whole)


def block_numbers(shape: tuple[int, ...], size: int) -> IntMap:
    """Return int64 (H, W) with the number of the square block of each pixel."""
    rows, columns = (np.arange(length) // size for length in shape)
    numbers: IntMap = rows[:, None] * (shape[1] // size + 1) + columns[None, :]
    return numbers


def choose_block_size(values: IntMap) -> int:
    """Return the largest block edge with which each class lies in several blocks.

    A class too compact for that asks for what it reaches with the smallest blocks;
    `values` is int64 (H, W), class 1..K, 0 = unlabelled.
    """
    on, classes = values > 0, int(values.max(initial=0)) + 1

    def blocks_of_class(size: int) -> IntMap:
        blocks = block_numbers(values.shape, size)[on]
        pairs = np.unique(blocks * classes + values[on])
        return np.bincount(pairs % classes, minlength=classes)

    reachable = np.minimum(blocks_of_class(SMALLEST_BLOCK), SEVERAL)
    size = max(values.shape) // 3
    while size > SMALLEST_BLOCK and (blocks_of_class(size) < reachable).any():
        size = size * 4 // 5
    return max(size, SMALLEST_BLOCK)


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
