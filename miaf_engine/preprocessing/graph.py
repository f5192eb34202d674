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
    labels = segments.astype(np.int64)
    shifted = (
        (labels[:, :-1], labels[:, 1:]),  # right
        (labels[:-1], labels[1:]),  # below
        (labels[:-1, :-1], labels[1:, 1:]),  # below right
        (labels[:-1, 1:], labels[1:, :-1]),  # below left
    )
    found = [np.arange(nodes, dtype=np.int64) * (nodes + 1)]  # each with itself
    for one, other in shifted:
        touching = (one != other) & (one >= 0) & (other >= 0)
        a, b = one[touching], other[touching]
        found += [a * nodes + b, b * nodes + a]
    codes = np.unique(np.concatenate(found))
    edges = np.stack([codes // max(nodes, 1), codes % max(nodes, 1)])
    return SuperpixelGraph(labels.ravel(), edges, nodes)
