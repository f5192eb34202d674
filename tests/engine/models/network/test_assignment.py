"""Encoder and decoder against a dense assignment matrix."""

import numpy as np
import pytest
import torch

from miaf_engine.models.network.assignment import (
    GraphTensors,
    Wanted,
    decode,
    encode,
)
from miaf_engine.preprocessing.graph import build_graph
from tests import tiny


def dense(segments):
    """Return Q (V, N): 1 where a valid pixel is in a superpixel."""
    flat = segments.ravel()[segments.ravel() >= 0]
    return torch.eye(int(segments.max()) + 1)[torch.from_numpy(flat).long()]


@pytest.fixture(params=[False, True], ids=["all valid", "with nodata"])
def segments(request):
    found = np.random.default_rng(1).permuted(np.arange(42) % 7).reshape(6, 7)
    if request.param:
        found[:2, :3] = found[5, 6] = -1
        assert set(np.unique(found)) == {-1, *range(7)}
    return found.astype(np.int32)


def test_encoder_is_the_column_normalised_matrix(segments):
    features = torch.randn(int((segments >= 0).sum()), 5)
    matrix = dense(segments)
    expected = (matrix / matrix.sum(dim=0)).T @ features
    found = encode(features, GraphTensors.build(build_graph(segments)))
    torch.testing.assert_close(found, expected)


def test_decoder_is_the_matrix(segments):
    nodes = torch.randn(7, 5)
    found = decode(nodes, GraphTensors.build(build_graph(segments)))
    torch.testing.assert_close(found, dense(segments) @ nodes)


def test_gradients_are_those_of_the_matrix(segments):
    features = torch.randn(int((segments >= 0).sum()), 5, requires_grad=True)
    weight = torch.randn_like(features)
    graph, matrix = GraphTensors.build(build_graph(segments)), dense(segments)
    (decode(encode(features, graph), graph) * weight).sum().backward()
    found, features.grad = features.grad, None
    (matrix @ ((matrix / matrix.sum(dim=0)).T @ features) * weight).sum().backward()
    torch.testing.assert_close(found, features.grad)


def test_near_the_pixels_wanted_are_all_of_their_superpixels(segments):
    graph = GraphTensors.build(build_graph(segments))
    pixels = torch.tensor([20, 1, 20])
    wanted = Wanted.of(pixels, graph)
    nodes = set(graph.node_of[pixels].tolist())
    near = [p for p, node in enumerate(graph.node_of.tolist()) if node in nodes]
    assert 0 < len(near) < len(graph.node_of)
    assert wanted.near.tolist() == near
    assert torch.equal(wanted.near[wanted.places], pixels)
    features = torch.randn(len(graph.node_of), 5)
    some = encode(features[wanted.near], graph, wanted.near)
    others = torch.ones(len(some), dtype=torch.bool)
    others[sorted(nodes)] = False
    assert torch.equal(some[~others], encode(features, graph)[~others])
    assert (some[others] == 0).all()


def test_pixels_are_the_valid_ones_in_order():
    scene = tiny.scene(valid=tiny.hole())
    for graph in tiny.tensors(scene):
        assert graph.pixels.tolist() == np.flatnonzero(scene.valid).tolist()
        assert graph.sizes.sum() == scene.valid.sum()
        assert graph.sizes.min() >= 1
    assert all(graph.pixels is None for graph in tiny.tensors(tiny.scene()))
