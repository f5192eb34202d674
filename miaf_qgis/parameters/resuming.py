"""Going on with a training that was interrupted."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
)

from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

RESUME = "RESUME"


def resume_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter RESUME."""
    parameter = QgsProcessingParameterBoolean(
        RESUME, tr("Go on with an interrupted training"), True
    )
    parameter.setHelp(
        tr(
            "If a training of the same inputs and settings was cancelled or broke off, "
            "it goes on where it stood and ends as if it had never stopped. The state "
            "is kept every 30 seconds, for up to 14 days. Off: start anew."
        )
    )
    return shared.advanced(parameter)


def read_resume(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> bool:
    """Return whether an interrupted training goes on."""
    return bool(algorithm.parameterAsBoolean(parameters, RESUME, context))
