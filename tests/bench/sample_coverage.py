"""How often the intervals of a drawn sample hold the truth, on simulated maps.

`make bench` runs it. Each map has its own classes, patches and errors. A sample is
drawn from it, every point is looked up, and that map and another one are scored on the
same points. The first line goes through the files of `drawsample` and `assess`, the
others through the same functions in memory. Results go to
`build/bench/sample_coverage.json` and `.md`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.simulated_maps import (  # noqa: E402
    FIGURES,
    hits,
    sample_and_assess,
    sample_in_memory,
    simulated_scene,
)

RESULTS = ROOT / "build" / "bench"
MAPS = 1000
FILES = "stratified, compromise, through files"
DESIGNS = {
    FILES: {"method": "stratified", "allocation": "compromise"},
    "stratified, compromise": {"method": "stratified", "allocation": "compromise"},
    "stratified, equal": {"method": "stratified", "allocation": "equal"},
    "stratified, proportional": {"method": "stratified", "allocation": "proportional"},
    "simple": {"method": "simple", "allocation": ""},
    "systematic": {"method": "systematic", "allocation": ""},
}
WHICH = ("the map drawn from", "another map")


def coverage(name: str, maps: int, seed: int) -> dict[str, dict]:
    """Return how often intervals hold the truth, by map and figure, and how many."""
    found: dict[str, dict[str, list[bool]]] = {
        which: {figure: [] for figure in FIGURES} for which in WHICH
    }
    for number in range(maps):
        scene = simulated_scene(np.random.default_rng([seed, number]))
        if name == FILES:
            with tempfile.TemporaryDirectory() as folder:
                figures = sample_and_assess(
                    scene, Path(folder), seed=number, **DESIGNS[name]
                )
        else:
            figures = sample_in_memory(scene, seed=number, **DESIGNS[name])
        for which, values, own in zip(
            WHICH, (scene.first, scene.second), figures, strict=True
        ):
            for figure, hit in hits(scene, values, own):
                if hit is not None:
                    found[which][figure].append(hit)
    return {
        which: {
            name: {"share": float(np.mean(part)), "intervals": len(part)}
            for name, part in own.items()
        }
        for which, own in found.items()
    }


def main() -> None:
    """Measure all designs and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--maps", type=int, default=MAPS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--designs", nargs="+", choices=DESIGNS, default=DESIGNS)
    options = parser.parse_args()
    results, lines = {}, [
        f"| sample | map | {' | '.join(FIGURES)} |",
        "| --- " * (len(FIGURES) + 2) + "|",
    ]  # fmt: skip
    for name in options.designs:
        results[name] = coverage(name, options.maps, options.seed)
        for which, own in results[name].items():
            cells = " | ".join(f"{100 * own[f]['share']:.1f}" for f in FIGURES)
            lines.append(f"| {name} | {which} | {cells} |")
            print(lines[-1], flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    facts = {"maps": options.maps, "seed": options.seed, "coverage": results}
    (RESULTS / "sample_coverage.json").write_text(json.dumps(facts, indent=1))
    (RESULTS / "sample_coverage.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
