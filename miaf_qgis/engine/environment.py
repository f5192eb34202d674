"""Which interpreter runs the engine: the one named, the one built, or QGIS's own."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QStandardPaths

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.engine.child_process import ProgramError, answer_of
from miaf_qgis.engine.pythons import qgis_python
from miaf_qgis.settings import interpreter_setting
from miaf_qgis.translation import tr

VARIABLE = "MIAF_ENGINE_PYTHON"
REQUIREMENTS = PLUGIN_FOLDER / "miaf_engine" / "requirements.txt"
OLDEST_PYTHON = (3, 10)
PACKAGES = (
    "torch",
    "numpy",
    "skimage",
    "scipy",
    "threadpoolctl",
    "sklearn",
    "h5py",
    "rasterio",
    "pyogrio",
    "shapely",
    "platformdirs",
    "safetensors",
    "jinja2",
    "matplotlib",
)
MARKER = ".complete"
# find_spec of a name without a dot imports nothing: torch alone would take seconds.
_PROBE = (
    "import importlib.util, json, sys; print(json.dumps([list(sys.version_info[:2]), "
    "[n for n in sys.argv[1:] if importlib.util.find_spec(n) is None]]))"
)
_PROBE_SECONDS = 60


@dataclass(frozen=True)
class Engine:
    """The interpreter for the engine, or why there is none.

    Attributes:
        python: Path of the interpreter; may be given although there is a problem.
        origin: What named it, for people.
        problem: What is wrong and what to do; empty where the interpreter can be used.
    """

    python: str
    origin: str
    problem: str = ""

    @property
    def usable(self) -> bool:
        """Whether the engine can be started with it."""
        return not self.problem


@dataclass(frozen=True)
class Interpreter:
    """What a Python said of itself: (major, minor), and which packages it lacks."""

    version: tuple[int, int]
    missing: tuple[str, ...]


def find_engine(*, ask: bool = True) -> Engine:
    """Return the interpreter for the engine.

    Args:
        ask: Start the interpreter to learn which packages it has. Without, only files
            are looked at, which is quick enough for a menu.
    """
    engine = _candidate()
    if not engine.usable or not ask:
        return engine
    try:
        found = interrogate(engine.python)
    except (OSError, ValueError, ProgramError) as error:
        return _with_problem(
            engine,
            tr("it does not work ({reason})").format(reason=str(error).strip()),
        )
    if found.version < OLDEST_PYTHON:
        return _with_problem(
            engine,
            tr("it is Python {found}, but 3.10 or newer is needed").format(
                found="{}.{}".format(*found.version)
            ),
        )
    if found.missing:
        return _with_problem(
            engine, tr("it lacks {names}").format(names=", ".join(found.missing))
        )
    return engine


def interrogate(python: str, packages: tuple[str, ...] = PACKAGES) -> Interpreter:
    """Ask an interpreter for its version and for missing packages.

    Raises:
        OSError: It cannot be started.
        ValueError: It is no Python.
        ProgramError: It failed or did not answer in time.
    """
    answer = answer_of([python, "-c", _PROBE, *packages], _PROBE_SECONDS, PLUGIN_FOLDER)
    try:
        version, missing = json.loads(answer)
        return Interpreter((int(version[0]), int(version[1])), tuple(missing))
    except (TypeError, IndexError) as error:
        raise ValueError(answer[:200]) from error


def _candidate() -> Engine:
    variable = os.environ.get(VARIABLE, "").strip()
    if variable:
        return _named(variable, tr("environment variable {name}").format(name=VARIABLE))
    setting = interpreter_setting()
    if setting:
        return _named(setting, tr("setting of the MIAF-Net provider"))
    built = built_environment()
    if built is not None:
        return Engine(str(environment_python(built)), tr("environment of the engine"))
    python = qgis_python()
    # The same question that `interrogate` asks, without a process: this Python is ours.
    if python and not any(importlib.util.find_spec(name) is None for name in PACKAGES):
        return Engine(python, tr("Python of QGIS"))
    return Engine(
        "",
        "",
        tr(
            "The engine is not installed. Run the algorithm 'Set up the engine' "
            "(miaf:setupengine) once. Or choose a Python that has the packages, in "
            "Settings > Options > Processing > Providers > MIAF-Net or in the "
            "environment variable {variable}."
        ).format(variable=VARIABLE),
    )


def _named(path: str, origin: str) -> Engine:
    # Not resolved: the link in a virtual environment is what makes it one.
    found = Path(shutil.which(path) or path).expanduser().absolute()
    engine = Engine(str(found), origin)
    if not found.is_file():
        return _with_problem(engine, tr("there is no such file"))
    return engine


def _with_problem(engine: Engine, reason: str) -> Engine:
    problem = tr(
        "The engine cannot use {python} ({origin}): {reason}. Correct the setting, or "
        "run the algorithm 'Set up the engine' (miaf:setupengine)."
    ).format(python=engine.python, origin=engine.origin, reason=reason)
    return Engine(engine.python, engine.origin, problem)


def data_folder() -> Path:
    """Return the user's folder for the engine; it outlives updates of the plugin."""
    # Generic: not inside a QGIS profile, and on Windows not roaming, for it holds GBs.
    location = QStandardPaths.StandardLocation.GenericDataLocation
    return Path(QStandardPaths.writableLocation(location)) / "miaf-engine"


def requirements_key() -> str:
    """Return a short hash of the requirements, the same for every line ending."""
    return hashlib.sha256(
        b"\n".join(REQUIREMENTS.read_bytes().splitlines())
    ).hexdigest()[:8]


def environment_folder(version: tuple[int, int]) -> Path:
    """Return where the environment for a Python version is, or would be, built."""
    name = f"py{version[0]}.{version[1]}-{requirements_key()}"
    return data_folder() / "environments" / name


def environment_python(folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    if sys.platform == "win32":
        return folder / "Scripts" / "python.exe"
    return folder / "bin" / "python"


def built_environment() -> Path | None:
    """Return the finished environment for these requirements, the newest of several."""
    folder = data_folder() / "environments"
    markers = list(folder.glob(f"py*-{requirements_key()}/{MARKER}"))
    # The Python it was made with may be gone, as after an update of a Flatpak runtime.
    markers = [m for m in markers if environment_python(m.parent).is_file()]
    markers.sort(key=lambda marker: marker.stat().st_mtime)
    return markers[-1].parent if markers else None
