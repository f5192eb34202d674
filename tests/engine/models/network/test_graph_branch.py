"""The graph branch against a dense adjacency."""

import pytest
import torch

from miaf_engine.models.network.assignment import GraphTensors
from miaf_engine.models.network.graph_branch import GraphBranch, GraphConvolution
from miaf_engine.preprocessing.graph import SuperpixelGraph
from tests.tiny import unlike

NEIGHBOURS = [(0, 1), (1, 2), (2, 3), (0, 3), (1, 3)]  # node 4 has none
NODES = 5


@pytest.fixture
def edges():
    pairs = {(a, a) for a in range(NODES)}
    pairs |= {pair for a, b in NEIGHBOURS for pair in ((a, b), (b, a))}
    return torch.tensor(sorted(pairs)).T


@pytest.fixture
def convolution():
    return unlike(GraphConvolution(6, 4))


def dense_weights(convolution, nodes, edges):
    """Return (N, N): softmax of -d^2 over the masked row, self-loop included."""
    compared = convolution.compare(nodes)
    apart = (compared[:, None] - compared[None]).square().mean(dim=2)
    mask = torch.zeros(len(nodes), len(nodes), dtype=torch.bool)
    mask[edges[0], edges[1]] = True
    return torch.where(mask, -apart, -torch.inf).softmax(dim=1)


def graph_tensors(edges):
    sizes = torch.ones(NODES, 1)
    return GraphTensors(torch.arange(NODES), sizes, edges, None)


def test_weights_are_a_masked_softmax(convolution, edges):
    nodes = torch.randn(NODES, 6)
    dense = dense_weights(convolution, nodes, edges)
    found = convolution.edge_weights(nodes, edges)
    torch.testing.assert_close(found, dense[edges[0], edges[1]])


def test_output_is_the_dense_product(convolution, edges):
    nodes = torch.randn(NODES, 6)
    dense = dense_weights(convolution, nodes, edges)
    expected = dense @ convolution.transform(nodes)
    torch.testing.assert_close(convolution(nodes, edges), expected)


def test_isolated_node_keeps_its_own_transformed_features(convolution, edges):
    nodes = torch.randn(NODES, 6)
    found = convolution(nodes, edges)[4]
    torch.testing.assert_close(found, convolution.transform(nodes)[4])
    others = nodes.clone()
    others[:4] += 3.0
    torch.testing.assert_close(convolution(others, edges)[4], found)


def test_far_nodes_do_not_reach_across_two_hops(convolution, edges):
    nodes = 0.3 * torch.randn(NODES, 6)
    moved = nodes.clone()
    moved[2] += 0.2  # a neighbour of 1 and 3, not of 0
    before, after = convolution(nodes, edges), convolution(moved, edges)
    torch.testing.assert_close(after[0], before[0])
    assert not torch.allclose(after[1], before[1])


def test_huge_distances_stay_finite(convolution, edges):
    nodes = 1e4 * torch.randn(NODES, 6)
    weights = convolution.edge_weights(nodes, edges)
    assert weights.isfinite().all()
    sums = torch.zeros(NODES).index_add(0, edges[0], weights)
    torch.testing.assert_close(sums, torch.ones(NODES))


@pytest.mark.parametrize("training", [False, True])
def test_numbering_of_nodes_and_order_of_edges_change_nothing(edges, training):
    branch = unlike(GraphBranch(6)).train(training)
    nodes, order = torch.randn(NODES, 6), torch.tensor([3, 0, 4, 1, 2])
    place = torch.empty_like(order)
    place[order] = torch.arange(NODES)
    renamed = place[edges][:, torch.randperm(edges.shape[1])]
    expected = branch(nodes, graph_tensors(edges))
    found = branch(nodes[order], graph_tensors(renamed))
    torch.testing.assert_close(found, expected[order])


def test_one_superpixel_can_be_trained_on():
    one = GraphTensors(
        torch.zeros(3, dtype=torch.long),
        torch.full((1, 1), 3.0),
        torch.zeros(2, 1, dtype=torch.long),
        None,
    )
    branch = GraphBranch(6).train()
    branch(torch.randn(1, 6), one).sum().backward()
    assert all(
        p.grad.isfinite().all() for p in branch.convolutions[1].transform.parameters()
    )


def test_state_holds_weights_only():
    names = set(GraphBranch(6).state_dict())
    assert not [name for name in names if "edge" in name or "node" in name]
    assert SuperpixelGraph.__name__ not in repr(GraphBranch(6))
