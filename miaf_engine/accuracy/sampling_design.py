"""How large a reference sample must be, how it is shared out, and the draw itself.

Sizes after Cochran (1977, *Sampling Techniques*, equation 5.25) as Olofsson et al.
(2014, Remote Sensing of Environment 148:42-57) have it in their equation 13, shares
after their section 5.1. Their worked example is a test.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.area_estimates import ERRORS

FEWEST = 2  # points of a stratum; one alone says nothing of how points differ
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def sample_size(
    pixels: IntArray, expected: FloatArray, half_width: float, *, stratified: bool
) -> int:
    """Return how many points give the overall accuracy to a half width.

    Args:
        pixels: int64 (H,), size of each class in the map, all above 0.
        expected: float64 (H,), user's accuracy expected of each, 0..1.
        half_width: Of the 95 % interval, as a fraction; 1.96 standard errors.
        stratified: Whether points are drawn in each class; if not, over the whole map.
    """
    total = int(pixels.sum())
    weights = pixels / total
    if not stratified:
        weights, expected = np.ones(1), np.array([weights @ expected])
    deviations = np.sqrt(expected * (1 - expected))
    error = half_width / ERRORS
    mean, square = float(weights @ deviations), float(weights @ deviations**2)
    return min(math.ceil(mean**2 / (error**2 + square / total)), total)


def allocate(count: int, pixels: IntArray, allocation: str, minimum: int) -> IntArray:
    """Share out points among the classes of a map.

    `equal` gives each the same; `proportional` shares by size; `compromise` gives
    classes whose share would be below the minimum that minimum, and shares out the
    rest among the others by size. No class gets fewer than the minimum, where it has
    so many pixels, so that the sum may be larger than `count`.

    Args:
        count: Number of points.
        pixels: int64 (H,), size of each class in the map, all above 0.
        allocation: One of `ALLOCATIONS` of the request.
        minimum: Fewest points of a class.

    Returns:
        int64 (H,), points of each class.
    """
    least = max(minimum, FEWEST)
    if allocation == "equal":
        shares = np.full(len(pixels), count / len(pixels))
    elif allocation == "proportional":
        shares = count * pixels / pixels.sum()
    else:
        shares = _compromise(count, pixels, least)
    wanted = np.maximum(np.floor(shares + 0.5).astype(np.int64), least)
    return np.minimum(wanted, pixels)


def _compromise(count: int, pixels: IntArray, least: int) -> FloatArray:
    """Give small classes the least, and the others the rest by their size."""
    small = np.zeros(len(pixels), bool)
    while not small.all():
        rest = max(count - least * int(small.sum()), 0)
        shares = np.where(small, least, rest * pixels / pixels[~small].sum())
        found = small | (shares < least)
        if np.array_equal(found, small):
            return shares
        small = found
    return np.full(len(pixels), float(least))


def expected_half_width(
    points: IntArray, pixels: IntArray, expected: FloatArray
) -> float:
    """Return the half width of the overall accuracy that points will give.

    Args:
        points: int64 (H,), points of each stratum, at least 1.
        pixels: int64 (H,), size of each.
        expected: float64 (H,), user's accuracy expected of each, 0..1.
    """
    weights = pixels / pixels.sum()
    variances = expected * (1 - expected) / points * (1 - points / pixels)
    return ERRORS * float(np.sqrt((weights**2 * variances).sum()))


@dataclass(frozen=True, eq=False)
class Draw:
    """Pixels drawn at random, in random order.

    Attributes:
        rows: intp (n,).
        columns: intp (n,).
        strata: int64 (n,), stratum 0..H-1.
        pixels: int64 (H,), size of each stratum in the map.
        probabilities: float64 (H,), chance of a pixel of each stratum to be drawn.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    strata: IntArray
    pixels: IntArray
    probabilities: FloatArray

    @property
    def points(self) -> IntArray:
        """Points of each stratum, int64 (H,)."""
        return np.bincount(self.strata, minlength=len(self.pixels)).astype(np.int64)


def draw_stratified(
    classes: NDArray[np.integer],
    values: IntArray,
    points: IntArray,
    rng: np.random.Generator,
) -> Draw:
    """Draw pixels of each class without replacement.

    Args:
        classes: integer (H, W), class of each pixel.
        values: int64 (H,), the classes to draw from, each with pixels.
        points: int64 (H,), how many of each.
        rng: Source of chance.
    """
    flat = classes.ravel()
    drawn, pixels = [], []
    for value, count in zip(values.tolist(), points.tolist(), strict=True):
        places = np.flatnonzero(flat == value)
        pixels.append(len(places))
        drawn.append(rng.choice(places, count, replace=False))
    strata = np.repeat(np.arange(len(values)), points)
    sizes = np.array(pixels, np.int64)
    return _shuffled(np.concatenate(drawn), strata, sizes, points / sizes, classes, rng)


def draw_simple(
    classes: NDArray[np.integer], count: int, rng: np.random.Generator
) -> Draw:
    """Draw pixels over the whole map without replacement, 0 left out."""
    places = np.flatnonzero(classes.ravel())
    chosen = rng.choice(places, count, replace=False)
    return _whole_map(chosen, len(places), count / len(places), classes, rng)


def draw_systematic(
    classes: NDArray[np.integer], count: int, rng: np.random.Generator
) -> Draw:
    """Take the pixels under a square lattice with a random start, 0 left out.

    The lattice is as wide as gives `count` points on average; how many it is depends
    on the start.
    """
    pixels = int(np.count_nonzero(classes))
    step = math.sqrt(pixels / count)  # at least 1, so that no pixel is taken twice
    lines = [
        np.arange(start, length, step).astype(np.intp)
        for start, length in zip(rng.uniform(0, step, 2), classes.shape, strict=True)
    ]
    rows, columns = (part.ravel() for part in np.meshgrid(*lines, indexing="ij"))
    places = np.ravel_multi_index((rows, columns), classes.shape)
    chosen = places[classes.ravel()[places] > 0]
    return _whole_map(chosen, pixels, count / pixels, classes, rng)


def _whole_map(
    chosen: NDArray[np.intp],
    pixels: int,
    probability: float,
    classes: NDArray[np.integer],
    rng: np.random.Generator,
) -> Draw:
    strata, sizes = np.zeros(len(chosen), np.int64), np.array([pixels], np.int64)
    return _shuffled(chosen, strata, sizes, np.array([probability]), classes, rng)


def _shuffled(
    places: NDArray[np.intp],
    strata: IntArray,
    pixels: IntArray,
    probabilities: FloatArray,
    classes: NDArray[np.integer],
    rng: np.random.Generator,
) -> Draw:
    """Return a draw in random order."""
    order = rng.permutation(len(places))
    rows, columns = np.unravel_index(places[order], classes.shape)
    return Draw(rows, columns, strata[order], pixels, probabilities)
