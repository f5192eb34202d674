"""From pixels to superpixels and back (encoder and decoder Q of the paper)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from miaf_engine.preprocessing.graph import SuperpixelGraph


@dataclass(frozen=True)
class GraphTensors:
    """A superpixel graph on a device, over the valid pixels of a scene.

    Attributes:
        node_of: int64 (V,), superpixel of each valid pixel.
        sizes: float32 (N, 1), pixels in each superpixel.
        edges: int64 (2, E), every neighbour pair both ways, and each with itself.
        pixels: int64 (V,), flat positions of the valid pixels; None where all are.
    """

    node_of: Tensor
    sizes: Tensor
    edges: Tensor
    pixels: Tensor | None

    @classmethod
    def build(
        cls, graph: SuperpixelGraph, device: torch.device | str = "cpu"
    ) -> GraphTensors:
        """Move a graph to a device."""
        node_of = torch.from_numpy(graph.node_of)
        valid = node_of >= 0
        pixels = None if bool(valid.all()) else valid.nonzero()[:, 0]
        node_of = node_of[valid]
        sizes = torch.bincount(node_of, minlength=graph.nodes).float()[:, None]
        return cls(
            node_of.to(device),
            sizes.to(device),
            torch.from_numpy(graph.edges).to(device),
            None if pixels is None else pixels.to(device),
        )


@dataclass(frozen=True)
class Wanted:
    """Pixels whose features are wanted, and those that these follow from.

    The last layers of a scale reach no further than a pixel's superpixel: elsewhere
    they need not be computed.

    Attributes:
        pixels: int64 (n,), the pixels wanted among the valid ones.
        near: int64 (m,), ascending, all valid pixels of their superpixels.
        places: int64 (n,), where the pixels wanted are in `near`.
    """

    pixels: Tensor
    near: Tensor
    places: Tensor

    @classmethod
    def of(cls, pixels: Tensor, graph: GraphTensors) -> Wanted:
        """Return the pixels, int64 (n,), with those of their superpixels."""
        nodes = torch.zeros(len(graph.sizes), dtype=torch.bool, device=pixels.device)
        nodes[graph.node_of[pixels]] = True
        near = nodes[graph.node_of].nonzero()[:, 0]
        return cls(pixels, near, torch.searchsorted(near, pixels))


def encode(features: Tensor, graph: GraphTensors, at: Tensor | None = None) -> Tensor:
    """Average pixel features into superpixels.

    Args:
        features: (V, D), or (m, D) where `at` is given.
        graph: The superpixels.
        at: int64 (m,), the pixels that have features, all of their superpixels;
            None is all.

    Returns:
        (N, D); 0 for superpixels without a pixel.
    """
    # In float32 also under mixed precision: hundreds of pixels are summed.
    features = features.float()
    total = features.new_zeros(len(graph.sizes), features.shape[1])
    return total.index_add(0, chosen(graph.node_of, at), features) / graph.sizes


def decode(
    nodes: Tensor, graph: GraphTensors, at: Tensor | slice | None = None
) -> Tensor:
    """Give each pixel the features of its superpixel.

    Args:
        nodes: (N, D).
        graph: The superpixels.
        at: int64 (n,) or a slice, the pixels wanted among the valid ones; None takes
            all.

    Returns:
        (V, D), or (n, D) where `at` is given.
    """
    return torch.index_select(nodes, 0, chosen(graph.node_of, at))


def chosen(rows: Tensor, at: Tensor | slice | None) -> Tensor:
    """Return the rows (n, ...) named by `at`, int64 (n,) or a slice; None is all."""
    if isinstance(at, slice):
        return rows[at]
    return rows if at is None else rows.index_select(0, at)
