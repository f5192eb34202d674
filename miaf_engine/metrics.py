"""How well a map agrees with a reference.

Definitions after Congalton (1991, Remote Sensing of Environment 37:35-46): producer's
accuracy is the share of a class's reference pixels that the map found, user's accuracy
the share of a class's map pixels that the reference confirms.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import ClassTable
from miaf_engine.errors import GridMismatchError, InputError
from miaf_engine.outputs import pending

ORIENTATION = "rows = reference, columns = map"
UNCLASSIFIED = "unclassified"
LEVEL = 0.95


@dataclass(frozen=True)
class Assessment:
    """A confusion matrix and what follows from it; undefined values are NaN.

    Attributes:
        matrix: int64 (K, K + 1), pixels. Rows are reference classes, columns map
            classes; the last column holds pixels that the map left unclassified,
            which count as errors.
        classes: The K classes.
    """

    matrix: NDArray[np.int64]
    classes: ClassTable

    @property
    def agreed_pixels(self) -> NDArray[np.int64]:
        """Pixels by class where map and reference agree, int64 (K,)."""
        return np.diagonal(self.matrix)

    @property
    def reference_pixels(self) -> NDArray[np.int64]:
        """Reference pixels by class, int64 (K,)."""
        return self.matrix.sum(axis=1)

    @property
    def map_pixels(self) -> NDArray[np.int64]:
        """Pixels by map class among the reference pixels, int64 (K,)."""
        return self.matrix[:, :-1].sum(axis=0)

    @property
    def overall_accuracy(self) -> float:
        """Share of the reference pixels where map and reference agree."""
        total = int(self.matrix.sum())
        return int(self.agreed_pixels.sum()) / total if total else math.nan

    @property
    def overall_interval(self) -> tuple[float, float]:
        """Wilson interval of the overall accuracy, as if pixels were independent.

        Pixels of an area are alike, so the true interval is wider.
        """
        return wilson_interval(int(self.agreed_pixels.sum()), int(self.matrix.sum()))

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
        total, agreed = sum(rows), int(self.agreed_pixels.sum())
        chance = sum(row * column for row, column in zip(rows, columns, strict=True))
        possible = total * total - chance
        return (total * agreed - chance) / possible if possible else math.nan

    @property
    def producers_accuracy(self) -> NDArray[np.float64]:
        """Share of each reference class that the map found, float64 (K,)."""
        return _ratio(self.agreed_pixels, self.reference_pixels)

    @property
    def users_accuracy(self) -> NDArray[np.float64]:
        """Share of each map class that the reference confirms, float64 (K,)."""
        return _ratio(self.agreed_pixels, self.map_pixels)

    @property
    def f1(self) -> NDArray[np.float64]:
        """Harmonic mean of producer's and user's accuracy, float64 (K,).

        NaN only where a class is in neither the map nor the reference.
        """
        both = self.reference_pixels + self.map_pixels
        return _ratio(2 * self.agreed_pixels, both)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values, null where undefined."""
        columns = zip(
            self.classes.as_json(),
            self.producers_accuracy,
            self.users_accuracy,
            self.f1,
            self.reference_pixels,
            self.map_pixels,
            strict=True,
        )
        return {
            "overall_accuracy": _or_null(self.overall_accuracy),
            "overall_accuracy_interval": [_or_null(v) for v in self.overall_interval],
            "average_accuracy": _or_null(self.average_accuracy),
            "kappa": _or_null(self.kappa),
            "classes": [
                {
                    **entry,
                    "producers_accuracy": _or_null(producers),
                    "users_accuracy": _or_null(users),
                    "f1": _or_null(f1),
                    "reference_pixels": int(reference),
                    "map_pixels": int(mapped),
                }
                for entry, producers, users, f1, reference, mapped in columns
            ],
            "matrix": self.matrix.tolist(),
            "matrix_orientation": f"{ORIENTATION}, last column = {UNCLASSIFIED}",
        }


def assess(
    predicted: NDArray[np.integer[Any]],
    reference: NDArray[np.integer[Any]],
    classes: ClassTable,
) -> Assessment:
    """Compare a map with a reference, pixel by pixel.

    Args:
        predicted: Any integer type and shape, map class 1..K, 0 = unclassified.
        reference: Same shape, reference class 1..K, 0 = no reference, not counted.
        classes: The K classes.

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
    return Assessment(np.roll(matrix, -1, axis=1), classes)  # unclassified goes last


def wilson_interval(
    successes: int, trials: int, level: float = LEVEL
) -> tuple[float, float]:
    """Return the score interval of a proportion.

    Wilson (1927), Journal of the American Statistical Association 22:209-212. It
    stays within 0..1 and holds for small counts and for proportions near 0 or 1.

    Args:
        successes: Number of trials that succeeded.
        trials: Number of independent trials.
        level: Wanted coverage, 0..1.

    Returns:
        Lower and upper end, NaN without a trial.
    """
    if trials == 0:
        return math.nan, math.nan
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    low, high = ((centre + d * spread) / (1 + z * z / trials) for d in (-1, 1))
    # Rounding must not move the ends that are exact.
    return (low if successes else 0.0), (high if successes < trials else 1.0)


def write_matrix_csv(path: str | Path, assessment: Assessment) -> None:
    """Write the confusion matrix with its sums, for a spreadsheet.

    The first cell states the orientation. UTF-8 with a byte order mark, without which
    Excel garbles letters beyond ASCII.

    Raises:
        FileError: The file cannot be written.
    """
    names = [_harmless(name) for name in assessment.classes.names]
    with pending(path) as temporary:
        with Path(temporary).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([ORIENTATION, *names, UNCLASSIFIED, "sum"])
            for name, row in zip(names, assessment.matrix.tolist(), strict=True):
                table.writerow([name, *row, sum(row)])
            sums = assessment.matrix.sum(axis=0).tolist()
            table.writerow(["sum", *sums, sum(sums)])


def _harmless(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.lstrip().startswith(("=", "+", "-", "@")) else name


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
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
