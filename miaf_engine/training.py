"""The training loop."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.augmentation import SpectralNoise
from miaf_engine.calibration import Calibration, calibrate
from miaf_engine.config import TrainConfig
from miaf_engine.devices import mixed_precision
from miaf_engine.errors import SampleError, TrainingError
from miaf_engine.network.miafnet import MiafNet
from miaf_engine.progress import SILENT, Progress, Span
from miaf_engine.training_batch import Batch, TrainingArea, class_weights

# Validation starts after this share of the epochs: before it the running statistics
# and the learning rate are still far from their final values.
_FIRST_CHECK = 0.3
_CHECKS = 20


@dataclass
class History:
    """What happened in training.

    Attributes:
        losses: Mean training loss of each epoch.
        checks: (epoch, validation accuracy, validation loss), epochs counted from 1.
        best_epoch: Epoch whose weights were kept.
        final_epochs: Epochs after that, with the validation pixels as well; they are
            the last of `losses`.
        calibration: Temperature of the best epoch on the validation pixels, from
            before the final epochs learn them.
        seconds: Time of the epochs, validation included.
    """

    losses: list[float] = field(default_factory=list)
    checks: list[tuple[int, float, float]] = field(default_factory=list)
    best_epoch: int = 0
    final_epochs: int = 0
    calibration: Calibration = field(default_factory=Calibration)
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the history as JSON values."""
        return {
            "losses": self.losses,
            "checks": [list(check) for check in self.checks],
            "best_epoch": self.best_epoch,
            "final_epochs": self.final_epochs,
            "seconds": self.seconds,
        }


def fit(
    network: MiafNet,
    areas: Iterable[TrainingArea],
    config: TrainConfig,
    *,
    seed: int,
    device: torch.device | str = "cpu",
    progress: Progress = SILENT,
) -> History:
    """Train `network` in place; it ends on `device` with the best epoch's weights.

    The best epoch is the one with the most validation pixels right, the later and the
    smaller loss among equals; without validation pixels it is the last. From its
    weights training goes on for `final_percent` of the epochs with the validation
    pixels, so that no area that the user drew is lost to the map.

    Args:
        network: The network; its weights are the start.
        areas: What to train on; one optimiser step each and epoch. From an iterator
            each is let go once it is on the device.
        config: Epochs, rates and regularisation.
        seed: Seed of dropout, noise and order.
        device: Where to train.
        progress: Told of each epoch; may cancel.

    Raises:
        SampleError: No area holds a training pixel.
        TrainingError: The loss is not finite.
        Cancelled: The caller asked to stop.
    """
    batches = [Batch.build(area, device) for area in areas]
    batches = [
        batch for batch in batches if len(batch.rows) or len(batch.validation_rows)
    ]
    if not any(len(batch.rows) for batch in batches):
        raise SampleError("There is no labelled pixel to train on.")
    network.to(device)
    cuda = [torch.device(device)] if torch.device(device).type == "cuda" else []
    validated = any(len(batch.validation_rows) for batch in batches)
    final = round(config.epochs * config.final_percent / 100) if validated else 0
    turn = config.epochs / (config.epochs + final)
    with torch.random.fork_rng(devices=cuda):
        torch.manual_seed(seed)
        history = _run_epochs(network, batches, config, Span(progress, 0.0, turn))
        if validated:
            areas = torch.cat([batch.validation_areas for batch in batches])
            found = (*_validation_scores(network, batches), areas)
            history.calibration = calibrate(*(part.cpu().numpy() for part in found))
        if final:
            together = [batch.together() for batch in batches]
            more = replace(config, epochs=final)
            after = _run_epochs(network, together, more, Span(progress, turn, 1.0))
            history.losses += after.losses
            history.seconds += after.seconds
            history.final_epochs = final
    return history


def _run_epochs(
    network: MiafNet, batches: list[Batch], config: TrainConfig, progress: Progress
) -> History:
    trained = [batch for batch in batches if len(batch.rows)]
    validated = any(len(batch.validation_rows) for batch in batches)
    noises = [SpectralNoise.of(batch, config) for batch in trained]
    weights = class_weights(trained, network.classes, config.class_weight_power)
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, config.learning_rate, total_steps=config.epochs * len(trained) + 1
    )
    history, best = History(), None
    started = time.perf_counter()
    interval = max(1, config.epochs // _CHECKS)
    for epoch in range(1, config.epochs + 1):
        losses = []
        network.train()
        for place in torch.randperm(len(trained)).tolist():
            losses.append(_step(network, noises[place], config, weights, optimiser))
            schedule.step()
        history.losses.append(sum(losses) / len(losses))
        _refuse_divergence(history, config)
        stage = "Training" if validated else "Training on all areas"
        text = f"{stage}, epoch {epoch} of {config.epochs}, loss {losses[-1]:.3f}"
        late = epoch >= config.epochs * _FIRST_CHECK
        if validated and (epoch == config.epochs or (late and epoch % interval == 0)):
            refresh_statistics(network, batches)
            accuracy, loss = _validate(network, batches)
            history.checks.append((epoch, accuracy, loss))
            if best is None or (accuracy, -loss) >= best[0]:
                best = ((accuracy, -loss), copy.deepcopy(network.state_dict()))
                history.best_epoch = epoch
        if history.checks:
            text += f", validation accuracy {history.checks[-1][1]:.1%}"
        progress.step(epoch / config.epochs, text)
    if best is None:
        refresh_statistics(network, batches)
        history.best_epoch = config.epochs
    else:
        network.load_state_dict(best[1])
    network.eval()
    history.seconds = time.perf_counter() - started
    return history


def _step(
    network: MiafNet,
    noise: SpectralNoise,
    config: TrainConfig,
    weights: Tensor,
    optimiser: torch.optim.Optimizer,
) -> float:
    batch = noise.batch
    with mixed_precision(batch.spectra.device):
        views = network.views(noise.spectra(), batch.graphs, batch.layout, batch.rows)
    # Each view answers for itself; within a view each scale has its share.
    loss = sum(
        functional.cross_entropy(
            logits.float(),
            batch.targets,
            weight=weights,
            label_smoothing=config.label_smoothing,
        )
        / len(view)
        for view in views
        for logits in view
    ) / len(views)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimiser.step()
    return loss.item()


def _refuse_divergence(history: History, config: TrainConfig) -> None:
    if not math.isfinite(history.losses[-1]):
        raise TrainingError(
            f"Training diverged in epoch {len(history.losses)}: the loss is "
            f"{history.losses[-1]}.",
            hint=f"Lower the learning rate (now {config.learning_rate:g}).",
        )


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
            network.score(batch.spectra, batch.graphs, batch.layout)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    network.eval()


def _validate(network: MiafNet, batches: Sequence[Batch]) -> tuple[float, float]:
    """Return the share of validation pixels that are right, and their mean loss."""
    scored, wanted = _validation_scores(network, batches)
    right = (scored.argmax(dim=1) == wanted).float().mean().item()
    return right, functional.cross_entropy(scored, wanted).item()


@torch.no_grad()
def _validation_scores(
    network: MiafNet, batches: Sequence[Batch]
) -> tuple[Tensor, Tensor]:
    """Return logits (n, K) and classes (n,) of the validation pixels."""
    logits, targets = [], []
    for batch in batches:
        with mixed_precision(batch.spectra.device):
            scores = network.score(batch.spectra, batch.graphs, batch.layout).float()
        logits.append(scores.index_select(0, batch.validation_rows))
        targets.append(batch.validation_targets)
    return torch.cat(logits), torch.cat(targets)
