"""The heads of the network, and the ensemble that they form."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from miaf_engine.models.network.ensemble import (
    FLOOR,
    SPATIAL,
    Head,
    KernelHead,
    combine,
)
from tests import tiny


@pytest.fixture(scope="module")
def scene():
    return tiny.scene(valid=tiny.hole())


def heads_of(network, scene, at=None):
    graphs = tiny.tensors(scene)
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    with torch.no_grad():
        return network.heads(spectra, graphs, tiny.layout(scene), at)


@pytest.mark.parametrize(
    ("switches", "count"),
    [
        ({}, 6),
        ({"graph_branch": False}, 5),
        ({"convolution_branch": False}, 5),
        ({"committee": False}, 1),
    ],
)
def test_each_branch_and_the_spectrum_have_heads(scene, switches, count):
    network = tiny.unlike(tiny.network(**switches)).eval()
    heads = heads_of(network, scene)
    assert [head.name for head in heads] == network.head_names
    assert len(heads) == len(network.head_weights) == count
    equal = torch.full((count,), 1 / count)
    torch.testing.assert_close(tiny.network(**switches).head_weights, equal)
    pixels = int(scene.valid.sum())
    assert all(logits.shape == (pixels, 3) for h in heads for logits in h.logits)


def test_three_heads_see_the_surroundings_of_a_pixel(scene):
    """Other pixels at random change the answer of these heads, and of no other."""
    network = tiny.unlike(tiny.network()).eval()
    image = torch.randn(scene.image.shape, generator=torch.Generator().manual_seed(3))
    image[:, 0, 20] = torch.from_numpy(scene.image[:, 0, 20])
    other = replace(scene, image=image.numpy())
    at = torch.tensor([int(scene.valid.ravel()[:20].sum())])
    before, graphs = heads_of(network, scene, at), tiny.tensors(scene)
    spectra = torch.from_numpy(other.image[:, scene.valid].T.copy())
    with torch.no_grad():
        after = network.heads(spectra, graphs, tiny.layout(scene), at)
    moved = {
        head.name
        for head, changed in zip(before, after, strict=True)
        if not torch.allclose(head.probabilities(), changed.probabilities())
    }
    assert moved == set(SPATIAL)
    assert SPATIAL == ("fused", "convolution branch", "graph branch")


def test_the_score_is_the_ensemble_of_the_heads_by_their_own_weights(scene):
    network = tiny.unlike(tiny.network()).eval()
    weights = np.array([0.3, 0.25, 0.15, 0.08, 0.02, 0.2])
    network.head_weights.copy_(torch.from_numpy(weights))
    heads = heads_of(network, scene)
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    with torch.no_grad():
        found = network.score(spectra, tiny.tensors(scene), tiny.layout(scene))
    pooled = sum(
        weight * np.log(head.probabilities().numpy().astype(float) + 0.01)
        for head, weight in zip(heads, weights, strict=True)
    )
    expected = pooled - np.log(np.exp(pooled).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-4)


def test_without_an_ensemble_each_branch_is_trained_by_a_head_of_its_own(scene):
    network = tiny.unlike(tiny.network(committee=False)).train()
    graphs = tiny.tensors(scene)
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    heads = network.trained_heads(spectra, graphs, tiny.layout(scene))
    names = ["fused", "embedding", "convolution branch", "graph branch"]
    assert [head.name for head in heads] == names
    heads[2].logits[0].sum().backward()
    assert any(p.grad is not None for p in network.scales[0].convolution.parameters())
    assert all(p.grad is None for p in network.scales[0].graph.parameters())


def test_chosen_pixels_have_the_logits_that_they_have_among_all(scene):
    network = tiny.unlike(tiny.network()).eval()
    at = torch.tensor([5, 0, 17, 3])
    every, some = heads_of(network, scene), heads_of(network, scene, at)
    for whole, part in zip(every, some, strict=True):
        for expected, found in zip(whole.logits, part.logits, strict=True):
            torch.testing.assert_close(found, expected[at])


def test_the_ensemble_is_the_weighted_mean_of_log_probabilities_by_hand():
    first = torch.tensor([[0.0, 0.0], [np.log(3.0), 0.0]])
    second = torch.tensor([[np.log(9.0), 0.0], [0.0, 0.0]])
    third = torch.tensor([[0.0, 0.0], [0.0, np.log(4.0)]])
    found = combine(
        [Head("a", [first]), Head("b", [second, third])], torch.tensor([0.25, 0.75])
    )
    # Probabilities (.5, .5), (.75, .25); mean of the scales (.7, .3), (.35, .65).
    pooled = 0.25 * np.log(np.array([[0.5, 0.5], [0.75, 0.25]]) + 0.01)
    pooled += 0.75 * np.log(np.array([[0.7, 0.3], [0.35, 0.65]]) + 0.01)
    expected = pooled - np.log(np.exp(pooled).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)
    assert FLOOR == 0.01


def test_each_head_needs_its_weight():
    heads = [Head(name, [torch.zeros(2, 3)]) for name in "abc"]
    with pytest.raises(ValueError, match="zip"):
        combine(heads, torch.tensor([0.5, 0.5]))


def test_a_single_head_keeps_its_logits():
    logits = torch.randn(5, 3)
    assert torch.equal(combine([Head("a", [logits])], torch.ones(1)), logits)


def test_a_head_that_rules_out_a_class_leaves_logits_finite():
    sure = torch.zeros(4, 3)
    sure[:, 0] = 1e4
    heads = [Head("a", [sure]), Head("b", [sure])]
    found = combine(heads, torch.tensor([0.5, 0.5]))
    assert found.isfinite().all()
    assert float(found.exp()[0, 0]) == pytest.approx(1.01 / 1.03)


def test_fourier_features_approximate_the_gaussian_kernel():
    head = KernelHead(6, 2)
    head.frequencies.copy_(torch.randn(head.frequencies.shape) * np.sqrt(2 * 0.05))
    spectra = torch.randn(40, 6)
    features = head.features(spectra)
    expected = torch.exp(-0.05 * torch.cdist(spectra, spectra).square())
    torch.testing.assert_close(features @ features.T, expected, atol=0.15, rtol=0)
    torch.testing.assert_close((features**2).sum(dim=1), torch.ones(40))
