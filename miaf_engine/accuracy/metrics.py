"""How well a map agrees with a reference.

Definitions after Congalton (1991, Remote Sensing of Environment 37:35-46): producer's
accuracy is the share of a class's reference pixels that the map found, user's accuracy
the share of a class's map pixels that the reference confirms. docs/accuracy.md has all
formulae.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.calibration import BeforeAndAfter
from miaf_engine.accuracy.intervals import (
    AreaCounts,
    Interval,
    Uncertainty,
    uncertainty,
)
from miaf_engine.classes import ClassTable
from miaf_engine.errors import GridMismatchError, InputError

ORIENTATION = "rows = reference, columns = map"
UNCLASSIFIED = "unclassified"


@dataclass(frozen=True)
class Assessment:
    """A confusion matrix and what follows from it; undefined values are NaN.

    Attributes:
        matrix: int64 (K, K + 1), pixels. Rows are reference classes, columns map
            classes; the last column holds pixels that the map left unclassified,
            which count as errors.
        classes: The K classes.
        by_area: The same pixels by the area they belong to; None where each pixel is
            a sample of its own.
        confidence: How the map's confidence agrees with the same pixels; None where
            it is not known.
    """

    matrix: NDArray[np.int64]
    classes: ClassTable
    by_area: AreaCounts | None = None
    confidence: BeforeAndAfter | None = None

    @property
    def correct_pixels(self) -> NDArray[np.int64]:
        """Pixels by class where map and reference agree, int64 (K,)."""
        return np.diagonal(self.matrix)

    @property
    def reference_pixels(self) -> NDArray[np.int64]:
        """Reference pixels by class, int64 (K,)."""
        found: NDArray[np.int64] = self.matrix.sum(axis=1)
        return found

    @property
    def map_pixels(self) -> NDArray[np.int64]:
        """Pixels by map class among the reference pixels, int64 (K,)."""
        found: NDArray[np.int64] = self.matrix[:, :-1].sum(axis=0)
        return found

    @property
    def overall_accuracy(self) -> float:
        """Share of the reference pixels where map and reference agree."""
        total = int(self.matrix.sum())
        return int(self.correct_pixels.sum()) / total if total else math.nan

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """The 95 % intervals, and what they take for independent."""
        return uncertainty(self.matrix, self.by_area, self.classes.names)

    @property
    def average_accuracy(self) -> float:
        """Mean producer's accuracy over the classes that have reference pixels."""
        found = self.producers_accuracy[self.reference_pixels > 0]
        return float(found.mean()) if found.size else math.nan

    @property
    def kappa(self) -> float:
        """Cohen's (1960) kappa, with unclassified as a class of the map.

        NaN where chance alone explains full agreement, as with a single class.
        """
        # Python integers: products of pixel counts overflow 64 bits on large maps.
        rows = [int(count) for count in self.reference_pixels]
        columns = [int(count) for count in self.map_pixels]
        total, correct = sum(rows), int(self.correct_pixels.sum())
        chance = sum(row * column for row, column in zip(rows, columns, strict=True))
        possible = total * total - chance
        return (total * correct - chance) / possible if possible else math.nan

    @property
    def producers_accuracy(self) -> NDArray[np.float64]:
        """Share of each reference class that the map found, float64 (K,)."""
        return _ratio(self.correct_pixels, self.reference_pixels)

    @property
    def users_accuracy(self) -> NDArray[np.float64]:
        """Share of each map class that the reference confirms, float64 (K,)."""
        return _ratio(self.correct_pixels, self.map_pixels)

    @property
    def f1(self) -> NDArray[np.float64]:
        """Harmonic mean of producer's and user's accuracy, float64 (K,).

        NaN only where a class is in neither the map nor the reference.
        """
        both = self.reference_pixels + self.map_pixels
        return _ratio(2 * self.correct_pixels, both)

    @property
    def iou(self) -> NDArray[np.float64]:
        """Intersection over union (Jaccard index) of each class, float64 (K,).

        NaN only where a class is in neither the map nor the reference.
        """
        both = self.reference_pixels + self.map_pixels
        return _ratio(self.correct_pixels, both - self.correct_pixels)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values, null where undefined."""
        sure = self.uncertainty
        return {
            "overall_accuracy": _or_null(self.overall_accuracy),
            "overall_accuracy_interval": _ends(sure.overall),
            "interval_method": sure.method,
            "interval_reliable": bool(self.matrix.any()) and not sure.notes,
            "interval_notes": list(sure.notes),
            "reference_areas": sure.areas,
            "average_accuracy": _or_null(self.average_accuracy),
            "kappa": _or_null(self.kappa),
            "classes": [self._class_json(k) for k in range(len(self.classes))],
            "matrix": self.matrix.tolist(),
            "matrix_orientation": f"{ORIENTATION}, last column = {UNCLASSIFIED}",
        }

    def _class_json(self, k: int) -> dict[str, Any]:
        """Return the figures of class k, from 0."""
        sure = self.uncertainty
        areas = sure.areas_of_class
        return {
            **self.classes.as_json()[k],
            "producers_accuracy": _or_null(self.producers_accuracy[k]),
            "producers_accuracy_interval": _ends(sure.producers[k]),
            "users_accuracy": _or_null(self.users_accuracy[k]),
            "users_accuracy_interval": _ends(sure.users[k]),
            "f1": _or_null(self.f1[k]),
            "iou": _or_null(self.iou[k]),
            "reference_pixels": int(self.reference_pixels[k]),
            "map_pixels": int(self.map_pixels[k]),
            "reference_areas": areas[k] if areas else None,
        }


def assess(
    predicted: NDArray[np.integer[Any]],
    reference: NDArray[np.integer[Any]],
    classes: ClassTable,
    areas: NDArray[np.integer[Any]] | None = None,
) -> Assessment:
    """Compare a map with a reference, pixel by pixel.

    Args:
        predicted: Any integer type and shape, map class 1..K, 0 = unclassified.
        reference: Same shape, reference class 1..K, 0 = no reference, not counted.
        classes: The K classes.
        areas: Same shape, number of the area that a reference pixel is of; None where
            each pixel is a sample of its own.

    Raises:
        GridMismatchError: The shapes differ.
        InputError: A label lies outside 0..K.
    """
    if predicted.shape != reference.shape:
        raise GridMismatchError(
            f"Map and reference differ in size: {predicted.shape} and "
            f"{reference.shape} pixels."
        )
    count = len(classes)
    where = reference != 0
    rows = _labels(reference[where], count, "reference")
    columns = _labels(predicted[where], count, "map")
    cells = np.bincount(rows * (count + 1) + columns, minlength=(count + 1) ** 2)
    matrix = cells.reshape(count + 1, count + 1)[1:].astype(np.int64)
    matrix = np.roll(matrix, -1, axis=1)  # unclassified goes last
    if areas is None:
        return Assessment(matrix, classes)
    return Assessment(
        matrix, classes, AreaCounts.of(predicted, reference, areas, count)
    )


def joined(parts: Sequence[Assessment], classes: ClassTable) -> Assessment:
    """Add up the assessments of the parts of one map; an area may lie in several."""
    count = len(classes)
    matrix = sum((p.matrix for p in parts), np.zeros((count, count + 1), np.int64))
    by_area = [part.by_area for part in parts if part.by_area is not None]
    sure = [part.confidence for part in parts if part.confidence is not None]
    return Assessment(
        matrix,
        classes,
        AreaCounts.joined(by_area, count) if by_area else None,
        BeforeAndAfter.joined(sure) if sure else None,
    )


def _labels(
    values: NDArray[np.integer[Any]], count: int, source: str
) -> NDArray[np.int64]:
    labels = values.astype(np.int64)
    wrong = labels[(labels < 0) | (labels > count)]
    if wrong.size:
        raise InputError(
            f"The {source} holds the label {wrong[0]}, but there are {count} classes."
        )
    return labels


def _ratio(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    unknown: NDArray[np.float64] = np.full(part.shape, np.nan)
    np.divide(part, whole, out=unknown, where=whole > 0)
    return unknown


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _ends(interval: Interval) -> list[float | None]:
    return [_or_null(end) for end in interval]
