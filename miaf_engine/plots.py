"""Pictures of a report as PNG bytes; drawn without a display and without user text.

Class names stand in the HTML around the pictures, where any script can be shown and
escaped.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from matplotlib.patheffects import Stroke, withStroke
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

LARGEST_MAP = 1400  # pixels along the longer side of the picture
SMALLEST_MAP = 500  # likewise; smaller maps are enlarged by a whole number
UNCLASSIFIED_COLOUR = "#ffffff"
_DOTS_PER_INCH = 160
_INK, _FAINT = "#333333", "#d8d8d8"
_OUTLINE: list[Stroke] = [withStroke(linewidth=2.2, foreground="#55555588")]
_GAP = 4.0  # times the median band spacing: bands were left out, so no line there


def map_png(class_map: NDArray[np.integer], colours: Sequence[str]) -> bytes:
    """Draw a class map in its colours, without smoothing.

    Args:
        class_map: integer (H, W), class 1..K, 0 = unclassified, drawn white.
        colours: K colours, `#rrggbb`.
    """
    longest = max(class_map.shape)
    step = -(-longest // LARGEST_MAP)
    times = max(SMALLEST_MAP // longest, 1)
    shown = np.repeat(np.repeat(class_map[::step, ::step], times, 0), times, 1)
    table = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in _with_none(colours)]
    stream = io.BytesIO()
    imsave(stream, np.array(table, np.uint8)[shown], format="png")
    return stream.getvalue()


def curve_pngs(
    losses: Sequence[float],
    checks: Sequence[Sequence[float]],
    best_epoch: int | None,
) -> dict[str, bytes]:
    """Draw the course of the training, a picture for the loss and one for accuracy.

    Args:
        losses: Training loss of each epoch.
        checks: (epoch, validation accuracy 0..1, validation loss) where measured.
        best_epoch: Epoch whose weights were kept, counted from 1.
    """
    names = ["Loss", "Validation accuracy"][: 2 if len(checks) else 1]
    panels = [
        Figure(figsize=(4.4, 2.9), layout="constrained").subplots() for _ in names
    ]
    panels[0].plot(range(1, len(losses) + 1), losses, color="#0072b2", label="training")
    panels[0].set_ylabel("loss")
    if len(checks):
        epochs, accuracies, validation_losses = zip(*checks, strict=True)
        dots = {"color": "#d55e00", "marker": "o", "markersize": 3, "linewidth": 1}
        panels[0].plot(epochs, validation_losses, label="validation", **dots)
        panels[0].legend(frameon=False, fontsize=9)
        panels[1].plot(epochs, 100 * np.array(accuracies), **dots)
        panels[1].set_ylabel("validation accuracy (%)")
        panels[1].set_ylim(0, 102)
    for panel in panels:
        _plain(panel)
        panel.set_xlabel("epoch")
        panel.set_xlim(0.5, max(len(losses), 2) + 0.5)
        panel.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        if best_epoch:
            panel.axvline(best_epoch, color=_INK, linewidth=1, linestyle=":")
    return {
        name: _png(panel.get_figure())
        for name, panel in zip(names, panels, strict=True)
    }


def spectra_png(
    means: NDArray[np.floating],
    wavelengths: NDArray[np.floating] | None,
    colours: Sequence[str],
    unit: str,
) -> bytes:
    """Draw the mean spectra of all classes in one picture.

    Args:
        means: float (K, C); rows without a number are left out.
        wavelengths: float (C,) in nanometres, or None to count bands from 1.
        colours: K colours, `#rrggbb`.
        unit: Label of the vertical axis.
    """
    figure = Figure(figsize=(8, 3.4), layout="constrained")
    axes = figure.subplots()
    order, x = _positions(means.shape[1], wavelengths)
    for mean, colour in zip(means, colours, strict=True):
        for part in _pieces(x):
            axes.plot(
                x[part],
                mean[order][part],
                color=colour,
                linewidth=1.4,
                path_effects=_OUTLINE,
            )
    _plain(axes)
    axes.set_xlabel("band" if wavelengths is None else "wavelength (nm)")
    axes.set_ylabel(unit, parse_math=False)
    return _png(figure)


def spectrum_png(
    means: NDArray[np.floating],
    spreads: NDArray[np.floating],
    wavelengths: NDArray[np.floating] | None,
    k: int,
    colour: str,
) -> bytes:
    """Draw the mean spectrum of one class and its spread, on axes that all share.

    Args:
        means: float (K, C).
        spreads: float (K, C), standard deviation of each band.
        wavelengths: As in `spectra_png`.
        k: Row of the class, from 0.
        colour: `#rrggbb`.
    """
    figure = Figure(figsize=(2.6, 1.7), layout="constrained")
    axes = figure.subplots()
    order, x = _positions(means.shape[1], wavelengths)
    low, high = (means + sign * spreads for sign in (-1, 1))
    for part in _pieces(x):
        band = order[part]
        axes.fill_between(x[part], low[k, band], high[k, band], color=colour, alpha=0.4)
        axes.plot(
            x[part], means[k, band], color=colour, linewidth=1.2, path_effects=_OUTLINE
        )
    _plain(axes)
    axes.tick_params(labelsize=7)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    edges = [np.nanmin(low), np.nanmax(high)]
    margin = 0.03 * (edges[1] - edges[0]) or 1.0
    axes.set_ylim(edges[0] - margin, edges[1] + margin)
    return _png(figure)


def _positions(
    count: int, wavelengths: NDArray[np.floating] | None
) -> tuple[NDArray[np.intp], NDArray[np.floating]]:
    """Return the order of the bands along the axis and their places on it."""
    x = np.arange(1.0, count + 1) if wavelengths is None else np.asarray(wavelengths)
    order = np.argsort(x, kind="stable")  # detectors overlap
    return order, x[order]


def _pieces(x: NDArray[np.floating]) -> list[slice]:
    """Return the runs of neighbouring bands, broken where bands were left out."""
    steps = np.diff(x)
    wide = np.flatnonzero(steps > _GAP * np.median(steps)) if len(steps) else []
    starts = [0, *(int(i) + 1 for i in wide)]
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], len(x)], strict=True)]


def _with_none(colours: Sequence[str]) -> list[str]:
    return [UNCLASSIFIED_COLOUR, *colours]


def _plain(axes: Axes) -> None:
    axes.grid(color=_FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=_INK, labelsize=9)


def _png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    FigureCanvasAgg(figure)
    # Without the software's name the same numbers give the same bytes.
    figure.savefig(
        stream, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None}
    )
    return stream.getvalue()
