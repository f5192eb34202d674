"""HTML and control characters in class names: text wherever QGIS shows them."""

import json

import pytest
from qgis.core import (
    QgsLayerTreeModel,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt

from miaf_engine.classes import ClassTable
from miaf_qgis.engine.conversation import Conversation
from miaf_qgis.layers.run_notes import note_of
from miaf_qgis.layers.styling import ClassMapStyle, class_legend

TAG = '<img src="http://127.0.0.1:9/x.png">'
NAMES = (
    f"<b>bold</b> {TAG}",
    "a\x00\x1b[31m\nb\u2028c",
    "\u202egnp.exe",
    "Soil & rock",
)
# What is left of them: nothing turns the text, ends the line or colours a terminal.
KEPT = (NAMES[0], "a [31m b c", "gnp.exe", NAMES[3])


@pytest.fixture
def figures():
    """Return the figures of a run whose class names came with a model file."""
    given = [
        {"value": number, "name": name, "colour": "#112233"}
        for number, name in enumerate(NAMES, 1)
    ]
    return {
        "overall_accuracy": 0.5,
        "accuracy_definition": f"Scored {TAG}",
        "classes": ClassTable.from_json(given).as_json(),
    }


@pytest.fixture
def layer(new_raster, tmp_path, context, figures):
    path = new_raster(tmp_path / "map.tif", bands=1)
    made = QgsRasterLayer(path, f"map {TAG}")
    QgsProject.instance().addMapLayer(made)
    ClassMapStyle(class_legend(figures)).postProcessLayer(made, context, None)
    request = {"cube": f"/x/{TAG.replace('/', '')}.tif", "rois": "r<b>.gpkg"}
    note_of(request, figures).describe(made)
    return made


def test_the_layer_tree_shows_names_as_text(layer):
    root = QgsProject.instance().layerTreeRoot()
    model, node = QgsLayerTreeModel(root), root.findLayer(layer.id())
    entries = model.layerLegendNodes(node)
    texts = [entry.data(Qt.ItemDataRole.DisplayRole) for entry in entries]
    assert [text for text in texts if text in KEPT] == list(KEPT)
    # Item views draw such a text as it is; only a tool tip could be rich.
    for entry in entries:
        assert not entry.data(Qt.ItemDataRole.ToolTipRole)
    tip = model.data(model.node2index(node), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    # QGIS escapes it, from 3.40 on twice.
    assert "&lt;img" in tip.replace("&amp;", "&")


def test_the_information_of_the_layer_shows_names_as_text(layer):
    """QGIS puts abstract, history and keywords into its page as HTML."""
    layer.setName("map")  # QGIS does not escape this either, but users choose it.
    page = layer.htmlMetadata()
    assert "127.0.0.1:9" in page
    assert "<img" not in page
    assert "<b>bold" not in page
    assert "Soil & rock" in page


@pytest.mark.parametrize("kind", ["info", "warning", "progress"])
def test_the_log_shows_names_as_text(kind):
    feedback = QgsProcessingFeedback(False)
    line = {"type": kind, "fraction": 0.5, "text": f"Class '{NAMES[0]}' is small"}
    Conversation(feedback, "run").hear(json.dumps(line))
    assert "<img" not in feedback.htmlLog()
    if kind != "progress":
        assert "&lt;img" in feedback.htmlLog()
