"""What a new model applies to, from the spectra of its training areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.matched_folds import matched_folds
from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.stack import Readable
from miaf_engine.labels.label_map import without_nodata
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.preparation import Preparation, PreparationByScene
from miaf_engine.tasks.train.plan import FOLDS, Plan
from miaf_engine.tasks.train.roles import locate_in
from miaf_engine.training.inputs import TrainingWindow, validity

MOST_OF_CLASS = 500  # training pixels of a class that are looked at
MOST_OF_SCENE = 5000  # other pixels


@dataclass(frozen=True, eq=False)
class SampledSpectra:
    """Spectra of the training areas and of the scene, before they are normalised.

    Attributes:
        values: float32 (C, n), cube values of training pixels.
        classes: integer (n,), classes 1..K.
        folds: integer (n,), the fold in which each is held out, 0 for none.
        scenes: integer (n,), the scene of the stack that each is of.
        around: float32 (C, s), cube values of any valid pixels.
        around_scenes: integer (s,), their scenes.
    """

    values: NDArray[np.float32]
    classes: NDArray[np.integer]
    folds: NDArray[np.integer]
    scenes: NDArray[np.integer]
    around: NDArray[np.float32]
    around_scenes: NDArray[np.integer]

    @classmethod
    def of(
        cls,
        windows: Sequence[TrainingWindow],
        samples: TrainingSamples,
        plan: Plan,
        reader: Readable,
        seed: int,
    ) -> SampledSpectra:
        """Take them from the windows that a training is about to read.

        Args:
            windows: The cube around the training areas.
            samples: Their training and validation pixels are taken.
            plan: Its folds are taken where it has some, else matched ones are made.
            reader: The cube, or several stacked.
            seed: Seed of the folds and of what is sampled.
        """
        trained = samples.split.training | samples.split.validation
        if plan.evidence is not None:
            number = plan.evidence.number
        else:
            own = without_nodata(samples.labels, trained)
            valid = validity(windows, reader.grid)
            number = matched_folds(own, valid, FOLDS, seed, locate_in(reader)).number
        rng = np.random.default_rng([seed, 5])
        few = _few_of_classes(np.where(trained, samples.labels.values, 0), rng)
        total = sum(int(window.cube.valid.sum()) for window in windows)
        step = max(1, total // MOST_OF_SCENE)
        parts: list[list[NDArray[np.generic]]] = [[] for _ in range(6)]
        for window in windows:
            inside, scene = window.window.slices, getattr(window.cube, "scene", 0)
            where = few[inside] & window.cube.valid
            around = window.cube.values[:, window.cube.valid][:, ::step]
            found: tuple[NDArray[np.generic], ...] = (
                window.cube.values[:, where],
                samples.labels.values[inside][where],
                number[inside][where],
                np.full(int(where.sum()), scene),
                around,
                np.full(around.shape[1], scene),
            )
            for part, piece in zip(parts, found, strict=True):
                part.append(piece)
        return cls(*(np.concatenate(part, axis=-1) for part in parts))

    def applicability(
        self,
        preparation: Preparation,
        before: Applicability | None,
        *,
        left_open: float | None,
    ) -> Applicability | None:
        """Return what a model with this preparation applies to; None where unknown.

        Args:
            preparation: That of the final model.
            before: That of the model from which training continues.
            left_open: As `Applicability.fit` takes it.
        """
        return Applicability.fit(
            _normalised(preparation, self.values, self.scenes),
            self.classes,
            self.folds,
            _normalised(preparation, self.around, self.around_scenes),
            before,
            left_open=left_open,
        )


def _few_of_classes(
    values: NDArray[np.integer], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Return which pixels of each class are looked at, bool (H, W)."""
    found = np.zeros(values.shape, bool)
    for kind in np.unique(values[values > 0]):
        index = np.flatnonzero(values.ravel() == kind)
        found.flat[rng.permutation(index)[:MOST_OF_CLASS]] = True
    return found


def _normalised(
    preparation: Preparation, values: NDArray[np.float32], scenes: NDArray[np.integer]
) -> NDArray[np.float32]:
    if not isinstance(preparation, PreparationByScene):
        return preparation.normalisation.spectra(values)
    found = np.empty_like(values)
    for number, own in enumerate(preparation.normalisations):
        there = scenes == number
        found[:, there] = own.spectra(values[:, there])
    return found
