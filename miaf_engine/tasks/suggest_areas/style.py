"""How suggestions look in QGIS: coloured by rank, with a list of classes to choose."""

from __future__ import annotations

from miaf_engine.classes import ClassTable
from miaf_engine.io.safe_xml import ElementTree
from miaf_engine.labels.area_style import add_fill_symbol, add_value_map
from miaf_engine.requests.suggest_areas import SUGGESTION_FIELDS

# From the first to the last: dark to light, also in grey and with colour blindness.
_RAMP = ("#7a0403", "#c92903", "#f66b19", "#fbb938", "#f9f1a5")


def suggestion_style(field: str, classes: ClassTable, count: int) -> str:
    """Return a QML style that colours by rank, and the form to fill in.

    Each area shows its rank and, once it is set, its class. Only the class can be
    edited, and is chosen from a list.

    Args:
        field: The field for the classes.
        classes: What may be chosen.
        count: The last rank.
    """
    root = ElementTree.Element(
        "qgis",
        styleCategories="Symbology|Labeling|Fields|Forms|MapTips|AttributeTable",
        version="3.22",
    )
    _add_renderer(root, count)
    _add_labels(root, field)
    add_value_map(root, field, classes.names)
    editable = ElementTree.SubElement(root, "editable")
    for name in SUGGESTION_FIELDS:
        ElementTree.SubElement(editable, "field", {"name": name, "editable": "0"})
    _add_table(root, field)
    title = ElementTree.SubElement(root, "previewExpression")
    title.text = '"rank" || \'. \' || "reason"'
    return ElementTree.tostring(root, encoding="unicode")


def _add_renderer(root: ElementTree.Element, count: int) -> None:
    facts = {
        "type": "graduatedSymbol",
        "attr": "rank",
        "graduatedMethod": "GraduatedColor",
        "forceraster": "0",
    }
    renderer = ElementTree.SubElement(root, "renderer-v2", facts)
    ranges = ElementTree.SubElement(renderer, "ranges")
    symbols = ElementTree.SubElement(renderer, "symbols")
    steps = min(count, len(_RAMP))
    edges = [round(count * step / steps) for step in range(steps + 1)]
    for step in range(steps):
        first, last = edges[step] + 1, edges[step + 1]
        ElementTree.SubElement(
            ranges,
            "range",
            {
                "render": "true",
                "symbol": str(step),
                "lower": f"{first - 0.5:.1f}",
                "upper": f"{last + 0.5:.1f}",
                "label": f"{first} to {last}" if last > first else str(first),
            },
        )
        add_fill_symbol(symbols, str(step), _RAMP[step], alpha=0.6)


def _add_labels(root: ElementTree.Element, field: str) -> None:
    column = '"{}"'.format(field.replace('"', '""'))
    expression = f"concat(\"rank\", ' ' || nullif({column}, ''))"
    labeling = ElementTree.SubElement(root, "labeling", {"type": "simple"})
    settings = ElementTree.SubElement(labeling, "settings")
    text = ElementTree.SubElement(
        settings,
        "text-style",
        {
            "fieldName": expression,
            "isExpression": "1",
            "fontSize": "9",
            "fontSizeUnit": "Point",
            "textColor": "0,0,0,255",
        },
    )
    ElementTree.SubElement(
        text,
        "text-buffer",
        {
            "bufferDraw": "1",
            "bufferSize": "0.8",
            "bufferSizeUnits": "MM",
            "bufferColor": "255,255,255,255",
        },
    )
    # Horizontal, in the polygon; every one is drawn, since each has a number.
    ElementTree.SubElement(
        settings, "placement", {"placement": "4", "centroidInside": "1"}
    )
    ElementTree.SubElement(settings, "rendering", {"displayAll": "1"})
    root.set("labelsEnabled", "1")


def _add_table(root: ElementTree.Element, field: str) -> None:
    """Leave the row number out of the attribute table, and the reasons in one line."""
    table = ElementTree.SubElement(root, "attributetableconfig")
    columns = ElementTree.SubElement(table, "columns")
    for name in ("fid", "rank", field, *SUGGESTION_FIELDS[1:]):
        facts = {"type": "field", "name": name, "hidden": str(int(name == "fid"))}
        width = {"rank": "60", field: "190", "reason": "420"}.get(name, "-1")
        ElementTree.SubElement(columns, "column", {**facts, "width": width})
