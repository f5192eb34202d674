"""Draws training areas as a person does: a scratch layer, clicks, a style."""

import os
from pathlib import Path

from person import (
    draw_polygon,
    new_scratch_layer,
    shoot,
    stored_areas,
    style_by_category,
    wait,
)
from qgis.core import QgsVectorLayer
from qgis.PyQt.QtGui import QColor
from qgis.utils import iface

ROIS = Path(os.environ["MIAF_GUI_ROOT"]) / "resources" / "demo" / "rois.gpkg"


def demo_colours():
    """Return the colours of the demo's classes in the order of their names, then grey.

    Grey is for "all other values".
    """
    stored = QgsVectorLayer(f"{ROIS}|layername=rois", "stored")
    stored.loadDefaultStyle()
    categories = [c for c in stored.renderer().categories() if c.label()]
    categories.sort(key=lambda category: category.label())
    return [*(category.symbol().color() for category in categories), QColor("grey")]


def draw_areas(drawing, done):
    """Draw two areas of each class into a scratch layer and style it.

    Args:
        drawing: Name of the picture in the middle of drawing.
        done: Name of the picture of the styled areas.

    Returns:
        The layer, and the number of areas drawn by class.
    """
    areas = new_scratch_layer("My areas", "cover")
    iface.setActiveLayer(areas)
    if not areas.isEditable():
        areas.startEditing()
    iface.actionAddFeature().trigger()
    wanted = stored_areas(ROIS)
    for name, shapes in wanted.items():
        for corners in shapes:
            draw_polygon(corners, name)
        if name == "Corn":
            shoot(iface.mainWindow(), drawing)
    drawn = [feature["cover"] for feature in areas.getFeatures()]
    style_by_category(areas, "cover", demo_colours())
    wait(2)
    shoot(iface.mainWindow(), done)
    return areas, {name: drawn.count(name) for name in wanted}
