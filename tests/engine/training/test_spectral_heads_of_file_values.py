"""The heads of the unnormalised spectrum, against the same heads of file values."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.preprocessing.normalisation import Gain, Normalisation
from miaf_engine.training import spectral_heads
from miaf_engine.training.batch import Batch
from miaf_engine.training.mosaic import Mosaic
from miaf_engine.training.spectral_heads import fit_spectral_heads
from tests import tiny

NAMES = [
    "linear on the unnormalised spectrum",
    "discriminant of the unnormalised spectrum",
]


def bright_area(values, valid=None, gain=Gain()):  # noqa: B008 - it is frozen
    """Return the tiny training area of other values, with its brightness."""
    area = tiny.area(valid)
    valid = area.scene.valid
    by = Normalisation.fit(values[:, valid])
    scene = by.apply(values, valid, area.scene.grid, gain=gain)
    return replace(area, scene=scene)


def network(**more):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return MiafNet(tiny.config(**more), tiny.BANDS, 3, unnormalised=True)


@pytest.fixture(scope="module")
def batch():
    return Batch.build(bright_area(tiny.cube(), tiny.hole()), "cpu")


@pytest.fixture(scope="module")
def fitted(batch):
    made = network()
    fit_spectral_heads(made, [batch])
    return made


def test_a_batch_knows_the_file_values(batch):
    values = tiny.cube()[:, tiny.hole()].T
    every = torch.arange(len(values))
    np.testing.assert_allclose(batch.unnormalised(every), values, rtol=1e-5)


def test_without_brightness_there_are_no_file_values():
    batch = Batch.build(tiny.area(), "cpu")
    with pytest.raises(ValueError, match="no brightness"):
        batch.unnormalised(torch.arange(3))


def test_the_heads_are_those_of_scaled_file_values(batch, fitted):
    """Each band about zero mean and unit variance over the scene, labelled or not."""
    values = tiny.cube()[:, tiny.hole()].T.astype(np.float64)
    scaled = (values - values.mean(axis=0)) / values.std(axis=0)
    given = replace(batch, spectra=torch.from_numpy(scaled.astype(np.float32)))
    plain = tiny.network()
    fit_spectral_heads(plain, [given])
    heads = fitted.branches.of_spectra(batch.spectra, batch.brightness)
    assert [head.name for head in heads[3:]] == NAMES
    expected = [plain.branches.of_spectrum, plain.branches.of_discriminant]
    for head, layer in zip(heads[3:], expected, strict=True):
        found = head.logits[0].softmax(dim=1)
        wanted = layer(given.spectra).softmax(dim=1)
        np.testing.assert_allclose(found, wanted, atol=0.01)


def test_what_differs_in_brightness_alone_is_told_apart():
    """Two classes of one spectrum, of which one is half as bright, in grey noise."""
    rng = np.random.default_rng(0)
    spectrum = np.linspace(1000, 3000, tiny.BANDS)
    labels = np.minimum(tiny.truth(), 2)
    level = np.where(labels == 2, 0.5, 1.0)
    values = spectrum[:, None, None] * level
    values = (values * rng.normal(1, 0.02, values.shape)).astype(np.float32)
    batch = Batch.build(replace(bright_area(values), labels=labels), "cpu")
    made = network()
    fit_spectral_heads(made, [batch])
    heads = made.branches.of_spectra(batch.spectra, batch.brightness)
    truth = torch.from_numpy(labels.ravel().astype(np.int64) - 1)
    right = [
        (head.logits[0].argmax(1) == truth).float().mean().item() for head in heads
    ]
    assert max(right[:3]) < 0.75
    assert min(right[3:]) > 0.99


def test_a_layer_on_file_values_by_hand():
    """x = m + s (scale z + mean) = 10 + 2 (3 z + 1), so 5 x = 60 + 30 z."""
    head = MiafNet(tiny.config(), 1, 2, unnormalised=True).branches.unnormalised[0]
    layer = nn.Linear(1, 2)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[5.0], [0.0]]))
        layer.bias.copy_(torch.tensor([0.5, 7.0]))
    head.put(layer, torch.tensor([[1.0], [3.0]]))
    found = head(torch.tensor([[0.0], [2.0]]), torch.tensor([[10.0, 2.0]] * 2))
    torch.testing.assert_close(found, torch.tensor([[60.5, 7.0], [120.5, 7.0]]))


@pytest.mark.parametrize("constant", [0.0, 4000.0])
def test_a_constant_band_has_no_weight(constant):
    values = tiny.cube()
    values[3] = constant
    batch = Batch.build(bright_area(values), "cpu")
    made = network()
    fit_spectral_heads(made, [batch])
    moved = batch.brightness.clone()
    for head in made.branches.unnormalised:
        assert torch.isfinite(head(batch.spectra, moved)).all()
        assert (head.of_bands.weight[:, 3] == 0).all()


def test_the_random_numbers_of_a_training_do_not_move(batch):
    made = network()
    before = torch.get_rng_state()
    fit_spectral_heads(made, [batch])
    assert torch.equal(torch.get_rng_state(), before)


def test_large_scenes_are_measured_on_a_part(monkeypatch):
    assert spectral_heads._MOST_MEASURED == 20_000
    monkeypatch.setattr(spectral_heads, "_MOST_MEASURED", 4)
    places = spectral_heads._evenly_spaced(10, torch.device("cpu"))
    assert places.tolist() == [0, 3, 6, 9]


def test_without_brightness_the_others_share_the_weight(batch, fitted):
    weights = torch.tensor([0.1, 0.2, 0.1, 0.05, 0.05, 0.1, 0.3, 0.1])
    fitted.head_weights.copy_(weights)
    torch.testing.assert_close(fitted.weights_of(8), weights)
    torch.testing.assert_close(fitted.weights_of(6), weights[:6] / 0.6)
    fitted.eval()
    given = (batch.spectra, batch.graphs, batch.layout)
    with torch.no_grad():
        dark = fitted.score(*given)
        fitted.head_weights.copy_(torch.tensor([0.0] * 6 + [0.5, 0.5]))
        bright = fitted.score(*given, brightness=batch.brightness)
        fitted.head_weights.copy_(torch.tensor([*(weights[:6] / 0.6).tolist(), 0, 0]))
        expected = fitted.score(*given, brightness=batch.brightness)
    torch.testing.assert_close(dark, expected)
    assert not torch.allclose(bright, expected)


def test_pixels_asked_for_are_those_of_the_whole(batch, fitted):
    fitted.eval()
    at = torch.tensor([5, 0, 77])
    with torch.no_grad():
        given = (batch.spectra, batch.graphs, batch.layout)
        whole = fitted.heads(*given, brightness=batch.brightness)
        part = fitted.heads(*given, at, batch.brightness)
    assert [head.name for head in whole] == fitted.head_names
    for one, other in zip(whole, part, strict=True):
        torch.testing.assert_close(one.probabilities()[at], other.probabilities())


def test_one_head_alone_has_no_more_beside_it():
    assert not network(committee=False).unnormalised


def test_windows_side_by_side_keep_their_brightness():
    whole = bright_area(tiny.cube(), tiny.hole()).scene
    upper, lower = (
        replace(whole.grid.window, row=row, height=tiny.HEIGHT // 2)
        for row in (0, tiny.HEIGHT // 2)
    )
    mosaic = Mosaic.plan([upper, lower], gap=3)
    parts = [whole.cut(upper), whole.cut(lower)]
    found = mosaic.scene(parts)
    for place, part in zip(mosaic.places, parts, strict=True):
        rows, columns = place.slices
        np.testing.assert_array_equal(
            found.brightness.values[:, rows, columns], part.brightness.values
        )
    dark = replace(parts[1], brightness=None)
    assert mosaic.scene([parts[0], dark]).brightness is None


def test_the_first_weights_of_a_network_are_the_same_without_them():
    plain, more = tiny.network().state_dict(), network().state_dict()
    del plain["head_weights"]
    assert all(torch.equal(more[name], part) for name, part in plain.items())
