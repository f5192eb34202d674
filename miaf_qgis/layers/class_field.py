"""Which field names the class, where the user leaves it to the areas."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsField,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsVectorLayer,
)

from miaf_engine.requests.draw_sample import CLASS_FIELD as SAMPLE_CLASS
from miaf_engine.requests.draw_sample import is_of_draw, is_of_sample
from miaf_qgis.layers.layer_files import layer_of_source

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
    layer = layer_of_source(algorithm, parameters, areas, context)
    if layer is None or not layer.isValid():
        return ""
    if not field_of(layer):
        from miaf_qgis.layers.class_styles import load_own_style

        load_own_style(layer, context)  # It may have a list of classes.
    return field_of(layer)


def holds_text(field: QgsField) -> bool:
    """Return whether the values of a field are text."""
    kind = field.type()
    return bool(getattr(kind, "value", kind) == _TEXT)


def field_of(layer: QgsVectorLayer) -> str:
    """Return the field that a layer's classes are in; '' where that is open.

    It is the one that the layer is categorised by, else the only text field whose
    values are chosen from a list, else the only text field. A reference sample keeps
    its own where a copy has lost the list.
    """
    fields = layer.fields()
    names = fields.names()
    renderer = layer.renderer()
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        name = renderer.classAttribute().strip('"')
        index = fields.lookupField(name)
        if index >= 0 and not is_of_draw(names[index], names):
            return names[index]
    texts = [field.name() for field in fields if holds_text(field)]
    chosen = [
        name
        for name in texts
        if layer.editorWidgetSetup(layer.fields().lookupField(name)).type()
        == "ValueMap"
    ]
    for candidates in (chosen, texts):
        if len(candidates) == 1:
            return candidates[0]
    return SAMPLE_CLASS if SAMPLE_CLASS in texts and is_of_sample(names) else ""
