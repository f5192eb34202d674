"""The three rasters of a classification: parameters, paths, results, styles."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterRasterDestination,
)

from miaf_qgis.cubes import checked_target
from miaf_qgis.engine_process import Answer
from miaf_qgis.parameters import helped
from miaf_qgis.styling import (
    ClassMapStyle,
    ConfidenceStyle,
    class_legend,
    style_on_load,
)
from miaf_qgis.translation import tr

MAPS = ("OUTPUT", "CONFIDENCE", "PROBABILITIES")


def add_map_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the rasters to an algorithm."""
    destination = QgsProcessingParameterRasterDestination
    algorithm.addParameter(
        helped(
            destination("OUTPUT", tr("Class map")),
            tr("Map of the classes on the cube's grid; 0 is unclassified."),
        )
    )
    algorithm.addParameter(
        helped(
            destination("CONFIDENCE", tr("Confidence"), None, True, True),
            tr("Probability of the class that the map shows, 0 to 1."),
        )
    )
    algorithm.addParameter(
        helped(
            destination("PROBABILITIES", tr("Class probabilities"), None, True, False),
            tr("Probability of every class, one band each."),
        )
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
            name: algorithm.parameterAsOutputLayer(parameters, name, context)
            for name in MAPS
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

    def style(self, context: QgsProcessingContext, answer: Answer) -> None:
        """Style those rasters that QGIS is about to load."""
        legend = class_legend(answer.figures)
        styles = {
            "OUTPUT": (
                tr("Land cover (miaf)"),
                ClassMapStyle(legend) if legend else None,
            ),
            "CONFIDENCE": (tr("Confidence (miaf)"), ConfidenceStyle()),
            "PROBABILITIES": (tr("Class probabilities (miaf)"), None),
        }
        for name, (title, style) in styles.items():
            style_on_load(
                context,
                self._named[name],
                style,
                name=title,
                instead_of=self._titles[name],
            )
