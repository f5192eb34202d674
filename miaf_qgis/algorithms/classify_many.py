"""Classify several cubes with one model; a cube that fails does not stop the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsRasterLayer,
)

from miaf_engine.errors import MiafError
from miaf_qgis.algorithms.base import MiafAlgorithm, engine_ready
from miaf_qgis.algorithms.classify import Classify
from miaf_qgis.layers.layer_files import file_of
from miaf_qgis.layers.quiet_rasters import open_quietly
from miaf_qgis.parameters import fitting
from miaf_qgis.parameters import settings as shared
from miaf_qgis.parameters.fitting import check_model
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.process import Job


class ClassifyMany(MiafAlgorithm):
    """Prepares 'Classify with a model' for each cube; the engine runs once for all."""

    CUBES = "CUBES"
    MODEL = fitting.MODEL
    WITH_CONFIDENCE = "WITH_CONFIDENCE"
    FOLDER = "FOLDER"
    MAPS = "MAPS"
    MAP_COUNT = "MAP_COUNT"
    FAILED_COUNT = "FAILED_COUNT"

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[str, Classify, dict[str, Any]]] = []
        self._folder = ""
        self._python = ""
        self._failed = 0
        self._dialog: Any = None  # An OnClose, where the run was started from one.

    def name(self) -> str:
        return "classifymany"

    def displayName(self) -> str:
        return tr("Classify several cubes with a model")

    def shortDescription(self) -> str:
        return tr("Make a land-cover map of each of several cubes with one model")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,classification,batch,flight lines,mosaic,land cover,"
            "deep learning"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Makes a land-cover map of each cube in a list with one model, for "
            "example of the flight lines of a campaign. The maps are written to a "
            "folder as NAME_map.tif and, on request, NAME_confidence.tif, where NAME "
            "is the name of the cube's file. A cube that cannot be classified is "
            "reported, and the others are still classified. The run fails only if "
            "none of the cubes could be classified."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        raster = QgsProcessing.SourceType.TypeRaster
        self.addParameter(
            shared.helped(
                QgsProcessingParameterMultipleLayers(
                    self.CUBES, tr("Hyperspectral cubes"), raster
                ),
                tr("Rasters with the bands that the model was trained on."),
            )
        )
        self.addParameter(fitting.model_parameter())
        self.addParameter(
            shared.helped(
                QgsProcessingParameterBoolean(
                    self.WITH_CONFIDENCE, tr("Write confidence rasters too"), False
                ),
                tr("Probability of the mapped class, 0 to 1."),
            )
        )
        for parameter in fitting.fitting_parameters():
            self.addParameter(shared.advanced(parameter))
        self.addParameter(shared.device_parameter())
        self.addParameter(shared.memory_parameter())
        self.addParameter(shared.creation_options_parameter())
        self.addParameter(
            QgsProcessingParameterFolderDestination(self.FOLDER, tr("Folder of maps"))
        )
        self.addOutput(QgsProcessingOutputMultipleLayers(self.MAPS, tr("Class maps")))
        self.addOutput(QgsProcessingOutputNumber(self.MAP_COUNT, tr("Number of maps")))
        self.addOutput(
            QgsProcessingOutputNumber(
                self.FAILED_COUNT, tr("Number of cubes not classified")
            )
        )

    def canExecute(self) -> tuple[bool, str]:
        return engine_ready()

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        check_model(self.parameterAsFile(parameters, self.MODEL, context))
        shared.read_device(self, parameters, context)

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        from miaf_qgis.engine.environment import find_engine

        engine = find_engine()
        if not engine.usable:
            feedback.reportError(engine.problem, fatalError=True)
            return False
        self._python = engine.python
        try:
            self.check(parameters, context)
        except MiafError as error:
            raise QgsProcessingException(str(error)) from error
        open_quietly(self, parameters, context)
        cubes = self.parameterAsLayerList(parameters, self.CUBES, context)
        # Asked once: a temporary folder is a new one each time.
        self._folder = self.parameterAsFileOutput(parameters, self.FOLDER, context)
        folder = Path(self._folder).absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise QgsProcessingException(
                tr(
                    "The folder '{folder}' cannot be made: {reason}. Choose another "
                    "one."
                ).format(folder=folder, reason=error.strerror)
            ) from error
        given = {
            name: value
            for name, value in parameters.items()
            if name not in (self.CUBES, self.FOLDER, self.WITH_CONFIDENCE)
        }
        sure = self.parameterAsBoolean(parameters, self.WITH_CONFIDENCE, context)
        names: set[str] = set()
        for cube in cubes:
            name = _free_name(cube, names)
            target = str(folder / f"{name}_map.tif")
            own = {**given, Classify.CUBE: cube, "OUTPUT": target}
            if sure:
                own["CONFIDENCE"] = str(folder / f"{name}_confidence.tif")
            self._prepare(cube.name(), own, context, feedback)
        from miaf_qgis.engine.closing import watch_dialog  # Only a run needs widgets.

        self._dialog = watch_dialog(feedback)  # One for all cubes.
        return True

    def _prepare(
        self,
        name: str,
        own: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        run = Classify()
        run.initAlgorithm()
        try:
            run.read_parameters(own, context, feedback)
        except QgsProcessingException as error:
            self._report(name, error, feedback)
        else:
            self._runs.append((name, run, own))

    def _report(
        self, name: str, error: object, feedback: QgsProcessingFeedback
    ) -> None:
        self._failed += 1
        feedback.reportError(
            tr("'{name}' was not classified: {reason}").format(name=name, reason=error)
        )

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        try:
            return self._classify(context, feedback)
        finally:
            if self._dialog is not None:
                self._dialog.running = False

    def _classify(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from miaf_qgis.engine.answer import Answer
        from miaf_qgis.engine.many_scenes import classify_together

        made: list[str] = []
        jobs = self._jobs(context, feedback)
        entries = classify_together(self._python, jobs, feedback)
        # An engine that tells of fewer or more than were asked for is not believed.
        if entries and len(entries) != len(self._runs):
            raise QgsProcessingException(
                tr(
                    "The engine returned results for {found} of {count} cubes. Run "
                    "'Set up the engine' again, and then repeat this run."
                ).format(found=len(entries), count=len(self._runs))
            )
        for number, entry in enumerate(entries):
            name, run, _ = self._runs[number]
            error = entry.get("error")
            if error:
                reason = f"{error.get('message')} {error.get('hint') or ''}".strip()
                self._report(name, reason, feedback)
                continue
            run.answer = Answer(entry["outputs"], entry["figures"])
            made.append(run.results(run.work.request, run.answer)["OUTPUT"])
        if feedback.isCanceled():
            if self._dialog is not None:
                self._dialog.say_at_end(tr("Cancelled."))
            return {}
        if not made:
            raise QgsProcessingException(
                tr("No cube was classified. See the messages above.")
            )
        return {
            self.FOLDER: self._folder,
            self.MAPS: made,
            self.MAP_COUNT: len(made),
            self.FAILED_COUNT: self._failed,
        }

    def _jobs(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> list[Job]:
        """Return the jobs with their targets; a run that has none is let go."""
        ready = []
        for name, run, own in self._runs:
            try:
                run.work = run.complete(run.work, own, context)
            except QgsProcessingException as error:
                self._report(name, error, feedback)
            else:
                ready.append((name, run, own))
        self._runs = ready
        return [run.work for _, run, _ in ready]

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        project = context.project()
        for _, run, own in self._runs:
            if run.answer is None or project is None:
                continue
            for name in ("OUTPUT", "CONFIDENCE"):
                if name in own:
                    title = run.parameterDefinition(name).description()
                    details = QgsProcessingContext.LayerDetails(title, project, name)
                    context.addLayerToLoadOnCompletion(own[name], details)
            run.postProcessAlgorithm(context, feedback)
        self._tell()
        return {}

    def _tell(self) -> None:
        """Tell the window of the maps, once for all of them."""
        made = [
            (run.work.request, run.answer.figures)
            for _, run, _ in self._runs
            if run.answer is not None
        ]
        if self._dialog is None or not made:
            return
        from miaf_qgis.engine.training_signals import TRAINING

        request, figures = made[0]
        if len(made) > 1:  # What concerns one map is not offered for all.
            request = {"model": request["model"]}
            accuracy = _mean_accuracy([found for _, found in made])
            figures = {**figures, "map_accuracy": accuracy}
        TRAINING.mapped.emit(request, figures)


def _mean_accuracy(maps: list[dict[str, Any]]) -> float | None:
    """Return the accuracy to expect of all pixels of maps, None if not known of one.

    Args:
        maps: The engine's figures of each.
    """
    whole, right = 0, 0.0
    for figures in maps:
        accuracy, pixels = figures.get("map_accuracy"), figures.get("classified_pixels")
        if accuracy is None or pixels is None:
            return None
        whole += pixels
        right += accuracy * pixels
    return right / whole if whole else None


def _free_name(cube: QgsRasterLayer, taken: set[str]) -> str:
    """Return the name of the cube's file, with a number where it is taken."""
    stem = file_of(cube).stem or "cube"
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}"
    taken.add(name.casefold())
    return name
