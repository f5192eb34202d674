"""Look at a cube and at training areas before a training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
)

from miaf_engine.requests.base import INSPECT_SETTINGS
from miaf_qgis.algorithms.base import EngineAlgorithm
from miaf_qgis.layers.class_field import class_field
from miaf_qgis.layers.rasters import check_cube, raster_path
from miaf_qgis.parameters import (
    inputs,
    masks,
    output_files,
)
from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job


class InspectScene(EngineAlgorithm):
    """Says what is wrong with the input, and fails only where it cannot be read."""

    CUBE = inputs.CUBE
    ROIS = "ROIS"
    CLASS_FIELD = inputs.CLASS_FIELD
    REPORT = "REPORT"
    HAS_PROBLEMS = "HAS_PROBLEMS"
    PROBLEM_COUNT = "PROBLEM_COUNT"

    def name(self) -> str:
        return "inspect"

    def displayName(self) -> str:
        return tr("Inspect cube and training areas")

    def shortDescription(self) -> str:
        return tr("Check a cube and training areas before training")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,check,quality,separability,Jeffries-Matusita,outliers,"
            "spectra,overlap"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Checks a hyperspectral cube and, optionally, training areas, and writes "
            "a report. It lists bands and wavelengths, pixels without data, areas and "
            "pixels of each class, mean spectra and the separability of the classes. "
            "Problems are listed with the ids of the features.\n\n"
            "Correct problems before training: areas of different classes that "
            "overlap, areas without a class, areas unlike the others of their class, "
            "and classes that are too small or too similar. Notes are for your "
            "information. Nothing is changed."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(inputs.cube_parameter())
        self.addParameter(
            inputs.areas_parameter(
                self.ROIS,
                tr("Training areas"),
                tr("Polygons, lines or points of known cover."),
                optional=True,
            )
        )
        self.addParameter(inputs.class_field_parameter(self.ROIS))
        self.addParameter(masks.mask_parameter())
        for parameter in shared.setting_parameters(INSPECT_SETTINGS):
            self.addParameter(parameter)
        self.addParameter(
            output_files.report_parameter(
                self.REPORT,
                tr("Inspection report"),
                tr("Findings, with tables and mean spectra."),
            )
        )
        self.addOutput(
            QgsProcessingOutputBoolean(self.HAS_PROBLEMS, tr("Has problems"))
        )
        self.addOutput(
            QgsProcessingOutputNumber(self.PROBLEM_COUNT, tr("Number of problems"))
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        shared.read_settings(self, parameters, context, INSPECT_SETTINGS)
        check_cube(inputs.raster_of(self, parameters, self.CUBE, context))
        masks.mask_layer(self, parameters, context)
        field = class_field(self, parameters, self.ROIS, context)
        inputs.check_areas(self, parameters, self.ROIS, field, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests import InspectRequest
        from miaf_qgis.engine.process import Job, temporary_folder

        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        folder = temporary_folder()
        field = class_field(self, parameters, self.ROIS, context)
        areas = inputs.hand_over_areas(
            self,
            parameters,
            self.ROIS,
            field,
            cube,
            folder,
            context,
            feedback,
            must_fit=False,
        )
        mask = masks.hand_over_mask(self, parameters, cube, folder, context, feedback)
        request = InspectRequest(
            cube=raster_path(cube),
            rois=areas.path if areas else None,
            rois_layer=areas.layer if areas else None,
            class_field=field if areas else None,
            mask=mask.path,
            mask_layer=mask.layer,
            class_styles=areas.styles if areas else None,
            settings=shared.read_settings(self, parameters, context, INSPECT_SETTINGS),
        )
        return Job("inspect", request.as_json(), folder=folder)

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        return output_files.file_targets(
            self, parameters, (self.REPORT,), context, sources
        )

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {
            self.REPORT: request["report"],
            self.HAS_PROBLEMS: bool(answer.figures["has_problems"]),
            self.PROBLEM_COUNT: int(answer.figures["problem_count"]),
        }
