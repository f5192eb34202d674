"""The plot of spectra, with matplotlib, in the colours of QGIS's theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtWidgets import QWidget

from miaf_engine.cubes.bands import BandTable
from miaf_qgis.desktop.figure import FigureWidget, in_colour
from miaf_qgis.translation import tr

# Bands so many times farther apart than their neighbours are not joined by a line.
_GAP = 2.5
# Names that fit into the plot, and how wide it must be to have more beside it.
_SHORT_LEGEND, _WIDE_PIXELS = 6, 560
_LONGEST_NAME = 24
_SPREAD_OPACITY, _BAD_OPACITY = 0.2, 0.15


@dataclass(frozen=True)
class Curve:
    """A line of the plot.

    Attributes:
        name: For the legend, empty to leave it out.
        colour: As "#rrggbb"; empty is that of the theme's text.
        values: float (C,), NaN without a value.
        spread: float (C,), half the height of the band around it; None without one.
        dashed: Whether the line is thin and dashed.
    """

    name: str
    colour: str
    values: NDArray[np.floating]
    spread: NDArray[np.floating] | None = None
    dashed: bool = False


class SpectraPlot(FigureWidget):
    """Curves over the wavelength."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._table: BandTable | None = None
        self._curves: Sequence[Curve] = ()
        super().__init__(
            tr(
                "The plot needs the Python package matplotlib, which this QGIS does "
                "not have. The nearest classes and their spectral angles are still "
                "shown below."
            ),
            parent,
        )

    def show_curves(self, table: BandTable | None, curves: Sequence[Curve]) -> None:
        """Show curves.

        Args:
            table: The bands; None empties the plot.
            curves: From the lowest to the topmost.
        """
        self._table, self._curves = table, curves
        self.draw()

    def draw_on(self, figure: Any, colour: str) -> None:
        axes = figure.add_subplot()
        if self._table is not None:
            _draw(axes, self._table, self._curves, colour)
        in_colour(axes, colour)


def _draw(axes: Any, table: BandTable, curves: Sequence[Curve], text: str) -> None:
    places, order = _axis(table)
    good = np.array(table.good)[order]
    breaks = _breaks(places)
    for curve in curves:
        colour = curve.colour or text
        values = np.where(good, curve.values[order], np.nan)
        x, y = np.insert(places, breaks, np.nan), np.insert(values, breaks, np.nan)
        width, style = (1.0, "--") if curve.dashed else (1.4, "-")
        axes.plot(x, y, style, color=colour, linewidth=width, label=curve.name or None)
        if curve.spread is not None:
            spread = np.insert(curve.spread[order], breaks, np.nan)
            axes.fill_between(
                x, y - spread, y + spread,
                color=colour, alpha=_SPREAD_OPACITY, linewidth=0,
            )  # fmt: skip
    for left, right in _bad_spans(places, good):
        axes.axvspan(left, right, color=text, alpha=_BAD_OPACITY, linewidth=0)
    nanometres = table.wavelengths_nm is not None
    axes.set_xlabel(tr("Wavelength (nm)") if nanometres else tr("Band"))
    axes.set_ylabel(tr("Value"))
    _name(axes, text)


def _name(axes: Any, colour: str) -> None:
    """Add the legend: in the plot if it is short, beside it if there is room."""
    handles, names = axes.get_legend_handles_labels()
    place: dict[str, Any] = {"loc": "best"}
    if len(names) > _SHORT_LEGEND:
        place = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.0)}
    wide = axes.figure.get_size_inches()[0] * axes.figure.dpi >= _WIDE_PIXELS
    if names and (wide or len(names) <= _SHORT_LEGEND):
        axes.legend(
            handles,
            map(_in_legend, names),
            fontsize="small",
            frameon=False,
            labelcolor=colour,
            **place,
        )


def _in_legend(name: str) -> str:
    """Return a name as the legend has it: not longer than the plot, and no formula."""
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    return short.replace("$", r"\$")


def _axis(table: BandTable) -> tuple[NDArray[np.floating], NDArray[np.intp]]:
    """Return ascending places on the axis, and which band is at each."""
    centres = table.wavelengths_nm
    if centres is None:
        return np.arange(1.0, table.count + 1), np.arange(table.count)
    places = np.array(centres, float)
    order = np.argsort(places, kind="stable")  # NaN, of bad bands, comes last
    return places[order], order


def _breaks(places: NDArray[np.floating]) -> NDArray[np.intp]:
    """Return before which places the line is interrupted, as bands are missing."""
    steps = np.diff(places)
    if len(steps) < 2:
        return np.empty(0, np.intp)
    before = np.concatenate([steps[1:2], steps[:-1]])
    after = np.concatenate([steps[1:], steps[-2:-1]])
    return np.flatnonzero(steps > _GAP * np.fmax(before, after)) + 1


def _bad_spans(
    places: NDArray[np.floating], good: NDArray[np.bool_]
) -> list[tuple[float, float]]:
    """Return begin and end of each run of bad bands on the axis."""
    known = np.isfinite(places)
    places, good = places[known], good[known]
    if len(places) < 2:
        return []
    middles = (places[:-1] + places[1:]) / 2
    edges = np.concatenate([places[:1], middles, places[-1:]])
    changes = np.flatnonzero(np.diff(np.concatenate([[1], good, [1]]).astype(int)))
    return [
        (float(edges[begin]), float(edges[end]))
        for begin, end in changes.reshape(-1, 2)
    ]
