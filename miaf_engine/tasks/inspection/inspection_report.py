"""The report of an inspection: one HTML file that needs no other, and its numbers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from miaf_engine.reports.report import (
    spectra_images,
    template,
    write_page,
)
from miaf_engine.tasks.inspection.findings import Inspection
from miaf_engine.tasks.inspection.separability import (
    HOPELESS,
    POOR,
    Separability,
)

# A table of more classes than these is too wide to read; the nearest pairs are listed.
_WIDEST_TABLE = 40
_MOST_PAIRS = 100


def write_inspection(path: str | Path, found: Inspection) -> Path:
    """Write the report, and its numbers beside it as `STEM.json`.

    Raises:
        FileError: A file cannot be written.
    """
    return write_page(path, render_inspection(found), found.full_json())


def render_inspection(found: Inspection) -> str:
    """Return the report as HTML; every text from outside is escaped."""
    images: dict[str, Any] = {}
    if found.spectra is not None and found.classes is not None:
        images = spectra_images(found.spectra, found.classes)
    return template("inspection.html.j2").render(
        content=found,
        images=images,
        problems=found.graded("problem"),
        notes=found.graded("note"),
        matrix=_matrix(found.separability),
        pairs=_pairs(found),
        sampled=sum(item.sampled for item in found.class_facts),
        labelled=sum(item.pixels for item in found.class_facts),
        poor=POOR,
        hopeless=HOPELESS,
    )


def _matrix(measured: Separability | None) -> list[list[dict[str, str]]]:
    """Return text and shade of each cell, below the diagonal; none if too wide."""
    if measured is None or len(measured.distances) > _WIDEST_TABLE:
        return []
    rows = measured.distances.tolist()
    return [[_cell(value) for value in row[:i]] for i, row in enumerate(rows)]


def _cell(distance: float) -> dict[str, str]:
    if math.isnan(distance):
        return {"text": "\N{EN DASH}", "shade": "#ffffff"}
    bad, poor = distance < HOPELESS, distance < POOR
    shade = "#f4b6ae" if bad else "#fde3b4" if poor else "#ffffff"
    return {"text": f"{distance:.2f}", "shade": shade}


def _pairs(found: Inspection) -> list[tuple[str, str, str]]:
    """Return the pairs of classes that are hard to tell apart."""
    if found.separability is None or found.classes is None:
        return []
    names = found.classes.names
    return [
        (names[i], names[j], f"{distance:.2f}")
        for i, j, distance in found.separability.pairs()[:_MOST_PAIRS]
        if distance < POOR
    ]
