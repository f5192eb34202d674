"""Makes labels, from areas or from a raster; the one place where others find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from skimage.measure import label as connected_regions

from miaf_engine.classes import MAX_CLASSES, ClassTable
from miaf_engine.errors import InputError, SampleError
from miaf_engine.labels.class_keys import class_table
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.progress import SILENT, Progress


def present_values(values: NDArray[np.int32], what: str = "label raster") -> list[int]:
    """Return the class values that occur in a raster, ascending.

    Args:
        values: (H, W), any integer dtype, file values; 0 = unlabelled.
        what: How messages call the raster.

    Raises:
        SampleError: No pixel is labelled.
        InputError: A value is negative or above 65535.
    """
    present = np.unique(values[values != 0]).tolist()
    if not present:
        raise SampleError(
            f"The {what} holds no label: every pixel is 0 or nodata.",
            hint="Choose a raster whose pixels hold class numbers.",
        )
    if present[0] < 0 or present[-1] > MAX_CLASSES:
        wrong = present[0] if present[0] < 0 else present[-1]
        raise InputError(
            f"The {what} holds the value {wrong}.",
            hint=f"Class values lie between 1 and {MAX_CLASSES}; 0 is unlabelled.",
        )
    return [int(value) for value in present]


def raster_classes(
    present: Sequence[int],
    classes: ClassTable | None,
    styles: Sequence[Mapping[str, Any]] | None = None,
    progress: Progress = SILENT,
) -> ClassTable:
    """Return the classes of a raster of class values.

    Args:
        present: The values that occur, 1..65535.
        classes: What the file says of them; None where it says nothing.
        styles: Names and colours by value, {"key", "name", "colour"}, that go before
            those of the file.
        progress: Warned of names that occur twice.
    """
    if classes is not None and not styles:
        return classes
    own = [
        {"key": entry.value, "name": entry.name, "colour": entry.colour}
        for entry in classes or ()
    ]
    return class_table(present, [*own, *(styles or ())], progress)[0]


def label_map_from_raster(
    values: NDArray[np.int32],
    classes: ClassTable | None = None,
    progress: Progress = SILENT,
    styles: Sequence[Mapping[str, Any]] | None = None,
) -> LabelMap:
    """Make labels from a raster of class values.

    Args:
        values: (H, W), any integer dtype, file values; 0 = unlabelled.
        classes: The classes; None makes one of each value, named after it.
        progress: Warned of values that `classes` lacks, whose pixels are left out.
        styles: Names and colours by value, that go before those of `classes`.

    Returns:
        Labels whose groups are regions of one class joined by sides or corners.

    Raises:
        SampleError: No pixel is labelled.
        InputError: A value is negative or above 65535.
    """
    present = present_values(values)
    classes = raster_classes(present, classes, styles, progress)
    lookup = np.zeros(MAX_CLASSES + 1, np.uint16)
    lookup[classes.values] = np.arange(1, len(classes) + 1)
    unknown = [value for value in present if lookup[value] == 0]
    if unknown:
        listed = ", ".join(map(str, unknown[:10]))
        progress.warning(
            f"Pixels of the values {listed} are left out: the class table has no such "
            "class."
        )
    indices = lookup[values]
    if not indices.any():
        raise SampleError(
            "No value of the label raster is in the class table.",
            hint="Check that both use the same class numbers.",
        )
    return LabelMap(indices, regions_of(indices), classes)


def regions_of(values: NDArray[np.uint16]) -> NDArray[np.int32]:
    """Return the regions of one class joined by sides or corners, from 1, (H, W)."""
    groups = connected_regions(values, background=0, connectivity=2)
    return np.asarray(groups, np.int32)
