"""Labels chosen by the engine, at random and by least confidence, on Indian Pines.

    python -m tests.bench.active_learning [--rounds 10] [--seeds 0 1 2 3 4]
        [--epochs 150] [--pixels-per-superpixel 25] [--fresh] [--docs]

Starts with 5 superpixels a class. In each round a strategy gets 10 labels more and a
model is trained anew on all that it has: `suggestions` are the first ones of
`suggestareas` that can be answered, `random` superpixels are drawn from those that can,
`pixels` are the least confident ones. The ground truth answers; a superpixel only
where one class has 80 % of its pixels, and then all of its pixels get that class.
Accuracy is that of the labelled pixels of the scene which the strategy never labelled.
Every round is kept in `build/bench/active_learning`, and taken up again while code and
settings are the same; table and curves are `build/bench/active_learning.md` and `.svg`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from tests.bench.labelling import (
    Area,
    answered,
    areas_of_file,
    labelled_pixels,
    pixel_areas,
    write_areas,
)
from tests.bench.learning_curves import STRATEGIES, curves, report
from tests.bench.methods import engine
from tests.bench.scene import CUBE, ROOT, TRUTH, read_band, scores
from tests.bench.store import RESULTS, Record, carry_out, engine_sources, fingerprint
from tests.bench.store import publish as publish_table

A_CLASS, A_ROUND = 5, 10  # superpixels at the start, labels a round
RANKED = 400  # suggestions asked for, most of them of cover without a ground truth
FOLDER = RESULTS / "active_learning"
_SOURCES = (
    "suggestion_ranking.py",
    "pipeline/candidate_areas.py",
    "pipeline/suggest_areas.py",
)


@dataclass(frozen=True)
class Task:
    """What all rounds share.

    Attributes:
        truth: integer (H, W), classes, 0 = unlabelled.
        pool: Superpixels of the scene that can be answered.
        size: Mean number of pixels in a superpixel.
        options: Options of the engine's `train`.
    """

    truth: NDArray[np.integer]
    pool: Sequence[Area]
    size: int
    options: Sequence[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write table and curves."""
    asked = parser().parse_args(arguments)
    options = () if asked.epochs is None else (f"--epochs={asked.epochs}",)
    truth, size = read_band(TRUTH), asked.pixels_per_superpixel
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "superpixels.gpkg")
        engine(
            "superpixels",
            f"--cube={CUBE}",
            f"--output={file}",
            f"--pixels-per-superpixel={size}",
        )
        pool = answered(areas_of_file(file, truth.shape), truth)
    task = Task(truth, pool, size, options)
    rounds = [
        record
        for seed in asked.seeds
        for record in learn(task, seed, asked.rounds, asked)
    ]
    told = " ".join(["python -m tests.bench.active_learning", *sys.argv[1:]])
    publish_table("active_learning", report(rounds, told))
    picture = RESULTS / "active_learning.svg"
    curves(rounds, picture)
    if asked.docs:
        shutil.copy(picture, ROOT / "docs" / "images" / picture.name)
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--rounds", type=int, default=10)
    found.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    found.add_argument("--epochs", type=int, help="the engine's default unless given")
    found.add_argument("--pixels-per-superpixel", type=int, default=25)
    found.add_argument("--fresh", action="store_true", help="measure all again")
    found.add_argument("--docs", action="store_true", help="put the curves in docs")
    return found


def learn(task: Task, seed: int, rounds: int, asked: Any) -> list[Record]:
    """Return the records of one seed: the start, and each strategy's rounds."""

    def done(
        label: str, areas: list[Area], strategies: Sequence[str], number: int
    ) -> Record:
        more = number < rounds
        what = (label, seed, number, areas, more, task.size, tuple(task.options))
        name = f"{label}-{seed}-{number}{'' if more else '-last'}.json"
        run = partial(measure, task, areas, strategies if more else (), seed, number)
        place = FOLDER / f"{task.size}px" / name
        job = (f"{label}, seed {seed}, round {number}", place, _mark(what), run)
        return {**carry_out([job], fresh=asked.fresh)[0], "strategy": label}

    start = starting_areas(task, seed)
    first = done("start", start, STRATEGIES, 0)
    records = [first]
    for strategy in STRATEGIES:
        areas, record = start, first
        for number in range(1, rounds + 1):
            chosen = [(value, pixels) for value, pixels in record["next"][strategy]]
            areas = [*areas, *chosen]
            record = done(strategy, areas, (strategy,), number)
            records.append(record)
    return records


def _mark(what: object) -> str:
    own = [ROOT / "miaf_engine" / name for name in _SOURCES]
    here = Path(__file__).parent
    return fingerprint(
        [*engine_sources(), *own, here / "active_learning.py", here / "labelling.py"],
        what,
    )


def starting_areas(task: Task, seed: int) -> list[Area]:
    """Return the superpixels to start with: 5 a class, all of a class with fewer."""
    rng = np.random.default_rng(seed)
    chosen: list[Area] = []
    for value in np.unique(task.truth[task.truth > 0]).tolist():
        of_class = [area for area in task.pool if area[0] == value]
        order = rng.permutation(len(of_class))[:A_CLASS]
        chosen += [of_class[place] for place in order.tolist()]
    return chosen


def measure(
    task: Task, areas: list[Area], strategies: Sequence[str], seed: int, number: int
) -> Record:
    """Train on areas, score the rest of the scene, and choose for each strategy."""
    truth, known = task.truth, labelled_pixels(areas, task.truth.shape)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trained, found = trained_on(areas, folder, seed, task.options)
        chosen, passed = {}, 0
        for strategy in strategies:
            if strategy == "suggestions":
                chosen[strategy], passed = suggested(task, folder)
            elif strategy == "random":
                rng = np.random.default_rng([seed, number])
                chosen[strategy] = drawn(task, known, rng)
            else:
                chosen[strategy] = least_sure(task, known, folder)
    test = (truth > 0) & ~known
    return {
        "seed": seed,
        "round": number,
        **scores(truth[test], found[test]),
        "labels": len(areas),
        "labelled_pixels": int(known.sum()),
        "test_pixels": int(test.sum()),
        "classes": len({value for value, _ in areas}),
        "passed_over": passed,
        "train_seconds": trained["seconds"],
        "next": chosen,
    }


def trained_on(
    areas: list[Area], folder: Path, seed: int, options: Sequence[str]
) -> tuple[Record, NDArray[np.integer]]:
    """Train on areas in a folder; return the figures and the map, (H, W)."""
    write_areas(folder / "rois.gpkg", areas, TRUTH)
    files = {
        "rois": "rois.gpkg",
        "model": "m.miaf.safetensors",
        "output": "map.tif",
        "confidence": "confidence.tif",
    }
    paths = [f"--{key}={folder / name}" for key, name in files.items()]
    fixed = ["--class-field=cover", "--holdout=none", f"--seed={seed}"]
    trained = engine("train", f"--cube={CUBE}", *paths, *fixed, *options)
    return trained, read_band(folder / "map.tif")


def suggested(task: Task, folder: Path) -> tuple[list[Area], int]:
    """Return the first suggestions that can be answered, and how many could not."""
    file = folder / "suggested.gpkg"
    engine(
        "suggestareas",
        f"--cube={CUBE}",
        f"--model={folder / 'm.miaf.safetensors'}",
        f"--rois={folder / 'rois.gpkg'}",
        "--class-field=cover",
        f"--count={RANKED}",
        f"--pixels-per-superpixel={task.size}",
        f"--output={file}",
    )
    ranked = areas_of_file(file, task.truth.shape)
    chosen: list[Area] = []
    for seen, pixels in enumerate(ranked):
        if len(chosen) == A_ROUND:
            return chosen, seen - A_ROUND
        chosen += answered([pixels], task.truth)
    return chosen, len(ranked) - len(chosen)


def least_sure(task: Task, known: NDArray[np.bool_], folder: Path) -> list[Area]:
    """Return the least confident pixels that can be answered, of a confidence map."""
    with rasterio.open(folder / "confidence.tif") as file:
        sure = file.read(1)
    sure[(task.truth == 0) | known] = np.inf
    return pixel_areas(sure, task.truth, A_ROUND)


def drawn(task: Task, known: NDArray[np.bool_], rng: np.random.Generator) -> list[Area]:
    """Return superpixels without a labelled pixel, by chance."""
    free = [area for area in task.pool if not known.flat[area[1]].any()]
    return [free[place] for place in rng.permutation(len(free))[:A_ROUND].tolist()]


if __name__ == "__main__":
    sys.exit(main())
