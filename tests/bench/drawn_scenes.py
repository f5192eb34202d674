"""Six real scenes, with areas as a user draws them and the labels that are scored.

Indian Pines is the demo scene of this repository. The others are not part of it; they
are looked for in the folder that MIAF_SCENES names, else in `../shared/data`. Their
sources are in `docs/benchmark_runs.md`.

Designs:
    clustered: up to eight rectangles a class, 2 to 5 pixels a side, in half of the
        blocks of the scene; all labelled pixels of the other blocks are scored.
    spread: the same anywhere; labelled pixels farther than one pixel from all
        rectangles are scored.
    dense: all labelled pixels of half of the blocks; those of the others are scored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
import scipy.io
import shapely
from numpy.typing import NDArray
from rasterio.features import shapes
from rasterio.transform import from_origin
from shapely.geometry import shape

from tests.bench.scene import CUBE, ROOT, TRUTH, read_band

DESIGNS = ("clustered", "spread", "dense")
_PER_CLASS = 8
_TRIES, _TRIES_OF_RECTANGLES = 4000, 2500  # from then on single pixels
_COARSE = 10  # blocks of so few pixels a side have smaller rectangles
_NO_PLACE = {
    "crs": "EPSG:32616",
    "transform": from_origin(500000, 4480000, 10, 10),
}


@dataclass(frozen=True)
class DrawnScene:
    """A scene as its source has it.

    Attributes:
        cube: (C, H, W), values of the source.
        labels: uint8 (H, W), 0 = not labelled.
        block: Side in pixels of the blocks of which half are drawn in.
        profile: CRS, transform and nodata value of the cube.
        tags: Wavelength and width of each band; none where the source has none.
    """

    cube: NDArray[Any]
    labels: NDArray[np.uint8]
    block: int
    profile: dict[str, Any] = field(default_factory=lambda: dict(_NO_PLACE))
    tags: list[dict[str, str]] = field(default_factory=list)


def folder_of_scenes() -> Path:
    """Return the folder of the scenes that are not part of this repository."""
    return Path(os.environ.get("MIAF_SCENES", ROOT.parent / "shared" / "data"))


def missing_files(scene: str) -> list[Path]:
    """Return the files of a scene that are not there."""
    return [path for path in paths_of(scene) if not path.is_file()]


def paths_of(scene: str) -> list[Path]:
    """Return the files of a scene, be they there or not."""
    files = _FILES[scene]
    return [
        folder_of_scenes() / name if isinstance(name, str) else name for name in files
    ]


def load(scene: str) -> DrawnScene:
    """Return a scene, one of `SCENES`."""
    return _READERS[scene](*paths_of(scene))


def _pines(cube: Path, labels: Path) -> DrawnScene:
    with rasterio.open(cube) as file:
        return DrawnScene(file.read(), read_band(labels), 29)


def _pines_coarse(cube: Path, labels: Path) -> DrawnScene:
    """Return means of 3 x 3 pixels; the label that two thirds of them share."""
    fine = _pines(cube, labels)
    side = 3
    height, width = (size // side for size in fine.labels.shape)
    rows, columns = height * side, width * side
    cells = fine.cube[:, :rows, :columns].reshape(-1, height, side, width, side)
    parts = fine.labels[:rows, :columns].reshape(height, side, width, side)
    parts = parts.transpose(0, 2, 1, 3).reshape(height, width, -1)
    counts = np.stack([(parts == k).sum(2) for k in range(parts.max() + 1)])
    counts[0] = 0
    sure = counts.max(0) * 3 >= side * side * 2
    found = np.where(sure, counts.argmax(0), 0).astype(np.uint8)
    means = cells.mean((2, 4)).round().astype(fine.cube.dtype)
    return DrawnScene(means, found, 10)


def _salinas_a(cube: Path, labels: Path) -> DrawnScene:
    values = scipy.io.loadmat(cube)["salinasA_corrected"].transpose(2, 0, 1)
    found = scipy.io.loadmat(labels)["salinasA_gt"].astype(np.uint8)
    return DrawnScene(values, found, 12)


def _jasper(path: Path) -> DrawnScene:
    found = scipy.io.loadmat(path)
    values = found["Y"].T.reshape(100, 100, 198, order="F").transpose(2, 0, 1)
    shares = found[next(name for name in found if name.startswith("S_GT"))]
    if shares.ndim == 2:
        shares = shares.T.reshape(100, 100, -1, order="F")
    return DrawnScene(values, _abundant(shares), 12)


def _samson(path: Path) -> DrawnScene:
    with np.load(path) as found:
        shares = found["abundances"].transpose(1, 2, 0)
        return DrawnScene(found["cube"], _abundant(shares), 12)


def _abundant(shares: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return the material of each pixel that has at least 70 % of it."""
    return np.where(shares.max(2) >= 0.7, shares.argmax(2) + 1, 0).astype(np.uint8)


def _potsdam(cube: Path, labels: Path) -> DrawnScene:
    with rasterio.open(cube) as file:
        values = file.read()
        profile = {"crs": file.crs, "transform": file.transform, "nodata": file.nodata}
        tags = [
            {k: v for k, v in file.tags(b).items() if k.startswith(("wave", "fwhm"))}
            for b in file.indexes
        ]
    found = read_band(labels)
    found[values[0] == profile["nodata"]] = 0
    return DrawnScene(values, found, 16, profile, tags)


_FILES: dict[str, tuple[str | Path, ...]] = {
    "pines": (CUBE, TRUTH),
    "pines_coarse": (CUBE, TRUTH),
    "salinas_a": ("salinas_a/SalinasA_corrected.mat", "salinas_a/SalinasA_gt.mat"),
    "jasper": ("jasper_ridge/Jasper.mat",),
    "samson": ("samson/samson.npz",),
    "potsdam": (
        "enmap_potsdam/enmap_potsdam_west.tif",
        "enmap_potsdam/enmap_potsdam_west_labels.tif",
    ),
}
_READERS: dict[str, Callable[..., DrawnScene]] = {
    "pines": _pines,
    "pines_coarse": _pines_coarse,
    "salinas_a": _salinas_a,
    "jasper": _jasper,
    "samson": _samson,
    "potsdam": _potsdam,
}
SCENES = tuple(_READERS)


def half_of_blocks(
    size: tuple[int, int], block: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Return bool (H, W), where the user has been."""
    rows, columns = -(-size[0] // block), -(-size[1] // block)
    chosen = rng.permuted(np.arange(rows * columns) % 2).reshape(rows, columns) == 0
    return chosen.repeat(block, 0).repeat(block, 1)[: size[0], : size[1]]


def rectangles(
    labels: NDArray[np.uint8],
    allowed: NDArray[np.bool_],
    rng: np.random.Generator,
    sides: tuple[int, int],
) -> tuple[list[tuple[int, int, int, int, int]], NDArray[np.bool_]]:
    """Return rectangles of one class each, no two touching, and where they are.

    Returns:
        (class, row, column, rows, columns) of each, and bool (H, W).
    """
    found = []
    used = np.zeros(labels.shape, bool)
    for k in np.unique(labels[labels > 0]):
        rows, columns = np.nonzero((labels == k) & allowed)
        count = 0
        for attempt in range(_TRIES):
            if count >= _PER_CLASS or not len(rows):
                break
            place = rng.integers(len(rows))
            height, width = 1, 1
            if attempt < _TRIES_OF_RECTANGLES:
                height, width = rng.integers(sides[0], sides[1] + 1, 2)
            row, column = rows[place], columns[place]
            bottom, right = row + height, column + width
            if bottom > labels.shape[0] or right > labels.shape[1]:
                continue
            inside = np.s_[row:bottom, column:right]
            around = np.s_[max(0, row - 1) : bottom + 1, max(0, column - 1) : right + 1]
            one_class = (labels[inside] == k).all() and allowed[inside].all()
            if one_class and not used[around].any():
                used[inside] = True
                found.append((int(k), int(row), int(column), int(height), int(width)))
                count += 1
    return found, used


def prepare(name: str, design: str, seed: int, folder: Path) -> dict[str, Any]:
    """Write the inputs of one run, and return how much of what there is.

    `cube.tif`, `rois.gpkg` with the field `cover`, `truth.tif` with the labels that
    are scored, `drawn.tif` with those that train, and `design.json`. Nothing of the
    scored pixels may reach a training or a choice of settings.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scene = load(name)
    labels = scene.labels
    rng = np.random.default_rng(seed)
    visited = half_of_blocks(labels.shape, scene.block, rng)
    transform = scene.profile["transform"]
    if design == "dense":
        used = (labels > 0) & visited
        found = shapes(labels, mask=used, transform=transform)
        pieces = [(shape(outline), int(value)) for outline, value in found]
        scored = (labels > 0) & ~visited
    else:
        sides = (1, 3) if scene.block <= _COARSE else (2, 5)
        allowed = visited if design == "clustered" else np.ones_like(visited)
        boxes, used = rectangles(labels, allowed, rng, sides)
        pieces = [(_outline(box[1:], transform), box[0]) for box in boxes]
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(used, 1), (3, 3))
        far = ~windows.any((2, 3))
        scored = (labels > 0) & (~visited if design == "clustered" else far)
    drawn = np.unique([k for _, k in pieces])
    scored &= np.isin(labels, drawn)
    _write_rasters(folder, scene, used, scored)
    (folder / "rois.gpkg").unlink(missing_ok=True)
    pyogrio.raw.write(
        folder / "rois.gpkg",
        shapely.to_wkb(np.array([outline for outline, _ in pieces])),
        [np.array([f"class {k:02d}" for _, k in pieces], object)],
        ["cover"],
        layer="rois",
        geometry_type="Polygon",
        crs=str(scene.profile["crs"]),
    )
    said = {
        **{"scene": name, "design": design, "seed": seed},
        **{"areas": len(pieces), "classes": len(drawn)},
        **{"drawn_pixels": int(used.sum()), "scored_pixels": int(scored.sum())},
    }
    (folder / "design.json").write_text(json.dumps(said), encoding="utf-8")
    return said


def _outline(box: tuple[int, ...], transform: Any) -> shapely.Polygon:
    """Return a rectangle's outline, a little inside, so that no rounding leaves it."""
    row, column, height, width = box
    ends = (
        transform * (column + 0.05, row + 0.05),
        transform * (column + width - 0.05, row + height - 0.05),
    )
    (left, right), (lower, upper) = (sorted(axis) for axis in zip(*ends, strict=True))
    return shapely.box(left, lower, right, upper)


def _write_rasters(
    folder: Path,
    scene: DrawnScene,
    used: NDArray[np.bool_],
    scored: NDArray[np.bool_],
) -> None:
    height, width = scene.labels.shape
    size = {"driver": "GTiff", "height": height, "width": width}
    values = scene.cube
    with rasterio.open(
        folder / "cube.tif",
        "w",
        count=len(values),
        dtype=values.dtype,
        **size,
        **scene.profile,
    ) as file:
        file.write(values)
        for band, tags in enumerate(scene.tags, start=1):
            file.update_tags(band, **tags)
    place = {name: scene.profile[name] for name in ("crs", "transform")}
    for name, where in (("truth.tif", scored), ("drawn.tif", used)):
        with rasterio.open(
            folder / name, "w", count=1, dtype="uint8", nodata=0, **size, **place
        ) as file:
            file.write(np.where(where, scene.labels, 0).astype(np.uint8), 1)
