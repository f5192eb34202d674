"""The head of the spectrum alone: a logistic regression, fitted to convergence.

The network's optimiser takes far too few steps for it, because neighbouring bands are
almost collinear; its problem is convex and small, and is solved directly instead. It
knows nothing of a pixel's surroundings, so of all heads it suffers least on fields that
differ from the training areas.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional

from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.training.batch import Batch
from miaf_engine.training.cpu.optimisers import lbfgs

_TURNS = 150  # of the quasi-Newton method; Indian Pines gains nothing beyond


def fit_spectral_head(network: MiafNet, batches: Sequence[Batch]) -> None:
    """Fit the network's classifier of spectra on the training pixels, in place.

    The mean loss and half the squared distance from the weights it has (0 in a new
    network), divided by the number of pixels, are made least. Classes without a
    training pixel keep their weights.

    Args:
        network: On the device of the batches; without such a head it stays as it is.
        batches: The training areas.
    """
    if network.branches is None:
        return
    layer = network.branches.of_spectrum
    spectra = torch.cat([b.spectra.index_select(0, b.rows) for b in batches])
    targets = torch.cat([batch.targets for batch in batches])
    start = [layer.weight.detach().clone(), layer.bias.detach().clone()]
    found = [part.clone().requires_grad_(True) for part in start]
    absent = torch.ones(len(start[1]), dtype=torch.bool, device=spectra.device)
    absent[targets] = False
    solver = lbfgs(found, max_iter=_TURNS)

    def loss() -> torch.Tensor:
        solver.zero_grad()
        scores = functional.linear(spectra, *found)
        penalty = (found[0] - start[0]).square().sum() / (2 * len(targets))
        total = functional.cross_entropy(scores, targets) + penalty
        total.backward()
        for part in found:
            if part.grad is not None:
                part.grad[absent] = 0.0
        return total

    solver.step(loss)
    with torch.no_grad():
        layer.weight.copy_(found[0])
        layer.bias.copy_(found[1])
