"""The whole network: shallow features, a module for each scale, fusion and heads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, cast

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import (
    GraphTensors,
    Wanted,
    chosen,
    decode,
    encode,
)
from miaf_engine.models.network.convolution_branch import ConvolutionBranch, Layout
from miaf_engine.models.network.ensemble import (
    SPECTRAL,
    UNNORMALISED,
    BranchClassifiers,
    Head,
    ScaleFeatures,
    combine,
)
from miaf_engine.models.network.graph_branch import GraphBranch
from miaf_engine.models.network.hierarchical_fusion import HierarchicalFusion
from miaf_engine.models.network.interactive_attention import (
    FromNodes,
    InteractiveAttention,
)
from miaf_engine.models.network.parallel import side_by_side
from miaf_engine.models.network.spectral import (
    Spectra,
    SpectralFeatures,
    spectra_at,
    valid_rows,
)
from miaf_engine.requests.settings import NetworkConfig
from miaf_engine.translation import marked

# Pixels that are classified at once: few on a processor, whose caches are small.
_BLOCK, _BLOCK_ON_CARD = 8192, 262_144


class Surroundings(NamedTuple):
    """What the features of one scale take from the pixels around each.

    Attributes:
        rows: Features of the convolution branch, (V, D), or (m, D) of the pixels near
            those wanted; None without it.
        nodes: Features of the graph branch, (N, D); None without it.
        of_nodes: What their fusion takes from the superpixels; None without one.
    """

    rows: Tensor | None
    nodes: Tensor | None
    of_nodes: FromNodes | None


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

    def around(
        self,
        embedding: Tensor,
        graph: GraphTensors,
        layout: Layout,
        near: Tensor | None = None,
    ) -> Surroundings:
        """Return what a pixel's features take from the pixels around it.

        Args:
            embedding: (V, D), of all valid pixels.
            graph: The superpixels of this scale.
            layout: How the valid pixels lie.
            near: int64 (m,), all pixels of the superpixels that matter; None is all.
        """
        rows = nodes = of_nodes = None
        if self.convolution is not None:
            rows = self.convolution(embedding, layout, near)
        if self.graph is not None:
            nodes = self.graph(encode(embedding, graph), graph)
        if self.fusion is not None and rows is not None and nodes is not None:
            of_nodes = self.fusion.of_nodes(rows, nodes, graph, near)
        return Surroundings(rows, nodes, of_nodes)

    def features(
        self,
        around: Surroundings,
        graph: GraphTensors,
        at: Tensor | slice | None = None,
        places: Tensor | None = None,
    ) -> ScaleFeatures:
        """Return the features at this scale, each pixel by itself.

        Args:
            around: What `around` returned.
            graph: The superpixels of this scale.
            at: int64 (n,) or a slice, the pixels wanted; None is all.
            places: int64 (n,), where they are in `around.rows`; None where these are
                of all pixels.
        """
        rows = around.rows
        if rows is not None:
            rows = chosen(rows, at if places is None else places)
        if self.fusion is not None:
            fused = self.fusion(rows, around.of_nodes, graph, at)
        elif rows is not None:
            fused = rows
        else:
            # A network has a branch at least, and without the other it is this one.
            fused = decode(cast(Tensor, around.nodes), graph, at)
        return ScaleFeatures(fused, rows, around.nodes)

    def forward(
        self,
        embedding: Tensor,
        graph: GraphTensors,
        layout: Layout,
        wanted: Wanted | None = None,
    ) -> ScaleFeatures:
        """Return the features of the pixels wanted; see `around` and `features`."""
        if wanted is None:
            return self.features(self.around(embedding, graph, layout), graph)
        around = self.around(embedding, graph, layout, wanted.near)
        return self.features(around, graph, wanted.pixels, wanted.places)


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
        unnormalised: Whether the ensemble has heads of the unnormalised spectrum.
    """

    def __init__(
        self,
        config: NetworkConfig,
        bands: int,
        classes: int,
        *,
        unnormalised: bool = False,
    ) -> None:
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
            unnormalised=unnormalised,
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
            *SPECTRAL,
            *(UNNORMALISED if self.unnormalised else ()),
        ]

    @property
    def unnormalised(self) -> bool:
        """Whether the ensemble has heads of the unnormalised spectrum."""
        return bool(self.branches.unnormalised)

    def weights_of(self, heads: int) -> Tensor:
        """Return the weights of the first heads alone, with a sum of 1."""
        weights = self.head_weights[:heads]
        if heads == len(self.head_weights):
            return weights
        return weights / weights.sum()

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
        spectra: Tensor | Spectra,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        at: Tensor | None = None,
        brightness: Tensor | None = None,
    ) -> Tensor:
        """Score every class at the pixels wanted with the ensemble of all heads.

        What follows the branches is per pixel, and is computed in blocks of pixels: the
        scores of all heads of a large tile would be its largest arrays.

        Args:
            spectra: (V, C), of all valid pixels.
            graphs: One a scale.
            layout: How the valid pixels lie.
            at: int64 (n,), pixels wanted; None is all.
            brightness: float32 (V, 2), mean and standard deviation of the file values
                of each valid pixel; without it the others share the weight of the heads
                of the unnormalised spectrum.

        Returns:
            float32 (n, K).
        """
        embedding = self.spectral(spectra)
        around = self._around(embedding, graphs, layout)
        size = _BLOCK if embedding.is_cpu else _BLOCK_ON_CARD
        del embedding
        count = len(spectra if at is None else at)

        def scored(start: int) -> Tensor:
            block = slice(start, start + size)
            inside = block if at is None else at[block]
            heads = self._heads(spectra, around, graphs, inside, brightness)
            return combine(heads, self.weights_of(len(heads)))

        starts = range(0, max(count, 1), size)
        return torch.cat(side_by_side([partial(scored, start) for start in starts]))

    def heads(
        self,
        spectra: Tensor | Spectra,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        at: Tensor | None = None,
        brightness: Tensor | None = None,
    ) -> list[Head]:
        """Return the output of each head; the fused one comes first.

        Args:
            spectra: (V, C), of all valid pixels.
            graphs: One a scale.
            layout: How the valid pixels lie.
            at: int64 (n,), pixels wanted; None is all. What lies between branches and
                classifier is per pixel, so only these are computed there.
            brightness: As in `score`; without it there are no heads of the unnormalised
                spectrum.
        """
        around = self._around(self.spectral(spectra), graphs, layout)
        return self._heads(spectra, around, graphs, at, brightness)

    def _heads(
        self,
        spectra: Tensor | Spectra,
        around: Sequence[Surroundings],
        graphs: Sequence[GraphTensors],
        at: Tensor | slice | None,
        brightness: Tensor | None,
    ) -> list[Head]:
        """Return the heads of a map at the pixels wanted."""
        parts = zip(self._modules_of_scales, around, graphs, strict=True)
        scales = [module.features(of, graph, at) for module, of, graph in parts]
        if not self.config.committee:
            return [self._fused(scales)]
        return [
            self._fused(scales),
            *self.branches.branch_heads(scales, graphs, at),
            *self.branches.of_spectra(
                spectra_at(spectra, at),
                None if brightness is None else chosen(brightness, at),
            ),
        ]

    def trained_heads(
        self,
        spectra: Tensor,
        graphs: Sequence[GraphTensors],
        layout: Layout,
        wanted: Sequence[Wanted] | None = None,
    ) -> list[Head]:
        """Return the output of each head that takes a gradient; see `heads`.

        Heads of the branches and of the embedding are among them with and without an
        ensemble: a branch that has a loss of its own cannot rest on the other.

        Args:
            spectra: (V, C), of all valid pixels.
            graphs: One a scale.
            layout: How the valid pixels lie.
            wanted: The same pixels at each scale, for which the heads are computed;
                None is all.
        """
        embedding = self.spectral(spectra)
        at = wanted[0].pixels if wanted else None
        pixels_of = wanted or cast(list[None], [None] * len(graphs))
        parts = zip(self.scales, graphs, pixels_of, strict=True)
        scales = side_by_side(
            [
                partial(scale, embedding, graph, layout, pixels)
                for scale, graph, pixels in parts
            ]
        )
        return [
            self._fused(scales),
            self.branches.embedding_head(chosen(embedding, at)),
            *self.branches.branch_heads(scales, graphs, at),
        ]

    def _around(
        self, embedding: Tensor, graphs: Sequence[GraphTensors], layout: Layout
    ) -> list[Surroundings]:
        parts = zip(self._modules_of_scales, graphs, strict=True)
        return side_by_side(
            [partial(one.around, embedding, graph, layout) for one, graph in parts]
        )

    @property
    def _modules_of_scales(self) -> list[ScaleModule]:
        return [cast(ScaleModule, module) for module in self.scales]

    def _fused(self, scales: Sequence[ScaleFeatures]) -> Head:
        fused = self.fusion([scale.fused for scale in scales])
        return Head("fused", [self.classifier(fused)])
