"""The confusion matrix as a file for spreadsheets."""

from __future__ import annotations

import csv
from pathlib import Path

from miaf_engine.metrics import ORIENTATION, UNCLASSIFIED, Assessment
from miaf_engine.outputs import pending


def write_matrix_csv(path: str | Path, assessment: Assessment) -> None:
    """Write the confusion matrix with its sums, for a spreadsheet.

    The first cell states the orientation. UTF-8 with a byte order mark, without which
    Excel garbles letters beyond ASCII.

    Raises:
        FileError: The file cannot be written.
    """
    names = [_harmless(name) for name in assessment.classes.names]
    with pending(path) as temporary:
        with Path(temporary).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([ORIENTATION, *names, UNCLASSIFIED, "sum"])
            for name, row in zip(names, assessment.matrix.tolist(), strict=True):
                table.writerow([name, *row, sum(row)])
            sums = assessment.matrix.sum(axis=0).tolist()
            table.writerow(["sum", *sums, sum(sums)])


def _harmless(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.lstrip().startswith(("=", "+", "-", "@")) else name
