"""What the panel keeps in a project, and where the files of the project go."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from qgis.core import QgsApplication, QgsProject

_SCOPE = "miaf"
_FOLDER = "folder"


def read(key: str) -> str:
    """Return what is kept under a name, '' where there is nothing."""
    return str(QgsProject.instance().readEntry(_SCOPE, f"dock/{key}", "")[0])


def write(key: str, value: str) -> None:
    """Keep a text under a name; the project counts as changed if it was another."""
    if read(key) != value:
        QgsProject.instance().writeEntry(_SCOPE, f"dock/{key}", value)


def read_path(key: str) -> Path | None:
    """Return the file that is kept under a name, None where it is not there."""
    text = read(key)
    if not text:
        return None
    path = Path(QgsProject.instance().readPath(text))
    return path if path.exists() else None


def write_path(key: str, path: str | Path) -> None:
    """Keep a file under a name, relative to the project where the project says so."""
    write(key, QgsProject.instance().writePath(str(path)) if str(path) else "")


def is_beside_project() -> bool:
    """Return whether the project is a file whose folder can be written to."""
    file = Path(QgsProject.instance().absoluteFilePath() or "unsaved")
    return file.suffix in (".qgz", ".qgs") and os.access(file.parent, os.W_OK)


def new_file(name: str) -> Path:
    """Return the path of a file for the project; its folder is made.

    A saved project has its files beside it, named after it. One that was never saved
    has them in a folder of the user's profile.

    Args:
        name: Such as training_areas.gpkg.
    """
    if is_beside_project():
        file = Path(QgsProject.instance().absoluteFilePath())
        return _free(file.with_name(f"{file.stem}_{name}"))
    folder = read(_FOLDER)
    if not folder:
        now = f"{datetime.now():%Y-%m-%d_%H-%M-%S}"
        folder = _free(profile_folder() / now).name
        write(_FOLDER, folder)
    path = profile_folder() / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return _free(path)


def profile_folder() -> Path:
    """Return the folder in the profile that has the files of unsaved projects."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "miaf" / "projects"


def _free(path: Path) -> Path:
    """Return the path, with a number in its name where there is such a file."""
    stem, dot, ends = path.name.partition(".")
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem}_{number}{dot}{ends}")
    return path
