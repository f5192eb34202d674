"""Parameters of a training that continues from a model, or uses several cubes."""

import json

import pytest
from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsProject,
    QgsRendererCategory,
)


def request_of(algorithm, context, listener, **given):
    found = algorithm("train")
    assert found.prepareAlgorithm(given, context, listener)
    return found.work.request


@pytest.fixture
def given(areas, cube, fake_python):
    return {"CUBE": cube, "ROIS": areas.id(), "CLASS_FIELD": "cover"}


def test_a_second_layer_and_more_cubes_reach_the_engine(
    algorithm, context, listener, given, areas, new_raster, tmp_path
):
    more = areas.clone()
    QgsProject.instance().addMapLayer(more)
    other = new_raster(tmp_path / "other.tif")
    request = request_of(
        algorithm, context, listener,
        **given, ROIS_MORE=more.id(), CUBES=[other], NORMALISE_BY="scene",
    )  # fmt: skip
    assert request["rois_more"].endswith("rois_more.gpkg")
    assert request["rois_more_layer"] == "rois_more"
    assert request["cubes"] == [str(tmp_path / "other.tif")]
    assert request["normalise_by"] == "scene"
    assert request["initial_model"] is None


def test_more_areas_that_nobody_has_labelled_yet_are_left_out(
    algorithm, context, listener, given, new_areas
):
    """As a dialog offers suggested areas before their classes are set."""
    more = new_areas([NULL, ""])
    more.setName("Suggested")
    request = request_of(algorithm, context, listener, **given, ROIS_MORE=more.id())
    assert request["rois_more"] is None
    assert "rois_more" not in request["sources"]
    (said,) = listener.texts("warning")
    assert said.startswith("No area of layer 'Suggested' has a class in the field")


def test_styles_of_the_first_layer_go_before_those_of_the_same_numbers_as_text(
    algorithm, context, listener, cube, new_areas, fake_python
):
    layers = [new_areas([11, 14], kind="int"), new_areas(["11", "Woods"])]
    for layer, names in zip(layers, (["Corn", "Wood"], ["11", "Woods"]), strict=True):
        values = [feature["cover"] for feature in layer.getFeatures()]
        categories = [
            QgsRendererCategory(value, QgsFillSymbol(), name)
            for value, name in zip(values, names, strict=True)
        ]
        layer.setRenderer(QgsCategorizedSymbolRenderer("cover", categories))
    rois, more = (layer.id() for layer in layers)
    request = request_of(
        algorithm, context, listener,
        CUBE=cube, ROIS=rois, CLASS_FIELD="cover", ROIS_MORE=more,
    )  # fmt: skip
    found = [(style["key"], style["name"]) for style in request["class_styles"]]
    assert found == [(11, "Corn"), (14, "Wood"), ("Woods", "Woods")]


def test_left_out_they_are_not_there(algorithm, context, listener, given):
    request = request_of(algorithm, context, listener, **given)
    assert (request["rois_more"], request["cubes"]) == (None, None)
    assert request["normalise_by"] == "model"
    json.dumps(request)


def test_what_is_no_model_is_refused_at_once(
    algorithm, context, listener, given, tmp_path
):
    path = tmp_path / "no.miaf.safetensors"
    path.write_bytes(b"no model at all")
    fine, message = algorithm("train").checkParameterValues(
        {**given, "INITIAL_MODEL": str(path), "MODEL": str(tmp_path / "m")}, context
    )
    assert not fine
    assert "no.miaf.safetensors" in message


def test_more_cubes_that_are_none_are_refused(
    algorithm, context, listener, given, new_raster, tmp_path
):
    flat = new_raster(tmp_path / "flat.tif", bands=1)
    fine, message = algorithm("train").checkParameterValues(
        {**given, "CUBES": [flat], "MODEL": str(tmp_path / "m")}, context
    )
    assert not fine
    assert "has 1 band" in message
