"""Runs inside the QGIS desktop: what a person does, with a screenshot at each step.

Opens the demo cube, makes a scratch layer with the training areas and a style, opens
the dialog, cancels one run, lets the next one finish, and writes what it saw to
`outcome.json`; `check.py` judges it outside.
"""

import json
import os
import sys
import traceback
from pathlib import Path

import processing
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QEventLoop, QTimer
from qgis.PyQt.QtWidgets import QApplication, QProgressBar, QPushButton, QTextEdit
from qgis.utils import iface

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
SHOTS = Path(os.environ["SCREENSHOTS"])
SCENE = ROOT / "resources" / "demo"
EPOCHS = int(os.environ.get("MIAF_GUI_EPOCHS", "150"))


def wait(seconds, until=lambda: False):
    """Let QGIS live for `seconds`, or until something is true; return whether it is."""
    loop, passed = QEventLoop(), 0.0
    while passed < seconds and not until():
        QTimer.singleShot(100, loop.quit)
        loop.exec()
        passed += 0.1
    return until()


def shoot(widget, name):
    """Keep a picture of a widget."""
    widget.grab().save(str(SHOTS / f"{name}.png"))


def scratch_layer():
    """Return the training areas as a styled scratch layer, in the project."""
    stored = QgsVectorLayer(f"{SCENE / 'rois.gpkg'}|layername=rois", "stored", "ogr")
    stored.loadDefaultStyle()
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:32616&field=cover:string", "Training areas", "memory"
    )
    features = list(stored.getFeatures())
    layer.startEditing()
    for feature in features:
        new = type(feature)(layer.fields())
        new.setGeometry(feature.geometry())
        new["cover"] = feature["cover"]
        layer.addFeature(new)
    # Not committed: the dialog must take unsaved edits of a scratch layer.
    layer.setRenderer(stored.renderer().clone())
    QgsProject.instance().addMapLayer(layer)
    return layer


def open_dialog(cube, areas, checked, folder, epochs):
    """Open the algorithm's dialog and fill it in."""
    parameters = {
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
    }
    dialog = processing.createAlgorithmDialog("miaf:trainandclassify", parameters)
    dialog.resize(980, 760)
    dialog.show()
    wait(2)
    return dialog


def run_and(dialog, act):
    """Press Run, call `act` while it works, and wait for the end."""
    ended = []
    dialog.algorithmFinished.connect(lambda ok, results: ended.append((ok, results)))
    dialog.runButton().click()
    act(ended)
    wait(400, lambda: bool(ended))
    return ended[0] if ended else (None, {})


def log_of(dialog):
    """Return the text of the dialog's log."""
    texts = [widget.toPlainText() for widget in dialog.findChildren(QTextEdit)]
    return max(texts, key=len, default="")


def open_scene():
    """Open the cube, the validation areas and the scratch layer; return all three."""
    cube = QgsRasterLayer(str(SCENE / "indian_pines.tif"), "Indian Pines")
    QgsProject.instance().addMapLayer(cube)
    source = f"{SCENE / 'validation.gpkg'}|layername=validation"
    checked = QgsVectorLayer(source, "Validation areas", "ogr")
    QgsProject.instance().addMapLayer(checked)
    areas = scratch_layer()
    iface.mapCanvas().setExtent(cube.extent())
    iface.mapCanvas().refresh()
    wait(4)
    shoot(iface.mainWindow(), "areas")
    return cube, areas, checked


def cancelled_run(layers, outcome):
    """Cancel a long run in the middle of its training."""
    folder = WORK / "cancelled"
    folder.mkdir()
    dialog = open_dialog(*layers, folder, 5000)

    def cancel(ended):
        bars = dialog.findChildren(QProgressBar)
        outcome["cancelled_in_training"] = wait(
            90, lambda: any(bar.value() >= 9 for bar in bars)
        )
        buttons = dialog.findChildren(QPushButton)
        next(b for b in buttons if "ancel" in b.text() and b.isEnabled()).click()
        outcome["cancel_ended_in_2_5_s"] = wait(2.5, lambda: bool(ended))

    run_and(dialog, cancel)
    wait(1)
    outcome["cancel_left"] = sorted(path.name for path in folder.iterdir())
    dialog.close()


def whole_run(layers, outcome):
    """Let a run finish."""
    folder = WORK / "results"
    folder.mkdir()
    dialog = open_dialog(*layers, folder, EPOCHS)
    shoot(dialog, "dialog")

    def watch(ended):
        bars = dialog.findChildren(QProgressBar)
        wait(90, lambda: bool(ended) or any(bar.value() >= 50 for bar in bars))
        shoot(dialog, "progress")

    outcome["run_ok"], results = run_and(dialog, watch)
    wait(3)
    outcome["results"] = {key: str(value) for key, value in results.items()}
    outcome["log"] = log_of(dialog)
    shoot(dialog, "log")
    dialog.close()


def look_at_map(outcome):
    """Show the map alone and keep its legend."""
    layers = list(QgsProject.instance().mapLayers().values())
    maps = [layer for layer in layers if layer.source().endswith("map.tif")]
    for layer in layers:
        node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
        node.setItemVisibilityChecked(layer in maps)
        node.setExpanded(layer in maps)
    iface.mapCanvas().refreshAllLayers()
    wait(4)
    shoot(iface.mainWindow(), "styled_map")
    outcome["legend"] = [
        [int(item.value), item.label, item.color.name()]
        for item in (maps[0].renderer().classes() if maps else [])
    ]


def main():
    """Do it all and return what was seen."""
    outcome = {"epochs": EPOCHS}
    iface.mainWindow().resize(1400, 880)
    layers = open_scene()
    cancelled_run(layers, outcome)
    whole_run(layers, outcome)
    look_at_map(outcome)
    outcome["torch_in_qgis"] = "torch" in sys.modules
    return outcome


def start():
    """Run, write the outcome whatever happened, and leave QGIS."""
    try:
        outcome = main()
    except Exception:  # noqa: BLE001 - whatever it is must reach check.py
        outcome = {"defect": traceback.format_exc()}
        shoot(QApplication.activeWindow() or iface.mainWindow(), "defect")
    (WORK / "outcome.json").write_text(json.dumps(outcome, indent=1), encoding="utf-8")
    QgsProject.instance().setDirty(False)
    QgsApplication.exit(0)
    os._exit(0)


QTimer.singleShot(3000, start)
