"""One job in every way that a user can do it, and what comes out of it."""

import hashlib
import json
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
import rasterio

from miaf_engine.io.class_maps import read_class_map
from miaf_engine.requests.rasters import RASTER_NAMES
from tests.end_to_end.programs import DEMO, SCENE, engine, in_qgis

MAPS = tuple(name.upper() for name in RASTER_NAMES)
KEYS = {
    *MAPS, "MODEL", "REPORT", "OVERALL_ACCURACY", "AVERAGE_ACCURACY", "KAPPA",
}  # fmt: skip
FIGURES = ("OVERALL_ACCURACY", "AVERAGE_ACCURACY", "KAPPA")


@pytest.fixture(scope="module")
def results(whole_job):
    return whole_job.results


@pytest.fixture(scope="module")
def drawn():
    """Colour of each class in the style stored in the ROI layer's GeoPackage."""
    with sqlite3.connect(SCENE / "rois.gpkg") as database:
        (text,) = database.execute("SELECT styleQML FROM layer_styles").fetchone()
    renderer = Xml.fromstring(text).find("renderer-v2")
    fills = {
        symbol.get("name"): symbol.find(".//prop[@k='color']").get("v")
        for symbol in renderer.find("symbols")
    }
    return {
        category.get("label"): "#{:02x}{:02x}{:02x}".format(
            *map(int, fills[category.get("symbol")].split(",")[:3])
        )
        for category in renderer.find("categories")
    }


def pixels(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def test_every_output_is_there_and_named(results):
    assert set(results) == KEYS
    files = {Path(results[name]) for name in KEYS.difference(FIGURES)}
    assert all(path.stat().st_size > 0 for path in files)
    folder = next(iter(files)).parent
    extra = {path.name for path in folder.iterdir()} - {path.name for path in files}
    styles = {Path(results[name]).with_suffix(".qml").name for name in MAPS}
    numbers = {"report.json", "report_matrix.csv", "report_classes.csv"}
    assert extra == {"map.tif.aux.xml", *numbers, *styles}
    assert all(0 < results[name] < 1 for name in FIGURES)


def test_the_map_has_the_grid_of_the_cube(results):
    with rasterio.open(DEMO["CUBE"]) as cube:
        for name in MAPS:
            with rasterio.open(results[name]) as made:
                assert made.transform == cube.transform
                assert made.crs == cube.crs
                assert made.shape == cube.shape


def test_the_map_has_names_and_colours_of_the_layer_inside(results, drawn):
    _, _, classes = read_class_map(results["OUTPUT"])
    assert {entry.name: entry.colour for entry in classes} == drawn
    with rasterio.open(results["PROBABILITIES"]) as made:
        assert set(made.descriptions) == set(drawn)


def test_confidence_and_probabilities_agree_with_the_map(results):
    values, _, classes = read_class_map(results["OUTPUT"])
    probabilities = pixels(results["PROBABILITIES"])
    np.testing.assert_allclose(probabilities.sum(0), 1, atol=1e-4)
    np.testing.assert_array_equal(
        np.array(classes.values)[probabilities.argmax(0)], values
    )
    np.testing.assert_allclose(
        pixels(results["CONFIDENCE"])[0], probabilities.max(0), atol=1e-6
    )


def test_the_report_stands_alone_and_has_the_same_figures(results):
    page = Path(results["REPORT"]).read_text(encoding="utf-8")
    assert "Confusion matrix" in page
    assert set(re.findall(r'\bsrc="(.{5})', page)) == {"data:"}
    figures = json.loads(Path(results["REPORT"]).with_suffix(".json").read_text())
    for name in FIGURES:
        assert figures[name.lower()] == pytest.approx(results[name], abs=1e-12)
    assert "test areas" in figures["accuracy_definition"]


def test_the_model_makes_the_same_map_again(qgis_process, results, tmp_path):
    again = qgis_process.run(
        "miaf:classify",
        CUBE=DEMO["CUBE"],
        MODEL=results["MODEL"],
        DEVICE="cpu",
        OUTPUT=tmp_path / "again.dat",
    ).results
    np.testing.assert_array_equal(pixels(again["OUTPUT"]), pixels(results["OUTPUT"]))
    assert read_class_map(again["OUTPUT"])[2] == read_class_map(results["OUTPUT"])[2]


def test_assessing_the_map_gives_the_accuracy_of_the_run(
    qgis_process, results, tmp_path
):
    assessed = qgis_process.run(
        "miaf:assess",
        CLASSIFICATION=results["OUTPUT"],
        REFERENCE=DEMO["VALIDATION_ROIS"],
        CLASS_FIELD="cover",
        EXCLUDE_ROIS=DEMO["ROIS"],
        REPORT=tmp_path / "check.html",
        MATRIX=tmp_path / "check.csv",
    ).results
    for name in FIGURES:
        assert assessed[name] == pytest.approx(results[name], abs=1e-12)
    assert Path(assessed["MATRIX"]).stat().st_size > 0
    assert Path(assessed["REPORT"]).stat().st_size > 0


def test_a_script_in_qgis_makes_the_same_map(results, tmp_path):
    mine = {"OUTPUT": str(tmp_path / "map.tif"), "MODEL": "TEMPORARY_OUTPUT"}
    step = {"run": "miaf:trainandclassify", "parameters": {**DEMO, **mine}}
    answer, process = in_qgis([step], tmp_path / "qgis")
    np.testing.assert_array_equal(pixels(mine["OUTPUT"]), pixels(results["OUTPUT"]))
    assert answer["results"]["KAPPA"] == results["KAPPA"]
    assert process["foreign"] == []


def test_the_command_line_makes_the_same_map(results, tmp_path):
    output = tmp_path / "map.tif"
    done = engine("train", **DEMO, MODEL=tmp_path / "m.safetensors", OUTPUT=output)
    assert done.status == 0, done.said
    np.testing.assert_array_equal(pixels(output), pixels(results["OUTPUT"]))
    assert done.json["kappa"] == results["KAPPA"]


def test_the_report_identifies_the_inputs_as_a_user_can(results):
    path = Path(results["REPORT"]).with_suffix(".json")
    listed = json.loads(path.read_text(encoding="utf-8"))["fingerprints"]
    found = {item["file"]: item["sha256"] for item in listed}
    assert found == {
        Path(DEMO[name]).name: hashlib.sha256(Path(DEMO[name]).read_bytes()).hexdigest()
        for name in ("CUBE", "ROIS", "VALIDATION_ROIS")
    }
