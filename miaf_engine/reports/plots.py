"""Plots of a report as PNG bytes: maps, curves, spectra, roles and reliability.

Drawn without a display and without user text: class names stand in the HTML around the
pictures, where any script can be shown and escaped.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib import colormaps, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.image import imsave
from matplotlib.patheffects import Stroke, withStroke
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from miaf_engine.accuracy.calibration import Reliability
from miaf_engine.reports.pictures import RolePicture
from miaf_engine.translation import tr

LARGEST_MAP = 1400  # pixels along the longer side of the picture
SMALLEST_MAP = 500  # likewise; smaller maps are enlarged by a whole number
MOST_BYTES = 600_000  # of a map's picture; noise of many classes is thinned more
UNCLASSIFIED_COLOUR = "#ffffff"
DOTS_PER_INCH = 160
INK, FAINT = "#333333", "#d8d8d8"
_OUTLINE: list[Stroke] = [withStroke(linewidth=2.2, foreground="#55555588")]
# Those of Linux, Windows and macOS.
CHINESE_FONTS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback"),
    *("Microsoft YaHei", "DengXian", "SimHei", "SimSun"),
    *("PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "Arial Unicode MS"),
)
_FIRST_CHINESE = "\u2e80"
_GAP = 4.0  # times the median band spacing: bands are missing, so no line there
_LEFT_OUT = "#ececec"
_MANY, _COARSE = 20, 110  # classes, and dots per inch where there are more
_MOST_TICKS = 400  # bands; more would run together
_BACKGROUND = 232  # where nothing is known of the scene
_DARK, _BRIGHT, _LEVELS = 70, 190, 16  # of the scene; few levels make a light file


def map_png(class_map: NDArray[np.integer], colours: Sequence[str]) -> bytes:
    """Draw a class map in its colours, without smoothing.

    Args:
        class_map: integer (H, W), class 1..K, 0 = unclassified, drawn white.
        colours: K colours, `#rrggbb`.
    """
    step = -(-max(class_map.shape) // LARGEST_MAP)
    table = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in _with_none(colours)]
    while True:
        shown = np.array(table, np.uint8)[class_map[::step, ::step]]
        drawn = image_png(shown)
        if len(drawn) <= MOST_BYTES or max(shown.shape[:2]) <= SMALLEST_MAP:
            return drawn
        step *= 2


def image_png(image: NDArray[np.uint8]) -> bytes:
    """Return an image, uint8 (H, W, 3), as PNG; a small one enlarged, not smoothed."""
    times = max(SMALLEST_MAP // max(image.shape[:2]), 1)
    stream = io.BytesIO()
    large = np.repeat(np.repeat(image, times, 0), times, 1)
    # Whole pixels recur; zlib's strategy for smoothly filtered values finds fewer.
    strategy = {"compress_type": zlib.Z_DEFAULT_STRATEGY}
    imsave(stream, large, format="png", pil_kwargs=strategy)
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
    names = [tr("Loss by epoch"), tr("Validation accuracy by epoch")]
    names = names[: 2 if len(checks) else 1]
    figures = [new_figure(4.4, 2.9) for _ in names]
    panels = [figure.subplots() for figure in figures]
    panels[0].plot(
        range(1, len(losses) + 1),
        losses,
        color="#0072b2",
        label=in_picture("training"),
    )
    panels[0].set_ylabel(in_picture("loss"))
    if len(checks):
        epochs, accuracies, validation_losses = zip(*checks, strict=True)
        dots: dict[str, Any] = {
            "color": "#d55e00",
            "marker": "o",
            "markersize": 3,
            "linewidth": 1,
        }
        panels[0].plot(
            epochs, validation_losses, label=in_picture("validation"), **dots
        )
        panels[0].legend(frameon=False, fontsize=9)
        panels[1].plot(epochs, 100 * np.array(accuracies), **dots)
        panels[1].set_ylabel(in_picture("validation accuracy (%)"))
        panels[1].set_ylim(0, 102)
    for panel in panels:
        plain(panel)
        panel.set_xlabel(in_picture("epoch"))
        panel.set_xlim(0.5, max(len(losses), 2) + 0.5)
        panel.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        if best_epoch:
            panel.axvline(best_epoch, color=INK, linewidth=1, linestyle=":")
    return {name: png(figure) for name, figure in zip(names, figures, strict=True)}


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, in inches; what is written into it finds its font."""
    rcParams["font.family"] = ["sans-serif", *_chinese_fonts()]
    return Figure(figsize=(width, height), layout="constrained")


def in_picture(text: str) -> str:
    """Return a text of a picture in the user's language.

    In English where no font has the signs: boxes would stand there.
    """
    words = tr(text)
    drawable = words.isascii() or max(words) < _FIRST_CHINESE or _chinese_fonts()
    return words if drawable else text


@cache
def _chinese_fonts() -> tuple[str, ...]:
    """Return the best font with Chinese signs, which matplotlib's own has not."""
    known = {font.name for font in fontManager.ttflist}
    return tuple(name for name in CHINESE_FONTS if name in known)[:1]


def plain(axes: Axes) -> None:
    """Give axes the look of all plots."""
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9)


def png(figure: Figure, dots_per_inch: int = DOTS_PER_INCH) -> bytes:
    """Return a figure as PNG."""
    stream = io.BytesIO()
    FigureCanvasAgg(figure)
    # Without the software's name the same numbers give the same bytes.
    figure.savefig(stream, format="png", dpi=dots_per_inch, metadata={"Software": None})
    return stream.getvalue()


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
            return cls(
                np.asarray(wavelengths, float), in_picture("wavelength (nm)"), out
            )
        if numbers is not None:
            return cls(np.asarray(numbers, float), in_picture("band"), out)
        return cls(np.arange(1.0, count + 1), in_picture("band"), out)

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
    figure = new_figure(8, 3.4)
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
    axes.set_ylabel(in_picture(unit), parse_math=False)
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
    figure = new_figure(2.6, 1.7)
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


def roles_png(picture: RolePicture) -> bytes:
    """Draw the roles in their colours, over the scene if it is known."""
    grey = np.full(picture.codes.shape, _BACKGROUND, np.uint8)
    if picture.grey is not None:
        grey = _stretched(picture.grey)
    image = np.repeat(grey[:, :, None], 3, axis=2)
    for number, role in enumerate(picture.roles, start=1):
        colour = [int(role.colour[i : i + 2], 16) for i in (1, 3, 5)]
        image[picture.codes == number] = colour
    return image_png(image)


def fold_colours(count: int) -> list[str]:
    """Return a colour for each fold, apart for every kind of colour vision."""
    return [to_hex(colour) for colour in colormaps["viridis"](np.linspace(0, 1, count))]


def reliability_png(measured: Reliability) -> bytes:
    """Draw accuracy over confidence, with the share of pixels of each bin as bars.

    Args:
        measured: At least one pixel.
    """
    figure = new_figure(4.4, 3.4)
    axes = figure.subplots()
    bins, some = len(measured.pixels), measured.pixels > 0
    middles = (np.arange(bins) + 0.5) * 100 / bins
    shares = 100 * measured.pixels / measured.pixels.sum()
    axes.bar(
        middles, shares, 84 / bins, color=FAINT, label=in_picture("share of pixels")
    )
    axes.plot(
        [0, 100],
        [0, 100],
        color=INK,
        linewidth=1,
        linestyle=":",
        label=in_picture("ideal"),
    )
    counts = measured.pixels[some]
    axes.plot(
        100 * measured.confidence[some] / counts,
        100 * measured.right[some] / counts,
        color="#d55e00",
        marker="o",
        markersize=4,
        linewidth=1.2,
        label=in_picture("right pixels"),
    )
    plain(axes)
    axes.set_xlim(0, 102)
    axes.set_ylim(0, 102)
    axes.set_xlabel(in_picture("confidence (%)"))
    axes.set_ylabel(in_picture("pixels (%)"))
    # Above the axes: inside, a map that is better than it says would cross it.
    figure.legend(frameon=False, fontsize=8.5, loc="outside upper left", ncols=3)
    return png(figure)


def _with_none(colours: Sequence[str]) -> list[str]:
    return [UNCLASSIFIED_COLOUR, *colours]


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
    mark: dict[str, Any] = {"marker": "."} if len(x) == 1 else {}
    axes.plot(x, y, color=colour, linewidth=width, path_effects=_OUTLINE, **mark)


def _mark_gaps(axes: Axes, axis: BandAxis) -> None:
    for low, high in axis.gaps():
        axes.axvspan(low, high, color=_LEFT_OUT, linewidth=0, zorder=0)


def _stretched(grey: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return the scene from dark to bright, without its darkest and brightest 2 %."""
    shown = np.full(grey.shape, _BACKGROUND, np.uint8)
    known = np.isfinite(grey)
    if not known.any():
        return shown
    low, high = np.percentile(grey[known], (2, 98))
    share = np.clip((grey[known] - low) / max(high - low, 1e-12), 0, 1)
    steps = np.round(share * (_LEVELS - 1)) / (_LEVELS - 1)
    shown[known] = np.round(_DARK + (_BRIGHT - _DARK) * steps).astype(np.uint8)
    return shown
