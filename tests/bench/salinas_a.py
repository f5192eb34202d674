"""Accuracy on SalinasA with 15 training pixels a class, from the published arrays.

    python -m tests.bench.salinas_a [--seeds 0 1 2] [--set epochs=50] [--fresh]

The scene is not part of this repository; where it is not there, the exit status is 1.
It is looked for as the others of `tests.bench.drawn_scenes` are: in the folder that
MIAF_SCENES names, as salinas_a/SalinasA_corrected.mat and salinas_a/SalinasA_gt.mat.
The engine's `import` makes rasters of it;
15 random pixels of each class train, all others are scored. The bands have no
wavelengths, so every method sees all of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench import drawn_scenes
from tests.bench.indian_pines import DEFAULT_METHODS
from tests.bench.methods import METHODS, NAMES, Task, engine, mark, measure, options
from tests.bench.scene import read_band
from tests.bench.scenes import are_there
from tests.bench.splits import REPORTED, Split
from tests.bench.store import (
    RESULTS,
    Record,
    carry_out,
    facts,
    markdown,
    publish,
    spread,
)

PER_CLASS = 15


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is not there yet, and write the table."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--seeds", nargs="+", type=int, default=list(REPORTED))
    found.add_argument("--methods", nargs="+", choices=METHODS, default=DEFAULT_METHODS)
    found.add_argument("--set", nargs="+", action="extend", default=[])
    found.add_argument("--fresh", action="store_true", help="measure all again")
    asked = found.parse_args(arguments)
    if not are_there(["salinas_a"]):
        return 1
    arrays = drawn_scenes.paths_of("salinas_a")
    settings = options(asked.set)
    with tempfile.TemporaryDirectory() as name:
        cube, labels = Path(name, "cube.tif"), Path(name, "labels.tif")
        engine(
            "import",
            f"--cube={arrays[0]}",
            f"--labels={arrays[1]}",
            f"--output={cube}",
            f"--labels-output={labels}",
        )
        truth = read_band(labels)
        jobs = []
        for seed in asked.seeds:
            task = Task(cube, truth, fifteen_each(truth, seed), seed)
            for method in asked.methods:
                own = settings if method == "miaf-net" else []
                suffix = "".join(own).replace("--", "-").replace("/", "_")
                path = RESULTS / "salinas_a" / f"{method}-{seed}{suffix}.json"
                label = f"SalinasA, {NAMES[method]}, seed {seed}"
                source = mark(method, ("salinas_a", seed, PER_CLASS), own)
                jobs.append((label, path, source, partial(measure, method, task, own)))
        records = carry_out(jobs, fresh=asked.fresh)
    write_table(records, asked.methods, asked.seeds, settings)
    return 0


def write_table(
    records: Sequence[Record],
    methods: Sequence[str],
    seeds: Sequence[int],
    settings: Sequence[str],
) -> None:
    """Publish what the runs of each method came to."""
    rows = []
    for method in methods:
        of = [record for record in records if record["method"] == method]
        keys = ("overall_accuracy", "average_accuracy", "kappa")
        accuracies = [spread([r[key] for r in of], 100, 2) for key in keys]
        seconds = spread([record["train_seconds"] for record in of])
        rows.append([NAMES[method], *accuracies, seconds])
    header = ["method", "OA, %", "AA, %", "kappa x 100", "training, s"]
    now = facts()
    publish(
        "salinas_a",
        f"SalinasA, {PER_CLASS} random training pixels a class, all other labelled "
        f"pixels scored; seeds {', '.join(map(str, seeds))}; "
        f"{' '.join(settings) or 'default settings'}; mean ± sample standard "
        f"deviation.\n\n{markdown(header, rows)}\n"
        f"`python -m tests.bench.salinas_a`; {now['date']}; {now['machine']}.\n",
    )


def fifteen_each(truth: NDArray[np.integer], seed: int) -> Split:
    """Draw the training pixels of each class; the others are the test pixels."""
    rng = np.random.default_rng(seed)
    drawn = [
        rng.permutation(np.flatnonzero(truth == value))[:PER_CLASS]
        for value in np.unique(truth[truth > 0])
    ]
    train = np.sort(np.concatenate(drawn))
    test = np.setdiff1d(np.flatnonzero(truth), train)
    return Split(train, np.zeros(0, np.int64), test)


if __name__ == "__main__":
    sys.exit(main())
