"""Which field names the class, where the user leaves it to the areas."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsVectorLayer,
)

CLASS_FIELD = "CLASS_FIELD"
# QVariant.String of Qt 5 and QMetaType.QString of Qt 6, where it is no longer an int.
_TEXT = 10


def class_field(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    areas: str,
    context: QgsProcessingContext,
) -> str:
    """Return the class field that is given, or the one that the areas suggest.

    Args:
        algorithm: Has the parameter CLASS_FIELD.
        parameters: Its parameters.
        areas: Parameter of the areas.
        context: Context of the run.

    Returns:
        A name; empty where there is nothing to go by.
    """
    given = algorithm.parameterAsString(parameters, CLASS_FIELD, context)
    if given or parameters.get(areas) in (None, ""):
        return given
    layer = algorithm.parameterAsVectorLayer(parameters, areas, context)
    return field_of(layer) if layer is not None and layer.isValid() else ""


def field_of(layer: QgsVectorLayer) -> str:
    """Return the field a layer is categorised by, else its only text field, else ''."""
    fields = layer.fields()
    renderer = layer.renderer()
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        name = renderer.classAttribute().strip('"')
        if fields.lookupField(name) >= 0:
            return fields.at(fields.lookupField(name)).name()
    kinds = {field.name(): field.type() for field in fields}
    texts = [
        name for name, kind in kinds.items() if getattr(kind, "value", kind) == _TEXT
    ]
    return texts[0] if len(texts) == 1 else ""
