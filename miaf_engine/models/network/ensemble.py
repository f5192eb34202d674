"""The heads of the network and the ensemble that they form.

There is a head for the fused features, for each branch, for the embedding and for the
spectrum alone. Branches that are fused and trained as one network overfit the training
areas through whichever branch fits them fastest, and fail on unseen fields. So each
branch has its own head, trained beside the fused one, and the map is a weighted mean of
the heads' probabilities. docs/decisions/ensemble_of_heads.md has
the measurements.
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

# Weights of the heads, chosen on validation splits, see docs/decisions. The
# embedding's head only shapes the embedding in training; its weight in the map is 0.
_CONVOLUTION, _EMBEDDING = 2.0, 0.0
_GRAPH_SMOOTHING, _SPECTRUM_SMOOTHING = 2.5, 3.0


class ScaleFeatures(NamedTuple):
    """The features that one scale computes.

    Attributes:
        fused: Features of both branches, (V, D), or (n, D) at n chosen pixels.
        rows: Features of the convolution branch, (V, D) or (n, D); None without it.
        nodes: Features of the graph branch, (N, D); None without it.
    """

    fused: Tensor
    rows: Tensor | None
    nodes: Tensor | None


class Head(NamedTuple):
    """The output of one head.

    Attributes:
        logits: (V, K) or (n, K), one a scale; all scales have the same weight.
        smoothed: Whether its probabilities are averaged over each superpixel. Heads
            that see only the spectrum or a small window gain by it.
        per_pixel: Whether it sees each pixel without its surroundings. The context
            misleads where few areas were drawn, and helps most where there are many.
        weight: Its weight in the mean.
        smoothing_weight: Added to the weight in proportion to the smoothing.
    """

    logits: Sequence[Tensor]
    smoothed: bool = False
    per_pixel: bool = False
    weight: float = 1.0
    smoothing_weight: float = 0.0


class BranchClassifiers(nn.Module):
    """A linear classifier for each branch of each scale, embedding and spectrum.

    The one for the spectrum takes the normalised bands as they are, and no gradient:
    it is fitted separately, see `miaf_engine.training.spectral_head`.

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
    ) -> list[Head]:
        """Return the output of each head at all pixels, or at the pixels `at`."""
        heads = [
            Head(
                [self.of_spectrum(chosen(spectra, at))],
                smoothed=True,
                per_pixel=True,
                smoothing_weight=_SPECTRUM_SMOOTHING,
            ),
            Head([self.of_embedding(chosen(embedding, at))], weight=_EMBEDDING),
        ]
        if len(self.of_rows):
            layers = zip(self.of_rows, scales, strict=True)
            logits = [layer(scale.rows) for layer, scale in layers]
            heads.append(Head(logits, smoothed=True, weight=_CONVOLUTION))
        if len(self.of_nodes):
            nodes = [scale.nodes for scale in scales]
            parts = zip(self.of_nodes, nodes, graphs, strict=True)
            logits = [decode(layer(of), graph, at) for layer, of, graph in parts]
            heads.append(Head(logits, smoothing_weight=_GRAPH_SMOOTHING))
        return heads


def combine(
    heads: Sequence[Head], graph: GraphTensors, few_areas_weight: Tensor
) -> Tensor:
    """Return the ensemble's logits, float32 (V, K).

    They are the logarithm of the weighted mean of the heads' probabilities; within a
    head all scales have the same weight. A single head keeps its logits as they are.

    Args:
        heads: The output of each head at all pixels.
        graph: The superpixels over which probabilities are smoothed.
        few_areas_weight: 0..1, larger the fewer training areas there were: the weight
            of per-pixel heads. Above 0.5, which training on scattered pixels does not
            reach, it also sets how strongly probabilities are smoothed.
    """
    if len(heads) == 1 and len(heads[0].logits) == 1:
        return heads[0].logits[0].float()
    mean = torch.zeros_like(heads[0].logits[0], dtype=torch.float32)
    smoothing = (2 * few_areas_weight - 1).clamp(min=0)
    for head in (head for head in heads if head.weight):
        of_head = torch.zeros_like(mean)
        for logits in head.logits:
            of_head += torch.softmax(logits.float(), dim=1) / len(head.logits)
        if head.smoothed:
            of_head = of_head.lerp(decode(encode(of_head, graph), graph), smoothing)
        weight = head.weight * few_areas_weight if head.per_pixel else head.weight
        mean += of_head * (weight + head.smoothing_weight * smoothing)
    mean /= mean.sum(dim=1, keepdim=True)
    return mean.clamp_min(torch.finfo(torch.float32).tiny).log()
