"""A model on another scene: bands, statistics, extents and grids."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import rasterio

from miaf_engine.accuracy import map_accuracy
from miaf_engine.errors import (
    BandMismatchError,
    ConfigError,
    CubeError,
    ModelFormatError,
)
from miaf_engine.grid import Window
from miaf_engine.models.card import read_card
from miaf_engine.models.facts import ModelFacts
from miaf_engine.models.file import load_model, save_model
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.tie_points import corner_in
from miaf_engine.prediction.adaptation import DomainShift, gain_of
from miaf_engine.preprocessing.normalisation import Gain
from miaf_engine.process.command_line import main
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.scenes import Recorder

# A calibration that is off by a half, up in one band and down in the next.
GAINS = np.where(np.arange(tiny.BANDS) % 2, 1.5, 0.5).astype("float32")[:, None, None]
CENTRES = 500.0 + 10.0 * np.arange(tiny.BANDS)
UTM17 = rasterio.crs.CRS.from_epsg(32617).to_wkt()


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def write(path, values, centres=CENTRES, where=None, **more):
    """Write an ENVI cube with wavelengths."""
    where = where or scenes.grid(*values.shape[1:])
    fields = {"wavelength": "{" + ", ".join(f"{c:.3f}" for c in centres) + "}"}
    fields["wavelength units"] = "Nanometers"
    return str(scenes.write_envi(path, values, where, fields, **more))


def at(centres, values=None):
    """Return the spectra of the tiny scene at other wavelengths."""
    values = tiny.cube() if values is None else values
    flat = values.reshape(tiny.BANDS, -1)
    made = np.stack([np.interp(centres, CENTRES, one) for one in flat.T], axis=1)
    return made.reshape(-1, *values.shape[1:]).astype("float32")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("with wavelengths")
    given = tiny.inputs(folder)
    given["cube"] = write(folder / "cube.dat", tiny.cube())
    made = {name: str(folder / f"{name}.tif") for name in ("output", "probabilities")}
    path = str(folder / "m.miaf.safetensors")
    given["settings"] = {**tiny.SMALL, "epochs": 12}
    carry_out(TrainRequest(**given, **made, model=path), Recorder())
    return SimpleNamespace(path=path, cube=given["cube"], **made)


@pytest.fixture(autouse=True)
def enough_epochs(monkeypatch):
    """The few epochs of these tests are the standard."""
    enough = {"quick": 1, "standard": 12, "best": 24}
    monkeypatch.setattr(map_accuracy, "preset_epochs", lambda: enough)


@pytest.fixture
def classify(model, tmp_path):
    def run(cube, **more):
        listener = Recorder()
        values = {"cube": str(cube), "model": model.path, "device": "cpu"}
        values |= {"output": str(tmp_path / "map.tif"), **more}
        result = carry_out(ClassifyRequest(**values), listener)
        return SimpleNamespace(
            map=read(tmp_path / "map.tif")[0],
            figures=result["figures"],
            warnings=listener.warnings,
            infos=listener.infos,
        )

    return run


# Brightness

LEFT_OUT = "The map does without the heads of the unnormalised spectrum"


def of_heads(infos):
    return [text for text in infos if "heads of the unnormalised spectrum" in text]


def test_the_scene_of_a_model_keeps_its_brightness(model, classify):
    found = classify(model.cube)
    np.testing.assert_array_equal(found.map, read(model.output)[0])
    assert of_heads(found.infos) == []
    known = read_card(model.path).brightness
    values = tiny.cube().reshape(tiny.BANDS, -1).astype(np.float64)
    expected = [values.mean(), values.std(axis=0).mean()]
    np.testing.assert_allclose(known, [expected], rtol=1e-6)


def test_a_mask_leaves_the_brightness_as_it_is(model, classify, tmp_path):
    kept = np.zeros((1, tiny.HEIGHT, tiny.WIDTH), np.uint8)
    kept[:, :, : tiny.WIDTH // 2] = 1
    mask = tmp_path / "mask.tif"
    scenes.write_tif(mask, kept, scenes.grid(tiny.HEIGHT, tiny.WIDTH))
    found = classify(model.cube, mask=str(mask))
    assert of_heads(found.infos) == []
    assert (found.map[:, tiny.WIDTH // 2 :] == 0).all()


@pytest.mark.parametrize(("factor", "offset"), [(2.0, 500.0), (1e-4, 0.0)])
def test_the_scene_in_other_light_or_units_has_the_same_map(
    model, classify, tmp_path, factor, offset
):
    path = write(tmp_path / "c.dat", factor * tiny.cube() + np.float32(offset))
    found = classify(path)
    np.testing.assert_array_equal(found.map, read(model.output)[0])
    (said,) = of_heads(found.infos)
    assert (
        f"multiplied by {1 / factor:.4g}, and {0 - offset / factor:.4g} is added"
        in said
    )


def test_other_cover_leaves_the_heads_out(model, classify, tmp_path):
    """Two of the three classes, half as bright: neither can be told from the other."""
    part = tiny.cube()[:, :, : tiny.WIDTH // 2] / 2
    elsewhere = scenes.grid(*part.shape[1:], crs=UTM17)
    found = classify(write(tmp_path / "c.dat", part, where=elsewhere))
    (said,) = of_heads(found.infos)
    assert said.startswith(LEFT_OUT)
    expected = read(model.output)[0][:, : tiny.WIDTH // 2]
    assert (found.map == expected).mean() > 0.9


# Nearly the whole scene has its band statistics, and another mean brightness.
@pytest.mark.parametrize("window", [Window(3, 4, 17, 11), Window(2, 0, 22, tiny.WIDTH)])
@pytest.mark.parametrize(("factor", "said"), [(1.0, []), (2.0, ["0.5, and 0"])])
def test_a_part_of_the_scene_keeps_the_heads(
    model, classify, tmp_path, window, factor, said
):
    """It is known by values at the same places, though its mean is another one."""
    part = factor * tiny.cube()[(slice(None), *window.slices)]
    where = scenes.grid(tiny.HEIGHT, tiny.WIDTH).cut(window)
    found = classify(write(tmp_path / "c.dat", part, where=where))
    of = of_heads(found.infos)
    assert len(of) == len(said)
    for text, wanted in zip(of, said, strict=True):
        assert f"multiplied by {wanted} is added" in text
    expected = read(model.output)[0][window.slices]
    assert (found.map == expected).mean() > 0.97


def test_superpixels_of_a_part_lie_on_the_grid_of_the_training_scene(model):
    facts = ModelFacts.read(model.path)
    window, size = Window(3, 4, 17, 11), (tiny.HEIGHT, tiny.WIDTH)
    for where, corner in [
        (scenes.grid(*size), (0, 0)),
        (scenes.grid(*size).cut(window), (3, 4)),
        (scenes.grid(*size, crs=UTM17).cut(window), (0, 0)),
    ]:
        assert corner_in(facts.tie_points, where) == corner
    values = tiny.cube()
    valid = np.ones(size, bool)
    scene = facts.preparation.normalisation.apply(values, valid, scenes.grid(*size))
    by_origin = facts.preparation.segments(scene, (3, 4))
    by_corner = replace(facts.preparation, corner=(3, 4)).segments(scene)
    for one, other in zip(by_origin, by_corner, strict=True):
        np.testing.assert_array_equal(one, other)
    plain = facts.preparation.segments(scene)
    assert any((a != b).any() for a, b in zip(plain, by_corner, strict=True))


@pytest.mark.parametrize(
    "way", [{"normalise_by": "scene"}, {"interpolate_bands": True}]
)
def test_other_statistics_or_bands_leave_the_heads_out(classify, tmp_path, way):
    centres = CENTRES + 2.0
    found = classify(write(tmp_path / "c.dat", at(centres), centres), **way)
    assert [text.startswith(LEFT_OUT) for text in of_heads(found.infos)] == [True]


def test_a_model_from_before_such_heads_says_nothing(model, classify, tmp_path):
    network, card = load_model(model.path)
    plain = MiafNet(network.config, network.bands, network.classes)
    known = network.state_dict()
    known["head_weights"] = network.weights_of(6)
    plain.load_state_dict({name: known[name] for name in plain.state_dict()})
    old = str(tmp_path / "old.miaf.safetensors")
    save_model(old, plain, replace(card, brightness=None))
    found = classify(model.cube, model=old)
    assert of_heads(found.infos) == []
    assert (found.map == read(model.output)[0]).mean() > 0.9


@pytest.mark.parametrize(
    ("known", "shift", "brightness", "expected"),
    [
        ([[10.0, 2.0]], 0.5, (10.00005, 2.0), Gain()),
        ([[10.0, 2.0]], 0.02, (20.0, 4.0), Gain(0.5, 0.0)),
        ([[10.0, 2.0]], 0.0, (25.0, 4.0), Gain(0.5, -2.5)),
        ([[10.0, 2.0]], 0.021, (20.0, 4.0), None),
        ([[10.0, 2.0]], 0.0, (20.0, 0.0), None),
        ([[10.0, 2.0], [11.0, 2.0]], 0.0, (20.0, 4.0), None),
        ([[10.0, 2.0], [11.0, 2.0]], 0.0, (11.0, 2.0), Gain()),
        ([], 0.0, (10.0, 2.0), None),
    ],
)
def test_the_gain_by_hand(known, shift, brightness, expected):
    found = DomainShift(np.array([0.0, -shift]), np.array([1.0, 1.02]))
    assert gain_of(known, found, brightness) == expected
    wide = DomainShift(np.zeros(2), np.array([1.0, 1 / 1.021]))
    assert gain_of(known, wide, brightness) in (None, Gain())


# Bands


def test_nearby_wavelengths_are_the_same_bands(model, classify, tmp_path):
    path = write(tmp_path / "c.dat", tiny.cube(), CENTRES + 4.9)
    found = classify(path)
    np.testing.assert_array_equal(found.map, read(model.output)[0])
    assert found.warnings == []
    assert not found.figures["interpolated"]
    # Where interpolation is allowed the shift is taken into account.
    inner = write(tmp_path / "d.dat", at(CENTRES + 3.0), CENTRES + 3.0)
    found = classify(inner, interpolate_bands=True)
    assert found.figures["interpolated"]
    assert (found.map == read(model.output)[0]).mean() > 0.97


def test_decimals_are_no_other_sensor(model, classify, tmp_path):
    path = write(tmp_path / "c.dat", tiny.cube(), CENTRES + 0.3)
    found = classify(path, interpolate_bands=True)
    assert not found.figures["interpolated"]
    np.testing.assert_array_equal(found.map, read(model.output)[0])


@pytest.mark.parametrize("step", [12.0, 16.0])
def test_another_sensor_is_interpolated_when_asked(model, classify, tmp_path, step):
    centres = np.arange(497.0, 612.0 + step, step)
    path = write(tmp_path / "c.dat", at(centres), centres)
    with pytest.raises(BandMismatchError) as caught:
        classify(path)
    assert "nm" in str(caught.value)
    assert "interpolate" in str(caught.value)
    found = classify(path, interpolate_bands=True)
    assert "12 bands are interpolated" in "".join(found.infos)
    assert "normalised by the statistics of the scene" in "".join(found.infos)
    assert (found.map == read(model.output)[0]).mean() > 0.9


def test_missing_bands_are_named(classify, tmp_path):
    path = write(tmp_path / "c.dat", tiny.cube()[:-2], CENTRES[:-2])
    with pytest.raises(BandMismatchError, match=r"2 of 12 .*600\.00 nm.*610\.00 nm"):
        classify(path)
    with pytest.raises(BandMismatchError, match=r"2 of 12 .*610\.00 nm"):
        classify(path, interpolate_bands=True)
    keep = np.r_[0:4, 8:12]
    path = write(tmp_path / "d.dat", tiny.cube()[keep], CENTRES[keep])
    with pytest.raises(BandMismatchError, match=r"4 of 12 .*540\.00 nm"):
        classify(path, interpolate_bands=True)
    # Two bands less leave a gap that may be bridged.
    keep = np.r_[0:4, 6:12]
    path = write(tmp_path / "e.dat", tiny.cube()[keep], CENTRES[keep])
    assert classify(path, interpolate_bands=True).figures["interpolated"]


def test_just_one_side_with_wavelengths_is_refused(trained, classify, tmp_path):
    bare = scenes.write_tif(tmp_path / "c.tif", tiny.cube(), tiny.grid())
    for interpolate in (False, True):
        with pytest.raises(BandMismatchError, match="cube has no wavelengths"):
            classify(bare, interpolate_bands=interpolate)
    path = write(tmp_path / "c.dat", tiny.cube())
    with pytest.raises(BandMismatchError, match="model has no wavelengths"):
        classify(path, model=trained.made["model"])


def test_position_counts_where_neither_has_wavelengths_and_is_said(trained, classify):
    found = classify(trained.given["cube"], model=trained.made["model"])
    assert "matched by position" in found.warnings[0]
    assert "12 bands" in found.warnings[0]


# Statistics


def test_the_scene_itself_does_not_warn_and_normalises_alike(model, classify):
    plain = classify(model.cube)
    assert plain.warnings == []
    assert plain.figures["bands_far_off"] == 0
    assert plain.figures["largest_shift"] < 1e-3
    assert plain.figures["pixels_measured"] == tiny.HEIGHT * tiny.WIDTH
    own = classify(model.cube, normalise_by="scene")
    assert own.figures["normalised_by"] == "scene"
    assert (own.map == plain.map).mean() > 0.99


def test_brightness_alone_is_no_other_scene(model, classify, tmp_path):
    found = classify(write(tmp_path / "c.dat", 3 * tiny.cube() + 100))
    assert found.warnings == []
    assert (found.map == read(model.output)[0]).mean() > 0.95


def test_an_altered_scene_warns_and_its_own_statistics_help(model, classify, tmp_path):
    path = write(tmp_path / "c.dat", tiny.cube() * GAINS)
    before = classify(path)
    assert "of 12 bands" in before.warnings[0]
    assert "normalise by the statistics of the scene" in before.warnings[0]
    assert "720 pixels" in before.warnings[0]
    assert before.figures["bands_far_off"] >= 3
    after = classify(path, normalise_by="scene")
    # Gains of a half and one and a half leave spectra unlike those of the areas.
    assert not [text for text in after.warnings if "standard deviations" in text]
    right = [(found.map == read(model.output)[0]).mean() for found in (before, after)]
    assert right[1] > right[0] + 0.1
    assert right[1] > 0.8


def test_what_is_unlike_the_areas_is_counted_and_left_out(model, classify, tmp_path):
    values = tiny.cube()
    values[:, :6, :10] = values[::-1, :6, :10]  # a cover that nobody drew
    path = write(tmp_path / "c.dat", values)
    found = classify(path, applicability=str(tmp_path / "a.tif"), leave_out_unlike=True)
    index, inside = read(tmp_path / "a.tif")
    assert (inside[:6, :10] == 0).mean() > 0.9
    assert (inside[8:, 12:] == 1).mean() > 0.9
    threshold = found.figures["applicability_threshold"]
    np.testing.assert_array_equal(inside, index <= threshold)
    np.testing.assert_array_equal(found.map == 0, inside == 0)
    outside = int((inside == 0).sum())
    assert found.figures["unclassified_pixels"] == outside
    assert found.figures["unlike_share"] == outside / inside.size
    assert found.figures["unlike_largest_patch"]["pixels"] >= 54
    assert "is unlike every training area" in found.infos[-2]


def test_the_accuracy_to_expect_is_the_mean_confidence(model, classify, tmp_path):
    found = classify(model.cube, confidence=str(tmp_path / "c.tif"))
    mean = float(read(tmp_path / "c.tif")[0].mean(dtype=np.float64))
    assert found.figures["map_accuracy"] == pytest.approx(mean, abs=1e-6)
    assert f"Expected accuracy of the map: {mean:.0%}" in found.infos[-1]
    path = write(tmp_path / "other.dat", tiny.cube() * GAINS)
    unlike = classify(path)
    assert unlike.figures["unlike_training_areas"] is True
    assert unlike.figures["map_accuracy"] is None
    assert "is not known" in unlike.infos[-1]


def test_a_map_of_a_short_training_says_so_wherever_its_accuracy_is_expected(
    model, classify, tmp_path, monkeypatch, capsys
):
    assert classify(model.cube).figures["map_accuracy_doubt"] is None
    more = {"quick": 5, "standard": 13, "best": 24}
    monkeypatch.setattr(map_accuracy, "preset_epochs", lambda: more)
    found = classify(model.cube)
    doubt = map_accuracy.short_training(12)
    assert found.figures["map_accuracy_doubt"] == doubt
    assert found.warnings == [doubt]
    assert "trained for 12 epochs, fewer than the standard 13" in doubt
    command = ["classify", "--cube", model.cube, "--model", model.path]
    assert main([*command, "--output", str(tmp_path / "again.tif")]) == 0
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert "of the map should be right" in first and second == f"  {doubt}"
    # Where no accuracy is expected, there is none to doubt.
    unlike = classify(write(tmp_path / "other.dat", tiny.cube() * GAINS))
    assert unlike.figures["map_accuracy_doubt"] is None
    assert doubt not in unlike.warnings


@pytest.mark.parametrize(
    ("training", "before"),
    [
        ({}, []),
        ({"epochs": "many"}, []),
        ({"epochs": 4}, [{}]),
        ({"epochs": 4}, 3),
        ({"epochs": 4}, [{"training": None}]),
    ],
)
def test_a_model_that_does_not_record_its_epochs_is_not_doubted(
    model, classify, tmp_path, training, before
):
    network, card = load_model(model.path)
    provenance = {**card.provenance, "initial_models": before}
    old = str(tmp_path / "old.miaf.safetensors")
    save_model(old, network, replace(card, training=training, provenance=provenance))
    found = classify(model.cube, model=old)
    assert found.figures["map_accuracy"] is not None
    assert found.figures["map_accuracy_doubt"] is None


def test_of_confidence_that_nothing_calibrated_no_accuracy_is_expected(
    model, classify, tmp_path
):
    given = tiny.inputs(tmp_path)
    given["settings"] |= {"holdout": "none", "validation_percent": 0}
    given["settings"] |= {"committee": False, "epochs": 2}
    own = str(tmp_path / "own.miaf.safetensors")
    carry_out(TrainRequest(**given, model=own), Recorder())
    found = classify(given["cube"], model=own)
    assert found.figures["map_accuracy"] is None
    assert found.figures["map_accuracy_doubt"] is None
    assert "confidence was not calibrated" in found.infos[-1]


@pytest.mark.parametrize(("temperature", "known"), [(1.0, False), (1.3, True)])
def test_an_older_model_tells_by_its_temperature_whether_it_was_calibrated(
    model, classify, tmp_path, temperature, known
):
    network, card = load_model(model.path)
    scores = dict(card.scores)
    assert scores.pop("calibration_pixels") > 0
    old = str(tmp_path / "old.miaf.safetensors")
    save_model(old, network, replace(card, scores=scores, temperature=temperature))
    expected = classify(model.cube, model=old).figures["map_accuracy"]
    assert (expected is not None) == known


def test_a_model_that_does_not_know_what_it_applies_to_is_refused(
    model, classify, tmp_path
):
    network, card = load_model(model.path)
    old = str(tmp_path / "old.miaf.safetensors")
    save_model(old, network, replace(card, applicability=None))
    with pytest.raises(ConfigError, match="has no area of applicability"):
        classify(model.cube, model=old, leave_out_unlike=True)
    found = classify(model.cube, model=old)
    assert found.figures["unlike_share"] is None
    assert found.figures["unlike_training_areas"] is None
    damaged = replace(card, applicability={**card.applicability, "centres": [[1.0]]})
    save_model(old, network, damaged)
    with pytest.raises(ModelFormatError, match="'centres' do not fit"):
        classify(model.cube, model=old)


def test_a_part_is_normalised_as_the_whole(model, classify, tmp_path):
    where = scenes.grid(tiny.HEIGHT, tiny.WIDTH)
    path = write(tmp_path / "c.dat", tiny.cube() * GAINS)
    whole = classify(path, normalise_by="scene").map
    left, _, _, top = where.bounds
    # The extent reaches beyond the cube at the upper left and is cut there.
    extent = [left - 500, top - 8 * 20, left + 12 * 20, top + 500]
    part = classify(path, normalise_by="scene", extent=extent).map
    np.testing.assert_array_equal(part, whole[:8, :12])


def test_nothing_to_measure(classify, tmp_path, monkeypatch):
    monkeypatch.setattr("miaf_engine.cubes.sample.SAMPLE_PIXELS", 100)
    monkeypatch.setattr("miaf_engine.cubes.sample._MOST_WINDOWS", 1)
    monkeypatch.setattr("miaf_engine.cubes.sample._WINDOW_COLUMNS", 2)
    values = tiny.cube()
    values[:, 8:16, 10:20] = -1
    path = write(tmp_path / "c.dat", values, nodata=-1)
    assert classify(path).figures["normalised_by"] == "model"
    with pytest.raises(CubeError, match="normalise by the statistics of the model"):
        classify(path, normalise_by="scene")


def test_other_words_are_refused(model):
    with pytest.raises(ConfigError, match="one of model, scene"):
        ClassifyRequest(cube="c", model="m", normalise_by="date")
    with pytest.raises(ConfigError, match="interpolate_bands"):
        ClassifyRequest(cube="c", model="m", interpolate_bands="yes")


# Grids


@pytest.mark.parametrize("rotation", [0.0, -27.0])
def test_the_map_has_the_grid_of_its_own_scene(classify, tmp_path, rotation):
    where = scenes.grid(30, 41, rotation=rotation, pixel=7.5, crs=UTM17)
    path = write(tmp_path / "c.dat", tiny.cube(30, 41, seed=5), where=where)
    found = classify(path)
    truth = np.array([0, 3, 1, 2])[tiny.truth(30, 41)]  # Wheat, Forest, Road
    assert (found.map == truth).mean() > 0.8
    with rasterio.open(tmp_path / "map.tif") as made:
        assert made.crs.to_epsg() == 32617
        assert tuple(made.transform)[:6] == pytest.approx(where.transform, abs=1e-6)
    assert [c["name"] for c in found.figures["classes"]] == ["Forest", "Road", "Wheat"]


def test_on_the_command_line(model, tmp_path, capsys):
    centres = np.arange(497.0, 622.0, 12.0)
    cube = write(tmp_path / "c.dat", at(centres), centres)
    words = ["classify", "--cube", cube, "--model", model.path]
    words += ["--output", str(tmp_path / "o.tif"), "--device", "cpu"]
    assert main(words) == 1
    assert "interpolate" in capsys.readouterr().err
    more = ["--interpolate-bands", "--normalise-by", "scene", "--json"]
    assert main([*words, *more]) == 0
    assert '"normalised_by": "scene"' in capsys.readouterr().out
    assert main([*words, "--normalise-by", "date"]) == 1
    assert "one of model, scene" in capsys.readouterr().err
