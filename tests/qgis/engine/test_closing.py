"""A dialog that is closed while its run lasts."""

import pytest
from qgis.core import QgsProcessingFeedback
from qgis.PyQt.QtWidgets import QApplication, QDialog, QMessageBox

from miaf_qgis.engine.closing import OnClose

BUTTONS = QMessageBox.StandardButton


@pytest.fixture
def closed(monkeypatch):
    """Return what closes a running dialog with an answer, as [dialog, watcher]."""

    def close(answer):
        dialog, feedback = QDialog(), QgsProcessingFeedback()
        watcher = OnClose(dialog, feedback)
        monkeypatch.setattr(watcher, "_ask", lambda _: answer)
        dialog.show()
        dialog.close()
        return dialog, watcher, feedback

    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no widgets in this run")
    return close


def test_a_stopped_run_does_not_bring_its_dialog_back(closed):
    dialog, watcher, feedback = closed(BUTTONS.Yes)
    assert feedback.isCanceled()
    assert not dialog.isVisible()
    watcher.running = False
    dialog.show()  # as QGIS does for the log of a run that did not succeed
    QApplication.processEvents()
    assert not dialog.isVisible()
    dialog.show()  # whoever opens it later means it
    QApplication.processEvents()
    assert dialog.isVisible()


def test_so_does_one_that_was_cancelled_before_it_was_closed(closed):
    dialog, watcher, feedback = closed(BUTTONS.Cancel)
    feedback.cancel()
    dialog.close()
    assert not dialog.isVisible()
    watcher.running = False
    dialog.show()
    QApplication.processEvents()
    assert not dialog.isVisible()


def test_a_run_in_the_background_may_show_its_errors(closed):
    dialog, watcher, feedback = closed(BUTTONS.No)
    assert not feedback.isCanceled()
    assert not dialog.isVisible()
    watcher.running = False
    dialog.show()
    QApplication.processEvents()
    assert dialog.isVisible()


def test_a_dialog_that_is_kept_stays(closed):
    dialog, _, feedback = closed(BUTTONS.Cancel)
    assert not feedback.isCanceled()
    assert dialog.isVisible()


class Log(QgsProcessingFeedback):
    """Keeps what QGIS writes into a dialog's log."""

    def __init__(self):
        super().__init__(False)
        self.lines = []

    def reportError(self, text, fatalError=False):
        self.lines.append(("error", text))

    def pushInfo(self, text):
        self.lines.append(("info", text))


def test_a_cancelled_run_is_not_said_to_have_failed():
    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no widgets in this run")
    feedback = Log()
    OnClose(QDialog(), feedback).say_at_end("Cancelled.")
    feedback.reportError("Execution failed after 2.00 seconds")
    feedback.reportError("another error")
    assert feedback.lines == [("info", "Cancelled."), ("error", "another error")]
