"""Scoring a class map."""

import json

import numpy as np
import pytest

from miaf_engine.errors import ConfigError, FileError, InputError, SampleError
from tests import scenes, tiny
from tests.assessments import TABLE, assess, given
from tests.scenes import Recorder


@pytest.fixture
def files(tmp_path):
    return given(tmp_path)


def test_matrix_by_hand(files, tmp_path):
    made = {"report": str(tmp_path / "r.html"), "matrix": str(tmp_path / "m.csv")}
    result = assess(files, **made)
    figures = result["figures"]
    assert result["outputs"] == made
    # 10 of 80 pixels of Wheat are mapped as Forest.
    assert figures["matrix"] == [[70, 10, 0, 0], [0, 80, 0, 0], [0, 0, 80, 0]]
    assert figures["overall_accuracy"] == pytest.approx(230 / 240)
    assert [item["value"] for item in figures["classes"]] == [4, 7, 300]
    assert "reference: 240." in figures["accuracy_definition"]
    assert "Forest" in (tmp_path / "m.csv").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))


def test_excluded_areas_are_left_out(files, tmp_path):
    shapes, _ = tiny.boxes(0.0, 1)
    excluded = scenes.write_areas(tmp_path / "rois.gpkg", shapes, {"number": [1, 2, 3]})
    figures = assess(files, exclude_rois=str(excluded))["figures"]
    assert sum(map(sum, figures["matrix"])) == 120
    assert (
        "because they lie in the areas to leave out: 120."
        in figures["accuracy_definition"]
    )
    with pytest.raises(SampleError, match="left to score"):
        assess(files, exclude_rois=files["reference"])


def test_reference_raster_of_values(files, tmp_path):
    values = np.array([0, 4, 7, 300])[tiny.truth()].astype(np.uint16)
    values[12:] = 0
    values[2, 2] = 99
    labels = scenes.write_tif(tmp_path / "labels.tif", values[None], tiny.grid())
    recorder = Recorder()
    request = {
        "classification": files["classification"],
        "reference_labels": str(labels),
    }
    figures = assess(request, recorder)["figures"]
    assert sum(map(sum, figures["matrix"])) == 12 * tiny.WIDTH - 1
    assert any("99" in warning for warning in recorder.warnings)
    assert figures["matrix"][0] == [12 * 8 + 11 - 1, 12, 0, 1]


def test_unknown_class_is_named_and_left_out(files, tmp_path):
    shapes, names = tiny.boxes(0.0, 1)
    other = scenes.write_areas(
        tmp_path / "other.gpkg", shapes, {"cover": ["Lake", *names[1:]]}
    )
    recorder = Recorder()
    figures = assess(files, recorder, reference=str(other))["figures"]
    assert any("Lake" in warning for warning in recorder.warnings)
    assert figures["classes"][0]["reference_pixels"] == 0


def test_refusals_write_nothing(files, tmp_path):
    small = scenes.write_tif(
        tmp_path / "small.tif", np.ones((1, 5, 5), np.uint8), scenes.grid(5, 5)
    )
    before = sorted(tmp_path.iterdir())
    target = {"report": str(tmp_path / "r.html")}
    for change, error in (
        ({"reference": None}, ConfigError),
        ({"reference_labels": str(small)}, ConfigError),
        ({"reference": None, "reference_labels": str(small)}, InputError),
        ({"class_field": None}, ConfigError),
        ({"class_field": "kind"}, (InputError, FileError)),
        ({"classification": str(tmp_path / "gone.tif")}, FileError),
        ({"report": str(tmp_path / "gone" / "r.html")}, FileError),
        ({"report": files["reference"]}, ConfigError),
        ({"matrix": files["classification"]}, ConfigError),
    ):
        with pytest.raises(error):
            assess(files, **(target | change))
    assert sorted(tmp_path.iterdir()) == before


def test_names_of_a_reference_raster_may_come_from_its_legend(files, tmp_path):
    """The values differ from the map's, the names of the layer's style do not."""
    other = np.array([0, 30, 10, 20], np.uint8)[tiny.truth()]
    path = scenes.write_tif(tmp_path / "other.tif", other[None], tiny.grid())
    named = dict(zip((30, 10, 20), TABLE.names, strict=True))
    styles = [{"key": k, "name": n, "colour": "#112233"} for k, n in named.items()]
    request = {"classification": files["classification"], "reference_labels": str(path)}
    figures = assess(request, class_styles=styles)["figures"]
    assert sum(map(sum, figures["matrix"])) == tiny.HEIGHT * tiny.WIDTH
    assert figures["overall_accuracy"] > 0.9
    with pytest.raises(SampleError, match="none of the map's classes"):
        assess(request)


@pytest.mark.parametrize("value", [0, -3, 70_000])
def test_reference_rasters_without_classes_are_refused(files, tmp_path, value):
    values = np.full((1, tiny.HEIGHT, tiny.WIDTH), value, np.int32)
    path = scenes.write_tif(tmp_path / "odd.tif", values, tiny.grid())
    request = {"classification": files["classification"], "reference_labels": str(path)}
    with pytest.raises(InputError, match="reference raster"):
        assess(request)
