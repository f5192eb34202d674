"""What the heads of models say of areas that these were not trained on.

The same models in folds give the weights of the heads, the temperature of the
probabilities and, where nothing else is held out, the accuracy figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray

from miaf_engine.accuracy.calibration import (
    BeforeAndAfter,
    Calibration,
    calibrate,
    shrunk_calibration,
)
from miaf_engine.accuracy.folds import Folds, scored_pixels
from miaf_engine.accuracy.head_weights import (
    Evidence,
    area_weights,
    mean_correlation,
    share_left_open,
    weights_near_areas,
)
from miaf_engine.accuracy.map_accuracy import (
    MapAccuracy,
    MapSample,
    expected_accuracy,
)
from miaf_engine.accuracy.matched_folds import support_of
from miaf_engine.accuracy.metrics import Assessment, assess
from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.models.network.ensemble import SPATIAL
from miaf_engine.prediction.mapper import SceneMapper
from miaf_engine.prediction.tiling import tiles_of_scenes
from miaf_engine.progress import Progress, Span, Stage
from miaf_engine.requests.settings import SplitConfig, TrainConfig
from miaf_engine.tasks.train.baselines import ScoredPixels
from miaf_engine.training.inputs import TrainingWindow
from miaf_engine.training.trainer import TrainedModel, Trainer
from miaf_engine.translation import tr

# A model of a fold takes this share of the epochs: it need only tell the heads apart.
EPOCHS = 1 / 6
_TRAINED = 0.9  # of the time of a fold; the rest scores


@dataclass(frozen=True, eq=False)
class FoldEvidence:
    """The evidence of all folds.

    Attributes:
        evidence: What each head says.
        support: float64 (n,), share of its class's areas that trained where a pixel
            was scored.
        pixels: int64 (n,), position in the cube, row by row.
    """

    evidence: Evidence
    support: NDArray[np.float64]
    pixels: NDArray[np.int64]

    def scored(self) -> ScoredPixels:
        """Return what the ensemble says of the pixels that it is scored on."""
        found = self.evidence
        said = self.logits.argmax(axis=1) + 1
        return ScoredPixels(self.pixels, found.folds, said, found.areas)

    @cached_property
    def logits(self) -> NDArray[np.float32]:
        """The ensemble's logits (n, K), each weighed without its own fold."""
        return self.evidence.pooled()

    @cached_property
    def calibration(self) -> Calibration:
        """The temperature of the ensemble, fitted on the evidence and shrunk."""
        found = self.evidence
        return shrunk_calibration(
            calibrate(self.logits, found.targets, found.areas, self.weights())
        )

    @property
    def left_open(self) -> float | None:
        """How much of the score is left open; None where no temperature is fitted."""
        if not self.calibration.pixels:
            return None
        return share_left_open(self.logits, self.evidence.targets, self.evidence.areas)

    def weights(self) -> NDArray[np.float64]:
        """Return what each pixel counts where confidence is calibrated, (n,).

        Half of it is the same for every pixel; for the other half classes count alike,
        and areas of a class. Both are less where few areas of the class were left to
        train on.
        """
        targets, areas = self.evidence.targets, self.evidence.areas
        alike = area_weights(targets, areas)
        return (alike + 1 / len(alike)) / 2 * self.support

    def map_accuracy(self, sample: MapSample, seed: int) -> MapAccuracy:
        """Return the accuracy to expect of a map that was made with this evidence."""
        found = self.evidence
        return expected_accuracy(
            sample,
            self.calibration.temperature,
            self.logits,
            found.targets,
            found.areas,
            self.weights(),
            seed,
        )

    def put_into(self, trained: TrainedModel) -> TrainedModel:
        """Return a trained model with the weights and the temperature found here."""
        network = trained.network
        weights = torch.from_numpy(self.evidence.weights()).to(network.head_weights)
        network.head_weights.copy_(weights)
        history = replace(trained.history, calibration=self.calibration)
        return replace(trained, history=history)

    def assessment(self, folds: Folds) -> Assessment:
        """Return the accuracy of the ensemble on the areas held out in turn."""
        found = self.evidence
        logits = self.logits.astype(np.float64)
        logits /= self.calibration.temperature
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        probabilities = chances.T[:, :, None].astype(np.float32)  # (K, n, 1)
        said = (logits.argmax(axis=1) + 1).astype(np.uint16)[:, None]
        reference = (found.targets + 1).astype(np.uint16)[:, None]
        areas = folds.drawn(found.areas, found.targets + 1).astype(np.int32)[:, None]
        sure = BeforeAndAfter.measure(
            probabilities, said, reference, self.calibration.temperature
        )
        scored = assess(said, reference, folds.labels.classes, areas)
        return replace(scored, confidence=sure)


def mapper_of(
    trainer: Trainer, trained: TrainedModel, source: CubeSource | None = None
) -> SceneMapper:
    """Return what maps the cube, read through `source` if given."""
    return SceneMapper(
        source or trainer.reader,
        trainer.bands,
        trained.preparation,
        trained.network,
        trainer.device,
        trained.history.calibration.temperature,
        trained.graphs,
        memory_mb=trainer.memory_mb,
    )


def fold_epochs(config: TrainConfig) -> int:
    """Return the epochs of the model of a fold."""
    return max(1, math.ceil(EPOCHS * config.epochs))


def gather_evidence(
    trainer: Trainer,
    folds: Folds,
    windows: list[TrainingWindow],
    progress: Progress,
) -> FoldEvidence | None:
    """Train a model without each fold, and ask its heads about that fold.

    Args:
        trainer: What trains; its models of folds take fewer epochs.
        folds: Where each area is held out.
        windows: The cube around the labels, for the first fold; emptied here.
        progress: Receives each step; may cancel.

    Returns:
        The evidence; None where no area can be held out.
    """
    training = trainer.configs.training
    short = replace(training, epochs=fold_epochs(training), final_percent=0.0)
    trainer = replace(trainer, configs=replace(trainer.configs, training=short))
    config = SplitConfig(validation_percent=0.0)
    wanted = scored_pixels(folds)
    parts = []
    names: tuple[str, ...] = ()
    for fold in range(1, folds.count + 1):
        split = folds.split(fold, config, trainer.seed)
        scored = wanted & split.test
        if not scored.any() or not split.training.any():
            continue
        values = np.where(scored, folds.labels.values, 0).astype(np.uint16)
        samples = TrainingSamples(
            folds.labels, split, values, split.description, folds.labels.groups
        )
        text = tr("Fold {fold} of {count}: ").format(fold=fold, count=folds.count)
        stage = Stage(progress, (fold - 1) / folds.count, fold / folds.count, text)
        ready = windows if windows else None
        trained = trainer.train(samples, Span(stage, 0.0, _TRAINED), ready)
        names = tuple(trained.network.head_names)
        mapper = mapper_of(trainer, trained)
        stage = Stage(stage, _TRAINED, 1.0)
        parts.append(_of_fold(mapper, fold, scored, trainer.memory_mb, stage))
    if not parts or not sum(len(part[1]) for part in parts):
        return None
    probabilities = np.concatenate([part[0] for part in parts], axis=1)
    pixels = np.concatenate([part[1] for part in parts])
    number = np.concatenate([part[2] for part in parts])
    targets = folds.labels.values.flat[pixels].astype(np.int64) - 1
    areas = folds.labels.groups.flat[pixels].astype(np.int64)
    support = support_of(folds)[areas - 1]
    spatial = np.isin(names, SPATIAL)
    fused, _, graph = (np.array(names) == name for name in SPATIAL)
    found = Evidence(
        probabilities,
        targets,
        areas,
        number,
        spatial,
        weights_near_areas(fused, graph),
        _correlation(trainer, folds),
    )
    return FoldEvidence(found, support, pixels)


def _correlation(trainer: Trainer, folds: Folds) -> float:
    """Return how alike the map and its training areas are, as far as distance tells."""
    found = trainer.configs.scene_range
    if not found:  # Nothing resembles its neighbour, or the cube was not measured.
        return 0.0
    return mean_correlation(folds.labels.values > 0, found, trainer.seed)


def _of_fold(
    mapper: SceneMapper,
    fold: int,
    scored: NDArray[np.bool_],
    memory_mb: int,
    progress: Progress,
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """Return what the heads say (heads, n, K), positions (n,) and the fold (n,)."""
    tiles = tiles_of_scenes(mapper, memory_mb, progress)
    tiles = [tile for tile in tiles if scored[tile.core.slices].any()]
    width = scored.shape[1]
    heads, classes = len(mapper.network.head_names), mapper.network.classes
    said = [np.empty((heads, 0, classes), np.float32)]
    pixels = [np.empty(0, np.int64)]
    for tile, wanted, probabilities in mapper.of_heads(tiles, scored, progress):
        rows, columns = np.nonzero(wanted)
        said.append(probabilities)
        pixels.append((rows + tile.core.row) * width + columns + tile.core.column)
    place = np.concatenate(pixels)
    return np.concatenate(said, axis=1), place, np.full(len(place), fold)
