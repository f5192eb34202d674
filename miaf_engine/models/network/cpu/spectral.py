"""The first layer with its batch norm folded into the weights."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.models.network.spectral import SpectralFeatures


class FoldedSpectralFeatures(SpectralFeatures):
    """Shallow features that never write the normalised spectra.

    With mean m, variance v, scale g and shift b of the batch norm, and weights W and c
    of the layer after it:

        W (g (x - m) / sqrt(v + eps) + b) + c = W' x + c'
        W' = W diag(g / sqrt(v + eps)),   c' = c + W (b - m g / sqrt(v + eps))

    The spectra are the largest array of a step. They take no gradient, so neither
    they nor any gradient need be written normalised: half of the time of this layer.
    """

    def embedding(self, spectra: Tensor) -> Tensor:
        """Return the embedding of each pixel, (V, C) to (V, D), without dropout."""
        norm, linear, *rest = self.blocks
        mean, variance = _statistics(spectra, norm)
        scale = norm.weight * torch.rsqrt(variance + norm.eps)
        bias = linear.bias + linear.weight @ (norm.bias - mean * scale)
        features = functional.linear(spectra, linear.weight * scale, bias)
        for layer in rest:
            features = layer(features)
        return features


def _statistics(spectra: Tensor, norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    """Return mean and variance (C,) as batch norm takes them, and keep its averages."""
    kept = norm.running_mean, norm.running_var
    if not norm.training:
        return kept
    norm.num_batches_tracked += 1
    share = norm.momentum or 1.0 / float(norm.num_batches_tracked)
    # Not for every device: torch has no such kernel for Apple GPUs.
    return torch.batch_norm_update_stats(spectra, *kept, share)
