"""The fusions over memory of no more use against the plain ones."""

import copy

import pytest
import torch

from miaf_engine.models.network.hierarchical_fusion import HierarchicalFusion
from miaf_engine.models.network.interactive_attention import InteractiveAttention
from miaf_engine.models.network.placement import place
from tests.tiny import unlike

WIDTH = 8


def both(module):
    """Return a module in its plain form and in that of a processor, for a map."""
    apart = unlike(module).eval()
    fast = place(copy.deepcopy(apart), "cpu")
    assert type(fast) is not type(apart)
    return apart, fast


@pytest.mark.parametrize("at", [None, torch.tensor([6, 2]), slice(1, 4)])
@pytest.mark.parametrize("attention", [True, False])
def test_branches_are_fused_as_by_the_plain_module(graph, attention, at):
    apart, fast = both(InteractiveAttention(WIDTH, attention=attention))
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    wanted = rows if at is None else rows[at]
    given = wanted.clone()
    with torch.no_grad():
        of_nodes = apart.of_nodes(rows, nodes, graph)
        before = of_nodes.features.clone()
        found = fast(wanted, of_nodes, graph, at)
        torch.testing.assert_close(found, apart(wanted, of_nodes, graph, at))
    assert torch.equal(wanted, given)
    assert torch.equal(of_nodes.features, before)


@pytest.mark.parametrize("attention", [True, False])
@pytest.mark.parametrize("count", [1, 3])
def test_scales_are_fused_as_by_the_plain_module(count, attention):
    apart, fast = both(HierarchicalFusion(WIDTH, count, attention=attention))
    scales = [torch.randn(20, WIDTH) for _ in range(count)]
    given = [rows.clone() for rows in scales]
    with torch.no_grad():
        torch.testing.assert_close(fast(scales), apart(scales))
    for rows, before in zip(scales, given, strict=True):
        assert torch.equal(rows, before)


def test_a_training_step_keeps_what_its_gradients_need(graph):
    apart, fast = both(InteractiveAttention(WIDTH, attention=True))
    scales = HierarchicalFusion(WIDTH, 2, attention=True)
    apart_scales, fast_scales = both(scales)
    rows, nodes = torch.randn(8, WIDTH), torch.randn(3, WIDTH)
    gradients = []
    for fusion, last in ((apart, apart_scales), (fast, fast_scales)):
        source = rows.clone().requires_grad_()
        of_nodes = fusion.of_nodes(source, nodes, graph)
        fused = fusion(source, of_nodes, graph)
        last([fused, 2 * fused]).square().sum().backward()
        gradients.append(source.grad)
    torch.testing.assert_close(*gradients)
