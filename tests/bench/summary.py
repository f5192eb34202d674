"""Prints the Markdown of every table in `build/bench`, with what it was measured on.

    python -m tests.bench.summary > summary.md

`make bench` ends with it. Figures of single runs lie beside the tables as JSON.
"""

from __future__ import annotations

import sys

from tests.bench.store import RESULTS, facts

TITLES = {
    "indian_pines": "Indian Pines, fixed splits",
    "indian_pines_quick": "Indian Pines, short form",
    "scenes": "Several scenes",
    "salinas_a": "SalinasA, 15 pixels a class",
    "ablation": "Ablation",
    "floor": "An epoch against the floating-point floor",
    "profile": "Operators",
    "per_pixel": "Time for a pixel, 64 times the scene",
    "large_maps": "Large maps of several scenes",
    "tiled": "One tile against many",
    "altered_scene": "The demo scene in other light",
    "demo_scene": "Demo scene",
    "large_scene": "A cube larger than the memory budget",
    "interval_coverage": "Coverage of the 95 % intervals",
    "active_learning": "Labels chosen by the engine, at random and by confidence",
}


def main() -> int:
    """Print the tables that are there, in a fixed order, then any others."""
    found = {path.stem: path for path in sorted(RESULTS.glob("*.md"))}
    if not found:
        print("There are no results yet: run make bench.", file=sys.stderr)
        return 1
    names = [name for name in TITLES if name in found]
    names += [name for name in found if name not in TITLES]
    now = facts()
    versions = ", ".join(f"{name} {number}" for name, number in now["versions"].items())
    print(f"{now['machine']}; {versions}; commit {now['commit']}; {now['date']}.")
    print("Each table names its own command and date where they differ.\n")
    for name in names:
        print(f"## {TITLES.get(name, name)}\n")
        print(found[name].read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
