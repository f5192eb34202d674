"""Shallow features of each pixel's spectrum, shared by every scale."""

from __future__ import annotations

import torch
from torch import Tensor, nn

_CHUNK = 65_536


class SpectralFeatures(nn.Module):
    """Two blocks of batch norm, 1 x 1 convolution and leaky ReLU (SFE in the paper).

    Shape:
        input (V, C), output (V, D).
    """

    def __init__(self, bands: int, width: int, dropout: float) -> None:
        super().__init__()
        self.blocks = nn.Sequential(
            nn.BatchNorm1d(bands),
            nn.Linear(bands, width),
            nn.LeakyReLU(),
            nn.BatchNorm1d(width),
            nn.Linear(width, width),
            nn.LeakyReLU(),
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, spectra: Tensor) -> Tensor:
        """Return the embedding of each pixel (F_E in the paper)."""
        if any(part.training for part in self.blocks):
            embedding: Tensor = self.dropout(self.blocks(spectra))
            return embedding
        # Pixels are independent now; a large tile is not copied as a whole.
        return torch.cat([self.blocks(part) for part in spectra.split(_CHUNK)])


def valid_rows(image: Tensor, pixels: Tensor | None) -> Tensor:
    """Return an image (C, H, W) as a matrix of its valid pixels (V, C).

    Args:
        image: float (C, H, W).
        pixels: int64 (V,) flat positions of the valid pixels; None where all are.
    """
    flat = image.flatten(1).t().contiguous()  # (P, C)
    return flat if pixels is None else torch.index_select(flat, 0, pixels)
