"""Training that continues from a model."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
import torch
from rasterio.warp import transform_geom
from shapely.geometry import mapping

from miaf_engine.accuracy import map_accuracy
from miaf_engine.errors import BandMismatchError, ConfigError, SampleError
from miaf_engine.grid import Grid, Window
from miaf_engine.labels.area_digests import AreaRecord, outline_digest
from miaf_engine.models.card import read_card
from miaf_engine.models.file import load_model, save_model
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.train.continued import continued_samples, record_of
from miaf_engine.tasks.train.labels import read_training_labels
from miaf_engine.tasks.train.train import train
from miaf_engine.training.initial_model import class_tensors
from tests import scenes, tiny
from tests.scenes import Recorder

ROWS = (1, 8, 17)


def areas(path: Path, rows=ROWS, rename=None, keep=None) -> str:
    """Write areas of the stripes; `rename` calls a class otherwise."""
    shapes, names = tiny.boxes(0.0, *rows)
    found = [
        (shape, (rename or {}).get(name, name))
        for shape, name in zip(shapes, names, strict=True)
        if keep is None or name in keep
    ]
    return str(
        scenes.write_areas(
            path, [s for s, _ in found], {"cover": [n for _, n in found]}, layer="a"
        )
    )


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Return a folder with a trained model, and the fields of its request."""
    folder = tmp_path_factory.mktemp("first")
    values = tiny.inputs(folder)
    values |= {
        "rois": areas(folder / "old.gpkg"),
        "model": str(folder / "m.safetensors"),
    }
    result = train(TrainRequest(**values), Recorder())
    return folder, values, result["figures"]


def go_on(first, tmp_path, recorder=None, **more):
    values = {**first[1], "initial_model": first[1]["model"]}
    values |= {"model": str(tmp_path / "on.safetensors"), **more}
    result = train(TrainRequest(**values), recorder or Recorder())
    return result["figures"], read_card(values["model"])


def test_the_same_areas_are_held_out_again_and_training_is_short(first, tmp_path):
    figures, card = go_on(first, tmp_path)
    before = read_card(first[1]["model"])
    assert figures["epochs"] == 1 and figures["final_epochs"] == 0
    assert figures["scored_areas"]["held_out_of_initial_model"] == 3
    assert figures["scored_areas"]["unknown_to_initial_model"] == 0
    reference = [c["reference_pixels"] for c in figures["classes"]]
    assert reference == [c["reference_pixels"] for c in first[2]["classes"]]
    assert card.provenance["areas"]["scored"] == before.provenance["areas"]["scored"]
    for part in ("bands", "normalisation", "projection", "superpixels", "network"):
        assert getattr(card, part) == getattr(before, part)
    assert card.classes == before.classes and card.temperature == before.temperature


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32617"])
def test_the_same_areas_are_known_in_another_crs(first, tmp_path, crs):
    shapes, names = tiny.boxes(0.0, *ROWS)
    moved = [
        shapely.geometry.shape(transform_geom(scenes.UTM16, crs, mapping(shape)))
        for shape in shapes
    ]
    dissolved = [
        shapely.MultiPolygon([s for s, n in zip(moved, names, strict=True) if n == k])
        for k in dict.fromkeys(names)
    ]
    rois = scenes.write_areas(
        tmp_path / "moved.gpkg", dissolved, {"cover": list(dict.fromkeys(names))}, crs
    )
    figures, _ = go_on(first, tmp_path, rois=str(rois))
    same_file, _ = go_on(first, tmp_path)
    assert figures["scored_areas"] == same_file["scored_areas"]
    assert figures["scored_areas"]["held_out_of_initial_model"] == 3
    assert figures["matrix"] == same_file["matrix"]


def test_new_areas_are_learnt_and_known_ones_stay_apart(first, tmp_path):
    more = areas(tmp_path / "more.gpkg", rows=(14,), keep=("Wheat",))
    figures, card = go_on(first, tmp_path, rois_more=more)
    assert figures["scored_areas"]["unknown_to_initial_model"] == 0
    trained = set(card.provenance["areas"]["learnt"])
    before = read_card(first[1]["model"]).provenance["areas"]
    assert set(before["learnt"]) < trained
    assert trained.isdisjoint(card.provenance["areas"]["scored"])


def test_how_near_missing_training_areas_lie_is_not_claimed(first, tmp_path):
    given, _ = go_on(first, tmp_path)
    assert given["near_training_share"] is not None
    assert "of training pixels." in given["accuracy_definition"]
    beside = areas(tmp_path / "beside.gpkg", rows=(2.9, 12.5))
    new, _ = go_on(first, tmp_path, rois=beside)
    assert np.array(new["matrix"]).sum() > 0
    assert new["near_training_share"] is None
    assert "initial model is unknown" in new["accuracy_definition"]
    assert "within 3 pixels of training pixels" not in new["accuracy_definition"]


def test_the_chain_names_each_model_in_turn(first, tmp_path):
    _, card = go_on(first, tmp_path)
    second = {**first[1], "model": str(tmp_path / "on.safetensors")}
    _, last = go_on((None, second), tmp_path, model=str(tmp_path / "third.safetensors"))
    chain = last.provenance["initial_models"]
    assert [model["file"] for model in chain] == ["m.safetensors", "on.safetensors"]
    assert all(len(model["sha256"]) == 64 for model in chain)
    assert chain[:1] == card.provenance["initial_models"]
    assert (card.epochs, last.epochs) == (7, 8)  # 6 and 1 and 1


@pytest.mark.parametrize(("standard", "warned"), [(7, False), (8, True)])
def test_a_map_counts_the_epochs_of_all_models_in_the_chain(
    first, tmp_path, monkeypatch, standard, warned
):
    few = {"quick": 1, "standard": standard, "best": 10}
    monkeypatch.setattr(map_accuracy, "preset_epochs", lambda: few)
    go_on(first, tmp_path)
    recorder = Recorder()
    request = ClassifyRequest(
        cube=first[1]["cube"],
        model=str(tmp_path / "on.safetensors"),
        output=str(tmp_path / "map.tif"),
        device="cpu",
    )
    figures = carry_out(request, recorder)["figures"]
    doubt = figures["map_accuracy_doubt"]
    assert figures["map_accuracy"] is not None and bool(doubt) == warned
    assert [text for text in recorder.warnings if "epochs" in text] == [doubt] * warned
    if warned:
        assert "trained for 7 epochs, fewer than the standard 8" in doubt


def test_a_new_class_gets_a_row_everywhere_and_the_rest_stays(first, tmp_path):
    more = areas(tmp_path / "m.gpkg", (13,), {"Road": "Gravel"}, keep=("Road",))
    styles = [{"key": "Wheat", "name": "Korn", "colour": "#000001"}]
    figures, card = go_on(first, tmp_path, rois_more=more, class_styles=None)
    assert card.classes.names == ["Forest", "Road", "Wheat", "Gravel"]
    assert card.classes.entries[:3] == read_card(first[1]["model"]).classes.entries
    network = load_model(str(tmp_path / "on.safetensors"))[0]
    assert network.classes == 4
    assert len(figures["classes"]) == 4
    # A style of the new layer changes neither names nor colours that are known.
    values = [{**styles[0], "name": "Wheat"}]
    _, again = go_on(first, tmp_path, rois_more=more, class_styles=values)
    assert again.classes.entries[:3] == card.classes.entries[:3]


def test_classes_without_areas_keep_their_weights(first, tmp_path):
    two = areas(tmp_path / "two.gpkg", keep=("Wheat", "Road"))
    recorder = Recorder()
    _, card = go_on(first, tmp_path, recorder, rois=two)
    assert card.classes.names == ["Forest", "Road", "Wheat"]
    assert any("'Forest'" in warning for warning in recorder.warnings)
    before, after = (
        load_model(path)[0]
        for path in (first[1]["model"], str(tmp_path / "on.safetensors"))
    )
    old, new = before.state_dict(), after.state_dict()
    names = class_tensors(before)
    assert {"classifier.weight", "classifier.bias"} <= names
    for name in names:
        assert torch.equal(old[name][0], new[name][0])
        assert not torch.equal(old[name][1:], new[name][1:])


def test_learnt_validation_areas_are_not_scored(first, tmp_path):
    recorder = Recorder()
    trained = set(read_card(first[1]["model"]).provenance["areas"]["learnt"])
    assert trained
    with pytest.raises(SampleError, match="lies in a training area"):
        go_on(first, tmp_path, recorder, validation_rois=first[1]["rois"])
    far = areas(tmp_path / "far.gpkg", rows=(14,))
    figures, _ = go_on(
        first, tmp_path, recorder, rois=far, validation_rois=first[1]["rois"]
    )
    assert any(
        "training areas of the initial model" in text for text in recorder.warnings
    )
    assert figures["scored_areas"]["held_out_of_initial_model"] == 3


def test_a_model_that_names_no_areas_is_told_of(first, tmp_path):
    network, card = load_model(first[1]["model"])
    silent = {k: v for k, v in card.provenance.items() if k != "areas"}
    path = tmp_path / "old.safetensors"
    save_model(path, network, replace(card, provenance=silent))
    recorder = Recorder()
    figures, _ = go_on(first, tmp_path, recorder, initial_model=str(path))
    assert "figures would then be too high" in figures["accuracy_definition"]
    assert any("too high" in warning for warning in recorder.warnings)


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"width": 16}, "width"), ({"folds": 3}, "folds"), ({"refit": True}, "refit")],
)
def test_contradictions_are_refused_before_any_work(first, tmp_path, settings, words):
    asked = {**tiny.SMALL, **settings}
    with pytest.raises(ConfigError, match=words):
        go_on(first, tmp_path, settings=asked)


def test_a_cube_without_the_bands_is_refused_by_name(first, tmp_path):
    short = scenes.write_tif(tmp_path / "c.tif", tiny.cube()[:-2], tiny.grid())
    with pytest.raises(BandMismatchError, match=r"c\.tif"):
        go_on(first, tmp_path, cube=str(short))


def test_two_cubes_are_learnt_as_one(tmp_path):
    values = tiny.cube()
    left, right = values[:, :, :14], values[:, :, 14:]
    where = tiny.grid()
    cubes = []
    for name, part, column in (("left", left, 0), ("right", right, 14)):
        own = where.cut(Window(0, column, *part.shape[1:]))
        cubes.append(str(scenes.write_tif(tmp_path / f"{name}.tif", part, own)))
    request = {
        **tiny.inputs(tmp_path),
        "cube": cubes[0],
        "cubes": cubes,
        "rois": areas(tmp_path / "a.gpkg"),
        "model": str(tmp_path / "m.safetensors"),
        "output": str(tmp_path / "left_map.tif"),
        "report": str(tmp_path / "r.html"),
    }
    figures = train(TrainRequest(**request), Recorder())["figures"]
    whole = {**request, "cube": tiny.inputs(tmp_path)["cube"], "cubes": None}
    whole |= {"output": None, "report": None, "model": None}
    alone = train(TrainRequest(**whole), Recorder())["figures"]
    # Areas that the edge of a scene cuts have the same pixels and roles.
    assert figures["pixels_per_class"] == alone["pixels_per_class"]
    with rasterio.open(request["output"]) as file:
        assert file.shape == (tiny.HEIGHT, 14)
        assert (file.read(1) > 0).all()
    numbers = json.loads((tmp_path / "r.json").read_text("utf-8"))
    roles = [entry["role"] for entry in numbers["fingerprints"]]
    assert roles.count("more cube") == 2
    card = read_card(request["model"])
    assert card.provenance["more_cubes"] == ["left.tif", "right.tif"]


def test_each_cube_may_have_its_own_statistics(tmp_path):
    plain, odd = tiny.cube(), tiny.cube(seed=1)
    tilt = np.linspace(1.0, 3.0, tiny.BANDS, dtype=np.float32)
    where = tiny.grid()
    a, b, c, d, e, f = where.transform
    east = Grid((a, b, c + 10_000, d, e, f), where.crs, where.height, where.width)
    cubes = [
        str(scenes.write_tif(tmp_path / "one.tif", plain, where)),
        str(scenes.write_tif(tmp_path / "two.tif", odd * tilt[:, None, None], east)),
    ]
    shapes, names = tiny.boxes(0.0, *ROWS)
    moved = [
        shapely.transform(s, lambda points: points + np.array([10_000, 0]))
        for s in shapes
    ]
    rois = scenes.write_areas(
        tmp_path / "a.gpkg", [*shapes, *moved], {"cover": names * 2}, layer="a"
    )
    request = TrainRequest(
        **{
            **tiny.inputs(tmp_path),
            "cube": cubes[0],
            "cubes": cubes[1:],
            "rois": str(rois),
            "normalise_by": "scene",
            "settings": {**tiny.SMALL, "epochs": 20},
            "model": str(tmp_path / "m.safetensors"),
        }
    )
    figures = train(request, Recorder())["figures"]
    assert figures["overall_accuracy"] > 0.8
    assert read_card(request.model).provenance["normalised_by"] == "scene"


def held_out_area(first):
    """Return a held-out area of the first model, its class, and all areas."""
    shapes, names = tiny.boxes(0.0, *ROWS)
    scored = read_card(first[1]["model"]).provenance["areas"]["scored"]
    found = [
        (shape, name)
        for shape, name in zip(shapes, names, strict=True)
        if outline_digest(shape) in scored
    ]
    return (*found[0], list(zip(shapes, names, strict=True)))


def below(shape, rows, overlap=0):
    """Return a box of some rows of pixels that touches a box from below."""
    left, bottom, right, _ = shape.bounds
    size = abs(tiny.grid().transform[4])
    return shapely.box(left, bottom - rows * size, right, bottom + overlap * size)


def roles_of(first, tmp_path, pairs, **more):
    """Return the roles of labelled pixels in a training that continues, and the log."""
    rois = scenes.write_areas(
        tmp_path / "pairs.gpkg", [s for s, _ in pairs], {"cover": [n for _, n in pairs]}
    )
    recorder = Recorder()
    request = TrainRequest(**{**first[1], "rois": str(rois), **more})
    card = read_card(first[1]["model"])
    record = AreaRecord.from_json(card.provenance["areas"])
    all_labels = read_training_labels(
        request,
        tiny.grid(),
        recorder,
        known=card.classes,
        held_out=record.held_out,
    )
    valid = np.ones((tiny.HEIGHT, tiny.WIDTH), bool)
    return (
        all_labels,
        continued_samples(request, all_labels, valid, record, recorder),
        recorder,
    )


@pytest.mark.parametrize(("overlap", "place"), [(0, None), (0, 0), (2, None), (2, 0)])
def test_a_new_area_that_touches_one_held_out_is_learnt_but_for_a_gap(
    first, tmp_path, overlap, place
):
    """Wherever it stands in the file, and though it covers a part of the other."""
    shape, name, pairs = held_out_area(first)
    before = roles_of(first, tmp_path, pairs)[1]
    where = len(pairs) if place is None else place
    pairs.insert(where, (below(shape, 3, overlap), name))
    all_labels, samples, recorder = roles_of(first, tmp_path, pairs)
    np.testing.assert_array_equal(samples.test > 0, before.test > 0)
    assert samples.scored_areas == before.scored_areas
    new = (samples.labels.values > 0) & (before.labels.values == 0)
    rows, columns = np.nonzero(new)
    near = rows < rows.min() + 2
    assert new.sum() == 3 * 8 and near.sum() == 2 * 8
    trained = samples.split.training[rows, columns]
    np.testing.assert_array_equal(trained, ~near)
    # Nothing else changed.
    np.testing.assert_array_equal(
        samples.split.training & ~new, before.split.training & ~new
    )
    trained = int(samples.split.training.sum())
    assert f"Training pixels: {trained}." in samples.definition
    assert any(": 1. Their" in text and "16)." in text for text in recorder.warnings)
    record = record_of(all_labels, samples, AreaRecord(), trained_on_all=False)
    assert outline_digest(pairs[where][0]) in record.trained
    assert outline_digest(shape) in record.scored


def test_a_new_area_between_a_learnt_and_a_held_out_one_makes_neither_the_other(
    first, tmp_path
):
    """All three once were one area, which was trained on: nothing of it was scored."""
    shape, name, pairs = held_out_area(first)
    before = roles_of(first, tmp_path, pairs)[1]
    other = min(
        (s for s, n in pairs if n == name and s is not shape), key=shape.distance
    )
    pairs.append((shapely.box(*shapely.union(shape, other).bounds), name))
    _, samples, _ = roles_of(first, tmp_path, pairs)
    np.testing.assert_array_equal(samples.test, before.test)
    assert samples.scored_areas == before.scored_areas


def test_the_gap_stays_when_the_new_area_is_an_old_one(first, tmp_path):
    shape, name, _ = held_out_area(first)
    more = scenes.write_areas(
        tmp_path / "n.gpkg", [below(shape, 3)], {"cover": [name]}, layer="a"
    )
    counts = []
    second = {**first[1], "rois_more": str(more)}
    for number in range(2):
        path = str(tmp_path / f"{number}.safetensors")
        recorder = Recorder()
        request = {**second, "model": path}
        figures, card = go_on((None, second), tmp_path, recorder, **request)
        counts.append(figures["pixels_per_class"])
        assert any("are not trained on" in text for text in recorder.warnings)
        assert outline_digest(below(shape, 3)) in card.provenance["areas"]["learnt"]
        assert figures["scored_areas"]["held_out_of_initial_model"] == 3
        second["model"] = path
    assert counts[0] == counts[1]


def test_areas_held_out_again_are_samples_whatever_the_hold_out(first, tmp_path):
    settings = {**tiny.SMALL, "holdout": "pixels"}
    whole, _ = go_on(first, tmp_path)
    figures, _ = go_on(first, tmp_path, settings=settings)
    for key in ("overall_accuracy_interval", "interval_method", "interval_reliable"):
        assert figures[key] == whole[key]
    assert [c["reference_areas"] for c in figures["classes"]] == [1, 1, 1]
    # Pixels that are drawn by themselves stay so where nothing is held out again.
    trained = set(read_card(first[1]["model"]).provenance["areas"]["learnt"])
    shapes, names = tiny.boxes(0.0, *ROWS)
    kept = [
        p for p in zip(shapes, names, strict=True) if outline_digest(p[0]) in trained
    ]
    fresh, _ = tiny.boxes(0.0, 14)
    kept += [(shape, "Gravel") for shape in fresh[:2]]
    _, samples, _ = roles_of(first, tmp_path, kept, settings=settings)
    assert samples.test.any() and samples.test_areas is None
