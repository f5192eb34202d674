"""The part of a cube that an extent in map coordinates asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable

from miaf_engine.errors import ConfigError
from miaf_engine.grid import Grid, Window


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
        raise ConfigError(f"The extent must be four numbers (got {extent}).")
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
            f"The extent {_listed(extent)} lies outside the cube.",
            hint=f"The cube covers {_listed(grid.bounds)}.",
        )
    return Window(top, left, bottom - top, right - left)


def _listed(bounds: Iterable[float]) -> str:
    # Ten digits: northings have seven before the point, degrees need seven behind it.
    return ", ".join(f"{value:.10g}" for value in bounds)
