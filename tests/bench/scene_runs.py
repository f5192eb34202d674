"""What the runs of `tests.bench.scenes` come to, from one line for each run.

    python -m tests.bench.scene_runs docs/benchmark_runs.csv

prints the tables of `docs/benchmarks.md`. A test compares the pages with them.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from miaf_engine.accuracy.map_accuracy import QUANTILE
from tests.bench.store import markdown, spread

Run = Mapping[str, Any]

METHODS = {
    "miaf_net": "MIAF-Net",
    "svm": "SVM-RBF",
    "forest": "random forest",
    "vote": "SVM + vote",
}
OTHERS = ("svm", "forest", "vote")
SCENES = {
    "pines": "Indian Pines",
    "pines_coarse": "Indian Pines at 60 m",
    "potsdam": "EnMAP",
    "salinas_a": "SalinasA",
    "jasper": "Jasper Ridge",
    "samson": "Samson",
}
DESIGNS = ("clustered", "spread", "dense")
# Scenes that are made from one image.
IMAGES = {"pines_coarse": "pines"}
NEAR_PERFECT = 97.0  # from here on no method can be far ahead
FAR_OFF = 15.0  # points
_WHOLE = ("seed", "areas", "classes", "drawn_pixels", "scored_pixels")
_SCORES = tuple(f"{method}_{kind}" for method in METHODS for kind in ("oa", "aa"))
# In percent: the mean confidence on the scored pixels and on the whole map, and the
# interval of the latter.
_EXPECTED = ("expected_there", "expected", "low", "high")
# See `tests.bench.scenes.temperature`.
TEMPERATURE = ("temperature_off", "temperature_spread", "temperature_slope")
COLUMNS = ("scene", "design", *_WHOLE, *_SCORES, *_EXPECTED, *TEMPERATURE)


def read_runs(path: Path) -> list[dict[str, Any]]:
    """Return the runs of a CSV; numbers as numbers, None where one is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: _value(name, text) for name, text in line.items()}
            for line in csv.DictReader(file)
        ]


def _value(name: str, text: str) -> Any:
    if name in ("scene", "design"):
        return text
    if not text:
        return None
    return int(text) if name in _WHOLE else float(text)


def write_runs(path: Path, runs: Iterable[Run]) -> None:
    """Write runs as CSV, a line each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="ignore")
        out.writeheader()
        out.writerows(runs)


def of_design(runs: Iterable[Run], scene: str, design: str) -> list[Run]:
    """Return the runs of a scene and a design."""
    return [run for run in runs if (run["scene"], run["design"]) == (scene, design)]


def cells(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Return the scenes and designs that there are, in the order of the page."""
    there = {(run["scene"], run["design"]) for run in runs}
    order = ((scene, design) for design in DESIGNS for scene in SCENES)
    return [cell for cell in order if cell in there]


def mean(runs: Sequence[Run], column: str) -> float:
    """Return the mean of a column, to the tenth that the tables show."""
    return round(float(np.mean([run[column] for run in runs])), 1)


def hard_scenes(runs: Sequence[Run]) -> list[str]:
    """Return the scenes on which none of the others is nearly perfect."""
    return [
        scene
        for scene in SCENES
        if (of := [run for run in runs if run["scene"] == scene])
        and max(mean(of, f"{name}_oa") for name in OTHERS) < NEAR_PERFECT
    ]


def accuracy_table(runs: Sequence[Run]) -> list[list[str]]:
    """Return the table of accuracies, a line for each scene and design."""
    lines = []
    for scene, design in cells(runs):
        of = of_design(runs, scene, design)
        means = {m: [mean(of, f"{m}_{kind}") for kind in ("oa", "aa")] for m in METHODS}
        line = [f"{SCENES[scene]}, {design}"]
        for method in METHODS:
            parts = []
            for number, kind in enumerate(("oa", "aa")):
                text = spread([run[f"{method}_{kind}"] for run in of])
                best = max(found[number] for found in means.values())
                is_best = means[method][number] == best
                parts.append(f"**{text}**" if is_best else text)
            line.append(" / ".join(parts))
        line.append(spread([run["expected_there"] for run in of]))
        line.append(f"{sum(map(holds, of))} of {len(of)}")
        lines.append(line)
    return lines


def short_table(runs: Sequence[Run]) -> list[list[str]]:
    """Return the table of README: MIAF-Net, best other, expected."""
    lines = []
    for scene in SCENES:
        line = [SCENES[scene]]
        for design in DESIGNS:
            of = of_design(runs, scene, design)
            best = max(mean(of, f"{name}_oa") for name in OTHERS)
            expected = np.mean([run["expected_there"] for run in of])
            line.append(f"{mean(of, 'miaf_net_oa'):.1f} / {best:.1f} / {expected:.0f}")
        lines.append(line)
    return lines


def gains(runs: Sequence[Run], kind: str) -> dict[tuple[str, str], float]:
    """Return the lead over the best mean of the others by scene and design, points."""
    found = {}
    for cell in cells(runs):
        of = of_design(runs, *cell)
        best = max(mean(of, f"{name}_{kind}") for name in OTHERS)
        found[cell] = round(mean(of, f"miaf_net_{kind}") - best, 1)
    return found


def wins(runs: Iterable[Run], kind: str) -> int:
    """Return in how many runs MIAF-Net is ahead of all others on the same areas."""
    return sum(
        run[f"miaf_net_{kind}"] > max(run[f"{name}_{kind}"] for name in OTHERS)
        for run in runs
    )


def holds(run: Run) -> bool:
    """Return whether the interval of the whole map holds the accuracy found."""
    return bool(run["low"] <= run["miaf_net_oa"] <= run["high"])


def errors(runs: Iterable[Run]) -> np.ndarray[Any, Any]:
    """Return the expected less the true accuracy on the scored pixels, in points."""
    return np.array([run["expected_there"] - run["miaf_net_oa"] for run in runs])


def scene_of(run: Run) -> str:
    """Return the scene of a run."""
    return str(run["scene"])


def image_of(run: Run) -> str:
    """Return the scene from whose image a run's scene is made."""
    return IMAGES.get(run["scene"], run["scene"])


def held_elsewhere(runs: Sequence[Run], group: Callable[[Run], str]) -> list[bool]:
    """Return whether each interval holds where its width comes from other groups.

    Args:
        runs: The runs.
        group: What is left out together, `scene_of` or `image_of`.
    """
    spreads = {}
    for left_out in {group(run) for run in runs}:
        others = [run for run in runs if group(run) != left_out]
        spreads[left_out] = of_temperatures(others), of_estimates(others)
    found = []
    for run in runs:
        temperature, estimate = spreads[group(run)]
        of_run = math.hypot(run["temperature_spread"], temperature)
        half = QUANTILE * max(run["temperature_slope"] * of_run, estimate)
        found.append(abs(_off(run, "expected")) <= half)
    return found


def of_temperatures(runs: Sequence[Run]) -> float:
    """Return the spread of log temperatures that the bootstrap leaves unexplained."""
    of = [run for run in runs if run["temperature_off"] is not None]
    return _spread_of_scenes(
        of, [run["temperature_off"] ** 2 - run["temperature_spread"] ** 2 for run in of]
    )


def of_estimates(runs: Sequence[Run]) -> float:
    """Return the spread of estimates about the truth, on the arcsine scale."""
    return _spread_of_scenes(runs, [_off(run, "expected_there") ** 2 for run in runs])


def _spread_of_scenes(runs: Sequence[Run], squares: Sequence[float]) -> float:
    """Return the root of the mean square, in which each scene has the same weight."""
    by_scene: dict[str, list[float]] = {}
    for run, square in zip(runs, squares, strict=True):
        by_scene.setdefault(run["scene"], []).append(square)
    mean_square = np.mean([np.mean(of) for of in by_scene.values()])
    return math.sqrt(max(0.0, float(mean_square)))


def _off(run: Run, column: str) -> float:
    """Return a column less the accuracy found, on the arcsine scale."""
    return _arcsine(run[column]) - _arcsine(run["miaf_net_oa"])


def _arcsine(percent: float) -> float:
    return math.asin(math.sqrt(percent / 100))


def figures(runs: Sequence[Run]) -> list[list[str]]:
    """Return the second table: what all runs come to, and those on hard scenes."""
    hard = [run for run in runs if run["scene"] in hard_scenes(runs)]
    return [
        [
            "lead over the best mean of the others, by scene and design",
            *(_lead(of) for of in (runs, hard)),
        ],
        [
            "runs ahead of all others on the same areas",
            *(f"OA {wins(of, 'oa')}, AA {wins(of, 'aa')}" for of in (runs, hard)),
        ],
        ["expected less true accuracy, points", *(_errors(of) for of in (runs, hard))],
        [
            f"more than {FAR_OFF:g} points off",
            *(str(int((abs(errors(of)) > FAR_OFF).sum())) for of in (runs, hard)),
        ],
        [
            "interval holds the truth, its width from the other images",
            *_held(runs, hard, image_of),
        ],
        [
            "the same, its width from the other scenes",
            *_held(runs, hard, scene_of),
        ],
        [
            "the same, with the width in use",
            *(str(sum(map(holds, of))) for of in (runs, hard)),
        ],
        [
            "median width in use, points",
            *(
                f"{np.median([run['high'] - run['low'] for run in of]):.0f}"
                for of in (runs, hard)
            ),
        ],
    ]


def _lead(runs: Sequence[Run]) -> str:
    found = {kind: list(gains(runs, kind).values()) for kind in ("oa", "aa")}
    return "; ".join(
        f"{kind.upper()} {np.mean(of):+.1f}, least {min(of):+.1f}"
        for kind, of in found.items()
    )


def _errors(runs: Sequence[Run]) -> str:
    found = errors(runs)
    return (
        f"{np.abs(found).mean():.1f} on the mean, {np.abs(found).max():.1f} at worst, "
        f"bias {found.mean():+.1f}"
    )


def _held(
    runs: Sequence[Run], hard: Sequence[Run], group: Callable[[Run], str]
) -> list[str]:
    if len({group(run) for run in runs}) < 2:
        return ["no others", "no others"]
    held = held_elsewhere(runs, group)
    inside = [run for run, yes in zip(runs, held, strict=True) if yes]
    names = {run["scene"] for run in hard}
    return [str(len(inside)), str(sum(run["scene"] in names for run in inside))]


def tables(runs: Sequence[Run]) -> str:
    """Return both tables as Markdown."""
    header = ["scene, design", *METHODS.values(), "expected", "in the interval"]
    hard = [run for run in runs if run["scene"] in hard_scenes(runs)]
    counts = [f"all {len(runs)} runs", f"{len(hard)} on hard scenes"]
    return (
        f"{markdown(header, accuracy_table(runs))}\n"
        f"{markdown(['figure', *counts], figures(runs))}"
    )


def main() -> int:
    """Print the tables of a CSV."""
    print(tables(read_runs(Path(sys.argv[1]))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
