"""Reference areas that the model behind a map was trained on."""

import html
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.warp import transform as transform_coordinates

from miaf_engine.errors import FileError, ModelFormatError
from miaf_engine.labels.area_digests import AreaRecord, outline_digest
from miaf_engine.models.card import read_card
from miaf_engine.models.file import load_model, save_model
from miaf_engine.process.command_line import main
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.train import train
from tests import scenes, tiny
from tests.assessments import TABLE, assess, write_map, wrong_column
from tests.scenes import Recorder

ROWS = (1, 8, 17)
OVERLAP = "Reference areas that are training areas of the model, or of one before it"


def areas(path: Path, shapes, names, crs=scenes.UTM16) -> str:
    return str(scenes.write_areas(path, shapes, {"cover": names}, crs, layer="a"))


def trained(folder: Path, **more) -> dict[str, str]:
    """Train and map the tiny scene; return the paths of map and model."""
    made = {"output": str(folder / "map.tif"), "model": str(folder / "m.safetensors")}
    request = TrainRequest(**(tiny.inputs(folder) | made | more))
    train(request, Recorder())
    return {"classification": made["output"], "model": made["model"]}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Nine areas of 40 pixels, of which the model held out one of each class."""
    folder = tmp_path_factory.mktemp("first")
    rois = areas(folder / "old.gpkg", *tiny.boxes(0.0, *ROWS))
    found = trained(folder, rois=rois)
    record = AreaRecord.from_json(read_card(found["model"]).provenance["areas"])
    assert (len(record.trained), len(record.scored)) == (6, 3)
    return {**found, "reference": rois, "class_field": "cover"}


def counts(figures):
    return figures["learnt_reference_areas"], figures["learnt_reference_pixels"]


def test_training_areas_as_reference_are_warned_of(first, tmp_path):
    recorder, report = Recorder(), tmp_path / "r.html"
    figures = assess(first, recorder, report=str(report))["figures"]
    assert counts(figures) == (6, 240)
    (warning,) = recorder.warnings
    assert f"{OVERLAP}: 6 of 9, with 240 of 360 reference pixels" in warning
    assert "Areas to leave out" in warning
    assert (
        "Scored pixels that lie in training areas of the model: 240 (areas: 6)."
        in figures["accuracy_definition"]
    )
    saved = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert counts(saved) == (6, 240)
    assert saved["warnings"] == [warning]
    assert saved["inputs"]["model"] == "m.safetensors"
    roles = {item["role"]: item["sha256"] for item in saved["fingerprints"]}
    assert len(roles["model"]) == 64
    assert warning in html.unescape(report.read_text(encoding="utf-8"))


def test_without_the_model_both_remedies_are_named(first):
    recorder = Recorder()
    figures = assess(first, recorder, model=None)["figures"]
    assert counts(figures) == (None, None) and not recorder.warnings
    for words in ("Give the model that made the map", "as 'Areas to leave out'"):
        assert words in figures["accuracy_definition"]


def test_redrawn_areas_are_not_known_and_that_is_said(first, tmp_path):
    recorder = Recorder()
    other = areas(tmp_path / "other.gpkg", *tiny.boxes(0.0, 9))
    figures = assess(first, recorder, reference=other)["figures"]
    assert counts(figures) == (0, 0) and not recorder.warnings
    assert (
        "None of the reference areas (number: 3) has" in figures["accuracy_definition"]
    )
    assert "redrawn" in figures["accuracy_definition"]


def test_areas_count_one_by_one_and_only_where_they_are_scored(first, tmp_path):
    """Strips that touch training areas are one area with them to the intervals."""
    shapes, names = tiny.boxes(0.0, *ROWS)
    strips = [scenes.pixel_box(tiny.grid(), 6, 10 * k + 1, 2, 8) for k in range(3)]
    both = areas(tmp_path / "both.gpkg", [*shapes, *strips], [*names, *names[:3]])
    figures = assess(first, reference=both)["figures"]
    assert counts(figures) == (6, 240) and figures["reference_areas"] == 6
    recorder, old = Recorder(), first["reference"]
    left = assess(first, recorder, reference=both, exclude_rois=old)["figures"]
    assert counts(left) == (0, 0)
    assert sum(map(sum, left["matrix"])) == 48
    assert not any(
        "training areas of the model" in warning for warning in recorder.warnings
    )
    half = shapely.union_all(shapes[:6]).envelope
    cut = areas(tmp_path / "half.gpkg", [half], ["x"])
    trained = AreaRecord.from_json(
        read_card(first["model"]).provenance["areas"]
    ).trained
    below = sum(outline_digest(shape) in trained for shape in shapes[6:])
    assert counts(assess(first, exclude_rois=cut)["figures"]) == (below, 40 * below)


@pytest.mark.parametrize("epsg", [4326, 3035])
def test_outlines_come_back_from_another_crs(first, tmp_path, epsg):
    def move(points):
        there = rasterio.crs.CRS.from_epsg(epsg)
        crs = rasterio.crs.CRS.from_wkt(scenes.UTM16)
        return np.column_stack(transform_coordinates(crs, there, *points.T))

    shapes, names = tiny.boxes(0.0, *ROWS)
    moved = [shapely.MultiPolygon([shapely.transform(s, move)]) for s in shapes]
    other = areas(tmp_path / "moved.gpkg", moved, names, f"EPSG:{epsg}")
    assert counts(assess(first, reference=other)["figures"]) == (6, 240)


def test_a_later_model_names_what_those_before_it_learnt(first, tmp_path):
    far = areas(tmp_path / "far.gpkg", *tiny.boxes(0.0, 13))
    on = trained(tmp_path, rois=far, initial_model=first["model"])
    assert counts(assess(first | on)["figures"]) == (6, 240)


def test_regions_of_a_label_raster(tmp_path):
    values = tiny.truth().astype(np.uint8)
    values[7:12] = 0
    labels = str(scenes.write_tif(tmp_path / "l.tif", values[None], tiny.grid()))
    found = trained(tmp_path, rois=None, class_field=None, labels=labels)
    pixels = int((values > 0).sum())
    recorder = Recorder()
    figures = assess(found, recorder, reference_labels=labels)["figures"]
    assert counts(figures) == (6, pixels)
    zeros, warning = recorder.warnings
    assert zeros.startswith("Pixels of reference raster")
    assert f"({values.size - pixels})" in zeros
    assert f"{OVERLAP}: 6 of 6" in warning and "was not trained on" in warning
    values[:2] = 0
    other = str(scenes.write_tif(tmp_path / "o.tif", values[None], tiny.grid()))
    figures = assess(found, reference_labels=other)["figures"]
    assert counts(figures) == (3, 3 * 10 * 12)


@pytest.mark.parametrize("said", [None, {"learnt": [], "scored": [], "whole": False}])
def test_a_model_that_does_not_tell(first, tmp_path, said):
    network, card = load_model(first["model"])
    card = replace(card, provenance={**card.provenance, "areas": said})
    silent = str(tmp_path / "silent.safetensors")
    save_model(silent, network, card)
    recorder = Recorder()
    figures = assess(first, recorder, model=silent)["figures"]
    assert counts(figures) == (None, None)
    assert "does not record its training areas" in figures["accuracy_definition"]
    assert "does not record its training areas" in recorder.warnings[0]
    recorder = Recorder()
    other = areas(tmp_path / "other.gpkg", *tiny.boxes(0.0, 9))
    assess(
        first, recorder, model=silent, reference=other, exclude_rois=first["reference"]
    )
    assert not any("does not record" in warning for warning in recorder.warnings)


def test_a_map_of_other_classes_was_hardly_made_by_the_model(first, tmp_path):
    recorder = Recorder()
    given = {"classification": write_map(tmp_path / "same.tif", wrong_column)}
    assess(first, recorder, **given)
    assert not any("Perhaps another model made" in text for text in recorder.warnings)
    entries = (*TABLE.entries[:2], replace(TABLE.entries[2], name="Lake"))
    table = replace(TABLE, entries=entries)
    given = {"classification": write_map(tmp_path / "l.tif", wrong_column, table)}
    assess(first, recorder, **given)
    (warning,) = [
        text for text in recorder.warnings if "Perhaps another model made" in text
    ]
    assert "only the model has 'Road'; only the map has 'Lake'" in warning


@pytest.mark.parametrize(("values", "doubtful"), [((0, 3, 1, 1), 0), ((0, 3, 1, 9), 1)])
def test_a_map_without_names_is_compared_by_values(first, tmp_path, values, doubtful):
    pixels = np.array(values, np.uint8)[tiny.truth()]
    bare = scenes.write_tif(tmp_path / "bare.tif", pixels[None], tiny.grid())
    names = {"key": "Wheat", "name": "3"}, {"key": "Forest", "name": "1"}
    recorder = Recorder()
    styles = [{**name, "colour": "#112233"} for name in names]
    assess(first, recorder, classification=str(bare), class_styles=styles)
    assert (
        sum("Perhaps another model made" in text for text in recorder.warnings)
        == doubtful
    )


def test_what_is_no_model_is_refused_before_the_map_is_read(first, tmp_path):
    gone = str(tmp_path / "gone.tif")
    with pytest.raises(ModelFormatError, match="not a MIAF model"):
        assess(first, classification=gone, model=first["reference"])
    with pytest.raises(FileError, match=r"gone\.safetensors"):
        assess(first, classification=gone, model=str(tmp_path / "gone.safetensors"))


def test_the_command_line_takes_the_model(first, capsys):
    given = [f"--{name.replace('_', '-')}={path}" for name, path in first.items()]
    assert main(["assess", *given, "--json"]) == 0
    said = capsys.readouterr()
    assert counts(json.loads(said.out)) == (6, 240)
    assert f"Warning: {OVERLAP}: 6 of 9" in said.err
