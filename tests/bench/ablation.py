"""What each part of the network is worth, on splits made for choosing.

    python -m tests.bench.ablation [--splits c d] [--seeds 10 11 12] [--rows NAME ...]

Seeds 10 to 12 of the splits `c` and `d`, never those that results are reported on. A
row is a name and settings of the engine's `train`; more can be added below. Results
lie with those of `indian_pines.py` and are taken up again like them; the table is
`build/bench/ablation.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.bench.indian_pines import KIND_NAMES, measured
from tests.bench.methods import options
from tests.bench.splits import CHOSEN_ON, KINDS
from tests.bench.store import Record, facts, markdown, publish, spread

ROWS: dict[str, tuple[str, ...]] = {
    "full": (),
    "fused features alone, no committee": ("committee=false",),
    "without graph branch": ("graph_branch=false",),
    "without convolution branch": ("convolution_branch=false",),
    "without interactive attention": ("interactive_attention=false",),
    "without hierarchical fusion": ("hierarchical_fusion=false",),
    "single scale": ("kernel_sizes=5", "pixels_per_superpixel=100"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all rows and write the table."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--splits", nargs="+", choices=KINDS, default=["c", "d"])
    found.add_argument("--seeds", nargs="+", type=int, default=list(CHOSEN_ON))
    found.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    found.add_argument("--set", nargs="+", action="extend", default=[])
    found.add_argument("--fresh", action="store_true", help="measure all again")
    asked = found.parse_args(arguments)
    wanted = [("miaf-net", kind, seed) for kind in asked.splits for seed in asked.seeds]
    records = {}
    for number, row in enumerate(asked.rows, start=1):
        print(f"Row {number} of {len(asked.rows)}: {row}", flush=True)
        settings = options([*asked.set, *ROWS[row]])
        records[row] = measured(wanted, settings, fresh=asked.fresh)
    publish("ablation", table(records, asked.splits, asked.seeds, asked.set))
    return 0


def table(
    records: dict[str, list[Record]],
    kinds: Sequence[str],
    seeds: Sequence[int],
    common: Sequence[str] = (),
) -> str:
    """Return overall and average accuracy and cost of each row."""
    rows = []
    for row, runs in records.items():
        cells = [row]
        for kind in kinds:
            of = [run for run in runs if run["split"] == kind]
            keys = ("overall_accuracy", "average_accuracy")
            cells.append(" / ".join(spread([r[k] for r in of], 100) for k in keys))
        cells.append(spread([run["seconds_per_epoch"] for run in runs], digits=3))
        rows.append(cells)
    header = ["network", *(KIND_NAMES[kind] for kind in kinds), "epoch, s"]
    now = facts()
    told = f" with {' '.join(common)}" if common else ""
    return (
        f"Overall / average accuracy in percent on the test pixels of splits made for "
        f"choosing (seeds {', '.join(map(str, seeds))}){told}; mean ± sample standard "
        f"deviation.\n\n{markdown(header, rows)}\n"
        f"`python -m tests.bench.ablation`; {now['date']}; {now['machine']}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
