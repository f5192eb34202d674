"""Each branch is weighted by what the other one sees."""

import numpy as np
import pytest
import torch

from miaf_engine.models.network.assignment import decode
from miaf_engine.models.network.interactive_attention import (
    CrossAttention,
    InteractiveAttention,
)
from tests.tiny import unlike

WIDTH = 6


def fused(module, rows, nodes, graph, at=None):
    """Return the fused features at all pixels, or at some."""
    wanted = rows if at is None else rows[at]
    return module(wanted, module.of_nodes(rows, nodes, graph), graph, at)


@pytest.fixture
def seen(graph):
    """Return a module and a dictionary that gets the weights it computes."""
    module = unlike(InteractiveAttention(WIDTH, attention=True))
    weights = {}
    for name in ("for_rows", "for_nodes"):
        part = getattr(module, name)
        part.register_forward_hook(lambda *a, n=name: weights.__setitem__(n, a[2]))
    return lambda rows, nodes: (
        fused(module, rows, nodes, graph),
        dict(weights),
    )[1]


def test_weights_of_rows_follow_the_nodes_alone(seen):
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    before = seen(rows, nodes)
    after = seen(rows, nodes + torch.randn(3, WIDTH))
    assert not torch.allclose(after["for_rows"], before["for_rows"])
    assert torch.equal(after["for_nodes"], before["for_nodes"])


def test_weights_of_nodes_follow_the_rows_alone(seen):
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    before = seen(rows, nodes)
    after = seen(rows + torch.randn(8, WIDTH), nodes)
    assert not torch.allclose(after["for_nodes"], before["for_nodes"])
    assert torch.equal(after["for_rows"], before["for_rows"])


def test_a_superpixel_is_weighted_by_its_own_pixels_only(seen):
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    moved = rows.clone()
    moved[2:5] += 1.0  # the pixels of node 1
    before, after = seen(rows, nodes)["for_nodes"], seen(moved, nodes)["for_nodes"]
    changed = (before != after).any(dim=1)
    assert changed.tolist() == [False, True, False]


def test_without_attention_it_is_a_plain_fusion(graph):
    module = unlike(InteractiveAttention(WIDTH, attention=False))
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    expected = module.from_rows(rows) + module.from_nodes(decode(nodes, graph))
    expected = torch.nn.functional.leaky_relu(expected)
    torch.testing.assert_close(fused(module, rows, nodes, graph), expected)
    names = [name for name, _ in module.named_parameters()]
    assert not [name for name in names if name.startswith("for_")]


def by_hand(attention, source):
    """Return four times both sigmoids, for rows (n, D) by numpy."""

    def layer(part, rows):
        return rows @ part.weight.detach().numpy().T + part.bias.detach().numpy()

    def sigmoid(values):
        return 1 / (1 + np.exp(-values))

    first, _, second = attention.channel
    hidden = layer(first, source)
    channel = sigmoid(layer(second, np.where(hidden > 0, hidden, 0.01 * hidden)))
    return 4 * channel * sigmoid(layer(attention.spatial, source))


def test_the_fusion_is_the_formula_of_its_docstring(graph):
    module = unlike(InteractiveAttention(WIDTH, attention=True))
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    of, pixels, superpixels = graph.node_of.numpy(), rows.numpy(), nodes.numpy()
    means = np.stack([pixels[of == node].mean(axis=0) for node in range(3)])
    first = pixels * by_hand(module.for_rows, superpixels)[of]
    second = (superpixels * by_hand(module.for_nodes, means))[of]
    mixed = first @ module.from_rows.weight.detach().numpy().T
    mixed += module.from_rows.bias.detach().numpy()
    mixed += second @ module.from_nodes.weight.detach().numpy().T
    expected = np.where(mixed > 0, mixed, 0.01 * mixed)
    with torch.no_grad():
        found = fused(module, rows, nodes, graph)
        some = fused(module, rows, nodes, graph, torch.tensor([6, 2]))
        part = fused(module, rows, nodes, graph, slice(2, 5))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(some.numpy(), expected[[6, 2]], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(part.numpy(), expected[2:5], rtol=1e-4, atol=1e-5)


def test_every_weight_is_one_at_first():
    found = CrossAttention(WIDTH)(torch.randn(4, WIDTH))
    assert torch.equal(found, torch.ones(4, WIDTH))


def test_training_leaves_out_each_of_the_two_on_its_own(graph):
    module = unlike(InteractiveAttention(WIDTH, attention=True)).train()
    used = {"for_rows": 0, "for_nodes": 0}
    both = 0
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)

    def step():
        seen = set()
        hooks = [
            getattr(module, name).register_forward_hook(lambda *_, n=name: seen.add(n))
            for name in used
        ]
        fused(module, rows, nodes, graph)
        for hook in hooks:
            hook.remove()
        return seen

    torch.manual_seed(0)
    for _ in range(400):
        seen = step()
        both += len(seen) == 2
        for name in seen:
            used[name] += 1
    # Within four standard deviations of the binomial distribution.
    assert all(160 < count < 240 for count in used.values()), used
    assert 65 < both < 135
    module.eval()
    assert all(step() == set(used) for _ in range(20))


def test_what_is_left_out_is_a_weight_of_one(graph, monkeypatch):
    module = unlike(InteractiveAttention(WIDTH, attention=True)).train()
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    plain = module.from_rows(rows) + module.from_nodes(decode(nodes, graph))
    monkeypatch.setattr("miaf_engine.models.network.attention.drawn_out", lambda: True)
    expected = torch.nn.functional.leaky_relu(plain)
    torch.testing.assert_close(fused(module, rows, nodes, graph), expected)
    different = fused(module.eval(), rows, nodes, graph)
    assert (different - expected).abs().max() > 0.01


def test_weights_differ_by_feature_and_by_place():
    found = unlike(CrossAttention(WIDTH))(torch.randn(4, WIDTH))
    assert found.min() > 0
    assert found.max() < 4
    assert found.std(dim=0).min() > 0
    assert found.std(dim=1).min() > 0
