"""Which parts of a large cube are read for training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Window
from miaf_engine.tiles import BASE_MB

# Context around a training area, in pixels; the largest that fits is taken. Two hops
# over superpixels of 200 pixels reach 30 pixels; the largest kernel of two blocks adds
# ten.
MARGINS = (40, 24, 16, 8)
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
        needed = sum(window.height * window.width for window in windows)
        if needed <= room:
            return windows
    total = BASE_MB + (needed * pixel_bytes + grid_bytes) / 2**20
    raise MemoryShortError(
        f"The training areas and their surroundings need {total:.0f} MiB; the memory "
        f"budget is {budget:.0f} MiB.",
        hint="Raise the budget, or draw fewer or smaller areas.",
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
        budget: Memory budget in MiB, shared out by the scenes' labelled pixels.

    Raises:
        MemoryShortError: The windows do not fit the budget.
    """
    parts = [(scene, groups[scene.slices]) for scene in scenes]
    parts = [(scene, part) for scene, part in parts if part.any()]
    total = sum(scene.height * scene.width for scene, _ in parts)
    windows = []
    for scene, part in parts:
        share = scene.height * scene.width / total
        own = BASE_MB + (budget - BASE_MB) * share
        windows += [
            Window(w.row + scene.row, w.column + scene.column, w.height, w.width)
            for w in training_windows(part, pixel_bytes, own)
        ]
    return windows


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
    waiting, done = list(windows), []
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
