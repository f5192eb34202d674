"""Classify a cube with a trained model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsRasterLayer,
)

from miaf_qgis.algorithms.base import EngineAlgorithm
from miaf_qgis.layers.rasters import (
    check_cube,
    check_extent,
    raster_path,
)
from miaf_qgis.parameters import (
    fitting,
    inputs,
    maps,
    masks,
)
from miaf_qgis.parameters import settings as shared
from miaf_qgis.parameters.fitting import check_model
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job

_MOST_WORKERS = 64


class Classify(EngineAlgorithm):
    """Repeats on a cube what the model saw in training."""

    CUBE = inputs.CUBE
    MODEL = fitting.MODEL
    EXTENT = "EXTENT"
    WORKERS = "WORKERS"

    _maps: maps.MapTargets  # known once the job has its targets

    def name(self) -> str:
        return "classify"

    def displayName(self) -> str:
        return tr("Classify with a model")

    def shortDescription(self) -> str:
        return tr("Make a land-cover map with a trained model")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,classification,predict,land cover,deep learning,"
            "neural network,remote sensing,map"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Makes a land-cover map of the training scene or of another one with a "
            "trained model.\n\n"
            "Bands are matched by wavelength. A cube that lacks bands of the model is "
            "refused, and the message lists them. For another sensor, tick "
            "'Interpolate bands'. A warning appears if the values of the scene are "
            "far from those of the training scene. Normalising by the statistics of "
            "the scene may then help. A model knows only the conditions it was "
            "trained on. For another date or sensor, check the map with 'Assess "
            "accuracy'."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(fitting.cube_parameter())
        self.addParameter(fitting.model_parameter())
        self.addParameter(
            shared.helped(
                QgsProcessingParameterExtent(self.EXTENT, tr("Extent"), None, True),
                tr(
                    "Part of the cube to classify, in any CRS. If left empty, the "
                    "whole cube is classified."
                ),
            )
        )
        self.addParameter(masks.mask_parameter())
        for parameter in fitting.fitting_parameters():
            self.addParameter(shared.advanced(parameter))
        for parameter in maps.leaving_out_parameters():
            self.addParameter(shared.advanced(parameter))
        self.addParameter(shared.device_parameter())
        self.addParameter(shared.memory_parameter())
        self.addParameter(_workers_parameter())
        self.addParameter(shared.creation_options_parameter())
        maps.add_map_parameters(self)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        shared.read_device(self, parameters, context)
        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        check_cube(cube)
        check_model(self.parameterAsFile(parameters, self.MODEL, context))
        self._extent(parameters, cube, context)
        masks.mask_layer(self, parameters, context)
        fitting.normalise_by(self, parameters, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests.classify import ClassifyRequest
        from miaf_qgis.engine.process import Job, temporary_folder

        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        folder = temporary_folder()
        mask = masks.hand_over_mask(self, parameters, cube, folder, context, feedback)
        request = ClassifyRequest(
            cube=raster_path(cube),
            model=fitting.model_path(self, parameters, context),
            extent=self._extent(parameters, cube, context),
            mask=mask.path,
            mask_layer=mask.layer,
            interpolate_bands=self.parameterAsBoolean(
                parameters, fitting.INTERPOLATE_BANDS, context
            ),
            normalise_by=fitting.normalise_by(self, parameters, context),
            memory_mb=self.parameterAsInt(parameters, shared.MEMORY_MB, context),
            device=shared.read_device(self, parameters, context),
            workers=self.parameterAsInt(parameters, self.WORKERS, context),
            creation_options=shared.read_creation_options(self, parameters, context),
            **maps.read_leaving_out(self, parameters, context),
        )
        return Job("classify", request.as_json(), folder=folder)

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        self._maps = maps.MapTargets(self, parameters, context, sources)
        return self._maps.as_request()

    def _extent(
        self,
        parameters: dict[str, Any],
        cube: QgsRasterLayer,
        context: QgsProcessingContext,
    ) -> list[float] | None:
        if parameters.get(self.EXTENT) in (None, ""):
            return None
        extent = self.parameterAsExtent(parameters, self.EXTENT, context, cube.crs())
        if extent.isNull():
            raise QgsProcessingException(
                tr(
                    "The extent '{value}' cannot be read. Write it as "
                    "xmin,xmax,ymin,ymax [CRS]."
                ).format(value=parameters[self.EXTENT])
            )
        check_extent(extent, cube)
        return [
            extent.xMinimum(),
            extent.yMinimum(),
            extent.xMaximum(),
            extent.yMaximum(),
        ]

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        self._maps.write_styles(answer)
        return dict(self._maps.paths)

    def style(self, context: QgsProcessingContext, answer: Answer) -> None:
        self._maps.style(context, answer, self.work.request)


def _workers_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter WORKERS."""
    number = QgsProcessingParameterNumber
    parameter = number(
        Classify.WORKERS,
        tr("Worker processes"),
        *(number.Type.Integer, 1, False, 1, _MOST_WORKERS),
    )
    parameter.setHelp(
        tr(
            "More than one share the tiles of a large scene. Each has one CPU thread "
            "and takes up to the memory budget. The files are the same for any number "
            "of them, and those of a single process with one CPU thread. A scene of "
            "one tile keeps one of them busy."
        )
    )
    return shared.advanced(parameter)
