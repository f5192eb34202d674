"""Spectra of training areas: read piece by piece, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.grid import Window
from miaf_engine.labels.rasterising import Burnt
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.progress import Progress
from miaf_engine.reports.content import Spectra
from miaf_engine.tasks.inspection.outlier_areas import Outlier, outlier_areas
from miaf_engine.tasks.inspection.separability import (
    Separability,
    components,
    separability,
)
from miaf_engine.training.windows import bounding_boxes, joined

# Memory of the spectra that are held, and of a piece of the cube while it is read.
_HELD_BYTES = 128 * 2**20
_PIECE_BYTES = 64 * 2**20
_MOST_PIXELS = 100_000


@dataclass(frozen=True, eq=False)
class AreaSpectra:
    """Spectra of labelled pixels.

    Attributes:
        values: float32 (C, n) file values of the sampled pixels.
        classes: uint16 (n,), class 1..K.
        areas: int32 (n,), number of the area, from 1.
        valid: bool (H, W), labelled pixels where the cube has data.
    """

    values: NDArray[np.float32]
    classes: NDArray[np.uint16]
    areas: NDArray[np.int32]
    valid: NDArray[np.bool_]

    def of_classes(self, bands: BandTable, count: int) -> Spectra:
        """Return mean and standard deviation of each class, in file values."""
        shape = (count, len(self.values))
        means, spreads = np.full(shape, np.nan), np.full(shape, np.nan)
        for k in range(1, count + 1):
            own = self.values[:, self.classes == k]
            if own.shape[1]:
                means[k - 1] = own.mean(axis=1, dtype=np.float64)
                spreads[k - 1] = own.std(axis=1, dtype=np.float64)
        centres = bands.wavelengths_nm
        waves = None if centres is None else np.asarray(centres)
        return Spectra(means, spreads, waves, pixels="sampled pixels")

    def compared(
        self, normalisation: Normalisation, count: int
    ) -> tuple[Separability | None, list[Outlier]]:
        """Measure the distances of the classes, and find areas unlike their class.

        Args:
            normalisation: Measured on the cube; it makes of the values what the
                network sees.
            count: Number of classes.
        """
        if not len(self.classes):
            return None, []
        spectra = normalisation.spectra(self.values).T
        points = components(spectra, self.classes)
        distances = separability(points, self.classes, count) if count > 1 else None
        return distances, outlier_areas(points, self.classes, self.areas)


def read_area_spectra(
    reader: CubeReader, bands: Sequence[int], burnt: Burnt, progress: Progress
) -> AreaSpectra:
    """Read the cube where areas lie, and keep spectra of a sample of their pixels.

    Small areas are sampled as a whole, large ones up to a number that they share.

    Raises:
        Cancelled: The user asked to stop.
    """
    most = min(_MOST_PIXELS, _HELD_BYTES // (4 * len(bands)))
    chosen = sampled(burnt.numbers, most)
    valid = np.zeros_like(chosen)
    values, classes, areas = [np.empty((len(bands), 0), np.float32)], [], []
    pieces = list(_pieces(burnt, len(bands)))
    for done, window in enumerate(pieces):
        progress.step(done / len(pieces), "Reading the areas")
        cube = reader.read(window, bands)
        numbers = burnt.numbers[window.slices]
        there = cube.valid & (numbers > 0)
        valid[window.slices] |= there
        there &= chosen[window.slices]
        values.append(cube.values[:, there])
        classes.append(burnt.values[window.slices][there])
        areas.append(numbers[there])
    return AreaSpectra(
        np.concatenate(values, axis=1),
        np.concatenate([np.empty(0, np.uint16), *classes]),
        np.concatenate([np.empty(0, np.int32), *areas]),
        valid,
    )


def sampled(numbers: NDArray[np.int32], most: int) -> NDArray[np.bool_]:
    """Return which labelled pixels to keep, bool (H, W), about `most` of them.

    Args:
        numbers: int32 (H, W), number of the area, 0 where none is.
        most: How many to keep; each area keeps one at least.
    """
    chosen = numbers > 0
    index = np.flatnonzero(chosen)
    if len(index) <= most:
        return chosen
    own = numbers.ravel()[index]
    # Random within each area, the same in every run.
    order = np.lexsort((np.random.default_rng(0).random(len(own)), own))
    _, starts, counts = np.unique(own[order], return_index=True, return_counts=True)
    rank = np.arange(len(own)) - np.repeat(starts, counts)
    quota = int(counts.max())
    while quota > 1 and np.minimum(counts, quota).sum() > most:
        quota = quota * 9 // 10
    chosen.flat[index[order[rank >= quota]]] = False
    return chosen


def _pieces(burnt: Burnt, bands: int) -> Iterator[Window]:
    """Yield windows that cover all areas, none of them large, no pixel twice."""
    for box in joined(bounding_boxes(burnt.numbers)):
        columns = min(box.width, max(_PIECE_BYTES // (4 * bands), 1))
        rows = max(_PIECE_BYTES // (4 * bands * columns), 1)
        for row in range(0, box.height, rows):
            for column in range(0, box.width, columns):
                yield Window(
                    box.row + row,
                    box.column + column,
                    min(rows, box.height - row),
                    min(columns, box.width - column),
                )
