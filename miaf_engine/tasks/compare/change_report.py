"""The report of a comparison of two maps, and its matrix as a file."""

from __future__ import annotations

import base64
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.io.outputs import pending
from miaf_engine.reports import plots
from miaf_engine.reports.matrix import harmless
from miaf_engine.reports.report import template, write_page
from miaf_engine.tasks.compare.change_matrix import (
    ORIENTATION,
    Change,
    ChangeLegend,
    ChangeMatrix,
)
from miaf_engine.translation import spoken

MOST_SHOWN = 20
_WIDEST_TABLE = 40


@dataclass(frozen=True, eq=False)
class ChangeContent:
    """What the report shows.

    Attributes:
        matrix: What changed.
        legend: Classes of the change map.
        picture: integer (h, w), place of each pixel's class in the legend from 1, 0
            where not compared; every `step`th pixel of a large map.
        inputs: Names of the files.
        notes: How classes were matched.
        warnings: What the user should look at.
        figures: All numbers, for the file beside the report.
    """

    matrix: ChangeMatrix
    legend: ChangeLegend
    picture: NDArray[np.integer]
    inputs: Mapping[str, str]
    notes: Sequence[str]
    warnings: Sequence[str]
    figures: Mapping[str, Any]


def write_change_report(path: str | Path, content: ChangeContent) -> Path:
    """Write the report, and its numbers beside it as `STEM.json`.

    Raises:
        FileError: A file cannot be written.
    """
    return write_page(path, render_changes(content), content.figures)


def render_changes(content: ChangeContent) -> str:
    """Return the report as HTML; every text from outside is escaped."""
    matrix, legend = content.matrix, content.legend
    changes = [change for change in matrix.changes() if not change.stays]
    png = plots.map_png(content.picture, legend.classes.colours)
    return template("changes.html.j2").render(
        content=content,
        matrix=matrix,
        changes=[_row(change, matrix, legend) for change in changes[:MOST_SHOWN]],
        more=len(changes) - MOST_SHOWN,
        classes=matrix.class_rows(),
        cells=_cells(matrix) if len(matrix.classes) <= _WIDEST_TABLE else [],
        language=spoken(),
        image=f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}",
    )


def write_change_csv(path: str | Path, matrix: ChangeMatrix) -> None:
    """Write the matrix with its sums, in pixels and then as areas.

    The first cell of each table states unit and orientation. UTF-8 with a byte order
    mark, without which Excel garbles letters beyond ASCII.

    Raises:
        FileError: The file cannot be written.
    """
    tables: list[tuple[str, NDArray[Any]]] = [("pixels", matrix.pixels)]
    if matrix.unit != "pixels":
        tables.append((matrix.unit, matrix.areas))
    names = [harmless(name) for name in matrix.classes.names]
    with (
        pending(path) as temporary,
        Path(temporary).open("w", encoding="utf-8-sig", newline="") as file,
    ):
        table = csv.writer(file)
        for number, (unit, values) in enumerate(tables):
            table.writerows([[]] * number)
            table.writerow([f"{unit}, {ORIENTATION}", *names, "sum"])
            for name, row in zip(names, values, strict=True):
                table.writerow([name, *row.tolist(), row.sum().item()])
            sums = values.sum(axis=0)
            table.writerow(["sum", *sums.tolist(), sums.sum().item()])


def _row(change: Change, matrix: ChangeMatrix, legend: ChangeLegend) -> dict[str, Any]:
    code = int(legend.codes[change.before, change.after])
    entry = legend.classes.entries[legend.classes.values.index(code)]
    of_class = float(matrix.areas[change.before].sum())
    return {
        "entry": entry,
        "pixels": change.pixels,
        "area": change.area,
        "share": change.area / float(matrix.areas.sum()),
        "of_class": change.area / of_class,
    }


def _cells(matrix: ChangeMatrix) -> list[list[dict[str, Any]]]:
    """Return the cells of the matrix, changes shaded by their share of the row."""
    rows = []
    for i, areas in enumerate(matrix.areas):
        total = float(areas.sum()) or 1.0
        row = []
        for j, area in enumerate(areas):
            strength = 0.0 if i == j else (float(area) / total) ** 0.5
            shade = [round(255 + 0.7 * strength * (c - 255)) for c in (203, 45, 35)]
            colour = "#f2f2f2" if i == j else "#" + "".join(f"{c:02x}" for c in shade)
            pixels = int(matrix.pixels[i, j])
            row.append({"area": float(area), "pixels": pixels, "shade": colour})
        rows.append(row)
    return rows
