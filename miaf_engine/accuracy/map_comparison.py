"""Two maps against one reference: which is right more often, and is that chance.

McNemar (1947, Psychometrika 12:153-157) looks at the pixels where just one of the two
is right. It takes pixels for independent, so where they come in areas the difference
of the accuracies with an interval by area stands beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from miaf_engine.accuracy.intervals import (
    Interval,
    mean_interval,
    normal_quantile,
)
from miaf_engine.translation import marked, tr

FEWEST_FOR_CHI_SQUARE = 25  # discordant pixels; below, the binomial is exact
TOO_SURE = marked(
    "The pixels lie in areas and are not independent samples, so McNemar's test is "
    "overconfident. Use the interval of the difference, which treats each area as one "
    "sample."
)


@dataclass(frozen=True)
class Comparison:
    """Two maps, the assessed one and another, scored on the same pixels.

    Attributes:
        both: Pixels where both are right.
        first_only: Pixels where only the assessed map is right.
        second_only: Pixels where only the other map is right.
        neither: Pixels where both are wrong.
        interval: 95 % interval of the difference of the overall accuracies.
        interval_method: How it was computed.
        better_areas: Areas where the assessed map has more right pixels, and areas
            where the other has; None where each pixel is a sample of its own.
    """

    both: int
    first_only: int
    second_only: int
    neither: int
    interval: Interval
    interval_method: str
    better_areas: tuple[int, int] | None = None

    @property
    def pixels(self) -> int:
        """Pixels scored."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def accuracies(self) -> tuple[float, float]:
        """Overall accuracy of the assessed map and of the other."""
        first, second = self.both + self.first_only, self.both + self.second_only
        return first / self.pixels, second / self.pixels

    @property
    def difference(self) -> float:
        """Overall accuracy of the assessed map less that of the other."""
        return (self.first_only - self.second_only) / self.pixels

    @property
    def test(self) -> str:
        """How `p_value` was computed."""
        if self.first_only + self.second_only < FEWEST_FOR_CHI_SQUARE:
            return tr("McNemar, exact binomial")
        return tr("McNemar, chi-square with continuity correction")

    @property
    def statistic(self) -> float | None:
        """The continuity-corrected chi-square, None where the binomial was used."""
        one, other = self.first_only, self.second_only
        if one + other < FEWEST_FOR_CHI_SQUARE:
            return None
        return max(abs(one - other) - 1, 0) ** 2 / (one + other)

    @property
    def p_value(self) -> float:
        """Two-sided p value of McNemar's test."""
        if self.statistic is None:
            return sign_test(self.first_only, self.second_only)
        return math.erfc(math.sqrt(self.statistic / 2))  # one degree of freedom

    @property
    def area_p_value(self) -> float | None:
        """Two-sided p value of the sign test over areas, where there are areas."""
        return None if self.better_areas is None else sign_test(*self.better_areas)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as JSON values, null where undefined."""
        first, second = self.accuracies
        areas = self.better_areas
        return {
            "pixels": self.pixels,
            "both_right": self.both,
            "only_first_right": self.first_only,
            "only_second_right": self.second_only,
            "both_wrong": self.neither,
            "first_overall_accuracy": first,
            "second_overall_accuracy": second,
            "difference": self.difference,
            "difference_interval": [
                None if math.isnan(end) else end for end in self.interval
            ],
            "interval_method": self.interval_method,
            "test": self.test,
            "statistic": self.statistic,
            "p_value": self.p_value,
            "areas_first_better": areas[0] if areas else None,
            "areas_second_better": areas[1] if areas else None,
            "areas_p_value": self.area_p_value,
            "note": tr(TOO_SURE) if areas else None,
        }


def compare_maps(
    first: NDArray[np.integer],
    second: NDArray[np.integer],
    reference: NDArray[np.integer],
    areas: NDArray[np.integer] | None = None,
) -> Comparison:
    """Compare two maps where the reference has a class.

    Args:
        first: The assessed map, class 1..K, 0 = unclassified, which counts as wrong.
        second: The other map, same shape and classes.
        reference: Same shape, class 1..K, 0 = not scored; one pixel at least.
        areas: Same shape, number of the area; None where pixels are independent.
    """
    where = reference != 0
    one, other = (part[where] == reference[where] for part in (first, second))
    gains = one.astype(np.int64) - other
    split = int((one & other).sum()), int((gains > 0).sum()), int((gains < 0).sum())
    rest = int(where.sum()) - sum(split)
    single = areas is None or len(np.unique(areas[where])) == int(where.sum())
    if areas is None or single:
        interval, method = _independent(*split[1:], int(where.sum()))
        return Comparison(*split, rest, interval, method)
    _, place = np.unique(areas[where], return_inverse=True)
    sizes = np.bincount(place)
    sums = np.zeros(len(sizes), np.int64)
    np.add.at(sums, place, gains)
    return Comparison(
        *split,
        rest,
        mean_interval(sums, sizes),
        tr("jackknife over {count} areas with Student's t").format(count=len(sizes)),
        (int((sums > 0).sum()), int((sums < 0).sum())),
    )


def sign_test(one: int, other: int) -> float:
    """Return the exact two-sided p value that either side is as likely."""
    count = one + other
    return min(1.0, 2 * float(bdtr(min(one, other), count, 0.5))) if count else 1.0


def _independent(one: int, other: int, total: int) -> tuple[Interval, str]:
    """Return Agresti & Min's (2005) interval of a difference of paired shares."""
    more, less, count = one + 0.5, other + 0.5, total + 2
    mean = (more - less) / count
    error = math.sqrt((more + less) - (more - less) ** 2 / count) / count
    margin = normal_quantile() * error
    ends = max(mean - margin, -1.0), min(mean + margin, 1.0)
    return ends, tr("Agresti & Min (2005) with each pixel as an independent sample")
