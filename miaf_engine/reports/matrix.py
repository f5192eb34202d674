"""How a report shows a confusion matrix: as a table, a picture or a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator
from numpy.typing import NDArray

from miaf_engine.accuracy.metrics import (
    ORIENTATION,
    UNCLASSIFIED,
    Assessment,
)
from miaf_engine.classes import ClassEntry
from miaf_engine.io.outputs import pending
from miaf_engine.reports.plots import in_picture, new_figure, png
from miaf_engine.translation import tr

WIDEST_TABLE = 40  # classes; a table of more cannot be read, and makes a heavy file
MOST_CONFUSIONS = 20
_CORRECT, _CONFUSED = (33, 113, 181), (203, 45, 35)  # blue and red, distinguishable
_MOST_TICKS = 25

_FIGURES = (
    "producers_accuracy",
    "users_accuracy",
    "f1",
    "iou",
    "reference_pixels",
    "map_pixels",
    "reference_areas",
)

_COLUMNS = (
    "value",
    "class",
    *_FIGURES,
    "producers_accuracy_low",
    "producers_accuracy_high",
    "users_accuracy_low",
    "users_accuracy_high",
)


def matrix_rows(assessment: Assessment | None) -> list[dict[str, Any]]:
    """Return the confusion matrix with a shade for each cell; none if too wide."""
    if assessment is None or len(assessment.classes) > WIDEST_TABLE:
        return []
    table = assessment.matrix.tolist()
    shades = _shades(assessment.matrix)
    return [
        {
            "entry": entry,
            "cells": [_cell(n, *shades[i, j]) for j, n in enumerate(row)],
            "sum": sum(row),
        }
        for i, (entry, row) in enumerate(zip(assessment.classes, table, strict=True))
    ]


def matrix_png(assessment: Assessment) -> bytes:
    """Draw a wide matrix; both axes carry the values of the classes."""
    values = assessment.classes.values
    figure = new_figure(7.4, 7.2)
    axes = figure.subplots()
    strength = _strength(assessment.matrix)[:, :, None]
    target = np.where(_diagonal(assessment.matrix)[:, :, None], _CORRECT, _CONFUSED)
    axes.imshow(1 + strength * (target / 255 - 1), interpolation="nearest")
    places = np.arange(0, len(values), -(-len(values) // _MOST_TICKS))
    for side in (axes.xaxis, axes.yaxis):
        side.set_major_locator(FixedLocator(places.tolist()))
        side.set_major_formatter(FixedFormatter([str(values[i]) for i in places]))
    axes.tick_params(labelsize=7)
    axes.tick_params(axis="x", labelrotation=90, top=True, labeltop=True)
    axes.tick_params(axis="x", bottom=False, labelbottom=False)
    axes.set_xlabel(in_picture("class in the map; the last column is unclassified"))
    axes.set_ylabel(in_picture("class in the reference"))
    return png(figure)


def confusions(assessment: Assessment) -> list[tuple[ClassEntry, str, int]]:
    """Return the largest errors: reference class, map class, pixels."""
    errors = np.where(_diagonal(assessment.matrix), 0, assessment.matrix)
    entries = list(assessment.classes)
    found = []
    for place in np.argsort(-errors, axis=None, kind="stable")[:MOST_CONFUSIONS]:
        i, j = divmod(int(place), errors.shape[1])
        if errors[i, j]:
            name = entries[j].name if j < len(entries) else tr("unclassified")
            found.append((entries[i], name, int(errors[i, j])))
    return found


def _diagonal(matrix: NDArray[np.int64]) -> NDArray[np.bool_]:
    rows, columns = matrix.shape
    return np.eye(rows, columns, dtype=np.bool_)


def _strength(matrix: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how strong each cell is coloured, 0..0.85, errors more steeply."""
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    strength: NDArray[np.float64] = np.where(_diagonal(matrix), share, np.sqrt(share))
    return 0.85 * strength


def _shades(matrix: NDArray[np.int64]) -> dict[tuple[int, int], tuple[str, str]]:
    """Return background and ink of each cell."""
    strength, correct = _strength(matrix), _diagonal(matrix)
    shades = {}
    for (i, j), count in np.ndenumerate(matrix):
        target, s = (_CORRECT if correct[i, j] else _CONFUSED), float(strength[i, j])
        red, green, blue = (round(255 + s * (c - 255)) for c in target)
        ink = "#ffffff" if s > 0.55 else "#1d1d1d" if count else "#767676"
        shades[i, j] = f"#{red:02x}{green:02x}{blue:02x}", ink
    return shades


def _cell(count: int, background: str, ink: str) -> dict[str, Any]:
    return {"count": count, "background": background, "ink": ink}


def write_matrix_csv(path: str | Path, assessment: Assessment) -> None:
    """Write the confusion matrix with its sums, for a spreadsheet.

    The first cell states the orientation. UTF-8 with a byte order mark, without which
    Excel garbles letters beyond ASCII.

    Raises:
        FileError: The file cannot be written.
    """
    names = [harmless(name) for name in assessment.classes.names]
    with pending(path) as temporary:
        with Path(temporary).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([ORIENTATION, *names, UNCLASSIFIED, "sum"])
            for name, row in zip(names, assessment.matrix.tolist(), strict=True):
                table.writerow([name, *row, sum(row)])
            sums = assessment.matrix.sum(axis=0).tolist()
            table.writerow(["sum", *sums, sum(sums)])


def write_classes_csv(
    path: str | Path,
    assessment: Assessment,
    counts: Mapping[str, Mapping[str, int]] | None = None,
) -> None:
    """Write the figures of each class, its intervals and its pixels by role.

    Shares are from 0 to 1, with a point; empty where undefined. As `write_matrix_csv`.

    Args:
        path: File to write.
        assessment: What was scored.
        counts: Pixels by class name and role.
    """
    roles = list(next(iter(counts.values()))) if counts else []
    with pending(path) as temporary:
        with Path(temporary).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([*_COLUMNS, *(f"{role}_pixels" for role in roles)])
            for facts in assessment.as_json()["classes"]:
                cells = [facts["value"], harmless(facts["name"])]
                cells += [facts[name] for name in _FIGURES]
                for name in ("producers_accuracy", "users_accuracy"):
                    cells += facts[f"{name}_interval"]
                own = counts.get(facts["name"], {}) if counts else {}
                table.writerow([*cells, *(own.get(role) for role in roles)])


# Where a spreadsheet may begin a cell: at the start of a name, and after what one of
# its settings takes for the end of a cell. Excel knows the wide signs as well.
_FORMULA = re.compile(r"(^|[;,|\t\r\n])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def harmless(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula, wherever it cuts it."""
    return _FORMULA.sub(r"\1\2'", name)
