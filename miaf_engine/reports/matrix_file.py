"""The confusion matrix, and the figures of the classes, as files for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from miaf_engine.accuracy.metrics import (
    ORIENTATION,
    UNCLASSIFIED,
    Assessment,
)
from miaf_engine.io.outputs import pending

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


def harmless(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.lstrip().startswith(("=", "+", "-", "@")) else name
