"""What the panel keeps in a project, and where the files of the project go."""

from __future__ import annotations

import os
from collections.abc import Sequence
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
    file = _project_file()
    return file.suffix in (".qgz", ".qgs") and os.access(file.parent, os.W_OK)


def new_file(name: str) -> Path:
    """Return the path of a file for the project that is not there yet.

    A saved project has it beside it, named after it. One that was never saved has it in
    a folder of the user's profile.

    Args:
        name: Such as training_areas.gpkg.
    """
    if is_beside_project():
        file = _project_file()
        return _free(file.parent, (f"{file.stem}_{name}",))[0]
    return _free(_own_folder(), (name,))[0]


def new_run_files(*names: str) -> tuple[Path, ...]:
    """Return the paths of the files of a run, with one number; none is there yet.

    They lie in a folder of their own, where `new_file` puts files.

    Args:
        names: Such as map.tif and report.html.
    """
    if is_beside_project():
        file = _project_file()
        return _free(file.with_name(f"{file.stem}_maps"), names)
    return _free(_own_folder() / "maps", names)


def profile_folder() -> Path:
    """Return the folder in the profile that has the files of unsaved projects."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "miaf" / "projects"


def _project_file() -> Path:
    return Path(QgsProject.instance().absoluteFilePath() or "unsaved")


def _own_folder() -> Path:
    """Return the folder in the profile that has the files of this project."""
    folder = read(_FOLDER)
    if not folder:
        now = f"{datetime.now():%Y-%m-%d_%H-%M-%S}"
        folder = _free(profile_folder(), (now,))[0].name
        write(_FOLDER, folder)
    return profile_folder() / folder


def _free(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Return files of a folder, which is made, numbered where one of them is there."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    found = tuple(folder / name for name in names)
    while any(path.exists() for path in found):
        number += 1
        found = tuple(folder / _numbered(name, number) for name in names)
    return found


def _numbered(name: str, number: int) -> str:
    """Return map_2.tif for map.tif; a model's name has two endings."""
    ends = ".miaf.safetensors" if name.endswith(".safetensors") else Path(name).suffix
    return f"{name[: len(name) - len(ends)]}_{number}{ends}"
