"""How well classes can be told apart by their spectra: Jeffries-Matusita distance.

Richards & Jia (2006), Remote Sensing Digital Image Analysis, 4th ed., section 10.2: 0
where two classes are alike, towards 2 where they never meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.preprocessing.projection import Projection

MOST_COMPONENTS = 10
# Below 1.7 classes are confused often, below 1.0 more often than not told apart.
POOR, HOPELESS = 1.7, 1.0
_MOST_OF_A_CLASS = 1000  # pixels that the components are found on

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Separability:
    """Distances between the classes.

    Attributes:
        distances: float64 (K, K), 0..2, NaN where a class has no pixel; 0 from a class
            to itself.
        components: Number of components that they were measured on.
    """

    distances: NDArray[np.float64]
    components: int

    def pairs(self) -> list[tuple[int, int, float]]:
        """Return each two classes (from 0) and their distance, the nearest first."""
        rows, columns = np.triu_indices(len(self.distances), 1)
        found = self.distances[rows, columns]
        return [
            (int(rows[i]), int(columns[i]), float(found[i]))
            for i in np.argsort(found, kind="stable")
            if np.isfinite(found[i])
        ]


def components(spectra: NDArray[np.float32], classes: NDArray[np.integer]) -> Points:
    """Project labelled pixels to a few principal components.

    The components are those of at most 1000 pixels of each class, evenly spread over
    what is given, so that a large class does not choose them alone.

    Args:
        spectra: float32 (n, C) normalised spectra.
        classes: integer (n,), class of each.

    Returns:
        float64 (n, D), D at most `MOST_COMPONENTS`, C, and half of what the pixels of
        all classes can tell of a covariance.
    """
    kinds = np.unique(classes)
    members = [np.flatnonzero(classes == kind) for kind in kinds]
    some = np.concatenate([m[:: -(-len(m) // _MOST_OF_A_CLASS)] for m in members])
    freedom = max((len(classes) - len(kinds)) // 2, 1)
    count = min(MOST_COMPONENTS, spectra.shape[1], freedom)
    projection = Projection.fit_pca(spectra[some], count)
    return np.asarray(spectra.astype(np.float64) @ projection.matrix.T)


def separability(
    points: Points, classes: NDArray[np.integer], count: int
) -> Separability:
    """Measure the distance of each two classes.

    A class's covariance is drawn towards the one that all classes share within
    themselves, as if D + 1 more pixels had shown that one: with few pixels it would be
    singular or far too narrow, and the distance too large.

    Args:
        points: float64 (n, D), components of labelled pixels.
        classes: integer (n,), class 1..K.
        count: K.
    """
    members = [points[classes == k] for k in range(1, count + 1)]
    pooled = pooled_covariance(members)
    shown = [regularised_covariance(own, pooled) for own in members]
    distances = np.full((count, count), np.nan)
    for i, one in enumerate(members):
        for j, other in enumerate(members[: i + 1]):
            if len(one) and len(other):
                distances[i, j] = distances[j, i] = jeffries_matusita(
                    one.mean(axis=0), shown[i], other.mean(axis=0), shown[j]
                )
    return Separability(distances, points.shape[1])


def jeffries_matusita(
    mean: Points, covariance: Points, other_mean: Points, other_covariance: Points
) -> float:
    """Return the distance of two normal distributions, 2 (1 - exp(-B)).

    B is the Bhattacharyya distance, with S the mean of the covariances and d the
    difference of the means: d' S^-1 d / 8 + ln(|S| / sqrt(|S1| |S2|)) / 2.

    Args:
        mean: float64 (D,).
        covariance: float64 (D, D), positive definite.
        other_mean: float64 (D,).
        other_covariance: float64 (D, D), positive definite.
    """
    between = (covariance + other_covariance) / 2
    difference = mean - other_mean
    apart = difference @ np.linalg.solve(between, difference) / 8
    volumes = [
        float(np.linalg.slogdet(matrix)[1])
        for matrix in (between, covariance, other_covariance)
    ]
    shape = (volumes[0] - (volumes[1] + volumes[2]) / 2) / 2
    return float(np.clip(2 * -np.expm1(-(apart + shape)), 0.0, 2.0))


def pooled_covariance(members: list[Points]) -> Points:
    """Return the covariance within groups, positive definite.

    Args:
        members: float64 (n, D) of each group; empty ones do not count.
    """
    size = members[0].shape[1]
    scatter, freedom = np.zeros((size, size)), 0
    for own in members:
        if len(own) > 1:
            centred = own - own.mean(axis=0)
            scatter += centred.T @ centred
            freedom += len(own) - 1
    covariance = scatter / max(freedom, 1)
    # Rounding and noise-free scenes must not make it singular.
    level = max(np.trace(covariance) / size, 1e-12)
    return np.asarray(covariance + 1e-6 * level * np.eye(size))


def regularised_covariance(own: Points, pooled: Points) -> Points:
    """Return a group's covariance, drawn towards the pooled one.

    Args:
        own: float64 (n, D), its points.
        pooled: float64 (D, D).
    """
    if len(own) < 2:
        return pooled
    centred = own - own.mean(axis=0)
    weight = pooled.shape[0] + 1
    freedom = len(own) - 1
    return np.asarray((centred.T @ centred + weight * pooled) / (freedom + weight))
