"""Brings geometries to the CRS of a grid and makes sure that they meet it."""

from __future__ import annotations

import re

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.warp import transform as transform_coordinates

from miaf_engine.errors import GridMismatchError, RasterFileError
from miaf_engine.grid import Grid
from miaf_engine.io.gdal import (
    crs_name,
    gdal_call,
    read_crs,
    same_crs,
)

# What GDAL calls the CRS of a layer without one in a GeoPackage, which needs a name.
_UNDEFINED = re.compile(r'\w+\["Undefined (geographic |Cartesian )?SRS"')


def placed(
    geometries: NDArray[np.object_], crs: str | None, grid: Grid, source: str
) -> NDArray[np.object_]:
    """Return geometries in the grid's CRS, at least one of them on the grid.

    Args:
        geometries: Any shapely geometries.
        crs: Their CRS as WKT or authority code, or None.
        grid: The cube's grid.
        source: How messages call the file they come from.

    Raises:
        GridMismatchError: Only one side has a CRS, the transformation fails, or no
            geometry lies on the grid.
        InputError: PROJ does not know the CRS.
    """
    crs = None if crs is not None and _UNDEFINED.match(crs) else crs
    if (crs is None) != (grid.crs is None):
        known = f"is in {crs_name(crs or grid.crs)}"
        areas, cube = (known, "has no CRS") if crs else ("has no CRS", known)
        raise GridMismatchError(
            f"'{source}' {areas}, and the cube {cube}.",
            hint=f"Assign a CRS to the {'cube' if crs else 'areas'}.",
        )
    moved = geometries
    if crs is not None and grid.crs is not None:
        wkt = read_crs(crs).to_wkt()
        if not same_crs(wkt, grid.crs):
            moved = _transformed(geometries, wkt, grid.crs, source)
        crs = wkt
    corners = shapely.polygons(grid.corners)
    if not shapely.intersects(moved, corners).any():
        there = tuple(round(float(x), 6) for x in shapely.total_bounds(geometries))
        here = tuple(round(x, 6) for x in grid.bounds)
        raise GridMismatchError(
            f"The areas of '{source}' lie outside the cube: they cover {there} in "
            f"{crs_name(crs)}, the cube {here} in {crs_name(grid.crs)}.",
            hint="Check the CRS of both, or choose areas that overlap the cube.",
        )
    return moved


def _transformed(
    geometries: NDArray[np.object_], source_crs: str, target_crs: str, source: str
) -> NDArray[np.object_]:
    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        with gdal_call(source, "transform"):
            xs, ys = transform_coordinates(
                read_crs(source_crs), read_crs(target_crs), points[:, 0], points[:, 1]
            )
        return np.column_stack([xs, ys])

    try:
        moved = shapely.transform(geometries, move)
    except RasterFileError:  # PROJ's own words are pages of JSON.
        moved = None
    if moved is None or not np.isfinite(shapely.get_coordinates(moved)).all():
        raise GridMismatchError(
            f"The areas of '{source}' cannot be brought from {crs_name(source_crs)} to "
            f"the cube's {crs_name(target_crs)}.",
            hint="Check the CRS of both, or draw the areas in that of the cube.",
        )
    return moved
