"""Parameters of a model, and of how a cube is made to fit it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
)

from miaf_engine.requests.base import NORMALISE_BY
from miaf_qgis.parameters import inputs
from miaf_qgis.parameters.settings import ChoiceParameter, helped, read_choice
from miaf_qgis.translation import tr

MODEL = "MODEL"
INTERPOLATE_BANDS = "INTERPOLATE_BANDS"
NORMALISE_BY_NAME = "NORMALISE_BY"


def check_model(path: str) -> None:
    """Refuse what is no model file.

    Raises:
        QgsProcessingException: There is no such file.
        ModelFormatError: It is no model, is damaged, or is of a newer version.
    """
    if not Path(path).is_file():
        raise QgsProcessingException(
            tr(
                "There is no model file '{path}'. Choose one made by 'Train model'."
            ).format(path=path)
        )
    # Not at the top: QGIS's start would pay for it.
    from miaf_engine.models.card import read_card

    read_card(path)


def cube_parameter() -> QgsProcessingParameterRasterLayer:
    """Return the parameter CUBE of an algorithm that has a model already."""
    return inputs.cube_parameter(
        tr("Raster with the bands that the model was trained on.")
    )


def model_parameter() -> QgsProcessingParameterFile:
    """Return the parameter MODEL."""
    return helped(
        _model_file(MODEL, tr("Model")),
        tr("File written by 'Train model' or 'Classify from training areas'."),
    )


def optional_model_parameter(
    name: str, title: str, text: str
) -> QgsProcessingParameterFile:
    """Return a parameter for a model that may be left out."""
    return helped(_model_file(name, title, optional=True), text)


def model_path(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Return the model's absolute path."""
    return str(Path(algorithm.parameterAsFile(parameters, MODEL, context)).absolute())


def optional_model(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> str | None:
    """Return the absolute path of a model that may be left out, None where it is.

    Raises:
        QgsProcessingException: There is no such file.
        ModelFormatError: It is no model, is damaged, or is of a newer version.
    """
    path = algorithm.parameterAsFile(parameters, name, context)
    if not path:
        return None
    check_model(path)
    return str(Path(path).absolute())


def fitting_parameters() -> Iterator[QgsProcessingParameterDefinition]:
    """Yield the parameters that make a cube of another sensor or light fit."""
    yield helped(
        QgsProcessingParameterBoolean(
            INTERPOLATE_BANDS, tr("Interpolate bands"), False
        ),
        tr(
            "Interpolates the bands of the model from those of another sensor. This "
            "is refused for bands outside the range of the sensor or in gaps wider "
            "than 30 nm."
        ),
    )
    yield normalise_parameter(
        tr(
            "model: band statistics of the training scene. scene: statistics of this "
            "scene, for another atmosphere or calibration. The scene should have "
            "about the same cover."
        )
    )


def normalise_parameter(text: str) -> QgsProcessingParameterDefinition:
    """Return the parameter NORMALISE_BY."""
    return helped(
        ChoiceParameter(
            NORMALISE_BY_NAME,
            tr("Normalise by the statistics of"),
            list(NORMALISE_BY),
            NORMALISE_BY[0],
        ),
        text,
    )


def normalise_by(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Return whose band statistics are taken.

    Raises:
        QgsProcessingException: It is none of the choices.
    """
    word = read_choice(algorithm, parameters, NORMALISE_BY_NAME, context)
    if word not in NORMALISE_BY:
        raise QgsProcessingException(
            tr("Statistics of '{word}' are not available. Use {words}.").format(
                word=word, words=tr(" or ").join(NORMALISE_BY)
            )
        )
    return word


def _model_file(
    name: str, title: str, *, optional: bool = False
) -> QgsProcessingParameterFile:
    return QgsProcessingParameterFile(
        name,
        title,
        QgsProcessingParameterFile.Behavior.File,
        optional=optional,
        fileFilter=inputs.model_filter(),
    )
