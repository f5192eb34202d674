"""Class names and colours out of a layer's categorised renderer."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from qgis.core import (
    NULL,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRenderer,
    QgsGraduatedSymbolRenderer,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsRasterLayer,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

# Editor widgets that show a name for a value; those of coded domains come as the first.
_LISTS = ("ValueMap", "ValueRelation", "RelationReference")
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
    layer: QgsVectorLayer | None,
    field: str,
    *,
    numeric: bool,
    keys: Collection[Key] = (),
) -> list[dict[str, Any]] | None:
    """Return {"key", "name", "colour"} of each class that the layer shows as one.

    Names are those of the categories or rules that the layer is drawn by, else those
    that QGIS shows for the field's values (value map, value relation, coded domain);
    the latter alone have no colour.

    Args:
        layer: Layer of the areas, None where the source is no layer.
        field: The class field; a renderer of another field says nothing of it.
        numeric: Whether the field holds numbers.
        keys: Values of the field that occur.

    Returns:
        None where the layer says nothing of the field.
    """
    if layer is None:
        return None
    shown = _shown_names(layer, field, keys)
    styles = {key: {"key": key, "name": name} for key, name in shown.items()}
    for style in _of_renderer(layer, field, keys, numeric=numeric):
        key = style["key"]
        if style["name"] == str(key) and key in shown:
            style["name"] = shown[key]
        styles[key] = style
    return list(styles.values()) or None


def style_is_lost(
    layer: QgsVectorLayer | None, field: str, keys: Collection[Key]
) -> bool:
    """Return whether a layer has classes of its own that say nothing of a field."""
    if layer is None:
        return False
    renderer = _unwrapped(layer)
    several = (
        QgsCategorizedSymbolRenderer,
        QgsRuleBasedRenderer,
        QgsGraduatedSymbolRenderer,
    )
    numeric = any(isinstance(key, (int, float)) for key in keys)
    return isinstance(renderer, several) and not _of_renderer(
        layer, field, keys, numeric=numeric
    )


def _of_renderer(
    layer: QgsVectorLayer, field: str, keys: Collection[Key], *, numeric: bool
) -> list[dict[str, Any]]:
    renderer = _unwrapped(layer)
    if isinstance(renderer, QgsRuleBasedRenderer):
        rules = [
            (text, rule.label().strip(), rule.symbol().color().name())
            for rule, text in _rules(renderer.rootRule())
            if rule.symbol() is not None and not rule.isElse()
        ]
        return _by_expressions(layer, field, keys, rules)
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return []
    attribute = renderer.classAttribute()
    if _classifies(attribute, field):
        return _of_categories(renderer, numeric=numeric)
    return _by_expressions(layer, field, keys, _expressions(renderer))


def _expressions(
    renderer: QgsCategorizedSymbolRenderer,
) -> list[tuple[str, str, str]]:
    """Return when each category of an expression holds, its label and its colour."""
    rules = []
    for category in renderer.categories():
        value = category.value()
        values = value if isinstance(value, (list, tuple)) else [value]
        texts = [
            QgsExpression.quotedString(str(item))
            for item in values
            if item not in (None, "") and item != NULL
        ]
        if texts and category.symbol() is not None:
            wanted = f"to_string({renderer.classAttribute()}) IN ({', '.join(texts)})"
            colour = category.symbol().color().name()
            rules.append((wanted, category.label().strip(), colour))
    return rules


def _of_categories(
    renderer: QgsCategorizedSymbolRenderer, *, numeric: bool
) -> list[dict[str, Any]]:
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
    return list(styles.values())


def _rules(
    parent: QgsRuleBasedRenderer.Rule, above: str = ""
) -> Iterator[tuple[QgsRuleBasedRenderer.Rule, str]]:
    """Yield the active rules and when they hold: with the rules that they are below."""
    for rule in parent.children():
        if not rule.active():
            continue
        own = rule.filterExpression().strip()
        text = f"({above}) AND ({own})" if above and own else own or above
        if text:
            yield rule, text
        yield from _rules(rule, text)


def _by_expressions(
    layer: QgsVectorLayer,
    field: str,
    keys: Collection[Key],
    rules: Sequence[tuple[str, str, str]],
) -> list[dict[str, Any]]:
    """Return the styles of keys by rules that speak of the class field alone.

    Args:
        layer: The layer.
        field: The class field.
        keys: Values that occur.
        rules: When each holds, its label and its colour.
    """
    context = QgsExpressionContext()
    # A scope in a list given to the constructor would be freed twice.
    context.appendScope(QgsExpressionContextUtils.layerScope(layer))
    usable = []
    for text, label, colour in rules:
        expression = QgsExpression(text)
        columns = {name.casefold() for name in expression.referencedColumns()}
        if columns == {field.casefold()} and expression.prepare(context):
            usable.append((expression, label, colour))
    found: dict[Key, tuple[str, str]] = {}
    for key in keys:
        feature = QgsFeature(layer.fields())
        feature.setAttribute(field, key)
        context.setFeature(feature)
        for expression, label, colour in usable:
            if expression.evaluate(context) in (True, 1):
                found[key] = label, colour
                break
    labels = [label for label, _ in found.values()]
    return [
        # A label of several classes cannot name them.
        {
            "key": key,
            "name": label if label and labels.count(label) == 1 else str(key),
            "colour": colour,
        }
        for key, (label, colour) in found.items()
    ]


def _shown_names(
    layer: QgsVectorLayer, field: str, keys: Collection[Key]
) -> dict[Key, str]:
    """Return what QGIS shows for values of a field that has a list of them."""
    index = layer.fields().lookupField(field)
    setup = layer.editorWidgetSetup(index) if index >= 0 else None
    if setup is None or setup.type() not in _LISTS:
        return {}
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
    names = {}
    for key in keys:
        name = formatter.representValue(layer, index, setup.config(), None, key)
        name = str(name or "").strip()
        if name and name not in (str(key), f"({key})"):
            names[key] = name
    return names


def raster_class_styles(
    layer: QgsRasterLayer, *, zero: bool = False
) -> list[dict[str, Any]] | None:
    """Return {"key", "name", "colour"} of each value of a paletted renderer.

    QGIS makes such a renderer of a file's colour table and category names too.

    Args:
        layer: The raster.
        zero: Whether 0 may be a class.

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
        if entry.value > (-1 if zero else 0) and float(entry.value).is_integer()
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


def _unwrapped(layer: QgsVectorLayer) -> QgsFeatureRenderer | None:
    """Return what draws a layer inside merged or inverted polygons and clusters."""
    renderer = layer.renderer()
    while renderer is not None and renderer.embeddedRenderer() is not None:
        renderer = renderer.embeddedRenderer()
    return renderer


def _classifies(attribute: str, field: str) -> bool:
    plain = (field, QgsExpression.quotedColumnRef(field))
    return attribute.strip().casefold() in {text.casefold() for text in plain}
