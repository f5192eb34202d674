"""Turn the arrays of a benchmark scene into a cube, a label raster and areas."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import ClassTable
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.writer import check_nodata, cube_writer
from miaf_engine.errors import ConfigError, InputError
from miaf_engine.grid import UNPLACED, Grid, Window
from miaf_engine.io.gdal import read_crs
from miaf_engine.io.outputs import check_writable
from miaf_engine.io.raster_writer import class_map_writer
from miaf_engine.labels.polygons import (
    Regions,
    regions_of,
    write_regions,
)
from miaf_engine.memory import peak_memory_mb
from miaf_engine.progress import Progress, Span
from miaf_engine.requests.import_benchmark import ImportRequest
from miaf_engine.tasks.import_benchmark.arrays import (
    choose_array,
    list_arrays,
    read_array,
)
from miaf_engine.tasks.import_benchmark.class_list import named_classes
from miaf_engine.tasks.import_benchmark.layout import Layout, as_cube, as_labels
from miaf_engine.tasks.import_benchmark.wavelengths import (
    band_numbers,
    band_table,
    read_wavelengths,
)
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.translation import tr

_ROWS_PER_CHUNK = 256  # the height of the tiles
# Types that not every GDAL from QGIS 3.22 on has, and ones that hold the same values.
_WIDER = {"bool": "uint8", "int8": "int16", "float16": "float32"}


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of a scene.

    Attributes:
        values: uint16 (H, W), class values, 0 = unlabelled.
        classes: The classes that occur.
        regions: Their regions.
    """

    values: NDArray[np.uint16]
    classes: ClassTable
    regions: Regions


def import_benchmark(request: ImportRequest, progress: Progress) -> dict[str, Any]:
    """Write the arrays of a scene as a cube, a label raster and areas.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    targets = _checked_targets(request)
    layout = Layout(request.axes, request.rows, request.columns, request.order)
    dropped = band_numbers(request.dropped_bands)
    place = _place(request)
    listed = request.wavelengths
    wavelengths = read_wavelengths(listed, progress) if listed else None
    progress.step(0.05, tr("Reading the cube"))
    cube, known = _read(request, layout, progress)
    bands = band_table(cube.shape[0], wavelengths, dropped, progress)
    dtype = file_dtype(cube)
    check_nodata(request.nodata, dtype)
    height, width = cube.shape[1:]
    grid = Grid(*place, height, width, request.origin is not None)
    labels = None
    if known is not None:
        progress.step(0.3, tr("Reading the labels"))
        labels = _labels(known, layout, grid, request, progress)
    with ExitStack() as stack:
        _write(request, cube, dtype, bands, labels, grid, stack, progress)
    figures = _figures(cube, dtype, bands, labels)
    figures["seconds"] = round(time.perf_counter() - started, 3)
    progress.step(1.0, tr("Done"))
    return {"outputs": targets, "figures": figures}


def file_dtype(array: NDArray[Any]) -> str:
    """Return the data type to write an array in: its own, or a common one as exact.

    Raises:
        InputError: No such type holds the values exactly.
    """
    kind: str = array.dtype.name
    if kind in ("int64", "uint64"):
        low, high = int(array.min()), int(array.max())
        for narrower in ("int32", "uint32"):
            limits = np.iinfo(narrower)
            if limits.min <= low and high <= limits.max:
                return narrower
        if max(-low, high) <= 2**53:  # whole numbers that float64 holds
            return "float64"
    elif array.dtype.itemsize <= 8:
        return _WIDER.get(kind, kind)
    raise InputError(
        tr(
            "The cube has {kind} values, which no common raster type can store exactly."
        ).format(kind=kind),
        hint=tr("Convert the array to float64 first."),
    )


def _checked_targets(request: ImportRequest) -> dict[str, str]:
    names = ("output", "labels_output", "rois_output")
    inputs = (request.cube, request.labels, request.wavelengths, request.class_names)
    targets = check_targets({name: getattr(request, name) for name in names}, inputs)
    if not targets:
        raise ConfigError(
            tr("There is nothing to write."), hint=tr("Give at least one output.")
        )
    if request.rois_output:
        check_writable(request.rois_output, (".gpkg",))
    no_labels = request.labels is None and request.labels_variable is None
    if no_labels and (request.labels_output or request.rois_output):
        raise ConfigError(
            tr("A label raster and areas need labels, but none are given."),
            hint=tr("Give an array of labels, or leave these outputs out."),
        )
    return targets


def _place(
    request: ImportRequest,
) -> tuple[tuple[float, float, float, float, float, float], str | None]:
    """Return geotransform and CRS."""
    if request.origin is None:
        if request.crs or request.pixel_size:
            raise ConfigError(
                tr("A CRS and a pixel size need the origin of the image."),
                hint=tr("Give the origin, x and y of the upper left corner."),
            )
        return UNPLACED, None
    sizes = list(request.pixel_size or [])
    sizes = sizes * 2 if len(sizes) == 1 else sizes
    if len(request.origin) != 2 or len(sizes) != 2:
        raise ConfigError(
            tr(
                "The origin must be x and y, and needs the pixel size: one number or "
                "two."
            ),
            hint=tr("For example origin 500000,4480000 and pixel size 20."),
        )
    if not all(0 < size < float("inf") for size in sizes):
        raise ConfigError(
            tr("The pixel size {sizes} is not above 0.").format(sizes=sizes)
        )
    x, y = map(float, request.origin)
    crs = read_crs(request.crs).to_wkt() if request.crs else None
    return (float(sizes[0]), 0.0, x, 0.0, -float(sizes[1]), y), crs


def _read(
    request: ImportRequest, layout: Layout, progress: Progress
) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Return the cube as (C, H, W), and the labels' array or None."""
    what = tr("cube in '{name}'").format(name=Path(request.cube).name)
    option = tr("'Array of the cube' (--cube-variable)")
    arrays = list_arrays(request.cube)
    chosen = choose_array(
        arrays, request.cube_variable, layout.may_be_cube, what, option
    )
    if len(arrays) > 1:
        progress.info(tr("The cube is the array {label}.").format(label=chosen.label))
    known = None
    source = request.labels or (request.cube if request.labels_variable else None)
    if source:
        others = [
            item
            for item in list_arrays(source)
            if (source, item.name) != (request.cube, chosen.name)
        ]
        found = choose_array(
            others,
            request.labels_variable,
            lambda shape: layout.may_be_labels(shape, chosen.shape),
            tr("labels in '{name}'").format(name=Path(source).name),
            tr("'Array of the labels' (--labels-variable)"),
        )
        if len(others) > 1:
            progress.info(
                tr("The labels are the array {label}.").format(label=found.label)
            )
        known = read_array(source, found.name)
    array = read_array(request.cube, chosen.name)
    shape = None if known is None else known.shape
    return as_cube(array, layout, shape, progress), known


def _labels(
    known: NDArray[Any],
    layout: Layout,
    grid: Grid,
    request: ImportRequest,
    progress: Progress,
) -> Labels:
    size = (grid.height, grid.width)
    values = as_labels(known, size, layout, request.abundance_percent, progress)
    present = [int(value) for value in np.unique(values) if value]
    classes = named_classes(present, request.class_names, progress)
    return Labels(values, classes, regions_of(values, grid))


def _write(
    request: ImportRequest,
    cube: NDArray[Any],
    dtype: str,
    bands: BandTable,
    labels: Labels | None,
    grid: Grid,
    stack: ExitStack,
    progress: Progress,
) -> None:
    """Write what is asked for; the rasters appear when `stack` ends well."""
    options = request.creation_options or ()
    if labels and request.labels_output:
        opened = class_map_writer(request.labels_output, grid, labels.classes, options)
        stack.enter_context(opened).write(grid.window, labels.values)
    if request.output:
        made = cube_writer(request.output, grid, bands, dtype, request.nodata, options)
        writer, span = stack.enter_context(made), Span(progress, 0.35, 0.95)
        for row in range(0, grid.height, _ROWS_PER_CHUNK):
            span.step(row / grid.height, tr("Writing the cube"))
            height = min(_ROWS_PER_CHUNK, grid.height - row)
            part = np.asarray(cube[:, row : row + height])
            writer.write(Window(row, 0, height, grid.width), part)
    if labels and request.rois_output:
        progress.step(0.95, tr("Writing the areas"))
        place = Path(request.rois_output)
        write_regions(place, labels.regions, labels.classes, grid.crs)


def _figures(
    cube: NDArray[Any], dtype: str, bands: BandTable, labels: Labels | None
) -> dict[str, Any]:
    count, height, width = cube.shape
    text = tr(
        "{rows} x {columns} pixels (rows x columns), {bands} bands, {dtype}"
    ).format(rows=height, columns=width, bands=count, dtype=dtype)
    figures: dict[str, Any] = {
        "rows": height,
        "columns": width,
        "bands": count,
        "data_type": dtype,
        "wavelengths_nm": bands.wavelengths_nm and list(bands.wavelengths_nm),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    if labels:
        counts = np.bincount(labels.values.ravel())
        figures["regions"] = len(labels.regions.values)
        figures["classes"] = [
            {**item, "pixels": int(counts[item["value"]])}
            for item in labels.classes.as_json()
        ]
        text += tr("; classes: {classes}; regions: {regions}").format(
            classes=len(labels.classes), regions=figures["regions"]
        )
    return {"text": f"{text}.", **figures}
