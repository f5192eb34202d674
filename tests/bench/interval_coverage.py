"""How often the report's 95 % intervals hold the truth, on synthetic maps.

`make bench` runs it. Each map has its own classes, accuracies, polygon sizes and
likeness of a polygon's pixels, and the engine scores it as any map. The truth is what
infinitely many such polygons would give. Beside the engine's interval stand those that
it was chosen over. Results go to `build/bench/interval_coverage.json` and `.md`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from miaf_engine.accuracy.intervals import mean_interval, wilson_interval  # noqa: E402
from miaf_engine.accuracy.metrics import Assessment, assess  # noqa: E402
from miaf_engine.classes import ClassEntry, ClassTable  # noqa: E402

RESULTS = ROOT / "build" / "bench"
MAPS, DRAWS = 1000, 400
Interval = tuple[float, float]


@dataclass(frozen=True)
class Scenario:
    """What the maps of one line of the table have in common.

    Attributes:
        polygons: Fewest and most polygons; None for independent pixels.
        accuracies: Lowest and highest producer's accuracy of a class.
        likeness: Lowest and highest intra-polygon correlation.
        fixed: Whether each class has a fixed share of the polygons.
    """

    polygons: tuple[int, int] | None = (30, 60)
    accuracies: tuple[float, float] = (0.55, 0.98)
    likeness: tuple[float, float] = (0.05, 0.4)
    fixed: bool = False


SCENARIOS = {
    "independent pixels": Scenario(polygons=None),
    "30 to 60 polygons": Scenario(),
    "30 to 60 polygons, fixed number of each class": Scenario(fixed=True),
    "30 to 60 polygons, classes 85 to 98 % right": Scenario(accuracies=(0.85, 0.98)),
    "30 to 60 polygons, correlation 0.4 to 0.6": Scenario(likeness=(0.4, 0.6)),
    "8 to 15 polygons": Scenario(polygons=(8, 15)),
}


@dataclass(frozen=True)
class SyntheticMap:
    """A scored map whose accuracies are known.

    Attributes:
        assessment: What the engine says.
        overall, producers, users: What is true, shares and (K,) shares.
        areas: (n,) polygon of each scored pixel.
        reference, predicted: (n,) class 1..K of it.
    """

    assessment: Assessment
    overall: float
    producers: np.ndarray
    users: np.ndarray
    areas: np.ndarray
    reference: np.ndarray
    predicted: np.ndarray


def synthetic_map(rng: np.random.Generator, scenario: Scenario) -> SyntheticMap:
    """Draw a map: polygons of a class, each with its own share of right pixels."""
    count = int(rng.integers(4, 13))
    right = rng.uniform(*scenario.accuracies, count)
    if scenario.polygons is None:
        sizes = np.ones(int(rng.integers(100, 2000)), int)
        rho = 0.0
    else:
        number = int(rng.integers(*scenario.polygons, endpoint=True))
        spread = rng.uniform(0.5, 1.0)  # of the logarithm of the sizes
        sizes = np.maximum(np.round(rng.lognormal(3.7, spread, number)), 1).astype(int)
        rho = rng.uniform(*scenario.likeness)
    if scenario.fixed:
        classes = np.arange(len(sizes)) % count
        shares = np.bincount(classes, minlength=count) / len(sizes)
    else:
        classes = rng.integers(0, count, len(sizes))
        shares = np.full(count, 1 / count)
    mean = right[classes]
    share = mean
    if rho:
        share = rng.beta(mean * (1 - rho) / rho, (1 - mean) * (1 - rho) / rho)
    areas = np.repeat(np.arange(1, len(sizes) + 1), sizes)
    reference = classes[areas - 1]
    wrong = (reference + rng.integers(1, count, len(areas))) % count
    fits = rng.random(len(areas)) < share[areas - 1]
    predicted = np.where(fits, reference, wrong)
    joint = np.outer(shares * (1 - right), np.full(count, 1 / (count - 1)))
    np.fill_diagonal(joint, shares * right)
    return SyntheticMap(
        assess(predicted + 1, reference + 1, class_table(count), areas),
        float(shares @ right),
        right,
        np.diagonal(joint) / joint.sum(axis=0),
        areas,
        reference + 1,
        predicted + 1,
    )


def class_table(count: int) -> ClassTable:
    """Return classes 1..count."""
    entries = (ClassEntry(k, f"class {k}", "#808080") for k in range(1, count + 1))
    return ClassTable(tuple(entries))


def engine(found: SyntheticMap, _: np.random.Generator) -> Interval:
    """Return the interval of the report."""
    return found.assessment.uncertainty.overall


def as_pixels(found: SyntheticMap, _: np.random.Generator) -> Interval:
    """Return Wilson's interval as if pixels were independent."""
    matrix = found.assessment.matrix
    return wilson_interval(int(np.trace(matrix)), int(matrix.sum()))


def bootstrap(found: SyntheticMap, rng: np.random.Generator) -> Interval:
    """Return the percentile bootstrap over polygons."""
    return _percentiles(found, [np.arange(found.areas.max())], rng)


def bootstrap_in_classes(found: SyntheticMap, rng: np.random.Generator) -> Interval:
    """Return the percentile bootstrap over the polygons of each class."""
    first = np.unique(found.areas, return_index=True)[1]
    classes = found.reference[first]
    strata = [np.flatnonzero(classes == k) for k in np.unique(classes)]
    return _percentiles(found, strata, rng)


def _percentiles(
    found: SyntheticMap, strata: list[np.ndarray], rng: np.random.Generator
) -> Interval:
    sizes = np.bincount(found.areas)[1:]
    right = np.bincount(found.areas, found.reference == found.predicted)[1:]
    drawn = np.concatenate(
        [part[rng.integers(0, len(part), (DRAWS, len(part)))] for part in strata],
        axis=1,
    )
    shares = right[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


METHODS: dict[str, Callable[[SyntheticMap, np.random.Generator], Interval]] = {
    "engine": engine,
    "as pixels": as_pixels,
    "bootstrap": bootstrap,
    "bootstrap in classes": bootstrap_in_classes,
}


def coverage(
    scenario: Scenario, maps: int, seed: int, methods: tuple[str, ...] = ("engine",)
) -> dict[str, float]:
    """Return the share of maps whose intervals hold the truth, by method.

    `producers` and `users` are those of the engine's intervals of the classes.
    """
    rng, draws = (np.random.default_rng([seed, stream]) for stream in (0, 1))
    held: dict[str, list[bool]] = {}
    for _ in range(maps):
        found = synthetic_map(rng, scenario)
        for name in methods:
            low, high = METHODS[name](found, draws)
            held.setdefault(name, []).append(low <= found.overall <= high)
        sure = found.assessment.uncertainty
        for name, truths in (("producers", found.producers), ("users", found.users)):
            for (low, high), truth in zip(getattr(sure, name), truths, strict=True):
                if not np.isnan(low):
                    held.setdefault(name, []).append(low <= truth <= high)
    return {name: float(np.mean(values)) for name, values in held.items()}


def difference_coverage(maps: int, seed: int) -> float:
    """Return how often the interval of a difference of two maps holds the truth."""
    rng, held = np.random.default_rng(seed), []
    for _ in range(maps):
        number = int(rng.integers(30, 61))
        sizes = np.maximum(np.round(rng.lognormal(3.7, 0.8, number)), 1).astype(int)
        means, rho = rng.uniform(0.6, 0.95, 2), rng.uniform(0.1, 0.4)
        level = rng.normal(0, rho, number)  # what makes an area hard for both maps
        shares = np.clip(
            means[:, None] + level - rng.uniform(0, 0.2, (2, number)), 0, 1
        )
        right = rng.binomial(sizes, shares)
        many = np.clip(
            means[:, None]
            + rng.normal(0, rho, 40_000)
            - rng.uniform(0, 0.2, (2, 40_000)),
            0,
            1,
        ).mean(axis=1)
        low, high = mean_interval(right[0] - right[1], sizes)
        held.append(low <= many[0] - many[1] <= high)
    return float(np.mean(held))


def main() -> int:
    """Run all scenarios and write the table; return the exit status."""
    rows = {}
    for number, (name, scenario) in enumerate(SCENARIOS.items()):
        methods = tuple(METHODS) if scenario.polygons else ("engine",)
        rows[name] = coverage(scenario, MAPS, number, methods)
        print(name, rows[name], flush=True)
    rows["difference of two maps, 30 to 60 polygons"] = {
        "engine": difference_coverage(MAPS, 7)
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"maps": MAPS, "coverage": rows}, indent=1)
    (RESULTS / "interval_coverage.json").write_text(text, encoding="utf-8")
    shown = table(rows)
    (RESULTS / "interval_coverage.md").write_text(shown, encoding="utf-8")
    print(shown)
    return 0


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return the coverages in percent as Markdown."""
    columns = [*METHODS, "producers", "users"]
    lines = [
        "Share of maps whose 95 % interval holds the truth, in percent.\n",
        f"| maps | {' | '.join(columns)} |",
        f"| --- |{' --- |' * len(columns)}",
    ]
    for name, row in rows.items():
        cells = (f"{100 * row[c]:.1f}" if c in row else "" for c in columns)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
