"""Simulated class maps with known errors, sampled and assessed as a user would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from scipy.ndimage import gaussian_filter

from miaf_engine.accuracy.design_estimates import Strata
from miaf_engine.accuracy.sampling_design import (
    allocate,
    draw_simple,
    draw_stratified,
    draw_systematic,
    sample_size,
)
from miaf_engine.classes import ClassEntry, ClassTable, distinct_colours
from miaf_engine.grid import Grid
from miaf_engine.io.raster_writer import class_map_writer
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.draw_sample import EXPECTED_ACCURACY, DrawSampleRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.assess.sample import DesignedSample, score_sample
from tests.scenes import UTM16

SIDE = 200
GRID = Grid((20.0, 0.0, 500_000.0, 0.0, -20.0, 4_500_000.0), UTM16, SIDE, SIDE)
HECTARES = 0.04  # of a pixel
FIGURES = ("overall accuracy", "user's accuracy", "producer's accuracy", "area")


@dataclass(frozen=True, eq=False)
class SimulatedScene:
    """What is there and two maps of it, uint16 (H, W), class 1..K.

    Attributes:
        truth: What is there.
        first: A map of it.
        second: Another one, with errors of its own.
        classes: The K classes.
    """

    truth: np.ndarray
    first: np.ndarray
    second: np.ndarray
    classes: ClassTable


def simulated_scene(rng: np.random.Generator) -> SimulatedScene:
    """Return a scene of 3 to 8 classes in patches; each map errs in patches as well.

    Between 2 and 40 % of a class are wrong, at places where its map is less sure.
    """
    count = int(rng.integers(3, 9))
    width = rng.uniform(2, 8)
    fields = np.stack([_smooth(rng, width) for _ in range(count)])
    fields += rng.normal(0, 0.8, count)[:, None, None]
    order = np.argsort(-fields, axis=0)
    truth, other = order[0] + 1, order[1] + 1
    maps = [_with_errors(rng, truth, other, count) for _ in range(2)]
    entries = zip(range(1, count + 1), distinct_colours(count), strict=True)
    table = ClassTable(tuple(ClassEntry(k, f"class {k}", c) for k, c in entries))
    return SimulatedScene(truth.astype(np.uint16), *maps, table)


def _smooth(rng: np.random.Generator, width: float) -> np.ndarray:
    field = gaussian_filter(rng.normal(size=(SIDE, SIDE)), width)
    return field / field.std()


def _with_errors(
    rng: np.random.Generator, truth: np.ndarray, other: np.ndarray, count: int
) -> np.ndarray:
    doubt, found = _smooth(rng, rng.uniform(0.5, 3)), truth.copy()
    for k in range(1, count + 1):
        own = truth == k
        if own.any():
            wrong = own & (doubt > np.quantile(doubt[own], 1 - rng.uniform(0.02, 0.4)))
            found[wrong] = other[wrong]
    return found.astype(np.uint16)


def write_map(path: Path, values: np.ndarray, classes: ClassTable) -> str:
    """Write a class map and return its path."""
    with class_map_writer(path, GRID, classes) as writer:
        writer.write(GRID.window, values)
    return str(path)


def look_up(path: str, scene: SimulatedScene) -> None:
    """Fill in the class of each point of a sample, as an interpreter would."""
    layer = Path(path).stem
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    names, values = list(meta["fields"]), list(columns)
    x, y = (np.frombuffer(b"".join(s[5:] for s in shapes), "<f8").reshape(-1, 2)).T
    columns_, rows = (x - 500_000) // 20, (4_500_000 - y) // 20
    found = scene.truth[rows.astype(int), columns_.astype(int)]
    texts = np.array(scene.classes.names, dtype=object)[found - 1]
    values[names.index("class")] = texts
    Path(path).unlink()
    pyogrio.raw.write(
        path, shapes, values, names, layer=layer, driver="GPKG", crs=meta["crs"],
        geometry_type="Point",
    )  # fmt: skip


def sample_and_assess(
    scene: SimulatedScene, folder: Path, **options: Any
) -> list[dict[str, Any]]:
    """Draw a sample from the first map; return the figures of both maps."""
    maps = [
        write_map(folder / f"{name}.tif", values, scene.classes)
        for name, values in (("first", scene.first), ("second", scene.second))
    ]
    target = str(folder / "sample.gpkg")
    request = {"classification": maps[0], "output": target, **options}
    carry_out(DrawSampleRequest.from_json(request))
    look_up(target, scene)
    return [
        carry_out(
            AssessRequest(classification=path, reference=target, class_field="class")
        )["figures"]
        for path in maps
    ]


def sample_in_memory(
    scene: SimulatedScene, method: str, allocation: str, seed: int
) -> list[dict[str, Any]]:
    """Do what `sample_and_assess` does with default options, without any file."""
    values, pixels = np.unique(scene.first, return_counts=True)
    stratified, rng = method == "stratified", np.random.default_rng(seed)
    expected = np.full(len(values), EXPECTED_ACCURACY)
    count = sample_size(pixels, expected, 0.05, stratified=stratified)
    if stratified:
        points = allocate(count, pixels, allocation, 50)
        draw = draw_stratified(scene.first, values.astype(np.int64), points, rng)
    else:
        drawn = draw_simple if method == "simple" else draw_systematic
        draw = drawn(scene.first, count, rng)
    sizes = draw.pixels.astype(np.float64)
    sample = DesignedSample(
        draw.rows,
        draw.columns,
        scene.truth[draw.rows, draw.columns].astype(np.int64),
        scene.classes,
        method,
        Strata(draw.strata, sizes, sizes * HECTARES),
        "ha",
        (),
    )
    return [
        {"area_adjusted": score_sample(sample, found, GRID, None)[1].as_json()}
        for found in (scene.first, scene.second)
    ]


def hits(
    scene: SimulatedScene, values: np.ndarray, figures: dict[str, Any]
) -> Iterator[tuple[str, bool]]:
    """Yield for each figure of a map whether its interval holds the truth."""
    adjusted = figures["area_adjusted"]
    right = values == scene.truth
    yield FIGURES[0], _holds(adjusted["overall_accuracy"], right.mean())
    for entry in adjusted["classes"]:
        shown, there = values == entry["value"], scene.truth == entry["value"]
        if shown.any():
            yield FIGURES[1], _holds(entry["users_accuracy"], right[shown].mean())
        if there.any():
            yield FIGURES[2], _holds(entry["producers_accuracy"], right[there].mean())
            yield FIGURES[3], _holds(entry["area"], there.sum() * HECTARES)


def _holds(found: dict[str, Any], truth: float) -> bool | None:
    """Return whether an interval holds the truth; None where there is none."""
    low, high = found["interval"]
    return None if low is None else low - 1e-9 <= truth <= high + 1e-9
