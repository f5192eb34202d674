"""Fusion of the scales."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class ScaleAttention(nn.Module):
    """Attention within one scale: a weight for each feature of each pixel.

        y = x * 2 sigmoid(W2 LeakyReLU(W1 x))

    Shape:
        input (V, D), output (V, D).
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        hidden = max(width // 4, 4)
        self.gate = nn.Sequential(
            nn.Linear(width, hidden), nn.LeakyReLU(), nn.Linear(hidden, width)
        )

    def forward(self, rows: Tensor) -> Tensor:
        """Return the features, weighted; a weight of 1 is no opinion."""
        return rows * (2.0 * torch.sigmoid(self.gate(rows)))


class HierarchicalFusion(nn.Module):
    """Hierarchical attention fusion of the scales (HAEF in the paper).

        F = sum_s a_s y_s,   a = softmax_s(w_s . y_s),   per pixel

    y_s are the features of scale s after attention within it. Without attention the
    scales are averaged.

    Shape:
        one (V, D) a scale, output (V, D).
    """

    def __init__(self, width: int, scales: int, *, attention: bool) -> None:
        super().__init__()
        self.within = nn.ModuleList(
            ScaleAttention(width) for _ in range(scales if attention else 0)
        )
        self.between = nn.ModuleList(
            nn.Linear(width, 1) for _ in range(scales if attention else 0)
        )

    def forward(self, scales: Sequence[Tensor]) -> Tensor:
        """Return the fused features of each pixel."""
        if not self.within:
            return torch.stack(tuple(scales)).mean(dim=0)
        weighted = [gate(rows) for gate, rows in zip(self.within, scales, strict=True)]
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
