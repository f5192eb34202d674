"""Areas clicked as superpixels against areas drawn as rectangles, on Indian Pines.

    python -m tests.bench.click_or_draw [--areas 60] [--seeds 0 1 2] [--fresh]

A place is drawn at random in the ground truth of a class. Whoever clicks takes the
superpixel there, if more than half of its pixels are of that class; whoever draws takes
a rectangle of 2 to 5 pixels a side that lies in the class and has the place as its
upper left corner. Both label as many areas of each class: one class after the other, as
long as it has room for both. Superpixels have the size that the panel cuts.

Both train with the default settings and are scored on the same labelled pixels: those
outside all areas of both, not beside one, and of classes that have areas. The table is
`build/bench/click_or_draw.md`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from miaf_engine.requests import SuperpixelsRequest, TrainRequest
from miaf_engine.tasks import carry_out as use_case
from tests.bench.labelling import (
    Area,
    areas_of_file,
    labelled_pixels,
    write_areas,
)
from tests.bench.scene import CUBE, TRUTH, read_band, scores
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

FOLDER = RESULTS / "click_or_draw"
SIDES = (2, 5)  # pixels of a rectangle, as users draw them
WAYS = {"clicked superpixels": 1, "drawn rectangles": 5}  # clicks for each area
Truth = NDArray[np.integer]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is not there yet, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--areas", type=int, default=60)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--fresh", action="store_true", help="measure all again")
    asked = parser.parse_args(arguments)
    truth, cells = read_band(TRUTH), superpixels()
    mark = partial(fingerprint, engine_sources())
    jobs, shares = [], []
    for seed in asked.seeds:
        chosen = areas_of_both(truth, cells, seed, asked.areas)
        used = [p for areas in chosen.values() for _, pixels in areas for p in pixels]
        classes = [value for areas in chosen.values() for value, _ in areas]
        scored = np.isin(truth, classes) & ~beside(used, truth.shape)
        for way, areas in chosen.items():
            place = FOLDER / f"{way.replace(' ', '_')}-{seed}-{asked.areas}.json"
            run = partial(measure, way, areas, scored, seed)
            jobs.append((f"{way}, seed {seed}", place, mark(way, seed, areas), run))
            shares.append(rightly_labelled(areas, truth))
    records = carry_out(jobs, fresh=asked.fresh)
    found = zip(records, shares, strict=True)
    records = [{**record, "rightly_labelled": share} for record, share in found]
    told = " ".join(["python -m tests.bench.click_or_draw", *sys.argv[1:]])
    publish("click_or_draw", report(records, told))
    return 0


def superpixels() -> list[list[int]]:
    """Return the pixels of the superpixels that the panel cuts."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "superpixels.gpkg")
        use_case(SuperpixelsRequest(str(CUBE), output=str(file)))
        return areas_of_file(file, read_band(TRUTH).shape)


class Clicks:
    """Takes the superpixel at a place, if it is mostly of the class.

    Args:
        truth: integer (H, W), classes 1..K, 0 = unlabelled.
        cells: Flat pixels of each superpixel.
    """

    def __init__(self, truth: Truth, cells: Sequence[Sequence[int]]) -> None:
        self._truth, self._cells = truth, cells
        self._cell_of = np.full(truth.size, -1)
        for number, pixels in enumerate(cells):
            self._cell_of[list(pixels)] = number

    def at(self, place: int, value: int) -> list[int] | None:
        """Return the pixels of an area of a class, None where there is none."""
        number = int(self._cell_of[place])
        pixels = list(self._cells[number]) if number >= 0 else []
        of_class = (self._truth.flat[pixels] == value).sum()
        return pixels if of_class > len(pixels) / 2 else None

    def use(self, pixels: list[int]) -> None:
        """Have an area taken once."""
        self._cell_of[pixels] = -1


class Rectangles:
    """Takes a rectangle at a place, if it lies in the class and touches no other.

    Args:
        truth: integer (H, W), classes 1..K, 0 = unlabelled.
        rng: Draws its sides.
    """

    def __init__(self, truth: Truth, rng: np.random.Generator) -> None:
        self._free = truth.copy()
        self._rng = rng

    def at(self, place: int, value: int) -> list[int] | None:
        """Return the pixels of an area of a class, None where there is none."""
        low, high = SIDES
        height, width = self._rng.integers(low, high + 1, 2).tolist()
        row, column = divmod(place, self._free.shape[1])
        inside = np.zeros(self._free.shape, bool)
        inside[row : row + height, column : column + width] = True
        pixels = np.flatnonzero(inside & (self._free == value)).tolist()
        return pixels if len(pixels) == height * width else None

    def use(self, pixels: list[int]) -> None:
        """Have an area taken once, and none beside it."""
        self._free[beside(pixels, self._free.shape)] = 0


def areas_of_both(
    truth: Truth, cells: Sequence[Sequence[int]], seed: int, count: int
) -> dict[str, list[Area]]:
    """Return the areas of both ways, as many of each class.

    Args:
        truth: integer (H, W), classes 1..K, 0 = unlabelled.
        cells: Flat pixels of each superpixel.
        seed: Of the places.
        count: Areas of each way, fewer where the classes have no room for more.
    """
    rng = np.random.default_rng(seed)
    ways = (Clicks(truth, cells), Rectangles(truth, rng))
    found: tuple[list[Area], list[Area]] = ([], [])
    waiting = np.unique(truth[truth > 0]).tolist()
    while waiting and len(found[0]) < count:
        value = waiting.pop(0)
        places = rng.permutation(np.flatnonzero(truth == value)).tolist()
        taken = [first(way, places, value) for way in ways]
        if not all(taken):
            continue  # The class has no room for another one of both.
        waiting.append(value)
        for way, areas, pixels in zip(ways, found, taken, strict=True):
            way.use(pixels)
            areas.append((value, pixels))
    return dict(zip(WAYS, found, strict=True))


def first(way: Clicks | Rectangles, places: Sequence[int], value: int) -> list[int]:
    """Return the pixels of the first area at some places, [] where there is none."""
    return next((pixels for p in places if (pixels := way.at(p, value))), [])


def beside(pixels: Sequence[int], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return where pixels lie or touch one, bool (H, W)."""
    inside = labelled_pixels([(1, list(pixels))], shape)
    return ndimage.binary_dilation(inside, np.ones((3, 3), bool))


def rightly_labelled(areas: Sequence[Area], truth: Truth) -> float:
    """Return which share of the known pixels of areas are of their class."""
    pairs = [(value, truth.flat[p]) for value, pixels in areas for p in pixels]
    return float(np.mean([value == known for value, known in pairs if known]))


def measure(
    way: str, areas: list[Area], scored: NDArray[np.bool_], seed: int
) -> Record:
    """Train on areas with the default settings, and score the map.

    Args:
        way: How they came about.
        areas: What is labelled.
        scored: bool (H, W), which pixels count.
        seed: Of the training.
    """
    truth = read_band(TRUTH)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_areas(folder / "rois.gpkg", areas, TRUTH)
        request = TrainRequest(
            str(CUBE),
            rois=str(folder / "rois.gpkg"),
            class_field="cover",
            output=str(folder / "map.tif"),
            seed=seed,
            device="cpu",
            resume=False,
        )
        figures = use_case(request)["figures"]
        found = read_band(folder / "map.tif")
    known = labelled_pixels(areas, truth.shape)
    return {
        "way": way,
        "seed": seed,
        **scores(truth[scored], found[scored]),
        "areas": len(areas),
        "pixels": int(known.sum()),
        "scored_pixels": int(scored.sum()),
        "train_seconds": figures["seconds"],
    }


def report(records: Sequence[Record], told: str) -> str:
    """Return the table, a row for each way."""
    rows = []
    for way, each in WAYS.items():
        own = [record for record in records if record["way"] == way]
        areas = [record["areas"] for record in own]
        rows.append(
            (
                way,
                spread([r["overall_accuracy"] for r in own], 100),
                spread([r["average_accuracy"] for r in own], 100),
                spread(areas, 1, 0),
                spread([r["pixels"] for r in own], 1, 0),
                spread([r["rightly_labelled"] for r in own], 100),
                spread([each * count for count in areas], 1, 0),
            )
        )
    header = (
        *("way", "overall accuracy %", "average accuracy %", "areas"),
        *("labelled pixels", "labelled rightly %", "clicks"),
    )
    known = facts()
    return f"{markdown(header, rows)}\n`{told}`, {known['date']}, {known['machine']}.\n"


if __name__ == "__main__":
    sys.exit(main())
