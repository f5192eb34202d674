"""What lies at a path that a user gave, asked so that no answer is a defect.

`Path.exists` and its like raise where a folder may not be entered, or a name is too
long for the system. These say False, and `why_unseen` says why.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Python 3.9 of QGIS on Windows has no | between types
    AnyPath = str | os.PathLike[str]


def is_there(path: AnyPath) -> bool:
    """Return whether something lies at a path, as far as the system says."""
    return _mode(path) is not None


def is_file(path: AnyPath) -> bool:
    """Return whether a plain file lies at a path."""
    return stat.S_ISREG(_mode(path) or 0)


def is_folder(path: AnyPath) -> bool:
    """Return whether a folder lies at a path."""
    return stat.S_ISDIR(_mode(path) or 0)


def why_unseen(path: AnyPath) -> str | None:
    """Return why the system does not say what lies at a path; None where it does.

    That nothing lies there is an answer.

    Returns:
        Its reason, as 'Permission denied' or 'File name too long'.
    """
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return error.strerror or str(error)
    except ValueError as error:  # a null byte in the text
        return str(error)
    return None


def _mode(path: AnyPath) -> int | None:
    try:
        return Path(path).stat().st_mode
    except (OSError, ValueError):
        return None


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
