"""The whole network: shapes, switches, nodata, and what must change nothing."""

import copy

import numpy as np
import pytest
import torch

from miaf_engine.models.network import attention, ensemble, miafnet
from miaf_engine.models.network.assignment import GraphTensors, Wanted
from miaf_engine.models.network.ensemble import KERNEL_FEATURES, combine
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.network.spectral import valid_rows
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.requests.settings import NetworkConfig
from tests import tiny

SWITCHES = [
    {"graph_branch": False},
    {"convolution_branch": False},
    {"interactive_attention": False},
    {"hierarchical_fusion": False},
    {"kernel_sizes": (3,)},
]


@pytest.fixture(scope="module")
def scene():
    return tiny.scene(valid=tiny.hole())


@pytest.fixture(scope="module")
def graphs(scene):
    return tiny.tensors(scene)


@pytest.fixture(scope="module")
def network():
    return tiny.unlike(tiny.network())


def score(network, scene, graphs):
    torch.manual_seed(0)  # of the attentions that a step of training leaves out
    with torch.no_grad():
        return network(torch.from_numpy(scene.image), graphs)


def test_logits_cover_the_scene(network, scene, graphs):
    logits = score(network, scene, graphs)
    assert logits.shape == (3, tiny.HEIGHT, tiny.WIDTH)
    assert logits.isfinite().all()
    valid = torch.from_numpy(scene.valid)
    assert (logits[:, ~valid] == 0).all()
    assert (logits[:, valid] != 0).any(dim=0).all()


STORED = {
    "fused": [[-0.0119, 2.4381, 0.1304]],
    "embedding": [[0.8748, 0.7954, 0.5079]],
    "convolution branch": [[0.7148, 1.0733, 0.4748], [-0.2200, 0.5700, -1.1299]],
    "graph branch": [[-0.5054, 0.2087, -1.1188], [1.8063, -0.8198, -1.2820]],
    "linear on the spectrum": [[-1.6998, -1.7031, 3.4709]],
    "kernel on the spectrum": [[-1.2793, -1.2580, -0.0392]],
    "discriminant of the spectrum": [[-4.6884, -2.4533, 1.0626]],
}


def test_heads_answer_what_they_always_did(network, scene, graphs):
    """Stored logits of the first valid pixel, for weights that a seed gives."""
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    with torch.no_grad():
        heads = network.trained_heads(spectra, graphs, tiny.layout(scene))
        heads += network.branches.of_spectra(spectra)
    found = {head.name: [logits[0] for logits in head.logits] for head in heads}
    assert list(found) == list(STORED)
    for name, stored in STORED.items():
        torch.testing.assert_close(
            torch.stack(found[name]), torch.tensor(stored), atol=1e-3, rtol=1e-3
        )


def test_scores_at_some_pixels_are_those_among_all(network, scene, graphs, monkeypatch):
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    layout, network = tiny.layout(scene), network.eval()
    at = torch.tensor([3, 40, 41, 200, 5])
    with torch.no_grad():
        whole = network.score(spectra, graphs, layout)
        monkeypatch.setattr(miafnet, "_BLOCK", 2)
        some = network.score(spectra, graphs, layout, at)
        none = network.score(spectra, graphs, layout, at[:0])
    torch.testing.assert_close(some, whole[at])
    assert none.shape == (0, whole.shape[1])


def test_trained_heads_at_some_pixels_are_those_among_all(network, scene, graphs):
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    layout, network = tiny.layout(scene), tiny.unlike(copy.deepcopy(network)).train()
    network.spectral.dropout.p = 0.0
    at = torch.tensor([3, 40, 41, 200, 5])
    found = []
    for wanted in ([Wanted.of(at, graph) for graph in graphs], None):
        torch.manual_seed(4)  # attentions are left out at random
        heads = network.trained_heads(spectra, graphs, layout, wanted)
        logits = [one for head in heads for one in head.logits]
        logits = torch.stack([one[at] for one in logits] if not wanted else logits)
        network.zero_grad()
        logits.square().mean().backward()
        gradients = [p.grad for p in network.parameters() if p.grad is not None]
        found.append([logits, *gradients])
    assert len(found[0]) == len(found[1]) > 50
    for some, all_of_them in zip(*found, strict=True):
        torch.testing.assert_close(some, all_of_them, rtol=1e-3, atol=1e-5)


def test_the_default_network_has_its_parameters():
    """Of 200 bands and 16 classes, as Indian Pines has."""
    network = MiafNet(NetworkConfig(), 200, 16)
    counts = dict.fromkeys(dict(network.named_children()), 0)
    for name, parameter in network.named_parameters():
        counts[name.split(".")[0]] += parameter.numel()
    assert counts == {
        # Batch norm and a linear layer, twice.
        "spectral": 400 + 200 * 48 + 48 + 96 + 48 * 48 + 48,
        # Per scale two convolution blocks, two graph convolutions and their fusion.
        "scales": sum(
            2 * (96 + 48 * size * size + 48 + 48 * 48 + 48)
            + 2 * (96 + 2 * 48 * 48 + 48)
            + 2 * (48 * 12 + 12 + 12 * 48 + 48 + 49)
            + 2 * 48 * 48
            + 48
            for size in (3, 5, 7)
        ),
        "fusion": 3 * (48 * 12 + 12 + 12 * 48 + 48 + 49),
        "classifier": 49 * 16,
        "branches": (201 + 1025 + 201 + 49 + 6 * 49) * 16,
    }


def test_values_of_nodata_pixels_change_nothing(network, scene, graphs):
    image = torch.from_numpy(scene.image.copy())
    image[:, ~torch.from_numpy(scene.valid)] = 1e6
    expected = score(network, scene, graphs)
    for mode in (network.eval(), network.train()):
        clean = score(mode, scene, graphs)
        torch.manual_seed(0)
        with torch.no_grad():
            assert torch.equal(mode(image, graphs), clean)
    tiny.unlike(network)
    torch.testing.assert_close(score(network, scene, graphs), expected)


@pytest.mark.parametrize("switch", [{}, {"graph_branch": False}, {"committee": False}])
def test_blocks_of_pixels_score_as_all_at_once(scene, graphs, monkeypatch, switch):
    network = tiny.unlike(tiny.network(**switch))
    spectra = valid_rows(torch.from_numpy(scene.image), graphs[0].pixels)
    with torch.no_grad():
        heads = network.heads(spectra, graphs, tiny.layout(scene))
        whole = combine(heads, network.head_weights)
        monkeypatch.setattr(miafnet, "_BLOCK", 100)
        monkeypatch.setattr(ensemble, "ROWS", 33)
        blocks = network.score(spectra, graphs, tiny.layout(scene))
    assert len(spectra) > 600
    torch.testing.assert_close(blocks, whole, rtol=1e-5, atol=1e-6)


def test_of_a_large_scene_the_scores_of_no_head_are_held(monkeypatch):
    network = tiny.unlike(tiny.network())
    seen, real = [], miafnet.combine
    monkeypatch.setattr(miafnet, "_BLOCK", 100)
    monkeypatch.setattr(
        miafnet,
        "combine",
        lambda heads, weights: (
            seen.append(len(heads[0].logits[0])) or real(heads, weights)
        ),
    )
    scene = tiny.scene()
    with torch.no_grad():
        network(torch.from_numpy(scene.image), tiny.tensors(scene))
    assert max(seen) == 100
    assert sum(seen) == scene.valid.size


def test_an_all_valid_scene_is_the_same_with_its_pixels_listed(network):
    scene = tiny.scene()
    graphs = tiny.tensors(scene)
    listed = [
        GraphTensors(g.node_of, g.sizes, g.edges, torch.arange(len(g.node_of)))
        for g in graphs
    ]
    expected = score(network, scene, graphs)
    torch.testing.assert_close(score(network, scene, listed), expected)


def test_numbering_of_superpixels_and_order_of_edges_change_nothing(network, scene):
    rng = np.random.default_rng(3)
    graphs = tiny.graphs(scene)
    renamed = []
    for graph in graphs:
        new = rng.permutation(graph.nodes)
        node_of = np.where(graph.node_of >= 0, new[graph.node_of], -1)
        edges = new[graph.edges][:, rng.permutation(graph.edges.shape[1])]
        renamed.append(SuperpixelGraph(node_of, edges, graph.nodes))
    expected = score(network, scene, [GraphTensors.build(g) for g in graphs])
    found = score(network, scene, [GraphTensors.build(g) for g in renamed])
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("switch", SWITCHES, ids=str)
def test_each_switch_runs_with_fewer_parameters(switch, scene, graphs):
    def parameters(network):
        return sum(p.numel() for p in network.parameters())

    network = tiny.network(**switch)
    assert parameters(network) < parameters(tiny.network())
    used = graphs[: len(network.config.kernel_sizes)]
    assert score(network.eval(), scene, used).isfinite().all()
    network.train()
    network(torch.from_numpy(scene.image), used).sum().backward()


@pytest.mark.parametrize("switch", [{}, *SWITCHES], ids=str)
def test_gradient_reaches_every_parameter(switch, scene, graphs, monkeypatch):
    # Some have none in the first step, and where an attention is left out.
    network = tiny.unlike(tiny.network(**switch)).train()
    monkeypatch.setattr(attention, "LEFT_OUT", 0.0)
    used = graphs[: len(network.config.kernel_sizes)]
    spectra = torch.from_numpy(scene.image[:, scene.valid].T.copy())
    labels = torch.from_numpy(tiny.truth()[scene.valid].astype(np.int64) - 1)
    heads = network.trained_heads(spectra, used, tiny.layout(scene))
    of_heads = [logits for v in heads for logits in v.logits if logits.requires_grad]
    sum(torch.nn.functional.cross_entropy(one, labels) for one in of_heads).backward()
    silent = [
        name
        for name, p in network.named_parameters()
        if p.requires_grad and (p.grad is None or not p.grad.abs().sum() > 0)
    ]
    # One scale has the whole share whatever its score.
    one = {"fusion.between.0.weight", "fusion.between.0.bias"}
    assert set(silent) == (one if len(used) == 1 else set())


def test_state_holds_no_graph_and_one_network_serves_two_scenes(scene, graphs):
    network = tiny.network().eval()
    before = set(network.state_dict())
    score(network, scene, graphs)
    other = tiny.scene(tiny.cube(16, 18))
    assert score(network, other, tiny.tensors(other)).shape == (3, 16, 18)
    assert set(network.state_dict()) == before
    assert not [name for name in before if "edges" in name or "node_of" in name]
    state = network.state_dict()
    # The kernel's frequencies are the only large tensor, and have no scene's size.
    large = {name: tuple(t.shape) for name, t in state.items() if t.numel() >= 2000}
    features = KERNEL_FEATURES // 2
    assert large == {"branches.of_kernel.frequencies": (tiny.BANDS, features)} | {
        name: shape for name, shape in large.items() if "of_kernel.linear" in name
    }


def test_number_of_graphs_must_be_that_of_the_scales(network, scene, graphs):
    with pytest.raises(ValueError, match="zip"):
        score(network, scene, graphs[:1])
