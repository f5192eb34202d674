"""Memory and time on a cube larger than memory: 4096 x 4096 pixels, 200 bands.

`make bench` runs it. The cube (int16, 6.7 GB, ENVI band interleaved by line) is made in
a temporary folder by tiling the demo scene with noise, and removed afterwards. It is
trained on from 30 polygons inside 4 GB and classified inside 2 GB: with all threads,
with one, and by two workers of one thread each, which must all give the same bytes.
Results go to `build/bench/large_scene.json` and `.md`. LARGE_SCENE_SIDE makes
it smaller.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyogrio
import rasterio
import shapely

ROOT = Path(__file__).resolve().parents[2]
SCENE = ROOT / "resources" / "demo"
RESULTS = ROOT / "build" / "bench"
SIDE = int(os.environ.get("LARGE_SCENE_SIDE", "4096"))
POLYGONS = 30
STEPS = ("train", "classify", "one thread", "two workers")
TRAIN_MB, CLASSIFY_MB = 4096, 2048
NOISE = 20.0  # sensor counts, about the noise of the scene's darker bands
HEADER = """ENVI
samples = {side}
lines = {side}
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


def main() -> int:
    """Make the cube, train, classify, and write the figures."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        print(f"Making a cube of {SIDE} x {SIDE} pixels", flush=True)
        cube = make_cube(folder)
        areas = make_areas(folder)
        facts = {
            "side": SIDE,
            "bytes": cube.stat().st_size,
            "train": measured(
                TRAIN_MB,
                "train",
                f"--cube={cube}",
                f"--rois={areas}",
                "--class-field=cover",
                f"--model={folder / 'm.miaf.safetensors'}",
            ),
            **{
                name: classified(folder, cube, name, *more)
                for name, *more in (
                    ("classify",),
                    ("one thread", "OMP_NUM_THREADS=1"),
                    ("two workers", "--workers=2"),
                )
            },
        }
        first, *others = (digests(folder / name) for name in STEPS[1:])
        facts["same_bytes"] = all(other == first for other in others)
    text = json.dumps(facts, indent=1)
    (RESULTS / "large_scene.json").write_text(text, encoding="utf-8")
    shown = table(facts)
    (RESULTS / "large_scene.md").write_text(shown, encoding="utf-8")
    print(shown)
    steps = [step for step in STEPS if not facts[step]["inside"]]
    return 1 if steps or not facts["same_bytes"] else 0


def make_cube(folder: Path) -> Path:
    """Tile the demo scene with noise, a row of tiles at a time."""
    with rasterio.open(SCENE / "indian_pines.tif") as file:
        scene = file.read().astype(np.int16)  # (C, h, w)
        x, y = file.transform.c, file.transform.f
        wavelengths = [file.tags(n)["wavelength"] for n in file.indexes]
    bands, height, width = scene.shape
    across = -(-SIDE // width)
    wide = np.tile(scene, (1, 1, across))[:, :, :SIDE]
    lines = np.ascontiguousarray(wide.transpose(1, 0, 2))  # (h, C, W) as BIL
    random = np.random.default_rng(0)
    path = folder / "large.bil"
    with path.open("wb") as out:
        for row in range(SIDE):
            line = lines[row % height]
            noise = random.standard_normal(line.shape, dtype=np.float32) * NOISE
            out.write((line + noise).clip(0, 32767).astype("<i2").tobytes())
    text = HEADER.format(
        side=SIDE, bands=bands, x=x, y=y, wavelengths=", ".join(wavelengths)
    )
    path.with_suffix(".hdr").write_text(text, encoding="ascii")
    return path


def make_areas(folder: Path) -> Path:
    """Move 30 of the demo's training areas to copies of the scene all over the cube."""
    meta, _, shapes, values = pyogrio.raw.read(
        SCENE / "rois.gpkg", layer="rois", columns=["cover"]
    )
    geometries, covers = shapely.from_wkb(shapes), values[0]
    random = np.random.default_rng(0)
    # Two of each class first, so that every class can be learnt.
    order = np.argsort([np.sum(covers[:n] == c) for n, c in enumerate(covers)])
    chosen = order[:POLYGONS]
    copies = max(SIDE // 145 - 1, 1)
    steps = random.integers(0, copies, (len(chosen), 2)) * 145 * 20
    moved = [
        shapely.transform(geometries[n], lambda xy, s=step: xy + s * (1, -1))
        for n, step in zip(chosen, steps, strict=True)
    ]
    path = folder / "areas.gpkg"
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shape) for shape in moved], dtype=object),
        [covers[chosen]],
        ["cover"],
        geometry_type="Polygon",
        crs=meta["crs"],
    )
    return path


def classified(
    folder: Path, cube: Path, name: str, *more: str
) -> dict[str, float | bool]:
    """Classify into a folder of that name; `more` are options and variables."""
    out = folder / name
    out.mkdir()
    variables = [word for word in more if not word.startswith("--")]
    return measured(
        CLASSIFY_MB,
        "classify",
        f"--cube={cube}",
        f"--model={folder / 'm.miaf.safetensors'}",
        f"--output={out / 'map.tif'}",
        f"--confidence={out / 'confidence.tif'}",
        "--device=cpu",
        *(word for word in more if word not in variables),
        variables=dict(word.split("=") for word in variables),
    )


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of each file of a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def measured(
    budget_mb: int, *arguments: str, variables: dict[str, str] | None = None
) -> dict[str, float | bool]:
    """Run the engine in a budget and return what it took."""
    print(f"{arguments[0]} inside {budget_mb} MiB", flush=True)
    command = [sys.executable, "-m", "miaf_engine", *arguments]
    command += [f"--memory-mb={budget_mb}", "--json"]
    surroundings = {**os.environ, **(variables or {})}
    done = subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, env=surroundings
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    peak = figures["peak_memory_mb"]
    return {
        "budget_mb": budget_mb,
        "peak_memory_mb": peak,
        "seconds": figures["seconds"],
        "inside": peak <= budget_mb,
    }


def table(facts: dict) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        f"Cube of {SIDE} x {SIDE} pixels, {facts['bytes'] / 1e9:.1f} GB; "
        f"{POLYGONS} training polygons; {os.cpu_count()} CPU cores.",
        "",
        "| step | budget, MiB | peak resident memory, MiB | s |",
        "| --- | --- | --- | --- |",
    ]
    for step in STEPS:
        found = facts[step]
        lines.append(
            f"| {step} | {found['budget_mb']} | {found['peak_memory_mb']:.0f} | "
            f"{found['seconds']:.0f} |"
        )
    same = "the same bytes" if facts["same_bytes"] else "OTHER BYTES"
    lines += ["", f"All threads, one thread and two workers: {same}."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
