"""Cut a cube into superpixels, as areas to put classes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterVectorDestination,
)

from miaf_engine.requests.base import SUPERPIXEL_SETTINGS
from miaf_qgis.algorithms.one_layer import LayerAlgorithm
from miaf_qgis.layers.rasters import check_cube, raster_path
from miaf_qgis.parameters import inputs, masks
from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer
    from miaf_qgis.engine.process import Job


class Superpixels(LayerAlgorithm):
    """Makes polygons that a user labels by clicking, not by drawing."""

    CUBE = inputs.CUBE
    BAND_MEANS = "BAND_MEANS"
    COUNT = "SUPERPIXEL_COUNT"

    def name(self) -> str:
        return "superpixels"

    def displayName(self) -> str:
        return tr("Segment into superpixels")

    def shortDescription(self) -> str:
        return tr("Make polygons of similar pixels, to label with a click")

    def tags(self) -> list[str]:
        return tr(
            "hyperspectral,SLIC,segmentation,objects,OBIA,labelling,training areas"
        ).split(",")

    def shortHelpString(self) -> str:
        return tr(
            "Divides a hyperspectral cube into small polygons of adjacent pixels with "
            "similar spectra. Their borders follow the pixels. Together they cover "
            "every pixel with data once.\n\n"
            "To make training areas without drawing, select polygons with a click and "
            "write a class into their field 'class' with the field calculator bar or "
            "the attribute table. Then use the layer in 'Classify from training "
            "areas' with the class field 'class'. Polygons without a class are "
            "ignored there.\n\n"
            "Fields: pixels, area_ha, brightness (mean of all values), bright_std "
            "(its standard deviation over the pixels), spread (difference between the "
            "pixels' spectra, in standard deviations of the scene; large where covers "
            "are mixed), neighbours and neighb_ids (polygons that share a side or a "
            "corner). A cube larger than the memory budget is processed in blocks, "
            "and superpixels end at the edges of the blocks."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(inputs.cube_parameter())
        for parameter in _settings():
            self.addParameter(parameter)
        self.addParameter(masks.mask_parameter())
        self.addParameter(shared.advanced(_band_means_parameter()))
        self.addParameter(shared.memory_parameter())
        self.addParameter(
            shared.helped(
                QgsProcessingParameterVectorDestination(
                    self.OUTPUT,
                    tr("Superpixels"),
                    QgsProcessing.SourceType.TypeVectorPolygon,
                ),
                tr("GeoPackage of polygons with an empty text field 'class'."),
            )
        )
        self.addOutput(
            QgsProcessingOutputNumber(self.COUNT, tr("Number of superpixels"))
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        shared.read_settings(self, parameters, context, SUPERPIXEL_SETTINGS)
        check_cube(inputs.raster_of(self, parameters, self.CUBE, context))
        masks.mask_layer(self, parameters, context)

    def job(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Job:
        from miaf_engine.requests import SuperpixelsRequest
        from miaf_qgis.engine.process import Job, temporary_folder

        cube = inputs.raster_of(self, parameters, self.CUBE, context)
        folder = temporary_folder()
        mask = masks.hand_over_mask(self, parameters, cube, folder, context, feedback)
        request = SuperpixelsRequest(
            cube=raster_path(cube),
            band_means=self.parameterAsBoolean(parameters, self.BAND_MEANS, context),
            mask=mask.path,
            mask_layer=mask.layer,
            settings=shared.read_settings(
                self, parameters, context, SUPERPIXEL_SETTINGS
            ),
            memory_mb=self.parameterAsInt(parameters, shared.MEMORY_MB, context),
        )
        return Job("superpixels", request.as_json(), folder=folder)

    def results(self, request: dict[str, Any], answer: Answer) -> dict[str, Any]:
        return {
            self.OUTPUT: request["output"],
            self.COUNT: int(answer.figures["superpixels"]),
        }

    def layer_name(self) -> str:
        return tr("Superpixels (miaf)")


def _settings() -> Iterator[QgsProcessingParameterDefinition]:
    for parameter in shared.setting_parameters(SUPERPIXEL_SETTINGS):
        if parameter.name() == "PIXELS_PER_SUPERPIXEL":  # One number here.
            parameter.setDescription(tr("Pixels per superpixel"))
        yield parameter


def _band_means_parameter() -> QgsProcessingParameterBoolean:
    return shared.helped(
        QgsProcessingParameterBoolean(
            Superpixels.BAND_MEANS, tr("Mean of every band as a field"), False
        ),
        tr(
            "Adds a field for each band used, called nm_ and the wavelength or band_ "
            "and the number. It holds the superpixel's mean of the values in the "
            "file."
        ),
    )
