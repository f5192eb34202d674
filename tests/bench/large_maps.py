"""Time of a large map on the processor: mosaics of four scenes, each in another format.

    python -m tests.bench.large_maps [--side 2030] [--runs 2] [--engines FOLDER ...]

A model is trained on each scene with drawn areas (`drawn_scenes`, spread, seed 21). The
mosaic repeats the scene, every other copy mirrored, with noise of a hundredth of a
band's spread. What counts is the whole process that writes map and confidence, its
start included. Engines are checkouts with an environment of their own; they take turns,
so that a machine that slows down slows all of them. Classes are compared with the first
map's: engines that cut a cube into other tiles differ in a few pixels. Scenes that are
not there are left out.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from tests.bench import drawn_scenes
from tests.bench.methods import engine
from tests.bench.scene import ROOT, read_band
from tests.bench.scene_runs import SCENES
from tests.bench.store import RESULTS, Record, keep, markdown, publish

_TILED = {"tiled": True, "blockxsize": 256, "blockysize": 256}
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "pines": ("ENVI, lines interleaved", {"driver": "ENVI", "interleave": "bil"}),
    "jasper": ("ENVI, pixels interleaved", {"driver": "ENVI", "interleave": "bip"}),
    "samson": ("GeoTIFF, bands in strips", {"driver": "GTiff", "interleave": "band"}),
    "potsdam": (
        "GeoTIFF, tiles, deflate",
        {"driver": "GTiff", "interleave": "pixel", "compress": "deflate", **_TILED},
    ),
}
_NOISE = 0.01  # of a band's standard deviation
SEED = 21


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write the mosaics, map them, write the table."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--side", type=int, default=2030, help="pixels along a side")
    found.add_argument("--runs", type=int, default=2)
    found.add_argument("--scenes", nargs="+", choices=FORMATS, default=list(FORMATS))
    found.add_argument("--engines", nargs="+", type=Path, default=[ROOT])
    found.add_argument("--options", nargs="+", default=[], help="of classify")
    asked = found.parse_args(arguments)
    scenes = [name for name in asked.scenes if not drawn_scenes.missing_files(name)]
    options = [f"--{option}" for option in asked.options]
    maps = []
    for scene in scenes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
            folder = Path(name)
            maps.append(
                measured(scene, folder, asked.side, asked.runs, asked.engines, options)
            )
    record: Record = {"side": asked.side, "options": options, "maps": maps}
    publish("large_maps", table(keep(RESULTS / "large_maps.json", record)))
    return 0


def measured(
    scene: str,
    folder: Path,
    side: int,
    runs: int,
    engines: Sequence[Path],
    options: Sequence[str],
) -> Record:
    """Return the times of the map of one scene, seconds by engine."""
    print(f"{SCENES[scene]}: training, mosaic", flush=True)
    drawn_scenes.prepare(scene, "spread", SEED, folder)
    model, cube = folder / "m.miaf.safetensors", folder / "cube.tif"
    train = ["train", f"--cube={cube}", f"--rois={folder / 'rois.gpkg'}"]
    train += ["--class-field=cover", f"--model={model}", "--device=cpu"]
    engine(*train, checkout=engines[0])
    mosaic = write_mirrored(cube, folder / "mosaic.raw", side, FORMATS[scene][1])
    seconds: dict[str, list[float]] = {str(checkout): [] for checkout in engines}
    peaks: dict[str, float] = {}
    tiles: dict[str, int] = {}
    first, same = None, 1.0
    for _ in range(runs):
        for checkout in engines:
            output, confidence = folder / "map.tif", folder / "confidence.tif"
            classify = ["classify", f"--cube={mosaic}", f"--model={model}"]
            classify += [f"--output={output}", f"--confidence={confidence}"]
            classify += ["--device=cpu", *options]
            figures = engine(*classify, checkout=checkout)
            seconds[str(checkout)].append(figures["wall_seconds"])
            peaks[str(checkout)] = figures["peak_memory_mb"]
            tiles[str(checkout)] = figures["tiles"]
            classes = read_band(output)
            first = classes if first is None else first
            same = min(same, float((classes == first).mean()))
            print(f"  {checkout}: {seconds[str(checkout)][-1]:.1f} s", flush=True)
    return {
        "scene": scene,
        "gigabytes": mosaic.stat().st_size / 1e9,
        "seconds": seconds,
        "peak_memory_mb": peaks,
        "tiles": tiles,
        "same_class": same,
        **_size(mosaic),
    }


def _size(path: Path) -> dict[str, int]:
    with rasterio.open(path) as file:
        return {"bands": file.count, "pixels": file.height * file.width}


def write_mirrored(cube: Path, path: Path, side: int, form: dict[str, Any]) -> Path:
    """Write copies of a scene beside each other, every other one mirrored.

    Args:
        cube: Raster of the scene.
        path: File to write.
        side: Pixels along a side.
        form: Driver of GDAL and its creation options.
    """
    with rasterio.open(cube) as file:
        scene = file.read()  # (C, h, w)
        profile = {"crs": file.crs, "transform": file.transform, "nodata": file.nodata}
        tags = [file.tags(band) for band in file.indexes]
    bands, height, width = scene.shape
    rows, columns = _mirrored(side, height), _mirrored(side, width)
    valid = scene != profile["nodata"]
    spread = np.std(scene, axis=(1, 2), where=valid, dtype=np.float32, keepdims=True)
    spread = np.nan_to_num(spread)  # of bands without a valid pixel
    random = np.random.default_rng(0)
    size = {"height": side, "width": side, "count": bands, "dtype": scene.dtype}
    with rasterio.open(path, "w", **size, **profile, **form, BIGTIFF="YES") as out:
        for top in range(0, side, 256):
            chosen = rows[top : top + 256]
            values = scene[:, chosen][:, :, columns]
            noise = random.standard_normal(values.shape, dtype=np.float32)
            noise *= _NOISE * spread
            seen = valid[:, chosen][:, :, columns]
            values = np.where(seen, _rounded(values + noise, scene.dtype), values)
            window = rasterio.windows.Window(0, top, side, len(chosen))
            out.write(values, window=window)
        for band, of_band in enumerate(tags, start=1):
            out.update_tags(band, **of_band)
    return path


def _mirrored(length: int, period: int) -> NDArray[np.int64]:
    """Return `length` places in 0 to period - 1, there and back."""
    places = np.arange(length) % (2 * period)
    return np.minimum(places, 2 * period - 1 - places)


def _rounded(values: NDArray[np.floating], dtype: np.dtype) -> NDArray[np.integer]:
    least, most = np.iinfo(dtype).min, np.iinfo(dtype).max
    found: NDArray[np.integer] = values.round().clip(least, most).astype(dtype)
    return found


def table(record: Record) -> str:
    """Return the times as a Markdown table."""
    engines = list(record["maps"][0]["seconds"])
    header = ["scene", "format", "bands", "GB"]
    for checkout in engines:
        header += [
            f"{checkout}, s",
            "microseconds a pixel",
            "peak memory, MiB",
            "tiles",
        ]
    rows = []
    for found in record["maps"]:
        line = [SCENES[found["scene"]], FORMATS[found["scene"]][0]]
        line += [str(found["bands"]), f"{found['gigabytes']:.1f}"]
        for checkout in engines:
            seconds = found["seconds"][checkout]
            line.append(", ".join(f"{s:.1f}" for s in seconds))
            cost = [f"{1e6 * s / found['pixels']:.1f}" for s in seconds]
            line += [", ".join(cost), f"{found['peak_memory_mb'][checkout]:.0f}"]
            line.append(str(found["tiles"][checkout]))
        rows.append([*line, f"{100 * found['same_class']:.2f}"])
    side = record["side"]
    shown = f"Maps of {side} x {side} pixels, class and confidence.\n\n"
    return shown + markdown([*header, "same class, %"], rows)


if __name__ == "__main__":
    sys.exit(main())
