"""The accuracy to expect of a whole map, from areas held out in turn.

The confidence of the map is calibrated on areas that the models of folds had not seen,
so its mean over the map is the share of pixels to expect right, on land like the drawn
areas. Its interval follows from an interval of the temperature, which has two parts:
which areas happen to be drawn, by a Bayesian bootstrap over areas (Rubin 1981, The
Annals of Statistics 9:130-134), and how far temperatures are off from scene to scene.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.calibration import fit_temperature, shrunk
from miaf_engine.requests.settings import STANDARD, preset_epochs
from miaf_engine.translation import tr

DRAWS = 100  # of the bootstrap
# Standard deviation of the logarithm of the temperature over the right one, from scene
# to scene, measured on 62 runs of six scenes; and Student's t for their number, as if
# they were independent.
BETWEEN_SCENES, QUANTILE = 0.33, 2.0
# Points by which estimates were too high after the epochs of this preset, on the mean
# of runs on hard scenes; see docs/benchmarks.md.
SHORT, TOO_HIGH = "quick", 8
MOST_PIXELS = 3000  # of the evidence that a draw looks at
MOST_SAMPLED = 20_000  # pixels of the map that stand for it


@dataclass(frozen=True)
class MapAccuracy:
    """The expected accuracy of a map and its 95 % interval.

    Attributes:
        value: The expected accuracy, 0..1.
        low: Lower end of the interval, 0..1, rounded down to a whole percent.
        high: Upper end, 0..1, rounded up.
        temperatures: The temperatures, above 0, at which the mean confidence has the
            upper and the lower end.
    """

    value: float
    low: float
    high: float
    temperatures: tuple[float, float]


@dataclass(frozen=True, eq=False)
class MapSample:
    """Pixels that stand for a map.

    Attributes:
        mean: Mean confidence over the whole map, 0..1; NaN without a pixel.
        probabilities: float32 (n, K), of sampled pixels, calibrated.
    """

    mean: float
    probabilities: NDArray[np.float32]


class MapSampler:
    """Collects a sample of a map while it is made, tile by tile.

    Args:
        pixels: Number of pixels of the map.
    """

    def __init__(self, pixels: int) -> None:
        self._step = max(1, pixels // MOST_SAMPLED)
        self._parts: list[NDArray[np.float32]] = []
        self._total, self._count = 0.0, 0

    def add(
        self,
        probabilities: NDArray[np.float32],
        classified: NDArray[np.bool_] | None = None,
    ) -> None:
        """Take in a tile.

        Args:
            probabilities: float32 (K, h, w), NaN where nodata.
            classified: bool (h, w), pixels that have a class in the map; None for all
                with data.
        """
        if classified is None:
            classified = ~np.isnan(probabilities[0])
        found = probabilities[:, classified]  # (K, n)
        self._total += float(found.max(axis=0, initial=0.0).sum(dtype=np.float64))
        first = -self._count % self._step
        self._count += found.shape[1]
        self._parts.append(found[:, first :: self._step].T.copy())

    def sample(self) -> MapSample:
        """Return the sample of all tiles."""
        mean = self._total / self._count if self._count else math.nan
        return MapSample(mean, np.concatenate(self._parts))


def expected_accuracy(
    sample: MapSample,
    temperature: float,
    logits: NDArray[np.floating],
    targets: NDArray[np.int64],
    areas: NDArray[np.int64],
    weights: NDArray[np.float64],
    seed: int,
) -> MapAccuracy:
    """Return the accuracy to expect of a map.

    Args:
        sample: The map, calibrated with `temperature`.
        temperature: That was fitted on the evidence and shrunk.
        logits: float (m, K), what the ensemble says of pixels that its models had not
            seen.
        targets: int64 (m,), their classes 0..K-1.
        areas: int64 (m,), number of the area of each.
        weights: float64 (m,), what each counts in the fit of the temperature.
        seed: Seed of the bootstrap.
    """
    rng = np.random.default_rng([seed, 4])
    count = len(np.unique(areas))
    few = rng.permutation(len(targets))[:MOST_PIXELS]
    logits, targets, weights = logits[few], targets[few], weights[few]
    _, area = np.unique(areas[few], return_inverse=True)
    draws = []
    for _ in range(DRAWS):
        drawn = rng.exponential(size=int(area.max()) + 1)[area] * weights
        draws.append(shrunk(fit_temperature(logits, targets, drawn), count))
    spread = float(np.std(np.log(draws), ddof=1))
    factor = math.exp(QUANTILE * math.hypot(spread, BETWEEN_SCENES))
    found = sample.probabilities
    found = found[rng.permutation(len(found))[:MOST_PIXELS]]
    # The mean of all pixels is known better than that of the sample.
    surplus = sample.mean - _mean_confidence(found, 1.0)
    low = max(_mean_confidence(found, factor) + surplus, 0.0)
    high = min(_mean_confidence(found, 1 / factor) + surplus, 1.0)
    return MapAccuracy(
        sample.mean,
        math.floor(100 * low) / 100,
        math.ceil(100 * high) / 100,
        (temperature / factor, temperature * factor),
    )


def _mean_confidence(probabilities: NDArray[np.float32], factor: float) -> float:
    """Return the mean confidence if the temperature were `factor` times as high.

    Args:
        probabilities: float32 (n, K).
        factor: Above 0.
    """
    tiny = np.finfo(np.float32).tiny
    logits = np.log(np.maximum(probabilities.astype(np.float64), tiny))
    logits = (logits - logits.max(axis=1, keepdims=True)) / factor
    return float((1 / np.exp(logits).sum(axis=1)).mean())


def short_training(epochs: int | None) -> str:
    """Return why not to rely on the expected accuracy after a short training.

    Args:
        epochs: Number of epochs that was asked for, whether or not training stopped
            early; None where it is not known.

    Returns:
        A warning; empty from the number of epochs of the standard preset on, and where
        the number is not known.
    """
    usual = preset_epochs()
    if epochs is None or epochs >= usual[STANDARD]:
        return ""
    return tr(
        "The model was trained for {epochs} epochs, fewer than the standard "
        "{standard}. Where classes are hard to tell apart, the expected accuracy of "
        "such a map is too high: after {short} epochs by about {points} percentage "
        "points on average. Train for {standard} epochs (preset 'standard') before "
        "you rely on it."
    ).format(
        epochs=epochs, standard=usual[STANDARD], short=usual[SHORT], points=TOO_HIGH
    )
