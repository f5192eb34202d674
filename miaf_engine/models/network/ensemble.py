"""The heads of the network and the ensemble that they form.

There is a head for the fused features, for each branch and for the spectrum alone.
Branches that are fused and trained as one network overfit the training areas through
whichever branch fits them fastest, and fail on unseen fields. So each branch has its
own head, trained beside the fused one, and the map is a weighted mean of the heads'
probabilities. docs/decisions/ensemble_of_heads.md has the measurements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import (
    GraphTensors,
    decode,
)
from miaf_engine.models.network.softmax import softmax_of_rows
from miaf_engine.translation import marked

# Added to a head's probabilities before they are pooled in logarithms, so that no head
# can rule out a class by itself.
FLOOR = 0.01
# Random Fourier features of the kernel head, half cosines, half sines.
KERNEL_FEATURES = 1024
# Pixels whose Fourier features are held at once, 4 KiB each: few on a processor, whose
# caches are small.
ROWS, _ROWS_ON_CARD = 1024, 65_536


# Heads that see a pixel's surroundings.
SPATIAL = ("fused", "convolution branch", "graph branch")
# Heads that see its spectrum alone.
SPECTRAL = (
    marked("linear on the spectrum"),
    marked("kernel on the spectrum"),
    marked("discriminant of the spectrum"),
)
# Those of them that see it before its brightness is taken out.
UNNORMALISED = (
    marked("linear on the unnormalised spectrum"),
    marked("discriminant of the unnormalised spectrum"),
)


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
        name: What it sees, as the report calls it.
        logits: (V, K) or (n, K), one a scale; all scales have the same weight.
    """

    name: str
    logits: Sequence[Tensor]

    def probabilities(self) -> Tensor:
        """Return the mean of the scales' probabilities, float32 (V, K) or (n, K)."""
        first, *others = (softmax_of_rows(logits.float()) for logits in self.logits)
        for other in others:
            first = first + other
        return first / len(self.logits)


class KernelHead(nn.Module):
    """A logistic regression on a Gaussian kernel of the spectra.

    The kernel is approximated by random Fourier features (Rahimi & Recht 2007, Random
    features for large-scale kernel machines), so that no training pixel is kept.

    Args:
        bands: Number of bands C.
        classes: Number of classes K.
    """

    def __init__(self, bands: int, classes: int) -> None:
        super().__init__()
        self.frequencies: Tensor
        shape = (bands, KERNEL_FEATURES // 2)
        self.register_buffer("frequencies", torch.zeros(shape))
        self.linear = _blank_linear(KERNEL_FEATURES, classes)

    def features(self, spectra: Tensor) -> Tensor:
        """Return the Fourier features of spectra (n, C), float32 (n, features)."""
        phases = spectra.float() @ self.frequencies
        scale = (2 / KERNEL_FEATURES) ** 0.5
        features: Tensor = torch.cat([phases.cos(), phases.sin()], dim=1) * scale
        return features

    def forward(self, spectra: Tensor) -> Tensor:
        """Return the logits of spectra (n, C), float32 (n, K)."""
        rows = spectra.split(ROWS if spectra.is_cpu else _ROWS_ON_CARD)
        return torch.cat([self.linear(self.features(part)) for part in rows])


def _blank_linear(features: int, classes: int, *, bias: bool = True) -> nn.Linear:
    """Return a layer of zeros that takes no gradient: it is fitted separately."""
    layer = nn.Linear(features, classes, bias=bias).requires_grad_(False)
    for part in layer.parameters():
        nn.init.zeros_(part)
    return layer


class UnnormalisedHead(nn.Module):
    """A linear head on file values x, from the normalised spectrum z of a pixel.

    With mean m and standard deviation s of x over the bands, and mean and scale of each
    band after the standard normal variate,

        x = m + s (scale z + mean),   W x + b = s (A z + u) + m v + b

    so that no second spectrum of a pixel is held.

    Args:
        bands: Number of bands C.
        classes: Number of classes K.
    """

    def __init__(self, bands: int, classes: int) -> None:
        super().__init__()
        self.of_bands = _blank_linear(bands, classes, bias=False)  # A
        self.of_brightness = _blank_linear(2, classes)  # v, u and b

    def forward(self, spectra: Tensor, brightness: Tensor) -> Tensor:
        """Return the logits of normalised spectra (n, C), float32 (n, K).

        Args:
            spectra: (n, C), normalised.
            brightness: float32 (n, 2), m and s of each.
        """
        # Large terms cancel, for which bfloat16 has too few digits.
        with torch.autocast("cuda", enabled=False):
            return self.combined(self.of_bands(spectra.float()), brightness)

    def combined(self, products: Tensor, brightness: Tensor) -> Tensor:
        """Return the logits (n, K) from the products A z (n, K)."""
        of_brightness: Tensor = self.of_brightness(brightness)
        return torch.addcmul(of_brightness, products, brightness[:, 1:])

    def put(self, layer: nn.Linear, of_bands: Tensor) -> None:
        """Take the weights of a layer on file values.

        Args:
            layer: W (K, C) and b.
            of_bands: float32 (2, C), mean and scale of each band after the standard
                normal variate.
        """
        mean, scale = of_bands
        weight = layer.weight
        with torch.no_grad():
            self.of_bands.weight.copy_(weight * scale)
            self.of_brightness.weight.copy_(
                torch.stack([weight.sum(dim=1), weight @ mean], dim=1)
            )
            self.of_brightness.bias.copy_(layer.bias)


def heads_of_spectrum(logits: Sequence[Tensor]) -> list[Head]:
    """Return the heads of the spectrum from the logits (n, K) of each.

    Those of the unnormalised spectrum, if they are among them, come last.
    """
    names = (SPECTRAL + UNNORMALISED)[: len(logits)]
    return [Head(name, [scores]) for name, scores in zip(names, logits, strict=True)]


class BranchClassifiers(nn.Module):
    """A classifier for each branch of each scale, the embedding and the spectrum.

    Those of the spectrum take the normalised bands as they are, and no gradient: they
    are fitted separately, see `miaf_engine.training.spectral_heads`.

    Args:
        bands: Number of bands C.
        width: Number of features D.
        classes: Number of classes K.
        scales: Number of scales.
        convolution: Whether there is a convolution branch.
        graph: Whether there is a graph branch.
        spectrum: Whether there are heads of the spectrum.
        unnormalised: Whether there are heads of the unnormalised spectrum among them.
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
        spectrum: bool,
        unnormalised: bool = False,
    ) -> None:
        super().__init__()
        self.spectrum = spectrum
        if spectrum:
            self.of_spectrum = _blank_linear(bands, classes)
            self.of_kernel = KernelHead(bands, classes)
            self.of_discriminant = _blank_linear(bands, classes)
        self.of_embedding = nn.Linear(width, classes)
        self.of_rows = nn.ModuleList(
            nn.Linear(width, classes) for _ in range(scales if convolution else 0)
        )
        self.of_nodes = nn.ModuleList(
            nn.Linear(width, classes) for _ in range(scales if graph else 0)
        )
        # Last, so that the first weights of the network are the same without it.
        self.of_unnormalised = nn.ModuleList(
            UnnormalisedHead(bands, classes)
            for _ in (UNNORMALISED if spectrum and unnormalised else ())
        )

    def embedding_head(self, embedding: Tensor) -> Head:
        """Return the head of the embedding (n, D).

        Its loss trains the shallow features; the map does not use it.
        """
        return Head("embedding", [self.of_embedding(embedding)])

    def branch_heads(
        self,
        scales: Sequence[ScaleFeatures],
        graphs: Sequence[GraphTensors],
        at: Tensor | slice | None = None,
    ) -> list[Head]:
        """Return the head of each branch, at the pixels `at`."""
        heads = []
        if len(self.of_rows):
            layers = zip(self.of_rows, scales, strict=True)
            logits = [layer(scale.rows) for layer, scale in layers]
            heads.append(Head("convolution branch", logits))
        if len(self.of_nodes):
            nodes = [scale.nodes for scale in scales]
            parts = zip(self.of_nodes, nodes, graphs, strict=True)
            logits = [decode(layer(of), graph, at) for layer, of, graph in parts]
            heads.append(Head("graph branch", logits))
        return heads

    def of_spectra(
        self, spectra: Tensor, brightness: Tensor | None = None
    ) -> list[Head]:
        """Return the heads that see the spectra (n, C) alone.

        Args:
            spectra: (n, C), normalised.
            brightness: float32 (n, 2), mean and standard deviation of the file values;
                without it heads of the unnormalised spectrum are left out.
        """
        layers = (self.of_spectrum, self.of_kernel, self.of_discriminant)
        logits = [layer(spectra) for layer in layers]
        if brightness is not None:
            logits += [head(spectra, brightness) for head in self.unnormalised]
        return heads_of_spectrum(logits)

    @property
    def unnormalised(self) -> list[UnnormalisedHead]:
        """The heads of the unnormalised spectrum."""
        return [cast(UnnormalisedHead, head) for head in self.of_unnormalised]


def combine(heads: Sequence[Head], weights: Tensor) -> Tensor:
    """Return the ensemble's logits, float32 (V, K).

    The weighted mean of the logarithms of the heads' probabilities, normalised. A
    single head keeps its logits as they are.

    Args:
        heads: The output of each head.
        weights: float (heads,), 0 or more with a sum of 1.
    """
    if len(heads) == 1 and len(heads[0].logits) == 1:
        return heads[0].logits[0].float()
    pooled = torch.zeros_like(heads[0].logits[0], dtype=torch.float32)
    for head, weight in zip(heads, weights, strict=True):
        pooled.addcmul_(weight, (head.probabilities() + FLOOR).log_())
    return softmax_of_rows(pooled).log()
