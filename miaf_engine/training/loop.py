"""The training loop: epochs, steps, loss, validation, early stopping, calibration."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.accuracy.calibration import (
    FEWEST_PIXELS,
    Calibration,
    calibrate,
)
from miaf_engine.errors import SampleError, TrainingError
from miaf_engine.memory import freed_memory_kept
from miaf_engine.models.devices import mixed_precision
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.network.placement import place
from miaf_engine.progress import SILENT, Progress, Span, Stage
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training.batch import (
    Batch,
    SpectralNoise,
    TrainingScene,
    class_weights,
    strength,
)
from miaf_engine.training.checkpoint_files import Checkpoints
from miaf_engine.training.checkpoints import (
    FINAL,
    FINISHED,
    FIRST,
    Best,
    Checkpointer,
    StageState,
    training_key,
)
from miaf_engine.training.cuda.recorded_steps import (
    RecordedGradients,
    cuda_recorder,
)
from miaf_engine.training.history import History, UnreadLosses
from miaf_engine.training.optimiser import adamw
from miaf_engine.training.preview import Previews
from miaf_engine.training.spectral_heads import fit_spectral_heads
from miaf_engine.translation import tr

# Validation starts after this share of the epochs: before it the learning rate is far
# from its end, and an epoch that a few areas favour by chance is a poor start for the
# final epochs.
_FIRST_CHECK = 0.7
_CHECKS = 20


@torch.no_grad()
def refresh_statistics(network: MiafNet, batches: Sequence[Batch]) -> None:
    """Recompute every batch norm's statistics on clean input with current weights.

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
            network.trained_heads(
                batch.spectra, batch.graphs, batch.layout, batch.wanted
            )
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    network.eval()


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


def fit(
    network: MiafNet,
    areas: Iterable[TrainingScene],
    config: TrainConfig,
    *,
    seed: int,
    device: torch.device | str = "cpu",
    progress: Progress = SILENT,
    checkpoints: Checkpoints | None = None,
    previews: Previews | None = None,
) -> History:
    """Train `network` in place; it ends on `device` with the best epoch's weights.

    The best epoch is the one with the most validation pixels right, the later and the
    smaller loss among equals; without validation pixels it is the last. From its
    weights training continues for `final_percent` of the epochs with the validation
    pixels, so that the map uses every training area.

    Args:
        network: The network; its weights are the start.
        areas: What to train on; one optimiser step each and epoch. From an iterator
            each is freed once it is on the device.
        config: Epochs, rates and regularisation.
        seed: Seed of dropout, noise and order.
        device: Where to train.
        progress: Receives each epoch; may cancel.
        checkpoints: Where the state is kept, and taken up after an interruption.
        previews: Draws the map now and then.

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
        raise SampleError(tr("There are no labelled pixels to train on."))
    place(network, device)
    key = training_key(network, batches, config, seed, device) if checkpoints else ""
    checkpointer = Checkpointer(checkpoints, key, network, device, progress)
    history = checkpointer.result(FINISHED)
    if history is not None:
        network.eval()
        return history
    cuda = [torch.device(device)] if torch.device(device).type == "cuda" else []
    # What is kept is the processor's memory, which a graphics card leaves alone.
    kept = nullcontext() if cuda else freed_memory_kept()
    with torch.random.fork_rng(devices=cuda), kept:
        torch.manual_seed(seed)
        history = _run_stages(
            network, batches, config, checkpointer, progress, previews
        )
    checkpointer.finish(history)
    return history


@torch.no_grad()
def _scores(network: MiafNet, batches: Sequence[Batch]) -> tuple[Tensor, Tensor]:
    """Return logits (n, K) and classes (n,) of the validation pixels."""
    logits, targets = [], []
    for batch in batches:
        with mixed_precision(batch.spectra.device):
            scores = network.score(
                batch.spectra,
                batch.graphs,
                batch.layout,
                batch.validation_rows,
                batch.brightness,
            )
        logits.append(scores)
        targets.append(batch.validation_targets)
    return torch.cat(logits), torch.cat(targets)


@torch.no_grad()
def _likeliest(
    network: MiafNet, batches: Sequence[Batch], rows: Sequence[Tensor]
) -> list[Tensor]:
    """Return the likeliest class 0..K-1 at rows (n,) of the pixels of each batch.

    The statistics are recomputed in place, as for a validation, which is cheaper than a
    copy and right: training reads none, and recomputes them before a map is made.
    """
    refresh_statistics(network, batches)
    found = []
    for batch, at in zip(batches, rows, strict=True):
        with mixed_precision(batch.spectra.device):
            scores = network.score(
                batch.spectra, batch.graphs, batch.layout, at, batch.brightness
            )
        found.append(scores.argmax(dim=1))
    return found


def _run_stages(
    network: MiafNet,
    batches: list[Batch],
    config: TrainConfig,
    checkpointer: Checkpointer,
    progress: Progress,
    previews: Previews | None,
) -> History:
    """Choose the epoch, then train on the validation pixels as well."""
    validated = any(len(batch.validation_rows) for batch in batches)
    final = round(config.epochs * config.final_percent / 100) if validated else 0
    turn = config.epochs / (config.epochs + final)
    history = checkpointer.result(FIRST)
    if history is None:
        checkpointer.begin(FIRST)
        stage = Span(progress, 0.0, turn)
        history = _run_epochs(network, batches, config, checkpointer, stage, previews)
        if validated:
            history.calibration = measure_calibration(network, batches)
    if final:
        checkpointer.begin(FINAL, history)
        together = [batch.together() for batch in batches]
        more = replace(config, epochs=final)
        stage = Stage(progress, turn, 1.0, tr("With the validation set: "))
        after = _run_epochs(network, together, more, checkpointer, stage, previews)
        history.losses += after.losses
        history.seconds += after.seconds
        history.final_epochs = final
    return history


def _run_epochs(
    network: MiafNet,
    batches: list[Batch],
    config: TrainConfig,
    checkpointer: Checkpointer,
    progress: Progress,
    previews: Previews | None,
) -> History:
    trained = [batch for batch in batches if len(batch.rows)]
    validated = any(len(batch.validation_rows) for batch in batches)
    noises = _regularised(network, trained, config)
    fit_spectral_heads(network, trained)
    weights = class_weights(trained, network.classes, config.class_weight_power)
    optimiser = adamw(
        network.parameters(),
        lr=config.learning_rate,
        weight_decay=config.weight_decay,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, config.learning_rate, total_steps=config.epochs * len(trained) + 1
    )
    gradients = _gradients_by(network, config, weights)
    state = checkpointer.restore(optimiser, schedule)
    history, best = state.history, state.best
    started = time.perf_counter() - history.seconds
    interval = max(1, config.epochs // _CHECKS)
    unread = UnreadLosses(history)
    for epoch in range(state.epoch + 1, config.epochs + 1):
        losses = []
        network.train()
        for scene in torch.randperm(len(trained)).tolist():
            losses.append(gradients(noises[scene]))
            optimiser.step()
            schedule.step()
        unread.add(losses)
        last = epoch == config.epochs
        late = epoch >= config.epochs * _FIRST_CHECK
        checked = validated and (last or (late and epoch % interval == 0))
        asked = checked or last or progress.cancelled()
        if asked or unread.due():
            unread.read()
            _refuse_divergence(history, config)
            if checked:
                best = _better(network, batches, epoch, history, best)
            accuracy = history.checks[-1][1] if checked else None
            progress.epoch(epoch, config.epochs, history.losses[-1], accuracy)
            history.seconds = time.perf_counter() - started
            state = StageState(epoch, history, best)
            if checkpointer.save_if_due(state, config.epochs, optimiser, schedule):
                progress.kept(epoch)
            if previews is not None:
                draw = partial(_likeliest, network, batches)
                previews.offer(batches, draw, epoch, progress)
        progress.step(epoch / config.epochs, _text(epoch, config, history))
    if best is None:
        refresh_statistics(network, batches)
        history.best_epoch = config.epochs
    else:
        network.load_state_dict(best[1])
    network.eval()
    history.seconds = time.perf_counter() - started
    return history


def _text(epoch: int, config: TrainConfig, history: History) -> str:
    """Return what is shown of an epoch, with the last figures that were read."""
    text = tr("Training, epoch {epoch} of {count}")
    if history.losses and history.checks:
        text = tr(
            "Training, epoch {epoch} of {count}, loss {loss}, validation accuracy "
            "{accuracy} %"
        )
    elif history.losses:
        text = tr("Training, epoch {epoch} of {count}, loss {loss}")
    return text.format(
        epoch=epoch,
        count=config.epochs,
        loss=f"{history.losses[-1]:.3f}" if history.losses else "",
        accuracy=f"{100 * history.checks[-1][1]:.1f}" if history.checks else "",
    )


def _regularised(
    network: MiafNet, trained: Sequence[Batch], config: TrainConfig
) -> list[SpectralNoise]:
    """Set dropout and the weight of few areas by the amount of training data."""
    pixels = sum(len(batch.rows) for batch in trained)
    share = strength(sum(batch.areas for batch in trained), pixels)
    network.spectral.dropout.p = share * network.config.dropout
    return [SpectralNoise.of(batch, share * config.input_noise) for batch in trained]


def _better(
    network: MiafNet,
    batches: Sequence[Batch],
    epoch: int,
    history: History,
    best: Best | None,
) -> Best:
    """Score the validation pixels; return this epoch's weights if it is the best."""
    refresh_statistics(network, batches)
    accuracy, loss = validate(network, batches)
    history.checks.append((epoch, accuracy, loss))
    if best is not None and (accuracy, -loss) < best[0]:
        return best
    history.best_epoch = epoch
    return (accuracy, -loss), copy.deepcopy(network.state_dict())


def _gradients_by(
    network: MiafNet, config: TrainConfig, weights: Tensor
) -> Callable[[SpectralNoise], Tensor]:
    """Return what computes the gradients of a training area and returns its loss."""
    compute = partial(_gradients, network, config, weights)
    if weights.is_cuda:
        return RecordedGradients(network, compute, cuda_recorder(weights.device))
    return lambda noise: compute(noise.batch, noise.spectra())


def _gradients(
    network: MiafNet,
    config: TrainConfig,
    weights: Tensor,
    batch: Batch,
    spectra: Tensor,
) -> Tensor:
    """Compute the gradients of a training area; return its loss, on the device."""
    with mixed_precision(batch.spectra.device):
        heads = network.trained_heads(spectra, batch.graphs, batch.layout, batch.wanted)
    # Each head has its own loss; within a head the scales share it equally.
    logits = torch.stack([of_scale for head in heads for of_scale in head.logits])
    losses = weighted_loss(logits, batch.targets, weights, config.label_smoothing)
    of_heads = losses.split([len(head.logits) for head in heads])
    loss = torch.stack([of_head.mean() for of_head in of_heads]).mean()
    parameters = list(network.parameters())
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    nn.utils.clip_grad_norm_(parameters, 5.0)
    return loss.detach()


def weighted_loss(
    logits: Tensor, targets: Tensor, weights: Tensor, label_smoothing: float
) -> Tensor:
    """Return the mean cross-entropy of pixels that count by the weight of their class.

        L = sum_i w(y_i) l_i / sum_i w(y_i)
        l_i = -(1 - s) log p_i(y_i) - s / K sum_k log p_i(k)

    torch's own `weight` would weight the second sum by class as well: pixels of a
    common class would then be smoothed towards rare ones by a multiple of s.

    Args:
        logits: float (..., n, K), of one head or of several; computed in float32.
        targets: int64 (n,), classes 0..K-1.
        weights: float (K,), positive where a class has a pixel.
        label_smoothing: s, 0..1.

    Returns:
        float32 (...), the loss of each.
    """
    shape = logits.shape[:-1]
    losses = functional.cross_entropy(
        logits.float().flatten(end_dim=-2),
        targets.expand(shape).flatten(),
        label_smoothing=label_smoothing,
        reduction="none",
    )
    of_pixel = weights[targets]
    return losses.view(shape) @ of_pixel / of_pixel.sum()


def _refuse_divergence(history: History, config: TrainConfig) -> None:
    for epoch, loss in enumerate(history.losses, start=1):
        if not math.isfinite(loss):
            raise TrainingError(
                tr("Training diverged in epoch {epoch}: the loss is {loss}.").format(
                    epoch=epoch, loss=loss
                ),
                hint=tr("Lower 'Learning rate' (now {rate:g}).").format(
                    rate=config.learning_rate
                ),
            )
