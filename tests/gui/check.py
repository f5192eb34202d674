"""Judges what `drive.py` saw in the desktop; the last line counts passed and failed."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio

ROOT = Path(__file__).resolve().parents[2]
SCENE = ROOT / "resources" / "demo"


def main():
    """Check each fact, print what failed, and return the exit status."""
    work = Path(sys.argv[1])
    outcome = json.loads((work / "outcome.json").read_text(encoding="utf-8"))
    if "defect" in outcome:
        print(outcome["defect"])
        print("0 passed, 1 failed")
        return 1
    results = work / "results"
    made = ("map.tif", "confidence.tif", "model.miaf.safetensors", "report.html")
    legend = outcome["legend"]
    checks = {
        "the first run is cancelled in training": outcome["cancelled_in_training"],
        "cancel ends within 2.5 s": outcome["cancel_ended_in_2_5_s"],
        "cancel leaves no file": outcome["cancel_left"] == [],
        "the second run succeeds": outcome["run_ok"] is True,
        "all outputs are there": all((results / name).is_file() for name in made),
        "the legend has the 16 classes and nothing else": len(legend) == 16,
        "the legend has the layer's colours": colours(legend) == stored_colours(),
        "torch is not in QGIS": outcome["torch_in_qgis"] is False,
        "the command line makes the same map": same_map(results / "map.tif", outcome),
    }
    for name, passed in checks.items():
        print(f"{'ok    ' if passed else 'FAILED'} {name}")
    good = sum(map(bool, checks.values()))
    print(f"{good} passed, {len(checks) - good} failed")
    return 0 if good == len(checks) else 1


def colours(legend):
    """Return {class name: colour} of a legend."""
    return {name: colour for _, name, colour in legend}


def stored_colours():
    """Return {class name: colour} of the ground truth, which are those of the areas."""
    from miaf_engine.class_raster import read_class_map

    classes = read_class_map(SCENE / "ground_truth.tif")[2]
    return dict(zip(classes.names, classes.colours, strict=True))


def same_map(path, outcome):
    """Return whether the command line gives the desktop's class map, pixel by pixel."""
    epochs = outcome["epochs"]
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder, "map.tif")
        command = [sys.executable, "-m", "miaf_engine", "train", "--class-field=cover"]
        command += [f"--cube={SCENE / 'indian_pines.tif'}", f"--epochs={epochs}"]
        for option, name in (("rois", "rois"), ("validation-rois", "validation")):
            command += [f"--{option}={SCENE / name}.gpkg", f"--{option}-layer={name}"]
        command += [f"--output={other}", "--seed=0"]
        subprocess.run(command, cwd=ROOT, check=True)
        return bool((band(path) == band(other)).all())


def band(path):
    """Return the first band of a raster."""
    with rasterio.open(path) as file:
        return np.asarray(file.read(1))


if __name__ == "__main__":
    sys.exit(main())
