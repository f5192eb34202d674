"""The class field may be left to the areas where they leave no doubt."""

import json
import os
from pathlib import Path

import pytest
from qgis.core import QgsCategorizedSymbolRenderer, QgsVectorLayer

from miaf_engine.requests.draw_sample import SAMPLE_FIELDS
from miaf_qgis.layers.class_field import field_of

SAMPLE = "&".join(
    f"field={name}:string" for name in ("class", "note", "map_class", *SAMPLE_FIELDS)
)


def layer(fields, categorised_by=None):
    made = QgsVectorLayer(f"Polygon?{fields}", "x", "memory")
    assert made.isValid()
    if categorised_by:
        made.setRenderer(QgsCategorizedSymbolRenderer(categorised_by, []))
    return made


@pytest.mark.parametrize(
    ("fields", "categorised_by", "expected"),
    [
        ("field=cover:string&field=n:int", None, "cover"),
        ("field=a:string&field=b:string", None, ""),
        ("field=n:int&field=m:double", None, ""),
        ("field=a:string&field=b:string", "b", "b"),
        ("field=a:string&field=n:int", "n", "n"),
        ("field=a:string&field=odd name:int", '"odd name"', "odd name"),
        ("field=a:string&field=n:int", "n + 1", "a"),
        (SAMPLE, None, "class"),
        (SAMPLE, "map_class", "class"),
        (SAMPLE, "note", "note"),
    ],
)
def test_the_field_that_areas_suggest(fields, categorised_by, expected):
    assert field_of(layer(fields, categorised_by)) == expected


def test_a_training_without_a_named_field(
    algorithm, context, listener, cube, new_areas, fake_python, tmp_path, monkeypatch
):
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(tmp_path / "note"))
    areas = new_areas(["Wheat", "Corn", "Wheat", "Corn"])
    ready = algorithm("train")
    parameters = {
        "CUBE": cube,
        "ROIS": areas,
        "MODEL": str(tmp_path / "m.miaf.safetensors"),
    }
    fine, message = ready.checkParameterValues(parameters, context)
    assert not fine
    assert "not clear. Choose the class field" in message and "''" not in message
    areas.setRenderer(QgsCategorizedSymbolRenderer("cover", []))
    assert ready.checkParameterValues(parameters, context)[0]
    assert ready.run(parameters, context, listener)[1]
    note = json.loads(Path(os.environ["MIAF_FAKE_NOTE"]).read_text(encoding="utf-8"))
    assert note["envelope"]["request"]["class_field"] == "cover"
