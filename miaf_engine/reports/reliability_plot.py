"""The reliability diagram: how often pixels of a confidence are right."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from miaf_engine.accuracy.calibration import Reliability
from miaf_engine.reports.plots import (
    FAINT,
    INK,
    plain,
    png,
)


def reliability_png(measured: Reliability) -> bytes:
    """Draw accuracy over confidence, with the share of pixels of each bin as bars.

    Args:
        measured: At least one pixel.
    """
    figure = Figure(figsize=(4.4, 3.4), layout="constrained")
    axes = figure.subplots()
    bins, some = len(measured.pixels), measured.pixels > 0
    middles = (np.arange(bins) + 0.5) * 100 / bins
    shares = 100 * measured.pixels / measured.pixels.sum()
    axes.bar(middles, shares, 84 / bins, color=FAINT, label="share of pixels")
    axes.plot([0, 100], [0, 100], color=INK, linewidth=1, linestyle=":", label="ideal")
    counts = measured.pixels[some]
    axes.plot(
        100 * measured.confidence[some] / counts,
        100 * measured.right[some] / counts,
        color="#d55e00",
        marker="o",
        markersize=4,
        linewidth=1.2,
        label="right pixels",
    )
    plain(axes)
    axes.set_xlim(0, 102)
    axes.set_ylim(0, 102)
    axes.set_xlabel("confidence (%)")
    axes.set_ylabel("pixels (%)")
    # Above the axes: inside, a map that is better than it says would cross it.
    figure.legend(frameon=False, fontsize=8.5, loc="outside upper left", ncols=3)
    return png(figure)
