"""The points of a reference sample as a layer: what it tells, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.sampling_design import Draw
from miaf_engine.classes import plain_name
from miaf_engine.grid import Grid
from miaf_engine.io.safe_xml import ElementTree
from miaf_engine.labels.area_style import add_value_map
from miaf_engine.labels.points import pixel_centres, write_points
from miaf_engine.requests.draw_sample import (
    CLASS_FIELD,
    MAP_CLASS_FIELD,
    SAMPLE_FIELDS,
)

# Chosen where the cover is none of the map's classes.
OTHER = "other"
NUMBER_FIELD, NOTE_FIELD = "number", "note"


def write_sample(
    path: str,
    draw: Draw,
    method: str,
    areas: NDArray[np.float64],
    grid: Grid,
    choices: Sequence[str],
    shown: Sequence[str] | None,
    facts: Mapping[str, str],
) -> None:
    """Write drawn points with an empty class field, and the design of each.

    Strata are numbered in random order, so that their number does not
    tell the class of the map.

    Args:
        path: GeoPackage to write.
        draw: The points.
        method: How they were drawn.
        areas: float64 (H,), hectares of each stratum, NaN where not known.
        grid: Grid of the map.
        choices: Names of the classes to choose from.
        shown: Class of the map at each point; None hides it.
        facts: What the layer's metadata says.
    """
    count, member = len(draw.rows), draw.strata
    columns: dict[str, NDArray[Any]] = {
        NUMBER_FIELD: np.arange(1, count + 1, dtype=np.int32),
        CLASS_FIELD: np.full(count, None, dtype=object),
        NOTE_FIELD: np.full(count, None, dtype=object),
    }
    if shown is not None:
        columns[MAP_CLASS_FIELD] = np.array(shown, dtype=object)
    design = (
        np.full(count, method, dtype=object),
        (member + 1).astype(np.int32),
        draw.pixels[member],
        draw.points[member].astype(np.int32),
        np.round(areas, 10)[member],
        draw.probabilities[member],
        np.full(count, draw.pixels.sum(), np.int64),
    )
    columns |= dict(zip(SAMPLE_FIELDS, design, strict=True))
    points = pixel_centres(draw.rows, draw.columns, grid)
    write_points(path, points, columns, grid.crs, sample_style(choices), facts)


def sample_style(choices: Sequence[str]) -> str:
    """Return a QML style: numbered rings, and a form with a list of classes.

    Only class and note can be edited. The fields that tell the design are hidden,
    because a chance of being drawn tells how rare the map's class is.
    """
    root = ElementTree.Element(
        "qgis",
        styleCategories="Symbology|Labeling|Fields|Forms|MapTips|AttributeTable",
        version="3.22",
        labelsEnabled="1",
    )
    _add_renderer(root)
    _add_labels(root)
    named = {plain_name(name) for name in choices}
    more = [] if OTHER in named else [OTHER]
    add_value_map(root, CLASS_FIELD, [*choices, *more], SAMPLE_FIELDS)
    editable = ElementTree.SubElement(root, "editable")
    for name in (NUMBER_FIELD, MAP_CLASS_FIELD, *SAMPLE_FIELDS):
        ElementTree.SubElement(editable, "field", {"name": name, "editable": "0"})
    _add_table(root)
    title = ElementTree.SubElement(root, "previewExpression")
    title.text = f"\"{NUMBER_FIELD}\" || ' ' || coalesce(\"{CLASS_FIELD}\", '')"
    return ElementTree.tostring(root, encoding="unicode")


def _add_renderer(root: ElementTree.Element) -> None:
    """Draw rings, so that the pixel below stays in sight."""
    facts = {"type": "singleSymbol", "forceraster": "0"}
    renderer = ElementTree.SubElement(root, "renderer-v2", facts)
    symbols = ElementTree.SubElement(renderer, "symbols")
    symbol = ElementTree.SubElement(
        symbols, "symbol", {"type": "marker", "name": "0", "alpha": "1"}
    )
    for colour, width in (("0,0,0,255", "1"), ("255,230,0,255", "0.5")):
        layer = ElementTree.SubElement(
            symbol, "layer", {"class": "SimpleMarker", "enabled": "1"}
        )
        for name, value in {
            "name": "circle",
            "color": "0,0,0,0",
            "outline_color": colour,
            "outline_width": width,
            "outline_width_unit": "MM",
            "size": "3.2",
            "size_unit": "MM",
        }.items():
            ElementTree.SubElement(layer, "prop", {"k": name, "v": value})


def _add_labels(root: ElementTree.Element) -> None:
    labeling = ElementTree.SubElement(root, "labeling", {"type": "simple"})
    settings = ElementTree.SubElement(labeling, "settings")
    text = ElementTree.SubElement(
        settings,
        "text-style",
        {
            "fieldName": f'concat("{NUMBER_FIELD}", \' \' || "{CLASS_FIELD}")',
            "isExpression": "1",
            "fontSize": "8",
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
    # Above and to the right of the point.
    ElementTree.SubElement(
        settings, "placement", {"placement": "1", "quadOffset": "2", "dist": "1.5"}
    )


def _add_table(root: ElementTree.Element) -> None:
    table = ElementTree.SubElement(root, "attributetableconfig")
    columns = ElementTree.SubElement(table, "columns")
    seen = (NUMBER_FIELD, CLASS_FIELD, NOTE_FIELD, MAP_CLASS_FIELD)
    for name in ("fid", *seen, *SAMPLE_FIELDS):
        facts = {"type": "field", "name": name, "hidden": str(int(name not in seen))}
        width = {NUMBER_FIELD: "70", CLASS_FIELD: "190", NOTE_FIELD: "260"}
        ElementTree.SubElement(
            columns, "column", {**facts, "width": width.get(name, "-1")}
        )
