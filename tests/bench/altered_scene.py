"""What a model makes of its own scene in other light, or with other bands.

    python -m tests.bench.altered_scene [--seeds 0 1 2] [--set epochs=20]

A model is trained on the demo scene. The scene is altered, as haze, another sun or
another sensor alters one, and classified by the statistics of the model and by its own.
The table says how many pixels keep their class, and how many labelled pixels outside
the training areas are right. It goes to `build/bench/altered_scene.md`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from scipy.interpolate import interp1d

from tests.bench.holdout_honesty import accuracy, sources
from tests.bench.methods import engine, options
from tests.bench.scene import CUBE, read_band
from tests.bench.store import RESULTS, Record, facts, keep, markdown, publish, spread

Scene = tuple[NDArray[np.float64], NDArray[np.float64]]  # (C, H, W), wavelengths (C,)
WAYS = ("model", "scene")
# Of the warnings of another light and of a scene unlike the training areas.
_WARNED = ("standard deviations away", "is unlike the training areas")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, alter, classify, compare."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    found.add_argument("--set", nargs="+", action="extend", default=[])
    asked = found.parse_args(arguments)
    runs: dict[str, list[Record]] = {name: [] for name in ALTERATIONS}
    for seed in asked.seeds:
        with tempfile.TemporaryDirectory() as name:
            for what, run in of_seed(Path(name), seed, options(asked.set)).items():
                runs[what].append(run)
    record = {"seeds": asked.seeds, "runs": runs}
    publish("altered_scene", table(keep(RESULTS / "altered_scene.json", record)))
    return 0


def of_seed(folder: Path, seed: int, settings: Sequence[str]) -> dict[str, Record]:
    """Return the figures of each alteration with the model of one seed."""
    model, plain = folder / "m.miaf.safetensors", folder / "plain.tif"
    inputs, elsewhere = sources("demo polygons", seed, folder)
    outputs = [f"--model={model}", f"--output={plain}"]
    seeded = [f"--seed={seed}", *settings]
    engine("train", *inputs, *outputs, *seeded)
    expected = read_band(plain)
    results, scene = {}, read_scene()
    for name, alter in ALTERATIONS.items():
        cube, run = folder / "altered.tif", {}
        write_scene(cube, *alter(*scene))
        for way in WAYS:
            output = folder / f"{way}.tif"
            told = engine(
                "classify",
                f"--cube={cube}",
                f"--model={model}",
                f"--output={output}",
                f"--normalise-by={way}",
                "--interpolate-bands",
            )
            run[way] = {
                "same": float((read_band(output) == expected).mean()),
                "right": float(accuracy(output, elsewhere)),
                "warned": any(words in told["log"] for words in _WARNED),
            }
        print(f"Seed {seed}, {name}: {run}", flush=True)
        results[name] = run
    return results


def read_scene() -> Scene:
    """Return the demo scene and the wavelengths of its bands in nm."""
    with rasterio.open(CUBE) as file:
        wavelengths = [float(file.tags(n)["wavelength"]) for n in file.indexes]
        return file.read().astype(float), np.array(wavelengths)


def write_scene(path: Path, values: NDArray, wavelengths: NDArray) -> None:
    """Write float32 (C, H, W) on the demo scene's grid, with its wavelengths."""
    with rasterio.open(CUBE) as file:
        place = {"crs": file.crs, "transform": file.transform}
    bands, height, width = values.shape
    size = {"count": bands, "height": height, "width": width}
    with rasterio.open(
        path, "w", driver="GTiff", dtype="float32", **size, **place
    ) as out:
        out.write(values.astype(np.float32))
        for band, wavelength in enumerate(wavelengths, 1):
            out.update_tags(
                band, wavelength=f"{wavelength:.2f}", wavelength_units="Nanometers"
            )


def _brighter(values: NDArray, wavelengths: NDArray) -> Scene:
    return 2 * values + 500, wavelengths


def _tilted(share: float) -> Callable[[NDArray, NDArray], Scene]:
    def alter(values: NDArray, wavelengths: NDArray) -> Scene:
        slope = np.linspace(1 - share / 2, 1 + share / 2, len(values))
        return values * slope[:, None, None], wavelengths

    return alter


def _uneven(values: NDArray, wavelengths: NDArray) -> Scene:
    gains = np.random.default_rng(0).normal(1, 0.1, len(values))
    return values * gains[:, None, None], wavelengths


def _hazy(values: NDArray, wavelengths: NDArray) -> Scene:
    light = 0.3 * values[0].mean() * (wavelengths[0] / wavelengths) ** 4
    return values + light[:, None, None], wavelengths


def _resampled(wanted: Callable[[NDArray], NDArray]) -> Callable:
    def alter(values: NDArray, wavelengths: NDArray) -> Scene:
        at = wanted(wavelengths)
        return interp1d(wavelengths, values, axis=0)(at), at

    return alter


ALTERATIONS: dict[str, Callable[[NDArray, NDArray], Scene]] = {
    "twice as bright, plus 500 counts": _brighter,
    "spectra tilted by 10 %": _tilted(0.1),
    "spectra tilted by 20 %": _tilted(0.2),
    "spectra tilted by 40 %": _tilted(0.4),
    "gain of each band off by 10 % (1 sigma)": _uneven,
    "light scattered in the blue, 30 % of the mean at 400 nm": _hazy,
    "bands half a step off, interpolated": _resampled(
        lambda known: (np.sort(known)[1:] + np.sort(known)[:-1]) / 2
    ),
    "bands every 15 nm, interpolated": _resampled(
        lambda known: np.arange(known.min(), known.max(), 15.0)
    ),
}


def table(record: Record) -> str:
    """Return the figures as Markdown, mean and spread over seeds."""
    rows = []
    for name, runs in record["runs"].items():
        warned = sum(run["model"]["warned"] for run in runs)
        shares = [
            spread([run[way][what] for run in runs], 100)
            for what in ("same", "right")
            for way in WAYS
        ]
        rows.append((name, f"{warned} of {len(runs)}", *shares))
    head = ["alteration", "warned"]
    head += [f"same class, %, by the {way}" for way in WAYS]
    head += [f"OA, %, by the {way}" for way in WAYS]
    seeds = ", ".join(map(str, record["seeds"]))
    now = facts()
    return (
        f"{markdown(head, rows)}\nSeeds {seeds}; overall accuracy on the labelled "
        "pixels outside the training areas. `python -m tests.bench.altered_scene`; "
        f"{now['date']}; {now['machine']}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
