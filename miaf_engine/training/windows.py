"""Which parts of a large cube are read for training."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from miaf_engine.cubes.tiles import BASE_MB, TrainingBytes, even_parts
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
# Windows are cut into pieces with sides of so many pixels at most where a step would
# otherwise not fit. A step holds the least number of windows then.
_PIECE_SIDE = math.isqrt(_STEP_PIXELS // _STEP_WINDOWS)
# Labels, areas, roles and what is counted on the way, for each pixel of the grid.
_GRID_BYTES = 24


def training_windows(
    groups: NDArray[np.int32], each: TrainingBytes, budget: float
) -> list[Window]:
    """Return the windows to train on: the whole grid if it fits, else around areas.

    Where no windows fit in one step, the narrowest are seen in several. If they have
    grown into windows that are too large for that, these are cut into pieces.

    Args:
        groups: int32 (H, W), number of the training area, 0 elsewhere.
        each: Memory of one pixel.
        budget: Memory budget in MiB, the interpreter included.

    Returns:
        Windows that cover every training area, with as many pixels around it as the
        grid and the budget allow, 40 at most. A piece ends where the next one begins.

    Raises:
        MemoryShortError: The windows do not fit the budget.
    """
    height, width = groups.shape
    grid_bytes = height * width * _GRID_BYTES
    room = (budget - BASE_MB) * 2**20 - grid_bytes
    labelled = int(np.count_nonzero(groups))
    whole = [Window(0, 0, height, width)]
    if bytes_of(whole, labelled, each) <= room:
        return whole
    around = _around(groups)
    for windows in around:
        if each.most(sum(w.size for w in windows), labelled) <= room:
            return windows
    # In several steps less memory is enough, but each pixel more takes time.
    for windows in (around[-1], _pieces(around[-1], groups)):
        needed = bytes_of(windows, labelled, each)
        if needed <= room:
            return windows
    total = BASE_MB + (needed + grid_bytes) / 2**20
    raise MemoryShortError(
        tr(
            "The training areas and their surroundings need {total:.0f} MiB, but the "
            "memory budget is {budget:.0f} MiB."
        ).format(total=total, budget=budget),
        hint=tr("Raise the memory budget, or draw fewer or smaller areas."),
    )


def bytes_of(windows: Sequence[Window], labelled: int, each: TrainingBytes) -> float:
    """Return about how many bytes a training on windows needs at its peak.

    Args:
        windows: Windows of the cube.
        labelled: Number of labelled pixels in them.
        each: Memory of one pixel.
    """
    sizes = [window.size for window in windows]
    total, steps = sum(sizes), _steps(sizes)
    # No step has more than its part and one window; see `dealt`.
    share = 1.0 if steps == 1 else min(1.0, 1 / steps + max(sizes) / total)
    return each.most(total, labelled, share)


def windows_of_scenes(
    groups: NDArray[np.int32],
    scenes: Sequence[Window],
    each: TrainingBytes,
    budget: float,
) -> list[Window]:
    """Return the windows to train on in several scenes; none reaches across two.

    Args:
        groups: int32 (H, W), number of the training area, 0 elsewhere.
        scenes: Where the scenes lie; those without an area are left out.
        each: Memory of one pixel.
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
            for w in training_windows(part, each, own)
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
    total, steps = int(sizes.sum()), _steps(sizes.tolist())
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


def _around(groups: NDArray[np.int32]) -> list[list[Window]]:
    """Return the windows around areas with each of the margins."""
    found: list[list[Window]] = []
    windows, reach = bounding_boxes(groups), 0
    # Windows that are joined at one margin are so at the next, too.
    for margin in sorted(MARGINS):
        windows = joined([w.grown(margin - reach, *groups.shape) for w in windows])
        found.insert(0, windows)
        reach = margin
    return found


def joined(windows: Sequence[Window]) -> list[Window]:
    """Join windows that overlap until none do, so that no pixel is read twice."""
    corners = np.array(
        [(w.row, w.column, w.row + w.height, w.column + w.width) for w in windows]
    ).reshape(-1, 4)
    inwards = np.array([0.25, 0.25, -0.25, -0.25])
    while True:
        # Smaller by less than a pixel, so that windows that only touch stay apart.
        boxes = shapely.box(*(corners + inwards).T)
        pairs = shapely.STRtree(boxes).query(boxes, predicate="intersects")
        links = coo_array((np.ones(len(pairs[0])), pairs), shape=(len(boxes),) * 2)
        count, number = connected_components(links, directed=False)
        if count == len(boxes):
            break
        order = np.argsort(number, kind="stable")
        starts = np.flatnonzero(np.diff(number[order], prepend=-1))
        first = np.minimum.reduceat(corners[order, :2], starts)
        last = np.maximum.reduceat(corners[order, 2:], starts)
        corners = np.hstack([first, last])
    found = [
        Window(top, left, bottom - top, right - left)
        for top, left, bottom, right in corners.tolist()
    ]
    return sorted(found, key=lambda window: (window.row, window.column))


def _pieces(windows: Sequence[Window], groups: NDArray[np.int32]) -> list[Window]:
    """Cut windows into pieces of about one size; those without an area are left out."""
    pieces = [
        Window(window.row + top, window.column + left, bottom - top, right - left)
        for window in windows
        for top, bottom in even_parts(window.height, _PIECE_SIDE)
        for left, right in even_parts(window.width, _PIECE_SIDE)
    ]
    return [piece for piece in pieces if groups[piece.slices].any()]


def _steps(sizes: Sequence[int]) -> int:
    """Return how many steps an epoch on windows of these sizes has."""
    return max(1, min(sum(sizes) // _STEP_PIXELS, len(sizes) // _STEP_WINDOWS))
