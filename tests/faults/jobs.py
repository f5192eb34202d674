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

from miaf_qgis.engine.privacy import without_private_paths
from tests import tiny
from tests.faults.forked import Forked
from tests.faults.judging import judge
from tests.repository import ROOT

TASKS = ("train", "classify", "assess")
RUN_ID = "f00df00df00df00d"
TIME = "2026-01-01T00:00:00+00:00"
LIMIT_S = 300
# Enough of each stage of a training for a kill to meet it, and for states to be kept.
EPOCHS = 8
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
        seconds: How long it takes undisturbed, forked.
        plain_seconds: How long it takes as the plugin starts it.
        messages: How many of its messages there are then.
    """

    task: str
    folder: Path
    values: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    plain_seconds: float = 0.0
    messages: int = 0

    @property
    def old(self) -> Path:
        return self.folder / "old"

    @property
    def new(self) -> Path:
        return self.folder / "new"

    def targets(self, folder: Path) -> dict[str, str]:
        """Return the outputs of the request, in a folder."""
        return {key: str(folder / name) for key, name in _TARGETS[self.task].items()}

    def request(
        self, into: Path, path: Path, run_id: str = RUN_ID, **changes: Any
    ) -> Path:
        """Write a request file for results in `into`."""
        content = {
            "format": "miaf-request",
            "version": 1,
            "task": self.task,
            "run_id": run_id,
            "log": None,
            "request": {**self.values, **self.targets(into), **changes},
        }
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def judge(self, folder: Path) -> str:
        """Return 'old', 'new', 'old and new', 'none' or what is damaged."""
        return judge(folder, self.old, self.new)


def environment(scratch: Path) -> dict[str, str]:
    """Return the environment of an engine whose temporary files can be counted."""
    scratch.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)),
        "OMP_NUM_THREADS": "1",
        "PYTHONFAULTHANDLER": "1",
        # Often, so that a run that is killed has something to continue from.
        "MIAF_CHECKPOINT_FOLDER": str(scratch.with_name("checkpoints")),
        "MIAF_CHECKPOINT_SECONDS": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def engine(
    request: Path, scratch: Path, slowed: str = "", *, parent: bool = False
) -> Forked:
    """Start an engine; see `Forked`."""
    errors = errors_of(scratch)
    return Forked(request, slowed, environment(scratch), errors, parent=parent)


def plain_engine(
    request: Path, scratch: Path, *, parent: bool = False
) -> subprocess.Popen[bytes]:
    """Start an engine as the plugin does; `parent`: by the plugin's own code."""
    module = ["tests.faults.parent"] if parent else ["miaf_engine", "run"]
    with errors_of(scratch).open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", *module, str(request)],
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


def finish(process: subprocess.Popen[bytes] | Forked) -> list[dict[str, Any]]:
    """Wait for the end of an engine, its input left open; return its lines."""
    timer = threading.Timer(LIMIT_S, process.kill)
    timer.start()
    output = process.stdout.read()
    process.wait()
    timer.cancel()
    return [json.loads(line) for line in output.splitlines() if line.endswith(b"}")]


def last(said: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the last line of an engine, {} where it said nothing."""
    return said[-1] if said else {}


def run_whole(
    job: Job, into: Path, scratch: Path | None = None, slowed: str = "", **changes: Any
) -> tuple[float, list[dict[str, Any]]]:
    """Run a job undisturbed; return the seconds it took, and its lines."""
    into.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    request = job.request(into, into.parent / f"{job.task}.json", **changes)
    process = engine(request, scratch or job.folder / "scratch", slowed)
    said = finish(process)
    if process.returncode != 0:
        raise RuntimeError(f"{process.returncode} {last(said)}")
    return time.monotonic() - begun, said


def without_machine(text: str) -> str:
    """Return text, as of a stack, without what tells of this machine and its user."""
    return without_private_paths(text.replace(str(ROOT), "."))


def leftovers(results: Path, job: Job) -> list[str]:
    """Return the files among results that belong to nobody."""
    if not results.is_dir():
        return []
    known = {path.name for path in (*job.old.iterdir(), *job.new.iterdir())}
    return sorted(path.name for path in results.iterdir() if path.name not in known)


def prepare(folder: Path, epochs: int = EPOCHS) -> dict[str, Job]:
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
    # Other areas' colours give other side files: old and new can be distinguished.
    styles = [
        {"key": name, "name": f"{name} before", "colour": colour}
        for name, colour in zip(
            ("Wheat", "Forest", "Road"), ("#101010", "#202020", "#303030"), strict=True
        )
    ]
    earlier = {"seed": 1, "class_styles": styles}
    run_whole(train, train.old, **earlier)
    _measure(train)
    models = {
        age: str(train.folder / age / _TARGETS["train"]["model"])
        for age in ("old", "new")
    }
    classify, assess = jobs["classify"], jobs["assess"]
    classify.values = {"cube": given["cube"], "model": models["new"], "device": "cpu"}
    run_whole(classify, classify.old, model=models["old"])
    _measure(classify)
    reference = {"reference": given["rois"], "class_field": given["class_field"]}
    assess.values = {"classification": str(train.new / "map.tif"), **reference}
    _measure(assess)
    shutil.copytree(assess.new, assess.old)
    (assess.old / "matrix.csv").write_text("old\n", encoding="utf-8")
    return jobs


def _measure(job: Job) -> None:
    """Make the results of an undisturbed run, and see how long it is."""
    job.seconds, _ = run_whole(job, job.new)
    _, said = run_whole(job, job.folder / "told", slowed="messages")
    job.messages = sum(line["type"] in ("info", "progress") for line in said)
    plain, begun = job.folder / "plain", time.monotonic()
    plain.mkdir()
    finish(plain_engine(job.request(plain, job.folder / "p.json"), plain / "scratch"))
    job.plain_seconds = time.monotonic() - begun
    if job.judge(plain) != "new":
        raise RuntimeError("A forked engine makes other bytes than a plain one.")
