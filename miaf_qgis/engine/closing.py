"""Asks what becomes of a run whose dialog is closed.

QGIS lets it continue in the background, where only its list of tasks can end it;
whoever closes the dialog to be rid of the run would never know.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback
from qgis.PyQt.QtCore import QEvent, QObject, QTimer
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from miaf_qgis.desktop.algorithm_dialogs import container_of, dialog_of
from miaf_qgis.translation import tr


class OnClose(QObject):
    """Watches a dialog for as long as its run lasts.

    Attributes:
        running: Whether the run lasts; set to False from any thread at its end.
    """

    def __init__(self, dialog: QWidget, feedback: QgsProcessingFeedback) -> None:
        super().__init__(dialog)
        self.running = True
        self._feedback = feedback
        self._stopped = False
        dialog.installEventFilter(self)

    def say_at_end(self, text: str) -> None:
        """Have the log end with a text, in place of QGIS's words on a failure.

        QGIS says of whatever did not succeed that it failed, also where it was
        cancelled. It says so once, as an error, by the feedback of the dialog.
        """

        def report(*_failed: Any) -> None:
            del self._feedback.reportError
            self._feedback.pushInfo(text)

        self._feedback.reportError = report

    def eventFilter(self, dialog: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stopped:
            # QGIS shows the log of whatever did not succeed; this one was closed.
            self._stopped = False
            QTimer.singleShot(0, dialog.close)
        if event.type() != QEvent.Type.Close or not self.running:
            return False
        if not self._feedback.isCanceled():
            answer = self._ask(dialog)
            if answer == QMessageBox.StandardButton.Cancel:
                event.ignore()
                dialog.show()  # Its Close button has hidden it already.
                return True
            if answer == QMessageBox.StandardButton.Yes:
                self._feedback.cancel()
        self._stopped = self._feedback.isCanceled()
        return False

    def _ask(self, dialog: QWidget) -> Any:
        question = QMessageBox(
            QMessageBox.Icon.Question,
            dialog.windowTitle(),
            tr("The run is not finished. Stop it?"),
            QMessageBox.StandardButton.Yes
            | QMessageBox.StandardButton.No
            | QMessageBox.StandardButton.Cancel,
            dialog,
        )
        question.setInformativeText(
            tr(
                "If not, it continues in the background and is shown in the list of "
                "tasks at the bottom of the QGIS window. A training that is stopped "
                "continues where it was when you run it again."
            )
        )
        for button, text in (
            (QMessageBox.StandardButton.Yes, tr("Stop")),
            (QMessageBox.StandardButton.No, tr("Continue in the background")),
        ):
            question.button(button).setText(text)
        question.setDefaultButton(QMessageBox.StandardButton.Yes)
        return question.exec()


def watch_dialog(feedback: QgsProcessingFeedback) -> OnClose | None:
    """Watch the dialog that a run was started from; runs on the main thread.

    Returns:
        None where there is no such dialog, as in a script, a model or a batch.
    """
    dialog = dialog_of(feedback)
    return None if dialog is None else OnClose(container_of(dialog), feedback)
