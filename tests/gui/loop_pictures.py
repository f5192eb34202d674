"""Runs inside the QGIS desktop: takes the pictures of the loop in active_learning.md.

Maps four covers of the demo scene from two areas of each, suggests areas, sets their
classes in the attribute table, continues from the model and compares both maps, each in
its dialog.
"""

import os
import sys
from pathlib import Path

ROOT, WORK = Path(os.environ["MIAF_GUI_ROOT"]), Path(os.environ["MIAF_GUI_WORK"])
sys.path.append(str(ROOT / "tests" / "gui"))

import processing  # noqa: E402
from person import (  # noqa: E402
    install_zip,
    log_of,
    open_scene,
    run_and,
    shoot,
    show_docks,
    wait,
    when_ready,
)
from qgis.core import (  # noqa: E402
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsField,
    QgsFillSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant  # noqa: E402
from qgis.utils import iface  # noqa: E402

# The preset says how many, unless whoever tries the pictures is in a hurry.
EPOCHS = os.environ.get("MIAF_GUI_EPOCHS")
TRUTH = ROOT / "resources" / "demo" / "ground_truth.tif"
# What the demo's classes are called here, by their first word; others are no cover.
COVERS = {"Corn": "crops", "Soybean": "crops", "Grass": "grass", "Hay": "hay"}
COVERS |= {"Woods": "woods"}
COLOURS = {"crops": "#e0c060", "grass": "#7fc97f", "hay": "#b58fd0", "woods": "#1b5e3a"}
FEW = 2
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
    fine, _ = run_and(dialog, lambda ended: None, 1500)
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
        node.setExpanded(node.layerId() == layers[0].id())
    iface.messageBar().clearWidgets()
    show_docks("Layers")
    iface.mapCanvas().refreshAllLayers()
    wait(3)


def training(cube, rois, model, **more):
    """Return the parameters of a training."""
    return {
        "CUBE": cube.id(),
        "ROIS": rois.id(),
        "CLASS_FIELD": "cover",
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


def cover_of(name):
    """Return the cover that a class of the demo belongs to, None for none."""
    return COVERS.get(name.partition("-")[0])


def few_areas(stored):
    """Add and return a layer of the largest areas of each cover."""
    largest = {}
    for feature in stored.getFeatures():
        largest.setdefault(feature["cover"], []).append(feature.geometry())
    wanted = {}
    for name, shapes in largest.items():
        if cover_of(name):
            shapes.sort(key=lambda shape: -shape.area())
            alone = list(map(cover_of, largest)).count(cover_of(name)) == 1
            kept = wanted.setdefault(cover_of(name), [])
            kept += shapes[: FEW if alone else 1]
    layer = QgsVectorLayer(f"Polygon?crs={stored.crs().authid()}", "My areas", "memory")
    layer.dataProvider().addAttributes([QgsField("cover", QVariant.String)])
    layer.updateFields()
    for name, shapes in wanted.items():
        for shape in sorted(shapes, key=lambda shape: -shape.area())[:FEW]:
            feature = QgsFeature(layer.fields())
            feature["cover"] = name
            feature.setGeometry(shape)
            layer.dataProvider().addFeature(feature)
    categories = [
        QgsRendererCategory(
            name,
            QgsFillSymbol.createSimple({"color": colour, "outline_width": "0.5"}),
            name,
        )
        for name, colour in COLOURS.items()
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("cover", categories))
    QgsProject.instance().addMapLayer(layer)
    return layer


def set_classes(areas):
    """Set what the ground truth says in the middle of each area; show the table."""
    truth = QgsRasterLayer(str(TRUTH), "truth")
    names = {entry.value: entry.label for entry in truth.renderer().classes()}
    areas.startEditing()
    place = areas.fields().indexFromName("cover")
    for feature in list(areas.getFeatures()):
        middle = feature.geometry().pointOnSurface().asPoint()
        value, known = truth.dataProvider().sample(middle, 1)
        cover = cover_of(names.get(int(value), "")) if known else None
        if cover:
            areas.changeAttributeValue(feature.id(), place, cover)
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
    cube, stored = layers["indian_pines.tif"], layers["rois.gpkg"]
    rois = few_areas(stored)
    others = [stored.id(), layers["validation.gpkg"].id()]
    QgsProject.instance().removeMapLayers(others)
    iface.mapCanvas().setExtent(cube.extent())
    show_docks("Layers")
    name = "trainandclassify"
    before = named_map(run_dialog(name, training(cube, rois, FIRST)), "Map before")
    given = {"CUBE": cube.id(), "MODEL": FIRST, "ROIS": rois.id(), "COUNT": 10}
    given["PIXELS_PER_SUPERPIXEL"] = 50
    (areas,) = run_dialog("suggestareas", given)
    show_only([areas, rois, cube])
    shoot(iface.mainWindow(), "loop_suggestions")
    set_classes(areas)
    more = {"ROIS_MORE": areas.id(), "INITIAL_MODEL": FIRST}
    found = run_dialog(name, training(cube, rois, BETTER, **more), "loop_continue")
    after = named_map(found, "Map after")
    both = {"BEFORE": before.id(), "AFTER": after.id()}
    changes = run_dialog("compare", both)
    show_only([*changes, areas])
    shoot(iface.mainWindow(), "loop_changes")


when_ready(main)
