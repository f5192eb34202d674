"""From windows of a cube to what the training loop takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.grid import Window
from miaf_engine.models.preparation import Preparation
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.preprocessing.normalisation import Scene
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import NetworkConfig
from miaf_engine.training.batch import TrainingArea
from miaf_engine.training.inputs import TrainingWindow
from miaf_engine.training.mosaic import Sheet
from miaf_engine.training.windows import dealt


def training_areas(
    windows: list[TrainingWindow],
    samples: TrainingSamples,
    preparation: Preparation,
    network: NetworkConfig,
    progress: Progress,
) -> list[TrainingArea]:
    """Make scene, superpixel graphs and roles of what each training step sees.

    The windows' values are let go one by one: `windows` is empty afterwards. They lie
    so far apart that no kernel of the network reaches from one into another.
    """
    places = [window.window for window in windows]
    scenes, segments = [], []
    while windows:
        progress.step(len(scenes) / len(places), "Cutting the scene into superpixels")
        scenes.append(preparation.scene(windows.pop(0).cube))
        place = places[len(segments)]
        segments.append(preparation.segments(scenes[-1], (place.row, place.column)))
    learnt = np.where(samples.split.training, samples.labels.values, 0)
    gap = max(network.kernel_sizes) // 2
    return [
        _area(
            [places[n] for n in step],
            [scenes[n] for n in step],
            [segments[n] for n in step],
            samples,
            gap,
        )
        for step in dealt(places, learnt)
    ]


def _area(
    windows: Sequence[Window],
    scenes: Sequence[Scene],
    segments: Sequence[Sequence[NDArray[np.int32]]],
    samples: TrainingSamples,
    gap: int,
) -> TrainingArea:
    """Put windows side by side, `gap` nodata pixels apart."""
    sheet = Sheet.plan(windows, gap)
    graphs = [
        build_graph(sheet.segments(parts)) for parts in zip(*segments, strict=True)
    ]
    labels, split = samples.labels, samples.split
    return TrainingArea(
        sheet.scene(scenes),
        graphs,
        sheet.gather(labels.values, windows),
        sheet.gather(split.training, windows),
        sheet.gather(split.validation, windows),
        sheet.gather(labels.groups, windows),
        *(
            None if part is None else sheet.gather(part, windows)
            for part in (split.ends, split.gap)
        ),
    )
