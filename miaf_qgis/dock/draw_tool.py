"""The map tool that draws an area: click its corners, or drag around it."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence

from miaf_qgis.dock.label_tool import LabelTool

_POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry
# Pixels of the screen that a hand moves while it clicks.
_STILL = 8
_CORNERS = 3


class DrawTool(LabelTool):
    """Draws polygons.

    A left click sets a corner and a right click ends; a drag draws the outline itself
    and ends where the button is let go. Backspace takes the last corner back, Escape
    gives the area up.

    Attributes:
        drawn: Emitted with each area, in the CRS of the map.
    """

    drawn = pyqtSignal(QgsGeometry)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._band = QgsRubberBand(canvas, _POLYGON)
        self._corners: list[QgsPointXY] = []
        self._pressed: QPoint | None = None
        self._dragged = False
        self._ended = False
        self.set_colour("#e69f00")

    def set_colour(self, colour: str) -> None:
        """Draw in the colour of a class."""
        self.paint(self._band, colour)

    def deactivate(self) -> None:
        self._give_up()
        super().deactivate()

    def canvasPressEvent(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.pos()

    def canvasMoveEvent(self, event: Any) -> None:
        here = self.toMapCoordinates(event.pos())
        if self._pressed is not None and not self._corners:
            distance = (event.pos() - self._pressed).manhattanLength()
            if distance > _STILL:
                self._dragged = True
                self._corners.append(self.toMapCoordinates(self._pressed))
        if self._dragged:
            self._corners.append(here)
        self._show(here)

    def canvasReleaseEvent(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._end()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if self._ended:  # The second click of a double click.
            self._ended = False
        elif self._dragged:
            self._end()
        else:
            self._corners.append(self.toMapCoordinates(event.pos()))
            self._show()

    def canvasDoubleClickEvent(self, event: Any) -> None:
        self._end()
        self._ended = True

    def take_key(self, event: Any) -> bool:
        if not self._corners:
            return False
        back = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif back or event.matches(QKeySequence.StandardKey.Undo):
            self._take_back()
        else:
            return False
        return True

    def _take_back(self) -> None:
        self._corners = self._corners[:-1]
        self._show()

    def _give_up(self) -> None:
        self._corners = []
        self._pressed = None
        self._dragged = False
        self._band.reset(_POLYGON)

    def _show(self, here: QgsPointXY | None = None) -> None:
        self._band.reset(_POLYGON)
        points = [*self._corners, *([here] if here and self._corners else [])]
        for point in points:
            self._band.addPoint(point, point is points[-1])

    def _shape(self) -> QgsGeometry:
        return QgsGeometry.fromPolygonXY([self._corners])

    def _end(self) -> None:
        shape, dragged = self._shape(), self._dragged
        enough = len(self._corners) >= _CORNERS
        self._give_up()
        if not enough:
            return
        if dragged:  # A point for each move of the mouse is more than an area needs.
            shape = shape.simplify(self.canvas().mapUnitsPerPixel())
        if not shape.isGeosValid():
            shape = shape.makeValid()
            shape.convertGeometryCollectionToSubclass(_POLYGON)
        if shape.area() > 0:
            self.drawn.emit(shape)
