"""Changes that can be undone, for Qt 5 and Qt 6."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import QgsVectorLayer
from qgis.PyQt import QtGui, QtWidgets
from qgis.PyQt.QtCore import QObject

from miaf_qgis.dock.area_layer import AreaLayerError

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


class History:
    """The changes of a layer, in its edit buffer while it is edited, else in its file.

    Args:
        parent: Owner of the changes.
    """

    def __init__(self, parent: QObject) -> None:
        self._stack = UndoStack(parent)
        self._layer: QgsVectorLayer | None = None
        # Of a step that Qt has called.
        self._error: AreaLayerError | None = None

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Begin with another layer; None has no changes."""
        self._layer = layer
        self.clear()

    def clear(self) -> None:
        """Forget the changes of the file."""
        self._stack.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._steps.canUndo())

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to do again."""
        return bool(self._steps.canRedo())

    def do(
        self, text: str, do: Callable[[], object], undo: Callable[[], object]
    ) -> None:
        """Make a change; one that fails is no step.

        Args:
            text: What it is called.
            do: Makes it.
            undo: Takes it back, where the layer's edit buffer does not.

        Raises:
            AreaLayerError: It could not be written.
        """
        layer = self._layer
        if layer is None or not layer.isEditable():
            do()
            self._stack.push(Step(text, do, undo, self._attempt))
            return
        layer.beginEditCommand(text)
        try:
            do()
        except AreaLayerError:
            layer.destroyEditCommand()
            raise
        layer.endEditCommand()

    def undo(self) -> None:
        """Take the last change back; raises as `do`, and can be tried again."""
        steps = self._steps
        self._move(steps.undo, steps.redo)

    def redo(self) -> None:
        """Do the change again that was taken back; raises as `undo`."""
        steps = self._steps
        self._move(steps.redo, steps.undo)

    @contextmanager
    def one_step(self, text: str) -> Iterator[None]:
        """Make one step of the changes within, as undo takes it back."""
        steps = self._steps
        steps.beginMacro(text)
        try:
            yield
        finally:
            steps.endMacro()  # Before it there is nothing to undo yet.
            step = steps.command(steps.count() - 1)
            if not step.childCount():  # The first change has failed.
                step.setObsolete(True)
                steps.undo()

    @property
    def _steps(self) -> Any:
        layer = self._layer
        return layer.undoStack() if layer and layer.isEditable() else self._stack

    def _move(self, there: Callable[[], None], back: Callable[[], None]) -> None:
        there()
        error = self._taken_error()
        if error is None:
            return
        back()  # What was done of it; the rest of it knows that it was not.
        if self._taken_error() is not None:
            self._stack.clear()
        raise error

    def _taken_error(self) -> AreaLayerError | None:
        error, self._error = self._error, None
        return error

    def _attempt(self, change: Callable[[], object]) -> bool:
        """Make a change of a step, none after an error; return whether it was made."""
        if self._error is None:
            try:
                change()
            except AreaLayerError as error:
                self._error = error
        return self._error is None
