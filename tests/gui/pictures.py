"""Runs inside the QGIS desktop: takes the pictures of the handbook.

The toolbox, two dialogs in two themes, a ready model in the model designer, and the
steps of docs/tutorial.md, on the demo scene. Outputs are temporary files or lie in the
working folder, so that no picture shows a folder of this machine.
"""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

from drawing import draw_areas  # noqa: E402
from person import (  # noqa: E402
    install_zip,
    log_of,
    open_dialog,
    open_scene,
    progress_of,
    run_and,
    shoot,
    shoot_toolbox,
    show_docks,
    wait,
    when_ready,
)
from qgis.core import QgsApplication, QgsProject  # noqa: E402
from qgis.PyQt.QtWidgets import QAction, QSplitter, QTextEdit  # noqa: E402
from qgis.utils import iface  # noqa: E402

# The preset says how many, unless whoever tries the pictures is in a hurry.
EPOCHS = os.environ.get("MIAF_GUI_EPOCHS")
MODEL = "model.miaf.safetensors"
LIGHT, DARK = "default", "Night Mapping"
HEIGHT = 700  # of a dialog


def show_dialogs(layers):
    """Show two dialogs, each in the light and in the dark theme."""
    cube, areas = layers["indian_pines.tif"].id(), layers["rois.gpkg"].id()
    entries = {
        "train_and_classify": "Classify from training areas",
        "inspect": "Inspect cube and training areas",
    }
    filled = {"CUBE": cube, "ROIS": areas, "CLASS_FIELD": "cover", "ROIS_MORE": None}
    for theme, word in ((LIGHT, "light"), (DARK, "dark")):
        QgsApplication.setUITheme(theme)
        wait(1)
        for name, entry in entries.items():
            dialog = open_dialog(entry, filled, HEIGHT)
            shoot(dialog, f"{name}_{word}")
            dialog.close()
            wait(0.5)


def classify(layers, areas):
    """Classify the scene from the areas that were drawn; show dialog and progress."""
    parameters = {
        "CUBE": layers["indian_pines.tif"].id(),
        "ROIS": areas.id(),
        "CLASS_FIELD": "cover",
        "VALIDATION_ROIS": layers["validation.gpkg"].id(),
        "EPOCHS": EPOCHS,
        "SEED": 0,
        "DEVICE": "cpu",
        "OUTPUT": "TEMPORARY_OUTPUT",
        "MODEL": MODEL,
        "REPORT": "report.html",
    }
    dialog = open_dialog("Classify from training areas", parameters, HEIGHT)
    shoot(dialog, "tutorial_dialog")

    def watch(ended):
        wait(1500, lambda: bool(ended) or progress_of(dialog) >= 50)
        hide_paths(dialog)
        shoot(dialog, "progress")

    finish(dialog, watch)


def hide_paths(dialog):
    """Remove the start of the log, up to the engine's first line: it shows paths."""
    for log in dialog.findChildren(QTextEdit):
        begin = log.document().find("Starting the engine")
        if not begin.isNull():
            begin.setPosition(0)
            end = log.document().find("Starting the engine").selectionStart()
            begin.setPosition(end, begin.MoveMode.KeepAnchor)
            begin.removeSelectedText()


def finish(dialog, act=lambda ended: None):
    """Press Run, wait for a good end, and close the dialog."""
    fine, _ = run_and(dialog, act, 1500)
    if fine is not True:
        raise RuntimeError(log_of(dialog))
    wait(3)
    dialog.close()


def show_only(wanted, expanded):
    """Show the layers whose names begin as wanted, the legend of those expanded."""
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        node.setItemVisibilityChecked(node.name().startswith(wanted))
        node.setExpanded(node.name().startswith(expanded))
    iface.messageBar().clearWidgets()
    iface.mapCanvas().refreshAllLayers()
    wait(3)


def show_results():
    """Show the map, then the Results Viewer beside it, then the report itself."""
    show_only("Class map", "Class map")
    show_docks("Layers")
    wait(3)
    shoot(iface.mainWindow(), "styled_map")
    viewer = show_docks("Layers", "MiafTrainingCurve", "ResultsViewer")
    # Its lower half gives the path of the report.
    viewer.findChild(QSplitter).setSizes([1, 0])
    wait(3)
    shoot(iface.mainWindow(), "results_viewer")
    show_docks("Layers")
    # What QGIS draws its own web pages with; the report needs no more.
    from qgis.PyQt.QtCore import QUrl
    from qgis.PyQt.QtWebKitWidgets import QWebView

    page = QWebView()
    page.resize(1000, 900)
    page.load(QUrl.fromLocalFile(str(Path("report.html").absolute())))
    page.show()
    wait(4)
    # As long as needed for the first table, so that no line is cut.
    figures = page.page().mainFrame().findFirstElement("table.scores")
    page.resize(1000, figures.geometry().bottom() + 12)
    wait(1)
    shoot(page, "tutorial_report")
    page.close()


def show_suggestions(layers, areas):
    """Ask where to label next, and show the suggested areas upon the cube."""
    parameters = {
        "CUBE": layers["indian_pines.tif"].id(),
        "MODEL": MODEL,
        "ROIS": areas.id(),
        "CLASS_FIELD": "cover",
        "COUNT": 10,
        "DEVICE": "cpu",
    }
    finish(open_dialog("Suggest areas to label next", parameters, HEIGHT))
    show_docks("Layers")
    show_only(("Demo scene", "Suggest"), "Suggest")
    shoot(iface.mainWindow(), "tutorial_suggestions")


def show_another_scene(layers):
    """Show the dialog that takes the model to another scene."""
    parameters = {"CUBE": layers["indian_pines.tif"].id(), "MODEL": MODEL}
    dialog = open_dialog("Classify with a model", parameters, HEIGHT)
    shoot(dialog, "tutorial_another_scene")
    dialog.close()


def show_designer():
    """Show the ready model Classify and vectorise in the model designer."""
    from miaf_qgis.ready_models.designer import open_in_designer

    provider = QgsApplication.processingRegistry().providerById("miaf")
    designer = open_in_designer(provider.algorithm("classifyandvectorise"))
    designer.resize(1300, 820)
    wait(1)
    actions = designer.findChildren(QAction)
    next(a for a in actions if a.text().replace("&", "") == "Zoom Full").trigger()
    wait(1)
    shoot(designer, "model_designer")
    designer.setDirty(False)
    designer.close()


def main():
    """Take all pictures."""
    install_zip()
    os.chdir(WORK)
    layers = open_scene()
    shoot(iface.mainWindow(), "tutorial_demo")
    iface.mapCanvas().setExtent(layers["indian_pines.tif"].extent())
    shoot_toolbox("toolbox", "Layers", "Browser", height=600)
    show_designer()
    show_only(layers["indian_pines.tif"].name(), "none")
    areas, _ = draw_areas("tutorial_drawing", "tutorial_areas")
    classify(layers, areas)
    show_results()
    show_suggestions(layers, areas)
    show_another_scene(layers)
    # Last, because a change of theme leaves traces in the windows that are open.
    show_dialogs(layers)


when_ready(main)
