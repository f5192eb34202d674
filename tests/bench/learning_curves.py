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


def accuracies(
    records: Sequence[Record], strategy: str, name: str = "overall_accuracy"
) -> dict[int, list[float]]:
    """Return an accuracy of each round, one a seed; round 0 is shared."""
    found: dict[int, list[float]] = {}
    for record in records:
        if record["strategy"] in ("start", strategy):
            found.setdefault(record["round"], []).append(record[name])
    return dict(sorted(found.items()))


def labels_until(records: Sequence[Record], strategy: str, wanted: float) -> int | None:
    """Return the labels after the start with which the mean first reaches a value."""
    for number, values in accuracies(records, strategy).items():
        if np.mean(values) >= wanted:
            return 10 * number
    return None


def report(records: Sequence[Record], command: str) -> str:
    """Return the tables of accuracies, and what the suggestions save."""
    rounds = sorted({record["round"] for record in records})
    seeds = sorted({record["seed"] for record in records})
    start = [r for r in records if r["strategy"] == "start"]
    later = [r["train_seconds"] for r in records if r["round"]]
    now = facts()
    return (
        "Overall accuracy in percent; mean ± sample standard deviation of "
        f"{len(seeds)} seed(s). At the start "
        f"{spread([r['labels'] for r in start], digits=0)} superpixels of "
        f"{spread([r['classes'] for r in start], digits=0)} classes. All are scored on "
        f"the same {spread([r['test_pixels'] for r in start], digits=0)} pixels of a "
        "third of the superpixels, drawn before, which nobody may label.\n\n"
        + _table(records, "overall_accuracy", rounds)
        + f"\n{_saved(records, rounds[-1])}\n\nAverage accuracy on the same pixels:"
        "\n\n"
        + _table(records, "average_accuracy", rounds[:: max(1, len(rounds) // 2)])
        + "\nOverall accuracy on all pixels that the strategy itself had not labelled "
        "by then (each on pixels of its own):\n\n"
        + _table(records, "own_accuracy", rounds[:: max(1, len(rounds) // 2)])
        + f"\n{_passed(records)} The first training took "
        f"{spread([r['train_seconds'] for r in start])} s, one that continues "
        f"{spread(later or [0])} s.\n\n`{command}`; {now['date']}; {now['machine']}.\n"
    )


def _table(records: Sequence[Record], name: str, rounds: Sequence[int]) -> str:
    rows = []
    for number in rounds:
        cells = [str(10 * number)]
        for strategy in STRATEGIES:
            values = accuracies(records, strategy, name).get(number, [np.nan])
            cells.append(spread(values, 100))
        rows.append(cells)
    return markdown(["labels added", *(NAMES[s] for s in STRATEGIES)], rows)


def _passed(records: Sequence[Record]) -> str:
    """Say how many suggestions a round could not be answered, and why."""
    passed = [r["passed_over"] for r in records if r["passed_over"]]
    unknown, mixed, held = (
        spread([one[kind] for one in passed] or [0], digits=0)
        for kind in ("unknown", "mixed", "held")
    )
    return (
        f"For ten answers {unknown} suggestions were passed over because more than 20 "
        f"% of their pixels have no ground truth, {mixed} because no class has 80 %, "
        f"and {held} because they lie on held-out pixels."
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
    axes.set_ylabel("overall accuracy on pixels\nthat nobody may label, %")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    with mpl.rc_context({"svg.hashsalt": "active learning"}):
        figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
