"""The labels of a scene's pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import ClassTable
from miaf_engine.errors import InputError


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
            raise InputError(f"Label {top} is none of {len(self.classes)} classes.")
        if not np.array_equal(self.values > 0, self.groups > 0):
            raise InputError("Every labelled pixel needs a group, and no other one.")


def without_nodata(labels: LabelMap, valid: NDArray[np.bool_]) -> LabelMap:
    """Return the labels of the pixels that are valid, bool (H, W)."""
    values = np.where(valid, labels.values, 0).astype(labels.values.dtype)
    groups = np.where(valid, labels.groups, 0).astype(labels.groups.dtype)
    return LabelMap(values, groups, labels.classes)
