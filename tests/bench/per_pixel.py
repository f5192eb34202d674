"""Time for a pixel at 64 times the scene against the scene itself.

    python -m tests.bench.per_pixel [--epochs 30] [--set width=16]

The large scene is a mosaic of 8 x 8 demo scenes with slight noise (1160 x 1160 pixels,
ENVI). Training areas are the field ends of split `d`, seed 0.

- Training step: the epoch's time over the pixels that the step sees. On the scene, and
  on a mosaic of 4 x 4 with the areas in every copy, that is the whole cube. On 8 x 8
  the engine does what it does for any large cube: each area lies in one copy, all 64
  have one or none, and the step sees windows around them, as many pixels of context as
  the default memory budget allows. All epochs count, the first included, with the
  checks on validation pixels among them.
- Map: seconds after start-up over all pixels, with the default memory budget and with
  one that takes the cube in one tile.

Of either the faster of two runs counts.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench.methods import engine, options
from tests.bench.scene import CUBE, TRUTH, only, read_band, write_labels, write_mosaic
from tests.bench.splits import fields, make_split
from tests.bench.store import RESULTS, Record, facts, keep, markdown, publish

MIDDLE, LARGE = 4, 8  # scenes along a side
LARGE_BUDGET_MB = 12_000
_SEEN = re.compile(r"it sees (\d+) pixels in (\d+) windows")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both and write the table."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--epochs", type=int, default=30)
    found.add_argument("--set", nargs="+", action="extend", default=[])
    asked = found.parse_args(arguments)
    length = [*options(asked.set), f"--epochs={asked.epochs}"]
    truth = read_band(TRUTH)
    split = make_split(truth, "d", 0)
    labels = only(truth, split.train, split.val)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = write_mosaic(folder / "large.bil", LARGE)
        middle = write_mosaic(folder / "middle.bil", MIDDLE)
        tiled, big = ["--memory-mb=0"], [f"--memory-mb={LARGE_BUDGET_MB}"]
        everywhere = np.tile(labels, (MIDDLE, MIDDLE))
        steps = [
            step("64 times, windows", large, spread_out(labels), folder, length),
            step("16 times, whole", middle, everywhere, folder, [*length, *big]),
            step("the scene", CUBE, labels, folder, length),  # its model maps
        ][::-1]
        maps = [
            mapped("the scene", CUBE, folder, tiled),
            mapped("64 times, default budget", large, folder, tiled),
            mapped("64 times, one tile", large, folder, big),
        ]
    record = keep(RESULTS / "per_pixel.json", {"steps": steps, "maps": maps})
    publish("per_pixel", table(record, asked.epochs))
    return 0


def spread_out(labels: NDArray[np.integer]) -> NDArray[np.integer]:
    """Give every area one copy of the scene, the copies in turn, (8 H, 8 W)."""
    height, width = labels.shape
    large = np.zeros((height * LARGE, width * LARGE), labels.dtype)
    place = 0
    for value in np.unique(labels[labels > 0]):
        for field in fields(labels == value):
            row, column = divmod(place % LARGE**2, LARGE)
            rows, columns = np.unravel_index(field, labels.shape)
            large[rows + row * height, columns + column * width] = value
            place += 1
    return large


def step(
    name: str,
    cube: Path,
    labels: NDArray[np.integer],
    folder: Path,
    settings: Sequence[str],
) -> Record:
    """Train some epochs, twice; return the time of one and the pixels that it sees."""
    print(f"Training step: {name}", flush=True)
    areas = folder / "labels.tif"
    write_labels(areas, labels, cube)
    model = folder / "m.miaf.safetensors"
    inputs = [f"--cube={cube}", f"--labels={areas}", f"--model={model}"]
    command = ("train", *inputs, "--holdout=none", *settings)
    trained = better_of_two(command, "seconds_per_epoch")
    seen = _SEEN.search(" ".join(trained["log"].split()))
    pixels = int(seen[1]) if seen else labels.size
    return {
        "name": name,
        "scene_pixels": labels.size,
        "pixels": pixels,
        "windows": int(seen[2]) if seen else 1,
        "seconds": trained["seconds_per_epoch"],
        "microseconds_per_pixel": 1e6 * trained["seconds_per_epoch"] / pixels,
        "peak_memory_mb": trained["peak_memory_mb"],
    }


def mapped(name: str, cube: Path, folder: Path, settings: Sequence[str]) -> Record:
    """Classify the cube with the model in the folder, the best of two runs."""
    print(f"Map: {name}", flush=True)
    inputs = [f"--cube={cube}", f"--model={folder / 'm.miaf.safetensors'}"]
    inputs += [f"--output={folder / 'map.tif'}", *settings]
    found = better_of_two(("classify", *inputs), "seconds")
    return {
        "name": name,
        "scene_pixels": found["classified_pixels"],
        "pixels": found["classified_pixels"],
        "tiles": found["tiles"],
        "seconds": found["seconds"],
        "microseconds_per_pixel": 1e6 * found["seconds"] / found["classified_pixels"],
        "peak_memory_mb": found["peak_memory_mb"],
    }


def better_of_two(command: Sequence[str], figure: str) -> Record:
    """Run the engine twice; return the figures of the run whose `figure` is less."""
    return min((engine(*command) for _ in range(2)), key=lambda one: one[figure])


def table(record: Record, epochs: int) -> str:
    """Return the figures as Markdown."""
    parts = []
    for key, what, pieces in (
        (
            "steps",
            f"Training step, mean of {epochs} epochs and {epochs} more, best of two",
            "windows",
        ),
        ("maps", "Map, after start-up, best of two", "tiles"),
    ):
        base = record[key][0]["microseconds_per_pixel"]
        rows = [
            (
                run["name"],
                f"{run['scene_pixels']}",
                f"{run['pixels']} ({run[pieces]})",
                f"{run['seconds']:.3f}",
                f"{run['microseconds_per_pixel']:.2f}",
                f"{run['microseconds_per_pixel'] / base:.2f}",
                f"{run['peak_memory_mb']:.0f}",
            )
            for run in record[key]
        ]
        header = ["cube", "pixels", f"of these seen ({pieces})", "s"]
        header += ["microseconds a pixel", "against the scene", "peak memory, MiB"]
        parts.append(f"{what}.\n\n{markdown(header, rows)}")
    now = facts()
    last = f"`python -m tests.bench.per_pixel`; {now['date']}; {now['machine']}.\n"
    return "\n".join([*parts, last])


if __name__ == "__main__":
    sys.exit(main())
