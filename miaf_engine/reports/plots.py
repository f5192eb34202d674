"""Pictures of a report as PNG bytes; drawn without a display and without user text.

Class names stand in the HTML around the pictures, where any script can be shown and
escaped.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

LARGEST_MAP = 1400  # pixels along the longer side of the picture
SMALLEST_MAP = 500  # likewise; smaller maps are enlarged by a whole number
MOST_BYTES = 600_000  # of a map's picture; noise of many classes is thinned more
UNCLASSIFIED_COLOUR = "#ffffff"
DOTS_PER_INCH = 160
INK, FAINT = "#333333", "#d8d8d8"


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
        plain(panel)
        panel.set_xlabel("epoch")
        panel.set_xlim(0.5, max(len(losses), 2) + 0.5)
        panel.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        if best_epoch:
            panel.axvline(best_epoch, color=INK, linewidth=1, linestyle=":")
    return {
        name: png(panel.get_figure()) for name, panel in zip(names, panels, strict=True)
    }


def _with_none(colours: Sequence[str]) -> list[str]:
    return [UNCLASSIFIED_COLOUR, *colours]


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
