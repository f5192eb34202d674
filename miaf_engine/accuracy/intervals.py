"""Confidence intervals of shares, of single pixels and of pixels that come in areas.

Pixels of one area are alike, so they are not as many samples as there are pixels. For
them the interval is Wilson's on the effective sample size (Korn & Graubard 1998,
Survey Methodology 24:193-201): the number of independent pixels whose share would vary
as much as the delete-one-area jackknife says that this one does. The simulation that
chose it is in docs/accuracy.md.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

LEVEL = 0.95
DOUBT = (
    0.5  # of an average area, half of it right, that is counted in beside the others
)
Interval = tuple[float, float]
Numbers = NDArray[np.int64] | NDArray[np.float64]
UNKNOWN: Interval = (math.nan, math.nan)


def wilson_interval(successes: int, trials: int, level: float = LEVEL) -> Interval:
    """Return the score interval of a proportion.

    Wilson (1927), Journal of the American Statistical Association 22:209-212. It
    stays within 0..1 and holds for small counts and for proportions near 0 or 1.

    Args:
        successes: Number of trials that succeeded.
        trials: Number of independent trials.
        level: Wanted coverage, 0..1.

    Returns:
        Lower and upper end, NaN without a trial.
    """
    if trials == 0:
        return UNKNOWN
    return _score_interval(successes / trials, trials, normal_quantile(level))


def area_interval(
    right: NDArray[np.int64], sizes: NDArray[np.int64], level: float = LEVEL
) -> Interval:
    """Return the interval of a share of pixels that come in areas.

    Args:
        right: int64 (A,), pixels of each area that are right.
        sizes: int64 (A,), pixels of each area; areas without one do not count.
        level: Wanted coverage, 0..1.

    Returns:
        Lower and upper end; NaN for fewer than two areas. Where all pixels are right,
        or none is, each area counts as one trial. Else half an area of average size
        is counted in, half of it right, as Agresti & Coull (1998, The American
        Statistician 52:119-126) add trials: where few areas are wrong, a sample
        without one of them would say too little of how areas differ.
    """
    right, sizes = right[sizes > 0], sizes[sizes > 0]
    count = len(sizes)
    if count < 2:
        return UNKNOWN
    total = int(sizes.sum())
    share = int(right.sum()) / total
    if share in (0.0, 1.0):
        return _score_interval(share, count, student_quantile(count - 1, level))
    doubt = DOUBT * total / count
    low, high = _interval_of_areas(
        np.append(right, doubt / 2), np.append(sizes, doubt), level
    )
    return min(low, share), max(high, share)


def _interval_of_areas(right: Numbers, sizes: Numbers, level: float) -> Interval:
    """Return the interval of areas of which some pixels are right, and some wrong."""
    count, total = len(sizes), float(sizes.sum())
    share = float(right.sum()) / total
    moves = jackknife_moves(right, sizes)
    variance = (count - 1) / count * float(moves @ moves)
    # No more than there are pixels: areas may be more even than chance has them.
    effective = min(share * (1 - share) / variance, total) if variance else total
    freedom = degrees_of_freedom(moves, sizes)
    return _score_interval(share, effective, student_quantile(freedom, level))


def mean_interval(
    gains: NDArray[np.int64], sizes: NDArray[np.int64], level: float = LEVEL
) -> Interval:
    """Return the interval of gains per pixel, as `area_interval`, of any sign.

    Args:
        gains: int64 (A,), what each area adds, from minus to plus its size.
        sizes: int64 (A,), pixels of each area.
        level: Wanted coverage, 0..1.
    """
    gains, sizes = gains[sizes > 0], sizes[sizes > 0]
    count = len(sizes)
    if count < 2:
        return UNKNOWN
    moves = jackknife_moves(gains, sizes)
    error = math.sqrt((count - 1) / count * float(moves @ moves))
    margin = student_quantile(degrees_of_freedom(moves, sizes), level) * error
    mean = int(gains.sum()) / int(sizes.sum())
    return max(mean - margin, -1.0), min(mean + margin, 1.0)


def jackknife_moves(parts: Numbers, sizes: Numbers) -> NDArray[np.float64]:
    """Return how far the ratio of sums moves when each of the areas is left out."""
    part, size = parts.sum(), sizes.sum()
    moves: NDArray[np.float64] = (part - parts) / (size - sizes) - part / size
    return moves


def degrees_of_freedom(moves: NDArray[np.float64], sizes: Numbers) -> float:
    """Return how much a jackknife variance is worth, from 1 to the areas less one.

    The smaller of two: of areas as many as weigh like these do (Kish's effective
    number), and of a variance that varies as the fourth powers say (Satterthwaite).
    """
    squares = moves**2
    count, total = len(sizes), float(squares.sum())
    spread = float(squares @ squares) - total * total / count
    by_moves = 2 * total * total / spread if spread > 0 else math.inf
    weights = sizes / sizes.sum()
    return max(min(by_moves, 1 / float(weights @ weights) - 1, count - 1), 1.0)


def normal_quantile(level: float = LEVEL) -> float:
    """Return the standard errors to either side that hold `level`, 1.96 for 95 %."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def student_quantile(freedom: float, level: float = LEVEL) -> float:
    """Return the same of Student's t distribution."""
    return float(stdtrit(freedom, 0.5 + level / 2))


def _score_interval(share: float, trials: float, quantile: float) -> Interval:
    """Return Wilson's interval for a share of trials, whole or effective."""
    square = quantile * quantile
    centre = share + square / (2 * trials)
    variance = share * (1 - share) / trials + (quantile / (2 * trials)) ** 2
    spread = quantile * math.sqrt(variance)
    low, high = ((centre + d * spread) / (1 + square / trials) for d in (-1, 1))
    # Rounding must not move the ends that are exact.
    return (low if share > 0 else 0.0), (high if share < 1 else 1.0)
