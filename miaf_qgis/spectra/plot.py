"""The plot of spectra, with matplotlib, in the colours of QGIS's theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtGui import QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from miaf_engine.cubes.bands import BandTable
from miaf_qgis.translation import tr

# Bands so many times farther apart than their neighbours are not joined by a line.
_GAP = 2.5
# Names that fit into the plot, and how wide it must be to have more beside it.
_SHORT_LEGEND, _WIDE_PIXELS = 6, 560
_LEAST_HEIGHT = 140
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


class SpectraPlot(QWidget):
    """Curves over the wavelength; a text where matplotlib is missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[BandTable | None, Sequence[Curve]] = (None, ())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._canvas = _canvas()
        if self._canvas is None:
            label = QLabel(
                tr(
                    "The plot needs the Python package matplotlib, which this QGIS "
                    "does not have. Names and spectral angles of the nearest classes "
                    "are shown below all the same."
                )
            )
            label.setWordWrap(True)
            layout.addWidget(label)
        else:
            self._canvas.setMinimumHeight(_LEAST_HEIGHT)
            # What is behind it shows through: some themes name its colour nowhere.
            self._canvas.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
            self._canvas.setStyleSheet("background: transparent")
            layout.addWidget(self._canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_again()  # Whether the legend has room depends on it.

    def changeEvent(self, event: QEvent) -> None:
        if self._canvas is not None and event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.StyleChange,
        ):
            # The widgets have the colours of a new theme only when all have seen it.
            QTimer.singleShot(0, self._draw_again)
        super().changeEvent(event)

    def _draw_again(self) -> None:
        self.draw(*self._drawn)

    def draw(self, table: BandTable | None, curves: Sequence[Curve]) -> None:
        """Show curves.

        Args:
            table: The bands; None empties the plot.
            curves: From the lowest to the topmost.
        """
        self._drawn = (table, curves)
        if self._canvas is None:
            return
        figure = self._canvas.figure
        figure.clear()
        axes = figure.add_subplot()
        figure.set_facecolor("none")
        axes.set_facecolor("none")
        text = text_colour(self)
        if table is not None:
            _draw(axes, table, curves, text)
        _in_colour(axes, text)
        self._canvas.draw_idle()


def text_colour(widget: QWidget) -> str:
    """Return the colour of text in a widget, as "#rrggbb"."""
    # A theme written as a stylesheet gives its colour to labels, not to plain widgets.
    label = QLabel(widget)
    label.ensurePolished()
    colour = label.palette().color(QPalette.ColorRole.WindowText).name()
    label.deleteLater()
    return str(colour)


def _canvas() -> Any:
    """Return an empty figure as a widget, None without matplotlib."""
    try:
        from matplotlib.figure import Figure

        backend: Any
        try:
            from matplotlib.backends import backend_qtagg as backend
        except ImportError:  # Before matplotlib 3.5
            from matplotlib.backends import backend_qt5agg as backend
    except ImportError:
        return None
    return backend.FigureCanvasQTAgg(Figure(constrained_layout=True))


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
            handles, names, fontsize="small", frameon=False, labelcolor=colour, **place
        )


def _in_colour(axes: Any, colour: str) -> None:
    axes.tick_params(colors=colour, labelsize="small")
    axes.xaxis.label.set_color(colour)
    axes.yaxis.label.set_color(colour)
    for name, spine in axes.spines.items():
        spine.set_color(colour)
        spine.set_visible(name in ("left", "bottom"))


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
