"""Puts windows of a large cube side by side, so that one step sees them all.

Batch norm needs the classes together: a step on the surroundings of one field would
measure the statistics of that field. Windows are kept apart by nodata pixels, which the
network leaves out, and their graphs never touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from miaf_engine.grid import Window
from miaf_engine.scene import Scene

# Nodata pixels between windows: half of the largest kernel that settings allow.
GAP = 16


@dataclass(frozen=True)
class Sheet:
    """Where each window lies on the sheet.

    Attributes:
        places: Window of the sheet for each window of the cube, in their order.
        height: Rows of the sheet.
        width: Columns of the sheet.
    """

    places: tuple[Window, ...]
    height: int
    width: int

    @classmethod
    def plan(cls, windows: Sequence[Window]) -> Sheet:
        """Lay windows out in rows of about equal length; one window needs no gap."""
        area = sum((w.height + GAP) * (w.width + GAP) for w in windows)
        widest = max(window.width for window in windows)
        limit = max(widest, int(area**0.5))
        places: list[Window] = [windows[0]] * len(windows)
        row = column = shelf = width = 0
        # By height, so that a row of windows wastes little.
        order = sorted(range(len(windows)), key=lambda n: -windows[n].height)
        for number in order:
            window = windows[number]
            if column and column + window.width > limit:
                row, column, shelf = row + shelf + GAP, 0, 0
            places[number] = replace(window, row=row, column=column)
            width = max(width, column + window.width)
            column += window.width + GAP
            shelf = max(shelf, window.height)
        return cls(tuple(places), row + shelf, width)

    def scene(self, scenes: Sequence[Scene]) -> Scene:
        """Return the windows' scenes as one; nodata between them."""
        first = scenes[0]
        if len(scenes) == 1:
            return first
        shape = (len(first.image), self.height, self.width)
        image = np.zeros(shape, dtype=np.float32)
        valid = np.zeros(shape[1:], dtype=bool)
        for place, scene in zip(self.places, scenes, strict=True):
            image[(slice(None), *place.slices)] = scene.image
            valid[place.slices] = scene.valid
        return Scene(image, valid, first.grid)

    def segments(self, parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
        """Return the windows' superpixels as one segmentation, numbered on."""
        whole = np.full((self.height, self.width), -1, dtype=np.int32)
        count = 0
        for place, part in zip(self.places, parts, strict=True):
            whole[place.slices] = np.where(part >= 0, part + count, -1)
            count += int(part.max(initial=-1)) + 1
        return whole

    def gather(
        self, array: NDArray[np.generic], windows: Sequence[Window]
    ) -> NDArray[np.generic]:
        """Return the windows of an array of the cube's size (H, W); 0 between them."""
        found = np.zeros((self.height, self.width), dtype=array.dtype)
        for place, window in zip(self.places, windows, strict=True):
            found[place.slices] = array[window.slices]
        return found
