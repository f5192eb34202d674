"""Shallow features of each pixel's spectrum, shared by every scale."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.models.network.dropout import Dropout

_CHUNK = 65_536


class SpectralFeatures(nn.Module):
    """Two blocks of batch norm, 1 x 1 convolution and leaky ReLU (SFE in the paper).

    Shape:
        input (V, C), without gradient; output (V, D).
    """

    def __init__(self, bands: int, width: int, dropout: float) -> None:
        super().__init__()
        self.blocks = nn.Sequential(
            nn.BatchNorm1d(bands),
            nn.Linear(bands, width),
            nn.LeakyReLU(inplace=True),
            nn.BatchNorm1d(width),
            nn.Linear(width, width),
            nn.LeakyReLU(inplace=True),
        )
        self.dropout = Dropout(dropout)

    def forward(self, spectra: Tensor) -> Tensor:
        """Return the embedding of each pixel (F_E in the paper)."""
        if any(part.training for part in self.blocks):
            return self.dropout(self._embedding(spectra))
        # Pixels are independent now; a large tile is not copied as a whole.
        return torch.cat([self._embedding(part) for part in spectra.split(_CHUNK)])

    def _embedding(self, spectra: Tensor) -> Tensor:
        norm, linear = self.blocks[0], self.blocks[1]
        embedding: Tensor = self.blocks[2:](_normed_linear(spectra, norm, linear))
        return embedding


def _normed_linear(spectra: Tensor, norm: nn.BatchNorm1d, linear: nn.Linear) -> Tensor:
    """Return `linear(norm(spectra))`, by weights that hold the norm.

    The spectra are what is largest in a step. They take no gradient, so neither they
    nor any gradient need be written normed: half of the time for this layer.
    """
    mean, variance = _statistics(spectra, norm)
    scale = norm.weight * torch.rsqrt(variance + norm.eps)
    bias = linear.bias + linear.weight @ (norm.bias - mean * scale)
    return functional.linear(spectra, linear.weight * scale, bias)


def _statistics(spectra: Tensor, norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    """Return mean and variance (C,) as batch norm takes them, and keep its averages."""
    kept = norm.running_mean, norm.running_var
    if not norm.training:
        return kept
    norm.num_batches_tracked += 1
    share = norm.momentum or 1.0 / float(norm.num_batches_tracked)
    return torch.batch_norm_update_stats(spectra, *kept, share)


def valid_rows(image: Tensor, pixels: Tensor | None) -> Tensor:
    """Return an image (C, H, W) as a matrix of its valid pixels (V, C).

    Args:
        image: float (C, H, W).
        pixels: int64 (V,) flat positions of the valid pixels; None where all are.
    """
    flat = image.flatten(1).t().contiguous()  # (P, C)
    return flat if pixels is None else torch.index_select(flat, 0, pixels)
