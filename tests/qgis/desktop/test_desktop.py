"""The menu and the offer of the engine, on a window that stands in for QGIS's."""

import gc
import sys
import weakref
from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QPushButton

from miaf_engine.requests.draw_sample import SAMPLE_FIELDS
from miaf_qgis.algorithms.demo import copy_demo
from miaf_qgis.desktop import desktop
from miaf_qgis.desktop import desktop as open_demo
from miaf_qgis.desktop.desktop import Desktop
from miaf_qgis.desktop.dialog_defaults import suggestions
from miaf_qgis.engine.training_signals import TRAINING
from tests.qgis.window import text_is_whole


@pytest.fixture
def shown(iface, provider):
    desktop = Desktop(iface, provider)
    yield desktop
    desktop.remove()


def titles(iface):
    (menu,) = [a.menu() for a in iface.raster.actions() if a.menu() is not None]
    return [a.text() for a in menu.actions() if not a.isSeparator()]


def test_the_menu_has_the_work_in_order(iface, shown):
    assert titles(iface) == [
        "MIAF-Net panel",
        "Open the demo scene",
        "Show cube as",
        "Swipe map",
        "Spectra",
        "Training curve",
        "Inspect cube and training areas…",
        "Classify from training areas…",
        "Train model…",
        "Classify with a model…",
        "Draw a reference sample…",
        "Assess accuracy…",
        "Suggest areas to label next…",
        "Compare two maps…",
        "Set up the engine…",
        "Help",
    ]
    assert not any(action.icon().isNull() for action in shown._actions if action.text())


def test_three_reloads_leave_one_menu_and_unload_leaves_none(iface, provider):
    for _ in range(3):
        desktop = Desktop(iface, provider)
        assert len(titles(iface)) == 16
        desktop.remove()
    assert iface.raster.actions() == []
    assert iface.tools.actions() == []
    assert iface.bar.items() == []


def test_the_panel_offers_better_colours_for_its_cube(
    iface, shown, context, new_raster, tmp_path
):
    cube = QgsRasterLayer(new_raster(tmp_path / "own.tif", bands=9), "own")
    QgsProject.instance().addMapLayer(cube)
    shown.launcher.show(True)
    assert "own" in iface.bar.items()[0].text()
    shown.launcher.show(False)


def test_the_panel_is_as_narrow_as_it_opens(iface, shown, each_language):
    iface.window.show()
    shown.launcher.show(True)
    runs = shown.launcher.panel.runs
    runs._swipe.setVisible(True)  # As once there is a map.
    inside = shown.launcher.panel.widget().widget()
    inside.layout().activate()
    # Room for the bar that scrolls it where the window is low.
    assert inside.minimumSizeHint().width() <= 370
    shown.launcher.show(False)
    iface.window.hide()


def test_the_offer_is_made_once_a_session(iface, provider, shown):
    shown.offer_engine()
    (item,) = iface.bar.items()
    assert "needs its engine" in item.text()
    shown.offer_engine()
    assert len(iface.bar.items()) == 1
    iface.bar.clearWidgets()
    again = Desktop(iface, provider)  # as after a reload of the plugin
    again.offer_engine()
    assert iface.bar.items() == []
    again.remove()


def test_the_offer_opens_the_dialog_in_one_click(iface, shown, monkeypatch):
    opened = []
    monkeypatch.setattr(Desktop, "_open", lambda self, name: opened.append(name))
    shown.offer_engine()
    iface.bar.items()[0].findChild(QPushButton).click()
    assert opened == ["setupengine"]
    assert iface.bar.items() == []


def test_a_dialog_lives_in_python_until_qt_deletes_it(iface, shown, monkeypatch):
    made = []

    def create(_algorithm, _parameters):
        dialog = QDialog()
        made.append(weakref.ref(dialog))
        return dialog

    processing = SimpleNamespace(createAlgorithmDialog=create)
    monkeypatch.setitem(sys.modules, "processing", processing)
    shown._open("inspect")
    gc.collect()
    assert made[0]() is not None and made[0]().isVisible()
    made[0]().deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert made[0]() is None


def test_a_dialog_with_a_value_has_what_the_project_suggests_too(
    iface, shown, monkeypatch, areas
):
    given = []
    processing = SimpleNamespace(
        createAlgorithmDialog=lambda _name, values: given.append(values) or QDialog()
    )
    monkeypatch.setitem(sys.modules, "processing", processing)
    areas.setRenderer(QgsCategorizedSymbolRenderer("cover", []))
    shown._open("suggestareas", {"MODEL": "m.miaf.safetensors"})
    shown._open("suggestareas")
    assert given[0]["MODEL"] == "m.miaf.safetensors"
    assert given[0]["ROIS"] == areas.id()
    assert given[1] == {}


def test_the_offer_says_what_it_takes(iface, shown):
    shown.offer_engine()
    said = iface.bar.items()[0].text()
    assert "GB" in said and "minutes" in said


def test_the_offers_fit_beside_a_panel_in_a_small_window(
    iface, shown, each_language
):  # fmt: skip
    shown.offer_engine()
    assert text_is_whole(iface.bar, 700)  # In a window of 1000 pixels.
    desktop.offer_demo(iface)
    assert text_is_whole(iface.bar, 700)


def test_the_end_of_the_set_up_offers_the_demo(iface, monkeypatch):
    opened = []
    monkeypatch.setattr(desktop, "open_demo", opened.append)
    desktop.offer_demo(iface)
    (item,) = iface.bar.items()
    item.findChild(QPushButton).click()
    assert opened == [iface] and iface.bar.items() == []


def test_with_an_engine_nothing_is_offered(iface, shown, fake_python):
    shown.offer_engine()
    assert iface.bar.items() == []


def test_maps_are_drawn_while_training_unless_the_curve_was_closed(iface, provider):
    assert not TRAINING.followed
    desktop = Desktop(iface, provider)
    assert TRAINING.followed
    desktop._show_curve().closed.emit()
    assert not TRAINING.followed
    desktop.remove()
    again = Desktop(iface, provider)
    assert not TRAINING.followed
    again._show_curve()
    assert TRAINING.followed
    again.remove()
    assert not TRAINING.followed


def test_the_accuracy_lies_over_what_qgis_says_of_its_task(iface, shown):
    TRAINING.mapped.emit({"output": "/map.tif"}, {"overall_accuracy": 0.8})
    # QGIS is told of the end by the same task, right after the algorithm.
    iface.bar.pushInfo("Task complete", "Executing “Classify”")
    QTest.qWait(50)
    assert "80 %" in iface.bar.items()[0].text()
    assert len(iface.bar.items()) == 2


def test_help_opens_a_page_on_this_machine(monkeypatch):
    opened = []
    monkeypatch.setattr(desktop.QDesktopServices, "openUrl", opened.append)
    desktop._open_help()
    assert opened[0].isLocalFile()
    assert Path(opened[0].toLocalFile()).name == "index.html"


def demo_layers():
    paths = copy_demo()
    layers = [QgsRasterLayer(str(paths["CUBE"]), "cube")]
    for name in ("ROIS", "VALIDATION_ROIS"):
        layer = QgsVectorLayer(str(paths[name]), name, "ogr")
        layers.append(layer)
    QgsProject.instance().addMapLayers(layers)
    return layers


def test_the_demo_scene_is_found_and_in_view(iface, context):
    cube, *_ = demo_layers()
    QgsProject.instance().setCrs(cube.crs())
    iface.canvas.resize(300, 300)
    open_demo.open_demo(iface)
    assert len(QgsProject.instance().mapLayers()) == 3
    assert open_demo.extent_in_project(cube).contains(cube.extent())
    assert iface.canvas.extent().contains(cube.extent())


def suggested(name, layers, active=None):
    algorithm = QgsApplication.processingRegistry().algorithmById(f"miaf:{name}")
    return suggestions(algorithm, layers, active)


def test_a_dialog_starts_with_the_demo_scene(provider, context):
    cube, rois, validation = layers = demo_layers()
    assert suggested("trainandclassify", layers) == {
        "CUBE": cube.id(),
        "ROIS": rois.id(),
        "VALIDATION_ROIS": validation.id(),
        "CLASS_FIELD": "cover",
    }
    assert suggested("classify", layers) == {"CUBE": cube.id()}
    assert suggested("setupengine", layers) == {}


def class_map(path, labels):
    layer = QgsRasterLayer(path, Path(path).stem)
    classes = [
        QgsPalettedRasterRenderer.Class(value, QColor("red"), label)
        for value, label in enumerate(labels, 1)
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_a_comparison_starts_with_two_maps(provider, context, new_raster, tmp_path):
    change, late, early = (
        class_map(new_raster(tmp_path / f"{name}.tif", bands=1), labels)
        for name, labels in (
            ("change", ["a -> b", "a"]), ("late", ["a", "b"]), ("early", ["a", "b"]),
        )
    )  # fmt: skip
    again = class_map(late.source(), ["a", "b"])
    layers = [change, late, again, early]
    pair = {"BEFORE": early.id(), "AFTER": late.id()}
    assert suggested("compare", layers) == pair
    pair = {"BEFORE": late.id(), "AFTER": early.id()}
    assert suggested("compare", layers, early) == pair
    assert suggested("compare", [change, late, again]) == {}


def test_an_assessment_starts_with_points_that_were_drawn(provider, context):
    layers = demo_layers()
    fields = "&".join(f"field={name}:int" for name in SAMPLE_FIELDS)
    drawn = QgsVectorLayer(f"Point?field=class:string&{fields}", "drawn", "memory")
    other = QgsVectorLayer("Point?field=class:string", "others", "memory")
    QgsProject.instance().addMapLayers([drawn, other])
    start = suggested("assess", [*layers, drawn, other])
    assert start == {"REFERENCE": drawn.id(), "CLASS_FIELD": "class"}
    assert "REFERENCE" not in suggested("train", [*layers, drawn])


def test_a_dialog_takes_suggested_areas_for_those_to_add(provider, context):
    layers = demo_layers()
    earlier, later = (
        QgsVectorLayer(
            "Polygon?field=rank:int&field=cover:string&field=predicted:int"
            "&field=runner_up:int&field=reason:int",
            name,
            "memory",
        )
        for name in ("first", "second")
    )
    for name in ("trainandclassify", "train", "suggestareas"):
        found = suggested(name, [*layers, earlier], earlier)
        assert found["ROIS"] == layers[1].id()
        assert (found["ROIS_MORE"], found["CLASS_FIELD"]) == (earlier.id(), "cover")
        assert "ROIS_MORE" not in suggested(name, [*layers, earlier, later])
        found = suggested(name, [*layers, earlier, later], later)
        assert (found["ROIS"], found["ROIS_MORE"]) == (layers[1].id(), later.id())
    # Alone they are the training areas.
    found = suggested("train", [earlier])
    assert found == {"ROIS": earlier.id(), "CLASS_FIELD": "cover"}


def test_a_dialog_starts_with_layers_only_where_there_is_no_doubt(
    provider, context, cube, new_raster, new_areas, tmp_path
):
    one = new_areas(["a", "b"])
    # Two text fields and no categories: it does not say which is the class.
    assert "ROIS" not in suggested("train", [one])
    named = QgsVectorLayer("Polygon?field=cover:string&field=n:int", "x", "memory")
    other = QgsVectorLayer("Polygon?field=kind:string", "y", "memory")
    picture = QgsRasterLayer(new_raster(tmp_path / "rgb.tif", bands=3), "rgb")
    few = QgsRasterLayer(cube, "few")
    many = QgsRasterLayer(new_raster(tmp_path / "many.tif", bands=9), "many")
    found = suggested("train", [named, picture, few, many])
    assert found == {
        "CUBE": many.id(),
        "ROIS": named.id(),
        "CLASS_FIELD": "cover",
    }
    assert "ROIS" not in suggested("train", [named, other])
    found = suggested("train", [named, other, few, many], other)
    assert (found["ROIS"], found["CLASS_FIELD"]) == (other.id(), "kind")
    assert suggested("train", [picture]) == {}
