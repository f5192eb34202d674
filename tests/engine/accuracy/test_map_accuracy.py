"""The expected accuracy of a map where the truth is known."""

import math

import numpy as np
import pytest

from miaf_engine.accuracy.map_accuracy import (
    BETWEEN_SCENES,
    MapSample,
    MapSampler,
    expected_accuracy,
)


def evidence(seed, areas=40, sharpness=2.0):
    """Return logits whose softmax is the truth's distribution, and the truth."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, sharpness, (areas * 10, 4))
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    targets = np.array([rng.choice(4, p=row) for row in chances])
    return logits, chances.astype(np.float32), targets, np.arange(len(targets)) // 10


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_holds_the_truth_of_a_calibrated_map(seed):
    logits, _, targets, areas = evidence(seed)
    _, chances, _, _ = evidence(seed + 100)
    truth = float(chances.max(axis=1).mean())
    sample = MapSample(truth, chances)
    weights = np.full(len(targets), 1 / len(targets))
    found = expected_accuracy(sample, 1.0, logits, targets, areas, weights, 0)
    assert found.value == truth
    assert found.low < truth < found.high


def test_the_interval_is_no_narrower_than_scenes_differ():
    logits, _, targets, areas = evidence(0, areas=400)
    _, chances, _, _ = evidence(9)
    weights = np.full(len(targets), 1 / len(targets))
    sample = MapSample(0.5, chances)
    found = expected_accuracy(sample, 1.0, logits, targets, areas, weights, 0)
    half = 2.13 * 0.062
    assert BETWEEN_SCENES == 0.062
    assert found.low <= math.sin(math.pi / 4 - half) ** 2
    assert found.high >= math.sin(math.pi / 4 + half) ** 2
    again = expected_accuracy(sample, 1.0, logits, targets, areas, weights, 0)
    assert again == found


def test_the_sampler_has_the_mean_of_all_pixels_whatever_the_tiles():
    _, chances, _, _ = evidence(3)
    whole = chances.T.reshape(4, 20, 20).copy()
    whole[:, 4, 5:9] = np.nan
    expected = np.nanmean(whole.max(axis=0))
    for rows in (20, 7, 3):
        sampler = MapSampler(400)
        for start in range(0, 20, rows):
            sampler.add(whole[:, start : start + rows])
        sample = sampler.sample()
        assert sample.mean == pytest.approx(expected)
        assert sample.probabilities.shape == (396, 4)
