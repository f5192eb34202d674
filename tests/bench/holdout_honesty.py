"""Is the report's own estimate honest? Held-out accuracy against the truth elsewhere.

On Indian Pines a model is trained twice from the same labels: with polygons held out,
and with random pixels held out. The report's estimate of each stands beside the
accuracy on all labelled pixels that the user did not draw, counted here. Labels are the
demo's polygons and, where the shared data are, the training pixels of split `d`.

    .venv/bin/python tests/bench/holdout_honesty.py [--epochs N] [--seeds 0,1,2]

Each run is kept in `build/bench/holdout_honesty`, so that a second start continues
where the first was stopped. The table is `build/bench/holdout_honesty.md`; the figures
are in the `.json` file of the same name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.features import geometry_mask

from miaf_engine.io.class_maps import read_class_map

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
SHARED = ROOT.parent / "shared" / "data" / "indian_pines"
RESULTS = ROOT / "build" / "bench"
HOLDOUTS = ("polygons", "pixels")


def main() -> int:
    """Run what is missing and write the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=0, help="0 takes the default")
    parser.add_argument("--seeds", default="0,1,2")
    given = parser.parse_args()
    rows = []
    for seed in map(int, given.seeds.split(",")):
        for labels in ("demo polygons", "split d"):
            if labels == "split d" and not split_file(seed).exists():
                print(f"Skipped: {split_file(seed)} is absent.", file=sys.stderr)
                continue
            for holdout in HOLDOUTS:
                rows.append(measured(labels, holdout, seed, given.epochs))
                print(row_text(rows[-1]), flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    stem = RESULTS / "holdout_honesty"
    facts = {"epochs": given.epochs or "default", "runs": rows}
    stem.with_suffix(".json").write_text(json.dumps(facts, indent=1), "utf-8")
    stem.with_suffix(".md").write_text(table(rows), "utf-8")
    print(table(rows))
    return 0


def split_file(seed: int) -> Path:
    """Return the fixed split of that seed."""
    return SHARED / "splits" / f"d_seed{seed}.npz"


def measured(labels: str, holdout: str, seed: int, epochs: int) -> dict[str, Any]:
    """Return one run's figures, from its file if it was made before."""
    key = f"{labels} {holdout} {seed} {epochs or 'default'}".replace(" ", "_")
    kept = RESULTS / "holdout_honesty" / f"{key}_{version()}.json"
    if kept.exists():
        return json.loads(kept.read_text("utf-8"))
    folder = RESULTS / "holdout_honesty" / "work"
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "map.tif"
    options, elsewhere = sources(labels, seed, folder)
    if epochs:
        options.append(f"--epochs={epochs}")
    command = [sys.executable, "-m", "miaf_engine", "train", *options, "--json"]
    command += [f"--holdout={holdout}", f"--seed={seed}", f"--output={output}"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    row = {
        "labels": labels,
        "holdout": holdout,
        "seed": seed,
        "estimate": 100 * figures["overall_accuracy"],
        "interval": [100 * end for end in figures["overall_accuracy_interval"]],
        "truth": 100 * accuracy(output, elsewhere),
        "pixels": int(elsewhere.sum()),
        "seconds": figures["seconds"],
    }
    kept.write_text(json.dumps(row), "utf-8")
    return row


def version() -> str:
    """Return a short digest of the engine's sources: other code, other figures."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "miaf_engine").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def sources(labels: str, seed: int, folder: Path) -> tuple[list[str], np.ndarray]:
    """Return the options that name cube and labels, and the pixels they leave, (H, W).

    The pixels left are the labelled ones of the ground truth that were not given: for
    the demo outside its polygons, for a split those that are not its training set.
    """
    with rasterio.open(DEMO / "ground_truth.tif") as file:
        truth, profile = file.read(1), file.profile
    cube = f"--cube={DEMO / 'indian_pines.tif'}"
    if labels == "demo polygons":
        areas = shapely.from_wkb(pyogrio.raw.read(DEMO / "rois.gpkg", layer="rois")[2])
        outside = geometry_mask(areas, truth.shape, profile["transform"])
        rois = [f"--rois={DEMO / 'rois.gpkg'}", "--rois-layer=rois"]
        return [cube, *rois, "--class-field=cover"], outside & (truth > 0)
    train = training_pixels(split_file(seed), truth.shape)
    path = folder / "labels.tif"
    with rasterio.open(path, "w", **profile) as file:
        file.write(np.where(train, truth, 0).astype(profile["dtype"]), 1)
    return [cube, f"--labels={path}"], (truth > 0) & ~train


def training_pixels(path: Path, shape: tuple[int, int]) -> np.ndarray:
    """Return the training pixels of a fixed split, bool (H, W)."""
    mask = np.zeros(shape, dtype=bool)
    with np.load(path) as arrays:  # flat pixel indices, row-major
        mask.flat[arrays["train"]] = True
    return mask


def accuracy(path: Path, where: np.ndarray) -> float:
    """Return the share of pixels that a map has right, classes by name or value."""
    found, _, classes = read_class_map(path)
    truth, _, true_classes = read_class_map(DEMO / "ground_truth.tif")
    values = {entry.name: entry.value for entry in classes}
    right = np.zeros(truth.shape, dtype=bool)
    for entry in true_classes:
        same = values.get(entry.name, entry.value)
        right |= (truth == entry.value) & (found == same)
    return float(right[where].mean())


def row_text(row: dict[str, Any]) -> str:
    """Return a run as one line."""
    return (
        f"{row['labels']}, {row['holdout']}, seed {row['seed']}: estimate "
        f"{row['estimate']:.1f}, elsewhere {row['truth']:.1f}"
    )


def table(rows: list[dict[str, Any]]) -> str:
    """Return means over the seeds as a Markdown table."""
    lines = [
        "| labels | held out | estimate, % | accuracy elsewhere, % | too high by | "
        "in the 95 % interval |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for labels, holdout in dict.fromkeys((r["labels"], r["holdout"]) for r in rows):
        own = [r for r in rows if (r["labels"], r["holdout"]) == (labels, holdout)]
        estimate, truth = (
            np.array([r[name] for r in own]) for name in ("estimate", "truth")
        )
        held = sum(r["interval"][0] <= r["truth"] <= r["interval"][1] for r in own)
        lines.append(
            f"| {labels} | {holdout} | {estimate.mean():.1f} ± {estimate.std():.1f} | "
            f"{truth.mean():.1f} ± {truth.std():.1f} | "
            f"{(estimate - truth).mean():+.1f} points | {held} of {len(own)} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
