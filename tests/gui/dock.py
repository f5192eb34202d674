"""Runs inside the QGIS desktop: the way from an empty profile to a map, in the panel.

Opens the demo cube and the panel, makes five classes, draws and clicks three areas of
each, undoes and redoes, makes the map, asks where to draw next, labels what is known
there, continues, compares both maps, saves the project and opens it again. Every click
and every key is counted. Writes what it saw to `outcome.json`; `check_dock.py` judges
it.
"""

import os
import sys
import time
from itertools import pairwise
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

from person import (  # noqa: E402
    LEFT,
    RIGHT,
    click_map,
    dialog_with,
    drag,
    install_zip,
    menu_entry,
    on_screen,
    open_scene,
    run_and,
    shoot,
    show_docks,
    stored_areas,
    wait,
    when_ready,
)
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer  # noqa: E402
from qgis.PyQt.QtCore import QPoint, Qt  # noqa: E402
from qgis.PyQt.QtTest import QTest  # noqa: E402
from qgis.PyQt.QtWidgets import (  # noqa: E402
    QApplication,
    QDockWidget,
    QLineEdit,
    QToolButton,
    QWidget,
)
from qgis.utils import iface  # noqa: E402

DEMO = ROOT / "resources" / "demo"
ROIS, TRUTH = DEMO / "rois.gpkg", DEMO / "ground_truth.tif"
# What is drawn, and which classes of the demo scene it is there.
CLASSES = {
    "corn": ("Corn-notill", "Corn-mintill", "Corn"),
    "soybeans": ("Soybean-mintill", "Soybean-notill", "Soybean-clean"),
    "woods": ("Woods",),
    "hay": ("Hay-windrowed",),
    "grass": ("Grass-trees", "Grass-pasture"),
}
AREAS = 3
PRESET = os.environ.get("MIAF_GUI_PRESET", "quick")
HANDS = {"clicks": 0, "drags": 0, "names": 0, "keys": 0}


def panel():
    """Return the panel, None while it is not open."""
    return iface.mainWindow().findChild(QDockWidget, "MiafNetPanel")


def click(name):
    """Click a button of the panel."""
    button = panel().findChild(QToolButton, name)
    HANDS["clicks"] += 1
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def name_class(name):
    """Make a class and type its name."""
    click("new")
    wait(0.3)
    editor = panel().classes.findChild(QLineEdit)
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    HANDS["names"] += 1
    HANDS["keys"] += len(name) + 1
    wait(0.3)


def draw_by_clicks(corners):
    """Click the corners of an area, and end by a right click."""
    last = click_map(corners)
    QTest.mouseClick(iface.mapCanvas().viewport(), RIGHT, pos=last)
    HANDS["clicks"] += len(corners) + 1
    wait(0.1)


def draw_by_drag(corners):
    """Drag around an area with the button held."""
    view = iface.mapCanvas().viewport()
    spots = [on_screen(x, y) for x, y in [*corners, corners[0]]]
    between = [
        start + (end - start) * step / 5
        for start, end in pairwise(spots)
        for step in range(1, 6)
    ]
    drag(view, spots[0], *between)
    HANDS["drags"] += 1
    wait(0.1)


def install(outcome):
    """Install the zip; open the demo's cube without its areas."""
    install_zip()
    layers = open_scene()
    cube = layers.pop("indian_pines.tif")
    QgsProject.instance().removeMapLayers([layer.id() for layer in layers.values()])
    iface.messageBar().clearWidgets()
    iface.mainWindow().findChild(QDockWidget, "Browser").setVisible(False)
    HANDS["clicks"] += 2
    menu_entry("MIAF-Net panel").trigger()
    wait(2)
    iface.mapCanvas().setExtent(cube.extent())
    wait(2)
    outcome["panel"] = panel() is not None and panel().isVisible()
    shoot(iface.mainWindow(), "walk_1_empty")


def own_areas():
    """Return three areas of each class: the largest ones of the demo's classes."""
    stored = stored_areas(ROIS, AREAS)
    wanted = {}
    for name, kinds in CLASSES.items():
        ranked = [areas for kind in kinds for areas in enumerate(stored[kind])]
        ranked.sort(key=lambda entry: entry[0])  # The largest of each kind come first.
        wanted[name] = [corners for _, corners in ranked[:AREAS]]
    return wanted


def label_by_click(corners):
    """Click the superpixel in the middle of an area."""
    x = sum(x for x, _ in corners) / len(corners)
    y = sum(y for _, y in corners) / len(corners)
    click_map([(x, y)])
    HANDS["clicks"] += 1
    wait(0.1)


def counted():
    """Return the number of areas of each class."""
    return {row.name: row.areas for row in panel().areas.classes()}


def label(outcome):
    """Draw two areas of the first class, and click the superpixels of all others."""
    wanted = own_areas()
    for place, name in enumerate(CLASSES):
        name_class(name)
        first, second, third = wanted[name]
        if place == 0:
            draw_by_clicks(first)
            draw_by_drag(second)
            shoot(iface.mainWindow(), "walk_2_drawing")
            click("click")
            outcome["cut"] = finished()
            wait(1)
            label_by_click(third)
        else:
            for corners in (first, second, third):
                label_by_click(corners)
        if name == "woods":
            shoot(iface.mainWindow(), "walk_3_clicking")
    outcome["labelled"] = counted()
    outcome["hands"] = dict(HANDS)
    view = iface.mapCanvas().viewport()
    QTest.mouseMove(view, QPoint(5, 5))
    wait(1)
    shoot(iface.mainWindow(), "walk_4_labelled")


def take_back(outcome):
    """Click a superpixel again, undo and redo."""
    first = own_areas()[list(CLASSES)[-1]][0]
    label_by_click(first)
    outcome["clicked_again"] = counted()
    click("undo")
    outcome["after_undo"] = counted()
    click("redo")
    click("undo")
    outcome["after_redo_and_undo"] = counted()
    outcome["pixels"] = {row.name: row.pixels for row in panel().areas.classes()}


def finished(seconds=600):
    """Wait until the run has ended and its pixels are counted."""
    wait(0.5)
    runs = panel().runs
    return wait(seconds, lambda: runs._run is None and runs._counting is None)


def make_map(outcome):
    """Cancel a run, make a map, a quick one unless asked otherwise, and look at it."""
    runs = panel().runs
    click("update")
    wait(60, lambda: runs._bar.value() >= 5)
    shoot(iface.mainWindow(), "walk_5_running")
    began = time.monotonic()
    QTest.mouseClick(runs._cancel, LEFT)
    wait(10, lambda: runs._run is None)
    outcome["cancel_seconds"] = round(time.monotonic() - began, 1)
    outcome["cancelled"] = runs._said.text()
    runs.presets[PRESET].trigger()
    click("update")
    outcome["updated"] = finished()
    wait(2)
    outcome["said"] = runs._said.text()
    outcome["message"] = iface.messageBar().items()[0].text()
    shoot(iface.mainWindow(), "walk_6_map")
    show_map_alone()
    shoot(iface.mainWindow(), "dock_map")
    tree = QgsProject.instance().layerTreeRoot()
    outcome["order"] = [layer.name() for layer in tree.layerOrder()]
    outcome["results"] = panel().classes.classes._results
    outcome["call"] = runs._call.toPlainText()
    swipe_map(outcome)


def improve_map(outcome):
    """Ask where to draw, label what is known there, continue, and compare both maps."""
    runs, hands = panel().runs, dict(HANDS)
    click("suggest")
    outcome["suggested"] = finished()
    wait(2)
    shoot(iface.mainWindow(), "walk_8_suggested")
    before = sum(counted().values())
    label_suggested(outcome)
    outcome["improved"] = counted()
    outcome["areas_added"] = sum(counted().values()) - before
    shoot(iface.mainWindow(), "walk_9_known")
    click("update")
    outcome["continued"] = finished()
    wait(2)
    outcome["said_continued"] = runs._said.text()
    outcome["call_continued"] = runs._call.toPlainText()
    shoot(iface.mainWindow(), "walk_10_continued")
    compare_maps(outcome)
    wait(2)
    shoot(iface.mainWindow(), "walk_11_compared")
    outcome["hands_of_loop"] = {kind: HANDS[kind] - hands[kind] for kind in HANDS}


def label_suggested(outcome):
    """Click the suggested areas whose cover the ground truth knows, each as its class.

    A person sees what a class is; the digit chooses it.
    """
    cube = panel().areas.cube
    iface.mapCanvas().setExtent(cube.extent())
    HANDS["clicks"] += 1
    wait(1)
    if iface.mapCanvas().mapTool() is not panel().superpixel_tool:
        click("click")
    truth = QgsRasterLayer(str(TRUTH), "truth")
    kinds = {item.value: item.label for item in truth.renderer().classes()}
    classes = {kind: name for name, known in CLASSES.items() for kind in known}
    (suggested,) = QgsProject.instance().mapLayersByName("Suggested areas (miaf)")
    outcome["labelled_suggestions"] = 0
    for feature in suggested.getFeatures():
        place = feature.geometry().pointOnSurface().asPoint()
        value, found = truth.dataProvider().sample(place, 1)
        name = classes.get(kinds.get(int(value), "")) if found else None
        if name is None:
            continue
        QTest.keyClick(iface.mapCanvas(), str(list(CLASSES).index(name) + 1))
        click_map([(place.x(), place.y())])
        HANDS["keys"] += 1
        HANDS["clicks"] += 1
        wait(0.1)
        outcome["labelled_suggestions"] += 1


def compare_maps(outcome):
    """Run the comparison as its dialog opens: with the map before and the new one."""
    menu_entry("Compare two maps").trigger()
    wait(10, lambda: dialog_with("AlgorithmDialog") is not None)
    dialog = dialog_with("AlgorithmDialog")
    fine, results = run_and(dialog, lambda _ended: None, 120)
    HANDS["clicks"] += 5  # Three in the menu, Run, Close.
    outcome["compared"] = [fine, results.get("CHANGED_PIXELS")]
    dialog.close()


def show_map_alone():
    """Show the map and its areas, without superpixels and messages, and the panel."""
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        if node.name().startswith(("Superpixels", "Confidence")):
            node.setItemVisibilityChecked(False)
        node.setExpanded(node.name().startswith("Class map"))
    iface.messageBar().clearWidgets()
    show_docks("Layers", "MiafNetPanel")
    iface.mapCanvas().refreshAllLayers()
    wait(2)


def swipe_map(outcome):
    """Swipe the map over the cube, although its confidence lies between them."""
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        if node.name().startswith("Confidence"):
            node.setItemVisibilityChecked(True)
    canvas = iface.mapCanvas()
    view = canvas.viewport()

    def colours():
        wait(2)
        picture = canvas.grab().toImage()
        return {
            picture.pixelColor(round(0.75 * view.width()), y).name()
            for y in range(0, view.height(), 4)
        }

    whole = colours()
    panel().runs._swipe.click()
    below = colours()
    shoot(iface.mainWindow(), "walk_7_swipe")
    panel().runs._swipe.click()
    # A map has a few colours, its confidence is grey, and the cube has many.
    coloured = [c for c in below if len({c[1:3], c[3:5], c[5:7]}) > 1]
    outcome["swiped"] = [len(whole), len(coloured)]


def reopen(outcome):
    """Save the project, close it and open it again."""
    file = str(WORK / "project.qgz")
    QgsProject.instance().write(file)
    wait(1)
    outcome["current"] = panel().classes.current
    iface.newProject()
    wait(1)
    outcome["closed"] = len(panel().areas.classes())
    iface.addProject(file)
    wait(3)
    outcome["reopened"] = {row.name: row.areas for row in panel().areas.classes()}
    outcome["current_reopened"] = panel().classes.current
    outcome["said_reopened"] = panel().runs._said.text()
    box = panel().runs.findChild(QWidget, "call_box")
    box.setCollapsed(False)
    wait(1)
    shoot(iface.mainWindow(), "walk_12_reopened")
    QgsApplication.setUITheme("Night Mapping")
    wait(2)
    shoot(iface.mainWindow(), "walk_dark")


def main():
    """Do it all and return what was seen."""
    outcome = {}
    install(outcome)
    label(outcome)
    take_back(outcome)
    make_map(outcome)
    improve_map(outcome)
    reopen(outcome)
    outcome["torch_in_qgis"] = "torch" in sys.modules
    return outcome


when_ready(main)
