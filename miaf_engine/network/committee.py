"""The views of the network: fused features, each branch alone, and the spectrum alone.

A fusion of branches that is trained as one learns the training areas by heart through
whichever branch does so fastest, and fails on fields that it has not seen. So each
branch has a classifier of its own, trained beside the fused one, and the map is the mean
of what all of them say. DESIGN.md has the measurements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from miaf_engine.network.assignment import GraphTensors, chosen, decode


class ScaleFeatures(NamedTuple):
    """What one scale makes of a scene.

    Attributes:
        fused: Features of both branches, (V, D), or (n, D) at n chosen pixels.
        rows: Features of the convolution branch, (V, D); None without it.
        nodes: Features of the graph branch, (N, D); None without it.
    """

    fused: Tensor
    rows: Tensor | None
    nodes: Tensor | None


class BranchClassifiers(nn.Module):
    """A linear classifier for each branch of each scale, and one for the spectrum.

    Args:
        width: Number of features D.
        classes: Number of classes K.
        scales: Number of scales.
        convolution: Whether there is a convolution branch.
        graph: Whether there is a graph branch.
    """

    def __init__(
        self, width: int, classes: int, scales: int, *, convolution: bool, graph: bool
    ) -> None:
        super().__init__()
        self.of_spectrum = nn.Linear(width, classes)
        self.of_rows = nn.ModuleList(
            nn.Linear(width, classes) for _ in range(scales if convolution else 0)
        )
        self.of_nodes = nn.ModuleList(
            nn.Linear(width, classes) for _ in range(scales if graph else 0)
        )

    def forward(
        self,
        embedding: Tensor,
        scales: Sequence[ScaleFeatures],
        graphs: Sequence[GraphTensors],
        at: Tensor | None = None,
    ) -> list[list[Tensor]]:
        """Return the logits of each view, one (V, K) or (n, K) a scale."""
        views = [[self.of_spectrum(chosen(embedding, at))]]
        rows = [scale.rows for scale in scales]
        nodes = [scale.nodes for scale in scales]
        if len(self.of_rows):
            views.append(
                [
                    head(chosen(of, at))
                    for head, of in zip(self.of_rows, rows, strict=True)
                ]
            )
        if len(self.of_nodes):
            views.append(
                [
                    decode(head(of), graph, at)
                    for head, of, graph in zip(
                        self.of_nodes, nodes, graphs, strict=True
                    )
                ]
            )
        return views


def agreed(views: Sequence[Sequence[Tensor]]) -> Tensor:
    """Return what all views say together, as logits.

    Each view counts alike, and within it each scale: the logarithm of the mean of their
    probabilities, in float32. One view alone keeps its logits as they are.

    Shape:
        each (V, K), output (V, K).
    """
    if len(views) == 1 and len(views[0]) == 1:
        return views[0][0].float()
    mean = torch.zeros_like(views[0][0], dtype=torch.float32)
    for view in views:
        for logits in view:
            share = torch.softmax(logits.float(), dim=1)
            mean = mean + share / (len(view) * len(views))
    return mean.clamp_min(torch.finfo(torch.float32).tiny).log()
