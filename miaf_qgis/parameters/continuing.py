"""Parameters of fine-tuning, of training on several cubes, and of resuming."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterMultipleLayers,
)

from miaf_qgis.layers.rasters import check_cube, raster_path
from miaf_qgis.parameters import fitting, inputs
from miaf_qgis.parameters import settings as shared
from miaf_qgis.translation import tr

if TYPE_CHECKING:
    from miaf_qgis.layers.areas import Areas

INITIAL_MODEL = "INITIAL_MODEL"
ROIS_MORE = "ROIS_MORE"
CUBES = "CUBES"
RESUME = "RESUME"


def more_areas_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter ROIS_MORE."""
    return inputs.areas_parameter(
        ROIS_MORE,
        tr("More training areas"),
        tr(
            "A second layer of areas, for example from 'Suggest areas to label next' "
            "once you have set their classes. Its class field must have the same "
            "name. Areas without a class are ignored."
        ),
        optional=True,
    )


def with_classes(more: Areas | None, feedback: QgsProcessingFeedback) -> Areas | None:
    """Return more areas, None where none of them has a class yet, as suggested ones."""
    if more is None or more.keys:
        return more
    feedback.pushWarning(
        tr(
            "No area of layer '{name}' has a class in the field '{field}' yet, so the "
            "layer is left out."
        ).format(name=more.name, field=more.field)
    )
    return None


def initial_model_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter INITIAL_MODEL."""
    return fitting.optional_model_parameter(
        INITIAL_MODEL,
        tr("Initial model"),
        tr(
            "Model to continue training from. This takes a fraction of the time of a "
            "new training. Give its old areas and the new ones together. New classes "
            "are allowed. The classes, bands, normalisation, superpixels and network "
            "of the model are kept. Areas held out from its training are held out "
            "again."
        ),
    )


def more_cubes_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield CUBES and NORMALISE_BY."""
    yield shared.advanced(
        shared.helped(
            QgsProcessingParameterMultipleLayers(
                CUBES,
                tr("More cubes to train on"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            ),
            tr(
                "More scenes of the same sensor. The training areas may lie on any of "
                "them. Only the first cube, chosen above, is mapped."
            ),
        )
    )
    yield shared.advanced(
        fitting.normalise_parameter(
            tr(
                "model: band statistics of all cubes together, or of the initial "
                "model. scene: statistics of each cube by itself, for cubes with "
                "different illumination or calibration. Then classify with 'scene', "
                "too."
            )
        )
    )


def initial_model(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str | None:
    """Return the initial model's path, None where there is none.

    Raises:
        QgsProcessingException: There is no such file.
        ModelFormatError: It is no model, is damaged, or is of a newer version.
    """
    return fitting.optional_model(algorithm, parameters, INITIAL_MODEL, context)


def more_cubes(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> list[str] | None:
    """Return the paths of further cubes, None where there is none.

    Raises:
        QgsProcessingException: One is no cube.
    """
    if not parameters.get(CUBES):
        return None
    layers = algorithm.parameterAsLayerList(parameters, CUBES, context)
    given = parameters[CUBES]
    if isinstance(given, (list, tuple)) and len(layers) < len(given):
        raise QgsProcessingException(
            tr("Of {given} cubes to train on, QGIS can read {count}.").format(
                given=len(given), count=len(layers)
            )
        )
    for layer in layers:
        check_cube(layer)
    return [raster_path(layer) for layer in layers]


def resume_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter RESUME."""
    parameter = QgsProcessingParameterBoolean(
        RESUME, tr("Continue an interrupted training"), True
    )
    parameter.setHelp(
        tr(
            "If a training with the same inputs and settings was cancelled or "
            "interrupted, it continues where it stopped. The result is the same as "
            "without interruption. The state is saved every 30 seconds and kept for "
            "up to 14 days. If off, training starts again from the beginning."
        )
    )
    return shared.advanced(parameter)


def read_resume(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> bool:
    """Return whether an interrupted training continues."""
    return bool(algorithm.parameterAsBoolean(parameters, RESUME, context))
