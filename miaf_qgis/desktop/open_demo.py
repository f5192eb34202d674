"""The demo scene in the desktop: opened once, styled, and in view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateTransform, QgsMapLayer, QgsProject, QgsRectangle

from miaf_qgis.algorithms.demo import demo_paths

# Share of the scene's size that is left free around it.
_MARGIN = 1.05


def open_demo(iface: Any) -> None:
    """Open the demo scene, or find it in the project, and zoom to it."""
    if find_cube() is None:
        import processing

        processing.runAndLoadResults("miaf:demo", {})
    cube = find_cube()
    if cube is None:  # Processing has told the user why.
        return
    canvas = iface.mapCanvas()
    canvas.setExtent(extent_in_project(cube))
    canvas.refresh()


def find_cube() -> QgsMapLayer | None:
    """Return the layer of the demo cube in the project."""
    wanted = Path(demo_paths()["CUBE"])
    for layer in QgsProject.instance().mapLayers().values():
        if layer.isValid() and Path(layer.source()) == wanted:
            return layer
    return None


def extent_in_project(layer: QgsMapLayer) -> QgsRectangle:
    """Return a layer's extent in the project's CRS, a little enlarged."""
    project = QgsProject.instance()
    transform = QgsCoordinateTransform(layer.crs(), project.crs(), project)
    extent = transform.transformBoundingBox(layer.extent())
    extent.scale(_MARGIN)
    return extent
