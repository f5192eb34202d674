"""Classifies the demo scene through `qgis_process`, as `make demo` does.

Leaves the map, its confidence, the model and the report in `build/demo`, draws
`map.png`, and says how good the map is: on the test areas, as the plugin found,
and on every labelled pixel outside the training areas, counted here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.features import geometry_mask

from miaf_engine.cubes.reader import open_cube
from miaf_engine.io.class_maps import read_class_map

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.patches import Patch

ROOT = Path(__file__).resolve().parents[1]
SCENE = ROOT / "resources" / "demo"
RESULTS = ROOT / "build" / "demo"
OUTPUTS = {
    "OUTPUT": "classification.tif",
    "CONFIDENCE": "confidence.tif",
    "MODEL": "model.miaf.safetensors",
    "REPORT": "report.html",
}
FALSE_COLOUR_NM = (860, 650, 550)  # near infrared, red, green
OUTLINES = {"rois": "black", "validation": "white"}


def main() -> int:
    """Run the demo; return the exit status."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.iterdir():
        old.unlink()
    if classify() != 0:
        print("The demo failed: qgis_process says why above.", file=sys.stderr)
        return 1
    missing = [name for name in OUTPUTS.values() if not (RESULTS / name).is_file()]
    if missing:
        print(f"The demo failed: no {', '.join(missing)}.", file=sys.stderr)
        return 1
    draw(RESULTS / "map.png")
    summarise()
    return 0


def classify() -> int:
    """Run `miaf:trainandclassify`; its progress goes to the terminal."""
    parameters = {
        "CUBE": SCENE / "indian_pines.tif",
        "ROIS": f"{SCENE / 'rois.gpkg'}|layername=rois",
        "CLASS_FIELD": "cover",
        "VALIDATION_ROIS": f"{SCENE / 'validation.gpkg'}|layername=validation",
        "SEED": 0,
        **{name: RESULTS / file for name, file in OUTPUTS.items()},
    }
    command = [ROOT / ".ci" / "qgis-process", "run", "miaf:trainandclassify", "--"]
    command += [f"{name}={value}" for name, value in parameters.items()]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def read_areas(layer: str) -> np.ndarray:
    """Return the areas of one layer as geometries."""
    _, _, geometries, _ = pyogrio.raw.read(SCENE / f"{layer}.gpkg", layer=layer)
    return shapely.from_wkb(geometries)


def draw(path: Path) -> None:
    """Draw the cube in false colours beside the map in the colours of its classes."""
    values, _, classes = read_class_map(RESULTS / "classification.tif")
    with rasterio.open(RESULTS / "classification.tif") as file:
        left, bottom, right, top = file.bounds
    colours = np.ones((int(values.max(initial=0)) + 1, 3))
    for entry in classes:
        if entry.value < len(colours):
            colours[entry.value] = matplotlib.colors.to_rgb(entry.colour)
    figure, axes = pyplot.subplots(1, 2, figsize=(15, 6.6), layout="constrained")
    figure.set_facecolor("#e8e8e8")  # white outlines show in the legend
    titles = ("Cube: near infrared, red, green", "Land cover, MIAF-Net")
    images = (false_colour(), colours[values])
    for axis, title, image in zip(axes, titles, images, strict=True):
        axis.imshow(image, extent=(left, right, bottom, top), interpolation="nearest")
        axis.set_title(title)
        axis.set_axis_off()
    for layer, outline in OUTLINES.items():
        for area in read_areas(layer):
            axes[0].plot(*area.exterior.xy, color=outline, linewidth=1)
    patches = [Patch(color=entry.colour, label=entry.name) for entry in classes]
    patches += [
        Patch(facecolor="#808080", edgecolor="black", label="training area"),
        Patch(facecolor="#808080", edgecolor="white", label="test area"),
    ]
    axes[1].legend(
        handles=patches,
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        frameon=False,
        fontsize=9,
    )
    figure.savefig(path, dpi=110)


def false_colour() -> np.ndarray:
    """Return the cube as an RGB image (H, W, 3), stretched from 2 to 98 %."""
    with open_cube(SCENE / "indian_pines.tif") as cube:
        centres = np.array(cube.bands.wavelengths_nm)
        bands = [int(np.abs(centres - wanted).argmin()) for wanted in FALSE_COLOUR_NM]
        image = cube.read(bands=bands).values.transpose(1, 2, 0)
    low, high = np.percentile(image, (2, 98), axis=(0, 1))
    return np.clip((image - low) / (high - low), 0, 1)


def accuracy_elsewhere() -> tuple[float, int]:
    """Return the share mapped right outside the training areas, and of how many.

    Classes are compared by name, and counted here without the engine's own code for it.
    """
    found, _, classes = read_class_map(RESULTS / "classification.tif")
    truth, _, true_classes = read_class_map(SCENE / "ground_truth.tif")
    with rasterio.open(SCENE / "ground_truth.tif") as file:
        outside = geometry_mask(read_areas("rois"), file.shape, file.transform)
    value_of = {entry.name: entry.value for entry in classes}
    right = np.zeros(truth.shape, dtype=bool)
    for entry in true_classes:
        right |= (truth == entry.value) & (found == value_of.get(entry.name, -1))
    counted = outside & (truth > 0)
    return float(right[counted].mean()), int(counted.sum())


def summarise() -> None:
    """Print the figures that a reader wants first."""
    text = (RESULTS / "report.json").read_text(encoding="utf-8")
    figures = json.loads(text)
    elsewhere, pixels = accuracy_elsewhere()
    files = ", ".join([*OUTPUTS.values(), "map.png"])
    print(f"\nResults in {RESULTS.relative_to(ROOT)}: {files}")
    print(
        f"Held-out accuracy: {figures['overall_accuracy']:.1%} overall, "
        f"{figures['average_accuracy']:.1%} on average over the classes, "
        f"kappa {figures['kappa']:.3f}"
    )
    print(f"  measured on: {figures['accuracy_definition']}")
    print(
        f"Accuracy on all {pixels} labelled pixels outside the training areas: "
        f"{elsewhere:.1%}"
    )
    print(f"Device: {figures['device']}; time: {figures['seconds']:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
