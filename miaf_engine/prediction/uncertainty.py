"""Class, confidence, entropy and margin of a map, from its probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def most_likely(
    probabilities: NDArray[np.float32],
) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
    """Return the most likely class and its probability.

    Args:
        probabilities: float32 (K, H, W), NaN where nodata.

    Returns:
        Classes 1..K as uint16 (H, W), 0 where nodata; confidence float32 (H, W), NaN
        where nodata.
    """
    valid = ~np.isnan(probabilities[0])
    known = np.where(valid, probabilities, -1.0)
    classes = np.where(valid, known.argmax(axis=0) + 1, 0).astype(np.uint16)
    confidence = np.where(valid, known.max(axis=0), np.nan).astype(np.float32)
    return classes, confidence


def entropy(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how evenly the probability is spread, 0 (one class) to 1 (all equal).

    Shannon's entropy divided by the logarithm of the number of classes, so that maps
    of different classes compare.

    Args:
        probabilities: float32 (K, H, W), NaN where nodata.

    Returns:
        float32 (H, W), NaN where nodata.
    """
    from scipy.special import entr

    total = np.zeros(probabilities.shape[1:])
    for share in probabilities:  # class by class: a tile of all classes is large
        total += entr(share)
    most = np.log(len(probabilities)) or 1.0
    return np.clip(total / most, 0.0, 1.0).astype(np.float32)


def margin(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the lead of the most likely class over the next, 0 (a tie) to 1.

    Args:
        probabilities: float32 (K, H, W), NaN where nodata.

    Returns:
        float32 (H, W), NaN where nodata.
    """
    first: NDArray[np.float32] = np.zeros(probabilities.shape[1:], dtype=np.float32)
    second: NDArray[np.float32] = first.copy()
    for share in probabilities:
        second = np.maximum(second, np.minimum(first, share))
        first = np.maximum(first, share)
    return first - second
