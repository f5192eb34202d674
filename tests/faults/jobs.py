"""The small runs that faults strike, what they write, and how that is judged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import tiny
from tests.repository import ROOT

TASKS = ("train", "classify", "assess")
RUN_ID = "f00df00df00df00d"
TIME = "2026-01-01T00:00:00+00:00"
# Added to the request where a killed training is run again.
RESUMING: dict[str, Any] = {}
LIMIT_S = 300
# Their bytes follow from the input alone; reports hold times.
_EXACT = (".tif", ".xml", ".safetensors", ".csv")
_TARGETS = {
    "train": {
        "model": "model.miaf.safetensors",
        "output": "map.tif",
        "confidence": "confidence.tif",
        "report": "report.html",
    },
    "classify": {
        "output": "map.tif",
        "confidence": "confidence.tif",
        "probabilities": "probabilities.tif",
    },
    "assess": {"report": "report.html", "matrix": "matrix.csv"},
}


@dataclass
class Job:
    """A task with its inputs, and what whole results look like.

    Attributes:
        task: What is run.
        old: Folder of the results of an earlier run, byte by byte.
        new: Folder of what the run makes where nothing disturbs it.
        seconds: How long it takes undisturbed.
    """

    task: str
    folder: Path
    values: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def old(self) -> Path:
        return self.folder / "old"

    @property
    def new(self) -> Path:
        return self.folder / "new"

    def targets(self, folder: Path) -> dict[str, str]:
        """Return the outputs of the request, in a folder."""
        return {key: str(folder / name) for key, name in _TARGETS[self.task].items()}

    def request(self, into: Path, path: Path, **changes: Any) -> Path:
        """Write a request file for results in `into`."""
        content = {
            "format": "miaf-request",
            "version": 1,
            "task": self.task,
            "run_id": RUN_ID,
            "log": None,
            "request": {**self.values, **self.targets(into), **changes},
        }
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def judge(self, folder: Path) -> str:
        """Return 'old', 'new', 'old and new', 'none' or what is damaged."""
        ages = set()
        for name in sorted(path.name for path in self.new.iterdir()):
            path = folder / name
            if not path.exists():
                ages.add("none")
            elif path.suffix in _EXACT:
                kinds = [k for k in ("old", "new") if _same(path, self.folder / k)]
                if not kinds:
                    return f"damaged: {name}"
                ages.add(kinds[0] if len(kinds) == 1 else "")
            elif not _whole(path):
                return f"damaged: {name}"
        mixed = self._mixed(folder)
        return mixed or " and ".join(sorted(ages - {""})) or "new"

    def _mixed(self, folder: Path) -> str:
        """Say which raster stands beside a side file of another age."""
        for side in sorted(self.new.glob("*.aux.xml")):
            raster = side.name.removesuffix(".aux.xml")
            pair = [folder / raster, folder / side.name]
            if not any(
                all(path.exists() and _same(path, self.folder / age) for path in pair)
                for age in ("old", "new")
            ) and any(path.exists() for path in pair):
                return f"damaged: {raster} and its side file differ in age"
        return ""


def _same(path: Path, folder: Path) -> bool:
    other = folder / path.name
    return other.exists() and other.read_bytes() == path.read_bytes()


def _whole(path: Path) -> bool:
    """Return whether a report, or its JSON, goes to its end."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        try:
            json.loads(text)
        except ValueError:
            return False
        return True
    return text.rstrip().endswith("</html>")


def environment(scratch: Path) -> dict[str, str]:
    """Return the environment of an engine whose temporary files can be counted."""
    scratch.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)),
        "OMP_NUM_THREADS": "1",
        "PYTHONFAULTHANDLER": "1",
        # Often, so that a run that is killed has something to go on from.
        "MIAF_CHECKPOINT_FOLDER": str(scratch.with_name("checkpoints")),
        "MIAF_CHECKPOINT_SECONDS": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def engine(request: Path, scratch: Path) -> subprocess.Popen[bytes]:
    """Start the engine as the plugin does."""
    with errors_of(scratch).open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "miaf_engine", "run", str(request)],
            cwd=ROOT,
            env=environment(scratch),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )


def errors_of(scratch: Path) -> Path:
    """Return the file that the standard error of an engine goes to."""
    scratch.mkdir(parents=True, exist_ok=True)
    return scratch.with_name("errors.txt")


def finish(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Wait for the end of an engine, its input left open; return its last line."""
    timer = threading.Timer(LIMIT_S, process.kill)
    timer.start()
    output = process.stdout.read()
    process.wait()
    timer.cancel()
    return json.loads(output.splitlines()[-1]) if output.strip() else {}


def run_whole(
    job: Job, into: Path, scratch: Path | None = None, **changes: Any
) -> float:
    """Run a job undisturbed; return the seconds it took."""
    into.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    request = job.request(into, job.folder / "request.json", **changes)
    process = engine(request, scratch or job.folder / "scratch")
    last = finish(process)
    if process.returncode != 0:
        raise RuntimeError(str(last))
    return time.monotonic() - begun


def prepare(folder: Path, epochs: int = 6) -> dict[str, Job]:
    """Make the inputs and whole results of all tasks."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    given = tiny.inputs(folder)
    training = {**given, "settings": tiny.SMALL | {"epochs": epochs}}
    jobs = {task: Job(task, folder / task) for task in TASKS}
    for job in jobs.values():
        job.folder.mkdir()
    train = jobs["train"]
    train.values = {**training, "created_utc": TIME, "seed": 2}
    # Other areas' colours give other side files: old and new can be told apart.
    styles = [
        {"key": name, "name": f"{name} before", "colour": colour}
        for name, colour in zip(
            ("Wheat", "Forest", "Road"), ("#101010", "#202020", "#303030"), strict=True
        )
    ]
    earlier = {"seed": 1, "class_styles": styles}
    run_whole(train, train.old, **earlier)
    train.seconds = run_whole(train, train.new)
    models = {
        age: str(train.folder / age / _TARGETS["train"]["model"])
        for age in ("old", "new")
    }
    classify, assess = jobs["classify"], jobs["assess"]
    classify.values = {"cube": given["cube"], "model": models["new"], "device": "cpu"}
    run_whole(classify, classify.old, model=models["old"])
    classify.seconds = run_whole(classify, classify.new)
    reference = {"reference": given["rois"], "class_field": given["class_field"]}
    assess.values = {"classification": str(train.new / "map.tif"), **reference}
    assess.seconds = run_whole(assess, assess.new)
    shutil.copytree(assess.new, assess.old)
    (assess.old / "matrix.csv").write_text("old\n", encoding="utf-8")
    return jobs
