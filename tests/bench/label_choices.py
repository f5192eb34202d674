"""Who chooses the next labels: the engine, chance, or the least confident pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from miaf_engine.requests import SuggestAreasRequest
from miaf_engine.tasks import carry_out as use_case
from tests.bench.labelling import (
    MAJORITY,
    Area,
    answered,
    areas_of_file,
    pixel_areas,
)
from tests.bench.scene import CUBE

A_CLASS, A_ROUND = 5, 10  # superpixels at the start, labels a round
RANKED = 400  # suggestions asked for, many of them of cover without a ground truth
MODEL = "m.miaf.safetensors"


@dataclass(frozen=True)
class Task:
    """What all rounds share.

    Attributes:
        truth: integer (H, W), classes, 0 = unlabelled.
        held: bool (H, W), pixels that are scored and that nobody may label.
        pool: Superpixels of the scene that can be answered.
        size: Mean number of pixels in a superpixel.
        epochs: Epochs of the first training.
    """

    truth: NDArray[np.integer]
    held: NDArray[np.bool_]
    pool: Sequence[Area]
    size: int
    epochs: int


def starting_areas(task: Task, seed: int) -> list[Area]:
    """Return the superpixels to start with: 5 a class, all of a class with fewer."""
    rng = np.random.default_rng(seed)
    chosen: list[Area] = []
    for value in np.unique(task.truth[task.truth > 0]).tolist():
        of_class = [area for area in task.pool if area[0] == value]
        order = rng.permutation(len(of_class))[:A_CLASS]
        chosen += [of_class[place] for place in order.tolist()]
    return chosen


def chosen_by(
    strategy: str,
    task: Task,
    known: NDArray[np.bool_],
    folder: Path,
    draw: tuple[int, int],
) -> tuple[list[Area], dict[str, int]]:
    """Return a strategy's next labels, and how many suggestions had no answer.

    Args:
        strategy: One of `learning_curves.STRATEGIES`.
        task: What all rounds share.
        known: bool (H, W), pixels that are labelled.
        folder: Where the model, its map and its areas lie.
        draw: Seed and round.
    """
    if strategy == "suggestions":
        return suggested(task, folder)
    if strategy == "random":
        return drawn(task, known, np.random.default_rng(draw)), {}
    return least_sure(task, known, folder), {}


def suggested(task: Task, folder: Path) -> tuple[list[Area], dict[str, int]]:
    """Return the first suggestions that can be answered, and how many could not.

    What of them is held out stays unlabelled; where that is the half, all of it.
    """
    file = folder / "suggested.gpkg"
    request = SuggestAreasRequest(
        str(CUBE),
        str(folder / MODEL),
        str(file),
        rois=str(folder / "rois.gpkg"),
        class_field="cover",
        count=RANKED,
        pixels_per_superpixel=task.size,
    )
    use_case(request)
    chosen: list[Area] = []
    passed = {"unknown": 0, "mixed": 0, "held": 0}
    for pixels in areas_of_file(file, task.truth.shape):
        if len(chosen) == A_ROUND:
            break
        free = [pixel for pixel in pixels if not task.held.flat[pixel]]
        if 2 * len(free) < len(pixels):
            passed["held"] += 1
        elif known := answered([pixels], task.truth):
            chosen.append((known[0][0], free))
        else:
            unknown = (task.truth.flat[pixels] == 0).mean() > 1 - MAJORITY
            passed["unknown" if unknown else "mixed"] += 1
    return chosen, passed


def least_sure(task: Task, known: NDArray[np.bool_], folder: Path) -> list[Area]:
    """Return the least confident pixels that can be answered, of a confidence map."""
    with rasterio.open(folder / "confidence.tif") as file:
        sure = file.read(1)
    sure[(task.truth == 0) | known | task.held] = np.inf
    return pixel_areas(sure, task.truth, A_ROUND)


def drawn(task: Task, known: NDArray[np.bool_], rng: np.random.Generator) -> list[Area]:
    """Return superpixels without a labelled pixel, by chance."""
    free = [area for area in task.pool if not known.flat[area[1]].any()]
    return [free[place] for place in rng.permutation(len(free))[:A_ROUND].tolist()]
