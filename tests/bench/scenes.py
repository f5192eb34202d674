"""Maps of several real scenes from areas drawn as users draw them, beside baselines.

Scenes and designs are those of `../shared/tools/user_scenes.py`; without that folder
the benchmark is skipped. Runs that are done are kept. `--quick` takes one seed of the
design `clustered`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import rasterio
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.preprocessing.superpixels import segment
from tests.bench.methods import engine, options
from tests.bench.scene import ROOT
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

TOOL = ROOT.parent / "shared" / "tools" / "user_scenes.py"
DESIGNS = ("clustered", "spread", "dense")
VOTE_PIXELS = 50  # of the superpixels in which the SVM's labels are put to the vote
NEAR_PERFECT = 97.0  # from here on no method can be far ahead
NAMES = {
    "miaf-net": "MIAF-Net",
    "plain": "plain network",
    "svm": "SVM-RBF",
    "forest": "random forest",
    "vote": "SVM + vote",
}
BASELINES = ("svm", "forest", "vote")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and is not there yet, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scenes", nargs="+")
    parser.add_argument("--designs", nargs="+", default=list(DESIGNS), choices=DESIGNS)
    parser.add_argument("--seeds", nargs="+", type=int, default=[21, 22, 23, 24, 25])
    parser.add_argument("--methods", nargs="+", default=list(NAMES), choices=NAMES)
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="measure all again")
    asked = parser.parse_args(arguments)
    tool = load_tool()
    if tool is None:
        print(f"The benchmark of scenes is skipped: {TOOL.name} is not there.")
        return 0
    if asked.quick:
        asked.designs, asked.seeds = ["clustered"], asked.seeds[:1]
    jobs = []
    for seed in asked.seeds:
        for design in asked.designs:
            for scene in asked.scenes or list(tool.SCENES):
                for method in asked.methods:
                    jobs.append(job(tool, (scene, design, seed), method, asked.set))
    records = carry_out(jobs, fresh=asked.fresh)
    write_table(records, asked.set)
    return 0


def load_tool() -> ModuleType | None:
    """Return the module that prepares and scores the scenes, or None."""
    if not TOOL.is_file():
        return None
    spec = spec_from_file_location("user_scenes", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def job(
    tool: ModuleType, run: tuple[str, str, int], method: str, settings: Sequence[str]
) -> tuple[str, Path, str, partial[Record]]:
    """Return one run as `carry_out` takes it."""
    own = [f"--{item.replace('_', '-')}" for item in settings]
    own = options(settings) if settings else own
    sources = engine_sources() | {Path(__file__)} if method not in BASELINES else []
    suffix = "".join(own).replace("/", "_") if method not in BASELINES else ""
    name = "-".join(map(str, run))
    path = RESULTS / "scenes" / f"{name}-{method}{suffix}.json"
    mark = fingerprint(sources, run, method, own if method not in BASELINES else [])
    return (
        f"{name} {NAMES[method]}",
        path,
        mark,
        partial(measure, tool, run, method, own),
    )


def measure(
    tool: ModuleType, run: tuple[str, str, int], method: str, settings: Sequence[str]
) -> Record:
    """Make one map and score it."""
    scene, design, seed = run
    folder = RESULTS / "scenes" / "inputs" / f"{scene}-{design}-{seed}"
    if not (folder / "design.json").exists():
        tool.prepare(scene, design, seed, folder)
    said = {"scene": scene, "design": design, "seed": seed, "method": method}
    if method in BASELINES:
        return said | baseline(tool, folder, method)
    output, confidence = folder / f"{method}.tif", folder / f"{method}_confidence.tif"
    plain = ["--no-committee"] if method == "plain" else []
    told = engine(
        "train",
        f"--cube={folder / 'cube.tif'}",
        f"--rois={folder / 'rois.gpkg'}",
        "--class-field=cover",
        f"--output={output}",
        f"--confidence={confidence}",
        f"--seed={seed}",
        "--device=cpu",
        *plain,
        *settings,
    )
    found = tool.score(folder, output)
    truth = read(folder / "truth.tif") > 0
    sure = read(confidence)
    return {
        **said,
        **found,
        "estimate": told["overall_accuracy"],
        "interval": told["overall_accuracy_interval"],
        "expected_there": float(np.nanmean(sure[truth])),
        "map_accuracy": told.get("map_accuracy"),
        "map_accuracy_interval": told.get("map_accuracy_interval"),
        "head_weights": told.get("head_weights"),
        "seconds": told["wall_seconds"],
    }


def read(path: Path) -> NDArray[np.generic]:
    """Return the first band of a raster, (H, W)."""
    with rasterio.open(path) as file:
        return file.read(1)


def baseline(tool: ModuleType, folder: Path, method: str) -> Record:
    """Return the scores of a method that knows the spectra alone."""
    if method != "vote":
        found: Record = tool.baselines(folder)[method]
        return found
    with rasterio.open(folder / "cube.tif") as file:
        cube = file.read().astype(np.float32)
    drawn, truth = read(folder / "drawn.tif"), read(folder / "truth.tif")
    train = drawn > 0
    good = np.array([band[train].min() != band[train].max() for band in cube])
    spectra = cube[good].transpose(1, 2, 0)
    grid = {"svc__C": [1, 10, 100, 1000], "svc__gamma": ["scale", 0.001, 0.0001]}
    svm = make_pipeline(StandardScaler(), SVC(class_weight="balanced"))
    model = GridSearchCV(svm, grid, cv=3).fit(spectra[train], drawn[train])
    labels = model.predict(spectra.reshape(-1, spectra.shape[2])).reshape(drawn.shape)
    return tool.scores(voted(labels, cube[good]), truth)


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
    """Publish mean and spread of each scene and design, and how often who is ahead."""
    runs: dict[tuple[str, str, int], dict[str, Record]] = {}
    for record in records:
        key = (record["scene"], record["design"], record["seed"])
        runs.setdefault(key, {})[record["method"]] = record
    methods = [name for name in NAMES if any(name in of for of in runs.values())]
    rows = []
    for scene, design in dict.fromkeys(key[:2] for key in runs):
        of = [run for key, run in runs.items() if key[:2] == (scene, design)]
        rows.append([f"{scene}, {design}", *(cell(of, name) for name in methods)])
    text = markdown(["scene, design", *(NAMES[name] for name in methods)], rows)
    now = facts()
    publish(
        "scenes",
        "Overall / average accuracy in % on labelled pixels outside the areas, mean ± "
        f"sample standard deviation over seeds; {' '.join(settings) or 'defaults'}.\n\n"
        f"{text}\n{summary(runs)}\n"
        f"`python -m tests.bench.scenes`; {now['date']}; {now['machine']}.\n",
    )


def cell(runs: Sequence[dict[str, Record]], method: str) -> str:
    """Return overall and average accuracy of a method over seeds."""
    of = [run[method] for run in runs if method in run]
    if not of:
        return ""
    return f"{spread([r['oa'] for r in of])} / {spread([r['aa'] for r in of])}"


def summary(runs: dict[tuple[str, str, int], dict[str, Record]]) -> str:
    """Return what the runs come to against the best of the baselines."""
    own = [run for run in runs.values() if "miaf-net" in run]
    whole = {
        key: run for key, run in runs.items() if {"miaf-net", *BASELINES} <= run.keys()
    }
    return "\n\n".join([*gains_text(whole), *honesty_text(own)])


def gains_text(runs: dict[tuple[str, str, int], dict[str, Record]]) -> list[str]:
    """Return the gains over the best of the baselines, by scene and design."""
    gains: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    for key, run in runs.items():
        best, most = (max(run[b][k] for b in BASELINES) for k in ("oa", "aa"))
        own = run["miaf-net"]
        gain = (own["oa"] - best, own["aa"] - most, best)
        gains.setdefault(key[:2], []).append(gain)
    if not gains:
        return []
    means = np.array([np.mean(of, axis=0) for of in gains.values()])
    hard = means[means[:, 2] < NEAR_PERFECT]
    every = [gain[0] for of in gains.values() for gain in of]
    lines = [
        f"Worst scene and design of all {len(means)}: OA {means[:, 0].min():+.1f}, "
        f"AA {means[:, 1].min():+.1f}. Ahead in {sum(g > 0 for g in every)} of "
        f"{len(every)} runs."
    ]
    if len(hard):
        lines.insert(
            0,
            f"Gain over the best of the baselines where that is below "
            f"{NEAR_PERFECT:g} %: OA {hard[:, 0].mean():+.1f}, AA "
            f"{hard[:, 1].mean():+.1f} on the mean of {len(hard)} scenes and designs.",
        )
    return lines


def honesty_text(own: Sequence[dict[str, Record]]) -> list[str]:
    """Return how far the expected accuracy was off."""
    found = [run["miaf-net"] for run in own]
    if not found:
        return []
    errors = np.array([100 * one["expected_there"] - one["oa"] for one in found])
    ranges = [one["map_accuracy_interval"] for one in found]
    pairs = [(r, one["oa"] / 100) for r, one in zip(ranges, found, strict=True) if r]
    inside = sum(low <= oa <= high for (low, high), oa in pairs)
    width = 100 * np.median([high - low for (low, high), _ in pairs]) if pairs else 0
    return [
        f"Mean confidence on the scored pixels against their accuracy: off by "
        f"{np.abs(errors).mean():.1f} points on the mean, {np.abs(errors).max():.1f} "
        f"at worst, bias {errors.mean():+.1f}. The interval of the map's accuracy "
        f"holds the truth in {inside} of {len(pairs)} runs; its median width is "
        f"{width:.0f} points."
    ]


if __name__ == "__main__":
    sys.exit(main())
