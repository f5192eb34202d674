"""Which parts of a large cube are read for training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.tiles import BASE_MB
from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Window
from miaf_engine.translation import tr

# Context around a training area, in pixels; the largest that fits is taken. Two hops
# over superpixels of 200 pixels reach 30 pixels; the largest kernel of two blocks adds
# ten.
MARGINS = (40, 24, 16, 8)
# A step sees about as many pixels as a scene of the usual benchmarks has: the features
# of more do not fit the cache of a processor. It sees this many windows at least.
_STEP_PIXELS = 25_000
_STEP_WINDOWS = 8
# Labels, areas, roles and what is counted on the way, for each pixel of the grid.
_GRID_BYTES = 24


def training_windows(
    groups: NDArray[np.int32], pixel_bytes: int, budget: float
) -> list[Window]:
    """Return the windows to train on: the whole grid if it fits, else around areas.

    Args:
        groups: int32 (H, W), number of the training area, 0 elsewhere.
        pixel_bytes: Memory of one pixel at the peak of training.
        budget: Memory budget in MiB, the interpreter included.

    Returns:
        Windows that cover every training area, with as many pixels around it as the
        grid and the budget allow, 40 at most.

    Raises:
        MemoryShortError: The windows do not fit the budget.
    """
    height, width = groups.shape
    grid_bytes = height * width * _GRID_BYTES
    room = ((budget - BASE_MB) * 2**20 - grid_bytes) / pixel_bytes
    if height * width <= room:
        return [Window(0, 0, height, width)]
    boxes = bounding_boxes(groups)
    for margin in MARGINS:
        windows = joined([box.grown(margin, height, width) for box in boxes])
        needed = sum(window.size for window in windows)
        if needed <= room:
            return windows
    total = BASE_MB + (needed * pixel_bytes + grid_bytes) / 2**20
    raise MemoryShortError(
        tr(
            "The training areas and their surroundings need {total:.0f} MiB, but the "
            "memory budget is {budget:.0f} MiB."
        ).format(total=total, budget=budget),
        hint=tr("Raise the memory budget, or draw fewer or smaller areas."),
    )


def windows_of_scenes(
    groups: NDArray[np.int32],
    scenes: Sequence[Window],
    pixel_bytes: int,
    budget: float,
) -> list[Window]:
    """Return the windows to train on in several scenes; none reaches across two.

    Args:
        groups: int32 (H, W), number of the training area, 0 elsewhere.
        scenes: Where the scenes lie; those without an area are left out.
        pixel_bytes: Memory of one pixel at the peak of training.
        budget: Memory budget in MiB, shared out by the size of the scenes with an area.

    Raises:
        MemoryShortError: The windows do not fit the budget.
    """
    parts = [(scene, groups[scene.slices]) for scene in scenes]
    parts = [(scene, part) for scene, part in parts if part.any()]
    total = sum(scene.size for scene, _ in parts)
    windows = []
    for scene, part in parts:
        share = scene.size / total
        own = BASE_MB + (budget - BASE_MB) * share
        windows += [
            Window(w.row + scene.row, w.column + scene.column, w.height, w.width)
            for w in training_windows(part, pixel_bytes, own)
        ]
    return windows


def dealt(
    windows: Sequence[Window], classes: NDArray[np.integer]
) -> list[NDArray[np.intp]]:
    """Share windows out among the steps of an epoch, the classes as evenly as may be.

    Batch norm needs the classes together: a step on the surroundings of one field would
    measure the statistics of that field.

    Args:
        windows: Windows of the cube.
        classes: integer (H, W), classes 1..K of the training pixels, 0 elsewhere.

    Returns:
        Places in `windows` of those of each step, ascending; one step for all where
        they are few, or small together.
    """
    sizes = np.array([window.size for window in windows])
    total = int(sizes.sum())
    steps = max(1, min(total // _STEP_PIXELS, len(windows) // _STEP_WINDOWS))
    if steps == 1:
        return [np.arange(len(windows))]
    length = int(classes.max()) + 1
    counts = np.array(
        [np.bincount(classes[w.slices].ravel(), minlength=length) for w in windows]
    )
    shares = counts[:, 1:] / np.maximum(counts[:, 1:].sum(axis=0), 1)
    seen = np.zeros((steps, shares.shape[1]))
    filled = np.zeros(steps)
    step_of = np.zeros(len(windows), dtype=int)
    for place in np.argsort(-sizes, kind="stable"):
        # The step that has least of its classes, of those with room for it.
        full = filled + sizes[place] > total / steps
        likeness = seen @ shares[place]
        chosen = np.lexsort((filled, likeness, full))[0]
        step_of[place] = chosen
        seen[chosen] += shares[place]
        filled[chosen] += sizes[place]
    return [np.flatnonzero(step_of == step) for step in range(steps)]


def bounding_boxes(groups: NDArray[np.int32]) -> list[Window]:
    """Return the smallest window around each group, in order of its number."""
    rows, columns = np.nonzero(groups)
    numbers = groups[rows, columns]
    order = np.argsort(numbers, kind="stable")
    rows, columns, numbers = rows[order], columns[order], numbers[order]
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    if not len(starts):
        return []
    ends = (
        np.minimum.reduceat(rows, starts),
        np.minimum.reduceat(columns, starts),
        np.maximum.reduceat(rows, starts),
        np.maximum.reduceat(columns, starts),
    )
    return [
        Window(int(top), int(left), int(bottom - top) + 1, int(right - left) + 1)
        for top, left, bottom, right in zip(*ends, strict=True)
    ]


def joined(windows: Sequence[Window]) -> list[Window]:
    """Join windows that overlap until none do, so that no pixel is read twice."""
    waiting = list(windows)
    done: list[Window] = []
    while waiting:
        one = waiting.pop()
        partner = next((other for other in waiting if _overlap(one, other)), None)
        if partner is None:
            partner = next((other for other in done if _overlap(one, other)), None)
            if partner is None:
                done.append(one)
                continue
            done.remove(partner)
        else:
            waiting.remove(partner)
        waiting.append(_around(one, partner))
    return sorted(done, key=lambda window: (window.row, window.column))


def _overlap(one: Window, other: Window) -> bool:
    return (
        one.row < other.row + other.height
        and other.row < one.row + one.height
        and one.column < other.column + other.width
        and other.column < one.column + one.width
    )


def _around(one: Window, other: Window) -> Window:
    row, column = min(one.row, other.row), min(one.column, other.column)
    bottom = max(one.row + one.height, other.row + other.height)
    right = max(one.column + one.width, other.column + other.width)
    return Window(row, column, bottom - row, right - column)
