"""The files beside a report, which hold its numbers."""

from __future__ import annotations

from pathlib import Path


def side_files(report: str | Path) -> dict[str, Path]:
    """Return where the numbers of a report go, by what they are.

    `STEM.json` has all, `STEM_matrix.csv` the confusion matrix, `STEM_classes.csv` the
    figures of the classes; the tables are there where something was scored.
    """
    path = Path(report)
    return {
        "numbers": path.with_suffix(".json"),
        "matrix": path.with_name(f"{path.stem}_matrix.csv"),
        "classes": path.with_name(f"{path.stem}_classes.csv"),
    }
