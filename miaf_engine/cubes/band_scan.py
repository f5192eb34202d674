"""Finds bands that hold one value, or none, where the training areas are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import CubeReader
from miaf_engine.errors import Cancelled
from miaf_engine.grid import Window
from miaf_engine.progress import SILENT, Progress

_SIDE = 512


def empty_bands(
    reader: CubeReader,
    bands: Sequence[int],
    labelled: NDArray[np.bool_],
    progress: Progress = SILENT,
) -> list[int]:
    """Return the bands in which no two pixels near the training areas differ.

    A band that is all nodata would make every pixel invalid, and a constant one tells
    nothing. Blocks that hold training areas are looked at one by one, each only for
    the bands in doubt: with sound bands that is the first block. Where every band is
    without data the pixels are at fault, not the bands, and none is returned.

    Args:
        reader: The open cube.
        bands: Indices of the bands to look at, 0-based.
        labelled: bool (H, W), where a training area is.
        progress: Asked for a cancel.

    Raises:
        Cancelled: The caller asked to stop.
    """
    low = np.full(reader.bands.count, np.inf, np.float32)
    high = -low
    doubtful = list(bands)
    for block in _blocks(labelled):
        if not doubtful:
            break
        if progress.cancelled():
            raise Cancelled
        found = reader.span(block, doubtful)
        low[doubtful] = np.minimum(low[doubtful], found[0])
        high[doubtful] = np.maximum(high[doubtful], found[1])
        doubtful = [band for band in doubtful if not low[band] < high[band]]
    return doubtful if len(doubtful) < len(bands) else []


def _blocks(labelled: NDArray[np.bool_]) -> list[Window]:
    height, width = labelled.shape
    windows = [
        Window(row, column, min(_SIDE, height - row), min(_SIDE, width - column))
        for row in range(0, height, _SIDE)
        for column in range(0, width, _SIDE)
    ]
    return [window for window in windows if labelled[window.slices].any()]
