"""Classify with a trained network, and count how often held-out pixels are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from miaf_engine.accuracy.calibration import BeforeAndAfter
from miaf_engine.accuracy.map_accuracy import MapSampler
from miaf_engine.accuracy.metrics import (
    Assessment,
    assess,
    joined,
)
from miaf_engine.accuracy.split import TrainingSamples, split_samples
from miaf_engine.cubes.stack import places_of
from miaf_engine.labels.label_map import LabelMap, without_nodata
from miaf_engine.prediction.map_summary import MapSummary
from miaf_engine.prediction.mapper import SceneMapper
from miaf_engine.prediction.tiling import tiles_of_scenes
from miaf_engine.prediction.uncertainty import most_likely
from miaf_engine.prediction.writers import MapWriters
from miaf_engine.progress import Progress, Span, Stage
from miaf_engine.reports.pictures import MapPicture
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.tasks.train.evidence import FoldEvidence, mapper_of
from miaf_engine.tasks.train.labels import TrainingLabels
from miaf_engine.training.inputs import TrainingWindow, validity
from miaf_engine.training.trainer import TrainedModel, Trainer
from miaf_engine.translation import tr

_TRAINED = 0.9  # of the time of a trial; the rest maps


def map_and_score(
    mapper: SceneMapper,
    samples: TrainingSamples,
    memory_mb: int,
    progress: Progress,
    *,
    writers: MapWriters | None = None,
    picture: MapPicture | None = None,
    sampler: MapSampler | None = None,
    summary: MapSummary | None = None,
) -> Assessment:
    """Classify the cube, or just the tiles with held-out pixels, and score those.

    Nodata pixels are not scored: the map makes no statement there.

    Args:
        mapper: The trained network and the cube.
        samples: Their test pixels are scored.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        progress: Receives each tile; may cancel.
        writers: Where to write the map.
        picture: Where to draw it.
        sampler: Collects a sample of the map.
        summary: Counts what the map leaves open.
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
    for part in mapper.mapped(tiles, progress):
        tile, probabilities = part.tile, part.probabilities
        likely = most_likely(probabilities)
        found = shown = likely[0]
        inside_map = tile.core.row < end
        if writers is not None and inside_map:
            # Pixels left without a class are scored by the class that they would have.
            shown = writers.write(tile.core, probabilities, part.unlikeness, likely)
        if summary is not None and inside_map:
            summary.add(tile.core, found > 0, shown, part.unlikeness)
        if sampler is not None and inside_map:
            sampler.add(probabilities, shown > 0)
        if picture is not None:
            picture.paint(tile.core, shown)
        inside = tile.core.slices
        reference = np.where(found > 0, samples.test[inside], 0)
        areas = None if samples.test_areas is None else samples.test_areas[inside]
        sure = BeforeAndAfter.measure(
            probabilities, found, reference, mapper.temperature_of(part.unlikeness)
        )
        scored = assess(found, reference, classes, areas)
        parts.append(replace(scored, confidence=sure))
    return joined(parts, classes)


def score_trials(
    trainer: Trainer,
    trials: tuple[TrainingSamples, ...],
    windows: list[TrainingWindow],
    progress: Progress,
    evidence: FoldEvidence | None = None,
) -> tuple[Assessment, TrainedModel]:
    """Train and score each trial; return all scored pixels and the last model.

    Args:
        trainer: What trains.
        trials: Samples of each; a pixel is scored in at most one.
        windows: The cube around their labels, for the first; emptied here.
        progress: Receives each step; may cancel.
        evidence: What the weights of the heads follow from; None without.
    """
    parts, count = [], len(trials)
    for number, samples in enumerate(trials):
        text = (
            tr("Model {number} of {count}: ").format(number=number + 1, count=count + 1)
            if count > 1
            else tr("Scored model: ")
        )
        stage = Stage(progress, number / count, (number + 1) / count, text)
        ready = windows if number == 0 else None
        trained = trainer.train(samples, Span(stage, 0.0, _TRAINED), ready)
        if evidence:
            trained = evidence.put_into(trained)
        mapper = mapper_of(trainer, trained)
        stage = Stage(stage, _TRAINED, 1.0)
        parts.append(map_and_score(mapper, samples, trainer.memory_mb, stage))
    return joined(parts, trials[0].labels.classes), trained


def all_areas(
    request: TrainRequest,
    trainer: Trainer,
    all_labels: TrainingLabels,
    progress: Progress,
    *,
    choosing: bool,
) -> tuple[TrainingSamples, list[TrainingWindow]]:
    """Return the samples of a training on all areas, scored ones too, and the cube.

    Where `choosing`, a share of them is the validation set, trained on at the end, as
    in every training from random weights.
    """
    labels = _merged(all_labels)
    windows = trainer.windows(labels, progress)
    labels = without_nodata(labels, validity(windows, trainer.reader.grid))
    config: SplitConfig = request.part(SplitConfig)
    if not choosing:
        config = replace(config, validation_percent=0.0)
    split = split_samples(labels, config, request.seed, separate_test=True)
    nothing = np.zeros_like(labels.values)
    return TrainingSamples(labels, split, nothing, split.description), windows


def _merged(all_labels: TrainingLabels) -> LabelMap:
    """Return training and test areas together; they share no pixel."""
    labels, more = all_labels.training, all_labels.test
    if more is None:
        return labels
    apart = np.where(more.groups > 0, more.groups + labels.groups.max(), 0)
    return LabelMap(
        np.where(labels.values > 0, labels.values, more.values),
        np.where(labels.values > 0, labels.groups, apart).astype(np.int32),
        labels.classes,
    )
