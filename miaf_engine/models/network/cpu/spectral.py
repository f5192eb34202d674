"""The first layer with its batch norm folded into the weights."""

from __future__ import annotations

from typing import cast

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
        norm = cast(nn.BatchNorm1d, self.blocks[0])
        linear = cast(nn.Linear, self.blocks[1])
        mean, variance = _statistics(spectra, norm)
        scale = norm.weight * torch.rsqrt(variance + norm.eps)
        bias = linear.bias + linear.weight @ (norm.bias - mean * scale)
        features = functional.linear(spectra, linear.weight * scale, bias)
        for layer in list(self.blocks)[2:]:
            features = layer(features)
        return features


def _statistics(spectra: Tensor, norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    """Return mean and variance (C,) as batch norm takes them, and keep its averages."""
    # None only in a batch norm that keeps no averages, which this one does.
    mean, variance = cast(Tensor, norm.running_mean), cast(Tensor, norm.running_var)
    if not norm.training:
        return mean, variance
    batches = cast(Tensor, norm.num_batches_tracked).add_(1)
    share = norm.momentum or 1.0 / float(batches)
    # Not for every device: torch has no such kernel for Apple GPUs.
    return torch.batch_norm_update_stats(spectra, mean, variance, share)
