"""Table and picture of what labels are worth, by who chose them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

from tests.bench.store import Record, facts, markdown, spread

mpl.use("Agg")
import matplotlib.pyplot as plt

STRATEGIES = ("suggestions", "random", "pixels")
NAMES = {
    "suggestions": "suggested superpixels",
    "random": "random superpixels",
    "pixels": "least confident pixels",
}
_COLOURS = {"suggestions": "#d55e00", "random": "#0072b2", "pixels": "#7f7f7f"}


def accuracies(records: Sequence[Record], strategy: str) -> dict[int, list[float]]:
    """Return the overall accuracies of each round, one a seed; round 0 is shared."""
    found: dict[int, list[float]] = {}
    for record in records:
        if record["strategy"] in ("start", strategy):
            found.setdefault(record["round"], []).append(record["overall_accuracy"])
    return dict(sorted(found.items()))


def labels_until(records: Sequence[Record], strategy: str, wanted: float) -> int | None:
    """Return the labels after the start with which the mean first reaches a value."""
    for number, values in accuracies(records, strategy).items():
        if np.mean(values) >= wanted:
            return 10 * number
    return None


def report(records: Sequence[Record], command: str) -> str:
    """Return the table of overall accuracies, and what the suggestions save."""
    rounds = sorted({record["round"] for record in records})
    rows = []
    for number in rounds:
        cells = [str(10 * number)]
        for strategy in STRATEGIES:
            cells.append(
                spread(accuracies(records, strategy).get(number, [np.nan]), 100)
            )
        rows.append(cells)
    seeds = sorted({record["seed"] for record in records})
    start = [r for r in records if r["strategy"] == "start"]
    seconds = [record["train_seconds"] for record in records]
    passed = [r["passed_over"] for r in records if r["passed_over"]]
    now = facts()
    return (
        "Overall accuracy in percent on the labelled pixels that the strategy never "
        f"labelled; mean ± sample standard deviation of {len(seeds)} seed(s). At the "
        f"start {spread([r['labels'] for r in start], digits=0)} superpixels of "
        f"{spread([r['classes'] for r in start], digits=0)} classes.\n\n"
        + markdown(["labels added", *(NAMES[s] for s in STRATEGIES)], rows)
        + f"\n{_saved(records, rounds[-1])}\n\n"
        f"{spread(passed or [0], digits=0)} suggestions a round were passed over, "
        "because no class has 80 % of their pixels or they have no ground truth. A "
        f"training took {spread(seconds)} s.\n\n`{command}`; {now['date']}; "
        f"{now['machine']}.\n"
    )


def _saved(records: Sequence[Record], last: int) -> str:
    goal = float(np.mean(accuracies(records, "random")[last]))
    needed = labels_until(records, "suggestions", goal)
    told = "do not reach" if needed is None else f"reach with {needed} labels"
    return (
        f"The suggestions {told} the {goal:.1%} that random superpixels have with "
        f"{10 * last}."
    )


def curves(records: Sequence[Record], path: Path) -> None:
    """Draw mean and spread over the labels, as SVG."""
    figure, axes = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    for strategy in STRATEGIES:
        found = accuracies(records, strategy)
        labels = 10 * np.array(list(found))
        means = 100 * np.array([np.mean(values) for values in found.values()])
        off = 100 * np.array([np.std(values) for values in found.values()])
        colour = _COLOURS[strategy]
        axes.plot(labels, means, marker="o", ms=3, color=colour, label=NAMES[strategy])
        axes.fill_between(labels, means - off, means + off, color=colour, alpha=0.15)
    axes.set_xlabel("labels added to 5 superpixels a class")
    axes.set_ylabel("overall accuracy on\nunlabelled pixels, %")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    with mpl.rc_context({"svg.hashsalt": "active learning"}):
        figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
