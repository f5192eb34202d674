"""The labels of a scene's pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from skimage.measure import label as connected_regions

from miaf_engine.classes import MAX_CLASSES, ClassTable
from miaf_engine.errors import InputError, SampleError
from miaf_engine.labels.class_keys import class_table
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import marked, tr


@dataclass(frozen=True, eq=False)
class LabelMap:
    """Which class each pixel is known to be of.

    Attributes:
        values: uint16 (H, W), class 1..K, 0 = unlabelled.
        groups: int32 (H, W), the area that a pixel belongs to, 0 = none; pixels of one
            group stay on one side of a split.
        classes: The K classes.
    """

    values: NDArray[np.uint16]
    groups: NDArray[np.int32]
    classes: ClassTable

    def __post_init__(self) -> None:
        """Raise InputError where values, groups and classes do not fit each other."""
        if self.values.dtype != np.uint16 or self.groups.dtype != np.int32:
            raise InputError("Labels are uint16 and their groups int32.")
        if self.values.ndim != 2 or self.values.shape != self.groups.shape:
            raise InputError(
                f"Labels of {self.values.shape} and groups of {self.groups.shape} do "
                "not cover the same pixels."
            )
        top = int(self.values.max(initial=0))
        if top > len(self.classes):
            raise InputError(
                f"Label {top} is not one of the {len(self.classes)} classes."
            )
        if not np.array_equal(self.values > 0, self.groups > 0):
            raise InputError("Every labelled pixel needs a group, and no other one.")


def without_nodata(labels: LabelMap, valid: NDArray[np.bool_]) -> LabelMap:
    """Return the labels of the pixels that are valid, bool (H, W)."""
    values = np.where(valid, labels.values, 0).astype(labels.values.dtype)
    groups = np.where(valid, labels.groups, 0).astype(labels.groups.dtype)
    return LabelMap(values, groups, labels.classes)


def present_values(
    values: NDArray[np.int32], what: str = marked("label raster")
) -> list[int]:
    """Return the class values that occur in a raster, ascending.

    Args:
        values: (H, W), any integer dtype, file values; 0 = unlabelled.
        what: How messages call the raster, in English.

    Raises:
        SampleError: No pixel is labelled.
        InputError: A value is negative or above 65535.
    """
    present = np.unique(values[values != 0]).tolist()
    if not present:
        raise SampleError(
            tr("The {what} has no labels: every pixel is 0 or nodata.").format(
                what=tr(what)
            ),
            hint=tr("Choose a raster of class values."),
        )
    if present[0] < 0 or present[-1] > MAX_CLASSES:
        wrong = present[0] if present[0] < 0 else present[-1]
        raise InputError(
            tr("The {what} holds the value {wrong}.").format(
                what=tr(what), wrong=wrong
            ),
            hint=tr(
                "Class values are whole numbers from 1 to {max_classes}. 0 means "
                "unlabelled."
            ).format(max_classes=MAX_CLASSES),
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
            tr(
                "Pixels with the values {listed} are left out because the class table "
                "does not have them."
            ).format(listed=listed)
        )
    indices = lookup[values]
    if not indices.any():
        raise SampleError(
            tr("The label raster and the class table have no value in common."),
            hint=tr("Check that both use the same class values."),
        )
    return LabelMap(indices, regions_of(indices), classes)


def regions_of(values: NDArray[np.uint16]) -> NDArray[np.int32]:
    """Return the regions of one class joined by sides or corners, from 1, (H, W)."""
    groups = connected_regions(values, background=0, connectivity=2)
    return np.asarray(groups, np.int32)
