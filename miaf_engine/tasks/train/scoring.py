"""Classify with a trained network, and count how often held-out pixels are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from miaf_engine.accuracy.calibration import BeforeAndAfter
from miaf_engine.accuracy.metrics import (
    Assessment,
    assess,
    joined,
)
from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.cubes.stack import places_of
from miaf_engine.prediction.mapper import SceneMapper, tiles_of_scenes
from miaf_engine.prediction.probabilities import most_likely
from miaf_engine.prediction.writers import MapWriters
from miaf_engine.progress import Progress
from miaf_engine.reports.pictures import MapPicture
from miaf_engine.training.learner import Learner, Learnt


def mapper_of(
    learner: Learner, learnt: Learnt, source: CubeSource | None = None
) -> SceneMapper:
    """Return what maps the cube with a trained model, read through `source` if given."""
    return SceneMapper(
        source or learner.reader,
        learner.bands,
        learnt.preparation,
        learnt.network,
        learnt.device,
        learnt.history.calibration.temperature,
        learnt.graphs,
    )


def map_and_score(
    mapper: SceneMapper,
    samples: TrainingSamples,
    memory_mb: int,
    progress: Progress,
    *,
    writers: MapWriters | None = None,
    picture: MapPicture | None = None,
) -> Assessment:
    """Classify the cube, or just the tiles with held-out pixels, and score those.

    Nodata pixels are not scored: the map makes no statement there.

    Args:
        mapper: The trained network and the cube.
        samples: Their test pixels are scored.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        progress: Told of each tile; may cancel.
        writers: Where to write the map.
        picture: Where to draw it.
    """
    classes = samples.labels.classes
    tiles = tiles_of_scenes(mapper, memory_mb, progress)
    # Of several cubes the first is mapped.
    end = places_of(mapper.reader)[0].window.height
    mapped = writers is not None and bool(writers.writers)
    if picture is None:
        tiles = [
            tile
            for tile in tiles
            if samples.test[tile.core.slices].any() or (mapped and tile.core.row < end)
        ]
    parts = []
    for tile, probabilities in mapper.probabilities(tiles, progress):
        if writers is None or tile.core.row >= end:
            found = most_likely(probabilities)[0]
        else:
            found = writers.write(tile.core, probabilities)
        if picture is not None:
            picture.paint(tile.core, found)
        inside = tile.core.slices
        reference = np.where(found > 0, samples.test[inside], 0)
        areas = None if samples.test_areas is None else samples.test_areas[inside]
        sure = BeforeAndAfter.measure(
            probabilities, found, reference, mapper.temperature
        )
        scored = assess(found, reference, classes, areas)
        parts.append(replace(scored, confidence=sure))
    return joined(parts, classes)
