"""The map tool that picks a pixel."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

_MARK, _MARK_WIDTH = "#e31a1c", 2


class PixelTool(QgsMapTool):
    """Tells where the mouse is and where it clicks, in the CRS of the canvas.

    Attributes:
        marks_areas: Areas unlike their class are outlined while it is used.
    """

    marks_areas = True
    clicked = pyqtSignal(QgsPointXY)
    hovered = pyqtSignal(QgsPointXY)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._mark: Any = None

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        self.hovered.emit(event.mapPoint())

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.mapPoint())

    def mark(self, outline: QgsGeometry | None) -> None:
        """Outline a pixel, given in the CRS of the canvas; None takes it away."""
        if self._mark is None:
            polygon = QgsWkbTypes.GeometryType.PolygonGeometry
            self._mark = QgsRubberBand(self.canvas(), polygon)
            self._mark.setStrokeColor(QColor(_MARK))
            self._mark.setFillColor(QColor(0, 0, 0, 0))
            self._mark.setWidth(_MARK_WIDTH)
        self._mark.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if outline is not None:
            self._mark.setToGeometry(outline, None)

    def remove(self) -> None:
        """Take tool and mark off the canvas."""
        canvas = self.canvas()
        canvas.unsetMapTool(self)
        if self._mark is not None:
            canvas.scene().removeItem(self._mark)
            self._mark = None
