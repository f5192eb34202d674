"""The scene of the benchmarks, and rasters and scores that they share.

Indian Pines as it lies in `resources/demo`: the published values and labels.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    cohen_kappa_score,
    recall_score,
)

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
CUBE, TRUTH = DEMO / "indian_pines.tif", DEMO / "ground_truth.tif"
# SalinasA has no place on the ground.
warnings.filterwarnings("ignore", category=NotGeoreferencedWarning)
NOISE = 20.0  # sensor counts, about the noise of the scene's darker bands
_HEADER = """ENVI
samples = {width}
lines = {height}
bands = {bands}
header offset = 0
file type = ENVI Standard
data type = 2
interleave = bil
byte order = 0
map info = {{UTM, 1, 1, {x}, {y}, 20, 20, 16, North, WGS-84}}
wavelength units = Nanometers
wavelength = {{{wavelengths}}}
"""


def read_band(path: Path) -> NDArray[np.integer]:
    """Return the first band of a raster, (H, W)."""
    with rasterio.open(path) as file:
        return file.read(1)


def write_labels(path: Path, labels: NDArray[np.integer], like: Path) -> None:
    """Write uint8 (H, W) labels on the grid of another raster, 0 = unlabelled."""
    with rasterio.open(like) as file:
        crs, transform = file.crs, file.transform
    height, width = labels.shape
    facts = {"driver": "GTiff", "height": height, "width": width, "count": 1}
    with rasterio.open(
        path, "w", dtype="uint8", nodata=0, crs=crs, transform=transform, **facts
    ) as out:
        out.write(labels.astype(np.uint8), 1)


def only(values: NDArray[np.integer], *parts: NDArray[np.int64]) -> NDArray[np.integer]:
    """Return labels (H, W) that are 0 but at the flat indices given."""
    kept = np.zeros_like(values)
    for part in parts:
        kept.flat[part] = values.flat[part]
    return kept


def write_mosaic(path: Path, copies: int) -> Path:
    """Write copies x copies of the demo scene with slight noise, ENVI BIL int16.

    Args:
        path: File to write; its header lies beside it.
        copies: Scenes along each side.
    """
    with rasterio.open(CUBE) as file:
        scene = file.read().astype(np.float32)  # (C, h, w)
        x, y = file.transform.c, file.transform.f
        wavelengths = ", ".join(file.tags(n)["wavelength"] for n in file.indexes)
    bands, height, width = scene.shape
    lines = np.tile(scene.transpose(1, 0, 2), (1, 1, copies))  # (h, C, W) as BIL
    random = np.random.default_rng(0)
    with path.open("wb") as out:
        for row in range(height * copies):
            line = lines[row % height]
            noise = random.standard_normal(line.shape, dtype=np.float32) * NOISE
            out.write((line + noise).clip(0, 32767).astype("<i2").tobytes())
    size = {"width": width * copies, "height": height * copies, "bands": bands}
    text = _HEADER.format(**size, x=x, y=y, wavelengths=wavelengths)
    path.with_suffix(".hdr").write_text(text, encoding="ascii")
    return path


def scores(
    wanted: NDArray[np.integer], found: NDArray[np.integer]
) -> dict[str, float | dict[str, float]]:
    """Return the accuracies of scored pixels, fractions, by scikit-learn.

    The average accuracy is the mean of the producer's accuracies (recalls).
    """
    classes = np.unique(wanted)
    recalls = recall_score(wanted, found, labels=classes, average=None)
    return {
        "overall_accuracy": float(accuracy_score(wanted, found)),
        "average_accuracy": float(balanced_accuracy_score(wanted, found)),
        "kappa": float(cohen_kappa_score(wanted, found)),
        "producers_accuracy": {
            str(k): round(float(r), 4) for k, r in zip(classes, recalls, strict=True)
        },
    }
