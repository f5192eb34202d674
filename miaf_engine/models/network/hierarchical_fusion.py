"""Fusion of the scales."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from miaf_engine.models.network.attention import Gate, left_out, neutral


class ScaleAttention(nn.Module):
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
        if left_out(training=self.training):
            return rows
        weighted: Tensor = rows * self.gate(rows)
        return weighted


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
        self.between = nn.ModuleList(
            neutral(nn.Linear(width, 1)) for _ in range(scales if attention else 0)
        )

    def forward(self, scales: Sequence[Tensor]) -> Tensor:
        """Return the fused features of each pixel."""
        weighted = list(scales)
        if self.within:
            gates = zip(self.within, scales, strict=True)
            weighted = [gate(rows) for gate, rows in gates]
        if not self.between or left_out(training=self.training):
            return torch.stack(weighted).mean(dim=0)
        share = self.shares(weighted)  # (V, S)
        fused: Tensor = weighted[0] * share[:, :1]
        for place, rows in enumerate(weighted[1:], start=1):
            fused = fused + rows * share[:, place : place + 1]
        return fused

    def shares(self, weighted: Sequence[Tensor]) -> Tensor:
        """Return the share of each scale at each pixel, (V, S); rows sum to 1."""
        scores = [
            score(rows) for score, rows in zip(self.between, weighted, strict=True)
        ]
        return torch.softmax(torch.cat(scores, dim=1), dim=1)
