"""Score a class map against a reference."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.class_keys import Key, class_table
from miaf_engine.class_raster import read_class_map, read_label_raster
from miaf_engine.classes import ClassTable
from miaf_engine.errors import ConfigError, SampleError
from miaf_engine.grid import Grid
from miaf_engine.labels import present_values, raster_classes
from miaf_engine.memory import peak_memory_mb
from miaf_engine.metrics import assess, write_matrix_csv
from miaf_engine.pipeline.provenance import versions
from miaf_engine.pipeline.rasters import check_targets
from miaf_engine.pipeline.samples_input import needed_field, reference_on_grid
from miaf_engine.pipeline.training_report import MapPicture
from miaf_engine.progress import Progress, Recording
from miaf_engine.rasterising import rasterise
from miaf_engine.report import ReportContent, write_report
from miaf_engine.requests import AssessRequest
from miaf_engine.vectors import read_areas


def assess_map(request: AssessRequest, progress: Progress) -> dict[str, Any]:
    """Compare a class map with reference areas or a reference raster.

    Classes are matched by name first, then by value; others are named and left out.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    progress = Recording(progress)
    inputs = (request.classification, request.reference, request.reference_labels)
    outputs = check_targets(
        {"report": request.report, "matrix": request.matrix},
        (*inputs, request.exclude_rois),
    )
    progress.step(0.05, "Reading the map")
    values, grid, classes = read_class_map(request.classification)
    lookup = np.zeros(max(classes.values) + 1, dtype=np.uint16)
    lookup[classes.values] = np.arange(1, len(classes) + 1)
    predicted = lookup[values]
    progress.step(0.3, "Reading the reference")
    reference = read_reference(request, grid, classes, progress)
    definition = f"{int((reference > 0).sum())} pixels of the reference"
    if request.exclude_rois:
        excluded = read_excluded(request, grid, progress)
        left_out = int(((reference > 0) & excluded).sum())
        reference = np.where(excluded, 0, reference)
        definition = (
            f"{int((reference > 0).sum())} pixels of the reference; {left_out} in the "
            "excluded areas are left out"
        )
    if not reference.any():
        raise SampleError(
            "No pixel of the reference is left to score.",
            hint="Check that reference and excluded areas differ.",
        )
    progress.step(0.7, "Counting")
    assessment = assess(predicted, reference, classes)
    figures = {
        **assessment.as_json(),
        "accuracy_definition": definition,
        "device": "cpu",
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    progress.step(0.8, "Writing the results")
    if request.matrix:
        write_matrix_csv(request.matrix, assessment)
    if request.report:
        picture = MapPicture.blank(grid)
        picture.paint(grid.window, predicted)
        content = ReportContent(
            title="Accuracy of the class map",
            classes=classes,
            accuracy_definition=definition,
            assessment=assessment,
            warnings=progress.warnings,
            class_map=picture.classes,
            inputs=_inputs(request),
            versions=versions(),
            seconds=figures["seconds"],
        )
        write_report(request.report, content)
    return {"outputs": outputs, "figures": figures}


def read_reference(
    request: AssessRequest, grid: Grid, classes: ClassTable, progress: Progress
) -> NDArray[np.uint16]:
    """Return the reference on the map's grid, class 1..K of the map, 0 elsewhere.

    Raises:
        ConfigError: Areas and raster are both given, or neither.
        SampleError: No reference pixel has a class of the map.
    """
    if (request.reference is None) == (request.reference_labels is None):
        raise ConfigError(
            "An assessment needs either reference areas or a reference raster.",
            hint="Give reference with class_field, or reference_labels.",
        )
    if request.reference is not None:
        areas = read_areas(
            request.reference,
            needed_field(request.class_field),
            grid,
            request.reference_layer,
            least_classes=1,
            progress=progress,
        )
        found, index = class_table(areas.keys, request.class_styles, progress)
        matched = match_classes(index, found, classes)
        return reference_on_grid(areas, matched, classes, grid, progress)
    values, table = read_label_raster(str(request.reference_labels), grid)
    present = present_values(values, "reference raster")
    found = raster_classes(present, table, request.class_styles, progress)
    index = {value: k for k, value in enumerate(found.values, 1)}
    matched = match_classes(index, found, classes)
    lookup = np.zeros(max(present) + 1, dtype=np.uint16)
    for value in present:
        lookup[value] = matched.get(value, 0)
    unknown = [str(value) for value in present if value not in matched]
    if unknown:
        progress.warning(
            f"Reference values that the map does not have are left out: "
            f"{', '.join(unknown)}."
        )
    reference = lookup[values]
    if not reference.any():
        raise SampleError(
            "The reference raster has none of the map's classes.",
            hint=f"The map has {', '.join(classes.names)}.",
        )
    return reference


def match_classes(
    index: Mapping[Key, int], found: ClassTable, wanted: ClassTable
) -> dict[Key, int]:
    """Return the map's class of each reference key: by name, else by value.

    Args:
        index: Class 1..K in `found` of each key.
        found: Classes of the reference.
        wanted: Classes of the map.
    """
    by_name = {name.casefold().strip(): k for k, name in enumerate(wanted.names, 1)}
    by_value = {value: k for k, value in enumerate(wanted.values, 1)}
    matched: dict[Key, int] = {}
    for key, place in index.items():
        entry = found.entries[place - 1]
        k = by_name.get(entry.name.casefold().strip())
        # Values stand for classes only where the reference says them itself: a text
        # class is numbered by its place in the alphabet.
        if k is None and isinstance(key, int):
            k = by_value.get(key)
        if k is not None:
            matched[key] = k
    return matched


def read_excluded(
    request: AssessRequest, grid: Grid, progress: Progress
) -> NDArray[np.bool_]:
    """Return where the excluded areas lie, bool (H, W)."""
    areas = read_areas(
        str(request.exclude_rois),
        None,
        grid,
        request.exclude_rois_layer,
        progress=progress,
    )
    one = class_table(["excluded"])[0]
    return rasterise(areas, {None: 1}, one, grid, progress).values > 0


def _inputs(request: AssessRequest) -> dict[str, str]:
    named = {
        "class map": request.classification,
        "reference": request.reference or request.reference_labels,
        "excluded areas": request.exclude_rois,
    }
    return {what: Path(path).name for what, path in named.items() if path}
