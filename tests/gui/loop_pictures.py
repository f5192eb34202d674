"""Runs inside the QGIS desktop: takes the pictures of the loop in active_learning.md.

Classifies the demo scene, suggests areas, sets their classes in the attribute table,
continues from the model and compares both maps, each in its dialog.
"""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

import processing  # noqa: E402
from person import install_zip, log_of, open_scene, run_and, shoot, wait, when_ready  # noqa: E402
from qgis.core import QgsProject, QgsRasterLayer  # noqa: E402
from qgis.PyQt.QtWidgets import QDockWidget  # noqa: E402
from qgis.utils import iface  # noqa: E402

EPOCHS = int(os.environ.get("MIAF_GUI_EPOCHS", "20"))
TRUTH = ROOT / "resources" / "demo" / "ground_truth.tif"
FIRST, BETTER = "first.miaf.safetensors", "better.miaf.safetensors"


def run_dialog(name, parameters, picture=None):
    """Run an algorithm in its dialog, as from the toolbox; return the new layers."""
    before = set(QgsProject.instance().mapLayers())
    dialog = processing.createAlgorithmDialog(f"miaf:{name}", parameters)
    dialog.show()
    dialog.resize(980, 700)
    wait(2)
    if picture:
        shoot(dialog, picture)
    fine, _ = run_and(dialog, lambda ended: None, 500)
    if fine is not True:
        raise RuntimeError(log_of(dialog))
    wait(3)
    dialog.close()
    layers = QgsProject.instance().mapLayers()
    return [layers[name] for name in layers if name not in before]


def show_only(layers):
    """Show these layers, and the legend of the first one."""
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        node.setItemVisibilityChecked(node.layer() in layers)
        node.setExpanded(node.layer() == layers[0])
    iface.messageBar().clearWidgets()
    iface.mainWindow().findChild(QDockWidget, "ResultsViewer").setVisible(False)
    iface.mapCanvas().refreshAllLayers()
    wait(3)


def training(layers, model, **more):
    """Return the parameters of a training on the demo scene."""
    return {
        "CUBE": layers["indian_pines.tif"].id(),
        "ROIS": layers["rois.gpkg"].id(),
        "CLASS_FIELD": "cover",
        "VALIDATION_ROIS": layers["validation.gpkg"].id(),
        "EPOCHS": EPOCHS,
        "DEVICE": "cpu",
        "OUTPUT": "TEMPORARY_OUTPUT",
        "MODEL": model,
        **more,
    }


def named_map(found, name):
    """Return the class map among new layers, renamed."""
    chosen = next(layer for layer in found if layer.name().startswith("Class map"))
    chosen.setName(name)
    return chosen


def keep_largest(areas):
    """Filter the layer to the largest area of each class."""
    largest = {}
    for feature in areas.getFeatures():
        entry = (feature.geometry().area(), feature.id())
        largest[feature["cover"]] = max(entry, largest.get(feature["cover"], (0, 0)))
    numbers = ", ".join(str(number) for _, number in largest.values())
    areas.setSubsetString(f"fid IN ({numbers})")


def set_classes(areas):
    """Set what the ground truth says in the middle of each area; show the table."""
    truth = QgsRasterLayer(str(TRUTH), "truth")
    names = {entry.value: entry.label for entry in truth.renderer().classes()}
    areas.startEditing()
    place = areas.fields().indexFromName("cover")
    for feature in list(areas.getFeatures()):
        middle = feature.geometry().pointOnSurface().asPoint()
        value, known = truth.dataProvider().sample(middle, 1)
        if known and value > 0:
            areas.changeAttributeValue(feature.id(), place, names[int(value)])
    table = iface.showAttributeTable(areas)
    wait(2)
    table.window().resize(1000, 360)
    wait(1)
    shoot(table.window(), "loop_table")
    table.window().close()
    areas.commitChanges()


def main():
    """Take all pictures."""
    install_zip()
    os.chdir(WORK)
    layers = open_scene()
    cube, rois = layers["indian_pines.tif"], layers["rois.gpkg"]
    keep_largest(rois)
    iface.mapCanvas().setExtent(cube.extent())
    iface.mainWindow().findChild(QDockWidget, "Browser").setVisible(False)
    name = "trainandclassify"
    before = named_map(run_dialog(name, training(layers, FIRST)), "Map before")
    given = {"CUBE": cube.id(), "MODEL": FIRST, "ROIS": rois.id(), "COUNT": 10}
    given["PIXELS_PER_SUPERPIXEL"] = 50
    (areas,) = run_dialog("suggestareas", given)
    show_only([areas, rois, cube])
    shoot(iface.mainWindow(), "loop_suggestions")
    set_classes(areas)
    more = {"ROIS_MORE": areas.id(), "INITIAL_MODEL": FIRST}
    found = run_dialog(name, training(layers, BETTER, **more), "loop_continue")
    after = named_map(found, "Map after")
    both = {"BEFORE": before.id(), "AFTER": after.id()}
    changes = run_dialog("compare", both)
    show_only([*changes, areas])
    shoot(iface.mainWindow(), "loop_changes")


when_ready(main)
