"""Random errors that spectra are given in training, lest they are learnt by heart."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from miaf_engine.training.batch import Batch

# Up to this many training areas the regularisation has its full strength.
FEW_AREAS = 100
# The stock of errors is this many pixels longer than the scene, and each step starts at
# another place in it: drawing anew costs as much as the network's first layer.
_SPARE = 4096


def strength(areas: int, pixels: int) -> float:
    """Return how strong noise, dropout and caution should be, 0..1.

    Pixels of one area are alike, so areas are what a network can learn the variety of
    a class from. With few of them it needs disturbing most; thousands of scattered
    pixels say all there is to know, and noise only blurs it, as votes do. Half as much
    is enough for single pixels: no neighbour of theirs repeats what they say.

    Args:
        areas: Number of training areas.
        pixels: Number of training pixels, as many at least.
    """
    repeated = 1 - areas / max(pixels, 1)
    return (1 + repeated) / 2 * min(1.0, math.sqrt(FEW_AREAS / max(areas, 1)))


@dataclass(frozen=True)
class SpectralNoise:
    """Errors for the pixels of one training area.

    Attributes:
        batch: The training area.
        scale: Standard deviation of the error in each normalised band.
        stock: float32 (V + `_SPARE`, C), standard normal; None without errors.
    """

    batch: Batch
    scale: float
    stock: Tensor | None

    @classmethod
    def of(cls, batch: Batch, scale: float) -> SpectralNoise:
        """Prepare the errors of a training area; draws from torch's generator."""
        stock = None
        if scale > 0:
            pixels, bands = batch.spectra.shape
            stock = torch.randn(pixels + _SPARE, bands, device=batch.spectra.device)
        return cls(batch, scale, stock)

    def spectra(self) -> Tensor:
        """Return the spectra with other errors than before, (V, C)."""
        spectra = self.batch.spectra
        if self.stock is None:
            return spectra
        start = int(torch.randint(_SPARE, ()))
        drawn = self.stock[start : start + len(spectra)]
        return torch.add(spectra, drawn, alpha=self.scale)
