"""The rasters that a classification writes, together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.classes import ClassTable
from miaf_engine.grid import Grid, Window
from miaf_engine.io.raster_writer import (
    class_map_writer,
    float_writer,
)
from miaf_engine.prediction.probabilities import (
    entropy,
    margin,
    most_likely,
)
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest

# Rasters of one band that follow from the probabilities, made only where asked for.
_UNCERTAINTIES = {"entropy": entropy, "margin": margin}


@dataclass
class MapWriters:
    """Open writers for the class map and the rasters of its probabilities."""

    writers: dict[str, Any]
    values: NDArray[np.uint16]

    @classmethod
    def open(
        cls,
        request: TrainRequest | ClassifyRequest,
        grid: Grid,
        classes: ClassTable,
        stack: ExitStack,
    ) -> MapWriters:
        """Open what the request asks for; all appear when `stack` ends well."""
        options: Sequence[str] = request.creation_options or ()
        writers: dict[str, Any] = {}
        if request.output:
            writer = class_map_writer(request.output, grid, classes, options)
            writers["output"] = stack.enter_context(writer)
        if request.confidence:
            writer = float_writer(request.confidence, grid, ["Confidence"], options)
            writers["confidence"] = stack.enter_context(writer)
        if request.probabilities:
            names = classes.names
            writer = float_writer(request.probabilities, grid, names, options)
            writers["probabilities"] = stack.enter_context(writer)
        for name in _UNCERTAINTIES:
            path = getattr(request, name)
            if path:
                writer = float_writer(path, grid, [name.capitalize()], options)
                writers[name] = stack.enter_context(writer)
        return cls(writers, np.array([0, *classes.values], dtype=np.uint16))

    def write(
        self, window: Window, probabilities: NDArray[np.float32]
    ) -> NDArray[np.uint16]:
        """Write one window and return its classes.

        Args:
            window: Where, in pixels of the writers' grid.
            probabilities: float32 (K, h, w), NaN where nodata.

        Returns:
            uint16 (h, w), class 1..K, 0 where nodata.
        """
        classes, confidence = most_likely(probabilities)
        arrays = {
            "output": self.values[classes],
            "confidence": confidence,
            "probabilities": probabilities,
        }
        for name, writer in self.writers.items():
            made = _UNCERTAINTIES.get(name)
            writer.write(window, made(probabilities) if made else arrays[name])
        return classes
