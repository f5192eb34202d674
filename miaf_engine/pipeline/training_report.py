"""What the report of a training shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.bands import BandTable
from miaf_engine.grid import Grid, Window
from miaf_engine.metrics import Assessment
from miaf_engine.model_card import ModelCard
from miaf_engine.pipeline.samples_input import TrainingSamples
from miaf_engine.pipeline.training_input import TrainingWindow, training_spectra
from miaf_engine.report import ReportContent, Spectra, write_report
from miaf_engine.training import History

# Longer side of the map's picture: enough for a page, light enough for a file.
_PICTURE_PIXELS = 1000


@dataclass(frozen=True)
class MapPicture:
    """The class map, thinned to the size of a picture.

    Attributes:
        classes: uint16 (h, w), class 1..K, 0 where nodata.
        step: One pixel in `step` rows and columns of the map is shown.
    """

    classes: NDArray[np.uint16]
    step: int

    @classmethod
    def blank(cls, grid: Grid) -> MapPicture:
        """Return an empty picture for a map on `grid`."""
        step = max(1, -(-max(grid.height, grid.width) // _PICTURE_PIXELS))
        shape = (-(-grid.height // step), -(-grid.width // step))
        return cls(np.zeros(shape, dtype=np.uint16), step)

    @classmethod
    def of(cls, classes: NDArray[np.uint16], grid: Grid) -> MapPicture:
        """Return the picture of a whole map, (H, W)."""
        picture = cls.blank(grid)
        picture.paint(grid.window, classes)
        return picture

    def paint(self, window: Window, classes: NDArray[np.uint16]) -> None:
        """Put a window of the map, (h, w), into the picture."""
        step = self.step
        top, left = -window.row % step, -window.column % step
        thinned = classes[top::step, left::step]
        row, column = -(-window.row // step), -(-window.column // step)
        height, width = thinned.shape
        self.classes[row : row + height, column : column + width] = thinned


def write_training_report(
    path: str,
    samples: TrainingSamples,
    history: History,
    assessment: Assessment,
    figures: dict[str, Any],
    card: ModelCard,
    spectra: Spectra,
    picture: MapPicture,
    warnings: Sequence[str],
) -> None:
    """Write the report of a training to `path`, and its numbers beside it."""
    scored = bool(assessment.matrix.any())
    provenance = card.provenance
    counts = samples.split.counts()
    for k, name in enumerate(samples.labels.classes.names, start=1):
        counts[name]["test"] = int((samples.test == k).sum())
    content = ReportContent(
        title=f"Land cover of {provenance['cube']['file']}",
        classes=samples.labels.classes,
        accuracy_definition=figures["accuracy_definition"],
        assessment=assessment if scored else None,
        warnings=warnings,
        class_map=picture.classes,
        counts=counts,
        history=history.as_json(),
        spectra=spectra,
        inputs={
            "cube": provenance["cube"]["file"],
            "training areas": provenance["labels"]["file"],
        },
        settings={
            "hold-out": card.split,
            "training": card.training,
            "network": card.network,
            "superpixels": card.superpixels,
        },
        versions=provenance["versions"],
        seed=card.seed,
        device=figures["device_reason"],
        seconds=figures["seconds"],
        created_utc=provenance["created_utc"],
    )
    write_report(path, content)


def class_spectra(
    samples: TrainingSamples, windows: Sequence[TrainingWindow], bands: BandTable
) -> Spectra:
    """Return mean and standard deviation of each class's training pixels."""
    classes = len(samples.labels.classes)
    values, member = training_spectra(windows, samples)
    means = np.full((classes, len(values)), np.nan)
    spreads = np.full((classes, len(values)), np.nan)
    for k in range(1, classes + 1):
        own = values[:, member == k]
        if own.shape[1]:
            means[k - 1] = own.mean(axis=1, dtype=np.float64)
            spreads[k - 1] = own.std(axis=1, dtype=np.float64)
    wavelengths = bands.wavelengths_nm
    return Spectra(
        means,
        spreads,
        None if wavelengths is None else np.asarray(wavelengths),
        pixels="training pixels",
    )
