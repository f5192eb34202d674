"""Runs inside the QGIS desktop: what a person does, with a screenshot at each step.

Installs the zip, opens the demo scene from the menu, makes a scratch layer, draws two
polygons a class with the mouse, styles it, opens the dialog, cancels one run, lets the
next one finish, looks at map and report, and runs the ready models from the model
designer. Writes what it saw to `outcome.json`; `check.py` judges it outside.
"""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

from designer import run_models  # noqa: E402
from drawing import draw_areas  # noqa: E402
from person import (  # noqa: E402
    install_zip,
    log_of,
    open_dialog,
    open_scene,
    press_cancel,
    progress_of,
    run_and,
    shoot,
    wait,
    when_ready,
)
from qgis.core import QgsProject  # noqa: E402
from qgis.PyQt.QtWidgets import QDockWidget  # noqa: E402
from qgis.utils import active_plugins, iface  # noqa: E402

EPOCHS = int(os.environ.get("MIAF_GUI_EPOCHS", "150"))


def install(outcome):
    """Install the zip and see whether the plugin is active."""
    install_zip()
    outcome["installed"] = "miaf" in active_plugins
    shoot(iface.mainWindow(), "1_installed")


def open_without_areas():
    """Open the demo scene from the menu; return the cube and the test areas."""
    layers = open_scene()
    shoot(iface.mainWindow(), "2_demo")
    iface.mapCanvas().setExtent(layers["indian_pines.tif"].extent())
    QgsProject.instance().removeMapLayer(layers["rois.gpkg"].id())
    return layers["indian_pines.tif"], layers["validation.gpkg"]


def draw(outcome):
    """Draw two areas of each class into a scratch layer and style it; return it."""
    areas, outcome["drawn"] = draw_areas("4_drawing", "6_areas")
    outcome["colours"] = {
        category.label(): category.symbol().color().name()
        for category in areas.renderer().categories()
        if category.label()  # Not "all other values".
    }
    return areas


def training_dialog(cube, areas, checked, folder, epochs):
    """Open the dialog from the menu and fill it in."""
    folder.mkdir()
    return open_dialog(
        "Classify from training areas",
        {
            "CUBE": cube.id(),
            "ROIS": areas.id(),
            "CLASS_FIELD": "cover",
            "VALIDATION_ROIS": checked.id(),
            "EPOCHS": epochs,
            "SEED": 0,
            "OUTPUT": str(folder / "map.tif"),
            "CONFIDENCE": str(folder / "confidence.tif"),
            "MODEL": str(folder / "model.miaf.safetensors"),
            "REPORT": str(folder / "report.html"),
        },
    )


def cancelled_run(layers, outcome):
    """Cancel a long run in the middle of its training."""
    folder = WORK / "cancelled"
    dialog = training_dialog(*layers, folder, 2000)

    def cancel(ended):
        outcome["cancelled_in_training"] = wait(120, lambda: progress_of(dialog) >= 9)
        shoot(dialog, "8_before_cancel")
        press_cancel(dialog)
        outcome["cancel_ended_in_2_5_s"] = wait(2.5, lambda: bool(ended))

    run_and(dialog, cancel, 60)
    wait(1)
    shoot(dialog, "9_cancelled")
    outcome["cancel_left"] = sorted(path.name for path in folder.iterdir())
    dialog.close()
    wait(0.5)


def whole_run(layers, outcome):
    """Let a run finish, and look at its progress and its log."""
    dialog = training_dialog(*layers, WORK / "results", EPOCHS)
    shoot(dialog, "dialog")

    def watch(ended):
        wait(120, lambda: bool(ended) or progress_of(dialog) >= 40)
        shoot(dialog, "progress")

    outcome["run_ok"], results = run_and(dialog, watch, 500)
    wait(4)
    outcome["results"] = {key: str(value) for key, value in results.items()}
    outcome["log"] = log_of(dialog)
    shoot(dialog, "log")
    dialog.close()


def look_at_results(outcome):
    """Show the map, and the report in the Results Viewer; keep legend and metadata."""
    root = QgsProject.instance().layerTreeRoot()
    maps = [n for n in root.findLayers() if n.layer().source().endswith("map.tif")]
    for node in root.findLayers():
        node.setItemVisibilityChecked(node in maps)
        node.setExpanded(node in maps)
    iface.mapCanvas().refreshAllLayers()
    wait(4)
    shoot(iface.mainWindow(), "styled_map")
    layer = maps[0].layer()
    outcome["legend"] = [
        [int(item.value), item.label, item.color.name()]
        for item in layer.renderer().classes()
    ]
    outcome["group"] = [maps[0].parent().name(), len(maps[0].parent().children())]
    outcome["abstract"] = layer.metadata().abstract()
    dock = iface.mainWindow().findChild(QDockWidget, "ResultsViewer")
    if dock is not None:
        dock.setVisible(True)
        dock.raise_()
        wait(2)
    shoot(iface.mainWindow(), "results_viewer")


def main():
    """Do it all and return what was seen."""
    outcome = {"epochs": EPOCHS}
    install(outcome)
    cube, checked = open_without_areas()
    areas = draw(outcome)
    layers = (cube, areas, checked)
    cancelled_run(layers, outcome)
    whole_run(layers, outcome)
    look_at_results(outcome)
    run_models(*layers, WORK, outcome)
    outcome["torch_in_qgis"] = "torch" in sys.modules
    return outcome


when_ready(main)
