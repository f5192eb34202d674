"""Continuing from a model or training from nothing, on the demo scene, over five seeds.

    python -m tests.bench.continue_training [--seeds 0 1 2 3 4] [--set epochs=50]
        [--fresh]

A model is trained on the demo's areas. Ten superpixels are added, drawn by the seed
among those that lie apart from all areas and of whose pixels 80 % are labelled with one
class; that is their class. Then a training continues from the model with old and new
areas, and another one starts from nothing with them. Both maps are scored on every
labelled pixel outside the training areas and the added superpixels, without the
engine's own code for it. Every run is a process of its own, and its time is that of the
whole process: start, reading, all epochs and the map. Results are kept one by one in
`build/bench/continue_training` and taken up again; the table is
`build/bench/continue_training.md`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.features import geometry_mask

from tests.bench.demo_scene import ROOT, SCENE, class_names
from tests.bench.store import (
    RESULTS,
    Record,
    carry_out,
    engine_files,
    engine_sources,
    fingerprint,
    markdown,
    publish,
    spread,
)

ADDED, PIXELS, PURITY = 10, 50, 0.8
CUBE, TRUTH = SCENE / "indian_pines.tif", SCENE / "ground_truth.tif"
ROIS, HELD = SCENE / "rois.gpkg", SCENE / "validation.gpkg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE")
    parser.add_argument("--fresh", action="store_true", help="measure all again")
    asked = parser.parse_args(arguments)
    options = [f"--{item.replace('_', '-')}" for item in asked.set]
    more = engine_files(*_MODULES)
    mark = fingerprint(engine_sources() | more | {Path(__file__)}, options)
    folder = RESULTS / "continue_training"
    jobs = [
        (
            f"seed {seed} {' '.join(asked.set)}".strip(),
            folder / f"{seed}_{mark}.json",
            mark,
            partial(measure, seed, options),
        )
        for seed in asked.seeds
    ]
    publish("continue_training", report(carry_out(jobs, fresh=asked.fresh)))
    return 0


_MODULES = (
    *("training/initial_model.py", "training/trainer.py"),
    *("tasks/train/continued.py", "tasks/train/labels.py"),
)


def measure(seed: int, options: Sequence[str]) -> Record:
    """Train, add superpixels, train again in both ways; return accuracies and times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = trained(folder / "first", ROIS, "rois", seed, options)
        added = added_areas(folder, seed)
        both = folder / "both.gpkg"
        outside = together(both, added)
        initial = f"--initial-model={folder / 'first.miaf.safetensors'}"
        went_on = trained(folder / "on", both, "areas", seed, [*options, initial])
        anew = trained(folder / "anew", both, "areas", seed, options)
        runs = ("first", "on", "anew")
        accuracy = {run: right(folder / f"{run}.tif", outside) for run in runs}
    return {
        "seed": seed,
        "first": accuracy["first"],
        "continued": accuracy["on"],
        "anew": accuracy["anew"],
        "first_seconds": first["wall_seconds"],
        "continued_seconds": went_on["wall_seconds"],
        "anew_seconds": anew["wall_seconds"],
        "continued_engine_seconds": went_on["seconds"],
        "anew_engine_seconds": anew["seconds"],
        "continued_cpu_seconds": went_on["cpu_seconds"],
        "anew_cpu_seconds": anew["cpu_seconds"],
        "continued_epochs": went_on["epochs"] + went_on["final_epochs"],
        "anew_epochs": anew["epochs"] + anew["final_epochs"],
    }


def trained(
    stem: Path, areas: Path, layer: str, seed: int, options: Sequence[str]
) -> Record:
    """Train and map; the files are `stem.tif` and `stem.miaf.safetensors`."""
    return engine(
        "train",
        f"--cube={CUBE}",
        f"--rois={areas}",
        f"--rois-layer={layer}",
        "--class-field=cover",
        f"--validation-rois={HELD}",
        "--validation-rois-layer=validation",
        f"--model={stem}.miaf.safetensors",
        f"--output={stem}.tif",
        f"--seed={seed}",
        *options,
    )


def engine(*arguments: str) -> Record:
    """Run the command line; return its JSON result and the time it took.

    `wall_seconds` and `cpu_seconds` are of the whole process, `seconds` is what the
    engine says of itself, which leaves out the start of Python.
    """
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "miaf_engine", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    wall, after = (
        time.perf_counter() - started,
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures: Record = json.loads(done.stdout.splitlines()[-1])
    return {**figures, "cpu_seconds": spent, "wall_seconds": wall}


def added_areas(folder: Path, seed: int) -> list[tuple[shapely.Geometry, str]]:
    """Return superpixels that the ground truth gives a class, drawn by the seed."""
    path = folder / "superpixels.gpkg"
    engine(
        "superpixels",
        f"--cube={CUBE}",
        f"--output={path}",
        f"--pixels-per-superpixel={PIXELS}",
    )
    shapes = shapely.from_wkb(pyogrio.raw.read(path, layer="superpixels")[2])
    old, held = areas_of(ROIS, "rois")[0], areas_of(HELD, "validation")[0]
    taken = shapely.union_all([*old, *held])
    names = class_names(TRUTH)
    with rasterio.open(TRUTH) as file:
        truth, transform = file.read(1), file.transform
    found: list[tuple[shapely.Geometry, str]] = []
    for number in np.random.default_rng(seed).permutation(len(shapes)):
        if len(found) == ADDED:
            break
        if shapely.intersects(shapes[number], taken):
            continue
        inside = geometry_mask([shapes[number]], truth.shape, transform, invert=True)
        counts = np.bincount(truth[inside], minlength=len(names))
        counts[0] = 0
        if counts.max() >= PURITY * inside.sum():
            found.append((shapes[number], names[int(counts.argmax())]))
    return found


def areas_of(path: Path, layer: str) -> tuple[np.ndarray, np.ndarray]:
    """Return geometries and classes of an area file."""
    found = pyogrio.raw.read(path, layer=layer, columns=["cover"])
    return shapely.from_wkb(found[2]), found[3][0]


def together(path: Path, added: Sequence[tuple[shapely.Geometry, str]]) -> np.ndarray:
    """Write old and new areas; return bool (H, W), true outside all of them."""
    shapes, classes = areas_of(ROIS, "rois")
    shapes = np.array([*shapes, *(shape for shape, _ in added)], dtype=object)
    classes = np.array([*classes, *(name for _, name in added)], dtype=object)
    with rasterio.open(TRUTH) as file:
        shape, transform, crs = file.shape, file.transform, file.crs.to_wkt()
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(shapes),
        field_data=[classes],
        fields=["cover"],
        geometry_type="Unknown",
        crs=crs,
        layer="areas",
    )
    return geometry_mask(shapes, shape, transform)


def right(path: Path, outside: np.ndarray) -> float:
    """Return the percentage of labelled pixels of `outside` that a map has right."""
    with rasterio.open(path) as file:
        found = file.read(1)
    with rasterio.open(TRUTH) as file:
        truth = file.read(1)
    counted = outside & (truth > 0)
    wanted = np.array(class_names(TRUTH))[truth[counted]]
    names = np.array([name or "" for name in class_names(path)])
    return 100 * float((names[found[counted]] == wanted).mean())


def report(records: Sequence[Record]) -> str:
    """Return the table of all seeds and their mean."""
    rows = [[str(r["seed"]), *(shown([r])[1:])] for r in records]
    header = [
        "seed",
        "OA before, %",
        "continued, %",
        "from nothing, %",
        "difference, points",
        "continued, s",
        "from nothing, s",
        "share of time, %",
        "share of processor time, %",
    ]
    return markdown(header, [*rows, shown(records)])


def shown(records: Sequence[Record]) -> list[str]:
    """Return a row of the table: mean and standard deviation."""
    columns = [
        [r["first"] for r in records],
        [r["continued"] for r in records],
        [r["anew"] for r in records],
        [r["continued"] - r["anew"] for r in records],
        [r["continued_seconds"] for r in records],
        [r["anew_seconds"] for r in records],
        [100 * r["continued_seconds"] / r["anew_seconds"] for r in records],
        [100 * r["continued_cpu_seconds"] / r["anew_cpu_seconds"] for r in records],
    ]
    cells = [spread(column, 1.0, 2) for column in columns]
    return ["mean ± standard deviation", *cells]


if __name__ == "__main__":
    sys.exit(main())
