"""The classifier of spectra against scikit-learn's logistic regression."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from miaf_engine.training.batch import Batch
from miaf_engine.training.spectral_head import fit_spectral_head
from tests import tiny


@pytest.fixture(scope="module")
def batch():
    return Batch.build(tiny.area(tiny.hole()), "cpu")


def scores(network, batch):
    return network.branches.of_spectrum(batch.spectra).softmax(dim=1).numpy()


def test_it_is_the_regularised_logistic_regression(batch):
    network = tiny.network()
    fit_spectral_head(network, [batch])
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
        fit_spectral_head(network, [batch])
        found.append(network.branches.of_spectrum.weight)
    assert torch.equal(*found)


def test_a_class_without_pixels_keeps_its_weights(batch):
    network = tiny.unlike(tiny.network())
    before = network.branches.of_spectrum.weight.clone()
    kept = batch.targets != 1
    few = Batch(
        **vars(batch) | {"rows": batch.rows[kept], "targets": batch.targets[kept]}
    )
    fit_spectral_head(network, [few])
    after = network.branches.of_spectrum.weight
    assert torch.equal(after[1], before[1])
    assert not torch.equal(after[0], before[0])


def test_a_network_of_one_view_has_none(batch):
    network = tiny.network(committee=False)
    before = {name: part.clone() for name, part in network.state_dict().items()}
    fit_spectral_head(network, [batch])
    after = network.state_dict()
    assert all(torch.equal(after[name], part) for name, part in before.items())
