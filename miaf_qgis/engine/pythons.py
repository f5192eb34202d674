"""Where Pythons are: that of QGIS, and others on the machine, for each system."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path


def qgis_python() -> str:
    """Return the file of the interpreter that QGIS embeds, or an empty text.

    `sys.executable` is asked last: where Python is embedded it may be QGIS itself,
    which would open a second window, or another Python, first on the search path.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    prefixes = [Path(sys.exec_prefix), Path(sys.base_exec_prefix)]
    if sys.platform == "win32":
        names = ["python3.exe", "python.exe"]
        # OSGeo4W: apps\\Python3x, and bin beside qgis-bin.exe.
        folders = [*prefixes, Path(sys.executable or ".").parent]
    else:
        names = [f"python{version}", "python3"]
        contents = Path(sys.executable or "/").parent.parent  # QGIS.app/Contents
        bundle = ["MacOS", "MacOS/bin", "Frameworks/bin"]
        folders = [p / "bin" for p in prefixes] + [contents / part for part in bundle]
    candidates = [folder / name for folder in folders for name in names]
    own = Path(sys.executable or "qgis")
    if own.name.startswith("python"):
        candidates.append(own)
    return next((str(path) for path in candidates if path.is_file()), "")


def other_pythons() -> list[str]:
    """Return Pythons that installers put where everyone finds them, newest first.

    QGIS 3.22 on Windows and macOS has Python 3.9, which is too old for the engine.
    """
    found = [path for path in _usual_places() if path.is_file()]
    found.sort(key=_version, reverse=True)
    return [str(path) for path in dict.fromkeys(found)]


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        variables = ("LOCALAPPDATA", "PROGRAMFILES", "OSGEO4W_ROOT")
        roots = {name: os.environ.get(name, "") for name in variables}
        below = {
            "LOCALAPPDATA": "Programs/Python/Python3*/python.exe",
            "PROGRAMFILES": "Python3*/python.exe",
            "OSGEO4W_ROOT": "apps/Python3*/python3.exe",
        }
        for name, pattern in below.items():
            if roots[name]:
                yield from Path(roots[name]).glob(pattern)
        return
    frameworks = Path("/Library/Frameworks/Python.framework/Versions")
    if sys.platform == "darwin":
        yield from frameworks.glob("3.*/bin/python3")
    for folder in ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"):
        # Never more than two figures: python3.11-config is no Python.
        yield from Path(folder).glob("python3.[0-9]")
        yield from Path(folder).glob("python3.[0-9][0-9]")


def _version(path: Path) -> int:
    """Return the minor version that a path tells of; 0 where it tells none."""
    for part in reversed(path.parts):
        for lead in ("python3.", "Python3", "3."):
            if part.startswith(lead) and part[len(lead) :].isdecimal():
                return int(part[len(lead) :])
    return 0
