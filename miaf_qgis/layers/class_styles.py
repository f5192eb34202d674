"""Class names and colours out of a layer's categorised renderer."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

Key = Any  # Value of the class field in the file for the engine: text, int or float.


def class_key(value: Any, *, numeric: bool) -> Key | None:
    """Return a field value as it is written for the engine, None where it is missing.

    Args:
        value: Attribute, or value of a renderer's category.
        numeric: Whether the field holds numbers; a category may hold them as text.
    """
    if value is None or value == NULL:
        return None
    if numeric:
        try:
            number = float(value)
        except (TypeError, ValueError):
            return None
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() else number
    if isinstance(value, bool):  # As a project file has it in a renderer's category.
        return "true" if value else "false"
    if isinstance(value, (QDate, QDateTime, QTime)):
        return value.toString(Qt.DateFormat.ISODate) or None
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(item) for item in value)
    return str(value).strip() or None


def class_styles(
    layer: QgsVectorLayer | None, field: str, *, numeric: bool
) -> list[dict[str, Any]] | None:
    """Return {"key", "name", "colour"} of each category, None without such a renderer.

    Args:
        layer: Layer of the areas, None where the source is no layer.
        field: The class field; a renderer of another field says nothing of it.
        numeric: Whether the field holds numbers.
    """
    renderer = _categorised(layer)
    if renderer is None or not _classifies(renderer.classAttribute(), field):
        return None
    styles: dict[Key, dict[str, Any]] = {}
    for category in renderer.categories():
        value = category.value()
        for item in value if isinstance(value, (list, tuple)) else [value]:
            key = class_key(item, numeric=numeric)
            if key is None or category.symbol() is None:  # "All other values"
                continue
            merged = isinstance(value, (list, tuple)) and len(value) > 1
            # Values that share a category stay classes of their own; their common
            # label cannot name two, so each is named by its value.
            name = str(key) if merged else category.label().strip() or str(key)
            colour = category.symbol().color().name()
            styles.setdefault(key, {"key": key, "name": name, "colour": colour})
    return list(styles.values()) or None


def raster_class_styles(layer: QgsRasterLayer) -> list[dict[str, Any]] | None:
    """Return {"key", "name", "colour"} of each value of a paletted renderer.

    QGIS makes such a renderer of a file's colour table and category names too.

    Returns:
        None where the layer is drawn in another way.
    """
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return None
    styles = [
        {
            "key": int(entry.value),
            "name": entry.label.strip() or str(int(entry.value)),
            "colour": entry.color.name(),
        }
        for entry in renderer.classes()
        if entry.value > 0 and float(entry.value).is_integer()
    ]
    return styles or None


def load_own_style(layer: QgsMapLayer | None, context: QgsProcessingContext) -> None:
    """Give a layer that Processing opened from a file the style stored with it.

    Processing leaves it out, to be quick. A layer of the project has the user's style.
    """
    if layer is None:
        return
    if context.temporaryLayerStore().mapLayer(layer.id()) is not None:
        layer.loadDefaultStyle()


def _categorised(layer: QgsVectorLayer | None) -> QgsCategorizedSymbolRenderer | None:
    renderer = layer.renderer() if layer is not None else None
    while renderer is not None and not isinstance(
        renderer, QgsCategorizedSymbolRenderer
    ):
        # Merged or inverted polygons and point clusters wrap another renderer.
        renderer = renderer.embeddedRenderer()
    return renderer


def _classifies(attribute: str, field: str) -> bool:
    plain = (field, QgsExpression.quotedColumnRef(field))
    return attribute.strip().casefold() in {text.casefold() for text in plain}
