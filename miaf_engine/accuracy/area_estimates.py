"""Accuracies and areas adjusted for how the reference sample was drawn.

A map's confusion matrix counts sample pixels, not area: a class that was sampled
densely weighs too much. Where the sample is one drawn by chance, in each map class or
over the whole map, the estimators of Olofsson et al. (2014, Remote Sensing of
Environment 148:42-57, equations 1 to 11) weigh each map class by its area.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import ClassTable
from miaf_engine.translation import marked, tr

METHOD = marked(
    "Olofsson et al. (2014): stratified estimator with the map classes as strata, "
    "normal intervals"
)
ERRORS = 1.96  # standard errors to either side, rounded as in the paper
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Estimates:
    """Estimates and their standard errors, float64 of one shape; NaN where unknown.

    Attributes:
        values: The estimates.
        errors: Standard errors.
        limit: Most that a value can be; the least is 0.
        ends: float64 (2, ...), lower and upper ends of the 95 % intervals; None takes
            1.96 standard errors to either side.
    """

    values: FloatArray
    errors: FloatArray
    limit: float = 1.0
    ends: FloatArray | None = None

    @property
    def margins(self) -> FloatArray:
        """Half widths of the 95 % intervals, as the paper prints them."""
        return ERRORS * self.errors

    def as_json(self, k: int | tuple[()] = ()) -> dict[str, Any]:
        """Return one estimate; its interval ends where a value must end."""
        value, error = float(self.values[k]), float(self.errors[k])
        low, high = value - ERRORS * error, value + ERRORS * error
        if self.ends is not None:
            low, high = float(self.ends[0][k]), float(self.ends[1][k])
        known = not math.isnan(error) and not math.isnan(low)
        return {
            "estimate": None if math.isnan(value) else value,
            "standard_error": None if math.isnan(error) else error,
            "interval": [max(low, 0.0), min(high, self.limit)]
            if known
            else [None, None],
        }


@dataclass(frozen=True)
class AreaEstimates:
    """What a probability sample says of a whole map.

    Attributes:
        classes: The K classes.
        mapped: float64 (K,), area that the map shows for each class.
        unit: Unit of areas: ha or pixels.
        areas: Area of each class, float64 (K,), corrected for the map's errors.
        overall: Overall accuracy, float64 ().
        producers: Producer's accuracies, float64 (K,).
        users: User's accuracies, float64 (K,).
        notes: Sentences on what does not hold.
        measure: How the areas were measured.
        method: How all was estimated.
        design: How the sample was drawn, where that is known of it; else empty.
    """

    classes: ClassTable
    mapped: FloatArray
    unit: str
    areas: Estimates
    overall: Estimates
    producers: Estimates
    users: Estimates
    notes: tuple[str, ...] = ()
    measure: str = ""
    method: str = METHOD
    design: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the estimates as JSON values, null where undefined."""
        return {
            "method": tr(self.method),
            "design": self.design or None,
            "notes": list(self.notes),
            "area_unit": self.unit,
            "area_measure": self.measure,
            "overall_accuracy": self.overall.as_json(),
            "classes": [
                {
                    **entry,
                    "mapped_area": float(self.mapped[k]),
                    "area": self.areas.as_json(k),
                    "producers_accuracy": self.producers.as_json(k),
                    "users_accuracy": self.users.as_json(k),
                }
                for k, entry in enumerate(self.classes.as_json())
            ],
        }


def area_estimates(
    matrix: NDArray[np.int64],
    mapped: FloatArray,
    classes: ClassTable,
    unit: str = "pixels",
    *,
    measure: str = "",
    notes: Sequence[str] = (),
) -> AreaEstimates:
    """Estimate accuracies and areas of a map from a probability sample.

    Args:
        matrix: int64 (K, K + 1), sample pixels, rows are reference classes; the last
            column, pixels that the map left unclassified, is of no stratum and left
            out.
        mapped: float64 (K,), area of each class in the map.
        classes: The K classes.
        unit: Unit of `mapped`.
        measure: How it was measured.
        notes: Sentences to go before those on the sample.

    Returns:
        The estimates. All are NaN where a class of the map has no sample pixel, and
        the errors that need it where one has a single one.
    """
    total = float(mapped.sum())
    shown = mapped > 0
    weights = np.where(shown, mapped / (total or 1.0), 0.0)[:, None]
    shares, variances = _shares(matrix)
    users = Estimates(np.diagonal(shares), np.sqrt(np.diagonal(variances)))
    # What the map does not show has no part in a sum, whatever the sample lacks there.
    cells = np.where(shown[:, None], weights * shares, 0.0)
    errors = np.where(shown[:, None], weights**2 * variances, 0.0)
    found = cells.sum(axis=0)  # share of the area that is of each reference class
    areas = Estimates(total * found, total * np.sqrt(errors.sum(axis=0)), total)
    right = np.asarray(np.trace(cells)), np.sqrt(np.asarray(np.trace(errors)))
    producers = _producers(cells, errors, found)
    said = (*notes, *_sample_notes(matrix, shown, classes))
    return AreaEstimates(
        classes, mapped, unit, areas, Estimates(*right), producers, users, said, measure
    )


def _shares(matrix: NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
    """Return the share of each reference class in each map class, and its variance."""
    counts = matrix[:, :-1].T.astype(np.float64)  # (map class, reference class)
    sampled = counts.sum(axis=1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = counts / sampled
        return shares, shares * (1 - shares) / (sampled - 1)


def _producers(cells: FloatArray, errors: FloatArray, found: FloatArray) -> Estimates:
    """Return the producer's accuracies, equation 7 in shares of the area."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.diagonal(cells) / found
        own = np.diagonal(errors)
        others = errors.sum(axis=0) - own
        variances = ((1 - values) ** 2 * own + values**2 * others) / found**2
        return Estimates(values, np.sqrt(variances))


def _sample_notes(
    matrix: NDArray[np.int64], shown: NDArray[np.bool_], classes: ClassTable
) -> list[str]:
    sampled, notes = matrix[:, :-1].sum(axis=0), []
    texts = (
        tr(
            "Nothing can be estimated, because these map classes have no sample "
            "pixel: {classes}."
        ),
        tr(
            "Standard errors are unknown, because these map classes have a single "
            "sample pixel: {classes}."
        ),
    )
    for count, text in enumerate(texts):
        names = [
            tr("'{name}'").format(name=classes.names[k])
            for k in np.flatnonzero(shown & (sampled == count))
        ]
        if names:
            notes.append(text.format(classes=", ".join(names)))
    outside = int(matrix[:, -1].sum())
    if outside:
        notes.append(
            tr(
                "Sample pixels left out because the map is unclassified there: "
                "{count}. The estimates hold for the classified part of the map."
            ).format(count=outside)
        )
    return notes
