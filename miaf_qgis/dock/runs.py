"""An algorithm that runs in the background, as its dialog would run it."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from miaf_qgis.translation import tr


class _Feedback(QgsProcessingFeedback):
    """Tells what it hears in the worker's thread; keeps what is said at the end."""

    said = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(True)  # All of it goes to QGIS's log, too.
        self.error = self.when_cancelled = ""

    def pushInfo(self, text: str) -> None:
        super().pushInfo(text)
        if self.isCanceled():
            self.when_cancelled = text

    def setProgressText(self, text: str) -> None:
        super().setProgressText(text)
        self.said.emit(text)

    def reportError(self, text: str, fatalError: bool = False) -> None:
        super().reportError(text, fatalError)
        self.error = text or self.error


class Run(QObject):
    """One run of an algorithm in a task of QGIS's.

    Layers are loaded, styled and named as after a run from the Toolbox.

    Args:
        algorithm: Id of the algorithm.
        parameters: Its parameters.
        parent: Owner.

    Attributes:
        progressed: Emitted with the share done, 0..100.
        said: Emitted with what the run is at.
        ended: Emitted once, with the algorithm's results, and the reason where there
            are none; of a run that was cancelled, whether it can continue.
    """

    progressed = pyqtSignal(float)
    said = pyqtSignal(str)
    ended = pyqtSignal(dict, str)

    def __init__(
        self, algorithm: str, parameters: dict[str, Any], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.algorithm_id = algorithm
        self.parameters = parameters
        self._feedback = _Feedback()
        self._feedback.progressChanged.connect(self.progressed)
        self._feedback.said.connect(self.said)
        self._context: QgsProcessingContext | None = None
        self._task: Any = None
        self._algorithm: QgsProcessingAlgorithm | None = None

    def start(self) -> None:
        """Start it; what cannot work ends at once, with the reason."""
        from processing.tools.dataobjects import createContext

        registry = QgsApplication.processingRegistry()
        self._algorithm = registry.createAlgorithmById(self.algorithm_id)
        if self._algorithm is None:
            self.ended.emit(
                {},
                tr(
                    "There is no algorithm '{name}'. Is the plugin Processing enabled?"
                ).format(name=self.algorithm_id),
            )
            return
        self._context = createContext(self._feedback)
        for fine, reason in self._checks(self._algorithm):
            if not fine:
                self.ended.emit({}, reason)
                return
        self._task = QgsProcessingAlgRunnerTask(
            self._algorithm, self.parameters, self._context, self._feedback
        )
        if self._task.isCanceled():  # It could not be prepared.
            self.ended.emit({}, self._feedback.error)
            return
        self._task.executed.connect(self._finish)
        QgsApplication.taskManager().addTask(self._task)

    def _checks(self, algorithm: QgsProcessingAlgorithm) -> Any:
        yield algorithm.canExecute()
        yield algorithm.checkParameterValues(self.parameters, self._context)

    @property
    def is_cancelled(self) -> bool:
        """Whether a person has cancelled it."""
        return bool(self._feedback.isCanceled())

    def cancel(self) -> None:
        """Ask it to stop; the engine has two seconds for that."""
        self._feedback.cancel()

    def take_layer(self, name: str) -> Any:
        """Return a layer of the results that is in no project, None where it is not."""
        return self._context.takeResultLayer(name) if self._context else None

    def _finish(self, fine: bool, results: dict[str, Any]) -> None:
        self._task = None
        context = self._context
        if self.is_cancelled or not fine or not results or context is None:
            said = self._feedback
            self.ended.emit(
                {}, said.when_cancelled if self.is_cancelled else said.error
            )
            return
        from processing.gui.Postprocessing import handleAlgorithmResults

        for path in context.layersToLoadOnCompletion():
            # The name that tells the run, where QGIS would take that of the file.
            context.layerToLoadOnCompletionDetails(path).forceName = True
        handleAlgorithmResults(
            self._algorithm, context, self._feedback, parameters=self.parameters
        )
        self.ended.emit(results, "")
