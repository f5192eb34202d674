"""The views of the network: fused, each branch, the embedding and the bare spectrum.

A fusion of branches that is trained as one learns the training areas by heart through
whichever branch does so fastest, and fails on fields that it has not seen. So each
branch has a classifier of its own, trained beside the fused one, and the map is a
mean of what all of them say. DESIGN.md has the measurements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import (
    GraphTensors,
    chosen,
    decode,
    encode,
)

# Weights of views, from splits made for choosing; DESIGN.md has the figures. What the
# embedding says of a pixel shapes the embedding, and has no part in the map.
_CONVOLUTION, _EMBEDDING = 2.0, 0.0
_GRAPH_WITH_VOTES, _SPECTRUM_WITH_VOTES = 2.5, 3.0


class ScaleFeatures(NamedTuple):
    """What one scale makes of a scene.

    Attributes:
        fused: Features of both branches, (V, D), or (n, D) at n chosen pixels.
        rows: Features of the convolution branch, (V, D) or (n, D); None without it.
        nodes: Features of the graph branch, (N, D); None without it.
    """

    fused: Tensor
    rows: Tensor | None
    nodes: Tensor | None


class View(NamedTuple):
    """What one view says.

    Attributes:
        logits: (V, K) or (n, K), one a scale; each counts alike.
        votes: Whether the pixels of a superpixel vote: what follows from the spectrum
            or from a small window alone gains by it.
        alone: Whether each pixel is judged by itself: what lies around it leads astray
            where few areas were drawn, and tells most where there were many.
        weight: How much it counts beside the others.
        with_votes: What is added to its weight as far as votes have a say.
    """

    logits: Sequence[Tensor]
    votes: bool = False
    alone: bool = False
    weight: float = 1.0
    with_votes: float = 0.0


class BranchClassifiers(nn.Module):
    """A linear classifier for each branch of each scale, embedding and spectrum.

    The one for the spectrum takes the normalised bands as they are, and no gradient:
    it is fitted apart, see `miaf_engine.training.spectral_view`.

    Args:
        bands: Number of bands C.
        width: Number of features D.
        classes: Number of classes K.
        scales: Number of scales.
        convolution: Whether there is a convolution branch.
        graph: Whether there is a graph branch.
    """

    def __init__(
        self,
        bands: int,
        width: int,
        classes: int,
        scales: int,
        *,
        convolution: bool,
        graph: bool,
    ) -> None:
        super().__init__()
        self.of_spectrum = nn.Linear(bands, classes).requires_grad_(False)
        for part in self.of_spectrum.parameters():
            nn.init.zeros_(part)
        self.of_embedding = nn.Linear(width, classes)
        self.of_rows = nn.ModuleList(
            nn.Linear(width, classes) for _ in range(scales if convolution else 0)
        )
        self.of_nodes = nn.ModuleList(
            nn.Linear(width, classes) for _ in range(scales if graph else 0)
        )

    def forward(
        self,
        spectra: Tensor,
        embedding: Tensor,
        scales: Sequence[ScaleFeatures],
        graphs: Sequence[GraphTensors],
        at: Tensor | None = None,
    ) -> list[View]:
        """Return what each view says at all pixels, or at the pixels `at`."""
        views = [
            View(
                [self.of_spectrum(chosen(spectra, at))],
                votes=True,
                alone=True,
                with_votes=_SPECTRUM_WITH_VOTES,
            ),
            View([self.of_embedding(chosen(embedding, at))], weight=_EMBEDDING),
        ]
        if len(self.of_rows):
            heads = zip(self.of_rows, scales, strict=True)
            logits = [head(scale.rows) for head, scale in heads]
            views.append(View(logits, votes=True, weight=_CONVOLUTION))
        if len(self.of_nodes):
            nodes = [scale.nodes for scale in scales]
            parts = zip(self.of_nodes, nodes, graphs, strict=True)
            logits = [decode(head(of), graph, at) for head, of, graph in parts]
            views.append(View(logits, with_votes=_GRAPH_WITH_VOTES))
        return views


def agreed(views: Sequence[View], graph: GraphTensors, caution: Tensor) -> Tensor:
    """Return what all views say together, as logits, float32 (V, K).

    The logarithm of the weighted mean of their probabilities; within a view each scale
    counts alike. One view without a vote keeps its logits as they are.

    Args:
        views: What the network says at all pixels.
        graph: The superpixels in which pixels vote.
        caution: 0..1, how little was there to learn from: how much a view that judges
            pixels by themselves counts beside one that looks around them. From a half
            on, which single pixels do not reach, pixels follow their superpixel's vote.
    """
    if len(views) == 1 and len(views[0].logits) == 1:
        return views[0].logits[0].float()
    mean = torch.zeros_like(views[0].logits[0], dtype=torch.float32)
    following = (2 * caution - 1).clamp(min=0)
    for view in (view for view in views if view.weight):
        of_view = torch.zeros_like(mean)
        for logits in view.logits:
            of_view += torch.softmax(logits.float(), dim=1) / len(view.logits)
        if view.votes:
            of_view = of_view.lerp(decode(encode(of_view, graph), graph), following)
        weight = view.weight * caution if view.alone else view.weight
        mean += of_view * (weight + view.with_votes * following)
    mean /= mean.sum(dim=1, keepdim=True)
    return mean.clamp_min(torch.finfo(torch.float32).tiny).log()
