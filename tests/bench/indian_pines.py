"""Accuracy and cost on the splits of Indian Pines, beside baselines on the same pixels.

    python -m tests.bench.indian_pines [--splits c d] [--seeds 0 1 2]
        [--methods miaf-net svm forest] [--set epochs=50] [--fresh]

Every run is a process of its own. MIAF-Net is trained and its map made by the command
line with default settings; the engine leaves out the bands in which water vapour
absorbs, the baselines see all 200. Each method knows training and validation pixels;
the test pixels are scored here with scikit-learn. Results are kept one by one in
`build/bench/indian_pines`, and taken up again while code and settings are the same;
the table is `build/bench/indian_pines.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.bench.methods import METHODS, NAMES, Task, mark, measure, options
from tests.bench.scene import CUBE, TRUTH, read_band
from tests.bench.splits import CHOSEN_ON, KINDS, REPORTED, make_split
from tests.bench.store import (
    RESULTS,
    Record,
    carry_out,
    facts,
    markdown,
    publish,
    spread,
)

DEFAULT_METHODS = ("miaf-net", "svm", "forest")
KIND_NAMES = {
    "a": "a: random 10 %",
    "b": "b: 30 a class",
    "c": "c: whole fields held out",
    "d": "d: field ends held out",
}
COSTS = {
    "train_seconds": ("training, s", 1),
    "seconds_per_epoch": ("epoch, s", 3),
    "map_seconds": ("map, s", 2),
    "peak_memory_mb": ("peak memory in training, MiB", 0),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write the table."""
    asked = parser().parse_args(arguments)
    settings = options(asked.set)
    # One split after the other, all methods beside each other.
    wanted = [
        (method, kind, seed)
        for kind in asked.splits
        for seed in asked.seeds
        for method in asked.methods
    ]
    records = measured(wanted, settings, fresh=asked.fresh)
    name = "indian_pines" if asked.table is None else asked.table
    publish(name, report(records, asked.splits, settings))
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--splits", nargs="+", choices=KINDS, default=list(KINDS))
    found.add_argument(
        "--seeds",
        nargs="+",
        type=int,
        default=list(REPORTED),
        help=f"to choose a setting by the figures, take {CHOSEN_ON}",
    )
    found.add_argument(
        "--methods", nargs="+", choices=METHODS, default=list(DEFAULT_METHODS)
    )
    found.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help="setting of the engine's train",
    )
    found.add_argument("--fresh", action="store_true", help="measure all again")
    found.add_argument("--table", help="name of the table, without .md")
    return found


def measured(
    wanted: Sequence[tuple[str, str, int]],
    settings: Sequence[str] = (),
    *,
    fresh: bool = False,
) -> list[Record]:
    """Return the results of (method, kind of split, seed), measured or kept."""
    truth = read_band(TRUTH)
    jobs = []
    for method, kind, seed in wanted:
        own = list(settings) if method == "miaf-net" else []
        task = Task(CUBE, truth, make_split(truth, kind, seed), seed)
        run = partial(_measure, method, task, kind, own)
        label = f"{NAMES[method]}, split {kind}, seed {seed} {' '.join(own)}".strip()
        found = mark(method, (kind, seed), own)
        jobs.append((label, place(method, kind, seed, own), found, run))
    return carry_out(jobs, fresh=fresh)


def _measure(method: str, task: Task, kind: str, settings: Sequence[str]) -> Record:
    found = measure(method, task, settings)
    return {"split": kind, "seed": task.seed, "settings": list(settings), **found}


def place(method: str, kind: str, seed: int, settings: Sequence[str]) -> Path:
    """Return the file of a result."""
    name = f"{method}-{kind}-{seed}"
    if settings:
        digest = hashlib.sha256(" ".join(settings).encode()).hexdigest()
        name += f"-{digest[:8]}"
    return RESULTS / "indian_pines" / f"{name}.json"


def report(
    records: Sequence[Record], kinds: Sequence[str], settings: Sequence[str]
) -> str:
    """Return the tables of accuracy and cost."""
    methods = [m for m in METHODS if any(r["method"] == m for r in records)]
    seeds = sorted({record["seed"] for record in records})
    told = " ".join(settings) or "default settings"
    command = " ".join(["python -m tests.bench.indian_pines", *sys.argv[1:]])
    dates = sorted(record["date"] for record in records)
    now = facts()
    versions = ", ".join(f"{k} {v}" for k, v in now["versions"].items())
    return (
        f"Indian Pines, {len(seeds)} seed(s) ({', '.join(map(str, seeds))}), {told}; "
        "mean ± sample standard deviation.\n\n"
        "Overall accuracy / average accuracy / kappa x 100, in percent, on the test "
        "pixels.\n\n"
        f"{_accuracies(records, methods, kinds)}\n"
        f"{_calibration(records, kinds)}"
        f"Cost, over all of these runs.\n\n{_costs(records, methods)}"
        f"{_ratios(records, kinds)}\n"
        f"`{command}`; measured {dates[0]} to {dates[-1]}; {now['machine']}; "
        f"{versions}.\n"
    )


def _accuracies(
    records: Sequence[Record], methods: Sequence[str], kinds: Sequence[str]
) -> str:
    rows = []
    for method in methods:
        cells = [NAMES[method]]
        for kind in kinds:
            of = [r for r in records if (r["method"], r["split"]) == (method, kind)]
            keys = ("overall_accuracy", "average_accuracy", "kappa")
            cells.append(" / ".join(spread([r[k] for r in of], 100) for k in keys))
        rows.append(cells)
    return markdown(["method", *(KIND_NAMES[kind] for kind in kinds)], rows)


def _calibration(records: Sequence[Record], kinds: Sequence[str]) -> str:
    """Return the expected calibration error of MIAF-Net by split, where measured."""
    key, cells = "calibration_error", []
    for kind in kinds:
        values = [r[key] for r in records if r["split"] == kind and key in r]
        cells.append(spread(values, digits=3) if values else "")
    if not any(cells):
        return ""
    head = ["expected calibration error", *(KIND_NAMES[kind] for kind in kinds)]
    return f"{markdown(head, [[NAMES['miaf-net'], *cells]])}\n"


def _costs(records: Sequence[Record], methods: Sequence[str]) -> str:
    rows = []
    for method in methods:
        of = [record for record in records if record["method"] == method]
        cells = [NAMES[method]]
        for key, (_, digits) in COSTS.items():
            values = [record[key] for record in of if key in record]
            cells.append(spread(values, digits=digits) if values else "")
        rows.append(cells)
    return markdown(["method", *(name for name, _ in COSTS.values())], rows)


def _ratios(records: Sequence[Record], kinds: Sequence[str]) -> str:
    """Return how MIAF-Net's training time compares with the SVM's, by split."""
    lines = []
    for kind in kinds:
        seconds = [
            [
                r["train_seconds"]
                for r in records
                if (r["method"], r["split"]) == (method, kind)
            ]
            for method in ("miaf-net", "svm")
        ]
        if all(seconds):
            ours, theirs = (sum(part) / len(part) for part in seconds)
            lines.append(
                f"- split {kind}: MIAF-Net trains in {ours / theirs:.2f} times the "
                f"grid-searched SVM's time ({ours:.1f} s, {theirs:.1f} s)"
            )
    return "\n" + "\n".join(lines) + "\n" if lines else ""


if __name__ == "__main__":
    sys.exit(main())
