"""Shallow features of each pixel's spectrum, shared by every scale."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import chosen
from miaf_engine.models.network.parallel import side_by_side

# Pixels that are embedded at once in prediction.
_CHUNK = 16_384
# Pixels whose bands are brought side by side at once.
_TURNED = 4096


class SpectralFeatures(nn.Module):
    """Shallow feature extraction (SFE in the paper): two layers on each spectrum x.

        F_E = h2(h1(x)),   h(x) = LeakyReLU(W BN(x) + b)

    A pixel is a row of a matrix, so the 1 x 1 convolution W is `nn.Linear`. Dropout
    follows in training.

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
        self.dropout = nn.Dropout(dropout)

    def forward(self, spectra: Tensor) -> Tensor:
        """Return the embedding of each pixel (F_E in the paper)."""
        if any(part.training for part in self.blocks):
            features: Tensor = self.dropout(self.embedding(spectra))
            return features
        # Pixels are independent now; a large tile is not copied as a whole.
        parts = spectra.split(_CHUNK)
        return torch.cat(
            side_by_side([partial(self.embedding, part) for part in parts])
        )

    def embedding(self, spectra: Tensor) -> Tensor:
        """Return the embedding of each pixel, (V, C) to (V, D), without dropout."""
        embedding: Tensor = self.blocks(spectra)
        return embedding


def valid_rows(image: Tensor, pixels: Tensor | None) -> Tensor:
    """Return an image (C, H, W) as a matrix of its valid pixels (V, C).

    Args:
        image: float (C, H, W).
        pixels: int64 (V,) flat positions of the valid pixels; None where all are.
    """
    flat = image.flatten(1)
    if not image.is_cpu:
        return chosen(flat.t().contiguous(), pixels)
    count = flat.shape[1] if pixels is None else len(pixels)
    rows = flat.new_empty(count, len(flat))

    def turned(start: int) -> None:
        at = slice(start, start + _TURNED)
        part = flat[:, at] if pixels is None else flat.index_select(1, pixels[at])
        rows[at] = part.t()

    # A few pixels at a time, whose spectra stay in the cache.
    side_by_side([partial(turned, start) for start in range(0, count, _TURNED)])
    return rows
