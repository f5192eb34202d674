"""Reads the mask of a cube: a raster on its pixels, or polygons."""

from __future__ import annotations

import math

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.io import DatasetReader

from miaf_engine.errors import (
    GridMismatchError,
    InputError,
    RasterFileError,
    VectorFileError,
)
from miaf_engine.grid import Grid, Window
from miaf_engine.io.class_maps import check_same_grid, turned_onto
from miaf_engine.io.gdal import (
    crs_name,
    gdal_call,
    grid_of,
    open_raster,
    same_crs,
)
from miaf_engine.io.nodata import equals_nodata
from miaf_engine.io.paths import is_there
from miaf_engine.labels.areas import read_areas
from miaf_engine.labels.class_keys import class_table
from miaf_engine.labels.rasterising import label_map_from_areas
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr

_CHUNK_PIXELS = 4_000_000
# How far, in pixels, the mask's corners may lie off whole pixels of the cube.
_TOLERANCE = 0.01
_POLYGONS = ("Polygon", "MultiPolygon", "GeometryCollection")


def read_mask(
    path: str, layer: str | None, grid: Grid, progress: Progress = SILENT
) -> NDArray[np.bool_]:
    """Return where a mask keeps the pixels of a cube.

    A raster keeps where it is neither 0 nor nodata nor NaN; it may cover another part
    of the scene than the cube if their pixels coincide, and keeps nothing where it is
    not. Polygons keep the pixels whose centre they hold, in any CRS.

    Args:
        path: Raster of one band, or vector file.
        layer: Layer of a vector file; None takes the only one.
        grid: The cube's grid.
        progress: Warned of what is odd.

    Returns:
        bool (H, W).

    Raises:
        GridMismatchError: The mask does not lie on the cube's pixels, or misses them.
        InputError: A raster has several bands, or a vector file holds no polygon.
        FileError: The file is missing, or neither raster nor vector data.
    """
    if layer is not None:
        return _from_polygons(path, layer, grid, progress)
    try:
        dataset = open_raster(path, mend_header=True)
    except RasterFileError as error:
        if not is_there(path):
            raise
        try:
            return _from_polygons(path, layer, grid, progress)
        except VectorFileError as other:
            raise RasterFileError(
                tr(
                    "The mask '{path}' can be read neither as a raster ({raster}) nor "
                    "as a vector file ({vector})."
                ).format(path=path, raster=error.message, vector=other.message)
            ) from other
    with dataset:
        kept = _from_raster(dataset, path, grid)
    if not kept.any():
        raise GridMismatchError(
            tr("The mask '{path}' keeps no pixels of the cube.").format(path=path),
            hint=tr("Pixels to keep must be neither 0 nor nodata in the mask."),
        )
    return kept


def _from_polygons(
    path: str, layer: str | None, grid: Grid, progress: Progress
) -> NDArray[np.bool_]:
    areas = read_areas(path, None, grid, layer, progress=progress)
    if not any(shape.geom_type in _POLYGONS for shape in areas.geometries):
        raise InputError(
            tr("The mask '{path}' has no polygons.").format(path=path),
            hint=tr("Draw polygons around the pixels to keep."),
        )
    one = class_table(["kept"])[0]
    labels = label_map_from_areas(areas, {None: 1}, one, grid, progress)
    return np.asarray(labels.values > 0)


def _from_raster(dataset: DatasetReader, path: str, grid: Grid) -> NDArray[np.bool_]:
    if dataset.count != 1:
        raise InputError(
            tr("The mask '{path}' has {count} bands, but a mask has one.").format(
                path=path, count=dataset.count
            ),
            hint=tr("Extract the band that marks the pixels to keep."),
        )
    found, turned = turned_onto(grid_of(dataset), grid)
    row, column = _offset(found, grid, path)
    kept = np.zeros((grid.height, grid.width), bool)
    top, left = max(row, 0), max(column, 0)
    bottom = min(row + found.height, grid.height)
    right = min(column + found.width, grid.width)
    if top >= bottom or left >= right:
        raise GridMismatchError(
            tr(
                "The mask '{path}' lies outside the cube: it covers {there}, and the "
                "cube covers {here}, in {crs}."
            ).format(
                path=path,
                there=found.bounds,
                here=grid.bounds,
                crs=crs_name(grid.crs),
            ),
            hint=tr("Use a mask of the same place."),
        )
    step = max(1, _CHUNK_PIXELS // (right - left))
    for start in range(top, bottom, step):
        stop = min(start + step, bottom)
        part = Window(start - row, left - column, stop - start, right - left)
        place = _in_file(part, found, turned)
        with gdal_call(path, "read"):
            values = dataset.read(1, window=place)[turned]
            present = dataset.read_masks(1, window=place)[turned] != 0
        if values.dtype.kind == "f":
            present &= ~np.isnan(values)
        if dataset.nodata is not None:
            present &= ~equals_nodata(values, dataset.nodata)
        kept[start:stop, left:right] = present & (values != 0)
    return kept


def _in_file(
    part: Window, grid: Grid, turned: tuple[slice, slice]
) -> rasterio.windows.Window:
    """Return where the file has a part of its grid, of which axes may be turned."""
    row, column = part.row, part.column
    if turned[0].step:
        row = grid.height - part.height - part.row
    if turned[1].step:
        column = grid.width - part.width - part.column
    return rasterio.windows.Window(column, row, part.width, part.height)


def _offset(found: Grid, grid: Grid, path: str) -> tuple[int, int]:
    """Return the cube's row and column where the mask's first pixel lies.

    Raises:
        GridMismatchError: The pixels of the two do not coincide.
    """
    if not (found.georeferenced and grid.georeferenced):
        check_same_grid(found, grid, tr("mask '{path}'").format(path=path))
        return 0, 0
    if not same_crs(found.crs, grid.crs):
        raise GridMismatchError(
            tr("The mask '{path}' is in {crs}, but the cube is in {cube_crs}.").format(
                path=path, crs=crs_name(found.crs), cube_crs=crs_name(grid.crs)
            ),
            hint=tr("Reproject it to the grid of the cube."),
        )
    sizes = zip(found.pixel, grid.pixel, strict=True)
    if not all(math.isclose(own, wanted, rel_tol=1e-3) for own, wanted in sizes):
        raise GridMismatchError(
            tr(
                "A pixel of the mask '{path}' measures {size}, and one of the cube "
                "{cube_size}."
            ).format(path=path, size=_measured(found), cube_size=_measured(grid)),
            hint=tr("Resample it to the grid of the cube."),
        )
    places = [_pixel(grid, x, y) for x, y in found.corners]
    row, column = (round(value) for value in places[0])
    ends = ((0, 0), (0, found.width), (found.height, found.width), (found.height, 0))
    away = max(
        math.dist(place, (row + down, column + across))
        for place, (down, across) in zip(places, ends, strict=True)
    )
    if not away <= _TOLERANCE:
        raise GridMismatchError(
            tr(
                "The pixels of the mask '{path}' are shifted by {away:.2g} pixels "
                "against those of the cube."
            ).format(path=path, away=away),
            hint=tr("Resample it to the grid of the cube."),
        )
    return row, column


def _measured(grid: Grid) -> str:
    width, height = grid.pixel
    return f"{width:.6g} x {height:.6g}"


def _pixel(grid: Grid, x: float, y: float) -> tuple[float, float]:
    """Return row and column of a place, with fractions."""
    a, b, c, d, e, f = grid.transform
    scale = a * e - b * d
    column = (e * (x - c) - b * (y - f)) / scale
    return (a * (y - f) - d * (x - c)) / scale, column
