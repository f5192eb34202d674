"""Builds one graphical model with its inputs, steps, outputs and layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF, QSizeF

Source = QgsProcessingModelChildParameterSource
HERE = Path(__file__).resolve().parent
STEP_Y = 140


class Model:
    """A model under construction, laid out from top to bottom.

    Args:
        title: Name of the model.
        purpose: What it does, for the help of the model designer.
    """

    def __init__(self, title: str, purpose: str) -> None:
        self.made = QgsProcessingModelAlgorithm(title, "MIAF-Net")
        self._help = {"ALG_DESC": purpose, "ALG_VERSION": "1"}
        self._order: list[str] = []
        self._row = 0

    def take(self, parameter: QgsProcessingParameterDefinition, text: str) -> None:
        """Add an input with its help."""
        parameter.setHelp(text)
        self._help[parameter.name()] = text
        self._order.append(parameter.name())
        component = QgsProcessingModelParameter(parameter.name())
        count = len(self.made.parameterDefinitions())
        component.setPosition(QPointF(150, 60 + 70 * count))
        self.made.addModelParameter(parameter, component)

    def do(
        self,
        child_id: str,
        algorithm: str,
        title: str,
        *,
        given: dict[str, Any] | None = None,
        keep: dict[str, str] | None = None,
        wanted: str = "",
    ) -> None:
        """Add a step.

        Args:
            child_id: Its id in the model.
            algorithm: Id of the algorithm.
            title: What the box says.
            given: Parameters: `@NAME` is the model's input of that name, `CHILD.NAME`
                an output of a step before, all else a fixed value.
            keep: Outputs of the model by the step's names, and their titles.
            wanted: The one among them that must not be skipped.
        """
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(child_id)
        child.setDescription(title)
        child.setPosition(QPointF(560, 60 + STEP_Y * self._row))
        child.setSize(QSizeF(240, 40))
        for name, value in {**_defaults(algorithm), **(given or {})}.items():
            child.addParameterSources(name, [_source(value)])
        outputs = {}
        for n, (name, text) in enumerate((keep or {}).items()):
            output = QgsProcessingModelOutput(name, text)
            output.setChildId(child_id)
            output.setChildOutputName(name)
            output.setMandatory(name == wanted)
            output.setPosition(QPointF(900, 40 + STEP_Y * self._row + 45 * n))
            outputs[name] = output
        child.setModelOutputs(outputs)
        self.made.addChildAlgorithm(child)
        self._row += 1

    def write(self, name: str) -> None:
        """Write the model's file."""
        self.made.setParameterOrder(self._order)
        self.made.setHelpContent(self._help)
        if not self.made.toFile(str(HERE / f"{name}.model3")):
            message = f"{name}.model3 could not be written."
            raise OSError(message)


def _defaults(algorithm: str) -> dict[str, Any]:
    """Return what a step must be given although it has a default.

    The model designer calls a step invalid that leaves such a parameter out.
    """
    flag = QgsProcessingParameterDefinition.Flag.FlagOptional
    made = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
    return {
        item.name(): item.defaultValue()
        for item in made.parameterDefinitions()
        if not item.isDestination()
        and not item.flags() & flag
        and item.defaultValue() is not None
    }


def _source(value: Any) -> QgsProcessingModelChildParameterSource:
    if isinstance(value, str) and value.startswith("@"):
        return Source.fromModelParameter(value[1:])
    if (
        isinstance(value, str)
        and value.count(".") == 1
        and value.split(".")[0].isalpha()
    ):
        return Source.fromChildOutput(*value.split("."))
    return Source.fromStaticValue(value)
