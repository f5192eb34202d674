"""Cut a cube into superpixels, as areas to put classes on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.band_selection import BandChoice, empty_bands
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.sample import (
    SAMPLE_PIXELS,
    sample_spectra,
    sample_windows,
)
from miaf_engine.cubes.tiles import (
    BASE_MB,
    SMALLEST_TILE,
    budget_mb,
    tiles_of_side,
)
from miaf_engine.errors import ConfigError, CubeError, MemoryShortError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.outputs import check_writable
from miaf_engine.labels.ground_area import pixel_sizes
from miaf_engine.labels.polygons import (
    DRIVERS,
    crs_to_write,
    superpixel_writer,
)
from miaf_engine.memory import peak_memory_mb
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.progress import Progress, Span
from miaf_engine.requests.settings import BandConfig, SegmentationConfig
from miaf_engine.requests.superpixels import SuperpixelsRequest
from miaf_engine.tasks.inputs import opened_cube
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.tasks.superpixels.blocks import SuperpixelCutter
from miaf_engine.tasks.superpixels.rows import SuperpixelRows, band_fields
from miaf_engine.translation import marked, tr

_FEWEST_SAMPLED = 2000  # pixels; below, a mask or nodata hides most of a large scene

_EMPTY = marked(
    "{count} left out because they hold one value or none where the cube was "
    "sampled: {bands}."
)


def cut_into_superpixels(
    request: SuperpixelsRequest, progress: Progress
) -> dict[str, Any]:
    """Write the superpixels of a cube as polygons with figures and neighbours.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    target = _checked_target(request)
    config: SegmentationConfig = request.part(SegmentationConfig)
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        crs_to_write(target, reader.grid.crs)
        bands = _chosen_bands(request, reader, progress)
        names = band_fields(reader.bands.take(bands)) if request.band_means else []
        windows = plan_blocks(reader.grid, len(bands), config, request.memory_mb)
        if len(windows) > 1:
            progress.info(
                tr(
                    "The cube is divided into {windows} blocks to fit the memory "
                    "budget. Superpixels end at the edges of the blocks."
                ).format(windows=len(windows))
            )
        cutter = _cutter(request, reader, bands, windows, config, progress)
        crs, columns = reader.grid.crs, len(SuperpixelRows.FIELDS) + len(names)
        writer = stack.enter_context(superpixel_writer(target, crs, columns))
        rows = SuperpixelRows(writer, names, known_size=cutter.sizes.unit == "ha")
        for block in cutter.blocks(windows, Span(progress, 0.15, 0.98)):
            rows.take(block)
        rows.finish()
    if rows.cut_lists:
        progress.warning(
            tr(
                "Superpixels whose list of neighbours is cut short, because it is "
                "too long for a Shapefile: {cut_lists}. A GeoPackage has no such "
                "limit."
            ).format(cut_lists=rows.cut_lists)
        )
    progress.info(
        tr("Superpixels: {count}, with {mean:.1f} pixels on average.").format(
            count=rows.count, mean=rows.pixels / rows.count
        )
    )
    figures = {
        "superpixels": rows.count,
        "pixels": rows.pixels,
        "mean_pixels": rows.pixels / rows.count,
        "mean_spread": rows.mean_spread,
        "bands_used": len(bands),
        "blocks": len(windows),
        "area_measure": cutter.sizes.measure,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    return {"outputs": {"output": target}, "figures": figures}


def plan_blocks(
    grid: Grid, bands: int, config: SegmentationConfig, memory_mb: int
) -> list[Window]:
    """Cut a grid into the largest square blocks that fit the memory budget.

    Counted as alive at once: the cube read, its variates and a copy (float32), the
    components as slic has them (float64, three times), rows of numbers, and of each
    superpixel its polygon with about 4 kB and its means of the bands.

    Raises:
        MemoryShortError: Not even the smallest block fits.
    """
    superpixel = 4000 + 12 * bands
    pixel = 16 * bands + 32 * config.components + 64
    per_pixel = pixel + superpixel / config.pixels_per_superpixel
    budget = budget_mb(memory_mb)
    room = max(budget - BASE_MB, 0) * 2**20 / per_pixel
    if grid.height * grid.width <= room:
        return [grid.window]
    side = int(room**0.5)
    if side < SMALLEST_TILE:
        needed = BASE_MB + SMALLEST_TILE**2 * pixel / 2**20
        raise MemoryShortError(
            tr(
                "The memory budget of {budget:.0f} MiB is too small for this cube."
            ).format(budget=budget),
            hint=tr("It needs at least {needed:.0f} MiB.").format(needed=needed),
        )
    return [tile.core for tile in tiles_of_side(grid.height, grid.width, side)]


def _checked_target(request: SuperpixelsRequest) -> str:
    if not request.output:
        raise ConfigError(
            tr("There is nothing to write."),
            hint=tr("Give the output, for example superpixels.gpkg."),
        )
    check_writable(request.output, tuple(DRIVERS))
    # Not as "output", which is a raster elsewhere.
    check_targets({"polygons": request.output}, (request.cube, request.mask))
    return request.output


def _chosen_bands(
    request: SuperpixelsRequest, reader: CubeReader, progress: Progress
) -> tuple[int, ...]:
    """Return the bands used, and say which are left out."""
    places = np.zeros((reader.grid.height, reader.grid.width), bool)
    for window in sample_windows(reader.grid):
        places[window.slices] = True
    choice = BandChoice.of(reader.bands, request.part(BandConfig))
    choice = choice.without(empty_bands(reader, choice.used, places, progress))
    for line in choice.lines(tr(_EMPTY)):
        progress.info(line)
    return choice.used


def _cutter(
    request: SuperpixelsRequest,
    reader: CubeReader,
    bands: Sequence[int],
    windows: Sequence[Window],
    config: SegmentationConfig,
    progress: Progress,
) -> SuperpixelCutter:
    """Measure the scene; no labels are used."""
    spectra = _sampled(reader, bands, windows, Span(progress, 0.0, 0.15))
    normalisation = Normalisation.fit(spectra)
    pixels = normalisation.spectra(spectra).T
    projection = Projection.fit_pca(pixels, config.components)
    sizes = pixel_sizes(reader.grid)
    return SuperpixelCutter(
        reader, bands, normalisation, projection, config, sizes, request.band_means
    )


def _sampled(
    reader: CubeReader,
    bands: Sequence[int],
    windows: Sequence[Window],
    progress: Progress,
) -> NDArray[np.float32]:
    """Return spectra spread over the scene, or from wherever there are some."""
    spectra = sample_spectra(reader, bands, progress)
    grid = reader.grid
    whole = grid.height * grid.width <= SAMPLE_PIXELS
    if whole or spectra.shape[1] >= _FEWEST_SAMPLED:
        return spectra
    pieces, count = [], 0
    for done, window in enumerate(windows):
        progress.step(done / len(windows), tr("Looking for pixels with data"))
        cube = reader.read(window, bands)
        found = cube.values[:, cube.valid]
        pieces.append(found[:, :: max(1, found.shape[1] // SAMPLE_PIXELS)])
        count += pieces[-1].shape[1]
        if count >= SAMPLE_PIXELS:
            break
    if not count:
        raise CubeError(
            tr(
                "'{path}' has no pixels with data: all are nodata, NaN or masked."
            ).format(path=reader.path),
            hint=tr(
                "Check the cube's nodata value ('data ignore value' in an ENVI "
                "header) and the mask."
            ),
        )
    return np.concatenate(pieces, axis=1)
