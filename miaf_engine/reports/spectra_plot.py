"""Pictures of the mean spectra of classes; class names stand in the HTML around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import Stroke, withStroke
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from miaf_engine.reports.plots import (
    DOTS_PER_INCH,
    INK,
    plain,
    png,
)

_OUTLINE: list[Stroke] = [withStroke(linewidth=2.2, foreground="#55555588")]
_GAP = 4.0  # times the median band spacing: bands are missing, so no line there
_LEFT_OUT = "#ececec"
_MANY, _COARSE = 20, 110  # classes, and dots per inch where there are more
_MOST_TICKS = 400  # bands; more would run together


@dataclass(frozen=True)
class BandAxis:
    """Where the bands of spectra lie along a plot.

    Attributes:
        places: float (C,), wavelengths in nanometres, or numbers of the bands.
        label: What they are.
        left_out: float (n,), places of bands that were not used.
    """

    places: NDArray[np.floating]
    label: str
    left_out: NDArray[np.floating]

    @classmethod
    def of(
        cls,
        count: int,
        wavelengths: NDArray[np.floating] | None = None,
        numbers: NDArray[np.integer] | None = None,
        left_out: NDArray[np.floating] | None = None,
    ) -> BandAxis:
        """Return the axis of `count` bands: by wavelength, else number, else order."""
        out = np.zeros(0) if left_out is None else np.asarray(left_out, float)
        if wavelengths is not None:
            return cls(np.asarray(wavelengths, float), "wavelength (nm)", out)
        if numbers is not None:
            return cls(np.asarray(numbers, float), "band", out)
        return cls(np.arange(1.0, count + 1), "band", out)

    @property
    def order(self) -> NDArray[np.intp]:
        """Order of the bands along the axis: detectors overlap."""
        return np.argsort(self.places, kind="stable")

    def pieces(self) -> list[slice]:
        """Return the runs of neighbouring bands, in order, between bands left out."""
        x = self.places[self.order]
        steps = np.diff(x)
        out = np.sort(self.left_out)
        between = np.searchsorted(out, x[1:]) > np.searchsorted(out, x[:-1], "right")
        wide = steps > _GAP * np.median(steps) if len(steps) else steps > 0
        starts = [0, *(int(i) + 1 for i in np.flatnonzero(between | wide))]
        ends = [*starts[1:], len(x)]
        return [slice(a, b) for a, b in zip(starts, ends, strict=True)]

    def gaps(self) -> list[tuple[float, float]]:
        """Return the stretches without a used band, as (from, to)."""
        x, pieces = self.places[self.order], self.pieces()
        inner = [(float(x[a.stop - 1]), float(x[b.start])) for a, b in pairwise(pieces)]
        before = self.left_out[self.left_out < x[0]]
        after = self.left_out[self.left_out > x[-1]]
        first = [(float(before.min()), float(x[0]))] if len(before) else []
        last = [(float(x[-1]), float(after.max()))] if len(after) else []
        return [*first, *inner, *last]


def spectra_png(
    means: NDArray[np.floating], axis: BandAxis, colours: Sequence[str], unit: str
) -> bytes:
    """Draw the mean spectra of all classes in one picture, and mark the used bands.

    Args:
        means: float (K, C); rows without a number are left out.
        axis: Where the bands lie.
        colours: K colours, `#rrggbb`.
        unit: Label of the vertical axis.
    """
    figure = Figure(figsize=(8, 3.4), layout="constrained")
    axes = figure.subplots()
    order = axis.order
    x = axis.places[order]
    _mark_gaps(axes, axis)
    for mean, colour in zip(means, colours, strict=True):
        for part in axis.pieces():
            _line(axes, x[part], mean[order][part], colour, 1.4)
    if len(x) <= _MOST_TICKS:
        bottom = np.zeros(len(x))
        transform = axes.get_xaxis_transform()
        axes.plot(x, bottom, "|", color=INK, markersize=7, transform=transform)
    plain(axes)
    axes.set_xlabel(axis.label)
    axes.set_ylabel(unit, parse_math=False)
    return png(figure, _dots(means))


def spectrum_png(
    means: NDArray[np.floating],
    spreads: NDArray[np.floating],
    axis: BandAxis,
    k: int,
    colour: str,
) -> bytes:
    """Draw the mean spectrum of one class and its spread, on axes that all share.

    Args:
        means: float (K, C).
        spreads: float (K, C), standard deviation of each band.
        axis: Where the bands lie.
        k: Row of the class, from 0.
        colour: `#rrggbb`.
    """
    figure = Figure(figsize=(2.6, 1.7), layout="constrained")
    axes = figure.subplots()
    order = axis.order
    x = axis.places[order]
    _mark_gaps(axes, axis)
    low, high = (means + sign * spreads for sign in (-1, 1))
    for part in axis.pieces():
        band = order[part]
        axes.fill_between(x[part], low[k, band], high[k, band], color=colour, alpha=0.4)
        _line(axes, x[part], means[k, band], colour, 1.2)
    plain(axes)
    axes.tick_params(labelsize=7)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    edges = [np.nanmin(low), np.nanmax(high)]
    margin = 0.03 * (edges[1] - edges[0]) or 1.0
    axes.set_ylim(edges[0] - margin, edges[1] + margin)
    return png(figure, _dots(means))


def _dots(means: NDArray[np.floating]) -> int:
    """Return the dots per inch: fewer where many classes make many pictures."""
    return DOTS_PER_INCH if len(means) <= _MANY else _COARSE


def _line(
    axes: Axes,
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    colour: str,
    width: float,
) -> None:
    """Draw a piece of a spectrum; a lone band, which is no line, as a dot."""
    mark = {"marker": "."} if len(x) == 1 else {}
    axes.plot(x, y, color=colour, linewidth=width, path_effects=_OUTLINE, **mark)


def _mark_gaps(axes: Axes, axis: BandAxis) -> None:
    for low, high in axis.gaps():
        axes.axvspan(low, high, color=_LEFT_OUT, linewidth=0, zorder=0)
