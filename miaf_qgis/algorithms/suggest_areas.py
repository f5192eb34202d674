"""Suggest the superpixels to label next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorDestination,
)

from miaf_qgis.algorithms.one_layer import LayerAlgorithm
from miaf_qgis.layers.class_field import class_field
from miaf_qgis.layers.rasters import check_cube, raster_path
from miaf_qgis.parameters import (
    continuing,
    fitting,
    inputs,
    masks,
)
from miaf_qgis.parameters import settings as shared
from miaf_qgis.parameters.fitting import check_model
from miaf_qgis.parameters.settings import read_choice
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_engine.requests import SuggestAreasRequest
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job


class SuggestAreas(LayerAlgorithm):
    """Tells where a class named by the user would help a model most."""

    CUBE = inputs.CUBE
    MODEL = fitting.MODEL
    ROIS = "ROIS"
    ROIS_MORE = continuing.ROIS_MORE
    COUNT = "COUNT"
    PIXELS = "PIXELS_PER_SUPERPIXEL"
    SUGGESTED = "SUGGESTION_COUNT"

    def name(self) -> str:
        return "suggestareas"

    def displayName(self) -> str:
        return tr("Suggest areas to label next")

    def shortDescription(self) -> str:
        return tr("Show where more training areas would improve a model most")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,active learning,uncertainty,sampling,labelling,"
            "training areas,superpixels"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Ranks the superpixels of a cube by how much knowing their class would "
            "improve a model, and writes the first ones as polygons. High ranks go to "
            "superpixels that are large enough, whose two most likely classes are "
            "close, and that differ from those ranked above. None overlaps an area "
            "that already has a class.\n\n"
            "Toggle editing of the layer, open the attribute table or the form of an "
            "area, and choose its class from the list. Leave the class empty if you "
            "do not know the cover or if the area has several. Then train again with "
            "the layer as 'More training areas'. Areas without a class are ignored "
            "there. For further suggestions, give the layer as 'Earlier suggestions "
            "or more training areas'. Areas left empty are not suggested again, and "
            "similar ones rank lower.\n\n"
            "Fields: rank, the class to be set (named as in the model's training), "
            "predicted and runner_up (the two most likely classes), reason, "
            "confidence (calibrated probability of the predicted class, mean over the "
            "pixels), margin (difference to the probability of the next class), "
            "entropy (0: one class is certain, 1: all classes are equally likely), "
            "pixels and area_ha."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(fitting.cube_parameter())
        self.addParameter(fitting.model_parameter())
        self.addParameter(
            inputs.areas_parameter(
                self.ROIS,
                tr("Areas that already have a class"),
                tr("Usually the training areas. No suggestion overlaps them."),
                optional=True,
            )
        )
        self.addParameter(_field_parameter())
        self.addParameter(_more_parameter())
        self.addParameter(_count_parameter())
        self.addParameter(shared.advanced(_size_parameter()))
        self.addParameter(masks.mask_parameter())
        for parameter in fitting.fitting_parameters():
            self.addParameter(shared.advanced(parameter))
        self.addParameter(shared.advanced(shared.device_parameter()))
        self.addParameter(shared.memory_parameter())
        self.addParameter(
            shared.helped(
                QgsProcessingParameterVectorDestination(
                    self.OUTPUT,
                    tr("Suggested areas"),
                    QgsProcessing.SourceType.TypeVectorPolygon,
                ),
                tr(
                    "GeoPackage of ranked polygons with a list of classes to choose "
                    "from."
                ),
            )
        )
        self.addOutput(
            QgsProcessingOutputNumber(self.SUGGESTED, tr("Number of suggested areas"))
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        shared.read_device(self, parameters, context)
        check_cube(inputs.raster_of(self, parameters, self.CUBE, context))
        check_model(self.parameterAsFile(parameters, self.MODEL, context))
        field = self._field(parameters, context)
        more = inputs.source_of(self, parameters, self.ROIS_MORE, context)
        if field or more is not None:
            for name in (self.ROIS, self.ROIS_MORE):
                inputs.check_areas(self, parameters, name, field, context)
        else:
            inputs.source_of(self, parameters, self.ROIS, context)
        masks.mask_layer(self, parameters, context)
        self._request(parameters, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_qgis.engine.process import Job, temporary_folder

        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        folder = temporary_folder()
        field = self._field(parameters, context) or None
        areas, more = (
            inputs.hand_over_areas(
                *(self, parameters, name, field, cube, folder, context, feedback),
                must_fit=name == self.ROIS,
            )
            for name in (self.ROIS, self.ROIS_MORE)
        )
        mask = masks.hand_over_mask(self, parameters, cube, folder, context, feedback)
        files = {"class_field": field, "mask": mask.path, "mask_layer": mask.layer}
        for key, layer in (("rois", areas), ("rois_more", more)):
            files[key] = layer.path if layer else None
            files[f"{key}_layer"] = layer.layer if layer else None
        request = {**self._request(parameters, context).as_json(), **files}
        return Job("suggestareas", request, folder=folder)

    def _field(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the class field, of both layers; empty where none is given."""
        names = (self.ROIS, self.ROIS_MORE)
        found = (class_field(self, parameters, name, context) for name in names)
        return next(filter(None, found), "")

    def _request(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> SuggestAreasRequest:
        """Return the request without areas and mask.

        Raises:
            ConfigError: A number is out of range, or the class field's name is taken.
        """
        from miaf_engine.requests import SuggestAreasRequest

        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        return SuggestAreasRequest(
            cube=raster_path(cube),
            model=fitting.model_path(self, parameters, context),
            class_field=self._field(parameters, context) or None,
            count=self.parameterAsInt(parameters, self.COUNT, context),
            pixels_per_superpixel=self.parameterAsInt(parameters, self.PIXELS, context),
            interpolate_bands=self.parameterAsBoolean(
                parameters, fitting.INTERPOLATE_BANDS, context
            ),
            normalise_by=read_choice(
                self, parameters, fitting.NORMALISE_BY_NAME, context
            ),
            memory_mb=self.parameterAsInt(parameters, shared.MEMORY_MB, context),
            device=shared.read_device(self, parameters, context),
        )

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {
            self.OUTPUT: request["output"],
            self.SUGGESTED: int(answer.figures["suggestions"]),
        }

    def layer_name(self) -> str:
        return tr("Suggested areas (miaf)")


def _field_parameter() -> QgsProcessingParameterDefinition:
    return shared.helped(
        inputs.class_field_parameter(SuggestAreas.ROIS),
        tr(
            "Field with the class of these areas. Areas where it is empty are "
            "ignored. The suggestions get a field of the same name. If left empty, "
            "the field by which the layer is categorised is used, or its only text "
            "field."
        ),
    )


def _more_parameter() -> QgsProcessingParameterDefinition:
    return inputs.areas_parameter(
        SuggestAreas.ROIS_MORE,
        tr("Earlier suggestions or more training areas"),
        tr(
            "Areas with a class count as labelled. Areas without one are not "
            "suggested again, and similar ones rank lower. The class field must have "
            "the same name in both layers."
        ),
        optional=True,
    )


def _count_parameter() -> QgsProcessingParameterDefinition:
    return shared.helped(
        QgsProcessingParameterNumber(
            SuggestAreas.COUNT,
            tr("Number of suggestions"),
            QgsProcessingParameterNumber.Type.Integer,
            10,
            False,
            1,
            1000,
        ),
        tr("A larger number adds suggestions after the others."),
    )


def _size_parameter() -> QgsProcessingParameterDefinition:
    return shared.helped(
        QgsProcessingParameterNumber(
            SuggestAreas.PIXELS,
            tr("Pixels per superpixel"),
            QgsProcessingParameterNumber.Type.Integer,
            0,
            False,
            0,
            100_000,
        ),
        tr("Mean size of the superpixels. 0 takes that of the model's middle scale."),
    )
