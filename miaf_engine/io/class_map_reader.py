"""Reads class maps window by window, on their own grid or brought onto another."""

from __future__ import annotations

import os
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT

from miaf_engine.classes import MAX_CLASSES, ClassTable
from miaf_engine.errors import GridMismatchError, InputError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.class_maps import (
    check_same_grid,
    class_values,
    file_colours,
    file_names,
    named_table,
)
from miaf_engine.io.gdal import (
    crs_name,
    gdal_call,
    grid_of,
    open_raster,
    read_crs,
    same_crs,
)
from miaf_engine.progress import SILENT, Progress


class ClassMapReader:
    """An open class map; a context manager.

    Attributes:
        path: The file as the caller named it.
        grid: The grid that its windows are read on.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._dataset: DatasetReader = open_raster(path)
        self._read_from: DatasetReader = self._dataset
        self.path = os.fspath(path)
        self.grid = grid_of(self._dataset)

    def __enter__(self) -> ClassMapReader:
        """Return the reader."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        if self._read_from is not self._dataset:
            self._read_from.close()
        self._dataset.close()

    def bring_onto(
        self, grid: Grid, what: str, other: str, progress: Progress = SILENT
    ) -> None:
        """Read on another grid from now on, each pixel the nearest of the map's.

        Args:
            grid: The grid; where it is the map's own, nothing changes.
            what: How messages call this map.
            other: How they call the raster of that grid.
            progress: Warned where pixels are taken from another place.

        Raises:
            GridMismatchError: One of the two says not where on earth it lies.
        """
        try:
            check_same_grid(self.grid, grid, what, other)
        except GridMismatchError as error:
            placed = self.grid.georeferenced and grid.georeferenced
            if not (placed and self.grid.crs and grid.crs):
                raise
            reason = error.message
        else:
            return
        with gdal_call(self.path, "warp"):
            self._read_from = WarpedVRT(
                self._dataset,
                crs=read_crs(str(grid.crs)),
                transform=Affine(*grid.transform),
                width=grid.width,
                height=grid.height,
                resampling=Resampling.nearest,
                src_nodata=self._dataset.nodata or 0,
                nodata=0,
                tolerance=0.001,  # of a pixel; GDAL takes an eighth by itself
            )
        way = (
            ""
            if same_crs(self.grid.crs, grid.crs)
            else (f" from {crs_name(self.grid.crs)} to {crs_name(grid.crs)}")
        )
        progress.warning(
            f"{reason} It is brought onto the grid of the {other}{way}, where each "
            "pixel takes the class of the nearest; along the borders of classes that "
            "makes changes of its own."
        )
        self.grid = grid

    def read(self, window: Window) -> NDArray[np.int32]:
        """Return the values of a window, int32 (h, w), 0 = unclassified.

        Raises:
            InputError: The map has several bands, or values that are no class numbers.
            RasterFileError: GDAL cannot read it.
        """
        values = class_values(self._read_from, self.path, window)
        low, high = int(values.min()), int(values.max())
        if low < 0 or high > MAX_CLASSES:
            raise InputError(
                f"The class map '{self.path}' holds the value "
                f"{low if low < 0 else high}.",
                hint=f"Class values lie between 1 and {MAX_CLASSES}; 0 is for none.",
            )
        return values

    def classes(self, values: list[int]) -> ClassTable:
        """Return classes of some values, with the file's names and colours."""
        dataset = self._dataset
        return named_table(values, file_names(dataset), file_colours(dataset))
