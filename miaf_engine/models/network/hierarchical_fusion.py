"""Fusion of the scales."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from miaf_engine.models.network.attention import Gate, Switched, neutral


class ScaleAttention(Switched):
    """Attention within one scale: a weight for each feature of each pixel.

        y = x * A(x),   A a `Gate`

    In training A is left out of half of the steps (1 in its place).

    Shape:
        input (V, D), output (V, D).
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gate = Gate(width)

    def forward(self, rows: Tensor) -> Tensor:
        """Return the features, weighted."""
        if self.left_out():
            return rows
        weighted: Tensor = rows * self.switched(self.gate(rows))
        return weighted


class AttentionBetween(nn.ModuleList, Switched):
    """Attention between the scales: a share for each scale at each pixel.

        a = softmax_s(w_s . y_s)

    In training it is left out of half of the steps (equal shares in its place).

    Shape:
        one (V, D) a scale, output (V, S); rows sum to 1.
    """

    def __init__(self, width: int, scales: int) -> None:
        super().__init__(neutral(nn.Linear(width, 1)) for _ in range(scales))

    def forward(self, scales: Sequence[Tensor]) -> Tensor:
        """Return the share of each scale."""
        scores = [score(rows) for score, rows in zip(self, scales, strict=True)]
        shares = torch.softmax(torch.cat(scores, dim=1), dim=1)
        return self.switched(shares, 1 / len(self))


class HierarchicalFusion(nn.Module):
    """Hierarchical attention fusion of the scales (HAEF in the paper).

        F = sum_s a_s y_s,   a = softmax_s(w_s . y_s),   per pixel

    y_s are the features of scale s after attention within it. Without attention the
    scales are averaged; with it they are at first, and in half of the training steps.

    Shape:
        one (V, D) a scale, output (V, D).
    """

    def __init__(self, width: int, scales: int, *, attention: bool) -> None:
        super().__init__()
        self.within = nn.ModuleList(
            ScaleAttention(width) for _ in range(scales if attention else 0)
        )
        self.between = AttentionBetween(width, scales if attention else 0)

    def forward(self, scales: Sequence[Tensor]) -> Tensor:
        """Return the fused features of each pixel."""
        weighted = list(scales)
        if self.within:
            gates = zip(self.within, scales, strict=True)
            weighted = [gate(rows) for gate, rows in gates]
        if not len(self.between) or self.between.left_out():
            return torch.stack(weighted).mean(dim=0)
        share = self.between(weighted)  # (V, S)
        fused: Tensor = weighted[0] * share[:, :1]
        for place, rows in enumerate(weighted[1:], start=1):
            fused = fused + rows * share[:, place : place + 1]
        return fused
