"""Probabilities and the classes taken from them."""

import numpy as np
import torch

from miaf_engine.prediction import most_likely, predict
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
