"""The fusions of branches and of scales, computed in place.

A dozen sums and products of features are computed for each pixel. A map does not need
the intermediate results, and allocating memory for each takes longer than computing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.models.network.assignment import GraphTensors, decode
from miaf_engine.models.network.cpu.overwriting import may_overwrite
from miaf_engine.models.network.hierarchical_fusion import (
    HierarchicalFusion,
    ScaleAttention,
)
from miaf_engine.models.network.interactive_attention import (
    FromNodes,
    InteractiveAttention,
)
from miaf_engine.models.network.softmax import softmax_of_rows


class InteractiveAttentionInPlace(InteractiveAttention):
    """The attention of the branches for each other."""

    def forward(
        self,
        rows: Tensor,
        of_nodes: FromNodes,
        graph: GraphTensors,
        at: Tensor | slice | None = None,
    ) -> Tensor:
        """Return the fused features of the pixels wanted."""
        if not may_overwrite():
            return super().forward(rows, of_nodes, graph, at)
        if of_nodes.weights is not None:
            rows = decode(of_nodes.weights, graph, at).mul_(rows)
        fused = decode(of_nodes.features, graph, at).add_(self.from_rows.bias)
        fused.addmm_(rows, self.from_rows.weight.t())
        return functional.leaky_relu_(fused, self.activation.negative_slope)


class ScaleAttentionInPlace(ScaleAttention):
    """The attention within one scale."""

    def forward(self, rows: Tensor) -> Tensor:
        """Return the features, weighted."""
        if not may_overwrite():
            return super().forward(rows)
        first, activation, last = self.gate
        slope = cast(nn.LeakyReLU, activation).negative_slope
        hidden = functional.leaky_relu_(first(rows), slope)
        weighted: Tensor = last(hidden).sigmoid_().mul_(2.0).mul_(rows)
        return weighted


class HierarchicalFusionInPlace(HierarchicalFusion):
    """The fusion of the scales."""

    def forward(self, scales: Sequence[Tensor]) -> Tensor:
        """Return the fused features of each pixel."""
        # Without attention within the scales their features are the caller's.
        if not (self.within and may_overwrite()):
            return super().forward(scales)
        gates = zip(self.within, scales, strict=True)
        weighted = [gate(rows) for gate, rows in gates]
        parts = zip(self.between, weighted, strict=True)
        scores = torch.cat([score(rows) for score, rows in parts], dim=1)
        shares = softmax_of_rows(scores).split(1, dim=1)
        fused: Tensor = weighted[0].mul_(shares[0])
        for rows, share in zip(weighted[1:], shares[1:], strict=True):
            fused.addcmul_(rows, share)
        return fused
