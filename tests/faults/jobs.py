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
LIMIT_S = 300
# Enough of each stage of a training for a kill to meet it, and for states to be kept.
EPOCHS = 8
# Slowed down, so that kills can fall between two moves, which take microseconds, and
# after each message of a task that takes a quarter of a second.
_SLOW = """
import sys, time
from pathlib import Path
from miaf_engine import line_progress, worker
move, write = Path.replace, line_progress.LineProgress._write
def slow_move(self, target):
    time.sleep(0.03)
    return move(self, target)
def slow_write(self, line):
    write(self, line)
    time.sleep(0.02)
line_progress._PROGRESS_INTERVAL_S = 0.0
if sys.argv[2] == "moves":
    Path.replace = slow_move
else:
    line_progress.LineProgress._write = slow_write
sys.exit(worker.run(sys.argv[1]))
"""
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
        messages: How many of its messages there are then.
    """

    task: str
    folder: Path
    values: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
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


def words(request: Path, slow: str = "") -> list[str]:
    """Return the command of an engine; `slow` names what is slowed down."""
    if slow:
        return [sys.executable, "-c", _SLOW, str(request), slow]
    return [sys.executable, "-m", "miaf_engine", "run", str(request)]


def engine(
    request: Path, scratch: Path, command: list[str] | None = None, **more: Any
) -> subprocess.Popen[bytes]:
    """Start the engine as the plugin does."""
    with errors_of(scratch).open("wb") as errors:
        return subprocess.Popen(
            command or words(request),
            cwd=ROOT,
            env=environment(scratch),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            **more,
        )


def errors_of(scratch: Path) -> Path:
    """Return the file that the standard error of an engine goes to."""
    scratch.mkdir(parents=True, exist_ok=True)
    return scratch.with_name("errors.txt")


def finish(process: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
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
    job: Job, into: Path, scratch: Path | None = None, slow: str = "", **changes: Any
) -> tuple[float, list[dict[str, Any]]]:
    """Run a job undisturbed; return the seconds it took, and its lines."""
    into.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    request = job.request(into, into.parent / f"{job.task}.json", **changes)
    process = engine(request, scratch or job.folder / "scratch", words(request, slow))
    said = finish(process)
    if process.returncode != 0:
        raise RuntimeError(str(last(said)))
    return time.monotonic() - begun, said


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
    # Other areas' colours give other side files: old and new can be told apart.
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
    _, said = run_whole(job, job.folder / "told", slow="messages")
    job.messages = sum(line["type"] in ("info", "progress") for line in said)
