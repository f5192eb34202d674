"""Several views of a scene, each with its own classifier, and what they agree on."""

import numpy as np
import pytest
import torch

from miaf_engine.models.network.ensemble import Head, combine
from tests import tiny


@pytest.fixture(scope="module")
def scene():
    return tiny.scene(valid=tiny.hole())


def heads_of(network, scene, at=None):
    graphs = tiny.tensors(scene)
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    layout = tiny.layout(scene)
    with torch.no_grad():
        return network.heads(spectra, graphs, layout, at), graphs


def test_each_branch_and_the_spectrum_have_a_say(scene):
    for switches, count in (
        ({}, 5),
        ({"graph_branch": False}, 4),
        ({"convolution_branch": False}, 4),
        ({"committee": False}, 1),
    ):
        network = tiny.unlike(tiny.network(**switches)).eval()
        heads, _ = heads_of(network, scene)
        assert len(heads) == count
        pixels = int(scene.valid.sum())
        assert all(logits.shape == (pixels, 3) for v in heads for logits in v.logits)
        assert not heads[0].smoothed


def test_chosen_pixels_have_the_logits_that_they_have_among_all(scene):
    network = tiny.unlike(tiny.network()).eval()
    at = torch.tensor([5, 0, 17, 3])
    every, _ = heads_of(network, scene)
    some, _ = heads_of(network, scene, at)
    for whole, part in zip(every, some, strict=True):
        for expected, found in zip(whole.logits, part.logits, strict=True):
            torch.testing.assert_close(found, expected[at])


def test_agreement_is_the_weighted_mean_of_the_views_by_hand(scene):
    graph = tiny.tensors(scene)[1]
    rng = np.random.default_rng(0)
    count = len(graph.node_of)
    first, second, third = (
        torch.from_numpy(rng.normal(size=(count, 3)).astype(np.float32))
        for _ in range(3)
    )
    heads = [Head([first], False), Head([second, third], True)]
    found = combine(heads, graph, torch.tensor(0.625))  # a quarter of the vote
    smoothed_mean = (second.softmax(1) + third.softmax(1)).numpy() / 2
    nodes = graph.node_of.numpy()
    for node in np.unique(nodes):
        mean = smoothed_mean[nodes == node].mean(axis=0)
        smoothed_mean[nodes == node] = 0.75 * smoothed_mean[nodes == node] + 0.25 * mean
    expected = np.log((first.softmax(1).numpy() + smoothed_mean) / 2)
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)

    heads[1] = Head(
        [second, third], True, per_pixel=True, weight=1.2, smoothing_weight=0.6
    )
    found = combine(heads, graph, torch.tensor(0.625))
    weight = 1.2 * 0.625 + 0.6 * 0.25
    expected = np.log(
        (first.softmax(1).numpy() + weight * smoothed_mean) / (1 + weight)
    )
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)


@pytest.mark.parametrize("few_areas_weight", [0.0, 0.2, 0.5])
def test_pixels_do_not_follow_votes_where_single_ones_were_given(
    scene, few_areas_weight
):
    graph = tiny.tensors(scene)[1]
    logits = [torch.randn(len(graph.node_of), 3) for _ in range(2)]
    voting, not_voting = (
        combine(
            [Head([part], smoothed) for part in logits],
            graph,
            torch.tensor(few_areas_weight),
        )
        for smoothed in (True, False)
    )
    assert torch.equal(voting, not_voting)


def test_one_view_keeps_its_logits(scene):
    graph = tiny.tensors(scene)[1]
    logits = torch.randn(len(graph.node_of), 3)
    assert torch.equal(
        combine([Head([logits], False)], graph, torch.tensor(1.0)), logits
    )


def test_a_view_without_chance_leaves_logits_finite(scene):
    graph = tiny.tensors(scene)[1]
    sure = torch.zeros(len(graph.node_of), 3)
    sure[:, 0] = 1e4
    heads = [Head([sure], True), Head([sure], False)]
    assert combine(heads, graph, torch.tensor(1.0)).isfinite().all()
