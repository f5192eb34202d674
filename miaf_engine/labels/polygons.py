"""Superpixels as polygons, and the vector file that holds them."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError
from rasterio.features import shapes
from rasterio.transform import Affine

from miaf_engine.errors import InputError, VectorFileError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.gdal import crs_name, epsg_code
from miaf_engine.io.outputs import pending
from miaf_engine.labels.area_style import outline_style
from miaf_engine.labels.regions import store_style

_SHAPEFILE = "ESRI Shapefile"
DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".shp": _SHAPEFILE}
_LONGEST_TEXT = {".shp": 254}
_MOST_FIELDS = {".shp": 255}


def outlines(
    segments: NDArray[np.int32], window: Window, grid: Grid
) -> NDArray[np.object_]:
    """Return the polygon of each superpixel, along the edges of its pixels.

    Corners are whole pixels before they become map coordinates, so neighbours share
    theirs to the last bit, in another block as well.

    Args:
        segments: int32 (h, w), superpixel 0..N-1, each joined by sides; -1 for none.
        window: Where they lie in the grid.
        grid: The cube's grid; any rotation.

    Returns:
        object (N,), valid polygons in map coordinates.
    """
    found = np.empty(int(segments.max()) + 1, dtype=object)
    for outline, number in shapes(segments, segments >= 0, 4):
        found[int(number)] = shapely.geometry.shape(outline)
    transform = Affine(*grid.transform)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        columns, rows = points[:, 0] + window.column, points[:, 1] + window.row
        return np.column_stack(transform @ (columns, rows))

    return np.asarray(shapely.transform(found, move))


def crs_to_write(path: str | Path, crs: str | None) -> str | None:
    """Return a CRS as the format of a layer takes it.

    GeoJSON names a CRS by its EPSG code. GDAL leaves any other out without a word, and
    who reads the file takes metres for degrees.

    Args:
        path: Target, whose suffix is one of `DRIVERS`.
        crs: CRS of the polygons as WKT, or None.

    Raises:
        InputError: The format cannot hold the CRS.
    """
    target = Path(path)
    if DRIVERS[target.suffix.lower()] != "GeoJSON":
        return crs
    code = None if crs is None else epsg_code(crs)
    if code is None:
        found = "cube has no CRS" if crs is None else f"CRS '{crs_name(crs)}' has none"
        raise InputError(
            f"Cannot write '{target}': GeoJSON names a CRS by its EPSG code, and the "
            f"{found}.",
            hint="Write a GeoPackage (.gpkg) instead.",
        )
    return f"EPSG:{code}"


class SuperpixelWriter:
    """Takes superpixels in batches; see `superpixel_writer`."""

    def __init__(
        self, temporary: Path, target: Path, crs: str | None, style: str
    ) -> None:
        self._temporary, self._target = temporary, target
        self._crs = crs_to_write(target, crs)
        self._style = style
        self._driver = DRIVERS[target.suffix.lower()]
        self._kept: list[tuple[NDArray[np.object_], dict[str, NDArray[Any]]]] = []
        self._started = False
        self.longest_text = _LONGEST_TEXT.get(target.suffix.lower())

    def write(
        self, polygons: NDArray[np.object_], columns: dict[str, NDArray[Any]]
    ) -> None:
        """Write a batch.

        Args:
            polygons: object (n,).
            columns: Values (n,) by field, the same fields in each batch; None and NaN
                stand for no value.

        Raises:
            VectorFileError: GDAL failed.
        """
        if self._driver == "GeoJSON":  # it cannot be added to without reading it all
            self._kept.append((polygons, columns))
        elif len(polygons):
            self._write(polygons, columns)

    def finish(self) -> None:
        """Write what is kept back, and a style into a GeoPackage."""
        if self._kept:
            names = self._kept[0][1]
            columns = {n: np.concatenate([c[n] for _, c in self._kept]) for n in names}
            self._write(np.concatenate([p for p, _ in self._kept]), columns)
        if self._driver == "GPKG":
            try:
                store_style(self._temporary, self._target.stem, self._style)
            except sqlite3.Error as error:
                raise self._failure(error) from error

    def _write(
        self, polygons: NDArray[np.object_], columns: dict[str, NDArray[Any]]
    ) -> None:
        options = {"VERSION": "1.2"} if self._driver == "GPKG" else None
        with warnings.catch_warnings():
            # GDAL warns of a missing CRS, which not every cube has.
            warnings.filterwarnings("ignore", "'crs' was not provided")
            try:
                pyogrio.raw.write(
                    self._temporary,
                    geometry=shapely.to_wkb(polygons),
                    field_data=list(columns.values()),
                    fields=list(columns),
                    geometry_type="Polygon",
                    crs=self._crs,
                    # A Shapefile's layer is called as its file.
                    layer=None if self._driver == _SHAPEFILE else self._target.stem,
                    driver=self._driver,
                    dataset_options=options,
                    append=self._started,
                )
            except (DataSourceError, RuntimeError) as error:
                raise self._failure(error) from error
        self._started = True

    def _failure(self, error: Exception) -> VectorFileError:
        return VectorFileError(f"Cannot write '{self._target}': {error}")


@contextmanager
def superpixel_writer(
    path: str | Path, crs: str | None, fields: int, style: str | None = None
) -> Iterator[SuperpixelWriter]:
    """Write a layer of superpixels that appears at the end, whole.

    Args:
        path: Target, whose suffix is one of `DRIVERS`.
        crs: CRS of the polygons as WKT, or None.
        fields: Number of fields that they will have.
        style: QML for a GeoPackage; None draws outlines.

    Raises:
        FileError: The target cannot be written.
        VectorFileError: GDAL or SQLite failed.
        InputError: The format cannot hold so many fields, or the CRS.
    """
    target = Path(path)
    most = _MOST_FIELDS.get(target.suffix.lower())
    if most is not None and fields > most:
        raise InputError(
            f"A Shapefile holds {most} fields at most, and {fields} are asked for.",
            hint="Write a GeoPackage (.gpkg), or leave the band means out.",
        )
    with pending(target) as temporary:
        writer = SuperpixelWriter(temporary, target, crs, style or outline_style())
        yield writer
        writer.finish()


# A user's class goes into `class`; it is empty.
ID_FIELD, CLASS_FIELD, NEIGHBOURS_FIELD = "id", "class", "neighb_ids"
