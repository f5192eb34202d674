"""Labels chosen by the engine, at random and by least confidence, on Indian Pines.

    python -m tests.bench.active_learning [--rounds 10] [--seeds 0 1 2 3 4]
        [--epochs 75] [--pixels-per-superpixel 25] [--fresh] [--docs]

Starts with 5 superpixels a class. In each round a strategy gets 10 labels more, and the
training continues from its model with all that it has: `suggestions` are the first ones
of `suggestareas` that can be answered, `random` superpixels are drawn from those that
can, `pixels` are the least confident ones. The ground truth answers; a superpixel only
where one class has 80 % of its pixels, and then all of its pixels get that class. The
first model, of all strategies, is trained from nothing.

All strategies and rounds of a seed are scored on the same pixels, drawn before: those
of a third of the superpixels, which no strategy may label. Every round is kept in
`build/bench/active_learning`, and taken up again while code and settings are the same;
table and curves are `build/bench/active_learning.md` and `.svg`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.requests import SuperpixelsRequest, TrainRequest
from miaf_engine.tasks import carry_out as use_case
from tests.bench.label_choices import MODEL, Task, chosen_by, starting_areas
from tests.bench.labelling import (
    Area,
    answered,
    areas_of_file,
    labelled_pixels,
    write_areas,
)
from tests.bench.learning_curves import STRATEGIES, curves, report
from tests.bench.scene import CUBE, ROOT, TRUTH, read_band, scores
from tests.bench.store import (
    RESULTS,
    Record,
    carry_out,
    engine_files,
    engine_sources,
    fingerprint,
)
from tests.bench.store import publish as publish_table

HELD = 3  # one superpixel in so many is held out
FOLDER = RESULTS / "active_learning"
_SOURCES = (
    "tasks/suggest_areas/ranking.py",
    "tasks/suggest_areas/candidates.py",
    "tasks/suggest_areas/suggest_areas.py",
    "training/initial_model.py",
)
_OWN = ("active_learning", "label_choices", "labelling")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write table and curves."""
    asked = parser().parse_args(arguments)
    truth, size = read_band(TRUTH), asked.pixels_per_superpixel
    with tempfile.TemporaryDirectory() as name:
        file = str(Path(name, "superpixels.gpkg"))
        settings = {"pixels_per_superpixel": size}
        use_case(SuperpixelsRequest(str(CUBE), output=file, settings=settings))
        cells = areas_of_file(Path(file), truth.shape)
    rounds: list[Record] = []
    for seed in asked.seeds:
        task = task_of(truth, cells, seed, asked)
        rounds += learn(task, seed, asked.rounds, asked)
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
    found.add_argument("--epochs", type=int, default=75, help="of the first training")
    found.add_argument("--pixels-per-superpixel", type=int, default=25)
    found.add_argument("--fresh", action="store_true", help="measure all again")
    found.add_argument("--docs", action="store_true", help="put the curves in docs")
    return found


def task_of(
    truth: NDArray[np.integer], cells: Sequence[Sequence[int]], seed: int, asked: Any
) -> Task:
    """Return the task of one seed, with a third of the superpixels held out."""
    order = np.random.default_rng([seed, HELD]).permutation(len(cells)).tolist()
    count = len(cells) // HELD
    held = np.zeros(truth.shape, bool)
    for place in order[:count]:
        held.flat[list(cells[place])] = True
    pool = answered([cells[place] for place in sorted(order[count:])], truth)
    return Task(truth, held, pool, asked.pixels_per_superpixel, asked.epochs)


def learn(task: Task, seed: int, rounds: int, asked: Any) -> list[Record]:
    """Return the records of one seed: the start, and each strategy's rounds."""
    folder = FOLDER / f"{task.size}px-{task.epochs}"

    def done(
        label: str, areas: list[Area], strategies: Sequence[str], number: int
    ) -> tuple[Record, Path]:
        more = number < rounds
        place = folder / f"{label}-{seed}-{number}{'' if more else '-last'}.json"
        what = (label, seed, number, areas, more, task.size, task.epochs)
        run = partial(
            measure,
            task,
            areas,
            strategies if more else (),
            (seed, number),
            place.with_suffix(f".{MODEL}"),
            before.get(label) if number else None,
        )
        job = (f"{label}, seed {seed}, round {number}", place, _mark(what), run)
        record = carry_out([job], fresh=asked.fresh)[0]
        return {**record, "strategy": label}, place.with_suffix(f".{MODEL}")

    before: dict[str, Path] = {}
    start = starting_areas(task, seed)
    first, model = done("start", start, STRATEGIES, 0)
    records = [first]
    for strategy in STRATEGIES:
        areas, record = start, first
        before[strategy] = model
        for number in range(1, rounds + 1):
            chosen = [(value, pixels) for value, pixels in record["next"][strategy]]
            areas = [*areas, *chosen]
            record, before[strategy] = done(strategy, areas, (strategy,), number)
            records.append(record)
    return records


def _mark(what: object) -> str:
    own = sorted(engine_files(*_SOURCES))
    here = Path(__file__).parent
    return fingerprint(
        [*engine_sources(), *own, *(here / f"{name}.py" for name in _OWN)],
        what,
    )


def measure(
    task: Task,
    areas: list[Area],
    strategies: Sequence[str],
    draw: tuple[int, int],
    model: Path,
    initial: Path | None,
) -> Record:
    """Train on areas, map the scene, and choose for each strategy.

    Args:
        task: What all rounds share.
        areas: The labels so far.
        strategies: Who chooses next.
        draw: Seed and round.
        model: File of the model to write.
        initial: File of the model to continue from.
    """
    truth, known = task.truth, labelled_pixels(areas, task.truth.shape)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trained, found = trained_on(task, areas, folder, draw[0], initial)
        chosen: dict[str, list[Area]] = {}
        passed: dict[str, int] = {}
        for strategy in strategies:
            chosen[strategy], more = chosen_by(strategy, task, known, folder, draw)
            passed = more or passed
        model.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / MODEL, model)
    test, own = (truth > 0) & task.held, (truth > 0) & ~known
    return {
        "seed": draw[0],
        "round": draw[1],
        **scores(truth[test], found[test]),
        "own_accuracy": scores(truth[own], found[own])["overall_accuracy"],
        "test_pixels": int(test.sum()),
        "labels": len(areas),
        "labelled_pixels": int(known.sum()),
        "classes": len({value for value, _ in areas}),
        "passed_over": passed,
        "train_seconds": trained["seconds"],
        "next": chosen,
    }


def trained_on(
    task: Task, areas: list[Area], folder: Path, seed: int, initial: Path | None
) -> tuple[Record, NDArray[np.integer]]:
    """Train on areas in a folder; return the figures and the map, (H, W)."""
    write_areas(folder / "rois.gpkg", areas, TRUTH)
    files = {
        "rois": "rois.gpkg",
        "model": MODEL,
        "output": "map.tif",
        "confidence": "confidence.tif",
    }
    request = TrainRequest(
        str(CUBE),
        class_field="cover",
        initial_model=str(initial) if initial else None,
        settings={
            "holdout": "none",
            "epochs": task.epochs,
        },
        seed=seed,
        resume=False,
        **{key: str(folder / name) for key, name in files.items()},
    )
    trained: Record = use_case(request)["figures"]
    return trained, read_band(folder / "map.tif")


if __name__ == "__main__":
    sys.exit(main())
