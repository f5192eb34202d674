"""Standard classifiers in the folds of a training: is the network worth it here?

A support vector machine and a random forest see the spectra of the same training
pixels, and are scored on the same areas as the models of the folds.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray

from miaf_engine.accuracy.folds import Folds
from miaf_engine.accuracy.intervals import Interval, mean_interval
from miaf_engine.progress import Progress, Span
from miaf_engine.reports.content import clean
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.training.inputs import TrainingWindow
from miaf_engine.translation import marked, tr

# A support vector machine on more pixels takes minutes, and rarely gains by them.
MOST_PIXELS = 1000
TREES = 200
# What is tried, as is usual for standardised spectra.
PENALTIES = (1.0, 10.0, 100.0, 1000.0)
_INNER_FOLDS = 3
_TEXT = marked("Standard classifiers, for comparison")


@dataclass(frozen=True)
class Baseline:
    """How a standard classifier fares beside the network.

    Attributes:
        name: What it is.
        overall_accuracy: Share of scored pixels that are right, 0..1.
        average_accuracy: Mean over the classes scored, 0..1.
        gain: Overall accuracy of the network's models less this one's, -1..1.
        gain_interval: Its 95 % interval, each area an independent sample.
    """

    name: str
    overall_accuracy: float
    average_accuracy: float
    gain: float
    gain_interval: Interval

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON values; the ends of no interval are null."""
        return cast("dict[str, Any]", clean(asdict(self)))


@dataclass(frozen=True, eq=False)
class ScoredPixels:
    """What the network's models say of the pixels that they are scored on.

    Attributes:
        pixels: int64 (n,), position in the cube, row by row.
        folds: int64 (n,), the fold that scores each.
        said: int64 (n,), class 1..K.
        areas: int64 (n,), number of the area.
    """

    pixels: NDArray[np.int64]
    folds: NDArray[np.int64]
    said: NDArray[np.int64]
    areas: NDArray[np.int64]


def score_baselines(
    windows: Sequence[TrainingWindow],
    folds: Folds,
    scored: ScoredPixels,
    seed: int,
    progress: Progress,
) -> list[Baseline]:
    """Fit the classifiers without each fold and score them on it.

    Args:
        windows: The cube around the labels.
        folds: Where each area is held out.
        scored: The same pixels, as the network classifies them.
        seed: Seed of the forest and of the pixels drawn.
        progress: Receives each fold; may cancel.

    Returns:
        One a classifier; none where a fold leaves a single class, or too few pixels,
        to train on.
    """
    spectra, position = _labelled_spectra(windows, folds)
    values = folds.labels.values.flat[position].astype(np.int64)
    place = np.searchsorted(position, scored.pixels)
    config = SplitConfig(validation_percent=0.0)
    numbers = np.unique(scored.folds).tolist()
    said = {name: np.zeros(len(place), np.int64) for name in CLASSIFIERS}
    for done, fold in enumerate(numbers):
        own = scored.folds == fold
        stage = Span(progress, done / len(numbers), (done + 1) / len(numbers))
        trained = folds.split(fold, config, seed).training.flat[position]
        rng = np.random.default_rng([seed, 5, fold])
        few = rng.permutation(np.flatnonzero(trained))[:MOST_PIXELS]
        counts = np.unique(values[few], return_counts=True)[1]
        if len(counts) < 2 or counts.max() < _INNER_FOLDS:
            return []
        for name, fitted in CLASSIFIERS.items():
            model = fitted(spectra[few], values[few], seed, stage)
            said[name][own] = model.predict(spectra[place[own]])
    reference = values[place]
    areas = folds.drawn(scored.areas, reference)
    return [
        compared(name, found, scored.said, reference, areas)
        for name, found in said.items()
    ]


def compared(
    name: str,
    said: NDArray[np.int64],
    network: NDArray[np.int64],
    reference: NDArray[np.int64],
    areas: NDArray[np.int64],
) -> Baseline:
    """Return the figures of one classifier beside the network's; all int64 (n,)."""
    right, better = said == reference, network == reference
    classes = np.unique(reference)
    average = float(np.mean([right[reference == k].mean() for k in classes]))
    _, area = np.unique(areas, return_inverse=True)
    difference = better.astype(np.int64) - right
    gains = np.bincount(area, weights=difference).round().astype(np.int64)
    return Baseline(
        name,
        float(right.mean()),
        average,
        float(difference.mean()),
        mean_interval(gains, np.bincount(area)),
    )


def _labelled_spectra(
    windows: Sequence[TrainingWindow], folds: Folds
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return spectra (n, C) and ascending positions (n,) of the labelled pixels."""
    width = folds.labels.values.shape[1]
    spectra, positions = [], []
    for window in windows:
        rows, columns = np.nonzero(folds.labels.values[window.window.slices] > 0)
        spectra.append(window.cube.values[:, rows, columns].T)
        row, column = rows + window.window.row, columns + window.window.column
        positions.append(row.astype(np.int64) * width + column)
    position = np.concatenate(positions)
    order = np.argsort(position)
    return np.concatenate(spectra)[order], position[order]


def _support_vectors(
    spectra: NDArray[np.float32],
    values: NDArray[np.int64],
    seed: int,
    progress: Progress,
) -> Any:
    """Fit a support vector machine, its penalty chosen by cross-validation."""
    # Not on top: a run without a report does not need it, and it takes a second.
    from sklearn.exceptions import FitFailedWarning
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    machines = [
        make_pipeline(StandardScaler(), SVC(C=penalty, class_weight="balanced"))
        for penalty in PENALTIES
    ]
    inner = StratifiedKFold(_INNER_FOLDS, shuffle=True, random_state=seed % 2**32)
    scores = []
    for done, machine in enumerate(machines):
        progress.step(0.9 * done / len(machines), tr(_TEXT))
        with warnings.catch_warnings():
            # Of classes of a few pixels: a part may be without them.
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("ignore", FitFailedWarning)
            found = cross_val_score(machine, spectra, values, cv=inner)
        scores.append(np.nanmean(found))
    return machines[int(np.argmax(scores))].fit(spectra, values)


def _forest(
    spectra: NDArray[np.float32],
    values: NDArray[np.int64],
    seed: int,
    progress: Progress,
) -> Any:
    """Fit a random forest."""
    from sklearn.ensemble import RandomForestClassifier

    progress.step(0.9, tr(_TEXT))
    count = torch.get_num_threads()
    forest = RandomForestClassifier(TREES, random_state=seed % 2**32, n_jobs=count)
    # Threads that classify would add probabilities up in any order.
    return forest.fit(spectra, values).set_params(n_jobs=1)


CLASSIFIERS: dict[str, Callable[..., Any]] = {
    marked("support vector machine"): _support_vectors,
    marked("random forest"): _forest,
}
