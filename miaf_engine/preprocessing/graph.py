"""The graph of a segmentation: which superpixel a pixel is in, and which touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SuperpixelGraph:
    """Superpixels and their neighbours, linear in the number of pixels.

    Attributes:
        node_of: int64 (P,), row by row: superpixel of each pixel; -1 where not valid
            (the assignment matrix Q of the paper, one integer a pixel).
        edges: int64 (2, E), sorted: every pair of superpixels that share a side or a
            corner, in both directions, and each superpixel with itself (M).
        nodes: Number of superpixels.
    """

    node_of: NDArray[np.int64]
    edges: NDArray[np.int64]
    nodes: int


def build_graph(segments: NDArray[np.int32]) -> SuperpixelGraph:
    """Find the neighbours of each superpixel.

    Args:
        segments: int32 (H, W), superpixel 0..N-1 or -1 where not valid.
    """
    nodes = int(segments.max()) + 1
    shifted = (
        (segments[:, :-1], segments[:, 1:]),  # right
        (segments[:-1], segments[1:]),  # below
        (segments[:-1, :-1], segments[1:, 1:]),  # below right
        (segments[:-1, 1:], segments[1:, :-1]),  # below left
    )
    found = []
    for one, other in shifted:
        touching = one != other
        a, b = one[touching], other[touching]
        low, high = np.minimum(a, b), np.maximum(a, b)
        found.append(low[low >= 0] * np.int64(nodes) + high[low >= 0])
    # A few pairs are left of very many, and only these are mirrored.
    low, high = np.divmod(_distinct(np.concatenate(found)), max(nodes, 1))
    itself = np.arange(nodes, dtype=np.int64) * (nodes + 1)
    codes = np.concatenate([itself, low * nodes + high, high * nodes + low])
    codes.sort()
    edges = np.stack(np.divmod(codes, max(nodes, 1)))
    return SuperpixelGraph(segments.astype(np.int64).ravel(), edges, nodes)


def _distinct(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the different values in ascending order.

    As `np.unique`, whose hash table takes several times as long as sorting.
    """
    codes.sort()
    first = np.ones(len(codes), bool)
    np.not_equal(codes[1:], codes[:-1], out=first[1:])
    return codes[first]
