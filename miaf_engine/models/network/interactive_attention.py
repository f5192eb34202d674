"""Attention of each branch for the other, and their fusion."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import (
    GraphTensors,
    decode,
    encode,
)
from miaf_engine.models.network.attention import Gate, Switched, neutral


class CrossAttention(Switched):
    """Weights for one branch, computed from the other: per feature and per place.

        A(x) = 4 sigmoid(W2 LeakyReLU(W1 x)) sigmoid(w . x)

    Shape:
        source (N, D), output (N, D), each weight in 0..4, and 1 at first.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.channel = Gate(width)
        self.spatial = neutral(nn.Linear(width, 1))

    def forward(self, source: Tensor) -> Tensor:
        """Return channel weight times spatial weight for each superpixel."""
        channel = self.channel(source)  # (N, D)
        spatial = 2.0 * torch.sigmoid(self.spatial(source))  # (N, 1)
        return self.switched(channel * spatial)


class FromNodes(NamedTuple):
    """What the fusion of a scale takes from its superpixels.

    Attributes:
        weights: A_C(F_G), (N, D), of the convolution features; None without attention.
        features: W_G (F_G * A_G(Q^T F_C)), (N, D).
    """

    weights: Tensor | None
    features: Tensor


class InteractiveAttention(nn.Module):
    """Dual-branch interactive attention (DBIA in the paper): each weights the other.

        F = LeakyReLU(W_C (F_C * Q A_C(F_G)) + Q W_G (F_G * A_G(Q^T F_C)) + b)

    Q gives a pixel the features of its superpixel, Q^T averages pixels into it, so the
    attention follows the landscape and does not change with the tiling. In training A_C
    and A_G are each left out of half of the steps (1 in their place).

    Shape:
        rows (n, D) of the convolution branch; output (n, D).
    """

    def __init__(self, width: int, *, attention: bool) -> None:
        super().__init__()
        self.for_rows = CrossAttention(width) if attention else None
        self.for_nodes = CrossAttention(width) if attention else None
        self.from_rows = nn.Linear(width, width)
        self.from_nodes = nn.Linear(width, width, bias=False)
        self.activation = nn.LeakyReLU()

    def of_nodes(
        self,
        rows: Tensor,
        nodes: Tensor,
        graph: GraphTensors,
        at: Tensor | None = None,
    ) -> FromNodes:
        """Return what is computed for each superpixel.

        Args:
            rows: Features of the convolution branch, (V, D), or (m, D) with `at`.
            nodes: (N, D), features of the graph branch.
            graph: The superpixels.
            at: int64 (m,), all pixels of the superpixels that matter; None is all.
        """
        weights, weighted = None, nodes
        if self.for_rows is not None and not self.for_rows.left_out():
            weights = self.for_rows(nodes)
        if self.for_nodes is not None and not self.for_nodes.left_out():
            weighted = nodes * self.for_nodes(encode(rows, graph, at))
        # The graph half of the fusion is linear: done on the few nodes, then spread.
        return FromNodes(weights, self.from_nodes(weighted))

    def forward(
        self,
        rows: Tensor,
        of_nodes: FromNodes,
        graph: GraphTensors,
        at: Tensor | slice | None = None,
    ) -> Tensor:
        """Return the fused features of the pixels wanted.

        Args:
            rows: (n, D), features of the convolution branch at these pixels.
            of_nodes: What `of_nodes` returned.
            graph: The superpixels.
            at: int64 (n,) or a slice, the pixels among the valid ones; None is all.
        """
        if of_nodes.weights is not None:
            rows = rows * decode(of_nodes.weights, graph, at)
        spread = decode(of_nodes.features, graph, at)
        fused: Tensor = self.activation(self.from_rows(rows) + spread)
        return fused
