"""Which superpixels a model would gain most from, if a person named their class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray

from miaf_engine.prediction.uncertainty import entropy, margin
from miaf_engine.translation import tr_n

# At most this many candidates are kept, the most informative ones.
MOST_CANDIDATES = 2000
# Features have a mean squared distance of 2; at this distance, two superpixels are so
# similar that the second one counts for 1 - exp(-1/2) = 0.39 of itself.
_SAME_WITHIN = 0.5
# At this distance, in diameters of a superpixel, the place makes as much of a
# difference: similar ground in another field adds information on that field.
_APART = 2.0
# The weight of similarity to an excluded superpixel, below 1: the model is uncertain
# there all the same.
_EXCLUDED = 0.8
# Among so many suggestions one pair of classes comes once, among twice as many twice.
_RANKS_A_PAIR = 5


@dataclass(frozen=True, eq=False)
class Candidates:
    """Superpixels that could be labelled next.

    Attributes:
        polygons: object (N,), outlines in map coordinates.
        probabilities: float32 (N, K), mean probability of each class over the pixels.
        spectra: float32 (N, D), mean of the projected spectra.
        spreads: float32 (N,), root mean squared distance of the pixels' projected
            spectra to their mean.
        doubts: float32 (N,), mean over the pixels of 1 less the lead of the most likely
            class over the next; 1 at pixels that are unlike all training areas.
        purities: float32 (N,), share of the pixels with the most frequent class.
        unlike: float32 (N,), share of the pixels that are unlike all training areas.
        pixels: int64 (N,), number of pixels.
        areas: float64 (N,), sum of the pixels' sizes.
        places: int64 (N,), row-major index in the cube of the first pixel.
    """

    polygons: NDArray[np.object_]
    probabilities: NDArray[np.float32]
    spectra: NDArray[np.float32]
    spreads: NDArray[np.float32]
    doubts: NDArray[np.float32]
    purities: NDArray[np.float32]
    unlike: NDArray[np.float32]
    pixels: NDArray[np.int64]
    areas: NDArray[np.float64]
    places: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of superpixels."""
        return len(self.pixels)

    def take(self, index: NDArray[np.integer] | NDArray[np.bool_]) -> Candidates:
        """Return some of them."""
        return Candidates(*(getattr(self, part.name)[index] for part in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence[Candidates]) -> Candidates:
        """Return the superpixels of several tiles, at least one, in turn."""
        names = [part.name for part in fields(cls)]
        return cls(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))

    @property
    def margins(self) -> NDArray[np.float32]:
        """Lead of the most likely class over the next, (N,), 0 to 1."""
        return margin(self.probabilities.T[:, :, None])[:, 0]

    @property
    def entropies(self) -> NDArray[np.float32]:
        """How evenly the classes share the probability, (N,), 0 to 1."""
        return entropy(self.probabilities.T[:, :, None])[:, 0]

    @property
    def pairs(self) -> NDArray[np.intp]:
        """The most likely class of each and the next, (N, 2), 0-based."""
        return np.argsort(-self.probabilities, axis=1, kind="stable")[:, :2]


def information(candidates: Candidates, wanted_pixels: int) -> NDArray[np.float64]:
    """Return what a label of each would tell, (N,), 0 to 1.

    Best against second best (Joshi, Porikli & Papanikolopoulos 2009, CVPR, 2372-2379)
    pixel by pixel: half corn and half woods, each sure, is a border and no doubt. Times
    the share of pixels that the model gives one class, as a label has to hold for all.
    Less for a small superpixel: with the root of its size, since its pixels are
    similar.

    Args:
        candidates: N superpixels.
        wanted_pixels: Size from which on a superpixel counts in full.
    """
    size = np.sqrt(np.minimum(candidates.pixels / wanted_pixels, 1.0))
    unsure = candidates.doubts.astype(np.float64)
    return np.asarray(unsure * candidates.purities * size)


def most_informative(candidates: Candidates, wanted_pixels: int) -> Candidates:
    """Return at most `MOST_CANDIDATES`, the most informative first."""
    known = information(candidates, wanted_pixels)
    order = np.lexsort((candidates.places, -known))  # the first pixel breaks ties
    return candidates.take(order[:MOST_CANDIDATES])


def ranked(
    candidates: Candidates,
    count: int,
    wanted_pixels: int,
    excluded: Candidates | None = None,
) -> NDArray[np.integer]:
    """Return the positions of the `count` superpixels to label, best first.

    Greedy: each is the one with the largest `gains`, less what it is like those before
    it, and those that are excluded, in mean projected spectrum, mean probabilities and
    place. A pair of most likely and next class comes once among the first five, twice
    among the first ten, and so on, as long as there are others. More of them begin with
    the same ones.

    Args:
        candidates: N superpixels, from `most_informative`.
        count: Number wanted; fewer come where there are fewer.
        wanted_pixels: As in `information`.
        excluded: Superpixels that have a class, or that a person who looked could not
            give one: similar ones would be as hard to name.
    """
    features, others = _features(candidates, excluded)
    worth = gains(candidates, features, wanted_pixels)
    here, there = _places(candidates, excluded, wanted_pixels)
    features, others = np.hstack([features, here]), np.hstack([others, there])
    similarity = np.zeros(len(candidates))
    for other in others:
        similarity = np.maximum(similarity, _EXCLUDED * _similarity(features, other))
    pairs = [frozenset(pair) for pair in candidates.pairs.tolist()]
    left = np.ones(len(candidates), bool)
    picked: list[int] = []
    seen: Counter[frozenset[int]] = Counter()
    while len(picked) < min(count, len(candidates)):
        most = 1 + len(picked) // _RANKS_A_PAIR
        fresh = left & np.array([seen[pair] < most for pair in pairs])
        gain = np.where(fresh if fresh.any() else left, worth * (1 - similarity), -1.0)
        best = int(gain.argmax())
        picked.append(best)
        left[best] = False
        seen[pairs[best]] += 1
        similarity = np.maximum(similarity, _similarity(features, features[best]))
    return np.array(picked, np.intp)


def gains(
    candidates: Candidates, features: NDArray[np.float64], wanted_pixels: int
) -> NDArray[np.float64]:
    """Return what each would tell by itself, (N,), of no unit.

    Information times homogeneity times the root of density. Homogeneity is 1 / (1 +
    s^2), s the spread over the median spread: a superpixel across a border is hard to
    name, and its label half wrong. Density is the number of candidates that a label
    tells of (Settles & Craven 2008, EMNLP, 1070-1079), each counted by its likeness;
    the root, so that large fields do not take all.

    Args:
        candidates: N superpixels.
        features: float64 (N, F).
        wanted_pixels: As in `information`.
    """
    spreads = candidates.spreads.astype(np.float64)
    squares = np.square(spreads / max(np.median(spreads), 1e-12))
    density = np.array([_similarity(features, one).sum() for one in features])
    return np.asarray(
        information(candidates, wanted_pixels) * np.sqrt(density) / (1 + squares)
    )


def _similarity(
    features: NDArray[np.float64], one: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how like one superpixel (F,) others (N, F) are, (N,), 0 to 1."""
    squares = np.square(features - one).sum(axis=1)
    return np.asarray(np.exp(-squares / (2 * _SAME_WITHIN**2)))


def _features(
    candidates: Candidates, excluded: Candidates | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return spectra and probabilities of both, (N, F) and (L, F).

    Each of the two has a mean squared distance of 1 among the candidates.
    """
    own, other = [], []
    for name in ("spectra", "probabilities"):
        values = getattr(candidates, name).astype(np.float64)
        mean = values.mean(axis=0)
        spread = np.sqrt(2 * np.square(values - mean).sum(axis=1).mean())
        scale = max(spread, 1e-12)
        own.append((values - mean) / scale)
        there = values[:0] if excluded is None else getattr(excluded, name)
        other.append((there.astype(np.float64) - mean) / scale)
    return np.concatenate(own, axis=1), np.concatenate(other, axis=1)


def _places(
    candidates: Candidates, excluded: Candidates | None, wanted_pixels: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the centres of both, (N, 2) and (L, 2), as features of `_similarity`.

    Zeros where the outlines have no area.
    """
    none = candidates.polygons[:0]
    polygons = [candidates.polygons, none if excluded is None else excluded.polygons]
    size = shapely.area(candidates.polygons).sum() / candidates.pixels.sum()
    diameter = np.sqrt(size * wanted_pixels)
    scale = _SAME_WITHIN / (_APART * diameter) if diameter > 0 else 0.0
    middles = [shapely.centroid(part) for part in polygons]
    here, there = (
        np.column_stack([shapely.get_x(part), shapely.get_y(part)]) * scale
        for part in middles
    )
    return here, there


def reasons(candidates: Candidates, names: Sequence[str]) -> list[str]:
    """Say in words why each is worth a label.

    Args:
        candidates: N superpixels.
        names: Names of the K classes.
    """
    rows = np.arange(len(candidates))
    first, second = candidates.pairs.T
    shares = candidates.probabilities
    parts = (first, second, shares[rows, first], shares[rows, second])
    found = []
    for one, two, high, low, unlike, pixels in zip(
        *(part.tolist() for part in (*parts, candidates.unlike, candidates.pixels)),
        strict=True,
    ):
        if unlike >= 0.5:
            text = tr_n(
                "unlike the training areas, mapped as {name}; {n} pixel",
                "unlike the training areas, mapped as {name}; {n} pixels",
                n=pixels,
                name=names[one],
            )
        else:
            text = tr_n(
                "{first} or {second}: {high:.2f} against {low:.2f}; {n} pixel",
                "{first} or {second}: {high:.2f} against {low:.2f}; {n} pixels",
                n=pixels,
                first=names[one],
                second=names[two],
                high=high,
                low=low,
            )
        found.append(text)
    return found
