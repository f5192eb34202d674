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
    values are chosen from a list, else the only text field.
    """
    fields = layer.fields()
    renderer = layer.renderer()
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        name = renderer.classAttribute().strip('"')
        if fields.lookupField(name) >= 0:
            return fields.at(fields.lookupField(name)).name()
    texts = [field.name() for field in fields if holds_text(field)]
    chosen = [
        name
        for name in texts
        if layer.editorWidgetSetup(layer.fields().lookupField(name)).type()
        == "ValueMap"
    ]
    for names in (chosen, texts):
        if len(names) == 1:
            return names[0]
    return ""
