"""How sure accuracy figures are, by areas where the scored pixels come in areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.area_counts import AreaCounts
from miaf_engine.accuracy.intervals import (
    UNKNOWN,
    Interval,
    area_interval,
    wilson_interval,
)
from miaf_engine.errors import listed

FEWEST_AREAS = 8  # below, no method holds what it promises
FEWEST_OF_A_CLASS = 2  # below, nothing says how areas of the class differ
PIXELS = "Wilson score interval (1927); each scored pixel an independent sample"
AREAS = (
    "Wilson score interval on the effective sample size, from a jackknife over "
    "{count} areas, Student's t; each area an independent sample"
)


@dataclass(frozen=True)
class Uncertainty:
    """95 % intervals of accuracy figures; NaN where there is none.

    Attributes:
        method: What they were computed by, and what was taken for independent.
        by_area: Whether that is areas, not pixels.
        overall: Of the overall accuracy.
        producers: Of each class's producer's accuracy.
        users: Of each class's user's accuracy.
        areas: Number of areas with scored pixels, None where they are not known.
        areas_of_class: The same for each reference class.
        notes: Why the intervals are not to be relied on; empty where they are.
    """

    method: str
    by_area: bool
    overall: Interval
    producers: tuple[Interval, ...]
    users: tuple[Interval, ...]
    areas: int | None = None
    areas_of_class: tuple[int, ...] | None = None
    notes: tuple[str, ...] = ()


def uncertainty(
    matrix: NDArray[np.int64], counts: AreaCounts | None, names: Sequence[str]
) -> Uncertainty:
    """Return the intervals of a confusion matrix.

    Args:
        matrix: int64 (K, K + 1), rows are reference classes, the last column
            unclassified.
        counts: The same by area; None where the pixels are independent.
        names: K names of classes, for the notes.
    """
    if counts is None or counts.single:
        return _of_pixels(matrix, counts)
    overall = counts.all_pixels()
    producers = [counts.reference_pixels(k) for k in range(len(names))]
    users = [counts.map_pixels(k) for k in range(len(names))]
    total, of_class = len(overall[1]), tuple(len(sizes) for _, sizes in producers)
    return Uncertainty(
        method=AREAS.format(count=total),
        by_area=True,
        overall=area_interval(*overall),
        producers=tuple(area_interval(*pair) for pair in producers),
        # A class that the reference hardly has says nothing of what the map calls it.
        users=tuple(
            area_interval(*pair) if count >= FEWEST_OF_A_CLASS else UNKNOWN
            for pair, count in zip(users, of_class, strict=True)
        ),
        areas=total,
        areas_of_class=of_class,
        notes=_notes(total, of_class, names),
    )


def _of_pixels(matrix: NDArray[np.int64], counts: AreaCounts | None) -> Uncertainty:
    agreed = np.diagonal(matrix).tolist()
    of_reference, of_map = matrix.sum(axis=1), matrix[:, :-1].sum(axis=0)
    known = counts is not None
    return Uncertainty(
        method=PIXELS,
        by_area=False,
        overall=wilson_interval(sum(agreed), int(matrix.sum())),
        producers=_wilson(agreed, of_reference.tolist()),
        users=_wilson(agreed, of_map.tolist()),
        areas=int(matrix.sum()) if known else None,
        areas_of_class=tuple(of_reference.tolist()) if known else None,
    )


def _wilson(agreed: Sequence[int], totals: Sequence[int]) -> tuple[Interval, ...]:
    pairs = zip(agreed, totals, strict=True)
    return tuple(wilson_interval(n, of) if of else UNKNOWN for n, of in pairs)


def _notes(
    total: int, of_class: Sequence[int], names: Sequence[str]
) -> tuple[str, ...]:
    notes = []
    if 0 < total < FEWEST_AREAS:
        notes.append(
            f"Only {total} areas were scored; with fewer than {FEWEST_AREAS} the "
            "intervals are not reliable."
        )
    pairs = zip(names, of_class, strict=True)
    few = [name for name, count in pairs if 0 < count < FEWEST_OF_A_CLASS]
    if few:
        notes.append(
            f"Scored in a single area: {listed(few)}. Nothing tells how other areas of "
            "the class would differ, so its figures have no interval and the overall "
            "interval is not reliable."
        )
    return tuple(notes)
