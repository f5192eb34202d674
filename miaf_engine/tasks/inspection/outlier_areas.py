"""Finds areas whose spectra lie far from those of the other areas of their class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from miaf_engine.tasks.inspection.separability import Points, pooled_covariance

FEWEST_AREAS = 4
# About the chance that a sound class has an area called an outlier, if its areas differ
# as a normal distribution says along one direction; with more directions it is smaller.
CHANCE = 0.01
# Classes lend each other this many degrees of freedom for how much areas differ.
_LENT = 3


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


@dataclass(frozen=True, eq=False)
class _Means:
    """Means of areas in units of the spread of pixels within areas."""

    places: Points  # (m, D)
    noise: NDArray[np.float64]  # (m,), variance of each mean, from its pixels alone
    numbers: NDArray[np.integer]
    classes: NDArray[np.integer]


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
