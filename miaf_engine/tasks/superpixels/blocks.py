"""A cube of any size cut into superpixels, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import CubeReader
from miaf_engine.grid import Window
from miaf_engine.labels.ground_area import PixelSizes
from miaf_engine.labels.polygons import outlines
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.preprocessing.superpixel_statistics import (
    SuperpixelStatistics,
    measure,
)
from miaf_engine.preprocessing.superpixels import segment
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import SegmentationConfig
from miaf_engine.translation import tr

_SHIFTS = (-1, 0, 1)  # a side, and the two corners


class Seams:
    """Remembers the edges of the blocks seen, which come row by row from the left.

    Args:
        width: Columns of the scene.
    """

    def __init__(self, width: int) -> None:
        self._above = np.full(width, -1, np.int64)
        self._below = self._above.copy()
        self._left: NDArray[np.int64] | None = None

    def pairs(self, window: Window, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which superpixels of a block touch which of the blocks before.

        Args:
            window: Where the block lies in the scene.
            numbers: int64 (h, w), number of each pixel's superpixel in the scene; -1
                for none.

        Returns:
            int64 (E, 2), one of this block and one of another; each pair once.
        """
        if window.column == 0:
            self._above, self._below = self._below, np.full_like(self._above, -1)
            self._left = None
        found = [_touching(numbers[0], self._above, window.column)]
        if self._left is not None:
            found.append(_touching(numbers[:, 0], self._left, 0))
        self._left = numbers[:, -1].copy()
        self._below[window.column : window.column + window.width] = numbers[-1]
        return np.unique(np.concatenate(found), axis=0)


def _touching(
    line: NDArray[np.int64], other: NDArray[np.int64], start: int
) -> NDArray[np.int64]:
    """Return pairs across a seam; place 0 of `line` is beside `start` of `other`."""
    places = np.arange(len(line)) + start
    found = []
    for shift in _SHIFTS:
        beside = places + shift
        there = (beside >= 0) & (beside < len(other))
        pairs = np.stack([line[there], other[beside[there]]], axis=1)
        found.append(pairs[(pairs >= 0).all(axis=1)])
    return np.concatenate(found)


@dataclass(frozen=True, eq=False)
class Block:
    """The superpixels of one block.

    Attributes:
        window: Where the block lies.
        first: Number of its first superpixel in the scene, from 1.
        polygons: object (N,), outlines in map coordinates.
        statistics: Figures of each.
        inner: int64 (E, 2), numbers in the scene of those that touch, both ways.
        seams: int64 (E, 2), those of this block and of earlier ones that touch.
        open: bool (N,), whether later blocks may touch it.
    """

    window: Window
    first: int
    polygons: NDArray[np.object_]
    statistics: SuperpixelStatistics
    inner: NDArray[np.int64]
    seams: NDArray[np.int64]
    open: NDArray[np.bool_]


@dataclass(frozen=True)
class SuperpixelCutter:
    """All it takes to cut an open cube into superpixels.

    Attributes:
        reader: The open cube.
        bands: 0-based positions of the bands used.
        normalisation: What their spectra go through.
        projection: Components that the superpixels are made from.
        config: Size and shape of the superpixels.
        sizes: How large the pixels are.
        band_means: Whether the means of the bands are kept.
    """

    reader: CubeReader
    bands: Sequence[int]
    normalisation: Normalisation
    projection: Projection
    config: SegmentationConfig
    sizes: PixelSizes
    band_means: bool

    def blocks(self, windows: Sequence[Window], progress: Progress) -> Iterator[Block]:
        """Yield the blocks that have valid pixels, in the order of the windows.

        Args:
            windows: Windows that cover the cube once, row by row.
            progress: Stepped once a block.

        Raises:
            Cancelled: The caller asked to stop.
        """
        seams, first = Seams(self.reader.grid.width), 1
        for done, window in enumerate(windows):
            share = done / len(windows)
            progress.step(
                share, tr("Dividing, {share:.0%} of the scene").format(share=share)
            )
            block = self._block(window, first, seams)
            if block is not None:
                yield block
                first += len(block.polygons)

    def _block(self, window: Window, first: int, seams: Seams) -> Block | None:
        cube = self.reader.read(window, self.bands)
        if not cube.valid.any():
            seams.pairs(window, np.full(cube.valid.shape, -1, np.int64))
            return None
        scene = self.normalisation.apply(cube.values, cube.valid, cube.grid)
        segments = segment_joined(self.projection.apply(scene), cube.valid, self.config)
        statistics = measure(
            segments,
            cube.values,
            scene,
            self.sizes.within(window),
            band_means=self.band_means,
        )
        del cube, scene  # as large as all else together
        numbers = np.where(segments < 0, -1, segments + np.int64(first))
        edges = build_graph(segments).edges
        inner = edges[:, edges[0] != edges[1]].T + first
        return Block(
            window,
            first,
            outlines(segments, window, self.reader.grid),
            statistics,
            inner,
            seams.pairs(window, numbers),
            self._open(segments, window),
        )

    def _open(self, segments: NDArray[np.int32], window: Window) -> NDArray[np.bool_]:
        """Return which superpixels lie at a seam beyond which blocks are to come."""
        grid, ends = self.reader.grid, []
        if window.row + window.height < grid.height:
            ends.append(segments[-1])
        if window.column + window.width < grid.width:
            ends.append(segments[:, -1])
        found = np.zeros(int(segments.max()) + 1, bool)
        for line in ends:
            found[line[line >= 0]] = True
        return found


def segment_joined(
    projected: NDArray[np.float32],
    valid: NDArray[np.bool_],
    config: SegmentationConfig,
) -> NDArray[np.int32]:
    """Cut a block into superpixels, each joined by the sides of its pixels.

    Args:
        projected: float32 (D, H, W), finite.
        valid: bool (H, W), somewhere True.
        config: Size and shape of the superpixels.

    Returns:
        int32 (H, W): superpixel 0..N-1 in the order of their first pixels; -1 where
        not valid.
    """
    from skimage.measure import label

    found = segment(projected, valid, config.pixels_per_superpixel, config.compactness)
    # Joined by construction, whatever slic did, so that each is one polygon.
    joined = label(found + 1, background=0, connectivity=1)
    return np.asarray(joined - 1, np.int32)
