"""Score a class map against areas of known cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
)

from miaf_qgis.algorithms.base import EngineAlgorithm
from miaf_qgis.layers.class_field import class_field
from miaf_qgis.layers.rasters import raster_path
from miaf_qgis.parameters import (
    fitting,
    inputs,
    label_rasters,
    output_files,
)
from miaf_qgis.parameters.settings import advanced, helped
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job


class Assess(EngineAlgorithm):
    """Compares a map with a reference that the map's training has not seen."""

    CLASSIFICATION = "CLASSIFICATION"
    REFERENCE = "REFERENCE"
    CLASS_FIELD = inputs.CLASS_FIELD
    REFERENCE_LABELS = "REFERENCE_LABELS"
    EXCLUDE_ROIS = "EXCLUDE_ROIS"
    MODEL = fitting.MODEL
    COMPARE_WITH = "COMPARE_WITH"
    PROBABILITY_SAMPLE = "PROBABILITY_SAMPLE"
    REPORT = "REPORT"
    MATRIX = "MATRIX"

    def name(self) -> str:
        return "assess"

    def displayName(self) -> str:
        return tr("Assess accuracy")

    def shortDescription(self) -> str:
        return tr("Score a class map against areas of known cover")

    def tags(self) -> list[str]:
        return tr(
            "accuracy,confusion matrix,kappa,validation,error matrix,F1,IoU,McNemar,"
            "area estimation,Olofsson"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Compares a class map with areas of known cover. Writes the confusion "
            "matrix, overall and average accuracy, kappa, and producer's and user's "
            "accuracy, F1 and IoU of each class. The 95 % intervals treat areas, not "
            "pixels, as the sampling units. Classes are matched by name or, if there "
            "are no names, by value.\n\n"
            "Use areas that the map was not trained on. A class map does not record "
            "its training areas. If the reference may overlap them, give them as "
            "'Areas to leave out'. Or give the 'Model that made the map' to be warned "
            "of training areas in the reference.\n\n"
            "Points from 'Draw a reference sample' are recognised. The report then "
            "shows accuracies and class areas in hectares of the whole map with their "
            "95 % intervals, for this map or another one of the same place. If the "
            "reference is a random sample from another source, tick 'Reference is a "
            "probability sample'. Accuracies and areas are then adjusted after "
            "Olofsson et al. (2014). 'Map to compare with' scores a second map on the "
            "same reference and tests the difference (McNemar)."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            helped(
                QgsProcessingParameterRasterLayer(self.CLASSIFICATION, tr("Class map")),
                tr(
                    "Raster of class values, as written by the classification "
                    "algorithms."
                ),
            )
        )
        self.addParameter(
            inputs.areas_parameter(
                self.REFERENCE,
                tr("Reference areas"),
                tr("Polygons, lines or points whose cover is known."),
                optional=True,
            )
        )
        self.addParameter(inputs.class_field_parameter(self.REFERENCE))
        self.addParameter(advanced(_labels_parameter()))
        self.addParameter(
            inputs.areas_parameter(
                self.EXCLUDE_ROIS,
                tr("Areas to leave out"),
                tr(
                    "Pixels in these areas are not scored. Usually these are the "
                    "training areas."
                ),
                optional=True,
            )
        )
        self.addParameter(_model_parameter())
        self.addParameter(_comparison_parameter())
        self.addParameter(_sample_parameter())
        text = tr("Accuracies with their intervals, for the map and each class.")
        self.addParameter(
            output_files.report_parameter(self.REPORT, tr("Accuracy report"), text)
        )
        text = tr(
            "Number of pixels by reference class (rows) and mapped class (columns)."
        )
        self.addParameter(
            output_files.table_parameter(self.MATRIX, tr("Confusion matrix"), text)
        )
        for output in inputs.accuracy_outputs():
            self.addOutput(output)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        raster_path(inputs.raster_of(self, parameters, self.CLASSIFICATION, context))
        label_rasters.check_one_of(
            self, parameters, self.REFERENCE, self.REFERENCE_LABELS
        )
        for name in (self.REFERENCE_LABELS, self.COMPARE_WITH):
            label_rasters.label_raster(self, parameters, name, context)
        fitting.optional_model(self, parameters, self.MODEL, context)
        field = class_field(self, parameters, self.REFERENCE, context)
        inputs.check_areas(self, parameters, self.REFERENCE, field, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests.assess import AssessRequest
        from miaf_engine.requests.draw_sample import SAMPLE_FIELDS
        from miaf_qgis.engine.process import Job, temporary_folder

        raster = inputs.raster_of(self, parameters, self.CLASSIFICATION, context)
        folder = temporary_folder()
        field = class_field(self, parameters, self.REFERENCE, context)
        reference = inputs.hand_over_areas(
            *(self, parameters, self.REFERENCE, field, raster, folder),
            *(context, feedback),
            design=SAMPLE_FIELDS,
        )
        labels = label_rasters.label_raster(
            self, parameters, self.REFERENCE_LABELS, context
        )
        other = label_rasters.label_raster(self, parameters, self.COMPARE_WITH, context)
        excluded = inputs.hand_over_areas(
            self, parameters, self.EXCLUDE_ROIS, None, raster, folder, context, feedback
        )
        styles = labels.styles if labels else None
        request = AssessRequest(
            classification=raster_path(raster),
            reference=reference.path if reference else None,
            reference_layer=reference.layer if reference else None,
            sources=inputs.sources_of(reference=reference, exclude_rois=excluded),
            class_field=field or None,
            reference_labels=labels.path if labels else None,
            class_styles=reference.styles if reference else styles,
            exclude_rois=excluded.path if excluded else None,
            exclude_rois_layer=excluded.layer if excluded else None,
            model=fitting.optional_model(self, parameters, self.MODEL, context),
            compare_with=other.path if other else None,
            probability_sample=self.parameterAsBoolean(
                parameters, self.PROBABILITY_SAMPLE, context
            ),
        )
        return Job("assess", request.as_json(), folder=folder)

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        names = (self.REPORT, self.MATRIX)
        return output_files.file_targets(self, parameters, names, context, sources)

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {
            self.REPORT: request["report"],
            self.MATRIX: request["matrix"],
            **inputs.accuracy_results(answer.figures),
        }


def _labels_parameter() -> QgsProcessingParameterRasterLayer:
    return label_rasters.labels_parameter(
        Assess.REFERENCE_LABELS,
        tr("Reference raster, instead of reference areas"),
        tr("Raster of class values on the map's grid, 0 where the cover is not known."),
    )


def _model_parameter() -> QgsProcessingParameterFile:
    return fitting.optional_model_parameter(
        Assess.MODEL,
        tr("Model that made the map"),
        tr(
            "The model file records its training areas. Reference areas among them "
            "make the accuracy too high, and a warning lists them. Areas that were "
            "redrawn cannot be recognised."
        ),
    )


def _comparison_parameter() -> QgsProcessingParameterRasterLayer:
    return label_rasters.labels_parameter(
        Assess.COMPARE_WITH,
        tr("Map to compare with"),
        tr("Another class map on the same grid, scored on the same reference."),
    )


def _sample_parameter() -> QgsProcessingParameterBoolean:
    return helped(
        QgsProcessingParameterBoolean(
            Assess.PROBABILITY_SAMPLE,
            tr("Reference is a probability sample"),
            False,
        ),
        tr(
            "Tick only if the reference points were drawn at random, within each "
            "class of the map or over the whole map. Areas drawn where it was "
            "convenient are not such a sample. Points from 'Draw a reference sample' "
            "need no tick."
        ),
    )
