"""Algorithms whose outcome is one layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingLayerPostProcessorInterface

from miaf_qgis.algorithms.base import EngineAlgorithm
from miaf_qgis.layers.rasters import checked_target
from miaf_qgis.parameters.output_files import layer_target

if TYPE_CHECKING:
    from miaf_qgis.engine.answer import Answer


class LayerAlgorithm(EngineAlgorithm):
    """Writes the layer OUTPUT, and has it styled and named if QGIS loads it."""

    OUTPUT = "OUTPUT"

    def __init__(self) -> None:
        super().__init__()
        self._named = ""

    def layer_name(self) -> str:
        """Return the name of the layer in QGIS."""
        raise NotImplementedError

    def layer_style(
        self, answer: Answer
    ) -> QgsProcessingLayerPostProcessorInterface | None:
        """Return what styles the layer; None only names it."""
        from miaf_qgis.layers.styling import StoredStyle

        return StoredStyle()

    def targets(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        sources: tuple[str, ...],
    ) -> dict[str, str | None]:
        self._named = layer_target(self, parameters, self.OUTPUT, context)
        return {"output": checked_target(self._named, sources)}

    def style(self, context: QgsProcessingContext, answer: Answer) -> None:
        from miaf_qgis.layers.styling import style_on_load

        title = self.parameterDefinition(self.OUTPUT).description()
        style_on_load(
            context,
            self._named,
            self.layer_style(answer),
            name=self.layer_name(),
            instead_of=(title, self.OUTPUT),
        )
