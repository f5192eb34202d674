"""The whole network: shallow features, a module for each scale, fusion and heads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import (
    GraphTensors,
    chosen,
    decode,
    encode,
)
from miaf_engine.models.network.convolution_branch import ConvolutionBranch, Layout
from miaf_engine.models.network.ensemble import (
    BranchClassifiers,
    Head,
    ScaleFeatures,
    combine,
)
from miaf_engine.models.network.graph_branch import GraphBranch
from miaf_engine.models.network.hierarchical_fusion import HierarchicalFusion
from miaf_engine.models.network.interactive_attention import InteractiveAttention
from miaf_engine.models.network.spectral import SpectralFeatures, valid_rows
from miaf_engine.models.network.streams import side_by_side
from miaf_engine.requests.settings import NetworkConfig
from miaf_engine.translation import marked

# Pixels that are classified at once: few on a processor, whose caches are small.
_BLOCK, _BLOCK_ON_CARD = 16_384, 262_144


class ScaleModule(nn.Module):
    """Both branches of one scale and their fusion (IAECG in the paper).

        F_s = DBIA(CDSC(F_E), CGC(Q^T F_E))

    Without one of the branches the other's features are those of the scale.
    """

    def __init__(self, config: NetworkConfig, kernel_size: int) -> None:
        super().__init__()
        width = config.width
        self.convolution = (
            ConvolutionBranch(width, kernel_size) if config.convolution_branch else None
        )
        self.graph = GraphBranch(width) if config.graph_branch else None
        both = config.convolution_branch and config.graph_branch
        self.fusion = (
            InteractiveAttention(width, attention=config.interactive_attention)
            if both
            else None
        )

    def forward(
        self,
        embedding: Tensor,
        graph: GraphTensors,
        layout: Layout,
        at: Tensor | None = None,
    ) -> ScaleFeatures:
        """Return the features at this scale.

        Args:
            embedding: (V, D), of all valid pixels: those around count as well.
            graph: The superpixels of this scale.
            layout: How the valid pixels lie.
            at: int64 (n,), pixels whose fused features are wanted; None is all.
        """
        rows = wanted = nodes = None
        if self.convolution is not None:
            rows = self.convolution(embedding, layout)
            wanted = chosen(rows, at)
        if self.graph is not None:
            nodes = self.graph(encode(embedding, graph), graph)
        if self.fusion is not None:
            fused = self.fusion(rows, wanted, nodes, graph, at)
        elif wanted is not None:
            fused = wanted
        else:
            # A network has a branch at least, and without the other it is this one.
            fused = decode(cast(Tensor, nodes), graph, at)
        return ScaleFeatures(fused, wanted, nodes)


class MiafNet(nn.Module):
    """Multiscale interactive attention fusion network.

    An, Dai, Zhang & Zhang, Expert Systems with Applications 290, 2025, 128386,
    doi 10.1016/j.eswa.2025.128386. The fused head is

        F_E = SFE(X),   F_s = IAECG_s(F_E),   logits = W HAEF(F_1, ..., F_S) + b

    and further heads stand beside it, see `ensemble`. The graphs are arguments of
    `forward`, never part of the network, so one network serves every scene with the
    same bands.

    Args:
        config: Width, kernel sizes and switches.
        bands: Number of bands C of the scenes.
        classes: Number of classes K.
    """

    def __init__(self, config: NetworkConfig, bands: int, classes: int) -> None:
        super().__init__()
        self.config, self.bands, self.classes = config, bands, classes
        self.spectral = SpectralFeatures(bands, config.width, config.dropout)
        self.scales = nn.ModuleList(
            ScaleModule(config, kernel_size) for kernel_size in config.kernel_sizes
        )
        self.fusion = HierarchicalFusion(
            config.width, len(self.scales), attention=config.hierarchical_fusion
        )
        self.classifier = nn.Linear(config.width, classes)
        self.branches = BranchClassifiers(
            bands,
            config.width,
            classes,
            len(self.scales),
            convolution=config.convolution_branch,
            graph=config.graph_branch,
            spectrum=config.committee,
        )
        # Those of the ensemble; equal until evidence sets them.
        self.head_weights: Tensor
        count = len(self.head_names)
        self.register_buffer("head_weights", torch.full((count,), 1 / count))

    @property
    def training_only(self) -> set[str]:
        """Names of the tensors that a map does not need; model files lack them.

        Without an ensemble these are the heads of the branches, whose losses train the
        branches beside the fused head's.
        """
        if self.config.committee:
            return set()
        return {f"branches.{name}" for name in self.branches.state_dict()}

    @property
    def head_names(self) -> list[str]:
        """The heads of the ensemble, in the order of `heads`."""
        if not self.config.committee:
            return [marked("fused")]
        branches = {
            marked("convolution branch"): self.config.convolution_branch,
            marked("graph branch"): self.config.graph_branch,
        }
        return [
            marked("fused"),
            *(name for name, there in branches.items() if there),
            marked("linear on the spectrum"),
            marked("kernel on the spectrum"),
            marked("discriminant of the spectrum"),
        ]

    def forward(self, image: Tensor, graphs: Sequence[GraphTensors]) -> Tensor:
        """Score every class at every pixel.

        Args:
            image: float (C, H, W), normalised; any finite value where nodata.
            graphs: One a scale, over the same valid pixels.

        Returns:
            Logits (K, H, W); 0 where nodata.
        """
        height, width = image.shape[-2:]
        layout = Layout(height, width, graphs[0].pixels)
        logits = self.score(valid_rows(image, layout.pixels), graphs, layout)
        return layout.to_image(logits)[0]

    def score(
        self,
        spectra: Tensor,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        at: Tensor | None = None,
    ) -> Tensor:
        """Score every class at the pixels wanted with the ensemble of all heads.

        What follows the branches is per pixel, and is computed in blocks of pixels: the
        scores of all heads of a large tile would be its largest arrays.

        Args:
            spectra: (V, C), all valid pixels.
            graphs: One a scale.
            layout: How the valid pixels lie.
            at: int64 (n,), pixels wanted; None is all.

        Returns:
            float32 (n, K).
        """
        scales = self._scales(self.spectral(spectra), graphs, layout, at)
        size = _BLOCK if spectra.is_cpu else _BLOCK_ON_CARD
        count = len(spectra if at is None else at)
        parts = []
        for start in range(0, max(count, 1), size):
            block = slice(start, start + size)
            inside = [scale.at(block) for scale in scales]
            heads = self._heads(
                spectra, inside, graphs, block if at is None else at[block]
            )
            parts.append(combine(heads, self.head_weights))
        return torch.cat(parts)

    def heads(
        self,
        spectra: Tensor,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        at: Tensor | None = None,
    ) -> list[Head]:
        """Return the output of each head; the fused one comes first.

        Args:
            spectra: (V, C), all valid pixels.
            graphs: One a scale.
            layout: How the valid pixels lie.
            at: int64 (n,), pixels wanted; None is all. What lies between branches and
                classifier is per pixel, so only these are computed there.
        """
        scales = self._scales(self.spectral(spectra), graphs, layout, at)
        return self._heads(spectra, scales, graphs, at)

    def _heads(
        self,
        spectra: Tensor,
        scales: Sequence[ScaleFeatures],
        graphs: Sequence[GraphTensors],
        at: Tensor | slice | None,
    ) -> list[Head]:
        """Return the heads of a map from the features at the pixels wanted."""
        if not self.config.committee:
            return [self._fused(scales)]
        return [
            self._fused(scales),
            *self.branches.branch_heads(scales, graphs, at),
            *self.branches.of_spectra(chosen(spectra, at)),
        ]

    def trained_heads(
        self,
        spectra: Tensor,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        at: Tensor | None = None,
    ) -> list[Head]:
        """Return the output of each head that takes a gradient; see `heads`.

        Heads of the branches and of the embedding are among them with and without an
        ensemble: a branch that has a loss of its own cannot rest on the other.
        """
        embedding = self.spectral(spectra)
        scales = self._scales(embedding, graphs, layout, at)
        return [
            self._fused(scales),
            self.branches.embedding_head(chosen(embedding, at)),
            *self.branches.branch_heads(scales, graphs, at),
        ]

    def _scales(
        self,
        embedding: Tensor,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        at: Tensor | None,
    ) -> list[ScaleFeatures]:
        return side_by_side(
            [
                partial(scale, embedding, graph, layout, at)
                for scale, graph in zip(self.scales, graphs, strict=True)
            ]
        )

    def _fused(self, scales: Sequence[ScaleFeatures]) -> Head:
        fused = self.fusion([scale.fused for scale in scales])
        return Head("fused", [self.classifier(fused)])
