"""Areas with class numbers and a style, through the loop of suggestions in QGIS."""

import json

import pytest

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.area_style import categorised_style
from miaf_engine.labels.polygons import store_style
from miaf_engine.models.card import read_card
from tests import scenes, tiny
from tests.end_to_end.programs import TINY, in_qgis
from tests.end_to_end.test_suggest_areas import layer_of

CLASSES = ClassTable(
    (
        ClassEntry(11, "Wheat", "#ff0000"),
        ClassEntry(14, "Forest", "#00ff00"),
        ClassEntry(30, "Road", "#0000ff"),
    )
)


@pytest.fixture
def given(tmp_path):
    """Return parameters with areas whose numbers the layer's own style names."""
    cube = tiny.write_cube(tmp_path / "cube.tif")
    shapes, names = tiny.boxes(0.0, 1, 17)
    codes = {entry.name: entry.value for entry in CLASSES}
    rois = scenes.write_areas(
        tmp_path / "rois.gpkg",
        shapes,
        {"code": [codes[name] for name in names]},
        layer="rois",
    )
    style = categorised_style("code", CLASSES)
    for name, code in codes.items():
        style = style.replace(f'value="{name}"', f'value="{code}"')
    store_style(rois, "rois", style)
    return {**TINY, "CUBE": cube, "ROIS": rois, "CLASS_FIELD": "code"}


def test_names_from_the_list_are_the_numbers_of_the_areas(
    qgis_process, given, tmp_path
):
    model, layer = tmp_path / "m.miaf.safetensors", tmp_path / "s.gpkg"
    qgis_process.run("miaf:train", **given, MODEL=model)
    before = read_card(model).classes
    assert before == CLASSES
    asked = {name: given[name] for name in ("CUBE", "ROIS")}
    qgis_process.run(
        "miaf:suggestareas",
        **asked,
        MODEL=model,
        COUNT=3,
        PIXELS_PER_SUPERPIXEL=12,
        OUTPUT=layer,
    )
    values = list(layer_of(layer)["predicted"])
    edit = {"edit": str(layer), "field": "code", "values": values}
    assert in_qgis([edit], tmp_path / "editing")[0]["set"] == 3
    report = tmp_path / "r.html"
    done = qgis_process.show(
        "miaf:train",
        **given,
        ROIS_MORE=layer,
        VALIDATION_ROIS=layer,
        INITIAL_MODEL=model,
        MODEL=tmp_path / "n.miaf.safetensors",
        REPORT=report,
    )
    # The same areas train, so nothing is left to score; but their classes are known.
    assert "lies in a training area" in done.said, done.said
    done = qgis_process.show(
        "miaf:train",
        **given,
        ROIS_MORE=layer,
        INITIAL_MODEL=model,
        MODEL=tmp_path / "n.miaf.safetensors",
        REPORT=report,
    )
    assert done.status == 0, done.said
    assert "Class names stand for values of the class field" in done.said
    assert "New classes" not in done.said
    assert read_card(tmp_path / "n.miaf.safetensors").classes == CLASSES
    numbers = json.loads(report.with_suffix(".json").read_text("utf-8"))
    assert set(numbers["pixels_per_class"]) == {"Wheat", "Forest", "Road"}
