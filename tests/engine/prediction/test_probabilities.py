"""Probabilities and the classes taken from them."""

import numpy as np
import pytest
import scipy.stats
import torch

from miaf_engine.prediction.probabilities import (
    entropy,
    margin,
    most_likely,
    predict,
)
from tests import tiny


def test_probabilities_sum_to_one_and_are_nan_on_nodata():
    scene = tiny.scene(valid=tiny.hole())
    network = tiny.unlike(tiny.network()).train()
    found = predict(network, scene, tiny.graphs(scene))
    assert found.shape == (3, tiny.HEIGHT, tiny.WIDTH)
    assert found.dtype == np.float32
    assert (np.isnan(found).all(axis=0) == ~scene.valid).all()
    np.testing.assert_allclose(found[:, scene.valid].sum(axis=0), 1.0, rtol=1e-5)
    assert not network.training


def test_predicting_changes_neither_weights_nor_statistics():
    scene = tiny.scene()
    network = tiny.unlike(tiny.network())
    before = {name: t.clone() for name, t in network.state_dict().items()}
    first = predict(network, scene, tiny.graphs(scene))
    second = predict(network, scene, tiny.graphs(scene))
    np.testing.assert_array_equal(first, second)
    after = network.state_dict()
    assert all(torch.equal(t, after[name]) for name, t in before.items())


def test_most_likely_by_hand():
    nan = np.nan
    probabilities = np.array(
        [[[0.2, 0.5, nan]], [[0.7, 0.5, nan]], [[0.1, 0.0, nan]]], dtype=np.float32
    )
    classes, confidence = most_likely(probabilities)
    assert classes.tolist() == [[2, 1, 0]]
    assert classes.dtype == np.uint16
    np.testing.assert_array_equal(confidence, np.float32([[0.7, 0.5, nan]]))
    assert confidence.dtype == np.float32


@pytest.mark.parametrize("temperature", [0.25, 0.5, 1.7, 8.0])
def test_a_temperature_never_changes_the_class_map(temperature):
    scene = tiny.scene(valid=tiny.hole())
    network, graphs = tiny.unlike(tiny.network()), tiny.graphs(scene)
    plain = predict(network, scene, graphs)
    found = predict(network, scene, graphs, temperature=temperature)
    classes, confidence = most_likely(found)
    np.testing.assert_array_equal(classes, most_likely(plain)[0])
    np.testing.assert_allclose(found[:, scene.valid].sum(axis=0), 1.0, rtol=1e-5)
    # Above 1 every pixel gets less sure, below 1 surer: unless it could not be more so.
    before = most_likely(plain)[1][scene.valid]
    after = confidence[scene.valid]
    unsure = (before > 0.34) & (before < 0.999)
    assert unsure.sum() > 50
    assert ((after < before) == (temperature > 1))[unsure].all()


def test_a_temperature_of_one_changes_no_bit():
    scene = tiny.scene()
    network, graphs = tiny.unlike(tiny.network()), tiny.graphs(scene)
    np.testing.assert_array_equal(
        predict(network, scene, graphs),
        predict(network, scene, graphs, temperature=1.0),
    )


def test_entropy_and_margin_by_hand():
    nan = np.nan
    shares = np.array(
        [[[1, 0.25, 0.5, nan]], [[0, 0.25, 0.5, nan]], [[0, 0.25, 0, nan]],
         [[0, 0.25, 0, nan]]], dtype=np.float32
    )  # fmt: skip
    np.testing.assert_array_equal(entropy(shares), np.float32([[0, 1, 0.5, nan]]))
    np.testing.assert_array_equal(margin(shares), np.float32([[1, 0, 0, nan]]))
    assert entropy(shares).dtype == margin(shares).dtype == np.float32


def test_entropy_and_margin_against_scipy_and_sorting():
    rng = np.random.default_rng(0)
    shares = rng.dirichlet([0.3] * 7, (40, 50)).transpose(2, 0, 1).astype(np.float32)
    expected = scipy.stats.entropy(shares.astype(np.float64), base=7, axis=0)
    np.testing.assert_allclose(entropy(shares), expected, atol=1e-6)
    ranked = np.sort(shares, axis=0)
    np.testing.assert_array_equal(margin(shares), ranked[-1] - ranked[-2])
    for made in (entropy(shares), margin(shares)):
        assert made.min() >= 0 and made.max() <= 1


def test_one_class_is_certain():
    shares = np.float32([[[1.0, np.nan]]])
    np.testing.assert_array_equal(entropy(shares), np.float32([[0, np.nan]]))
    np.testing.assert_array_equal(margin(shares), np.float32([[1, np.nan]]))


@pytest.mark.parametrize("valid", [None, tiny.hole()], ids=["all", "hole"])
def test_a_part_has_the_probabilities_of_the_whole(valid):
    scene = tiny.scene(valid=valid)
    network, graphs = tiny.unlike(tiny.network()), tiny.graphs(scene)
    part = (slice(3, 22), slice(1, 27))
    wanted = predict(network, scene, graphs)[:, part[0], part[1]]
    found = predict(network, scene, graphs, part=part)
    np.testing.assert_allclose(found, wanted, rtol=1e-5)
    assert found.dtype == np.float32
