"""Class probabilities of a scene."""

import numpy as np
import pytest
import torch

from miaf_engine.prediction.probabilities import predict
from miaf_engine.prediction.uncertainty import most_likely
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


def test_each_pixel_may_have_a_temperature():
    scene = tiny.scene(valid=tiny.hole())
    network, graphs = tiny.unlike(tiny.network()), tiny.graphs(scene)
    heat = np.full(scene.valid.shape, 0.5, np.float32)
    heat[:, 10:] = 2.0
    heat[~scene.valid] = np.nan
    part = (slice(2, 20), slice(4, 25))
    found = predict(network, scene, graphs, temperature=heat[part], part=part)
    for value, columns in ((0.5, slice(4, 10)), (2.0, slice(10, 25))):
        whole = predict(network, scene, graphs, temperature=value)
        wanted = whole[:, 2:20, columns]
        here = found[:, :, columns.start - 4 : columns.stop - 4]
        np.testing.assert_allclose(here, wanted, rtol=1e-5)


def test_a_temperature_of_one_changes_no_bit():
    scene = tiny.scene()
    network, graphs = tiny.unlike(tiny.network()), tiny.graphs(scene)
    np.testing.assert_array_equal(
        predict(network, scene, graphs),
        predict(network, scene, graphs, temperature=1.0),
    )


@pytest.mark.parametrize("valid", [None, tiny.hole()], ids=["all", "hole"])
def test_a_part_has_the_probabilities_of_the_whole(valid):
    scene = tiny.scene(valid=valid)
    network, graphs = tiny.unlike(tiny.network()), tiny.graphs(scene)
    part = (slice(3, 22), slice(1, 27))
    wanted = predict(network, scene, graphs)[:, part[0], part[1]]
    found = predict(network, scene, graphs, part=part)
    np.testing.assert_allclose(found, wanted, rtol=1e-5)
    assert found.dtype == np.float32
