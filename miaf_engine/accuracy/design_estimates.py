"""Accuracies and areas of any map from a sample whose design is known.

Where a stratified sample was drawn from one map and another one is assessed, its
classes are not the strata. The estimators with indicator functions (Stehman 2014,
International Journal of Remote Sensing 35:4923-4939, equations 2, 3 and 25 to 28) do
not mind: each figure is a mean, or a ratio of two means, of a value that each point
has. Where the strata are the classes of the map that is assessed, they give what
Olofsson et al. (2014) give, with the finite population correction.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.area_estimates import AreaEstimates, Estimates
from miaf_engine.accuracy.intervals import DOUBT, score_interval, student_quantile
from miaf_engine.classes import ClassTable
from miaf_engine.translation import tr

FEWEST_IN_STRATUM = 2
# A sample of a whole map is looked at by classes of the map that have so many points;
# smaller ones are taken together.
FEWEST_IN_CLASS = 10
FloatArray = NDArray[np.float64]
Indicator = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Strata:
    """The parts of a map that a sample stands for.

    Attributes:
        member: int64 (n,), stratum 0..H-1 of each point.
        pixels: float64 (H,), pixels of each stratum.
        areas: float64 (H,), area of each stratum, of any unit.
    """

    member: NDArray[np.int64]
    pixels: FloatArray
    areas: FloatArray

    @property
    def points(self) -> NDArray[np.int64]:
        """Points of each stratum, int64 (H,)."""
        return np.bincount(self.member, minlength=len(self.pixels)).astype(np.int64)

    def of_enough(self, least: int = FEWEST_IN_CLASS) -> Strata:
        """Return the strata with those of fewer points than `least` taken together."""
        rank = np.argsort(self.points, kind="stable")
        small = int((self.points < least).sum())
        # What is taken together must itself be of enough points.
        while 0 < small < len(rank) and self.points[rank[:small]].sum() < least:
            small += 1
        if small < 2:
            return self
        to = np.zeros(len(rank), np.int64)
        to[rank[small:]] = np.arange(1, len(rank) - small + 1)
        pixels, areas = (
            np.bincount(to, weights=values).astype(np.float64, copy=False)
            for values in (self.pixels, self.areas)
        )
        return Strata(to[self.member], pixels, areas)


def design_estimates(
    strata: Strata,
    reference: NDArray[np.integer],
    mapped: NDArray[np.integer],
    classes: ClassTable,
    shown: FloatArray,
    *,
    counted: Indicator | None = None,
    unit: str = "pixels",
    measure: str = "",
    method: str = "",
    design: str = "",
    notes: Sequence[str] = (),
) -> AreaEstimates:
    """Estimate accuracies and areas of a map from a sample of known design.

    Args:
        strata: What the n points stand for.
        reference: integer (n,), reference class 1..K.
        mapped: integer (n,), class of the map 1..K, 0 = none.
        classes: The K classes.
        shown: float64 (K,), area that the map shows for each class.
        counted: bool (n,), points in the part of the map that the figures are to hold
            for; None for all. The others still tell how large that part is.
        unit: Unit of areas.
        measure: How areas were measured.
        method: What the strata are, for the user.
        design: How the points were drawn.
        notes: Sentences to go before those on the sample.

    Returns:
        The estimates. All are NaN where a stratum has no point, and the errors where
        one has a single one.
    """
    inside = np.ones(len(reference), bool) if counted is None else counted
    right = inside & (reference == mapped)
    total = float(strata.areas.sum())
    estimator = _Estimator(strata)
    of_reference = [inside & (reference == k) for k in range(1, len(classes) + 1)]
    of_map = [inside & (mapped == k) for k in range(1, len(classes) + 1)]
    everything = np.ones(len(reference), bool)
    areas = _stacked([estimator.ratio(part, everything) for part in of_reference])
    ends = None if areas.ends is None else areas.ends * total
    scaled = Estimates(areas.values * total, areas.errors * total, total, ends)
    return AreaEstimates(
        classes,
        shown,
        unit,
        scaled,
        _single(estimator.ratio(right, inside)),
        _stacked([estimator.ratio(right & part, part) for part in of_reference]),
        _stacked([estimator.ratio(right & part, part) for part in of_map]),
        (*notes, *_notes(strata)),
        measure,
        method,
        design,
    )


@dataclass(frozen=True)
class _Ratio:
    """An estimate, its standard error and its 95 % interval; NaN where unknown."""

    value: float
    error: float = math.nan
    low: float = math.nan
    high: float = math.nan


class _Estimator:
    """Estimates ratios of what points of a sample stand for."""

    def __init__(self, strata: Strata) -> None:
        self._member, self._points = strata.member, strata.points
        self._shares = strata.areas / strata.areas.sum()
        with np.errstate(divide="ignore", invalid="ignore"):
            self._unsampled = np.clip(1 - self._points / strata.pixels, 0.0, 1.0)
            # Share of the whole that each point of a stratum stands for.
            self._weights = self._shares / self._points
        self._defined = bool((self._points > 0).all())
        # A stratum whose every pixel was looked at varies no more.
        enough = (self._points >= FEWEST_IN_STRATUM) | (self._unsampled == 0)
        self._has_errors = bool(enough.all())
        self._freedom = np.maximum(self._points - 1, 1)

    def ratio(self, part: Indicator, whole: Indicator) -> _Ratio:
        """Estimate the share of `whole` that is `part`, both bool (n,)."""
        if not self._defined:
            return _Ratio(math.nan)
        weights = self._weights[self._member]
        size = float(weights[whole].sum())
        if size == 0:
            return _Ratio(math.nan)
        share = float(weights[part].sum()) / size
        if not self._has_errors:
            return _Ratio(share)
        residuals = part - share * whole.astype(np.float64)
        variances = self._variances(residuals) / size**2
        error = math.sqrt(float(variances.sum()))
        return _Ratio(share, error, *self._interval(share, variances, whole, size))

    def _variances(self, values: FloatArray) -> FloatArray:
        """Return what each stratum adds to the variance of the mean of values, (n,)."""
        member, points = self._member, self._points
        means = np.bincount(member, weights=values, minlength=len(points)) / points
        squares = np.bincount(
            member, weights=(values - means[member]) ** 2, minlength=len(points)
        )
        found: FloatArray = self._shares**2 * self._unsampled * squares / points
        return found / self._freedom

    def _interval(
        self, share: float, variances: FloatArray, whole: Indicator, size: float
    ) -> tuple[float, float]:
        """Return Wilson's interval on the effective sample size.

        With Student's t of Satterthwaite's degrees of freedom. Counted in is a part of
        a point of the greatest weight, half of it right: the sample may have missed the
        few points that would have weighed most.
        """
        own = self._member[whole]
        # Strata in which a further point of the whole could lie.
        alone = len(np.unique(own)) == 1 and len(own) == self._points[own[0]]
        there = np.unique(own) if alone else np.arange(len(self._points))
        heaviest = float((self._weights * np.sqrt(self._unsampled))[there].max())
        if heaviest == 0:  # Every pixel was looked at.
            return share, share
        variance = float(variances.sum())
        if variance > 0 and 0 < share < 1:
            freedom = variance**2 / float((variances**2 / self._freedom).sum())
            part = DOUBT * heaviest / size
            centre = (share + part / 2) / (1 + part)
            variance = (variance + DOUBT * (heaviest / size) ** 2 / 4) / (1 + part) ** 2
            effective = centre * (1 - centre) / variance
        else:
            freedom, centre = len(own) - 1.0, share
            squares = self._weights[own] ** 2 * self._unsampled[own]
            known = float(squares.sum())
            effective = size / heaviest
            if known > 0:
                effective = min(effective, size**2 / known)
        quantile = student_quantile(max(freedom, 1.0))
        low, high = score_interval(centre, effective, quantile)
        return min(low, share), max(high, share)


def _single(found: _Ratio) -> Estimates:
    ends = np.array([found.low, found.high])
    return Estimates(np.asarray(found.value), np.asarray(found.error), ends=ends)


def _stacked(found: Sequence[_Ratio]) -> Estimates:
    ends = np.array([[one.low for one in found], [one.high for one in found]])
    values, errors = ([getattr(f, name) for f in found] for name in ("value", "error"))
    return Estimates(np.array(values), np.array(errors), ends=ends)


def _notes(strata: Strata) -> list[str]:
    notes = []
    points = strata.points
    single = (points == 1) & (strata.pixels > 1)
    for chosen, text in (
        (
            points == 0,
            tr(
                "Nothing can be estimated, because some strata have no point with a "
                "class: {count}."
            ),
        ),
        (
            single,
            tr(
                "Standard errors are unknown, because some strata have a single "
                "point with a class: {count}."
            ),
        ),
    ):
        found = int(chosen.sum())
        if found:
            notes.append(text.format(count=found))
    return notes
