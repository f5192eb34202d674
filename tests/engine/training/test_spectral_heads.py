"""The heads of the spectrum against scikit-learn's methods."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.covariance import ledoit_wolf
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression

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
