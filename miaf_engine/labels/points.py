"""Writes points with fields and a form to a GeoPackage."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from miaf_engine.errors import VectorFileError
from miaf_engine.grid import Grid
from miaf_engine.io import vectors
from miaf_engine.io.outputs import pending
from miaf_engine.labels.polygons import store_style
from miaf_engine.translation import tr


def pixel_centres(
    rows: NDArray[np.intp], columns: NDArray[np.intp], grid: Grid
) -> NDArray[np.object_]:
    """Return the points in the middle of pixels, (n,), in map coordinates."""
    a, b, c, d, e, f = grid.transform
    x, y = columns + 0.5, rows + 0.5
    return np.asarray(shapely.points(a * x + b * y + c, d * x + e * y + f))


def write_points(
    path: str | Path,
    points: NDArray[np.object_],
    columns: Mapping[str, NDArray[Any]],
    crs: str | None,
    style: str,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Write a layer of points that is called as its file.

    Args:
        path: GeoPackage to write.
        points: object (n,).
        columns: Values (n,) by field; None and NaN stand for no value.
        crs: CRS of the points as WKT, or None.
        style: QML of the layer, which QGIS takes by itself.
        facts: What the layer's metadata says.

    Raises:
        FileError: The target cannot be written.
        VectorFileError: GDAL or SQLite failed.
    """
    target = Path(path)
    with pending(target) as temporary, warnings.catch_warnings():
        # GDAL warns of a missing CRS, which not every map has.
        warnings.filterwarnings("ignore", "'crs' was not provided")
        try:
            vectors.write(
                temporary,
                geometry=shapely.to_wkb(points),
                field_data=list(columns.values()),
                fields=list(columns),
                geometry_type="Point",
                crs=crs,
                layer=target.stem,
                driver="GPKG",
                dataset_options={"VERSION": "1.2"},  # newer ones make GDAL 3.6 warn
                layer_metadata=dict(facts) if facts else None,
                append=False,
            )
            store_style(temporary, target.stem, style)
        except (DataSourceError, sqlite3.Error, RuntimeError) as error:
            raise VectorFileError(
                tr("Cannot write '{path}': {text}").format(path=target, text=error)
            ) from error
