"""The expected accuracy of a map where the truth is known."""

import math

import numpy as np
import pytest
from scipy import special, stats

from miaf_engine.accuracy.map_accuracy import (
    DRAWS,
    OF_ESTIMATES,
    OF_TEMPERATURES,
    QUANTILE,
    MapAccuracy,
    MapSample,
    MapSampler,
    confidence_change,
    contradicted,
    expected_accuracy,
    short_training,
)
from miaf_engine.requests.settings import preset_epochs


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


def even_odds(ratio, count, others=1):
    """Return probabilities (n, K) of a class at these odds to each of the others."""
    odds = np.array([ratio, *[1] * others], np.float32)
    return np.tile(odds / odds.sum(), (count, 1))


def interval(middle, half):
    """Return both ends on the arcsine scale, cut at 0 and 1."""
    ends = np.clip(math.asin(math.sqrt(middle)) + np.array([-half, half]), 0, np.pi / 2)
    return np.sin(ends) ** 2


def test_by_how_much_confidence_changes_with_the_temperature_by_hand():
    """Odds of 3 to 1 become 9 to 1 and root 3 to 1; ends 0.9 and 0.6339746."""
    half = (math.asin(math.sqrt(0.9)) - math.asin(math.sqrt(0.6339746))) / 2
    found = confidence_change(even_odds(3, 5), 2.0)
    assert found == pytest.approx(half, abs=1e-6)
    assert found == pytest.approx(0.1640079, abs=1e-6)
    assert confidence_change(even_odds(1, 5), 2.0) == pytest.approx(0.0)
    sure = np.array([[1.0, 0.0]], np.float32)
    assert confidence_change(sure, 2.0) == pytest.approx(0.0, abs=1e-6)


def test_where_no_temperature_changes_much_the_interval_is_how_estimates_differ():
    """Of evenly matched classes; by hand sin(asin(sqrt(mean)) -+ 1.99 * 0.12)^2."""
    logits, _, targets, areas = evidence(0, areas=400)
    weights = np.full(len(targets), 1 / len(targets))
    by_hand = {
        0.5: (0.2701755, 0.7298245),
        0.99: (0.8894348, 1.0),
        0.01: (0.0, 0.1105652),
    }
    assert (OF_ESTIMATES, OF_TEMPERATURES) == (0.12, 0.33)
    assert QUANTILE == pytest.approx(stats.t.ppf(0.975, 89), abs=0.005)
    for mean, ends in by_hand.items():
        sample = MapSample(mean, even_odds(1, 5))
        found = expected_accuracy(sample, 1.0, logits, targets, areas, weights, 0)
        assert (found.low, found.high) == pytest.approx(ends, abs=1e-6)
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


def test_with_one_area_the_interval_is_how_temperatures_differ():
    """Odds of 8 to 1 against each of 19, to the power exp(1.99 * 0.33) or its inverse.

    One area has one weight, so all draws are the same.
    """
    logits, targets = np.tile([np.log(3.0), 0.0], (8, 1)), np.repeat([0, 1], [6, 2])
    sample = MapSample(0.3, even_odds(8, 5, others=19))
    one = np.zeros(8, np.int64)
    found = expected_accuracy(sample, 0.7, logits, targets, one, np.ones(8), 0)
    factor = math.exp(1.99 * 0.33)
    assert factor == pytest.approx(1.9284180, abs=1e-6)
    assert found.temperatures == pytest.approx((0.7 / factor, 0.7 * factor))
    sharp, soft = (8**power / (19 + 8**power) for power in (factor, 1 / factor))
    half = (math.asin(math.sqrt(sharp)) - math.asin(math.sqrt(soft))) / 2
    assert half == pytest.approx(0.3, abs=0.05)
    ends = interval(0.3, half)
    assert (found.low, found.high) == pytest.approx(ends, abs=1e-6)


def test_each_draw_weighs_the_areas_anew():
    """All odds are 3 to 1, so a draw's own temperature is log 3 over its log odds.

    It counts 40 times, and the typical one of 0.8 a hundred times.
    """
    right, weights = np.arange(40) % 4 > 0, np.linspace(0.2, 1.8, 40)
    logits = np.tile([np.log(3.0), 0.0], (40, 1))
    areas = np.arange(40)[::-1] * 7  # numbers with gaps, in any order
    sample = MapSample(0.7, even_odds(8, 5, others=19))
    found = expected_accuracy(
        sample, 2.0, logits, (~right).astype(int), areas, weights, 11
    )
    rng = np.random.default_rng([11, 4])
    rng.permutation(40)
    shares = []
    for _ in range(100):
        drawn = rng.exponential(size=40)[::-1] * weights
        shares.append(drawn[right].sum() / drawn.sum())
    assert 0.54 < min(shares) < max(shares) < 0.98  # else a limit of temperatures
    own = math.log(3) / special.logit(shares)
    usual = np.exp((40 * np.log(own) + 100 * math.log(0.8)) / 140)
    factor = math.exp(1.99 * math.hypot(np.std(np.log(usual), ddof=1), 0.33))
    assert found.temperatures == pytest.approx((2 / factor, 2 * factor), rel=1e-5)
    half = confidence_change(sample.probabilities, factor)
    assert half > 1.99 * 0.12
    ends = interval(0.7, half)
    assert [found.low, found.high] == pytest.approx(ends, abs=1e-5)
    assert (found.value, DRAWS) == (0.7, 100)


def test_the_sample_of_a_large_map_is_every_third_pixel_whatever_the_tiles():
    count = 60_000
    sure = np.linspace(0.5, 1, count, dtype=np.float32)
    whole = np.stack([sure, 1 - sure]).reshape(2, 200, 300)
    classified = np.ones((200, 300), bool)
    classified[50:60, ::2] = False
    expected = sure.reshape(200, 300)[classified]
    for rows in (200, 7):
        sampler = MapSampler(count)
        for start in range(0, 200, rows):
            part = np.s_[start : start + rows]
            sampler.add(whole[:, part], classified[part])
        sample = sampler.sample()
        assert sample.mean == pytest.approx(expected.mean(dtype=float), rel=1e-7)
        np.testing.assert_array_equal(sample.probabilities[:, 0], expected[::3])


def test_fewer_epochs_than_the_standard_are_warned_of():
    epochs = preset_epochs()
    for few in (1, epochs["quick"], epochs["standard"] - 1):
        text = short_training(few)
        assert f"trained for {few} epochs, fewer than the standard 150" in text
        assert "after 40 epochs by about 8 percentage points" in text
    for enough in (epochs["standard"], epochs["standard"] + 1, epochs["best"]):
        assert short_training(enough) == ""


@pytest.mark.parametrize(
    ("high", "is_doubted"), [(0.489, True), (0.49, False), (math.nan, False)]
)
def test_an_accuracy_that_held_out_areas_contradict_is_doubted(high, is_doubted):
    expected = MapAccuracy(0.75, 0.49, 0.92, (0.5, 1.0))
    text = contradicted(expected, 0.133, (0.034, high))
    assert bool(text) == is_doubted
    if is_doubted:
        assert "only 13 % of the pixels are right (95 % interval 3 to 49 %)" in text
