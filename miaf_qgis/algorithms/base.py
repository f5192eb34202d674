"""What the algorithms share: guard, cancel, translation of errors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from miaf_engine.errors import MiafError
from miaf_qgis.algorithms.groups import group_id, group_title
from miaf_qgis.help_pages import icon_path, page_url
from miaf_qgis.layers.layer_files import layer_files, with_sources
from miaf_qgis.layers.quiet_rasters import open_quietly, opened_quietly
from miaf_qgis.settings import device_setting, memory_setting
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QWidget

    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.environment import Engine
    from miaf_qgis.engine.process import Job

_SOURCES = (
    *("cube", "labels", "model", "classification", "reference_labels", "mask"),
    *("before", "after", "initial_model"),
)

# Tasks whose output is a class map; that of others is something else.
_MAPPING = ("train", "classify")


class MiafAlgorithm(QgsProcessingAlgorithm):
    """An algorithm of this provider, with the checks of its parameters."""

    def createInstance(self) -> MiafAlgorithm:
        return type(self)()

    def group(self) -> str:
        return group_title(self.name())

    def groupId(self) -> str:
        return group_id(self.name())

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return str(icon_path(self.name()))

    def helpUrl(self) -> str:
        return page_url(self.name())

    def createCustomParametersWidget(self, parent: QWidget | None = None) -> Any:
        # Not at the top: qgis_process has no use for windows.
        from miaf_qgis.desktop.algorithm_dialogs import dialog_for

        return dialog_for(self, parent)

    def addParameter(
        self, parameter: QgsProcessingParameterDefinition, createOutput: bool = True
    ) -> bool:
        return super().addParameter(opened_quietly(parameter), createOutput)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse parameters that cannot work, as far as that is found out at once.

        Raises:
            MiafError: One is wrong.
            QgsProcessingException: One is wrong.
        """

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        open_quietly(self, parameters, context)
        try:
            self.check(parameters, context)
        except (MiafError, QgsProcessingException) as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)


class EngineAlgorithm(MiafAlgorithm):
    """An algorithm that runs the engine.

    Parameters become a job on the main thread, where layers may be touched; the job
    gets its targets and is run on a worker thread, where they may not.

    Attributes:
        engine: What runs it; known once the parameters were read.
        work: The job; known once the parameters were read.
    """

    engine: Engine
    work: Job

    def __init__(self) -> None:
        super().__init__()
        self.answer: Answer | None = None
        self.layer_files: tuple[str, ...] = ()
        self.dialog: Any = None  # An OnClose, where the run was started from one.

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        """Return what the engine is to do, without targets; runs on the main thread."""
        raise NotImplementedError

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        """Return the request's fields that say what to write, each a path or None.

        Runs on the worker thread: a layer to be loaded that is named before would be
        forgotten, because Processing then takes the worker's list in place of its own.

        Args:
            parameters: Parameters of the run.
            context: Context of the worker.
            sources: Files that must not be overwritten.
        """
        raise NotImplementedError

    def complete(
        self, job: Job, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> Job:
        """Return the job with its targets."""
        given = (job.request[key] for key in _SOURCES if job.request.get(key))
        sources = tuple(file for path in given for file in with_sources(str(path)))
        targets = self.targets(parameters, context, (*sources, *self.layer_files))
        paths = tuple(path for path in targets.values() if path)
        return replace(job, request={**job.request, **targets}, targets=paths)

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        """Return the algorithm's outputs, each by its name."""
        raise NotImplementedError

    def style(self, context: QgsProcessingContext, answer: Answer) -> None:
        """Style the layers about to be loaded; runs on the main thread."""

    def canExecute(self) -> tuple[bool, str]:
        return engine_ready()

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        if not self.read_parameters(parameters, context, feedback):
            return False
        from miaf_qgis.engine.closing import watch_dialog  # Only a run needs widgets.

        self.dialog = watch_dialog(feedback)
        return True

    def read_parameters(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Find the engine and make the job; no dialog hears of it.

        Returns:
            False where there is no engine, which the feedback says.

        Raises:
            QgsProcessingException: A parameter is wrong.
        """
        from miaf_qgis.engine.environment import find_engine

        self.engine = find_engine()
        if not self.engine.usable:
            # Not raised: QGIS would report and log it, and qgis_process shows both.
            feedback.reportError(self.engine.problem, fatalError=True)
            return False
        open_quietly(self, parameters, context)  # A script may not have had it checked.
        try:
            self.check(parameters, context)
            self.layer_files = layer_files(self, parameters, context)
            work = self.job(parameters, context, feedback)
            self.work = replace(work, request=_with_options(work.request, feedback))
        except MiafError as error:
            raise QgsProcessingException(str(error)) from error
        return True

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        import shutil

        from miaf_qgis.engine.child_process import Stopped
        from miaf_qgis.engine.process import run_engine

        feedback.pushDebugInfo(f"{self.engine.python} ({self.engine.origin})")
        try:
            self.work = self.complete(self.work, parameters, context)
            self.answer = run_engine(self.engine.python, self.work, feedback)
        except Stopped as stopped:
            if self.dialog is not None:
                self.dialog.say_at_end(str(stopped))
            else:
                feedback.pushInfo(str(stopped))
            return {}
        finally:
            if self.dialog is not None:
                self.dialog.running = False
            shutil.rmtree(self.work.folder, ignore_errors=True)
        return self.results(self.work.request, self.answer)

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        if self.answer is not None:
            self.style(context, self.answer)
            is_map = self.work.task in _MAPPING and self.work.request.get("output")
            if self.dialog is not None and is_map:
                from miaf_qgis.engine.training_signals import TRAINING

                TRAINING.mapped.emit(self.work.request, self.answer.figures)
        return {}


def engine_ready() -> tuple[bool, str]:
    """Return whether there is an engine, as far as that is known, and why not."""
    from miaf_qgis.engine.environment import find_engine

    engine = find_engine(ask=False)
    return engine.usable, engine.problem


def _with_options(
    request: dict[str, Any], feedback: QgsProcessingFeedback
) -> dict[str, Any]:
    """Return a request in which QGIS's options stand for what was left open."""
    device, memory = device_setting(), memory_setting()
    chosen: dict[str, Any] = {}
    if request.get("device") == "auto" != device:
        chosen["device"] = device
        feedback.pushInfo(tr("Device from the options: {name}").format(name=device))
    if request.get("memory_mb") == 0 and memory:
        chosen["memory_mb"] = memory
        feedback.pushInfo(
            tr("Memory budget from the options: {n} MiB").format(n=memory)
        )
    return {**request, **chosen}
