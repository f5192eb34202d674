"""The QGIS style that areas of known cover carry in a GeoPackage."""

from __future__ import annotations

from collections.abc import Iterable

from miaf_engine.classes import ClassTable
from miaf_engine.io.safe_xml import ElementTree

# How a value map in QGIS says NULL.
_NULL = "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}"
# As QGIS makes it, so that it takes the table for its own.
STYLE_TABLE = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""


def categorised_style(field: str, classes: ClassTable) -> str:
    """Return a QML style that fills each class's areas with its colour.

    Args:
        field: Field with the classes' names.
        classes: Names and colours.
    """
    root = ElementTree.Element("qgis", styleCategories="Symbology", version="3.22")
    facts = {"type": "categorizedSymbol", "attr": field, "forceraster": "0"}
    renderer = ElementTree.SubElement(root, "renderer-v2", facts)
    categories = ElementTree.SubElement(renderer, "categories")
    symbols = ElementTree.SubElement(renderer, "symbols")
    for number, entry in enumerate(classes):
        key = str(number)
        ElementTree.SubElement(
            categories,
            "category",
            {
                "render": "true",
                "value": entry.name,
                "label": entry.name,
                "symbol": key,
                "type": "string",
            },
        )
        add_fill_symbol(symbols, key, entry.colour)
    return ElementTree.tostring(root, encoding="unicode")


def outline_style() -> str:
    """Return a QML style that draws outlines alone, so that the cube shows through."""
    root = ElementTree.Element("qgis", styleCategories="Symbology", version="3.22")
    facts = {"type": "singleSymbol", "forceraster": "0"}
    renderer = ElementTree.SubElement(root, "renderer-v2", facts)
    symbols = ElementTree.SubElement(renderer, "symbols")
    colour = "255,230,0,255"
    add_fill_symbol(symbols, "0", "#ffe600", style="no", outline_color=colour)
    return ElementTree.tostring(root, encoding="unicode")


def add_fill_symbol(
    symbols: ElementTree.Element,
    key: str,
    colour: str,
    alpha: float = 1.0,
    **more: str,
) -> None:
    """Add a symbol that fills areas.

    Args:
        symbols: The renderer's symbols.
        key: Name by which the renderer finds it.
        colour: `#rrggbb`.
        alpha: Opacity of the whole, 0 to 1.
        more: Properties in place of the usual ones.
    """
    symbol = ElementTree.SubElement(
        symbols, "symbol", {"type": "fill", "name": key, "alpha": f"{alpha:g}"}
    )
    layer = ElementTree.SubElement(
        symbol, "layer", {"class": "SimpleFill", "enabled": "1"}
    )
    for name, value in {**_fill(colour), **more}.items():
        ElementTree.SubElement(layer, "prop", {"k": name, "v": value})


def _fill(colour: str) -> dict[str, str]:
    shares = ",".join(str(part) for part in bytes.fromhex(colour[1:]))
    return {
        "color": f"{shares},255",
        "style": "solid",
        "outline_color": "0,0,0,255",
        "outline_style": "solid",
        "outline_width": "0.3",
        "outline_width_unit": "MM",
    }


def add_value_map(
    root: ElementTree.Element,
    field: str,
    choices: Iterable[str],
    hidden: Iterable[str] = (),
) -> None:
    """Let a form offer a list of texts for a field, "(not set)" first.

    Args:
        root: The style.
        field: The field to fill in.
        choices: What may be chosen.
        hidden: Fields that the form does not show, beside the row's number.
    """
    configuration = ElementTree.SubElement(root, "fieldConfiguration")
    for name in ("fid", *hidden):
        number = ElementTree.SubElement(configuration, "field", {"name": name})
        ElementTree.SubElement(number, "editWidget", {"type": "Hidden"})
    entry = ElementTree.SubElement(configuration, "field", {"name": field})
    widget = ElementTree.SubElement(entry, "editWidget", {"type": "ValueMap"})
    config = ElementTree.SubElement(widget, "config")
    options = ElementTree.SubElement(config, "Option", {"type": "Map"})
    listing = ElementTree.SubElement(options, "Option", {"type": "List", "name": "map"})
    for name, value in (("(not set)", _NULL), *((n, n) for n in choices)):
        choice = ElementTree.SubElement(listing, "Option", {"type": "Map"})
        ElementTree.SubElement(
            choice, "Option", {"type": "QString", "name": name, "value": value}
        )
