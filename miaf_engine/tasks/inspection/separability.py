"""How well classes are separable by their spectra: Jeffries-Matusita distance.

Richards & Jia (2006), Remote Sensing Digital Image Analysis, 4th ed., section 10.2: 0
where two classes are identical, towards 2 where they never meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from miaf_engine.preprocessing.projection import Projection

MOST_COMPONENTS = 10
# Below 1.7 classes are confused often, below 1.0 more often than not.
POOR, HOPELESS = 1.7, 1.0
_MOST_OF_A_CLASS = 1000  # pixels that the components are found on

Points = NDArray[np.float64]
FEWEST_AREAS = 4

# About the chance that a sound class has an area called an outlier, if its areas differ
# as a normal distribution says along one direction; with more directions it is smaller.
CHANCE = 0.01

# Classes lend each other this many degrees of freedom for how much areas differ.
_LENT = 3


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
        all classes can say about a covariance.
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


@dataclass(frozen=True)
class Outlier:
    """An area far from the others of its class.

    Attributes:
        area: Its number, as in `areas`.
        distance: How far it lies from their centre, in standard deviations of theirs.
        nearest: Class, from 1, whose areas it lies nearest to.
    """

    area: int
    distance: float
    nearest: int


def outlier_areas(
    points: Points, classes: NDArray[np.integer], areas: NDArray[np.integer]
) -> list[Outlier]:
    """Compare the mean of each area with those of the other areas of its class.

    Areas join the class one by one, the nearest first, from the half of them that lies
    nearest to the median (a forward search, Hadi 1992): an area is an outlier, and all
    that lie farther, if its distance to the mean of those before it exceeds the bound
    of Student's t, so that several outliers cannot hide each other. Spreads below the
    usual one of the classes count as that one.

    Args:
        points: float64 (n, D), components of labelled pixels.
        classes: integer (n,), class of each from 1.
        areas: integer (n,), number of the area of each.

    Returns:
        The outliers of classes with at least `FEWEST_AREAS` areas, the farthest first.
    """
    if len(points) == 0:
        return []
    means = _means(points, classes, areas)
    kinds = np.unique(means.classes)
    centres = {
        k: np.median(means.places[means.classes == k], axis=0) for k in kinds.tolist()
    }
    members = [np.flatnonzero(means.classes == k) for k in kinds]
    large = [own for own in members if len(own) >= FEWEST_AREAS]
    spreads = [_core_variance(means.places[own]) for own in large]
    found: list[Outlier] = []
    for i, own in enumerate(large):
        others = spreads[:i] + spreads[i + 1 :]
        usual = float(np.median(others)) if others else 0.0
        for place, distance in _far(means, own, usual, lent=_LENT if others else 0):
            apart = {
                k: float(np.linalg.norm(means.places[place] - centre))
                for k, centre in centres.items()
            }
            nearest = min(apart, key=lambda k: apart[k])
            found.append(Outlier(int(means.numbers[place]), distance, nearest))
    return sorted(found, key=lambda item: -item.distance)


@dataclass(frozen=True, eq=False)
class _Means:
    """Means of areas in units of the spread of pixels within areas."""

    places: Points  # (m, D)
    noise: NDArray[np.float64]  # (m,), variance of each mean, from its pixels alone
    numbers: NDArray[np.integer]
    classes: NDArray[np.integer]


def _means(
    points: Points, classes: NDArray[np.integer], areas: NDArray[np.integer]
) -> _Means:
    numbers, first, place, counts = np.unique(
        areas, return_index=True, return_inverse=True, return_counts=True
    )
    kinds = classes[first]
    if len(points) - len(numbers) < 5 * points.shape[1]:  # as where areas are points
        metric = np.diag(1 / np.sqrt(_robust_variances(points, classes)))
        noise = np.zeros(len(numbers))
    else:
        order = np.argsort(place, kind="stable")
        parts = np.split(points[order], np.cumsum(counts)[:-1])
        values, vectors = np.linalg.eigh(pooled_covariance(parts))
        metric = vectors / np.sqrt(values)
        noise = points.shape[1] / counts
    sums = np.zeros((len(numbers), points.shape[1]))
    np.add.at(sums, place, points @ metric)
    return _Means(sums / counts[:, None], noise, numbers, kinds)


def _robust_variances(points: Points, classes: NDArray[np.integer]) -> Points:
    """Return the variance of each component within classes, from medians (MAD)."""
    away = points.copy()
    for kind in np.unique(classes):
        away[classes == kind] -= np.median(points[classes == kind], axis=0)
    deviation = 1.4826 * np.median(np.abs(away), axis=0)
    return np.asarray(np.maximum(np.square(deviation), 1e-12))


def _core_variance(places: Points) -> float:
    """Return the variance of the half of the places nearest to the median."""
    core = places[_ranked(places)[: len(places) // 2 + 1]]
    return float(np.square(core - core.mean(axis=0)).sum() / (len(core) - 1))


def _ranked(places: Points) -> NDArray[np.intp]:
    away = np.linalg.norm(places - np.median(places, axis=0), axis=1)
    return np.argsort(away, kind="stable")


def _far(
    means: _Means, own: NDArray[np.intp], usual: float, *, lent: int
) -> list[tuple[int, float]]:
    """Return the positions and distances of the outliers of one class."""
    order = own[_ranked(means.places[own])]
    for count in range(len(own) // 2 + 1, len(own)):
        core, rest = means.places[order[:count]], order[count:]
        centre = core.mean(axis=0)
        variance = np.square(core - centre).sum() / (count - 1)
        away = np.linalg.norm(means.places[rest] - centre, axis=1)
        # Small areas have noisier means than those that the variance is from.
        noise = np.maximum(means.noise[rest] - means.noise[order[:count]].mean(), 0)
        spread = np.sqrt(max(variance, usual) * (1 + 1 / count) + noise)
        score = away / np.maximum(spread, 1e-12)
        bound = stdtrit(count - 1 + lent, 1 - CHANCE / (2 * len(own)))
        if score.min() > bound:
            return [(int(p), float(s)) for p, s in zip(rest, score, strict=True)]
        # The nearest joins, and the order of the others follows from the new centre.
        order = np.concatenate([order[:count], rest[np.argsort(score, kind="stable")]])
    return []
