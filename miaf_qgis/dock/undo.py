"""Changes that can be undone, for Qt 5 and Qt 6."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt import QtGui, QtWidgets

# In QtWidgets of Qt 5 and in QtGui of Qt 6.
UndoStack = getattr(QtGui, "QUndoStack", None) or QtWidgets.QUndoStack
_UndoCommand = getattr(QtGui, "QUndoCommand", None) or QtWidgets.QUndoCommand


class Step(_UndoCommand):  # type: ignore[misc, valid-type]
    """A change that was made, and its way back.

    Args:
        text: What it is called.
        do: Makes the change again.
        undo: Takes it back.
        attempt: Calls either of them, which may fail; returns whether it was done. Qt
            calls a step, and an error must not pass through Qt.
    """

    def __init__(
        self,
        text: str,
        do: Callable[[], object],
        undo: Callable[[], object],
        attempt: Callable[[Callable[[], object]], bool],
    ) -> None:
        super().__init__(text)
        self._do = do
        self._undo = undo
        self._attempt = attempt
        self._done = True

    def redo(self) -> None:
        """Make the change, unless it is made: Qt asks for it when it gets the step."""
        if not self._done:
            self._done = self._attempt(self._do)

    def undo(self) -> None:
        """Take the change back, unless that is done."""
        if self._done:
            self._done = not self._attempt(self._undo)
