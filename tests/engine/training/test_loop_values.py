"""The training loop against stored values, and against answers computed apart."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch

from miaf_engine.progress import Progress
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training import loop
from miaf_engine.training.batch import Batch, TrainingScene, strength
from miaf_engine.training.loop import fit
from miaf_engine.training.spectral_heads import fit_spectral_heads
from tests import tiny

# One step, of which everything can be computed apart: no noise and no dropout.
STEP = TrainConfig(
    epochs=1, learning_rate=0.01, final_percent=0, input_noise=0.0, weight_decay=0.0
)


@pytest.fixture(scope="module")
def area():
    return tiny.area(tiny.hole())


class Texts(Progress):
    """Keeps where the bar stands and what it says."""

    def __init__(self):
        self.fractions, self.texts, self.epochs = [], [], []

    def epoch(self, *report):
        self.epochs.append(report)

    def advance(self, fraction, text=""):
        self.fractions.append(fraction)
        self.texts.append(text)


def test_a_tiny_training_ends_where_it_always_did(area):
    """Stored values of torch 2's CPU generator, equal for any number of threads.

    Vector instructions change them by a few parts in a million.
    """
    network, progress = tiny.network(dropout=0.2), Texts()
    config = TrainConfig(epochs=6, learning_rate=0.02, final_percent=50)
    history = fit(network, [area], config, seed=0, progress=progress)
    expected = [1.129384, 1.122930, 1.076347, 1.015080, 0.970907, 0.928802]
    expected += [0.921960, 0.917750, 0.850904]  # of the final epochs
    assert history.losses == pytest.approx(expected, rel=1e-3)
    assert [(n, right) for n, right, _ in history.checks] == [(5, 1.0), (6, 1.0)]
    losses = [loss for *_, loss in history.checks]
    assert losses == pytest.approx([0.170821, 0.168612], rel=1e-3)
    assert (history.best_epoch, history.calibration.temperature) == (6, 0.25)
    batch = Batch.build(area, "cpu")
    with torch.no_grad():
        scores = network.score(batch.spectra, batch.graphs, batch.layout)
    stored = [
        [0.8720, 0.0674, 0.0606],
        [0.0695, 0.0739, 0.8566],
        [0.0702, 0.0811, 0.8487],
    ]
    found = scores[[0, 100, 400]].exp()
    torch.testing.assert_close(found, torch.tensor(stored), atol=2e-3, rtol=0)
    assert progress.fractions == pytest.approx([step / 9 for step in range(1, 10)])
    assert [epoch[2] for epoch in progress.epochs] == history.losses
    assert [(*e[:2], *e[3:]) for e in progress.epochs] == [
        *((n, 6, None, "") for n in range(1, 5)),
        (5, 6, 1.0, ""),
        (6, 6, 1.0, ""),
        *((n, 3, None, "With the validation set: ") for n in range(1, 4)),
    ]
    assert progress.texts == [
        "Training, epoch 1 of 6, loss 1.129",
        "Training, epoch 2 of 6, loss 1.123",
        "Training, epoch 3 of 6, loss 1.076",
        "Training, epoch 4 of 6, loss 1.015",
        "Training, epoch 5 of 6, loss 0.971, validation accuracy 100.0 %",
        "Training, epoch 6 of 6, loss 0.929, validation accuracy 100.0 %",
        "With the validation set: Training, epoch 1 of 3, loss 0.922",
        "With the validation set: Training, epoch 2 of 3, loss 0.918",
        "With the validation set: Training, epoch 3 of 3, loss 0.851",
    ]


def smoothed(logits, targets, smoothing=0.1, power=0.5):
    """Return the weighted, smoothed cross-entropy of logits (n, K), by numpy."""
    logits = logits.detach().double().numpy()
    logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    counts = np.bincount(targets, minlength=3)
    wanted = np.eye(3)[targets] * (1 - smoothing) + smoothing / 3
    return np.average(-(wanted * logs).sum(axis=1), weights=counts[targets] ** -power)


def rare(area):
    """Return the scene with few training pixels of the last class."""
    training = area.training.copy()
    training[2:, 20:] = False
    return TrainingScene(**vars(area) | {"training": training})


def test_the_loss_is_the_mean_of_the_heads_and_of_the_scales_of_each(area):
    scene, network = rare(area), tiny.network()
    batch = Batch.build(scene, "cpu")
    plain = copy.deepcopy(network).train()
    heads = plain.trained_heads(batch.spectra, batch.graphs, batch.layout)
    assert [len(head.logits) for head in heads] == [1, 1, 2, 2]
    targets = batch.targets.numpy()
    of_head = [
        np.mean([smoothed(logits[batch.rows], targets) for logits in head.logits])
        for head in heads
    ]
    history = fit(network, [scene], STEP, seed=0)
    assert history.losses == pytest.approx([np.mean(of_head)], rel=1e-5)


def one_plain_step(area, scale, monkeypatch):
    """Return the length of a step of gradient descent, and the gradient's."""
    network = tiny.network()
    with torch.no_grad():
        network.classifier.weight.mul_(scale)
    alike = copy.deepcopy(network).train()
    monkeypatch.setattr(
        loop,
        "adamw",
        lambda parameters, *, lr, weight_decay: torch.optim.SGD(
            parameters, lr=lr, momentum=0.9
        ),
    )
    before = [part.detach().clone() for part in network.parameters()]
    fit(network, [area], STEP, seed=0)
    moved = [
        (part.detach() - old).square().sum()
        for part, old in zip(network.parameters(), before, strict=True)
        if part.requires_grad
    ]
    batch = Batch.build(area, "cpu")
    heads = alike.trained_heads(batch.spectra, batch.graphs, batch.layout, batch.wanted)
    weights = loop.class_weights([batch], 3, 0.5)
    sum(
        loop.weighted_loss(logits, batch.targets, weights, 0.1) / len(head.logits)
        for head in heads
        for logits in head.logits
    ).div(4).backward()
    gradients = [part.grad for part in alike.parameters() if part.grad is not None]
    length = sum(part.square().sum() for part in gradients)
    return float(sum(moved)) ** 0.5, float(length) ** 0.5


def test_a_step_follows_the_gradient_cut_to_a_length_of_five(area, monkeypatch):
    """Of a cycle of two steps the first has a rate of (1 + cos 2/7 pi) / 2 of 0.01."""
    moved, gradient = one_plain_step(area, 1.0, monkeypatch)
    assert 0.1 < gradient < 4
    assert moved == pytest.approx(0.0081174 * gradient, rel=1e-3)
    moved, gradient = one_plain_step(area, 300.0, monkeypatch)
    assert gradient > 20
    assert moved == pytest.approx(0.0081174 * 5, rel=1e-3)


def test_rates_rise_for_three_tenths_of_the_steps_and_fall_to_nothing(
    area, monkeypatch
):
    """The one-cycle schedule of Smith, as torch has it, over the steps and one more."""
    rates, momenta, decays = [], [], []

    class Noting(torch.optim.AdamW):
        def step(self, *given, **named):
            group = self.param_groups[0]
            rates.append(group["lr"])
            momenta.append(group["betas"])
            decays.append(group["weight_decay"])
            return super().step(*given, **named)

    def noting(parameters, *, lr, weight_decay):
        return Noting(list(parameters), lr=lr, weight_decay=weight_decay)

    monkeypatch.setattr(loop, "adamw", noting)
    config = TrainConfig(epochs=5, learning_rate=0.02, final_percent=0)
    fit(tiny.network(committee=False), [area, area], config, seed=0)
    # Eleven rates of which the last is never used; the peak is at 0.3 * 11 - 1 = 2.3.
    steps, peak = np.arange(10), 0.3 * 11 - 1
    rising = 0.0008 + (0.02 - 0.0008) * (1 - np.cos(np.pi * steps / peak)) / 2
    least = 0.0008 / 1e4
    way = (steps - peak) / (10 - peak)
    falling = least + (0.02 - least) * (1 + np.cos(np.pi * way)) / 2
    expected = np.where(steps <= peak, rising, falling)
    np.testing.assert_allclose(rates, expected, rtol=1e-6)
    assert momenta[0] == pytest.approx((0.95, 0.999))
    assert min(first for first, _ in momenta) > 0.85
    assert decays == [0.01] * 10


@pytest.mark.parametrize(
    ("epochs", "expected"),
    [
        (1, [1]),
        (9, [7, 8, 9]),
        (20, [14, 15, 16, 17, 18, 19, 20]),
        (41, [30, 32, 34, 36, 38, 40, 41]),
    ],
)
def test_the_last_three_tenths_of_the_epochs_are_validated(
    area, epochs, expected, monkeypatch
):
    monkeypatch.setattr(loop, "validate", lambda *_: (0.5, 1.0))
    config = TrainConfig(epochs=epochs, final_percent=0)
    history = fit(tiny.network(committee=False), [area], config, seed=0)
    assert [epoch for epoch, *_ in history.checks] == expected
    assert history.best_epoch == epochs


@pytest.mark.parametrize(("percent", "final"), [(0, 0), (13, 1), (40, 3), (100, 8)])
def test_final_epochs_are_a_share_of_the_epochs(area, percent, final):
    config = TrainConfig(epochs=8, learning_rate=0.02, final_percent=percent)
    history = fit(tiny.network(committee=False), [area], config, seed=0)
    assert (history.final_epochs, len(history.losses)) == (final, 8 + final)


def test_noise_and_dropout_weaken_by_the_number_of_areas_and_pixels(area, monkeypatch):
    """100 areas or fewer of single pixels have half of either."""
    seen = []

    def noted(batch, scale):
        seen.append(scale)
        return original(batch, scale)

    original = loop.SpectralNoise.of
    monkeypatch.setattr(loop.SpectralNoise, "of", noted)
    groups = np.arange(area.labels.size).reshape(area.labels.shape) // 5
    config = replace(STEP, input_noise=0.3)
    for numbers in (None, groups):
        scene = TrainingScene(**vars(area) | {"groups": numbers})
        network = tiny.network(dropout=0.2, committee=False)
        fit(network, [scene], config, seed=0)
        batch = Batch.build(scene, "cpu")
        share = strength(batch.areas, len(batch.rows))
        assert seen[-1] == pytest.approx(0.3 * share)
        assert network.spectral.dropout.p == pytest.approx(0.2 * share)
    pixels = int((area.training & area.scene.valid).sum())
    assert 60 < pixels < 100
    assert seen[0] == pytest.approx(0.15)
    assert seen[1] > 0.2


def test_the_heads_of_the_spectrum_are_fitted_before_the_first_epoch(area):
    alone, network = tiny.network(), tiny.network()
    fit_spectral_heads(alone, [Batch.build(area, "cpu")])
    fit(network, [area], STEP, seed=0)
    for name in ("of_spectrum", "of_kernel", "of_discriminant"):
        expected = getattr(alone.branches, name).state_dict()
        found = getattr(network.branches, name).state_dict()
        assert all(torch.equal(part, expected[key]) for key, part in found.items())
