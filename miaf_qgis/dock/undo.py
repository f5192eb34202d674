"""Changes that can be undone, for Qt 5 and Qt 6."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt import QtGui, QtWidgets

# In QtWidgets of Qt 5 and in QtGui of Qt 6.
UndoStack = getattr(QtGui, "QUndoStack", None) or QtWidgets.QUndoStack
_UndoCommand = getattr(QtGui, "QUndoCommand", None) or QtWidgets.QUndoCommand


class Step(_UndoCommand):  # type: ignore[misc, valid-type]
    """A change and its way back."""

    def __init__(
        self, text: str, do: Callable[[], object], undo: Callable[[], object]
    ) -> None:
        super().__init__(text)
        self._do = do
        self._undo = undo

    def redo(self) -> None:
        """Make the change."""
        self._do()

    def undo(self) -> None:
        """Take the change back."""
        self._undo()
