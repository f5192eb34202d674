"""Intervals, adjusted estimates and comparisons in an assessment."""

import json

import numpy as np
import pyogrio
import pytest
import shapely

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import ConfigError, InputError, SampleError
from tests import scenes, tiny
from tests.assessments import NAMES, TABLE, assess, given, write_map, wrong_column
from tests.scenes import Recorder


@pytest.fixture
def files(tmp_path):
    return given(tmp_path)


def test_areas_of_the_reference_reach_the_intervals(files):
    figures = assess(files)["figures"]
    assert figures["reference_areas"] == 6
    assert "6 areas" in figures["interval_method"]
    assert figures["interval_reliable"] is False
    assert any("6 areas" in note for note in figures["interval_notes"])
    assert figures["classes"][0]["reference_areas"] == 2
    assert figures["area_adjusted"] is None and figures["comparison"] is None


def test_what_is_known_of_the_training_areas(files, tmp_path):
    recorder = Recorder()
    figures = assess(files, recorder)["figures"]
    assert (
        "overlap with the training areas was not checked"
        in figures["accuracy_definition"]
    )
    assert not recorder.warnings
    box = tiny.boxes(0.0, 1)[0][0]
    part = box.buffer(-40, join_style="mitre")
    inside = scenes.write_areas(tmp_path / "part.gpkg", [part], {"number": [1]})
    assess(files, recorder, exclude_rois=str(inside))
    assert "because they lie in the areas to leave out: " in recorder.warnings[0]
    assert (
        "Reference areas that lie partly in the areas to leave out: 1."
        in recorder.warnings[0]
    )


@pytest.fixture
def points(files, tmp_path):
    """Return a request with points, a few of each map class, drawn by chance."""
    rng = np.random.default_rng(0)
    rows = rng.integers(0, tiny.HEIGHT, 60)
    columns = rng.permutation(np.arange(60) % tiny.WIDTH)
    a, b, c, d, e, f = tiny.grid().transform
    xs = a * (columns + 0.5) + b * (rows + 0.5) + c
    ys = d * (columns + 0.5) + e * (rows + 0.5) + f
    names = [NAMES[k - 1] for k in tiny.truth()[rows, columns]]
    path = scenes.write_areas(
        tmp_path / "points.gpkg", list(shapely.points(xs, ys)), {"cover": names}
    )
    return {**files, "reference": str(path)}


def test_probability_sample(points, tmp_path):
    report = tmp_path / "r.html"
    figures = assess(points, probability_sample=True, report=str(report))["figures"]
    assert "independent" in figures["interval_method"]
    adjusted = figures["area_adjusted"]
    assert adjusted["area_unit"] == "ha" and adjusted["notes"] == []
    values = np.array(tiny.truth())
    wrong_column(values)
    values[values == 7] = 2
    transform = tiny.grid().transform
    hectares = abs(transform[0] * transform[4] - transform[1] * transform[3]) / 1e4
    mapped = [entry["mapped_area"] for entry in adjusted["classes"]]
    counts = np.bincount(values.ravel(), minlength=4)[1:]
    assert mapped == pytest.approx(counts * hectares)
    matrix = np.array(figures["matrix"])[:, :-1]
    right = np.diagonal(matrix) / matrix.sum(0)
    expected = (counts * right).sum() / counts.sum()
    assert adjusted["overall_accuracy"]["estimate"] == pytest.approx(expected, abs=1e-9)
    text = report.read_text(encoding="utf-8")
    assert "Overall accuracy, raw" in text and "Overall accuracy, adjusted" in text
    saved = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert saved["area_adjusted"] == adjusted


def test_samples_of_classes_that_the_map_lacks_are_told(points, tmp_path):
    _, _, drawn, (names,) = pyogrio.raw.read(points["reference"])
    names[:3] = "Lava"
    path = tmp_path / "lava.gpkg"
    scenes.write_areas(path, list(shapely.from_wkb(drawn)), {"cover": list(names)})
    recorder, request = Recorder(), {**points, "reference": str(path)}
    found = assess(request, recorder, probability_sample=True)["figures"]
    assert "that the map does not have: 'Lava'." in recorder.warnings[0]
    assert found["classes"][3]["reference_pixels"] == 3
    adjusted, before = found["area_adjusted"], assess(points, probability_sample=True)
    before = before["figures"]["area_adjusted"]["overall_accuracy"]["estimate"]
    assert adjusted["overall_accuracy"]["estimate"] < before
    lava = adjusted["classes"][3]
    assert lava["mapped_area"] == 0 < lava["area"]["estimate"]
    assert adjusted["notes"] == []


def test_areas_as_a_probability_sample_are_said_to_be_too_sure(files, tmp_path):
    recorder = Recorder()
    shapes, _ = tiny.boxes(0.0, 1)
    excluded = scenes.write_areas(tmp_path / "rois.gpkg", shapes, {"number": [1, 2, 3]})
    more = {"probability_sample": True, "exclude_rois": str(excluded)}
    notes = assess(files, recorder, **more)["figures"]["area_adjusted"]["notes"]
    assert "several" in notes[0] and "outside the areas left out" in notes[1]
    assert set(notes) <= set(recorder.warnings)


def test_pixels_of_a_sample_raster_are_independent(files, tmp_path):
    values = np.array([0, 4, 7, 300])[tiny.truth()].astype(np.uint16)
    path = scenes.write_tif(tmp_path / "labels.tif", values[None], tiny.grid())
    request = {
        "classification": files["classification"],
        "reference_labels": str(path),
    }
    assert "areas" in assess(request)["figures"]["interval_method"]
    found = assess(request, probability_sample=True)["figures"]["interval_method"]
    assert "each scored pixel as an independent sample" in found


def test_comparison_with_anwrite_map(files, tmp_path):
    def change(values):
        values[:, 11] = 300  # a column of Forest; Wheat is right

    other = write_map(tmp_path / "other.tif", change)
    report = str(tmp_path / "r.html")
    found = assess(files, compare_with=other, report=report)["figures"]["comparison"]
    assert found["first_overall_accuracy"] == pytest.approx(230 / 240)
    assert found["only_first_right"] == found["only_second_right"] == 10
    assert found["pixels"] == 240 and found["both_right"] == 220
    assert found["p_value"] == 1 and "exact" in found["test"]
    assert "overconfident" in found["note"]
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Compared with another map" in text and "other.tif" in text


def test_a_map_to_compare_with_that_does_not_fit(files, tmp_path):
    recorder = Recorder()
    lake = ClassTable((*TABLE.entries[:2], ClassEntry(9, "Lake", "#0000ff")))

    def change(values):
        values[values == 300] = 9

    other = write_map(tmp_path / "lake.tif", change, lake)
    found = assess(files, recorder, compare_with=other)["figures"]["comparison"]
    assert "Lake" in recorder.warnings[-1]
    assert found["second_overall_accuracy"] == pytest.approx(160 / 240)
    small = scenes.write_tif(
        tmp_path / "small.tif", np.ones((1, 5, 5), np.uint8), scenes.grid(5, 5)
    )
    with pytest.raises(InputError, match="class map"):
        assess(files, compare_with=str(small))
    odd = np.full((1, tiny.HEIGHT, tiny.WIDTH), 77, np.uint8)
    path = scenes.write_tif(tmp_path / "odd.tif", odd, tiny.grid())
    with pytest.raises(SampleError, match="none of the map's classes"):
        assess(files, compare_with=str(path))
    with pytest.raises(ConfigError):
        assess(files, compare_with=other, report=other)
