"""Runs inside the QGIS desktop: a cube, its spectra, and a training to its end.

Shows the cube by wavelength, picks a pixel, cancels a training, lets the next one
finish, and follows the message at its end. Writes what it saw to `outcome.json`;
`check_seeing.py` judges it outside.
"""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))
# A training is kept at once, so that one that is cancelled can continue.
os.environ["MIAF_CHECKPOINT_SECONDS"] = "0"

from message_steps import steps_of  # noqa: E402
from person import (  # noqa: E402
    RIGHT,
    click_map,
    drag,
    install_zip,
    log_of,
    menu_entry,
    open_dialog,
    open_scene,
    press_cancel,
    run_and,
    shoot,
    wait,
    when_ready,
)
from qgis.core import QgsProject  # noqa: E402
from qgis.PyQt.QtCore import QPoint  # noqa: E402
from qgis.PyQt.QtTest import QTest  # noqa: E402
from qgis.PyQt.QtWidgets import (  # noqa: E402
    QDockWidget,
    QLabel,
    QSlider,
    QWidget,
)
from qgis.utils import iface  # noqa: E402

EPOCHS = int(os.environ.get("MIAF_GUI_EPOCHS", "30"))


def show_cube(cube, outcome):
    """Show the cube in each way that the menu offers."""
    iface.setActiveLayer(cube)
    outcome["bands"] = []
    for entry in menu_entry("Show cube as").menu().actions():
        entry.trigger()
        wait(2)
        shoot(iface.mainWindow(), f"cube_{len(outcome['bands'])}")
        renderer = cube.renderer()
        shown = renderer.redBand(), renderer.greenBand(), renderer.blueBand()
        outcome["bands"].append(shown)


def pick_pixel(cube, outcome):
    """Click in the middle of the cube and read what the panel says."""
    menu_entry("Spectra").trigger()
    wait(4)
    middle = cube.extent().center()
    click_map([(middle.x(), middle.y())])
    wait(1)
    dock = iface.mainWindow().findChild(QDockWidget, "MiafSpectra")
    outcome["spectra"] = [label.text() for label in dock.findChildren(QLabel)]
    shoot(iface.mainWindow(), "spectra")
    dock.close()


def training_dialog(layers):
    """Open the dialog and fill it in."""
    names = {"CUBE": "indian_pines.tif", "ROIS": "rois.gpkg"}
    names["VALIDATION_ROIS"] = "validation.gpkg"
    files = {"OUTPUT": "map.tif", "CONFIDENCE": "confidence.tif"}
    files |= {"MODEL": "model.miaf.safetensors", "REPORT": "report.html"}
    parameters = {
        **{key: layers[name].id() for key, name in names.items()},
        **{key: str(WORK / name) for key, name in files.items()},
        **{"CLASS_FIELD": "cover", "EPOCHS": EPOCHS, "SEED": 0},
    }
    return open_dialog("Classify from training areas", parameters)


def train(layers, outcome):
    """Cancel one training, let the next one finish, and show the curve."""
    dialog, main = training_dialog(layers), iface.mainWindow()

    def cancel(ended):
        wait(120, lambda: main.findChild(QDockWidget, "MiafTrainingCurve") is not None)
        wait(2)
        press_cancel(dialog)
        wait(10, lambda: bool(ended))

    run_and(dialog, cancel, 60)
    wait(1)
    outcome["cancelled"] = log_of(dialog)
    shoot(dialog, "cancelled")
    dialog.close()
    wait(1)
    dialog = training_dialog(layers)
    curve = main.findChild(QDockWidget, "MiafTrainingCurve")
    coarse_map = curve.findChild(QWidget, "coarse_map")

    def look(ended):
        wait(300, lambda: coarse_map.isVisible() or bool(ended))
        outcome["coarse_map"] = [coarse_map.isVisible()]
        wait(1)
        shoot(main, "coarse_map")

    outcome["run_ok"], _ = run_and(dialog, look, 500)
    outcome["coarse_map"].append(coarse_map.isVisible())
    wait(3)
    dialog.close()
    outcome["curve"] = [label.text() for label in curve.findChildren(QLabel)]
    wait(1)
    shoot(main, "map")


def follow_message(outcome):
    """Press the buttons of the message at the end of a run."""
    messages = iface.messageBar().items()  # The one that is seen comes first.
    outcome["messages"] = [item.text() for item in messages]
    items = [item for item in messages if "Expected accuracy" in item.text()]
    steps = steps_of(items[0])
    outcome["buttons"] = list(steps)
    root = QgsProject.instance().layerTreeRoot()
    outcome["order"] = [child.name() for child in root.children()]
    nodes = [n for n in root.findLayers() if n.layer().source().endswith("map.tif")]
    view = iface.layerTreeView()
    outcome["legend_open"] = [
        view.isExpanded(view.node2index(node)) for node in (nodes[0], nodes[0].parent())
    ]
    outcome["sliders"] = len(iface.layerTreeView().findChildren(QSlider))
    outcome["shown"] = []
    for _ in range(2):
        steps["Confidence"]()
        wait(1)
        outcome["shown"].append(nodes[0].isVisible())


def swipe_map(outcome):
    """Swipe the map from its message, turn the line, and put the tool down."""
    canvas = iface.mapCanvas()
    view = canvas.viewport()

    def at(x, y):
        return QPoint(round(x * view.width()), round(y * view.height()))

    def colours():
        wait(2)
        picture = canvas.grab().toImage()
        return [picture.pixelColor(at(x, 0.45)).name() for x in (0.35, 0.65)]

    swipe = next(
        steps["Swipe map"]
        for steps in map(steps_of, iface.messageBar().items())
        if "Swipe map" in steps
    )
    outcome["swiped"] = [colours()]
    swipe()
    outcome["swiped"].append(colours())
    shoot(iface.mainWindow(), "swipe_middle")
    drag(view, at(0.5, 0.5), at(0.4, 0.5), at(0.25, 0.5))
    outcome["swiped"].append(colours())
    shoot(iface.mainWindow(), "swipe_left")
    QTest.mouseClick(view, RIGHT, pos=at(0.5, 0.7))
    outcome["swiped"].append(colours())
    shoot(iface.mainWindow(), "swipe_turned")
    menu_entry("Swipe map").trigger()
    outcome["swiped"].append(colours())


def main():
    """Do it all and return what was seen."""
    outcome = {"epochs": EPOCHS}
    install_zip()
    layers = open_scene()
    show_cube(layers["indian_pines.tif"], outcome)
    pick_pixel(layers["indian_pines.tif"], outcome)
    train(layers, outcome)
    follow_message(outcome)
    swipe_map(outcome)
    return outcome


when_ready(main)
