"""Labelled regions and superpixels as polygons in vector files."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError
from rasterio.features import shapes
from rasterio.transform import Affine
from shapely.geometry.base import BaseGeometry

from miaf_engine.classes import ClassTable
from miaf_engine.errors import InputError, VectorFileError
from miaf_engine.grid import Grid, Window
from miaf_engine.io import vectors
from miaf_engine.io.gdal import crs_name, epsg_code
from miaf_engine.io.outputs import pending
from miaf_engine.labels.area_style import STYLE_TABLE, categorised_style, outline_style
from miaf_engine.translation import tr

VALUE_FIELD = "value"

# Published ground truths have below a thousand regions; more are noise, not areas.
MAX_REGIONS = 200_000

_SHAPEFILE = "ESRI Shapefile"
DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".shp": _SHAPEFILE}
_LONGEST_TEXT = {".shp": 254}
_MOST_FIELDS = {".shp": 255}

# A user's class goes into `class`; it is empty.
ID_FIELD, CLASS_FIELD, NEIGHBOURS_FIELD = "id", "class", "neighb_ids"


@dataclass(frozen=True, eq=False)
class Regions:
    """Connected regions of one class each.

    Attributes:
        polygons: Their outlines along the pixels' edges, in map coordinates.
        values: Class value of each.
    """

    polygons: tuple[BaseGeometry, ...]
    values: tuple[int, ...]


def regions_of(labels: NDArray[np.uint16], grid: Grid) -> Regions:
    """Return the regions of equal labels, joined by sides.

    Pixels that touch at a corner are two polygons, because one would cross itself
    there; readers of areas join polygons of one class that touch.

    Args:
        labels: uint16 (H, W), class values, 0 = unlabelled.
        grid: Where the pixels lie.

    Raises:
        InputError: There are more than `MAX_REGIONS`.
    """
    polygons: list[BaseGeometry] = []
    values: list[int] = []
    transform = Affine(*grid.transform)
    for outline, value in shapes(labels, labels > 0, 4, transform):
        polygons.append(shapely.geometry.shape(outline))
        values.append(int(value))
        if len(values) > MAX_REGIONS:
            raise InputError(
                tr(
                    "The labels have more than {max_regions} regions, which is too "
                    "many for areas."
                ).format(max_regions=MAX_REGIONS),
                hint=tr("Train with the label raster instead."),
            )
    return Regions(tuple(polygons), tuple(values))


def write_regions(
    path: Path, regions: Regions, classes: ClassTable, crs: str | None
) -> None:
    """Write regions as a GeoPackage with the fields `class` and `value`.

    The layer's default style, in the classes' colours, is stored in the file.

    Raises:
        FileError: The target cannot be written.
        VectorFileError: GDAL or SQLite failed.
    """
    names = dict(zip(classes.values, classes.names, strict=True))
    layer = path.stem
    with pending(path) as temporary, warnings.catch_warnings():
        try:
            # GDAL warns of a missing CRS; benchmark scenes have none.
            warnings.filterwarnings("ignore", "'crs' was not provided")
            vectors.write(
                temporary,
                geometry=shapely.to_wkb(list(regions.polygons)),
                field_data=[
                    np.array([names[value] for value in regions.values], dtype=object),
                    np.array(regions.values, dtype=np.int32),
                ],
                fields=[CLASS_FIELD, VALUE_FIELD],
                geometry_type="Polygon",
                crs=crs,
                layer=layer,
                driver="GPKG",
                dataset_options={"VERSION": "1.2"},  # newer ones make GDAL 3.6 warn
                append=False,
            )
            store_style(temporary, layer, categorised_style(CLASS_FIELD, classes))
        except (DataSourceError, sqlite3.Error, RuntimeError) as error:
            raise VectorFileError(
                tr("Cannot write '{path}': {text}").format(path=path, text=error)
            ) from error


def store_style(path: Path, layer: str, style: str) -> None:
    """Store a layer's default style in its GeoPackage, where QGIS looks for it."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(STYLE_TABLE)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles')"
        )
        (column,) = base.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?",
            (layer,),
        ).fetchone()
        base.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, useAsDefault) "
            "VALUES ('', '', ?, ?, ?, ?, 1)",
            (layer, column, layer, style),
        )


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
        raise InputError(
            (
                tr(
                    "Cannot write '{target}': GeoJSON needs the EPSG code of a CRS, "
                    "but the cube has no CRS."
                )
                if crs is None
                else tr(
                    "Cannot write '{target}': GeoJSON needs the EPSG code of a CRS, "
                    "but the CRS '{crs}' has none."
                )
            ).format(target=target, crs=crs_name(crs)),
            hint=tr("Write a GeoPackage (.gpkg) instead."),
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
                vectors.write(
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
        return VectorFileError(
            tr("Cannot write '{path}': {text}").format(path=self._target, text=error)
        )


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
            tr(
                "A Shapefile has at most {most} fields, but {fields} are needed."
            ).format(most=most, fields=fields),
            hint=tr("Write a GeoPackage (.gpkg), or leave out the band means."),
        )
    with pending(target) as temporary:
        writer = SuperpixelWriter(temporary, target, crs, style or outline_style())
        yield writer
        writer.finish()
