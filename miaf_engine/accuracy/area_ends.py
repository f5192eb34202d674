"""Where an area is cut, and what lies near a cut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BoolMap = NDArray[np.bool_]
IntMap = NDArray[np.int64]

GAP = 2  # pixels between the sides of a divided area, and between blocks


def near(mask: BoolMap, distance: int) -> BoolMap:
    """Return bool (H, W), true within `distance` rows and columns of a true pixel."""
    for axis in (0, 1):
        source = np.moveaxis(mask, axis, 0)
        grown = source.copy()
        for step in range(1, distance + 1):
            grown[step:] |= source[:-step]
            grown[:-step] |= source[step:]
        mask = np.moveaxis(grown, 0, axis)
    return mask


def along_longer_axis(rows: IntMap, columns: IntMap) -> NDArray[np.float64]:
    """Return how far along the longer axis of an area each of its pixels lies, (n,)."""
    y, x = rows - rows.mean(), columns - columns.mean()
    # Direction of the largest variance; in closed form it has no arbitrary sign.
    angle = 0.5 * np.arctan2(2 * (x @ y), x @ x - y @ y)
    along: NDArray[np.float64] = np.round(x * np.cos(angle) + y * np.sin(angle), 6)
    return along


def far_end(
    rows: IntMap, columns: IntMap, share: float, *, turned: bool
) -> tuple[BoolMap, BoolMap]:
    """Cut one area across its longer axis, with a gap where there is room.

    Args:
        rows: int64 (n,), row of each pixel.
        columns: int64 (n,), column of each pixel.
        share: Share to take, 0..1.
        turned: Whether to take the other end.

    Returns:
        bool (n,) of the pixels taken, and of those kept.
    """
    along = along_longer_axis(rows, columns) * (-1 if turned else 1)
    count = min(max(round(share * len(along)), 1), len(along) - 1)
    start = max(np.sort(along)[-count], np.unique(along)[1])
    taken = along >= start
    enough = (~taken).sum() / 2
    for gap in range(GAP, -1, -1):
        kept = along < start - gap
        if kept.sum() >= enough:
            break
    return taken, kept
