"""Cross-validation by polygon: each area is scored once, by a model without it.

With two or three areas a class a single hold-out scores one of them, and says little.
In folds every area is scored, and every model trains on most of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import (
    GAP,
    SMALLEST_TO_DIVIDE,
    BoolMap,
    HoldOut,
    IntMap,
    LabelledPixels,
    Locate,
    along_longer_axis,
    as_they_lie,
    hold_out_polygons,
    near,
    pixels_by_class,
)
from miaf_engine.accuracy.split import Split
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.translation import tr

_SMALLEST_SLICE = 3  # pixels of an area that is divided among folds


@dataclass(frozen=True, eq=False)
class Folds:
    """In which fold each labelled pixel is scored.

    Attributes:
        labels: The labels.
        count: Number of folds.
        number: uint8 (H, W), fold 1..count; 0 where unlabelled, and in classes of one
            area too small to divide, which are trained on in every fold.
        divided: Classes 1..K with a single area, whose slices lie in several folds.
        locate: Where pixels lie; see `matched_folds`.
    """

    labels: LabelMap
    count: int
    number: NDArray[np.uint8]
    divided: tuple[int, ...]
    locate: Locate = as_they_lie

    def training(self, fold: int) -> BoolMap:
        """Return the pixels that the model of a fold, 1..count, may see, bool (H, W).

        Around the scored slice of a divided area lies a gap that nobody uses.
        """
        test = self.number == fold
        kept: BoolMap = (self.labels.values > 0) & ~test
        for k in self.divided:
            kept &= ~self._gap(k, test)
        return kept

    def split(self, fold: int, config: SplitConfig, seed: int) -> Split:
        """Return the roles in one fold, 1..count.

        Validation pixels are taken from the areas of the other folds, by polygon.
        """
        test, kept = self.number == fold, self.training(fold)
        values = self.labels.values.astype(np.int64)
        labelled = LabelledPixels(values, self.labels.groups.astype(np.int64))
        share = config.validation_percent / 100
        rest = HoldOut(np.zeros_like(kept), kept)
        if share > 0:
            rng = np.random.default_rng([seed, 1, fold])
            rest = hold_out_polygons(labelled, kept, share, rng)
        names = self.labels.classes.names
        return Split(
            training=rest.kept,
            validation=rest.held_out,
            test=test,
            labels=self.labels,
            description=tr(
                "Fold {fold} of {count}. Test pixels: {test}; validation pixels: "
                "{validation}; training pixels: {training}; seed: {seed}."
            ).format(
                fold=fold,
                count=self.count,
                test=int(test.sum()),
                validation=int(rest.held_out.sum()),
                training=int(rest.kept.sum()),
                seed=seed,
            ),
            divided=tuple(names[k - 1] for k in {*self.divided, *rest.divided}),
        )

    def drawn(self, numbers: IntMap, classes: IntMap) -> IntMap:
        """Return by which areas pixels are samples: slices of one area are one.

        Args:
            numbers: int64 (n,), number of the area, or slice, of each pixel.
            classes: int64 (n,), class 1..K of each.

        Returns:
            int64 (n,), the numbers, of a divided class that of its first slice.
        """
        found: IntMap = numbers.copy()
        for k in self.divided:
            own = classes == k
            found[own] = numbers[own].min(initial=np.iinfo(np.int64).max)
        return found

    def _gap(self, k: int, test: BoolMap) -> BoolMap:
        """Return the pixels of a divided class too near its scored slice."""
        own = self.labels.values == k
        rest, scored = own & ~test, own & test
        for gap in range(GAP, 0, -1):
            found: BoolMap = rest & near(scored, gap, self.locate, rest)
            # As in a single hold-out, a gap never eats most of what would train.
            if 2 * int(found.sum()) <= int(rest.sum()):
                return found
        return np.zeros_like(test)


# Beyond so many scored pixels memory grows and the figures do not change.
MOST_SCORED = 60_000


def scored_pixels(folds: Folds) -> BoolMap:
    """Return the pixels that are scored, bool (H, W): all, or a random part of many."""
    scored = folds.number > 0
    index = np.flatnonzero(scored.ravel())
    if len(index) > MOST_SCORED:
        rng = np.random.default_rng(len(index))
        scored.flat[rng.permutation(index)[MOST_SCORED:]] = False
    return scored


def make_folds(
    labels: LabelMap, count: int, seed: int, locate: Locate = as_they_lie
) -> Folds:
    """Spread the areas of each class evenly over folds.

    The largest areas of a class go first, each to the fold that has fewest pixels of
    the class; so no fold holds all areas of a class. A class with a single area has it
    sliced across its longer axis.

    Args:
        labels: Classes and areas.
        count: Number of folds, 2 or more.
        seed: Same seed, same folds; decides between equals.
        locate: Where pixels lie; see `matched_folds`.
    """
    rng = np.random.default_rng([seed, 2])
    number = np.zeros(labels.values.shape, np.uint8)
    totals, divided = np.zeros(count, np.int64), []
    values = labels.values.astype(np.int64)
    for k, index in pixels_by_class(values, values > 0):
        areas, place = np.unique(labels.groups.ravel()[index], return_inverse=True)
        if len(areas) == 1:
            slices = slices_of(index, number.shape, count, locate)
            if slices is None:
                continue
            place = slices
            divided.append(k)
        folds = _spread(np.bincount(place), totals, rng)
        number.flat[index] = folds[place] + 1
        totals += np.bincount(folds[place], minlength=count)
    return Folds(labels, count, number, tuple(divided), locate)


def slices_of(
    index: IntMap, shape: tuple[int, ...], count: int, locate: Locate
) -> IntMap | None:
    """Cut an area across its longer axis.

    Args:
        index: int64 (n,), where its pixels are in `shape`.
        shape: Rows and columns.
        count: Slices, at most.
        locate: Where pixels lie; see `matched_folds`.

    Returns:
        int64 (n,), the slice from 0 of each pixel; None where there are too few.
    """
    if len(index) < SMALLEST_TO_DIVIDE:
        return None
    along = along_longer_axis(*locate(*np.unravel_index(index, shape)).T)
    many = min(count, len(along) // _SMALLEST_SLICE)
    ranks = np.argsort(np.argsort(along, kind="stable"), kind="stable")
    if locate is not as_they_lie:  # Pixels of several cubes at one place stay together.
        ranks = np.searchsorted(np.sort(along), along)
    slices: IntMap = ranks * many // len(along)
    return slices


def _spread(sizes: IntMap, totals: IntMap, rng: np.random.Generator) -> IntMap:
    """Return the fold from 0 of each part of a class, int64 (parts,).

    Args:
        sizes: Pixels of each part.
        totals: Pixels of other classes in each fold; decides between equals.
        rng: Decides between what is still equal.
    """
    order = rng.permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]
    own, folds = np.zeros(len(totals), np.int64), np.zeros(len(sizes), np.int64)
    chance = rng.permutation(len(totals))
    for part in order:
        fold = int(np.lexsort((chance, totals, own))[0])
        folds[part] = fold
        own[fold] += sizes[part]
    return folds
