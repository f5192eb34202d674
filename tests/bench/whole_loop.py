"""The loop of a person who improves a map, on the demo scene, timed step by step.

    python -m tests.bench.whole_loop [--count 20] [--pixels 50] [--epochs 180]
        [--keep FOLDER]

Starts with the largest training area of each class, as a person in a hurry would.
Train and map; suggest areas; set their classes in the layer, as in its attribute table;
continue from the model with old and new areas; compare both maps. The algorithms run by
`qgis_process`, the classes are set by QGIS's editing. The ground truth answers where 80
% of a suggestion's pixels are of one class; the others stay without a class. The table
is `build/bench/whole_loop.md`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
import shapely

from tests.bench.continue_training import ROIS, areas_of
from tests.bench.demo_scene import class_names
from tests.bench.labelling import answered, areas_of_file
from tests.bench.scene import CUBE, TRUTH, read_band
from tests.bench.store import facts, markdown, publish
from tests.end_to_end.programs import SCENE, QgisProcess, in_qgis

FIELD = "cover"
AREAS = {
    "CUBE": CUBE,
    "CLASS_FIELD": FIELD,
    "VALIDATION_ROIS": SCENE / "validation.gpkg",
    "SEED": 0,
}
Step = tuple[str, float, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Go round once and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=20, help="areas suggested")
    parser.add_argument("--pixels", type=int, default=50, help="size of the areas")
    parser.add_argument("--epochs", type=int, help="the plugin's default unless given")
    parser.add_argument("--keep", type=Path, help="folder for what the steps write")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        steps = go_round(QgisProcess(folder / "qgis"), folder, asked)
    told = " ".join(["python -m tests.bench.whole_loop", *sys.argv[1:]])
    publish("whole_loop", report(steps, told))
    return 0


def go_round(qgis: QgisProcess, folder: Path, asked: Any) -> list[Step]:
    """Carry out all steps; return name, seconds and outcome of each."""
    settings = {"EPOCHS": asked.epochs} if asked.epochs else {}
    first, better = (
        folder / "first.miaf.safetensors",
        folder / "better.miaf.safetensors",
    )
    maps = [folder / "before.tif", folder / "after.tif"]
    rois = largest_areas(folder / "rois.gpkg")
    layer = folder / "suggested.gpkg"

    def run(algorithm: str, **more: Any) -> dict[str, Any]:
        return qgis.run(f"miaf:{algorithm}", **more).results

    def train(output: Path, model: Path, **more: Any) -> str:
        given = {
            **AREAS,
            "ROIS": rois,
            **settings,
            **more,
            "OUTPUT": output,
            "MODEL": model,
        }
        found = run("trainandclassify", **given)
        return f"{found['OVERALL_ACCURACY']:.1%} on the test areas"

    def suggest() -> str:
        given = {"CUBE": CUBE, "MODEL": first, "ROIS": rois}
        given |= {"COUNT": asked.count, "PIXELS_PER_SUPERPIXEL": asked.pixels}
        found = run("suggestareas", **given, OUTPUT=layer)
        return f"{found['SUGGESTION_COUNT']:.0f} areas"

    def compare() -> str:
        files = {"OUTPUT": folder / "changes.tif", "REPORT": folder / "changes.html"}
        found = run("compare", BEFORE=maps[0], AFTER=maps[1], **files)
        return f"{found['CHANGED_SHARE']:.1%} of the map changed"

    more = {"ROIS_MORE": layer, "INITIAL_MODEL": first}
    return [
        timed("train and map", lambda: train(maps[0], first)),
        timed("suggest areas", suggest),
        timed("set their classes", lambda: set_classes(layer, folder)),
        timed("continue and map", lambda: train(maps[1], better, **more)),
        timed("compare the maps", compare),
    ]


def largest_areas(path: Path) -> Path:
    """Write the largest of the demo's training areas of each class."""
    shapes, classes = areas_of(ROIS, "rois")
    order = np.argsort(-shapely.area(shapes), kind="stable")
    _, first = np.unique(classes[order].astype(str), return_index=True)
    chosen = order[first]
    with rasterio.open(CUBE) as file:
        crs = file.crs.to_wkt()
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes[chosen]),
        [classes[chosen]],
        [FIELD],
        geometry_type="Polygon",
        crs=crs,
        layer="rois",
        dataset_options={"VERSION": "1.2"},
    )
    return path


def timed(name: str, act: Callable[[], str]) -> Step:
    """Return a step with its seconds."""
    started = time.perf_counter()
    outcome = act()
    print(f"{name}: {outcome}", flush=True)
    return name, time.perf_counter() - started, outcome


def set_classes(layer: Path, folder: Path) -> str:
    """Set the classes that the ground truth answers, by QGIS's editing."""
    truth, names = read_band(TRUTH), class_names(TRUTH)
    values: list[str | None] = []
    for pixels in areas_of_file(layer, truth.shape):
        known = answered([pixels], truth)
        values.append(names[known[0][0]] if known else None)
    edit = {"edit": str(layer), "field": FIELD, "values": values}
    (answer, _) = in_qgis([edit], folder / "editing")
    return f"{answer['set']} of {len(values)} have one class"


def report(steps: Sequence[Step], command: str) -> str:
    """Return the table of the steps, and the time of all but the first."""
    rows = [[name, f"{seconds:.1f}", outcome] for name, seconds, outcome in steps]
    total = float(np.sum([seconds for _, seconds, _ in steps[1:]]))
    now = facts()
    return (
        markdown(["step", "seconds", "outcome"], rows)
        + f"\nAfter the first training one round takes {total:.0f} s, the start of "
        f"QGIS in each step included, the person's own time not.\n\n`{command}`; "
        f"{now['date']}; {now['machine']}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
