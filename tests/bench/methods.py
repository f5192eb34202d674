"""Runs a method on known pixels as its user would, and scores pixels it never saw."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench import baselines
from tests.bench.scene import ROOT, only, read_band, scores, write_labels
from tests.bench.splits import Split
from tests.bench.store import Record, engine_sources, fingerprint

METHODS = ("miaf-net", *baselines.METHODS)
NAMES = {
    "miaf-net": "MIAF-Net",
    "svm": "SVM-RBF, grid-searched",
    "svm-kept-bands": "SVM-RBF, grid-searched, the engine's bands",
    "forest": "random forest, 500 trees",
}


class RunError(RuntimeError):
    """A command of a benchmark failed; the message is what it said last."""


@dataclass(frozen=True)
class Task:
    """What a method is given.

    Attributes:
        cube: Raster of the scene.
        truth: integer (H, W), classes, 0 = unlabelled.
        split: Training and validation pixels are both known to the method.
        seed: Seed of the method.
    """

    cube: Path
    truth: NDArray[np.integer]
    split: Split
    seed: int


def engine(*arguments: str, checkout: Path = ROOT) -> Record:
    """Run the engine's command line; return its figures, and `wall_seconds`, `log`.

    Another checkout runs with its own environment.
    """
    started = time.perf_counter()
    output, log = _run("miaf_engine", *arguments, "--json", checkout=checkout)
    figures: Record = json.loads(output.splitlines()[-1])
    return {**figures, "wall_seconds": time.perf_counter() - started, "log": log}


def options(pairs: Sequence[str]) -> list[str]:
    """Return `name=value` settings as options of the command line."""
    found = []
    for pair in pairs:
        name, _, value = pair.partition("=")
        flag = name.strip().lower().replace("_", "-")
        switches = {"true": f"--{flag}", "false": f"--no-{flag}"}
        found.append(switches.get(value.lower(), f"--{flag}={value}"))
    return found


def measure(method: str, task: Task, settings: Sequence[str] = ()) -> Record:
    """Train, classify the scene and score the test pixels.

    Args:
        method: One of `METHODS`.
        task: Scene, split and seed.
        settings: Options of the engine's `train`.

    Returns:
        Accuracies on the test pixels, times in seconds, peak memory in MiB.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        labels = folder / "labels.tif"
        known = only(task.truth, task.split.train, task.split.val)
        write_labels(labels, known, task.cube)
        if method == "miaf-net":
            found, figures = _miaf_net(task, labels, folder, settings)
        else:
            found, figures = _baseline(method, task, labels, folder)
    test = task.split.test
    pixels = {"known": int((known > 0).sum()), "test": len(test)}
    accuracies = scores(task.truth.flat[test], found.flat[test])
    return {"method": method, **accuracies, **figures, "pixels": pixels}


def _miaf_net(
    task: Task, labels: Path, folder: Path, settings: Sequence[str]
) -> tuple[NDArray[np.integer], Record]:
    """Train with default settings on all known pixels, then classify.

    With `--holdout none` the engine chooses the epoch on a share of the labelled
    pixels, then trains on all of them; none is spent on figures of its own.
    """
    model, output = folder / "m.miaf.safetensors", folder / "map.tif"
    confidence = folder / "confidence.tif"
    trained = engine(
        "train",
        f"--cube={task.cube}",
        f"--labels={labels}",
        "--holdout=none",
        f"--model={model}",
        f"--seed={task.seed}",
        *settings,
    )
    mapped = engine(
        "classify",
        f"--cube={task.cube}",
        f"--model={model}",
        f"--output={output}",
        f"--confidence={confidence}",
    )
    found, test = read_band(output), task.split.test
    right = found.flat[test] == task.truth.flat[test]
    return found, {
        "calibration_error": calibration_error(right, read_band(confidence).flat[test]),
        "train_seconds": trained["seconds"],
        "train_wall_seconds": trained["wall_seconds"],
        "epochs": trained["epochs"],
        "seconds_per_epoch": trained["seconds_per_epoch"],
        "map_seconds": mapped["seconds"],
        "peak_memory_mb": trained["peak_memory_mb"],
        "map_peak_memory_mb": mapped["peak_memory_mb"],
        "device": trained["device"],
    }


def calibration_error(
    right: NDArray[np.bool_], confidence: NDArray[np.floating], bins: int = 15
) -> float:
    """Return the expected calibration error of pixels (n,), 0..1.

    The gap between mean confidence and share right, over bins of equal width (Guo et
    al. 2017); written here anew, so that the engine does not judge itself.
    """
    edges = np.linspace(0, 1, bins + 1)[1:-1]
    place = np.digitize(confidence, edges, right=True)
    gaps = [
        abs(float(confidence[place == b].mean()) - float(right[place == b].mean()))
        * float((place == b).mean())
        for b in np.unique(place)
    ]
    return sum(gaps)


def _baseline(
    method: str, task: Task, labels: Path, folder: Path
) -> tuple[NDArray[np.integer], Record]:
    output = folder / "map.npz"
    inputs = [method, str(task.cube), str(labels), str(output), str(task.seed)]
    figures, _ = _run("tests.bench.baselines", *inputs)
    with np.load(output) as arrays:
        return arrays["classes"], json.loads(figures.splitlines()[-1])


def _run(module: str, *arguments: str, checkout: Path = ROOT) -> tuple[str, str]:
    """Run a Python module in a process of its own; return what it printed."""
    own = checkout / ".venv" / "bin" / "python"
    python = sys.executable if checkout == ROOT else own
    command = [python, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=checkout, check=False, capture_output=True, text=True
    )
    if done.returncode:
        said = "\n".join(done.stderr.splitlines()[-5:])
        raise RunError(f"{module} {arguments[0]} failed:\n{said}")
    return done.stdout, done.stderr


def mark(method: str, what: object, settings: Sequence[str] = ()) -> str:
    """Return the fingerprint of a result of this method."""
    here = Path(__file__).parent
    shared = [here / name for name in ("splits.py", "scene.py")]
    if method == "miaf-net":
        return fingerprint([*shared, *engine_sources()], what, tuple(settings))
    return fingerprint([*shared, here / "baselines.py"], what)
