"""The weights of an ensemble's heads, from areas that they were not trained on.

Which head is right differs from scene to scene: the convolution branch in a city, the
spectrum alone where pixels are large. The heads of models that were trained without an
area say how each fares there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

# How sharply the share of the spatial heads, and the weight of each among them, follow
# the evidence, and the number of areas that stand against it: with few areas weights
# stay near equal. docs/decisions has the scenes that they were chosen on.
SHARPNESS, SHARPNESS_WITHIN, PRIOR_AREAS = 32.0, 16.0, 20
SHARPNESS_OF_SPECTRUM = 8.0  # among the heads of the spectrum, which differ less
SHARES = tuple(step / 10 for step in range(11))  # of the spatial heads
# Score that heads must leave open for surroundings, or dissimilarity, to count in full.
FULLY_OPEN = 0.2
# Weight of the graph branch near training areas; the rest is the fused head's.
GRAPH_NEAR_AREAS = 2 / 3
_PLACES = 20_000  # of a map, whose distance to training areas is measured
FLOOR = 0.01  # as in `miaf_engine.models.network.ensemble`


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the heads of models say of pixels of areas that these were not trained on.

    Attributes:
        probabilities: float32 (heads, n, K).
        targets: int64 (n,), the right classes 0..K-1.
        areas: int64 (n,), number of the area of each pixel.
        folds: int64 (n,), the fold in which each was held out.
        spatial: bool (heads,), whether a head sees a pixel's surroundings.
        near_areas: float64 (heads,), weights of the spatial heads for pixels near
            training areas, with a sum of 1; 0 for other heads. See
            `weights_near_areas`.
        correlation: How alike the map's pixels and the nearest labelled ones are on the
            mean, 0..1, from their distance; 0 where unknown.
    """

    probabilities: NDArray[np.float32]
    targets: NDArray[np.int64]
    areas: NDArray[np.int64]
    folds: NDArray[np.int64]
    spatial: NDArray[np.bool_]
    near_areas: NDArray[np.float64]
    correlation: float = 0.0

    def weights(self) -> NDArray[np.float64]:
        """Return the weight of each head, float64 (heads,), with a sum of 1."""
        return self._weights(np.ones(len(self.targets), bool))

    def pooled(self) -> NDArray[np.float32]:
        """Return the ensemble's logits (n, K), weighed without the pixel's own fold.

        So the accuracy of these logits owes nothing to weights that were chosen on the
        pixels that it is measured on. With one fold its own weights are taken.
        """
        found = np.empty(self.probabilities.shape[1:], np.float32)
        for fold in np.unique(self.folds):
            own = self.folds == fold
            weights = self._weights(~own if not own.all() else own)
            found[own] = pool(self.probabilities[:, own], weights)
        return found

    def _weights(self, where: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the weights that some of the pixels, bool (n,), speak for.

        Spatial heads share one part of the weight, heads of the spectrum the rest. The
        part is the mean of those tried, each with a weight that grows exponentially
        with the score of its ensemble. So do the weights of the heads of either part
        with their own scores, those of the spectrum more gently.

        Areas are held out as a whole, while much of a map lies beside an area, where
        surroundings tell more. So the part moves towards 1, by the share of the
        variance that the nearest labelled pixel explains, its correlation squared; by
        less where the spectrum is nearly always right. The weights of the spatial heads
        move towards `near_areas`, by the correlation itself; by less where areas are
        single pixels, which do not fill a superpixel.
        """
        kinds = [self.spatial, ~self.spatial]
        if not all(kind.any() for kind in kinds):
            return np.full(len(self.spatial), 1 / len(self.spatial))
        targets, areas = self.targets[where], self.areas[where]
        spatial, spectral = (self.probabilities[np.ix_(kind, where)] for kind in kinds)
        count = len(np.unique(areas))
        trust = count / (count + PRIOR_AREAS)
        scores = head_scores(spectral, targets, areas)
        alone = _support(scores, SHARPNESS_OF_SPECTRUM * trust)
        of_spectrum = pool(spectral, alone)
        left_open = share_left_open(of_spectrum, targets, areas)
        scores = head_scores(spatial, targets, areas)
        within = _support(scores, SHARPNESS_WITHIN * trust)
        repeated = 1 - count / len(targets)
        step = self.correlation * left_open * repeated
        within += step * (self.near_areas[kinds[0]] - within)
        pools = [pool(spatial, within), of_spectrum]
        mixed = np.stack([t * pools[0] + (1 - t) * pools[1] for t in SHARES])
        scores = head_scores(mixed, targets, areas)
        share = float(_support(scores, SHARPNESS * trust) @ SHARES)
        share += (1 - share) * self.correlation**2 * left_open
        found = np.empty(len(self.spatial), np.float64)
        found[kinds[0]] = share * within
        found[kinds[1]] = (1 - share) * alone
        return found


def weights_near_areas(
    fused: NDArray[np.bool_], graph: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the weights of heads near training areas, float64 (heads,).

    The graph branch passes the class of an area on from superpixel to superpixel, and
    the fused head sees that as well. The convolution branch sees a few pixels only.

    Args:
        fused: bool (heads,), which is the fused head.
        graph: bool (heads,), which is the graph branch's; nowhere without it.
    """
    share = GRAPH_NEAR_AREAS if graph.any() else 0.0
    return share * graph + (1 - share) * fused


def mean_correlation(
    labelled: NDArray[np.bool_], range_pixels: float, seed: int
) -> float:
    """Return how alike a map's pixels and the nearest labelled ones are, 0..1.

    With an exponential semivariogram that reaches half of its sill at L, pixels at a
    distance of d correlate by 2^(-d / L).

    Args:
        labelled: bool (H, W), where a training area is.
        range_pixels: L, in pixels, above 0.
        seed: Seed of the pixels that stand for the map.
    """
    tree = cKDTree(np.argwhere(labelled))
    rng = np.random.default_rng([seed, 6])
    height, width = labelled.shape
    places = rng.uniform(0, (height, width), (_PLACES, 2)).astype(np.int64)
    distances, _ = tree.query(places)
    return float(np.exp2(-distances / range_pixels).mean())


def share_left_open(
    logits: NDArray[np.float32], targets: NDArray[np.int64], areas: NDArray[np.int64]
) -> float:
    """Return how much of the score is left open, 0..1; 1 from `FULLY_OPEN` on.

    Where logits are nearly always right on areas held out, little can go wrong.

    Args:
        logits: float (n, K).
        targets: integer (n,), classes 0..K-1.
        areas: integer (n,), number of the area of each.
    """
    left_open = 1 - float(head_scores(logits[None], targets, areas)[0])
    return min(left_open / FULLY_OPEN, 1.0)


def _support(scores: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Return weights that grow exponentially with scores (n,), with a sum of 1."""
    grown = np.exp(sharpness * (scores - scores.max()))
    found: NDArray[np.float64] = grown / grown.sum()
    return found


def head_scores(
    probabilities: NDArray[np.float32],
    targets: NDArray[np.int64],
    areas: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return how often each head or ensemble is right, float64 (heads,), 0..1.

    Half of it is the share of right pixels; for the other half classes have equal
    weight, and areas within a class.

    Args:
        probabilities: float (heads, n, K), or logits.
        targets: integer (n,), classes 0..K-1.
        areas: integer (n,), number of the area of each pixel.
    """
    right = probabilities.argmax(axis=2) == targets
    weights = area_weights(targets, areas)
    found: NDArray[np.float64] = (right.mean(axis=1) + right @ weights) / 2
    return found


def area_weights(
    targets: NDArray[np.int64], areas: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return weights by which classes count alike, and areas within a class.

    Args:
        targets: integer (n,), classes 0..K-1.
        areas: integer (n,), number of the area of each; an area has one class.

    Returns:
        float64 (n,), with a sum of 1.
    """
    _, area, sizes = np.unique(areas, return_inverse=True, return_counts=True)
    of_area = np.zeros(len(sizes), np.int64)
    of_area[area] = targets
    per_class = np.bincount(of_area)
    classes = np.count_nonzero(per_class)
    found: NDArray[np.float64] = 1 / (sizes[area] * per_class[of_area[area]] * classes)
    return found


def pool(
    probabilities: NDArray[np.float32], weights: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return the logits of the weighted mean of log probabilities, float32 (n, K)."""
    logs = np.log(probabilities.astype(np.float64) + FLOOR)
    pooled = np.tensordot(weights, logs, axes=1)
    pooled -= pooled.max(axis=1, keepdims=True)
    pooled -= np.log(np.exp(pooled).sum(axis=1, keepdims=True))
    return pooled.astype(np.float32)
