"""How the tests start QGIS and the engine, and the job that they do in every way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.repository import ROOT

SCENE = ROOT / "resources" / "demo"
QGIS_PYTHON = os.environ.get("QGIS_PYTHON") or "/usr/bin/python3"
LIMIT_S = 180
DEMO = {
    "CUBE": str(SCENE / "indian_pines.tif"),
    "ROIS": str(SCENE / "rois.gpkg"),
    "CLASS_FIELD": "cover",
    "VALIDATION_ROIS": str(SCENE / "validation.gpkg"),
    "EPOCHS": 3,
    "SEED": 5,
    "DEVICE": "cpu",
}
# Settings of `tests.tiny`, as the dialogs name them.
TINY = {
    "CLASS_FIELD": "cover",
    "EPOCHS": 6,
    "WIDTH": 8,
    "KERNEL_SIZES": "3,5",
    "PIXELS_PER_SUPERPIXEL": "12,30",
    "LEARNING_RATE": 0.02,
    "DEVICE": "cpu",
}


@dataclass(frozen=True)
class Finished:
    """A process that has ended, and what it said."""

    status: int
    output: str
    errors: str
    seconds: float

    @property
    def said(self) -> str:
        """All that a user saw."""
        return self.output + self.errors

    @property
    def json(self) -> dict[str, Any]:
        """The JSON object that the output is or ends with."""
        text = self.output.strip()
        return json.loads(text if text[:2] == "{\n" else text.splitlines()[-1])

    @property
    def results(self) -> dict[str, Any]:
        """The results of an algorithm; fails with what was said if there are none."""
        assert self.status == 0, self.said
        return self.json["results"]


def ours() -> dict[str, str]:
    """Return the environment without what an engine in this process told its GDAL."""
    told = ("GDAL_", "OGR_", "CPL_", "VSI_")
    return {k: v for k, v in os.environ.items() if not k.startswith(told)}


def finish(command: list[Any], *, folder: Path = ROOT, **environment: str) -> Finished:
    """Run a command in a folder to its end."""
    started = time.monotonic()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**ours(), **environment},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
    )
    took = time.monotonic() - started
    return Finished(done.returncode, done.stdout, done.stderr, took)


class QgisProcess:
    """`qgis_process` with the plugin, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Use `folder` for the profile and the user's data."""
        self.environment = {
            "PROFILE_FOLDER": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "MIAF_ENGINE_PYTHON": sys.executable,
        }

    def call(self, *words: Any, **environment: str) -> Finished:
        """Run `qgis_process` with these words."""
        command = [ROOT / ".ci" / "qgis-process", *words]
        return finish(command, **{**self.environment, **environment})

    def run(self, algorithm: str, **parameters: Any) -> Finished:
        """Run an algorithm; the results come as JSON."""
        return self.call("run", "--json", algorithm, "--", *_pairs(parameters))

    def show(
        self, algorithm: str, engine: str = sys.executable, **parameters: Any
    ) -> Finished:
        """Run an algorithm; what is said is what a user reads."""
        words = ("run", algorithm, "--", *_pairs(parameters))
        return self.call(*words, MIAF_ENGINE_PYTHON=engine)


def _pairs(parameters: dict[str, Any]) -> list[str]:
    return [f"{name}={value}" for name, value in parameters.items()]


def engine_words(task: str, **options: Any) -> list[str]:
    """Return the words of a command for the engine, with `--json`."""
    words = [task]
    for name, value in options.items():
        words += [f"--{name.lower().replace('_', '-')}", str(value)]
    return [*words, "--json"]


def engine(task: str, **options: Any) -> Finished:
    """Run the engine's command line, with `--json`."""
    return finish([sys.executable, "-m", "miaf_engine", *engine_words(task, **options)])


def start_in_qgis(
    steps: list[dict[str, Any]], folder: Path
) -> tuple[subprocess.Popen, Path]:
    """Start `in_qgis.py` with steps; return the process and where its answers go."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    answers = folder / "answers.json"
    command = [QGIS_PYTHON, Path(__file__).parent / "in_qgis.py", folder]
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder),
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "MIAF_ENGINE_PYTHON": sys.executable,
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }
    folder.chmod(0o700)
    process = subprocess.Popen(
        [str(word) for word in command],
        env={**ours(), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    return process, answers


def in_qgis(steps: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """Carry out steps in one QGIS, by Python; return the answer to each."""
    process, answers = start_in_qgis(steps, folder)
    _, errors = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, errors
    return json.loads(answers.read_text(encoding="utf-8"))
