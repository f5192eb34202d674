"""Say what changed between two class maps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import MAX_CLASSES, ClassTable
from miaf_engine.cubes.tiles import tiles_of_side
from miaf_engine.errors import ConfigError, SampleError
from miaf_engine.grid import Window
from miaf_engine.io.class_maps import ClassMapReader
from miaf_engine.io.raster_formats import check_grid_fits
from miaf_engine.io.raster_writer import class_map_writer
from miaf_engine.labels.class_matching import ClassUnion, united
from miaf_engine.labels.ground_area import PixelSizes, pixel_sizes
from miaf_engine.labels.label_map import raster_classes
from miaf_engine.memory import peak_memory_mb
from miaf_engine.progress import Progress, Recording, Span
from miaf_engine.reports.plots import LARGEST_MAP
from miaf_engine.requests import CompareRequest
from miaf_engine.tasks.compare.change_matrix import (
    ChangeLegend,
    ChangeMatrix,
    change_legend,
)
from miaf_engine.tasks.compare.change_report import (
    ChangeContent,
    write_change_csv,
    write_change_report,
)
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.translation import marked, tr

_SIDE = 1024  # of the blocks in which the maps are read
_BITS = 16  # of a class value


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two open maps on one grid."""

    before: ClassMapReader
    after: ClassMapReader
    windows: Sequence[Window]

    def codes(self, window: Window) -> NDArray[np.int64]:
        """Return both values of each pixel in one number, (h, w)."""
        before, after = self.before.read(window), self.after.read(window)
        return (before.astype(np.int64) << _BITS) | after


def compare_dates(request: CompareRequest, progress: Progress) -> dict[str, Any]:
    """Compare two class maps, block by block.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    progress = Recording(progress)
    outputs = _checked_targets(request)
    with ExitStack() as stack:
        pair = _opened(request, stack, progress)
        grid = pair.before.grid
        if request.output:
            check_grid_fits(request.output, grid)
        sizes = pixel_sizes(grid)
        counts = _counted(pair, sizes, Span(progress, 0.0, 0.5))
        union = _classes(request, pair, list(counts), progress)
        matrix = _matrix(counts, union, sizes)
        legend = change_legend(matrix.matrix)
        picture = _write_map(
            request, pair, matrix, legend, stack, Span(progress, 0.5, 0.95)
        )
        figures = {
            **matrix.matrix.as_json(),
            "classes": legend.classes.as_json(),
            "change_values": legend.rule,
            "class_notes": list(union.notes),
        }
        figures["seconds"] = round(time.perf_counter() - started, 3)
        figures["peak_memory_mb"] = round(peak_memory_mb(), 1)
        progress.step(0.95, tr("Writing the results"))
        if request.matrix:
            write_change_csv(request.matrix, matrix.matrix)
        if request.report:
            before, after = _names(request)
            content = ChangeContent(
                matrix.matrix,
                legend,
                picture,
                {marked("Map before"): before, marked("Map after"): after},
                union.notes,
                progress.warnings,
                figures,
            )
            write_change_report(request.report, content)
    return {"outputs": outputs, "figures": figures}


def _checked_targets(request: CompareRequest) -> dict[str, str]:
    names = ("output", "matrix", "report")
    paths = {name: getattr(request, name) for name in names}
    outputs = check_targets(paths, (request.before, request.after))
    if not outputs:
        raise ConfigError(
            tr("There is nothing to write."),
            hint=tr("Ask for the change map, the matrix or the report."),
        )
    return outputs


def _names(request: CompareRequest) -> tuple[str, str]:
    """Return what to call the maps."""
    return (
        request.before_name or Path(request.before).name,
        request.after_name or Path(request.after).name,
    )


def _opened(request: CompareRequest, stack: ExitStack, progress: Progress) -> _Pair:
    before = stack.enter_context(ClassMapReader(request.before, progress))
    after = stack.enter_context(ClassMapReader(request.after, progress))
    what = tr("map after '{name}'").format(name=_names(request)[1])
    after.bring_onto(before.grid, what, tr("map before"), progress)
    tiles = tiles_of_side(before.grid.height, before.grid.width, _SIDE)
    return _Pair(before, after, [tile.core for tile in tiles])


def _counted(
    pair: _Pair, sizes: PixelSizes, progress: Progress
) -> dict[tuple[int, int], tuple[int, float]]:
    """Return pixels and area of each pair of values that occurs."""
    counts: dict[tuple[int, int], tuple[int, float]] = {}
    for done, window in enumerate(pair.windows):
        progress.step(done / len(pair.windows), tr("Counting the changes"))
        found, place = np.unique(pair.codes(window), return_inverse=True)
        place = place.ravel()
        pixels = np.bincount(place)
        areas = np.bincount(place, sizes.within(window).ravel())
        for code, number, area in zip(
            found.tolist(), pixels.tolist(), areas.tolist(), strict=True
        ):
            key = (code >> _BITS, code & MAX_CLASSES)
            known = counts.get(key, (0, 0.0))
            counts[key] = (known[0] + number, known[1] + area)
    if not any(one and other for one, other in counts):
        raise SampleError(
            tr("No pixel has a class in both maps."),
            hint=tr("Check that the maps show the same place and have classes there."),
        )
    return counts


def _classes(
    request: CompareRequest,
    pair: _Pair,
    pairs: Sequence[tuple[int, int]],
    progress: Progress,
) -> ClassUnion:
    """Return the classes of both maps, and say how they were matched."""
    tables: list[ClassTable] = []
    sides = (
        (pair.before, request.before_styles, {one for one, _ in pairs}),
        (pair.after, request.after_styles, {other for _, other in pairs}),
    )
    for reader, styles, values in sides:
        present = sorted(values - {0})
        own = reader.classes(present)
        given = reader.styles(styles)
        tables.append(raster_classes(present, own, given, progress))
    union = united(*tables)
    for note in union.notes:
        progress.info(note)
    return union


@dataclass(frozen=True, eq=False)
class _Matched:
    """The matrix, and the place in it of each value before and after; -1 for none."""

    matrix: ChangeMatrix
    before: NDArray[np.int64]
    after: NDArray[np.int64]


def _matrix(
    counts: dict[tuple[int, int], tuple[int, float]],
    union: ClassUnion,
    sizes: PixelSizes,
) -> _Matched:
    lookups = []
    for side, places in enumerate((union.first, union.second)):
        values = sorted({pair[side] for pair in counts} - {0})
        lookup = np.full(MAX_CLASSES + 1, -1, np.int64)
        lookup[values] = places
        lookups.append(lookup)
    size = len(union.classes)
    pixels, areas = np.zeros((size, size), np.int64), np.zeros((size, size))
    alone = [0, 0]
    for (one, other), (number, area) in counts.items():
        if one and other:
            pixels[lookups[0][one], lookups[1][other]] += number
            areas[lookups[0][one], lookups[1][other]] += area
        elif one or other:
            alone[0 if one else 1] += number
    areas = np.round(areas, 10)  # without the error of many small sums
    matrix = ChangeMatrix(
        union.classes, pixels, areas, sizes.unit, sizes.measure, *alone
    )
    return _Matched(matrix, *lookups)


def _write_map(
    request: CompareRequest,
    pair: _Pair,
    matched: _Matched,
    legend: ChangeLegend,
    stack: ExitStack,
    progress: Progress,
) -> NDArray[np.uint16]:
    """Write the change map, and return a picture of it in places of the legend."""
    grid, writer = pair.before.grid, None
    if request.output:
        options = request.creation_options or ()
        target = class_map_writer(request.output, grid, legend.classes, options)
        writer = stack.enter_context(target)
    codes = np.pad(legend.codes, ((0, 1), (0, 1)))  # place -1 is no class
    places = np.zeros(MAX_CLASSES + 1, np.uint16)
    places[legend.classes.values] = np.arange(1, len(legend.classes) + 1)
    step = -(-max(grid.height, grid.width) // LARGEST_MAP)
    picture = np.zeros((-(-grid.height // step), -(-grid.width // step)), np.uint16)
    for done, window in enumerate(pair.windows):
        progress.step(done / len(pair.windows), tr("Writing the change map"))
        both = pair.codes(window)
        rows = matched.before[both >> _BITS]
        found = codes[rows, matched.after[both & MAX_CLASSES]]
        if writer is not None:
            writer.write(window, found)
        top, left = -window.row % step, -window.column % step
        seen = places[found[top::step, left::step]]
        row, column = -(-window.row // step), -(-window.column // step)
        picture[row : row + seen.shape[0], column : column + seen.shape[1]] = seen
    return picture
