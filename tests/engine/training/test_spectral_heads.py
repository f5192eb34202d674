"""The heads of the spectrum against scikit-learn's methods."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.covariance import ledoit_wolf
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression

from miaf_engine.training import spectral_heads
from miaf_engine.training.batch import Batch
from miaf_engine.training.spectral_heads import fit_spectral_heads, shrunk_covariance
from tests import tiny


@pytest.fixture(scope="module")
def batch():
    return Batch.build(tiny.area(tiny.hole()), "cpu")


def scores(network, batch):
    return network.branches.of_spectrum(batch.spectra).softmax(dim=1).numpy()


def test_it_is_the_regularised_logistic_regression(batch):
    network = tiny.network()
    fit_spectral_heads(network, [batch])
    rows = batch.rows.numpy()
    reference = LogisticRegression(C=1.0, tol=1e-8, max_iter=5000)
    reference.fit(batch.spectra.numpy()[rows], batch.targets.numpy())
    expected = reference.predict_proba(batch.spectra.numpy())
    np.testing.assert_allclose(scores(network, batch), expected, atol=0.01)


def test_it_is_the_same_every_time_and_needs_no_random_numbers(batch):
    found = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        network = tiny.network()
        fit_spectral_heads(network, [batch])
        found.append(network.branches.of_spectrum.weight)
    assert torch.equal(*found)


def test_a_class_without_pixels_keeps_its_weights(batch):
    network = tiny.unlike(tiny.network())
    before = network.branches.of_spectrum.weight.clone()
    kept = batch.targets != 1
    few = Batch(
        **vars(batch) | {"rows": batch.rows[kept], "targets": batch.targets[kept]}
    )
    fit_spectral_heads(network, [few])
    after = network.branches.of_spectrum.weight
    assert torch.equal(after[1], before[1])
    assert not torch.equal(after[0], before[0])


def test_a_network_of_one_head_has_none(batch):
    network = tiny.network(committee=False)
    before = {name: part.clone() for name, part in network.state_dict().items()}
    fit_spectral_heads(network, [batch])
    after = network.state_dict()
    assert all(torch.equal(after[name], part) for name, part in before.items())


def test_the_covariance_is_that_of_ledoit_and_wolf():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(30, 12)) @ rng.normal(size=(12, 12))
    values -= values.mean(axis=0)
    expected, _ = ledoit_wolf(values, assume_centered=True)
    found = shrunk_covariance(torch.from_numpy(values)).numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_the_discriminant_is_that_of_its_covariance(batch):
    network = tiny.network()
    fit_spectral_heads(network, [batch])
    rows = batch.rows.numpy()
    spectra, targets = batch.spectra.numpy()[rows].astype(float), batch.targets.numpy()
    means = np.stack([spectra[targets == k].mean(axis=0) for k in range(3)])
    covariance, _ = ledoit_wolf(spectra - means[targets], assume_centered=True)
    fixed = Fixed(covariance)
    given = LinearDiscriminantAnalysis(solver="lsqr", covariance_estimator=fixed)
    given.fit(spectra, targets)
    found = network.branches.of_discriminant(batch.spectra).softmax(dim=1).numpy()
    expected = given.predict_proba(batch.spectra.numpy().astype(float))
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_the_mean_of_a_class_of_one_pixel_is_that_pixel(batch):
    """A discriminant sides with the class whose mean the pixel is."""
    single = int((batch.targets == 1).nonzero()[0, 0])
    kept = torch.cat([(batch.targets != 1).nonzero()[:, 0], torch.tensor([single])])
    few = Batch(
        **vars(batch) | {"rows": batch.rows[kept], "targets": batch.targets[kept]}
    )
    network = tiny.network()
    fit_spectral_heads(network, [few])
    layer = network.branches.of_discriminant
    spectra = few.spectra[few.rows].double().numpy()
    targets = few.targets.numpy()
    means = np.stack([spectra[targets == k].mean(axis=0) for k in range(3)])
    covariance, _ = ledoit_wolf(spectra - means[targets], assume_centered=True)
    weight = np.linalg.solve(covariance, means.T).T
    np.testing.assert_allclose(layer.weight.numpy(), weight, rtol=1e-3, atol=1e-4)
    priors = np.log(np.bincount(targets) / len(targets))
    bias = priors - (weight * means).sum(axis=1) / 2
    np.testing.assert_allclose(layer.bias.numpy(), bias, rtol=1e-3, atol=1e-3)


def test_a_kernel_is_scored_half_by_pixels_and_half_by_classes():
    right = torch.tensor([True, True, False, True])
    targets = torch.tensor([0, 0, 0, 2])
    # 3 of 4 pixels; two thirds of class 0, and all of class 2.
    expected = (3 / 4 + (2 / 3 + 1) / 2) / 2
    assert spectral_heads._by_class(right, targets) == pytest.approx(expected)


def test_the_kernel_is_tried_with_these_values():
    assert spectral_heads._WIDTHS == (1.0, 4.0, 16.0)
    assert spectral_heads._DATA_WEIGHTS == (30.0, 300.0)
    assert (spectral_heads._MOST_SEARCHED, spectral_heads._PARTS) == (1500, 2)
    assert (spectral_heads._TURNS, spectral_heads._SEARCH_TURNS) == (150, 40)


class Fixed:
    """A covariance estimator that knows its answer."""

    def __init__(self, covariance):
        self.covariance_ = covariance

    def fit(self, _):
        return self

    def get_params(self, deep=True):
        return {"covariance": self.covariance_}


def test_the_kernel_head_tells_rings_apart_that_no_line_can():
    rng = np.random.default_rng(1)
    angle = rng.uniform(0, 2 * np.pi, tiny.HEIGHT * tiny.WIDTH)
    inner = tiny.truth().ravel() == 1
    radius = np.where(inner, 0.5, 3.0)
    image = np.zeros((tiny.BANDS, tiny.HEIGHT * tiny.WIDTH), np.float32)
    image[0], image[1] = radius * np.cos(angle), radius * np.sin(angle)
    area = tiny.area(np.ones((tiny.HEIGHT, tiny.WIDTH), bool))
    labels = np.where(inner, 1, 2).reshape(tiny.HEIGHT, tiny.WIDTH)
    ringed = replace(
        area,
        scene=replace(area.scene, image=image.reshape(area.scene.image.shape)),
        labels=labels,
    )
    batch = Batch.build(ringed, "cpu")
    network = tiny.network()
    fit_spectral_heads(network, [batch])
    wanted = torch.from_numpy(labels.ravel() - 1)

    def right(layer):
        return float((layer(batch.spectra).argmax(dim=1) == wanted).float().mean())

    assert right(network.branches.of_kernel) > 0.97
    assert right(network.branches.of_spectrum) < 0.9


def chequered(frequency, flipped, size):
    """Return pixels whose class is that of a chequered board in two of the bands.

    Those of a class are in areas of `size` pixels, or hardly more.
    """
    rng = np.random.default_rng(1)
    count = tiny.HEIGHT * tiny.WIDTH
    image = np.zeros((tiny.BANDS, count), np.float32)
    image[:2] = rng.uniform(-3, 3, (2, count))
    first = np.sin(frequency * image[0]) * np.sin(frequency * image[1]) > 0
    labels = 1 + (first ^ (rng.random(count) < flipped))
    training = np.zeros((tiny.HEIGHT, tiny.WIDTH), bool)
    training[:, ::2] = True
    training[:9] &= labels.reshape(training.shape)[:9] == 1  # classes of two sizes
    area = tiny.area(np.ones(training.shape, bool))
    scene = replace(area.scene, image=image.reshape(area.scene.image.shape))
    shaped = labels.reshape(training.shape)
    groups = np.zeros(training.shape, int)
    for k in (1, 2):
        own = training & (shaped == k)
        groups[own] = 2 * (np.arange(own.sum()) // size) + k
    facts = {"labels": shaped, "training": training, "groups": groups}
    return Batch.build(replace(area, scene=scene, **facts), "cpu")


def kernel_by_scikit_learn(features, targets, data_weight):
    """Return the logistic regression in which classes weigh as roots of their sizes."""
    share = (np.bincount(targets) ** -0.5)[targets]
    share *= data_weight * len(targets) / share.sum()
    # Of two classes it has one row of weights, the difference of those of the network.
    model = LogisticRegression(C=2.0, tol=1e-6, max_iter=2000)
    return model.fit(features, targets, sample_weight=share)


def fourier(spectra, frequencies):
    phases = spectra @ frequencies
    scale = frequencies.shape[1] ** -0.5
    return np.concatenate([np.cos(phases), np.sin(phases)], axis=1) * scale


def searched_by_scikit_learn(spectra, targets, drawn, size):
    """Return width and data weight that are right most often on the other half."""
    part = np.zeros(len(targets), int)
    for k in (0, 1):  # the areas of a class in turn
        part[targets == k] = np.arange((targets == k).sum()) // size % 2
    scores = {}
    for width in (1, 4, 16):
        features = fourier(spectra, drawn[:, :256] * np.sqrt(width / 24))
        for data_weight in (30, 300):
            score = 0.0
            for held in (part == 0, part == 1):
                model = kernel_by_scikit_learn(
                    features[~held], targets[~held], data_weight
                )
                right = model.predict(features[held]) == targets[held]
                shares = [right[targets[held] == k].mean() for k in (0, 1)]
                score += (right.mean() + np.mean(shares)) / 2
            scores[width, data_weight] = score
    return max(scores, key=scores.get)  # the first of equals


@pytest.mark.parametrize(
    ("frequency", "flipped", "size", "chosen"),
    [
        (0.7, 0.25, 1, (4, 30)),
        (1.5, 0.25, 1, (4, 300)),
        (2.2, 0.0, 1, (16, 300)),
        (0.7, 0.25, 15, (1, 300)),
        (1.5, 0.25, 40, (16, 30)),
    ],
)
def test_the_kernel_is_the_one_that_scikit_learn_would_choose_and_fit(
    frequency, flipped, size, chosen
):
    batch = chequered(frequency, flipped, size)
    network = tiny.network()
    fit_spectral_heads(network, [batch])
    generator = torch.Generator().manual_seed(20250128)
    drawn = torch.randn((tiny.BANDS, 512), generator=generator).numpy()
    rows = batch.rows.numpy()
    spectra, targets = batch.spectra.numpy()[rows], batch.targets.numpy()
    width, data_weight = searched_by_scikit_learn(spectra, targets, drawn, size)
    assert (width, data_weight) == chosen
    head = network.branches.of_kernel
    frequencies = drawn * np.sqrt(width / (2 * tiny.BANDS))
    np.testing.assert_allclose(head.frequencies.numpy(), frequencies, rtol=1e-5)
    features = fourier(spectra, frequencies)
    expected = kernel_by_scikit_learn(features, targets, data_weight)
    every = fourier(batch.spectra.numpy(), frequencies)
    found = head(batch.spectra).softmax(dim=1).numpy()[:, :2]
    # The engine stops short of convergence, which moves pixels off the training.
    difference = np.abs(found - expected.predict_proba(every))
    assert difference.mean() < 0.008
    assert difference.max() < 0.12


def test_the_kernel_never_answers_a_class_without_pixels(batch):
    network = tiny.network()
    kept = batch.targets != 1
    few = Batch(
        **vars(batch) | {"rows": batch.rows[kept], "targets": batch.targets[kept]}
    )
    fit_spectral_heads(network, [few])
    for layer in (network.branches.of_kernel, network.branches.of_discriminant):
        said = layer(batch.spectra).argmax(dim=1)
        assert not (said == 1).any()


def test_a_large_problem_is_solved_as_a_small_one_is(batch, monkeypatch):
    """One thread computes a small one, all of them a large one."""
    counts, found = [], []
    solve = spectral_heads.minimize

    def minimize(*given, **named):
        counts.append(torch.get_num_threads())
        return solve(*given, **named)

    monkeypatch.setattr(spectral_heads, "minimize", minimize)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    asked = []
    monkeypatch.setattr(torch, "set_num_threads", asked.append)
    for most in (spectral_heads._SMALL, 0):
        monkeypatch.setattr(spectral_heads, "_SMALL", most)
        network = tiny.network()
        fit_spectral_heads(network, [batch])
        found.append(scores(network, batch))
    np.testing.assert_allclose(*found, atol=1e-5)
    half = len(asked) // 2
    assert set(zip(asked[:half:2], asked[1:half:2], strict=True)) == {(1, 2)}
    assert set(asked[half:]) == {2}


def test_threads_are_as_many_as_before_after_a_failure(batch, monkeypatch):
    before = torch.get_num_threads()

    def minimize(*_given, **_named):
        raise MemoryError

    monkeypatch.setattr(spectral_heads, "minimize", minimize)
    with pytest.raises(MemoryError):
        fit_spectral_heads(tiny.network(), [batch])
    assert torch.get_num_threads() == before


def test_the_kernel_head_is_at_the_minimum_of_its_loss(batch):
    network = tiny.network()
    fit_spectral_heads(network, [batch])
    head = network.branches.of_kernel
    pixels = spectral_heads._Pixels.of([batch], 3)
    features = head.features(pixels.spectra).double()
    classes = head.linear.out_features
    near = []
    for data_weight in (30.0, 300.0):  # one of them was chosen
        weight = head.linear.weight.double().requires_grad_(True)
        bias = head.linear.bias.double().requires_grad_(True)
        counts = torch.bincount(pixels.targets, minlength=classes).double()
        share = counts.rsqrt()[pixels.targets]
        logits = features @ weight.T + bias
        each = torch.nn.functional.cross_entropy(
            logits, pixels.targets, reduction="none"
        )
        loss = (share * each).sum() / share.sum()
        penalty = weight.square().sum() / (2 * data_weight * len(pixels.targets))
        (loss + penalty).backward()
        near.append(float(torch.cat([weight.grad.ravel(), bias.grad]).abs().max()))
    assert min(near) < 1e-4
    assert max(near) > 10 * min(near)


def test_a_sample_of_many_pixels_keeps_small_classes_and_says_what_it_stands_for(
    batch, monkeypatch
):
    many = 8 * [0] + 90 * [1] + 2 * [2]
    rows = batch.rows[torch.arange(100) % len(batch.rows)]
    halves = [
        replace(batch, rows=rows[part], targets=torch.tensor(many[part]))
        for part in (slice(0, 50), slice(50, None))
    ]
    monkeypatch.setattr(spectral_heads, "_MOST_FITTED", 30)
    pixels = spectral_heads._Pixels.of(halves, 4)
    # Five a class, and fifteen by their size: 1.2, 13.5 and 0.3.
    assert torch.bincount(pixels.targets).tolist() == [6, 18, 2]
    assert pixels.counts.tolist() == [8, 90, 2, 0]
    assert pixels.of_class.tolist() == pytest.approx([8 / 6, 5, 1, 0])
    kept = torch.cat([part.rows for part in halves])
    places = [0, 1, 2, 4, 5, 6, *range(8, 98, 5), 98, 99]
    assert torch.cat(pixels.rows).tolist() == kept[places].tolist()
    assert torch.equal(pixels.spectra, batch.spectra[torch.cat(pixels.rows)])
    assert len(pixels.rows) == 2
    monkeypatch.setattr(spectral_heads, "_MOST_FITTED", 100)
    everything = spectral_heads._Pixels.of(halves, 4)
    assert everything.of_class is None
    assert torch.equal(torch.cat(everything.rows), kept)


@pytest.fixture
def fixed_shrinkage(monkeypatch):
    """Let the shrinkage of a covariance not follow from the number of pixels."""
    monkeypatch.setattr(
        spectral_heads,
        "shrunk_covariance",
        lambda rows: rows.T @ rows / len(rows) + 0.1 * torch.eye(rows.shape[1]),
    )


@pytest.mark.usefixtures("fixed_shrinkage")
def test_pixels_that_are_there_three_times_may_be_sampled(batch, monkeypatch):
    """The same heads follow from a third of them."""
    each = min(torch.bincount(batch.targets).tolist())
    places = torch.cat([torch.nonzero(batch.targets == k)[:each, 0] for k in range(3)])
    places = places.repeat_interleave(3)
    thrice = replace(batch, rows=batch.rows[places], targets=batch.targets[places])
    found = []
    for most in (9 * each, 3 * each):
        monkeypatch.setattr(spectral_heads, "_MOST_FITTED", most)
        pixels = spectral_heads._Pixels.of([thrice], 3)
        assert len(pixels.targets) == most
        network = tiny.network()
        layer = network.branches.of_spectrum
        spectral_heads._fit_linear(layer, pixels)
        spectral_heads._fit_discriminant(network.branches.of_discriminant, pixels)
        features = pixels.spectra[:, :5]
        weight, _ = spectral_heads._kernel_weights(
            features, pixels.targets, pixels.counts, 30.0, 150
        )
        found.append([layer.weight, network.branches.of_discriminant.weight, weight])
    for one, other in zip(*found, strict=True):
        assert one.abs().max() > 0.01
        np.testing.assert_allclose(other.detach(), one.detach(), atol=2e-3)


@pytest.mark.usefixtures("fixed_shrinkage")
def test_classes_of_a_sample_count_for_the_pixels_that_they_stand_for(batch):
    """As pixels of like spectra would that are there as often."""
    few = torch.cat(
        [torch.nonzero(batch.targets == k)[:n, 0] for k, n in ((0, 9), (1, 3))]
    )
    rows, targets = batch.rows[few], batch.targets[few]
    spectra, counts = batch.spectra[rows], torch.tensor([90, 3])
    sample = spectral_heads._Pixels(spectra, targets, targets, (rows,), counts)
    again = torch.where(targets == 0, 10, 1)
    everything = spectral_heads._Pixels(
        spectra.repeat_interleave(again, dim=0),
        targets.repeat_interleave(again),
        targets.repeat_interleave(again),
        (rows.repeat_interleave(again),),
        counts,
    )
    bands, found = spectra.shape[1], []
    for pixels in (sample, everything):
        layers = [torch.nn.Linear(bands, 2) for _ in range(2)]
        for layer in layers:
            torch.nn.init.zeros_(layer.weight).requires_grad_(False)
            torch.nn.init.zeros_(layer.bias).requires_grad_(False)
        spectral_heads._fit_linear(layers[0], pixels)
        spectral_heads._fit_discriminant(layers[1], pixels)
        kernel = spectral_heads._kernel_weights(
            pixels.spectra, pixels.targets, counts, 30.0, 150
        )
        found.append(
            [*(part for one in layers for part in (one.weight, one.bias)), *kernel]
        )
    for one, other in zip(*found, strict=True):
        np.testing.assert_allclose(one, other, atol=2e-3)
