"""Shallow features of each pixel's spectrum, shared by every scale."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn

from miaf_engine.models.network.assignment import chosen
from miaf_engine.models.network.parallel import side_by_side

# Pixels that are embedded at once in prediction, and those whose spectra are brought
# side by side for it, which stay in the cache.
_CHUNK, _CHUNK_OF_SPECTRA = 16_384, 4096
# Pixels whose bands are brought side by side at once.
_TURNED = 4096


class Spectra:
    """The spectra of an image's valid pixels, for a map on a processor.

    They are brought side by side a block at a time: all at once they would be the
    largest array of a map.

    Args:
        image: float32 (C, H, W), which may be a part of a larger one.
        pixels: int64 (V,) flat positions of the valid pixels; None where all are.
    """

    def __init__(self, image: Tensor, pixels: Tensor | None) -> None:
        bands, height, width = image.shape
        if image.stride(2) != 1:
            image = image.contiguous()
        between, line, _ = image.stride()
        span = (height - 1) * line + width
        self._bands = image.as_strided((bands, span), (between, 1))
        if pixels is None:
            pixels = torch.arange(height * width)
        self._places = (
            pixels if line == width else pixels + pixels // width * (line - width)
        )

    def __len__(self) -> int:
        """Return the number of pixels V."""
        return len(self._places)

    def at(self, pixels: Tensor | slice | None) -> Tensor:
        """Return the spectra (n, C) of the pixels wanted, int64 (n,); None is all."""
        places = chosen(self._places, pixels).expand(len(self._bands), -1)
        # Not index_select, which is slow where bands do not follow each other.
        return self._bands.gather(1, places).t()


def spectra_at(spectra: Tensor | Spectra, at: Tensor | slice | None) -> Tensor:
    """Return the spectra (n, C) of the pixels wanted; see `assignment.chosen`."""
    return spectra.at(at) if isinstance(spectra, Spectra) else chosen(spectra, at)


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

    def forward(self, spectra: Tensor | Spectra) -> Tensor:
        """Return the embedding of each pixel (F_E in the paper)."""
        if isinstance(spectra, Tensor) and any(part.training for part in self.blocks):
            features: Tensor = self.dropout(self.embedding(spectra))
            return features

        # Pixels are independent now; a large tile is not copied as a whole.
        def embedded(start: int) -> Tensor:
            return self.embedding(spectra_at(spectra, slice(start, start + size)))

        size = _CHUNK_OF_SPECTRA if isinstance(spectra, Spectra) else _CHUNK
        starts = range(0, max(len(spectra), 1), size)
        return torch.cat(side_by_side([partial(embedded, start) for start in starts]))

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
