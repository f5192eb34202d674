"""Rasters of known cover instead of areas: requests, names and colours, refusals."""

import pytest
from osgeo import gdal
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor

from miaf_engine.requests import TASKS
from miaf_qgis.layers.class_styles import raster_class_styles


@pytest.fixture
def labels(new_raster, tmp_path):
    """A raster of two classes with names and colours in the file."""
    path = new_raster(tmp_path / "Läbels.tif", bands=1, kind=gdal.GDT_Byte)
    dataset = gdal.Open(path, gdal.GA_Update)
    band, colours = dataset.GetRasterBand(1), gdal.ColorTable()
    colours.SetColorEntry(1, (255, 0, 0, 255))
    colours.SetColorEntry(3, (0, 255, 0, 255))
    band.SetColorTable(colours)
    band.SetCategoryNames(["none", "Wheat", "", "Corn"])
    band.WriteRaster(0, 0, 2, 1, bytes([1, 3]))
    del band, dataset
    return path


def named(styles):
    return {s["key"]: (s["name"], s["colour"]) for s in styles}


@pytest.mark.parametrize("name", ["train", "trainandclassify"])
def test_labels_stand_in_for_areas(job_of, name, cube, labels, tmp_path):
    given = {
        "CUBE": cube,
        "LABELS": labels,
        "MODEL": str(tmp_path / "m.miaf.safetensors"),
        "OUTPUT": str(tmp_path / "map.tif"),
    }
    job = job_of(name, given)
    request = TASKS["train"].from_json(job.request)
    assert request.labels == labels
    assert (request.rois, request.rois_layer, request.class_field) == (None,) * 3
    found = named(request.class_styles)
    assert found[1] == ("Wheat", "#ff0000")
    assert found[3] == ("Corn", "#00ff00")


def test_validation_areas_go_with_labels(job_of, cube, labels, areas, tmp_path):
    given = {
        "CUBE": cube,
        "LABELS": labels,
        "VALIDATION_ROIS": areas.id(),
        "MODEL": str(tmp_path / "m.miaf.safetensors"),
    }
    with pytest.raises(QgsProcessingException, match="Choose the class field"):
        job_of("train", given)
    request = job_of("train", {**given, "CLASS_FIELD": "cover"}).request
    assert request["class_field"] == "cover"
    assert request["validation_rois_layer"] == "validation_rois"


def test_the_users_legend_goes_before_the_files(job_of, cube, labels, tmp_path):
    layer = QgsRasterLayer(labels, "Labels")
    legend = [
        QgsPalettedRasterRenderer.Class(1, QColor("#123456"), " Winter wheat "),
        QgsPalettedRasterRenderer.Class(3, QColor("#654321"), ""),
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, legend))
    QgsProject.instance().addMapLayer(layer)
    given = {"CUBE": cube, "LABELS": layer.id()}
    given["MODEL"] = str(tmp_path / "m.miaf.safetensors")
    found = named(job_of("train", given).request["class_styles"])
    assert found == {1: ("Winter wheat", "#123456"), 3: ("3", "#654321")}


def test_a_grey_raster_says_nothing_of_its_classes(new_raster, tmp_path):
    path = new_raster(tmp_path / "grey.tif", bands=1, kind=gdal.GDT_Byte)
    assert raster_class_styles(QgsRasterLayer(path, "grey")) is None


def test_reference_raster(job_of, cube, labels, new_raster, tmp_path):
    given = {"CLASSIFICATION": cube, "REFERENCE_LABELS": labels}
    given["MATRIX"] = str(tmp_path / "m.csv")
    request = TASKS["assess"].from_json(job_of("assess", given).request)
    assert request.reference_labels == labels
    assert request.reference is None
    assert named(request.class_styles)[1] == ("Wheat", "#ff0000")


@pytest.mark.parametrize(
    ("name", "areas_name", "labels_name"),
    [("train", "ROIS", "LABELS"), ("assess", "REFERENCE", "REFERENCE_LABELS")],
)
def test_just_one_of_areas_and_raster(
    job_of, name, areas_name, labels_name, cube, labels, areas, tmp_path
):
    given = {
        "CUBE": cube,
        "CLASSIFICATION": cube,
        "CLASS_FIELD": "cover",
        "MODEL": str(tmp_path / "m.miaf.safetensors"),
    }
    both = {areas_name: areas.id(), labels_name: labels}
    for more, what in ((both, "both are given"), ({}, "neither is given")):
        with pytest.raises(QgsProcessingException) as caught:
            job_of(name, {**given, **more})
        text = str(caught.value)
        assert what in text
        assert f"({areas_name})" in text
        assert f"({labels_name})" in text


def test_refusals(job_of, cube, labels, tmp_path):
    given = {"CUBE": cube, "MODEL": str(tmp_path / "m.miaf.safetensors")}
    with pytest.raises(QgsProcessingException, match="has 5 bands"):
        job_of("train", {**given, "LABELS": cube})
    with pytest.raises(QgsProcessingException, match="none\\.tif"):
        job_of("train", {**given, "LABELS": "/none.tif"})
    with pytest.raises(QgsProcessingException, match="also an input"):
        job_of(
            "trainandclassify",
            {**given, "LABELS": labels, "OUTPUT": labels},
        )
