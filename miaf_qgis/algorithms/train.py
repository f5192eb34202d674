"""Train a model from a cube and areas of known cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from miaf_engine.requests.base import SETTINGS_CLASSES
from miaf_engine.requests.settings import (
    BandConfig,
    NetworkConfig,
    Settings,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
)
from miaf_qgis.algorithms.base import EngineAlgorithm
from miaf_qgis.layers.class_field import class_field
from miaf_qgis.layers.rasters import check_cube, raster_path
from miaf_qgis.parameters import (
    continuing,
    fitting,
    inputs,
    label_rasters,
    masks,
    output_files,
)
from miaf_qgis.parameters import (
    continuing as resuming,
)
from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job
    from miaf_qgis.layers.areas import Areas


class Train(EngineAlgorithm):
    """Fits the network and keeps it; the map is another algorithm's."""

    CUBE = inputs.CUBE
    ROIS = "ROIS"
    CLASS_FIELD = inputs.CLASS_FIELD
    LABELS = "LABELS"
    VALIDATION_ROIS = "VALIDATION_ROIS"
    MODEL = "MODEL"
    REPORT = "REPORT"
    model_is_optional = False

    def name(self) -> str:
        return "train"

    def displayName(self) -> str:
        return tr("Train model")

    def shortDescription(self) -> str:
        return tr("Train a MIAF-Net model from a cube and training areas")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,classification,train,learn,deep learning,neural network,"
            "land cover,remote sensing,supervised"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Trains a network on areas of known cover and writes it to a model file. "
            "'Classify with a model' applies it to this scene and to others of the "
            "same sensor.\n\n"
            "The model is trained on all areas. The accuracy in the report is "
            "measured with models that were each trained without some of the areas "
            "and scored on those. Areas in 'Test areas' are only scored and never "
            "trained on."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        for parameter in self._plain_parameters():
            self.addParameter(parameter)
        for title, parameters in self.groups():
            for parameter in parameters:
                self.addParameter(shared.grouped(title, parameter))
        self.add_outputs()

    def _plain_parameters(self) -> Iterator[QgsProcessingParameterDefinition]:
        """Yield what a dialog shows at once; seven are as many as one takes in."""
        yield inputs.cube_parameter()
        yield shared.noted(
            inputs.areas_parameter(
                self.ROIS,
                tr("Training areas"),
                tr("Polygons, lines or points of known cover, at least two classes."),
                optional=True,
            ),
            *(shared.NEEDED, True),
        )
        field = inputs.class_field_parameter(self.ROIS)
        yield shared.noted(field, shared.NEEDED, True)
        yield continuing.more_areas_parameter()
        yield inputs.areas_parameter(
            self.VALIDATION_ROIS,
            tr("Test areas"),
            tr(
                "Areas used only to measure accuracy, never for training. Their class "
                "field must have the same name."
            ),
            optional=True,
        )
        yield continuing.initial_model_parameter()
        yield shared.preset_parameter()

    def groups(self) -> Iterator[tuple[str, list[QgsProcessingParameterDefinition]]]:
        """Yield the advanced parameters by group, each with its title."""
        labels, mask = _labels_parameter(), masks.mask_parameter()
        cubes = continuing.more_cubes_parameters()
        yield tr("Inputs"), [labels, *cubes, mask, *_settings(BandConfig)]
        yield tr("Accuracy"), _settings(SplitConfig)
        again = [shared.seed_parameter(), resuming.resume_parameter()]
        yield tr("Training"), [*_settings(TrainConfig), *again]
        yield tr("Network"), _settings(NetworkConfig)
        yield tr("Superpixels of the network"), _settings(SuperpixelConfig)
        yield tr("Computing"), [shared.device_parameter(), shared.memory_parameter()]

    def add_outputs(self) -> None:
        """Add the destinations and the figures."""
        self.addParameter(
            shared.helped(
                QgsProcessingParameterFileDestination(
                    self.MODEL,
                    tr("Model"),
                    inputs.model_filter(),
                    optional=self.model_is_optional,
                ),
                tr(
                    "File of the trained network, to be used in 'Classify with a "
                    "model'."
                ),
            )
        )
        self.addParameter(
            output_files.report_parameter(
                self.REPORT,
                tr("Accuracy report"),
                tr(
                    "Expected accuracy of the map and of each class, with plots. The "
                    "numbers are also written as JSON and CSV files beside it."
                ),
            )
        )
        for output in inputs.accuracy_outputs():
            self.addOutput(output)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        shared.read_settings(self, parameters, context, SETTINGS_CLASSES)
        shared.read_device(self, parameters, context)
        check_cube(inputs.raster_of(self, parameters, self.CUBE, context))
        label_rasters.check_one_of(self, parameters, self.ROIS, self.LABELS)
        label_rasters.label_raster(self, parameters, self.LABELS, context)
        masks.mask_layer(self, parameters, context)
        continuing.initial_model(self, parameters, context)
        continuing.more_cubes(self, parameters, context)
        fitting.normalise_by(self, parameters, context)
        field = class_field(self, parameters, self.ROIS, context)
        for name in (self.ROIS, continuing.ROIS_MORE, self.VALIDATION_ROIS):
            inputs.check_areas(self, parameters, name, field, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests import TrainRequest
        from miaf_qgis.engine.process import Job, temporary_folder

        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        folder = temporary_folder()
        field = class_field(self, parameters, self.ROIS, context)
        cubes = continuing.more_cubes(self, parameters, context)
        areas, more, held = (
            inputs.hand_over_areas(
                *(self, parameters, name, field, cube, folder, context, feedback),
                must_fit=not cubes and name != continuing.ROIS_MORE,
            )
            for name in (self.ROIS, continuing.ROIS_MORE, self.VALIDATION_ROIS)
        )
        more = continuing.with_classes(more, feedback)
        labels = label_rasters.label_raster(self, parameters, self.LABELS, context)
        if areas is not None:
            inputs.check_enough_classes(areas, more)
        mask = masks.hand_over_mask(self, parameters, cube, folder, context, feedback)
        styles = labels.styles if labels else None
        request = TrainRequest(
            cube=raster_path(cube),
            cubes=cubes,
            initial_model=continuing.initial_model(self, parameters, context),
            **_layers(rois=areas, rois_more=more, validation_rois=held, mask=mask),
            sources=inputs.sources_of(
                rois=areas, rois_more=more, validation_rois=held, mask=mask
            ),
            class_field=field or None,
            labels=labels.path if labels else None,
            class_styles=_styles(areas, more) if areas else styles,
            normalise_by=fitting.normalise_by(self, parameters, context),
            preset=shared.read_choice(self, parameters, shared.PRESET, context),
            settings=shared.read_settings(self, parameters, context, SETTINGS_CLASSES),
            seed=self.parameterAsInt(parameters, shared.SEED, context),
            device=shared.read_device(self, parameters, context),
            memory_mb=self.parameterAsInt(parameters, shared.MEMORY_MB, context),
            creation_options=shared.read_creation_options(self, parameters, context),
            resume=resuming.read_resume(self, parameters, context),
        )
        return Job("train", request.as_json(), folder=folder)

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        names = (self.MODEL, self.REPORT)
        return output_files.file_targets(self, parameters, names, context, sources)

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {
            self.MODEL: request["model"],
            self.REPORT: request["report"],
            **inputs.accuracy_results(answer.figures),
        }


def _settings(kind: type[Settings]) -> list[QgsProcessingParameterDefinition]:
    return list(shared.setting_parameters([kind]))


def _labels_parameter() -> QgsProcessingParameterRasterLayer:
    return label_rasters.labels_parameter(
        Train.LABELS,
        tr("Label raster, instead of training areas"),
        tr(
            "Raster of class values on the cube's grid, 0 where the cover is not "
            "known. The map uses its legend, or its category names and colours."
        ),
    )


def _layers(**given: Areas | masks.Mask | None) -> dict[str, Any]:
    """Return the request's fields for areas and mask: file and layer of each."""
    fields: dict[str, Any] = {}
    for name, found in given.items():
        fields[name] = found.path if found else None
        fields[f"{name}_layer"] = found.layer if found else None
    return fields


def _styles(areas: Areas, more: Areas | None) -> list[dict[str, Any]] | None:
    """Return the styles of both layers, the first one's before the other's."""
    own = areas.styles or []
    # A field of text may hold the numbers of the other.
    known = {str(style["key"]) for style in own}
    extra = (more.styles or []) if more else []
    return [*own, *(s for s in extra if str(s["key"]) not in known)] or None
