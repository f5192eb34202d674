"""The maps of the panel's runs among the project's layers, and their hectares."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsDistanceArea,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from miaf_qgis.layers.class_styles import raster_class_styles
from miaf_qgis.layers.run_notes import is_of_run, layers_of_run

_SQUARE_METRES = 10_000.0  # of a hectare
PIXEL_COUNT = "native:rasterlayeruniquevaluesreport"


def raise_layer(layer: QgsMapLayer | None) -> None:
    """Put a layer on top of all others of the project."""
    root = QgsProject.instance().layerTreeRoot()
    node = root.findLayer(layer.id()) if layer is not None else None
    if node is None or root.children()[0] is node:
        return
    root.insertChildNode(0, node.clone())  # First: no copy left, and the layer goes.
    node.parent().removeChildNode(node)


def hide_map(layer: QgsMapLayer | None) -> None:
    """Hide an earlier map with the other layers of its run; all stay in the project.

    A group that has layers of the user's too stays visible.
    """
    root = QgsProject.instance().layerTreeRoot()
    node = root.findLayer(layer.id()) if layer is not None else None
    if node is None:
        return
    group = node.parent()
    if group is not root and all(is_of_run(child) for child in group.children()):
        hidden = [group]
    else:
        hidden = [root.findLayer(made.id()) for made in layers_of_run(layer)]
    for each in hidden:
        each.setItemVisibilityChecked(False)
        each.setExpanded(False)


def show_layer(layer: QgsMapLayer, wanted: bool) -> None:
    """Show a layer, or hide it."""
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is not None:
        node.setItemVisibilityChecked(wanted)


def hectares(layer: QgsRasterLayer, counts: QgsVectorLayer) -> dict[str, float]:
    """Return the hectares of each class of a map.

    Args:
        layer: The map.
        counts: Table of PIXEL_COUNT: `value` and `count`.
    """
    styles, size = raster_class_styles(layer) or [], _pixel_size(layer)
    names = {style["key"]: style["name"] for style in styles}
    if not size:
        return {}
    return {
        names[int(row["value"])]: row["count"] * size / _SQUARE_METRES
        for row in counts.getFeatures()
        if int(row["value"]) in names
    }


def _pixel_size(layer: QgsRasterLayer) -> float:
    """Return the square metres of a pixel in the middle, 0 without a CRS."""
    if not layer.crs().isValid():
        return 0.0
    project = QgsProject.instance()
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), project.transformContext())
    measure.setEllipsoid(layer.crs().ellipsoidAcronym() or "EPSG:7030")
    middle: QgsPointXY = layer.extent().center()
    pixel = QgsRectangle(
        middle.x(),
        middle.y(),
        middle.x() + abs(layer.rasterUnitsPerPixelX()),
        middle.y() + abs(layer.rasterUnitsPerPixelY()),
    )
    measured: Any = measure.measureArea(QgsGeometry.fromRect(pixel))
    return float(measured)
