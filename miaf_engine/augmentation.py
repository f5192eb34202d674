"""Random errors that spectra are given in training, so that they are not learnt by heart.

Errors of single pixels average away in a superpixel, and with them what they are good for
in the graph branch: so a whole superpixel is given an error of its own as well, as if
it lay in another field of the same cover.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from miaf_engine.config import TrainConfig
from miaf_engine.network.assignment import decode
from miaf_engine.training_batch import Batch

# Pixels draw from a stock that is this much longer than the scene has pixels, from
# another place each step: normal numbers cost as much as the network's first layer.
_STOCK = 4096


@dataclass(frozen=True)
class SpectralNoise:
    """Errors for the pixels and superpixels of one training area.

    Attributes:
        batch: The training area.
        pixel_scale: Standard deviation of a pixel's error in each band.
        region_scale: The same of a superpixel's, at the finest scale.
        stock: float32 (V + `_STOCK`, C), standard normal; None without pixel errors.
    """

    batch: Batch
    pixel_scale: float
    region_scale: float
    stock: Tensor | None

    @classmethod
    def of(cls, batch: Batch, config: TrainConfig) -> SpectralNoise:
        """Prepare the errors of a training area; draws from torch's generator."""
        stock = None
        if config.input_noise > 0:
            pixels, bands = batch.spectra.shape
            stock = torch.randn(pixels + _STOCK, bands, device=batch.spectra.device)
        return cls(batch, config.input_noise, config.region_noise, stock)

    def spectra(self) -> Tensor:
        """Return the spectra with new errors, (V, C); the batch keeps its own."""
        spectra = self.batch.spectra
        if self.stock is not None:
            start = int(torch.randint(_STOCK, ()))
            drawn = self.stock[start : start + len(spectra)]
            spectra = torch.add(spectra, drawn, alpha=self.pixel_scale)
        if self.region_scale > 0:
            graph = self.batch.graphs[0]
            nodes, bands = len(graph.sizes), spectra.shape[1]
            drawn = torch.randn(nodes, bands, device=spectra.device)
            spectra = spectra + decode(drawn.mul_(self.region_scale), graph)
        return spectra
