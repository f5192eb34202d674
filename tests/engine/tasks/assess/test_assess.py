"""Scoring a class map."""

import json

import numpy as np
import pytest
import rasterio
from sklearn.metrics import accuracy_score

from miaf_engine.errors import ConfigError, FileError, InputError, SampleError
from tests import scenes, tiny
from tests.assessments import TABLE, assess, given, write_map
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
    assert sum(map(sum, figures["matrix"])) == 12 * tiny.WIDTH
    warning = recorder.warnings[-1]
    assert "that the map does not have: '99'." in warning and "nodata" in warning
    assert figures["matrix"][0] == [12 * 8 + 11 - 1, 12, 0, 0, 1]
    assert figures["matrix"][3] == [1, 0, 0, 0, 0]
    assert figures["overall_accuracy"] == pytest.approx(1 - 14 / (12 * tiny.WIDTH))


def test_a_reference_raster_may_hold_values_that_its_legend_lacks(files, tmp_path):
    labels = write_map(tmp_path / "labels.tif", lambda values: None)
    with rasterio.open(labels, "r+") as dataset:
        values = dataset.read(1)
        values[:2] = 99
        dataset.write(values, 1)
    request = {"classification": files["classification"], "reference_labels": labels}
    figures = assess(request)["figures"]
    assert [entry["name"] for entry in figures["classes"]] == [*TABLE.names, "99"]
    assert sum(figures["matrix"][3]) == 2 * tiny.WIDTH


def test_a_class_that_the_map_lacks_is_named_and_wrong_as_in_scikit_learn(
    files, tmp_path
):
    shapes, names = tiny.boxes(0.0, 1)
    names = ["Lake", *names[1:]]
    other = scenes.write_areas(tmp_path / "other.gpkg", shapes, {"cover": names})
    recorder, report = Recorder(), tmp_path / "r.html"
    figures = assess(files, recorder, reference=str(other), report=str(report))
    figures = figures["figures"]
    assert "that the map does not have: 'Lake'." in recorder.warnings[0]
    assert figures["classes"][0]["reference_pixels"] == 0
    assert figures["classes"][3]["name"] == "Lake"
    assert figures["classes"][3]["producers_accuracy"] == 0
    reference = np.repeat(names, 40)
    predicted = np.repeat(["Wheat", "Forest", "Road"], 40)
    predicted[:5] = "Forest"
    assert figures["overall_accuracy"] == accuracy_score(reference, predicted)
    assert "Lake" in report.read_text("utf-8")


def test_numbers_of_fields_are_no_classes(files, tmp_path):
    values = np.arange(4, 4 + tiny.HEIGHT * tiny.WIDTH, dtype=np.uint16)
    values = np.concatenate([values, values + 5000]).reshape(1, tiny.HEIGHT, -1)
    where = scenes.grid(tiny.HEIGHT, 2 * tiny.WIDTH)
    labels = scenes.write_tif(tmp_path / "fields.tif", values, where)
    map_of_it = scenes.write_tif(
        tmp_path / "map.tif", np.full(values.shape, 4, np.uint8), where
    )
    with pytest.raises(SampleError, match="has 1439 classes that the map does not"):
        assess({"classification": str(map_of_it), "reference_labels": str(labels)})


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
