"""Statistics of batch norm, measured as a trained network needs them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from miaf_engine.models.devices import mixed_precision
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.training.batch import Batch


@torch.no_grad()
def refresh_statistics(network: MiafNet, batches: Sequence[Batch]) -> None:
    """Measure every batch norm's statistics anew, on clean input with present weights.

    Running averages lag behind the weights and have seen the training noise: read
    early, they can halve the accuracy.
    """
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm1d)]
    momenta = [norm.momentum for norm in norms]
    network.eval()
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over the areas
        norm.train()
    for batch in batches:
        with mixed_precision(batch.spectra.device):
            network.views(batch.spectra, batch.graphs, batch.layout, batch.rows)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    network.eval()
