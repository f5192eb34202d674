"""Folds that lie to the training areas as the map does: kNNDM over areas.

A figure from folds tells how the map comes out only if a scored pixel is as far from
the nearest training pixel as a pixel of the map is from the nearest area (k-fold
nearest neighbour distance matching; Linnenbrink, Milà, Ludwig & Meyer 2024,
Geoscientific Model Development 17:5897-5912; Milà et al. 2022, Methods in Ecology and
Evolution 13:1304-1316). Areas are clustered in space into ever more clusters, clusters
are dealt into folds, and the folds whose distances come nearest to those of the map are
kept. No fold holds more than half of a class, or every class's training would starve.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial import cKDTree
from scipy.stats import wasserstein_distance

from miaf_engine.accuracy.folds import Folds, slices_of
from miaf_engine.accuracy.holdout import (
    BoolMap,
    IntMap,
    Locate,
    as_they_lie,
)
from miaf_engine.labels.label_map import LabelMap

SAMPLED = 2000  # pixels of the map, and of the areas, whose distances are measured
CLUSTERINGS = 8  # that are tried, from one cluster a fold to one a unit
MOST_LINKED = 3000  # units that are clustered together; more go by their rows first
# An area longer than so many block sides is cut: an area little longer is no gain.
CUT_FROM = 1.5
SMALLEST_BLOCK = 3  # pixels a side: below, blocks hold hardly a pixel beside the seam
SMALLEST_PIECE = 3  # pixels of a piece of an area


@dataclass(frozen=True, eq=False)
class _Units:
    """Areas, or blocks of large ones, that stay on one side of a fold.

    Attributes:
        number: int32 (H, W), unit 1..U of each labelled pixel, 0 elsewhere.
        classes: int64 (U,), class 1..K.
        centres: float64 (U, 2), mean row and column.
        rows: float64 (n, 2), row and column of sampled labelled pixels.
        of_row: int64 (n,), their unit from 0.
    """

    number: NDArray[np.int32]
    classes: IntMap
    centres: NDArray[np.float64]
    rows: NDArray[np.float64]
    of_row: IntMap


def matched_folds(
    labels: LabelMap,
    valid: BoolMap,
    count: int,
    seed: int,
    locate: Locate = as_they_lie,
) -> Folds:
    """Spread areas over folds so that scored pixels lie as far off as the map does.

    Large areas are cut into blocks of the scene's scale, which is twice the median
    distance of the map's pixels from the areas. A class with a single area has it
    sliced across its longer axis.

    Args:
        labels: Classes and areas.
        valid: bool (H, W), the pixels that are mapped.
        count: Number of folds, 2 or more.
        seed: Same seed, same folds.
        locate: Where pixels lie. Cubes of one place may be stacked: an area of several
            of them is one, and is held out in all.

    Returns:
        The folds; `labels.groups` of them are the units, so that each block of a large
        area is a sample of its own.
    """
    rng = np.random.default_rng([seed, 3])
    wanted = _distances_of_map(labels.values > 0, valid, rng, locate)
    side = max(SMALLEST_BLOCK, 2 * float(np.median(wanted)))
    pieces = cut_into_blocks(labels, side, locate)
    single = _sliced(labels, pieces, count, locate)
    units = _units(labels, pieces, rng, locate)
    fold_of = _best(units, count, wanted, rng)
    number = np.zeros(labels.values.shape, np.uint8)
    inside = units.number > 0
    number[inside] = fold_of[units.number[inside] - 1] + 1
    number[_never(labels, units, single)] = 0
    blocks = LabelMap(labels.values, units.number, labels.classes)
    return Folds(blocks, count, number, tuple(single), locate)


def support_of(folds: Folds) -> NDArray[np.float64]:
    """Return which share of its class's areas trains where a unit is scored.

    Returns:
        float64 (U,), 0..1, for the units 1..U of the folds' `labels.groups`; 1 for
        those that are never scored.
    """
    groups, values = folds.labels.groups, folds.labels.values
    count = int(groups.max(initial=0))
    classes, fold = np.zeros(count, np.int64), np.zeros(count, np.int64)
    inside = groups > 0
    classes[groups[inside] - 1] = values[inside]
    fold[groups[inside] - 1] = folds.number[inside]
    share = np.ones(count)
    for k in np.unique(classes):
        own = classes == k
        for number in np.unique(fold[own & (fold > 0)]):
            here = own & (fold == number)
            share[here] = 1 - here.sum() / own.sum()
    return share


def cut_into_blocks(
    labels: LabelMap, side: float, locate: Locate = as_they_lie
) -> NDArray[np.int32]:
    """Cut areas that are longer than a block into pieces of about its side.

    An area is halved across its longer axis until its pieces are short enough.

    Args:
        labels: Classes and areas.
        side: Side of a block in pixels.
        locate: Where pixels lie.

    Returns:
        int32 (H, W), number of the piece, 0 where unlabelled; pieces of a class that
        touch are different pieces.
    """
    found = np.zeros(labels.groups.shape, np.int32)
    flat = labels.groups.ravel()
    labelled = np.flatnonzero(flat)
    order = labelled[np.argsort(flat[labelled], kind="stable")]
    starts = np.flatnonzero(np.diff(flat[order], prepend=0))
    last = 0
    for index in np.split(order, starts[1:]) if len(order) else []:
        rows, columns = locate(*np.unravel_index(index, found.shape)).T
        for part in _halved(rows, columns, np.arange(len(index)), side):
            last += 1
            found.flat[index[part]] = last
    return found


def _halved(
    rows: NDArray[np.float64],
    columns: NDArray[np.float64],
    part: IntMap,
    side: float,
) -> list[IntMap]:
    """Return the pieces of an area, each as positions in `rows`."""
    height, width = np.ptp(rows[part]) + 1, np.ptp(columns[part]) + 1
    if max(height, width) <= CUT_FROM * side or len(part) < 2 * SMALLEST_PIECE:
        return [part]
    along = rows[part] if height >= width else columns[part]
    order = np.argsort(along, kind="stable")
    # Between two rows, not within one, and so near the middle as that allows.
    ends = np.flatnonzero(np.diff(along[order])) + 1
    middle = int(ends[np.abs(ends - len(part) / 2).argmin()])
    halves = order[:middle], order[middle:]
    if min(map(len, halves)) < SMALLEST_PIECE:
        return [part]
    return [
        piece for half in halves for piece in _halved(rows, columns, part[half], side)
    ]


def _sliced(
    labels: LabelMap, pieces: NDArray[np.int32], count: int, locate: Locate
) -> list[int]:
    """Slice the only piece of a class, in place; return the classes it was done for."""
    found = []
    last = int(pieces.max(initial=0))
    for k in np.unique(labels.values[labels.values > 0]):
        index = np.flatnonzero(labels.values.ravel() == k)
        if len(np.unique(pieces.flat[index])) > 1:
            continue
        place = slices_of(index, pieces.shape, count, locate)
        if place is not None:
            pieces.flat[index] = last + 1 + place
            last += int(place.max()) + 1
            found.append(int(k))
    return found


def _units(
    labels: LabelMap,
    pieces: NDArray[np.int32],
    rng: np.random.Generator,
    locate: Locate,
) -> _Units:
    inside = np.flatnonzero(pieces.ravel())
    _, unit = np.unique(pieces.flat[inside], return_inverse=True)
    place = locate(*np.unravel_index(inside, pieces.shape))
    sizes = np.bincount(unit)
    sums = [np.bincount(unit, weights=part) for part in place.T]
    classes = np.zeros(len(sizes), np.int64)
    classes[unit] = labels.values.flat[inside]
    number = np.zeros(pieces.shape, np.int32)
    number.flat[inside] = unit + 1
    few = rng.permutation(len(inside))[: 2 * SAMPLED]
    centres = np.stack([part / sizes for part in sums], axis=1)
    return _Units(number, classes, centres, place[few], unit[few])


def _never(labels: LabelMap, units: _Units, single: list[int]) -> BoolMap:
    """Return the pixels of classes with one unit, which cannot be scored."""
    counts = np.bincount(units.classes, minlength=len(labels.classes) + 1)
    lone = [k for k in np.flatnonzero(counts == 1) if k not in single]
    return np.isin(labels.values, lone)


def _distances_of_map(
    labelled: BoolMap, valid: BoolMap, rng: np.random.Generator, locate: Locate
) -> NDArray[np.float64]:
    """Return how far sampled pixels outside the areas lie from the nearest area."""
    outside = np.flatnonzero((valid & ~labelled).ravel())
    if not len(outside):
        return np.zeros(1)
    # A number for each pixel, valid or not: one more without data changes one pixel of
    # the sample, not all of it and what is drawn after it.
    order = rng.random(labelled.size, dtype=np.float32)[outside]
    first = np.argpartition(order, min(SAMPLED, len(order) - 1))[:SAMPLED]
    index = outside[first]
    tree = cKDTree(locate(*np.nonzero(labelled)))
    place = locate(*np.unravel_index(index, labelled.shape))
    found: NDArray[np.float64] = tree.query(place)[0]
    return found


def _best(
    units: _Units,
    count: int,
    wanted: NDArray[np.float64],
    rng: np.random.Generator,
) -> IntMap:
    """Return the fold from 0 of each unit, of the clustering that matches best."""
    total = len(units.classes)
    chance = rng.permutation(total)
    best, least = np.zeros(total, np.int64), math.inf
    steps = np.geomspace(min(count, total), total, CLUSTERINGS)
    for clusters in sorted({round(step) for step in steps}, reverse=True):
        member = _clustered(units.centres, clusters)
        folds = _dealt(units.classes, member, count, chance)
        _kept_in_training(units, folds, count)
        # A clustering that is no better than a finer one is not worth its harm.
        misfit = wasserstein_distance(wanted, _distances_of_folds(units, folds, count))
        if misfit < least:
            best, least = folds, misfit
    return best


def _clustered(centres: NDArray[np.float64], clusters: int) -> IntMap:
    """Return the cluster from 0 of each unit."""
    total = len(centres)
    if clusters >= total:
        return np.arange(total)
    if total > MOST_LINKED:  # linkage needs memory by the square of the units
        order = np.lexsort((centres[:, 1], centres[:, 0]))
        found = np.empty(total, np.int64)
        found[order] = np.arange(total) * clusters // total
        return found
    tree = linkage(centres, method="average")
    found = fcluster(tree, clusters, criterion="maxclust").astype(np.int64) - 1
    return np.asarray(found)


def _dealt(classes: IntMap, member: IntMap, count: int, chance: IntMap) -> IntMap:
    """Deal clusters into folds, largest first, so that classes are spread evenly."""
    shares = 1 / np.bincount(classes)[classes]  # a unit's share of its class
    held = np.zeros((count, int(classes.max()) + 1))
    folds = np.zeros(len(classes), np.int64)
    sizes = np.bincount(member)
    order = np.lexsort((chance[_firsts(member)], -sizes))
    for cluster in order:
        own = np.flatnonzero(member == cluster)
        added = np.bincount(classes[own], weights=shares[own], minlength=held.shape[1])
        # The sum of squares is least where every class is spread evenly.
        cost = ((held + added) ** 2).sum(axis=1) - (held**2).sum(axis=1)
        fold = int(np.lexsort((held.sum(axis=1), np.round(cost, 9)))[0])
        folds[own] = fold
        held[fold] += added
    return folds


def _firsts(member: IntMap) -> IntMap:
    """Return the position of the first unit of each cluster."""
    found: IntMap = np.unique(member, return_index=True)[1]
    return found


def _kept_in_training(units: _Units, folds: IntMap, count: int) -> None:
    """Move units out of folds that hold more than half of their class, in place."""
    for k in np.unique(units.classes):
        own = np.flatnonzero(units.classes == k)
        most = max(len(own) // 2, math.ceil(len(own) / count))
        sizes = np.bincount(folds[own], minlength=count)
        while sizes.max() > most:
            full, empty = int(sizes.argmax()), int(sizes.argmin())
            here = own[folds[own] == full]
            there = units.centres[folds == empty]
            # The unit that lies nearest to the other fold breaks up its cluster least.
            gaps = cKDTree(there).query(units.centres[here])[0] if len(there) else None
            moved = here[0 if gaps is None else int(gaps.argmin())]
            folds[moved] = empty
            sizes = np.bincount(folds[own], minlength=count)


def _distances_of_folds(
    units: _Units, folds: IntMap, count: int
) -> NDArray[np.float64]:
    """Return how far scored pixels lie from the nearest training pixel."""
    of_row = folds[units.of_row]
    found = []
    for fold in range(count):
        scored, trained = units.rows[of_row == fold], units.rows[of_row != fold]
        if len(scored) and len(trained):
            found.append(cKDTree(trained).query(scored)[0])
    return np.concatenate(found) if found else np.zeros(1)
