"""The rasters of a classification: parameters, paths, results, styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
)

from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_qgis.layers.rasters import checked_target
from miaf_qgis.parameters.output_files import layer_target
from miaf_qgis.parameters.settings import helped
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer

MAPS = tuple(name.upper() for name in RASTER_NAMES)
MIN_CONFIDENCE, LEAVE_OUT_UNLIKE = "MIN_CONFIDENCE", "LEAVE_OUT_UNLIKE"


def add_map_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the rasters to an algorithm."""
    for name, title, text in _descriptions():
        parameter = QgsProcessingParameterRasterDestination(name, title)
        if name != "OUTPUT":
            by_default = name == "CONFIDENCE"
            parameter = QgsProcessingParameterRasterDestination(
                name, title, None, True, by_default
            )
        algorithm.addParameter(helped(parameter, text))


def leaving_out_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield the parameters that leave pixels without a class."""
    yield helped(
        QgsProcessingParameterNumber(
            MIN_CONFIDENCE,
            tr("Minimum confidence"),
            QgsProcessingParameterNumber.Type.Double,
            0.0,
            False,
            0.0,
            1.0,
        ),
        tr(
            "Pixels with a lower confidence become 0 (unclassified) in the map. 0 to "
            "1, as in the confidence raster; 0 keeps all pixels. The confidence "
            "raster itself is not changed."
        ),
    )
    yield helped(
        QgsProcessingParameterBoolean(
            LEAVE_OUT_UNLIKE, tr("Leave out pixels unlike the training areas"), False
        ),
        tr(
            "Pixels whose spectra are unlike all training areas become 0 "
            "(unclassified) in the map. A road without training areas is then not "
            "mapped as a field."
        ),
    )


def read_leaving_out(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> dict[str, Any]:
    """Return the request's fields that leave pixels without a class."""
    number = algorithm.parameterAsDouble(parameters, MIN_CONFIDENCE, context)
    unlike = algorithm.parameterAsBoolean(parameters, LEAVE_OUT_UNLIKE, context)
    return {"min_confidence": number, "leave_out_unlike": unlike}


def _descriptions() -> Iterator[tuple[str, str, str]]:
    """Yield name, title and help of each raster."""
    yield (
        "OUTPUT",
        tr("Class map"),
        tr("Map of the classes on the cube's grid; 0 is unclassified."),
    )
    yield (
        "CONFIDENCE",
        tr("Confidence"),
        tr(
            "Probability of the mapped class, 0 to 1, calibrated on areas held out in "
            "turn. On land similar to the training areas, about 80 % of the pixels "
            "with 0.8 are right."
        ),
    )
    yield (
        "PROBABILITIES",
        tr("Class probabilities"),
        tr("Probability of each class, one band per class."),
    )
    yield (
        "ENTROPY",
        tr("Entropy"),
        tr(
            "Uncertainty of the class: 0 where one class is certain, 1 where all "
            "classes are equally likely."
        ),
    )
    yield (
        "MARGIN",
        tr("Margin"),
        tr(
            "Difference between the probabilities of the mapped class and the next "
            "one, 0 to 1. Near 0 both are almost equally likely."
        ),
    )
    yield (
        "APPLICABILITY",
        tr("Area of applicability"),
        tr(
            "Band 1: dissimilarity of each pixel's spectrum to the training areas. "
            "Band 2: 1 inside the area of applicability, 0 outside, where the map is "
            "unreliable."
        ),
    )


class MapTargets:
    """Where the rasters go: for the engine absolute, for Processing as it named them.

    Raises:
        QgsProcessingException: A folder is missing, or an input would be overwritten.
    """

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        inputs: tuple[str, ...],
    ) -> None:
        self._named = {
            name: layer_target(algorithm, parameters, name, context) for name in MAPS
        }
        self._titles = {
            name: algorithm.parameterDefinition(name).description() for name in MAPS
        }
        self.paths = {
            name: checked_target(path, inputs) for name, path in self._named.items()
        }

    def as_request(self) -> dict[str, str | None]:
        """Return the request's fields for the rasters."""
        return {name.lower(): path for name, path in self.paths.items()}

    def write_styles(self, answer: Answer) -> None:
        """Write a style beside each raster, for whoever opens the file.

        Batch, models and qgis_process load no layer; the style makes the confidence
        readable there too, and the legend as long as there are classes.
        """
        from miaf_qgis.layers.styling import write_style_file

        for name, style in _styles(answer).items():
            path = self.paths[name]
            if path and style is not None:
                write_style_file(path, style)

    def style(
        self, context: QgsProcessingContext, answer: Answer, request: dict[str, Any]
    ) -> None:
        """Style, name, describe and group those rasters that QGIS is about to load."""
        from miaf_qgis.layers.run_notes import RunLayer, note_of
        from miaf_qgis.layers.styling import style_on_load

        note = note_of(request, answer.figures)
        loaded = [
            name
            for name, path in self._named.items()
            if path and context.willLoadLayerOnCompletion(path)
        ]
        styles = _styles(answer)
        for rank, name in enumerate(loaded):
            style_on_load(
                context,
                self._named[name],
                RunLayer(note, styles[name], rank, grouped=len(loaded) > 1),
                name=note.title(self._titles[name]),
                instead_of=(self._titles[name], name),
            )


def _styles(answer: Answer) -> dict[str, QgsProcessingLayerPostProcessorInterface]:
    """Return what styles each raster; None where nothing is known to style it by."""
    from miaf_qgis.layers.styling import (
        ClassMapStyle,
        ConfidenceStyle,
        class_legend,
    )

    legend = class_legend(answer.figures)
    return {
        "OUTPUT": ClassMapStyle(legend) if legend else None,
        "CONFIDENCE": ConfidenceStyle(),
        # One class at a time, rather than three as red, green and blue.
        "PROBABILITIES": ConfidenceStyle(),
        "ENTROPY": ConfidenceStyle(light_is_low=True),
        "MARGIN": ConfidenceStyle(),
        # Twice the threshold and more is as unlike as can be shown.
        "APPLICABILITY": ConfidenceStyle(
            light_is_low=True,
            highest=2 * (answer.figures.get("applicability_threshold") or 0.5),
        ),
    }
