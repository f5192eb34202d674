"""What a map leaves open: pixels unlike the training areas, pixels without a class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.grid import Grid, Window
from miaf_engine.translation import tr, tr_n

MOST_CELLS = 4_000_000  # that patches are found among; a larger map is thinned


class MapSummary:
    """Counts while a map is made, tile by tile.

    Args:
        grid: Grid of the map.
        threshold: Dissimilarity index from which on a pixel is unlike the training
            areas; None where the model does not know.
    """

    def __init__(self, grid: Grid, threshold: float | None) -> None:
        self._grid, self._threshold = grid, threshold
        self._step = int(np.ceil(np.sqrt(grid.height * grid.width / MOST_CELLS))) or 1
        shape = (-(-grid.height // self._step), -(-grid.width // self._step))
        self._outside = np.zeros(shape, bool)
        self._valid = self._unlike = self._unclassified = 0
        self._confidence = 0.0

    def add(
        self,
        window: Window,
        valid: NDArray[np.bool_],
        classes: NDArray[np.integer],
        unlikeness: NDArray[np.float32] | None,
        confidence: NDArray[np.float32] | None = None,
    ) -> None:
        """Take in a tile.

        Args:
            window: Where it lies in the grid.
            valid: bool (h, w), where the cube has data.
            classes: integer (h, w), class 1..K, 0 where there is none.
            unlikeness: float32 (h, w), dissimilarity index; None where unknown.
            confidence: float32 (h, w), 0..1; None where nobody asks for its mean.
        """
        if confidence is not None:
            self._confidence += float(confidence[classes > 0].sum(dtype=np.float64))
        self._valid += int(valid.sum())
        self._unclassified += int((valid & (classes == 0)).sum())
        if unlikeness is None or self._threshold is None:
            return
        with np.errstate(invalid="ignore"):
            outside = valid & (unlikeness > self._threshold)
        self._unlike += int(outside.sum())
        step = self._step
        top, left = -window.row % step, -window.column % step
        some = outside[top::step, left::step]
        row, column = -(-window.row // step), -(-window.column // step)
        there = np.s_[row : row + some.shape[0], column : column + some.shape[1]]
        self._outside[there] = some

    @property
    def unlike_share(self) -> float | None:
        """Share of the map that is unlike the training areas; None where unknown."""
        if self._threshold is None or not self._valid:
            return None
        return self._unlike / self._valid

    @property
    def unclassified_share(self) -> float:
        """Share of the pixels with data that were left without a class."""
        return self._unclassified / self._valid if self._valid else 0.0

    @property
    def mean_confidence(self) -> float | None:
        """Mean confidence of the pixels that have a class; None without one."""
        classified = self._valid - self._unclassified
        return self._confidence / classified if classified else None

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values, null where unknown."""
        return {
            "unlike_share": self.unlike_share,
            "unlike_largest_patch": self._largest(),
            "applicability_threshold": self._threshold,
            "unclassified_pixels": self._unclassified,
            "unclassified_share": self.unclassified_share,
        }

    def _largest(self) -> dict[str, Any] | None:
        """Return the largest patch of such pixels: its size and a place inside it."""
        from scipy import ndimage

        patches, count = ndimage.label(self._outside, np.ones((3, 3)))
        if not count:
            return None
        sizes = np.bincount(patches.ravel())
        sizes[0] = 0
        rows, columns = np.nonzero(patches == sizes.argmax())
        middle = np.hypot(rows - rows.mean(), columns - columns.mean()).argmin()
        row, column = int(rows[middle]) * self._step, int(columns[middle]) * self._step
        a, b, c, d, e, f = self._grid.transform[:6]
        return {
            "pixels": int(sizes.max()) * self._step**2,
            "row": row,
            "column": column,
            "x": a * (column + 0.5) + b * (row + 0.5) + c,
            "y": d * (column + 0.5) + e * (row + 0.5) + f,
        }


def summary_text(figures: Mapping[str, Any]) -> str:
    """Return the figures of a `MapSummary` in a sentence or two; "" without any."""
    parts = []
    share = figures.get("unlike_share")
    if share is not None:
        text = tr(
            "{share} % of the map is unlike every training area; how much of that is "
            "right is unknown."
        )
        if not figures.get("unlike_largest_patch"):
            text = tr("{share} % of the map is unlike every training area.")
        parts.append(text.format(share=f"{100 * share:.0f}"))
        if patch := figures.get("unlike_largest_patch"):
            parts.append(
                tr_n(
                    "The largest patch has {n} pixel, around row {row}, column "
                    "{column} (x {x:.10g}, y {y:.10g}).",
                    "The largest patch has {n} pixels, around row {row}, column "
                    "{column} (x {x:.10g}, y {y:.10g}).",
                    n=patch["pixels"],
                    **{key: patch[key] for key in ("row", "column", "x", "y")},
                )
            )
    if figures.get("unclassified_pixels"):
        share = f"{100 * figures['unclassified_share']:.1f}"
        parts.append(
            tr_n(
                "{n} pixel ({share} %) was left without a class. An expected accuracy "
                "is that of the others.",
                "{n} pixels ({share} %) were left without a class. An expected "
                "accuracy is that of the others.",
                n=figures["unclassified_pixels"],
                share=share,
            )
        )
    return " ".join(parts)
