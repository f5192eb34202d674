"""Maps of several real scenes from areas drawn as users draw them, beside baselines.

Scenes and designs are those of `tests.bench.drawn_scenes`. Where the files of one are
not there, nothing is measured and the exit status is 1. Runs that are done are kept.
`--quick` takes one seed of the design `clustered`. Each whole run is a line of
`build/bench/scenes.csv`, from which `tests.bench.scene_runs` makes the tables.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from miaf_engine.accuracy.calibration import HIGHEST, LOWEST, fit_temperature
from miaf_engine.accuracy.map_accuracy import (
    OF_TEMPERATURES,
    QUANTILE,
    confidence_change,
    logits_of,
)
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.preprocessing.superpixels import segment
from tests.bench import drawn_scenes, scene_runs
from tests.bench.methods import engine, options
from tests.bench.scene import read_band, scores
from tests.bench.store import (
    RESULTS,
    Record,
    carry_out,
    engine_sources,
    facts,
    fingerprint,
    markdown,
    publish,
    spread,
)

VOTE_PIXELS = 50  # of the superpixels in which the SVM's labels are put to the vote
NAMES = {"miaf-net": "MIAF-Net", "plain": "plain network"} | {
    name: scene_runs.METHODS[name] for name in scene_runs.OTHERS
}
BASELINES = scene_runs.OTHERS


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--scenes",
        nargs="+",
        default=list(drawn_scenes.SCENES),
        choices=drawn_scenes.SCENES,
    )
    designs = drawn_scenes.DESIGNS
    parser.add_argument("--designs", nargs="+", default=list(designs), choices=designs)
    parser.add_argument("--seeds", nargs="+", type=int, default=[21, 22, 23, 24, 25])
    methods = ["miaf-net", *BASELINES]
    parser.add_argument("--methods", nargs="+", default=methods, choices=NAMES)
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="measure all again")
    asked = parser.parse_args(arguments)
    if asked.quick:
        asked.designs, asked.seeds = ["clustered"], asked.seeds[:1]
    if not are_there(asked.scenes):
        return 1
    jobs = []
    for seed in asked.seeds:
        for design in asked.designs:
            for scene in asked.scenes:
                for method in asked.methods:
                    jobs.append(job((scene, design, seed), method, asked.set))
    records = carry_out(jobs, fresh=asked.fresh)
    write_table(records, asked.set)
    return 0


def are_there(scenes: Sequence[str]) -> bool:
    """Return whether all files of the scenes are there, and say which are not."""
    missing = {scene: drawn_scenes.missing_files(scene) for scene in scenes}
    lacking = [scene for scene in scenes if missing[scene]]
    if not lacking:
        return True
    found = [scene for scene in scenes if scene not in lacking]
    print("Nothing was measured. These files are not there:", file=sys.stderr)
    for path in dict.fromkeys(path for of in missing.values() for path in of):
        print(f"  {path}", file=sys.stderr)
    print(
        "Their sources are in docs/benchmark_runs.md. Name their folder in "
        "MIAF_SCENES.",
        file=sys.stderr,
    )
    if found:
        print(f"To go without them: --scenes {' '.join(found)}", file=sys.stderr)
    return False


def job(
    run: tuple[str, str, int], method: str, settings: Sequence[str]
) -> tuple[str, Path, str, partial[Record]]:
    """Return one run as `carry_out` takes it."""
    own = [f"--{item.replace('_', '-')}" for item in settings]
    own = options(settings) if settings else own
    own_files = {Path(__file__), Path(drawn_scenes.__file__)}
    sources = engine_sources() | own_files if method not in BASELINES else []
    suffix = "".join(own).replace("/", "_") if method not in BASELINES else ""
    name = "-".join(map(str, run))
    path = RESULTS / "scenes" / f"{name}-{method}{suffix}.json"
    mark = fingerprint(sources, run, method, own if method not in BASELINES else [])
    return (
        f"{name} {NAMES[method]}",
        path,
        mark,
        partial(measure, run, method, own),
    )


def measure(run: tuple[str, str, int], method: str, settings: Sequence[str]) -> Record:
    """Make one map and score it."""
    scene, design, seed = run
    folder = folder_of(run)
    if not (folder / "design.json").exists():
        drawn_scenes.prepare(scene, design, seed, folder)
    said = {"scene": scene, "design": design, "seed": seed, "method": method}
    if method in BASELINES:
        return said | baseline(folder, method)
    output, confidence = folder / f"{method}.tif", folder / f"{method}_confidence.tif"
    probabilities = folder / f"{method}_probabilities.tif"
    plain = ["--no-committee"] if method == "plain" else []
    told = engine(
        "train",
        f"--cube={folder / 'cube.tif'}",
        f"--rois={folder / 'rois.gpkg'}",
        "--class-field=cover",
        f"--output={output}",
        f"--confidence={confidence}",
        f"--probabilities={probabilities}",
        f"--seed={seed}",
        "--device=cpu",
        *plain,
        *settings,
    )
    truth = read_band(folder / "truth.tif")
    sure = read_band(confidence)
    return {
        **said,
        **percent(classes_of(output), truth),
        "estimate": told["overall_accuracy"],
        "interval": told["overall_accuracy_interval"],
        "expected_there": float(np.nanmean(sure[truth > 0])),
        "map_accuracy": told.get("map_accuracy"),
        "map_accuracy_interval": told.get("map_accuracy_interval"),
        **temperature(told, probabilities, output, truth),
        "head_weights": told.get("head_weights"),
        "seconds": told["wall_seconds"],
    }


def temperature(
    told: Record, probabilities: Path, output: Path, truth: NDArray[np.integer]
) -> Record:
    """Return what the interval of the expected accuracy was made from.

    `temperature_off` is the logarithm of the temperature used over the right one, which
    makes the mean confidence of the scored pixels their accuracy; None where no
    temperature does, as where all pixels are right. `temperature_spread` is the
    standard deviation of its bootstrap. `temperature_slope` is by how much confidence
    changes with it, on the arcsine scale.
    """
    if told.get("map_accuracy_temperatures") is None:
        return {}
    with rasterio.open(probabilities) as file:
        chances = file.read()  # (K, H, W)
    lowest, highest = told["map_accuracy_temperatures"]
    half = math.log(highest / lowest) / 2
    within = math.sqrt(max((half / QUANTILE) ** 2 - OF_TEMPERATURES**2, 0.0))
    found = classes_of(output)
    change = confidence_change(chances[:, found > 0].T, math.exp(half))
    right = found[truth > 0] == truth[truth > 0]
    logits = logits_of(chances[:, truth > 0].T)
    # Whether a pixel is right matters here, and not what is right instead.
    factor = fit_temperature(logits, np.where(right, logits.argmax(axis=1), -1))
    is_reached = LOWEST < factor < HIGHEST
    return {
        "temperature_off": round(-math.log(factor), 4) if is_reached else None,
        "temperature_spread": round(within, 4),
        "temperature_slope": round(change / half, 4),
    }


def folder_of(run: tuple[str, str, int]) -> Path:
    """Return where the inputs of a run are."""
    return RESULTS / "scenes" / "inputs" / "-".join(map(str, run))


def classes_of(path: Path) -> NDArray[np.integer]:
    """Return the numbers in the names of a map's classes, "class 07", (H, W)."""
    found, _, classes = read_class_map(str(path))
    numbers = [int(name.removeprefix("class ")) for name in classes.names]
    return np.array([0, *numbers])[found]


def percent(found: NDArray[np.integer], truth: NDArray[np.integer]) -> Record:
    """Return overall and average accuracy where there is a label, in percent."""
    where = truth > 0
    made = scores(truth[where], found[where])
    shown = {"oa": made["overall_accuracy"], "aa": made["average_accuracy"]}
    return {name: round(100 * float(value), 1) for name, value in shown.items()}


def baseline(folder: Path, method: str) -> Record:
    """Return the scores of a method that knows the spectra alone.

    Bands that are constant in the training pixels are left out.
    """
    warnings.simplefilter("ignore")  # of classes with fewer pixels than folds
    with rasterio.open(folder / "cube.tif") as file:
        cube = file.read().astype(np.float32)
    drawn, truth = read_band(folder / "drawn.tif"), read_band(folder / "truth.tif")
    train = drawn > 0
    good = np.array([band[train].min() != band[train].max() for band in cube])
    spectra = cube[good].transpose(1, 2, 0)
    model = classifier(method).fit(spectra[train], drawn[train])
    labels = model.predict(spectra.reshape(-1, spectra.shape[2])).reshape(drawn.shape)
    return percent(voted(labels, cube[good]) if method == "vote" else labels, truth)


def classifier(method: str) -> Any:
    """Return the classifier of a baseline; the vote starts from the SVM."""
    if method == "forest":
        return RandomForestClassifier(300, random_state=0)
    grid = {"svc__C": [1, 10, 100, 1000], "svc__gamma": ["scale", 0.001, 0.0001]}
    svm = make_pipeline(StandardScaler(), SVC(class_weight="balanced"))
    return GridSearchCV(svm, grid, cv=3)


def voted(
    labels: NDArray[np.integer], cube: NDArray[np.float32]
) -> NDArray[np.integer]:
    """Return the commonest label of each pixel's superpixel."""
    spectra = cube.reshape(len(cube), -1)
    variates = Normalisation.fit(spectra).apply(
        cube, np.ones(labels.shape, bool), grid=None
    )
    projection = Projection.fit_pca(variates.image.reshape(len(cube), -1).T, 8)
    parts = segment(
        projection.apply(variates), variates.valid, VOTE_PIXELS, 4.0, (0, 0)
    )
    index = np.arange(parts.max() + 1)
    classes = np.unique(labels)
    votes = [ndimage.sum_labels(labels == k, parts, index) for k in classes]
    return classes[np.argmax(votes, axis=0)][parts]


def write_table(records: Sequence[Record], settings: Sequence[str]) -> None:
    """Publish mean and spread of each scene and design, and what they come to."""
    runs: dict[tuple[str, str, int], dict[str, Record]] = {}
    for record in records:
        key = (record["scene"], record["design"], record["seed"])
        runs.setdefault(key, {})[record["method"]] = record
    whole = [
        line_of(key, run)
        for key, run in runs.items()
        if {"miaf-net", *BASELINES} <= run.keys()
    ]
    text = plain_table(runs)
    if len(whole) == len(runs):
        scene_runs.write_runs(RESULTS / "scenes.csv", whole)
        has_more = any("plain" in run for run in runs.values())
        text = (f"{text}\n" if has_more else "") + scene_runs.tables(whole)
    now = facts()
    publish(
        "scenes",
        "Overall / average accuracy in % on labelled pixels outside the areas, mean ± "
        f"sample standard deviation over seeds; {' '.join(settings) or 'defaults'}.\n\n"
        f"{text}\n"
        f"`python -m tests.bench.scenes`; {now['date']}; {now['machine']}.\n",
    )


def line_of(key: tuple[str, str, int], run: dict[str, Record]) -> Record:
    """Return a run with all methods as a line of the CSV."""
    scene, design, seed = key
    own = run["miaf-net"]
    low, high = own["map_accuracy_interval"]
    shares = {
        "expected_there": own["expected_there"],
        "expected": own["map_accuracy"],
        "low": low,
        "high": high,
    }
    found = {
        f"{method.replace('-', '_')}_{kind}": run[method][kind]
        for method in ("miaf-net", *BASELINES)
        for kind in ("oa", "aa")
    }
    told = json.loads((folder_of(key) / "design.json").read_text(encoding="utf-8"))
    percents = {name: round(100 * share, 3) for name, share in shares.items()}
    more = {name: own[name] for name in scene_runs.TEMPERATURE}
    of = {"scene": scene, "design": design, "seed": seed}
    return {**told, **of, **found, **percents, **more}


def plain_table(runs: dict[tuple[str, str, int], dict[str, Record]]) -> str:
    """Return the accuracies alone, of those methods that were asked for."""
    methods = [name for name in NAMES if any(name in of for of in runs.values())]
    rows = []
    for scene, design in dict.fromkeys(key[:2] for key in runs):
        of = [run for key, run in runs.items() if key[:2] == (scene, design)]
        rows.append([f"{scene}, {design}", *(cell(of, name) for name in methods)])
    return markdown(["scene, design", *(NAMES[name] for name in methods)], rows)


def cell(runs: Sequence[dict[str, Record]], method: str) -> str:
    """Return overall and average accuracy of a method over seeds."""
    of = [run[method] for run in runs if method in run]
    if not of:
        return ""
    return f"{spread([r['oa'] for r in of])} / {spread([r['aa'] for r in of])}"


if __name__ == "__main__":
    sys.exit(main())
