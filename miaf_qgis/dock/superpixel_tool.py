"""The map tool that labels superpixels: a click or a brush gives the current class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt

from miaf_qgis.dock.area_layer import AreaLayerError
from miaf_qgis.dock.label_tool import LabelTool
from miaf_qgis.dock.superpixels import ClickablePolygons, Stroke
from miaf_qgis.dock.training_areas import TrainingAreas

_POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry
# Pixels of the screen between the places that a quick brush touches.
_STEP = 4


class SuperpixelTool(LabelTool):
    """Labels the polygons that it touches, or takes the class from them again.

    Args:
        canvas: The map.
        areas: The training areas.
        current: Returns the name of the current class.
    """

    def __init__(
        self, canvas: QgsMapCanvas, areas: TrainingAreas, current: Callable[[], str]
    ) -> None:
        super().__init__(canvas)
        self._areas = areas
        self._current = current
        self._under = QgsRubberBand(canvas, _POLYGON)
        self._touched = QgsRubberBand(canvas, _POLYGON)
        self._clickable = ClickablePolygons(areas)
        self._stroke: Stroke | None = None
        self._last: QPoint | None = None
        self.set_colour("#e69f00")

    def set_colour(self, colour: str) -> None:
        self.paint(self._under, colour)
        self.paint(self._touched, colour)

    def activate(self) -> None:
        super().activate()
        self._clickable = ClickablePolygons(self._areas)

    def deactivate(self) -> None:
        self._stroke = None
        self._under.reset(_POLYGON)
        self._touched.reset(_POLYGON)
        super().deactivate()

    def canvasPressEvent(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._current():
            self._clickable = ClickablePolygons(self._areas)
            self._stroke = Stroke(self._areas, self._current())
            self._last = event.pos()
            self._touch(event.pos())

    def canvasMoveEvent(self, event: Any) -> None:
        if self._stroke is None or self._last is None:
            self._show_under(event.pos())
            return
        way = event.pos() - self._last
        steps = max(1, way.manhattanLength() // _STEP)
        for step in range(1, steps + 1):
            self._touch(self._last + way * step / steps)
        self._last = event.pos()

    def canvasReleaseEvent(self, event: Any) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None and event.button() == Qt.MouseButton.LeftButton:
            try:
                stroke.apply()
            except AreaLayerError as error:
                self.refused.emit(str(error))
        self._touched.reset(_POLYGON)

    def take_key(self, event: Any) -> bool:
        if event.key() != Qt.Key.Key_Escape or self._stroke is None:
            return False
        self._stroke = None
        self._touched.reset(_POLYGON)
        return True

    def _touch(self, spot: QPoint) -> None:
        shape = self._polygon(spot)
        if shape is None or self._stroke is None:
            return
        if self._stroke.touch(shape):
            self._touched.addGeometry(self._on_map(shape), None)

    def _show_under(self, spot: QPoint) -> None:
        shape = self._polygon(spot)
        self._under.reset(_POLYGON)
        if shape is not None:
            self._under.setToGeometry(self._on_map(shape), None)

    def _polygon(self, spot: QPoint) -> QgsGeometry | None:
        place: QgsPointXY = self.toMapCoordinates(spot)
        crs = self.canvas().mapSettings().destinationCrs()
        try:
            return self._clickable.at(place, crs)
        except QgsCsException:
            return None  # Outside of where the CRS holds.

    def _on_map(self, shape: QgsGeometry) -> QgsGeometry:
        source = self._areas.layer or self._areas.cube
        shown = QgsGeometry(shape)
        if source is not None:
            crs = self.canvas().mapSettings().destinationCrs()
            project = QgsProject.instance()
            shown.transform(QgsCoordinateTransform(source.crs(), crs, project))
        return shown
