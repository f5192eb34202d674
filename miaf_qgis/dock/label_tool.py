"""What the map tools of the panel share: the keys that they listen to."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeySequence


class LabelTool(QgsMapTool):
    """A map tool that gives the current class to places of the map.

    Attributes:
        marks_areas: Areas unlike their class are outlined while it is used.
        undo_wanted: Emitted at Ctrl+Z.
        redo_wanted: Emitted at Ctrl+Shift+Z.
        class_wanted: Emitted at the keys 1 to 9, with the row of a class from 0.
        refused: Emitted with the reason where a change cannot be made.
    """

    marks_areas = True
    undo_wanted = pyqtSignal()
    redo_wanted = pyqtSignal()
    class_wanted = pyqtSignal(int)
    refused = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_colour(self, colour: str) -> None:
        """Draw in the colour of a class."""
        raise NotImplementedError

    def paint(self, band: Any, colour: str) -> None:
        """Give a rubber band the colour of a class, thinner inside."""
        inside = QColor(colour)
        inside.setAlpha(80)
        band.setStrokeColor(QColor(colour))
        band.setFillColor(inside)
        band.setWidth(2)

    def take_key(self, event: Any) -> bool:
        """Act on a key of the tool's own; return whether it was one."""
        return False

    def keyPressEvent(self, event: Any) -> None:
        if self.take_key(event):
            pass
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        elif event.text() and event.text() in "123456789":
            self.class_wanted.emit(int(event.text()) - 1)
        else:
            return
        event.ignore()  # The canvas has nothing to do with it any more.
