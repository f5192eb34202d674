"""The accuracy to expect of a whole map, from areas held out in turn.

The confidence of the map is calibrated on areas that the models of folds had not seen,
so its mean over the map is the share of pixels to expect right, on land like the drawn
areas. Its interval is the wider of two. One follows from that of the temperature,
which depends on which areas happen to be drawn, by a Bayesian bootstrap over areas
(Rubin 1981, The Annals of Statistics 9:130-134), and on how far temperatures are off
from scene to scene. The other is how far such estimates are off from scene to scene.
Where classes are hard to tell apart the first is wider; where they are easy, no
temperature lowers confidence much, and the second is. Both are symmetric on the arcsine
scale, where the variance of a share does not depend on the share.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.calibration import fit_temperature, shrunk
from miaf_engine.accuracy.intervals import Interval
from miaf_engine.requests.settings import STANDARD, preset_epochs
from miaf_engine.translation import tr

DRAWS = 100  # of the bootstrap
# Standard deviations from scene to scene: of the logarithm of the temperature over the
# right one, by 62 runs of six scenes, and of estimates about the truth on the arcsine
# scale, by 90 other runs. Student's t is for the latter, as if they were independent.
OF_TEMPERATURES, OF_ESTIMATES, QUANTILE = 0.33, 0.12, 1.99
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
        low: Lower end of the interval, 0..1.
        high: Upper end, 0..1.
        temperatures: The ends of the interval of the temperature, above 0.
    """

    value: float
    low: float
    high: float
    temperatures: tuple[float, float]


@dataclass(frozen=True, eq=False)
class MapSample:
    """Pixels that stand for a map.

    Attributes:
        mean: Mean confidence over the whole map, 0..1.
        probabilities: float32 (n, K), of sampled pixels, calibrated.
    """

    mean: float
    probabilities: NDArray[np.float32]


class MapSampler:
    """Collects a sample of a map while it is made, tile by tile.

    Attributes:
        count: Pixels with a class so far.

    Args:
        pixels: Number of pixels of the map.
    """

    def __init__(self, pixels: int) -> None:
        self._step = max(1, pixels // MOST_SAMPLED)
        self._parts: list[NDArray[np.float32]] = []
        self._total, self.count = 0.0, 0

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
        first = -self.count % self._step
        self.count += found.shape[1]
        self._parts.append(found[:, first :: self._step].T.copy())

    def sample(self) -> MapSample:
        """Return the sample of all tiles, of which one must have a class."""
        return MapSample(self._total / self.count, np.concatenate(self._parts))


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
    factor = math.exp(QUANTILE * math.hypot(spread, OF_TEMPERATURES))
    found = sample.probabilities
    found = found[rng.permutation(len(found))[:MOST_PIXELS]]
    half = max(confidence_change(found, factor), QUANTILE * OF_ESTIMATES)
    middle = math.asin(math.sqrt(min(sample.mean, 1.0)))
    low, high = max(middle - half, 0.0), min(middle + half, math.pi / 2)
    return MapAccuracy(
        sample.mean,
        math.sin(low) ** 2,
        math.sin(high) ** 2,
        (temperature / factor, temperature * factor),
    )


def confidence_change(probabilities: NDArray[np.float32], factor: float) -> float:
    """Return half the change of mean confidence between two temperatures.

    Args:
        probabilities: float32 (n, K), of the pixels.
        factor: Above 1; the temperatures are the present one divided and multiplied by
            it.

    Returns:
        Half the difference on the arcsine scale, 0 to pi / 4.
    """
    logits = logits_of(probabilities)
    sharp, soft = (
        math.asin(math.sqrt((1 / np.exp(logits * by).sum(axis=1)).mean()))
        for by in (factor, 1 / factor)
    )
    return (sharp - soft) / 2


def logits_of(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return logits (n, K) of probabilities (n, K); 0 for the most likely class."""
    tiny = np.finfo(np.float32).tiny
    logits: NDArray[np.float64] = np.log(
        np.maximum(probabilities.astype(np.float64), tiny)
    )
    logits -= logits.max(axis=1, keepdims=True)
    return logits


def contradicted(expected: MapAccuracy, share: float, interval: Interval) -> str:
    """Return why not to rely on an accuracy that held-out areas contradict.

    Confidence is calibrated with regard to other scenes, where areas that are held out
    as a whole often fare worse than the map. Where even the ends of the two intervals
    do not meet, the spectra may say little about the classes elsewhere.

    Args:
        expected: What is expected of the map.
        share: Share of the scored pixels that are right, 0..1.
        interval: Its 95 % interval; NaN where it is unknown.

    Returns:
        A warning; empty where the intervals meet.
    """
    low, high = interval
    if not high < expected.low:
        return ""
    share, low, high = (100 * value for value in (share, low, high))
    return tr(
        "On the areas that were held out only {share:.0f} % of the pixels are right "
        "(95 % interval {low:.0f} to {high:.0f} %), far less than is expected of the "
        "map. The spectra may say little about the classes away from the drawn areas. "
        "Do not rely on the expected accuracy. Draw areas of each class in more "
        "places, and check the map with areas of known cover."
    ).format(share=share, low=low, high=high)


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
