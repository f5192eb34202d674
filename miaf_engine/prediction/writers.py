"""The rasters that a classification writes, together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from miaf_engine.prediction.uncertainty import entropy, margin, most_likely
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.rasters import CLASS_MAP, MAP_RASTERS, RASTER_NAMES

# Bands of the raster of applicability.
INDEX_BAND, MASK_BAND = "Dissimilarity index", "Inside the area of applicability"
# Rasters of one band that follow from the probabilities, made only where asked for.
_UNCERTAINTIES = {"entropy": entropy, "margin": margin}


@dataclass(frozen=True, eq=False)
class MapLayers:
    """What a map holds of a window, on the way to its rasters.

    Attributes:
        valid: bool (h, w), where the cube has data.
        classes: uint16 (h, w), class 1..K, 0 where nodata or left without a class.
        confidence: float32 (h, w), NaN where nodata.
        unlikeness: float32 (h, w), dissimilarity index; None where unknown.
        others: float32 (h, w) or (K, h, w), by output: what only its raster needs.
    """

    valid: NDArray[np.bool_]
    classes: NDArray[np.uint16]
    confidence: NDArray[np.float32]
    unlikeness: NDArray[np.float32] | None
    others: Mapping[str, NDArray[np.float32]]

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return all that is there, by name."""
        found = {name: getattr(self, name) for name in _LAYERS}
        return {k: v for k, v in {**found, **self.others}.items() if v is not None}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> MapLayers:
        """Build from what `as_arrays` returned."""
        return cls(
            arrays["valid"],
            arrays["classes"],
            arrays["confidence"],
            arrays.get("unlikeness"),
            {k: v for k, v in arrays.items() if k not in _LAYERS},
        )


_LAYERS = ("valid", "classes", "confidence", "unlikeness")


@dataclass(frozen=True)
class MapRules:
    """How the layers of a map follow from its probabilities.

    Attributes:
        outputs: Which rasters are asked for.
        min_confidence: Confidence below which a pixel is left without a class.
        threshold: Dissimilarity index from which on a pixel is unlike the training
            areas; None where unknown.
        leave_out_unlike: Whether such pixels are left without a class.
    """

    outputs: Collection[str]
    min_confidence: float = 0.0
    threshold: float | None = None
    leave_out_unlike: bool = False

    @classmethod
    def of(
        cls, request: TrainRequest | ClassifyRequest, threshold: float | None
    ) -> MapRules:
        """Return the rules of a request, given the threshold of its model."""
        outputs = (*_UNCERTAINTIES, "probabilities")
        asked = [name for name in outputs if getattr(request, name)]
        return cls(asked, request.min_confidence, threshold, request.leave_out_unlike)

    def layers(
        self,
        probabilities: NDArray[np.float32],
        unlikeness: NDArray[np.float32] | None = None,
        likely: tuple[NDArray[np.uint16], NDArray[np.float32]] | None = None,
    ) -> MapLayers:
        """Return the layers of a window.

        Args:
            probabilities: float32 (K, h, w), NaN where nodata.
            unlikeness: float32 (h, w), dissimilarity index; None where unknown.
            likely: What `most_likely` makes of the probabilities, where it is known.
        """
        found, confidence = likely or most_likely(probabilities)
        with np.errstate(invalid="ignore"):
            left_out = confidence < self.min_confidence
        if self.leave_out_unlike:
            left_out |= self.inside(unlikeness, confidence.shape) == 0
        classes = np.where(left_out, np.uint16(0), found)
        others = {
            name: made(probabilities)
            for name, made in _UNCERTAINTIES.items()
            if name in self.outputs
        }
        if "probabilities" in self.outputs:
            others["probabilities"] = probabilities
        return MapLayers(found > 0, classes, confidence, unlikeness, others)

    def inside(
        self, unlikeness: NDArray[np.float32] | None, shape: tuple[int, ...]
    ) -> NDArray[np.float32]:
        """Return 1 inside the area of applicability, 0 outside, NaN where unknown."""
        if self.threshold is None or unlikeness is None:
            return np.full(shape, np.nan, np.float32)
        with np.errstate(invalid="ignore"):
            inside = unlikeness <= self.threshold
        return np.where(np.isnan(unlikeness), np.nan, inside).astype(np.float32)


@dataclass
class MapWriters:
    """Open writers for the class map and the rasters of its probabilities.

    Attributes:
        writers: The open writers by output.
        values: uint16 (K + 1,), class values of the map, 0 first.
        rules: How the layers of the rasters follow from probabilities.
    """

    writers: dict[str, Any]
    values: NDArray[np.uint16]
    rules: MapRules

    @classmethod
    def open(
        cls,
        request: TrainRequest | ClassifyRequest,
        outputs: Mapping[str, str],
        grid: Grid,
        classes: ClassTable,
        stack: ExitStack,
        threshold: float | None = None,
    ) -> MapWriters:
        """Open what the request asks for; all appear when `stack` ends well.

        Args:
            request: What to write.
            outputs: Path of each output by name, after a check that writing it does
                no harm.
            grid: Grid of the map.
            classes: Its classes.
            stack: Closes the writers.
            threshold: That of the model, see `MapRules`.

        Raises:
            ValueError: A raster that is asked for is not among `outputs`.
            MiafError: A raster cannot be written.
        """
        possible = {*RASTER_NAMES, *_UNCERTAINTIES}
        asked = {name for name in possible if getattr(request, name)}
        if unchecked := sorted(asked.difference(outputs)):
            raise ValueError(
                f"Rasters whose paths were not checked: {', '.join(unchecked)}. "
                "Declare each in `miaf_engine.requests.rasters`."
            )
        options: Sequence[str] = request.creation_options or ()
        bands = {
            "probabilities": classes.names,
            "applicability": [INDEX_BAND, MASK_BAND],
        }
        writers: dict[str, Any] = {}
        for raster in MAP_RASTERS:
            if raster.name not in asked:
                continue
            path = outputs[raster.name]
            if raster is CLASS_MAP:
                writer = class_map_writer(path, grid, classes, options)
            else:
                names = bands.get(raster.name, [raster.title])
                writer = float_writer(path, grid, names, options)
            writers[raster.name] = stack.enter_context(writer)
        return cls(
            writers,
            np.array([0, *classes.values], dtype=np.uint16),
            MapRules.of(request, threshold),
        )

    def write(
        self,
        window: Window,
        probabilities: NDArray[np.float32],
        unlikeness: NDArray[np.float32] | None = None,
        likely: tuple[NDArray[np.uint16], NDArray[np.float32]] | None = None,
    ) -> NDArray[np.uint16]:
        """Write one window and return its classes.

        Args:
            window: Where, in pixels of the writers' grid.
            probabilities: float32 (K, h, w), NaN where nodata.
            unlikeness: float32 (h, w), dissimilarity index; None where unknown.
            likely: What `most_likely` makes of the probabilities, where it is known.

        Returns:
            uint16 (h, w), class 1..K, 0 where nodata or left without a class.
        """
        layers = self.rules.layers(probabilities, unlikeness, likely)
        self.put(window, layers)
        return layers.classes

    def put(self, window: Window, layers: MapLayers) -> None:
        """Write the layers of one window, in pixels of the writers' grid."""
        arrays = {
            **layers.others,
            "output": self.values[layers.classes],
            "confidence": layers.confidence,
        }
        if "applicability" in self.writers:
            shape = layers.confidence.shape
            unlikeness = layers.unlikeness
            if unlikeness is None:
                unlikeness = np.full(shape, np.nan, np.float32)
            inside = self.rules.inside(layers.unlikeness, shape)
            arrays["applicability"] = np.stack([unlikeness, inside])
        for name, writer in self.writers.items():
            writer.write(window, arrays[name])
            writer.flush()
