"""Which areas a training that goes on from a model holds out, and what lies beside."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import GAP
from miaf_engine.accuracy.split import split_samples
from miaf_engine.classes import ClassTable
from miaf_engine.labels.area_digests import AreaRecord, GroupDigests
from miaf_engine.labels.label_map import LabelMap, without_nodata
from miaf_engine.requests.settings import SplitConfig


@dataclass(frozen=True)
class KnownAreas:
    """Numbers of areas by what the initial model knows of them."""

    learnt: NDArray[np.int64]
    scored: NDArray[np.int64]
    new: NDArray[np.int64]

    @classmethod
    def of(
        cls, labels: LabelMap, digests: GroupDigests, record: AreaRecord
    ) -> KnownAreas:
        """Sort the areas; one joined of several is learnt where any of them is."""
        parts: tuple[list[int], ...] = ([], [], [])
        for number in np.unique(labels.groups[labels.groups > 0]).tolist():
            own = digests.get(number, frozenset())
            place = 0 if own & record.learnt else 1 if own & record.scored else 2
            parts[place].append(number)
        return cls(*(np.array(part, np.int64) for part in parts))


def beside_held_out(labels: LabelMap, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the pixels of other areas that are too near to an area held out.

    An area that touches one of its class is a part of the same field, cut as a single
    area is cut: with a gap.

    Args:
        labels: Classes and areas.
        held: bool (H, W), pixels of areas that were held out of the initial model.

    Returns:
        bool (H, W), pixels within `GAP` of one held out of their class, of areas that
        touch it.
    """
    touching = np.unique(labels.groups[_around(labels, held, 1)])
    return _around(labels, held, GAP) & np.isin(labels.groups, touching)


def _around(
    labels: LabelMap, held: NDArray[np.bool_], distance: int
) -> NDArray[np.bool_]:
    """Return bool (H, W), pixels of the class of one that is held out, near it."""
    rows, columns = np.nonzero(held)
    found = np.zeros_like(held)
    steps = range(-distance, distance + 1)
    last = np.array(held.shape)[:, None] - 1
    for down, right in product(steps, steps):
        there = np.clip([rows + down, columns + right], 0, last)
        alike = labels.values[there[0], there[1]] == labels.values[rows, columns]
        found[there[0][alike], there[1][alike]] = True
    return found & ~held


def first_held_out(
    labels: LabelMap, known: KnownAreas, config: SplitConfig, seed: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], tuple[str, ...]]:
    """Hold out of classes of which nothing was held out before.

    Returns:
        Pixels held out, pixels that no side may use, and warnings.
    """
    nothing = np.zeros(labels.values.shape, bool)
    if config.holdout == "none":
        return nothing, nothing, ()
    settled = np.unique(labels.values[np.isin(labels.groups, known.scored)])
    free = np.isin(labels.groups, known.new) & ~np.isin(labels.values, settled)
    # A lone new area beside areas that were learnt is worth more for learning.
    for k in np.unique(labels.values[np.isin(labels.groups, known.learnt)]):
        own = free & (labels.values == k)
        if len(np.unique(labels.groups[own])) == 1:
            free &= ~own
    if not free.any():
        return nothing, nothing, ()
    split = split_samples(_compact(labels, free), config, seed)
    used = split.training | split.validation | split.test
    return split.test, free & ~used, split.warnings


def _compact(labels: LabelMap, where: NDArray[np.bool_]) -> LabelMap:
    """Return some labels, with the classes that occur in them."""
    part = without_nodata(labels, where)
    found = np.unique(part.values[part.values > 0])
    lookup = np.zeros(len(labels.classes) + 1, np.uint16)
    lookup[found] = np.arange(1, len(found) + 1)
    classes = ClassTable(tuple(labels.classes.entries[k - 1] for k in found))
    return LabelMap(lookup[part.values], part.groups, classes)
