"""What validation pixels tell of a network: its accuracy and its temperature."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from miaf_engine.accuracy.calibration import (
    FEWEST_PIXELS,
    Calibration,
    calibrate,
)
from miaf_engine.models.devices import mixed_precision
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.training.batch import Batch


def validate(network: MiafNet, batches: Sequence[Batch]) -> tuple[float, float]:
    """Return the share of validation pixels that are right, and their mean loss."""
    scored, wanted = _scores(network, batches)
    right = (scored.argmax(dim=1) == wanted).float().mean().item()
    return right, functional.cross_entropy(scored, wanted).item()


def measure_calibration(network: MiafNet, batches: Sequence[Batch]) -> Calibration:
    """Fit the temperature on validation pixels.

    A map is mostly of the fields that training areas lie in, so the ends of large areas
    are taken where they have pixels enough, else all validation pixels.
    """
    scored, wanted = _scores(network, batches)
    areas = torch.cat([batch.validation_areas for batch in batches])
    ends = torch.cat([batch.validation_ends for batch in batches])
    used = ends if int(ends.sum()) >= FEWEST_PIXELS else torch.ones_like(ends)
    parts = (part[used].cpu().numpy() for part in (scored, wanted, areas))
    return calibrate(*parts)


@torch.no_grad()
def _scores(network: MiafNet, batches: Sequence[Batch]) -> tuple[Tensor, Tensor]:
    """Return logits (n, K) and classes (n,) of the validation pixels."""
    logits, targets = [], []
    for batch in batches:
        with mixed_precision(batch.spectra.device):
            scores = network.score(batch.spectra, batch.graphs, batch.layout)
        logits.append(scores.index_select(0, batch.validation_rows))
        targets.append(batch.validation_targets)
    return torch.cat(logits), torch.cat(targets)
