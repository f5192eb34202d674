"""The cube of a request, with its mask, and the bands to use."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.band_selection import BandChoice, empty_bands
from miaf_engine.cubes.reader import CubeReader, open_cube
from miaf_engine.errors import ConfigError
from miaf_engine.grid import Grid, Window
from miaf_engine.progress import Progress
from miaf_engine.requests import (
    InspectRequest,
    SuggestAreasRequest,
    SuperpixelsRequest,
    TrainRequest,
)
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.settings import BandConfig
from miaf_engine.translation import tr


def opened_cube(
    request: TrainRequest
    | ClassifyRequest
    | InspectRequest
    | SuperpixelsRequest
    | SuggestAreasRequest,
    stack: ExitStack,
    progress: Progress,
) -> CubeReader:
    """Open a request's cube, closed when `stack` ends; only its mask's pixels count.

    Raises:
        ConfigError: A layer of the mask is named, and no mask.
        MiafError: Cube or mask cannot be read, or do not fit each other.
    """
    reader = stack.enter_context(open_cube(request.cube))
    # An inspection has them among its findings.
    for note in () if isinstance(request, InspectRequest) else reader.notes:
        progress.info(note)
    if request.mask is None:
        if request.mask_layer is not None:
            raise ConfigError(
                tr("The layer '{layer}' is given without a mask.").format(
                    layer=request.mask_layer
                ),
                hint=tr("Give the mask as well."),
            )
        return reader
    # Imported here: libraries for polygons, which few runs need.
    from miaf_engine.labels.mask import read_mask

    mask = read_mask(request.mask, request.mask_layer, reader.grid, progress)
    reader.restrict(mask)
    progress.info(
        tr("The mask keeps {mask} of {size} pixels.").format(
            mask=int(mask.sum()), size=mask.size
        )
    )
    return reader


def chosen_bands(
    request: TrainRequest | InspectRequest,
    reader: CubeReader,
    labelled: NDArray[np.bool_],
    progress: Progress,
) -> BandChoice:
    """Return the bands to train on, and say which are left out.

    Args:
        request: The training request.
        reader: Its cube.
        labelled: bool (H, W), where a training area is.
        progress: Receives the choice; asked for a cancel.

    Raises:
        CubeError: Fewer than two bands are left.
        Cancelled: The caller asked to stop.
    """
    config: BandConfig = request.part(BandConfig)
    choice = BandChoice.of(reader.bands, config)
    choice = choice.without(empty_bands(reader, choice.used, labelled, progress))
    for line in choice.lines():
        progress.info(line)
    return choice


def extent_window(extent: list[float] | None, grid: Grid) -> Window:
    """Return the pixels of a grid that an extent touches.

    Args:
        extent: xmin, ymin, xmax, ymax in the grid's CRS; None for the whole grid.
        grid: The cube's grid; any rotation.

    Raises:
        ConfigError: It is no extent, or lies outside the grid.
    """
    if extent is None:
        return grid.window
    if len(extent) != 4 or not all(math.isfinite(value) for value in extent):
        raise ConfigError(
            tr("The extent must be four numbers (got {extent}).").format(extent=extent)
        )
    x0, y0, x1, y1 = extent
    a, b, c, d, e, f = grid.transform
    scale = a * e - b * d
    corners = [(x, y) for x in (x0, x1) for y in (y0, y1)]
    columns = [(e * (x - c) - b * (y - f)) / scale for x, y in corners]
    rows = [(a * (y - f) - d * (x - c)) / scale for x, y in corners]
    # A hair's breadth is rounding error of the division, not another pixel.
    near = 1e-6
    top = max(math.floor(min(rows) + near), 0)
    left = max(math.floor(min(columns) + near), 0)
    bottom = min(math.ceil(max(rows) - near), grid.height)
    right = min(math.ceil(max(columns) - near), grid.width)
    if top >= bottom or left >= right:
        raise ConfigError(
            tr("The extent {extent} lies outside the cube.").format(
                extent=_listed(extent)
            ),
            hint=tr("The cube covers {bounds}.").format(bounds=_listed(grid.bounds)),
        )
    return Window(top, left, bottom - top, right - left)


def _listed(bounds: Iterable[float]) -> str:
    # Ten digits: northings have seven before the point, degrees need seven behind it.
    return ", ".join(f"{value:.10g}" for value in bounds)
