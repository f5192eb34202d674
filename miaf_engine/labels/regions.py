"""Turns labelled pixels into polygons, and writes them as a styled GeoPackage."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError
from rasterio.features import shapes
from rasterio.transform import Affine
from shapely.geometry.base import BaseGeometry

from miaf_engine.classes import ClassTable
from miaf_engine.errors import InputError, VectorFileError
from miaf_engine.grid import Grid
from miaf_engine.io.outputs import pending
from miaf_engine.labels.area_style import STYLE_TABLE, categorised_style

CLASS_FIELD, VALUE_FIELD = "class", "value"
# Published ground truths have below a thousand regions; more are noise, not areas.
MAX_REGIONS = 200_000


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
                f"The labels have more than {MAX_REGIONS} regions, too many for areas.",
                hint="Train with the label raster instead.",
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
            pyogrio.raw.write(
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
            raise VectorFileError(f"Cannot write '{path}': {error}") from error


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
