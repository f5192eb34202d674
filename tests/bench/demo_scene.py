"""Accuracy, time and memory of the engine on the demo scene, over three seeds.

`make bench` runs it. Every run is a process of its own, as a user would start it, and
is scored here on every labelled pixel outside the training areas, without the engine's
own code for it. Results go to `build/bench/demo_scene.json` and `.md`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.features import geometry_mask

ROOT = Path(__file__).resolve().parents[2]
SCENE = ROOT / "resources" / "demo"
RESULTS = ROOT / "build" / "bench"
SEEDS = (0, 1, 2)
COLUMNS = {
    "elsewhere": "OA outside the training areas, %",
    "validation": "OA on the test areas, %",
    "seconds": "train and map, s",
    "seconds_per_epoch": "epoch, s",
    "map_seconds": "map alone, s",
    "peak_memory_mb": "peak memory, MiB",
}


def main() -> int:
    """Run all seeds and write the table; return the exit status."""
    runs = []
    for number, seed in enumerate(SEEDS, start=1):
        print(f"Seed {seed} ({number} of {len(SEEDS)})", flush=True)
        runs.append(measure(seed))
    facts = {
        "machine": f"{os.cpu_count()} CPU cores, {platform.machine()}",
        "command": "make bench",
        "runs": runs,
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(facts, indent=1)
    (RESULTS / "demo_scene.json").write_text(text, encoding="utf-8")
    shown = table(runs)
    (RESULTS / "demo_scene.md").write_text(shown, encoding="utf-8")
    print(shown)
    return 0


def measure(seed: int) -> dict[str, float]:
    """Train and classify with one seed, then classify again with the model."""
    with tempfile.TemporaryDirectory() as folder:
        model, output = Path(folder, "m.miaf.safetensors"), Path(folder, "map.tif")
        trained = engine(
            "train",
            f"--cube={SCENE / 'indian_pines.tif'}",
            f"--rois={SCENE / 'rois.gpkg'}",
            "--rois-layer=rois",
            "--class-field=cover",
            f"--validation-rois={SCENE / 'validation.gpkg'}",
            "--validation-rois-layer=validation",
            f"--model={model}",
            f"--output={output}",
            f"--seed={seed}",
        )
        elsewhere = accuracy_elsewhere(output)
        mapped = engine(
            "classify",
            f"--cube={SCENE / 'indian_pines.tif'}",
            f"--model={model}",
            f"--output={output}",
        )
    return {
        "seed": seed,
        "elsewhere": 100 * elsewhere,
        "validation": 100 * trained["overall_accuracy"],
        "seconds": trained["seconds"],
        "seconds_per_epoch": trained["seconds_per_epoch"],
        "map_seconds": mapped["seconds"],
        "peak_memory_mb": trained["peak_memory_mb"],
    }


def engine(*arguments: str) -> dict[str, float]:
    """Run the engine's command line and return its JSON result."""
    command = [sys.executable, "-m", "miaf_engine", *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def accuracy_elsewhere(path: Path) -> float:
    """Return the share of labelled pixels outside the training areas that are right."""
    names = class_names(SCENE / "ground_truth.tif")
    found_names = class_names(path)
    with rasterio.open(path) as file:
        found = file.read(1)
    with rasterio.open(SCENE / "ground_truth.tif") as file:
        truth, transform = file.read(1), file.transform
    areas = pyogrio.raw.read(SCENE / "rois.gpkg", layer="rois")[2]
    outside = geometry_mask(shapely.from_wkb(areas), truth.shape, transform)
    counted = outside & (truth > 0)
    wanted = np.array(names)[truth[counted]]
    return float((np.array(found_names)[found[counted]] == wanted).mean())


def class_names(path: Path) -> list[str]:
    """Return the category names of a raster, by value, from its `.aux.xml`."""
    tree = ElementTree.parse(f"{path}.aux.xml")
    return [entry.text or "" for entry in tree.iter("Category")]


def table(runs: list[dict[str, float]]) -> str:
    """Return the figures of all runs, with mean and spread, as a Markdown table."""
    lines = ["| seed | " + " | ".join(COLUMNS.values()) + " |"]
    lines.append("| --- " * (len(COLUMNS) + 1) + "|")
    for run in runs:
        cells = " | ".join(f"{run[key]:.2f}" for key in COLUMNS)
        lines.append(f"| {run['seed']} | {cells} |")
    values = {key: np.array([run[key] for run in runs]) for key in COLUMNS}
    cells = " | ".join(f"{v.mean():.2f} ± {v.std():.2f}" for v in values.values())
    lines.append(f"| mean ± standard deviation | {cells} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
