"""What the message bar says and offers once a map is there."""

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtGui import QDesktopServices

from miaf_qgis.desktop.run_end import RunEnd, node_of
from miaf_qgis.layers.run_notes import accuracy_in_words
from tests.gui.message_steps import steps_of
from tests.qgis.window import text_is_whole

FIGURES = {"overall_accuracy": 0.824, "overall_accuracy_interval": [0.78, 0.861]}


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (
            FIGURES,
            "About 82 % of the map should be right (95 % interval 78 to 86 %).",
        ),
        (
            {**FIGURES, "map_accuracy": 0.6, "map_accuracy_interval": [None, None]},
            "About 60 % of the map should be right.",
        ),
        ({"overall_accuracy": None}, "The accuracy of the map was not measured."),
        ({}, "The accuracy of the map was not measured."),
    ],
)
def test_the_accuracy_is_said_in_words(figures, words):
    assert accuracy_in_words(figures) == words


def test_the_map_of_a_model_of_few_epochs_is_doubted_with_the_reason(iface):
    """The figures of 'Classify with a model', which has no report and no panel."""
    doubt = "The model was trained for 40 epochs."
    figures = {
        "map_accuracy": 0.93,
        "map_accuracy_interval": [None, None],
        "map_accuracy_doubt": doubt,
    }
    RunEnd(iface, lambda *_: None, lambda *_: None).show({"output": "/m.tif"}, figures)
    (item,) = iface.bar.items()
    assert item.text() == "Expected accuracy: 93 %, often too high"
    assert item.toolTip() == f"About 93 % of the map should be right. {doubt}"


@pytest.fixture
def request_of(tmp_path, new_raster, context):
    """A request whose map and confidence are layers of the project."""
    paths = {}
    group = QgsProject.instance().layerTreeRoot().addGroup("Run")
    for key in ("output", "confidence"):
        paths[key] = new_raster(tmp_path / f"{key}.tif", bands=1)
        layer = QgsRasterLayer(paths[key], key)
        QgsProject.instance().addMapLayer(layer, False)
        group.addLayer(layer)
    return {**paths, "report": "/r.html", "model": "/m.miaf.safetensors"}


def steps(iface):
    (item,) = iface.bar.items()
    return steps_of(item)


def test_the_buttons_do_what_they_say(iface, request_of, monkeypatch):
    dialogs, opened, swiped = [], [], []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    end = RunEnd(iface, lambda *call: dialogs.append(call), swiped.append)
    end.show(request_of, FIGURES)
    shown = steps(iface)
    (item,) = iface.bar.items()
    assert item.text() == "Expected accuracy: 82 % (78 to 86 %)"
    assert item.toolTip() == accuracy_in_words(FIGURES)
    assert list(shown) == ["Report", "Confidence", "Swipe map", "Suggest areas"]
    shown["Report"]()
    assert opened[0].toLocalFile() == "/r.html"
    shown["Suggest areas"]()
    assert dialogs == [("suggestareas", {"MODEL": "/m.miaf.safetensors"})]
    shown["Swipe map"]()
    assert swiped == [request_of["output"]]


def test_confidence_takes_the_place_of_the_map_and_back(iface, request_of):
    RunEnd(iface, lambda *_: None, lambda *_: None).show(request_of, FIGURES)
    nodes = [node_of(request_of[key]) for key in ("output", "confidence")]
    for expected in ([False, True], [True, False], [False, True]):
        steps(iface)["Confidence"]()
        assert [node.itemVisibilityChecked() for node in nodes] == expected
        assert [node.isVisible() for node in nodes] == expected


def test_what_was_not_made_is_not_offered(iface, context):
    RunEnd(iface, lambda *_: None, lambda *_: None).show({"output": "/map.tif"}, {})
    assert set(steps(iface)) == {"Swipe map"}


@pytest.mark.parametrize("figures", [FIGURES, {}])
def test_the_message_fits_between_two_panels_in_a_small_window(
    iface, request_of, each_language, figures
):
    RunEnd(iface, lambda *_: None, lambda *_: None).show(request_of, figures)
    assert text_is_whole(iface.bar, 480)  # In a window of 1000 pixels.
