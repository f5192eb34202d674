"""Makes labels, from areas or from a raster; the one place where others find them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from skimage.measure import label as connected_regions

from miaf_engine.class_keys import class_table
from miaf_engine.classes import MAX_CLASSES, ClassTable
from miaf_engine.errors import InputError, SampleError
from miaf_engine.label_map import LabelMap
from miaf_engine.progress import SILENT, Progress
from miaf_engine.rasterising import rasterise

__all__ = ["LabelMap", "class_table", "label_map_from_raster", "rasterise"]


def label_map_from_raster(
    values: NDArray[np.int32],
    classes: ClassTable | None = None,
    progress: Progress = SILENT,
) -> LabelMap:
    """Make labels from a raster of class values.

    Args:
        values: (H, W), any integer dtype, file values; 0 = unlabelled.
        classes: The classes; None makes one of each value, named after it.
        progress: Warned of values that `classes` lacks, whose pixels are left out.

    Returns:
        Labels whose groups are regions of one class joined by sides or corners.

    Raises:
        SampleError: No pixel is labelled.
        InputError: A value is negative or above 65535.
    """
    present = np.unique(values[values != 0])
    if present.size == 0:
        raise SampleError(
            "The label raster holds no label: every pixel is 0 or nodata.",
            hint="Choose a raster whose pixels hold class numbers.",
        )
    if present[0] < 0 or present[-1] > MAX_CLASSES:
        wrong = present[0] if present[0] < 0 else present[-1]
        raise InputError(
            f"The label raster holds the value {wrong}.",
            hint=f"Class values lie between 1 and {MAX_CLASSES}; 0 is unlabelled.",
        )
    if classes is None:
        classes, _ = class_table([int(value) for value in present])
    lookup = np.zeros(MAX_CLASSES + 1, np.uint16)
    lookup[classes.values] = np.arange(1, len(classes) + 1)
    unknown = [int(value) for value in present if lookup[value] == 0]
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
    groups = connected_regions(indices, background=0, connectivity=2)
    return LabelMap(indices, groups.astype(np.int32), classes)
