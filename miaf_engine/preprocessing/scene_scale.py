"""The scale of a scene: how far pixels resemble each other, and superpixels to match.

Fields of a farm scene are tens of pixels wide, roofs in a city a few. The semivariogram
of the scene's leading components says which, without labels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Components that tell covers apart; further ones are mostly noise, whose semivariogram
# is flat.
COMPONENTS = 3
# Beyond this range superpixels grow no more: they would span what lies between fields.
LARGEST_RANGE = 10.0
SMALLEST_SUPERPIXEL = 4  # pixels, the least that the setting takes


def half_sill_range(
    scenes: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]],
) -> float:
    """Return the distance at which the semivariogram reaches half of its sill.

    With z a pixel's components, all windows and both axes pooled,

        gamma(h) = mean |z(x) - z(x + h)|^2 / 2,   sill = mean |z - mean z|^2

    (Matheron 1963, Principles of geostatistics). The distance between whole pixels is
    interpolated.

    Args:
        scenes: Windows of the scene: components float32 (D, H, W), and bool (H, W)
            where they are valid.

    Returns:
        The range in pixels, from 0 to `LARGEST_RANGE`; that where half of the sill
        is not reached, or nothing varies.
    """
    pixels = np.concatenate([image[:, valid] for image, valid in scenes], axis=1)
    sill = float(pixels.var(axis=1, dtype=np.float64).sum())
    before, reached = 0.0, sill / 2
    for lag in range(1, math.ceil(LARGEST_RANGE) + 1):
        found = _semivariance(scenes, lag)
        if found is None or sill <= 0:
            break
        if found >= reached:
            return min(lag - (found - reached) / (found - before), LARGEST_RANGE)
        before = found
    return LARGEST_RANGE


def superpixel_sizes(range_pixels: float, count: int) -> tuple[int, ...]:
    """Return mean sizes of superpixels for a scene's scale, small to large.

    The middle one is a square as wide as the range, and each is twice the one before.

    Args:
        range_pixels: As `half_sill_range` returns it.
        count: Number of scales.

    Returns:
        Sizes in pixels, `SMALLEST_SUPERPIXEL` or more.
    """
    steps = (2.0 ** (scale - (count - 1) / 2) for scale in range(count))
    sizes = (round(range_pixels**2 * step) for step in steps)
    return tuple(max(SMALLEST_SUPERPIXEL, size) for size in sizes)


def _semivariance(
    scenes: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]], lag: int
) -> float | None:
    """Return gamma at a lag of whole pixels along rows and columns; None unknown."""
    total, count = 0.0, 0
    for image, valid in scenes:
        for turned, there in (
            (image, valid),
            (image.transpose(0, 2, 1), valid.T),
        ):
            both = there[lag:] & there[:-lag]
            change = (turned[:, lag:] - turned[:, :-lag])[:, both]
            total += float(np.square(change, dtype=np.float64).sum())
            count += int(both.sum())
    return total / count / 2 if count else None
