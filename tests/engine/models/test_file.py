"""What is loaded is bit for bit what was saved, or it is refused."""

from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import FileError, ModelFormatError
from miaf_engine.models.card import ModelCard, read_card
from miaf_engine.models.file import load_model, save_model
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.network.placement import place
from miaf_engine.prediction.probabilities import predict
from miaf_engine.requests.settings import NetworkConfig
from tests import tiny

BANDS, CLASSES = 6, 3


def make_card(**network):
    colours = ("#e69f00", "#56b4e9", "#009e73")
    entries = (ClassEntry(k + 1, f"class {k}", c) for k, c in enumerate(colours))
    names = tuple(f"B{b}" for b in range(BANDS + 1))
    return ModelCard(
        bands=BandTable(names, good=(False,) + (True,) * BANDS),
        band_tolerance_nm=5.0,
        normalisation={},
        projection={},
        classes=ClassTable(tuple(entries)),
        network=NetworkConfig(width=8, **network).as_json(),
        superpixels={},
        split={},
        training={},
        seed=0,
        scores={},
        provenance={},
    )


def make_network(card):
    torch.manual_seed(1)
    network = MiafNet(NetworkConfig.from_json(card.network), BANDS, CLASSES)
    for buffer in network.buffers():  # running statistics must travel too
        if buffer.is_floating_point():
            buffer.uniform_(0.5, 1.5)
    return network


@pytest.fixture
def saved(tmp_path):
    card = make_card()
    network = make_network(card)
    path = tmp_path / "Modell ä.miaf.safetensors"
    save_model(path, network, card)
    return path, network, card


def rewrite(path, change, card=None):
    """Save the file again with other tensors, or another card."""
    tensors = load_file(path)
    change(tensors)
    card = card or read_card(path)
    save_file(tensors, path, metadata={"miaf": card.as_text()})


@pytest.mark.parametrize(
    "switches",
    [
        {},
        {"graph_branch": False},
        {"convolution_branch": False},
        {"interactive_attention": False},
        {"hierarchical_fusion": False},
        {"kernel_sizes": (3,)},
    ],
)
def test_round_trip_is_bit_equal(tmp_path, switches):
    card = make_card(**switches)
    network = make_network(card)
    path = tmp_path / "m.miaf.safetensors"
    save_model(path, network, card)
    loaded, read = load_model(path)
    assert read == card
    assert loaded.config == network.config
    assert not loaded.training
    before, after = network.state_dict(), loaded.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_without_an_ensemble_only_what_a_map_needs_is_saved(tmp_path):
    card = make_card(committee=False)
    network = make_network(card)
    path = tmp_path / "m.miaf.safetensors"
    save_model(path, network, card)
    names = set(load_file(path))
    assert names
    assert not any(name.startswith("branches.") for name in names)
    loaded = load_model(path)[0].state_dict()
    assert all(torch.equal(loaded[name], network.state_dict()[name]) for name in names)
    rest = loaded.keys() - names
    assert all(name.startswith("branches.") for name in rest)
    assert rest
    assert not any(loaded[name].any() for name in rest)


def test_same_content_same_bytes(saved, tmp_path):
    path, network, card = saved
    again = tmp_path / "again.miaf.safetensors"
    save_model(again, network, card)
    assert again.read_bytes() == path.read_bytes()
    loaded, read = load_model(path)
    save_model(again, loaded, read)
    assert again.read_bytes() == path.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_loading_draws_no_random_numbers(saved):
    torch.manual_seed(5)
    wanted = torch.rand(3)
    torch.manual_seed(5)
    load_model(saved[0])
    assert torch.equal(torch.rand(3), wanted)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.pop("classifier.bias"), r"'classifier.bias' \(missing, 1 in all"),
        (lambda t: t.update(extra=torch.zeros(1)), r"'extra' \(not expected, 1 in all"),
        (
            lambda t: t.update({"classifier.bias": torch.zeros(4)}),
            r"'classifier.bias' \(\('F32', \(4,\)\) in place of \('F32', \(3,\)\)",
        ),
        (
            lambda t: t.update({"classifier.bias": torch.zeros(3).half()}),
            r"\('F16', \(3,\)\) in place of",
        ),
        (
            lambda t: t["classifier.bias"].__setitem__(0, torch.nan),
            "1 value that is not finite",
        ),
        (
            lambda t: t["classifier.weight"].fill_(torch.inf),
            "24 values that are not finite",
        ),
    ],
)
def test_tensors_that_do_not_fit(saved, change, message):
    path = saved[0]
    rewrite(path, change)
    with pytest.raises(ModelFormatError, match=message):
        load_model(path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"network": {"width": 2}}, "cannot be used.*width.*must be at least 4"),
        ({"network": {"depth": 2}}, "Unknown setting 'depth'"),
        ({"network": {"width": 16}}, "do not fit its network"),
        ({"classes": ClassTable(())}, "6 bands and 0 classes"),
        ({"bands": BandTable(("B",), good=(False,))}, "0 bands"),
        ({"bands": BandTable(("B",))}, "do not fit its network"),
    ],
)
def test_card_that_does_not_fit(saved, changes, message):
    path, _, card = saved
    rewrite(path, lambda _: None, replace(card, **changes))
    with pytest.raises(ModelFormatError, match=message):
        load_model(path)


def test_truncated(saved):
    path = saved[0]
    content = path.read_bytes()
    for length in (len(content) - 1, len(content) // 2, 100, 7):
        path.write_bytes(content[:length])
        with pytest.raises(ModelFormatError):
            load_model(path)


def test_trailing_bytes(saved):
    path = saved[0]
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(ModelFormatError, match="damaged"):
        load_model(path)


def test_nothing_is_left_where_saving_fails(tmp_path):
    card = make_card()
    with pytest.raises(FileError):
        save_model(tmp_path / "none" / "m", make_network(card), card)
    bad = replace(card, scores={"kappa": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        save_model(tmp_path / "m", make_network(card), bad)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU here")
def test_from_gpu_to_cpu(tmp_path):
    card = make_card()
    network = make_network(card)
    save_model(tmp_path / "cpu", network, card)
    save_model(tmp_path / "gpu", network.cuda(), card)
    assert (tmp_path / "cpu").read_bytes() == (tmp_path / "gpu").read_bytes()
    assert next(load_model(tmp_path / "cpu", "cuda")[0].parameters()).is_cuda


def test_a_saved_model_gives_the_same_probabilities_to_the_bit(tmp_path):
    scene = tiny.scene(valid=tiny.hole())
    network, graphs = place(tiny.unlike(tiny.network()), "cpu"), tiny.graphs(scene)
    names = tuple(f"B{b}" for b in range(tiny.BANDS))
    card = replace(
        make_card(), bands=BandTable(names), network=tiny.config().as_json(),
        temperature=0.437219,
    )  # fmt: skip
    path = tmp_path / "m.miaf.safetensors"
    save_model(path, network, card)
    loaded, found = load_model(path)
    assert found.temperature == 0.437219
    before = predict(network, scene, graphs, temperature=card.temperature)
    after = predict(loaded, scene, graphs, temperature=found.temperature)
    assert before.tobytes() == after.tobytes()
    assert before.tobytes() != predict(loaded, scene, graphs).tobytes()
