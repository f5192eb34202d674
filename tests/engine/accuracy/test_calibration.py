"""Confidence becomes accuracy on average, and is not fitted on next to nothing."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from miaf_engine.accuracy.calibration import (
    HIGHEST,
    LOWEST,
    BeforeAndAfter,
    Calibration,
    Reliability,
    calibrate,
    calibration_figures,
    expected_calibration_error,
    fit_temperature,
    shrunk,
    shrunk_calibration,
)
from miaf_engine.reports.plots import reliability_png


def drawn(temperature, count=20_000, classes=4, seed=0):
    """Return logits whose probabilities are right once divided by a temperature."""
    rng = np.random.default_rng(seed)
    honest = rng.normal(0, 1.5, (count, classes))
    odds = np.exp(honest)
    ends = (odds / odds.sum(axis=1, keepdims=True)).cumsum(axis=1)
    targets = (rng.random((count, 1)) > ends[:, :-1]).sum(axis=1)
    return (temperature * honest).astype(np.float32), targets


def surplus(temperature, logits, targets, weights=None):
    """Return mean confidence less accuracy, as torch computes them."""
    shares = torch.softmax(torch.from_numpy(logits).double() / temperature, dim=1)
    right = shares.argmax(dim=1).numpy() == targets
    return float(np.average(shares.max(dim=1).values.numpy() - right, weights=weights))


@pytest.mark.parametrize("temperature", [0.4, 1.0, 2.5])
def test_the_temperature_that_was_put_in_comes_out(temperature):
    found = fit_temperature(*drawn(temperature))
    assert found == pytest.approx(temperature, rel=0.04)


def test_two_pixels_by_hand():
    """Odds of 3 to 1 in the logits, right in 9 of 10 cases: T = log 3 / log 9 = 1/2."""
    logits = np.tile([np.log(3.0), 0.0], (10, 1))
    targets = np.array([0] * 9 + [1])
    assert fit_temperature(logits, targets) == pytest.approx(0.5, abs=2e-6)
    pair = np.array([0, 1])
    found = fit_temperature(logits[:2], pair, np.array([9.0, 1.0]))
    assert found == pytest.approx(0.5, abs=2e-6)


@pytest.mark.parametrize("weighted", [False, True])
def test_halving_the_range_agrees(weighted):
    logits, targets = drawn(1.7, count=300, classes=6, seed=5)
    weights = np.random.default_rng(1).uniform(0, 2, 300) if weighted else None
    low, high = LOWEST, HIGHEST
    for _ in range(60):
        middle = (low + high) / 2
        sure = surplus(middle, logits, targets, weights) > 0
        low, high = (middle, high) if sure else (low, middle)
    found = fit_temperature(logits, targets, weights)
    assert found == pytest.approx(low, abs=6e-7)  # rounded to six digits


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 5))
def test_no_other_temperature_comes_nearer(seed, count, classes):
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, rng.uniform(0.1, 20), (count, classes))
    targets = rng.integers(0, classes, count)
    found = fit_temperature(logits, targets)
    assert LOWEST <= found <= HIGHEST
    others = np.geomspace(LOWEST, HIGHEST, 30)
    best = min(abs(surplus(other, logits, targets)) for other in others)
    assert abs(surplus(found, logits, targets)) <= best + 1e-5
    # What all classes of a pixel have in common is no evidence.
    shifted = logits + rng.normal(0, 100, (count, 1))
    assert fit_temperature(shifted, targets) == pytest.approx(found, rel=1e-4)


def test_one_sure_and_wrong_area_does_not_rule():
    """Nine areas right at odds of 3 to 1, one wrong at odds of e^20 to 1."""
    logits = np.tile([np.log(3.0), 0.0], (100, 1))
    logits[90:] = [20.0, 0.0]
    targets = np.repeat([0, 1], [90, 10])
    found = calibrate(logits, targets, np.arange(100) // 10).temperature
    # Mean confidence 0.9 = 0.9 c + 0.1, so c = 8 / 9 and 3^(1 / T) = 8.
    assert found == pytest.approx(np.log(3) / np.log(8), rel=1e-3)


def test_the_ends_of_the_range():
    logits = np.tile([5.0, 0.0], (40, 1))
    assert fit_temperature(logits, np.zeros(40, int)) == LOWEST == 0.25
    assert fit_temperature(logits, np.ones(40, int)) == HIGHEST == 8.0
    assert fit_temperature(np.full((40, 3), 7.0), np.zeros(40, int)) == 1.0
    assert fit_temperature(np.zeros((0, 3)), np.zeros(0, int)) == 1.0
    # Beyond doubt at any temperature: none is better than another.
    assert fit_temperature(1e30 * logits, np.zeros(40, int)) == 1.0


def test_each_area_counts_alike():
    """One area of many wrong pixels does not outweigh nine small ones."""
    logits = np.tile([np.log(3.0), 0.0], (90 + 900, 1))
    targets = np.repeat([0, 1], [90, 900])
    areas = np.concatenate([np.repeat(np.arange(9), 10), np.full(900, 9)])
    found = calibrate(logits, targets, areas)
    assert found.temperature == pytest.approx(0.5, abs=2e-6)  # 9 of 10 areas are right
    assert (found.pixels, found.areas, found.note) == (990, 10, "")
    assert fit_temperature(logits, targets) == HIGHEST


def test_few_pixels_leave_the_probabilities_as_they_are():
    logits, targets = drawn(3.0, count=30)
    areas = np.arange(30)
    assert calibrate(logits, targets, areas).temperature != 1.0
    found = calibrate(logits[1:], targets[1:], areas[1:])
    assert (found.temperature, found.pixels) == (1.0, 0)
    assert "too few held-out pixels" in found.note and ": 29." in found.note
    assert "At least 30 are needed" in found.note
    assert "not calibrated" in found.fitted_on


def test_scores_that_are_no_numbers_are_not_fitted():
    logits, targets = drawn(3.0, count=100)
    logits[7, 1] = np.nan
    found = calibrate(logits, targets, np.arange(100))
    assert (found.temperature, found.pixels) == (1.0, 0)
    assert "not finite" in found.note


@pytest.mark.parametrize(
    ("target", "word"),
    [(0, "nearly all pixels that its confidence was fitted on"), (1, "mostly wrong")],
)
def test_a_fit_at_its_limit_says_so(target, word):
    logits = np.tile([5.0, 0.0], (40, 1))
    found = calibrate(logits, np.full(40, target), np.arange(40))
    assert word in found.note


def test_json():
    assert Calibration(0.5, 40, 3, "").as_json() == {
        "temperature": 0.5, "fitted_pixels": 40, "fitted_areas": 3, "note": None,
    }  # fmt: skip
    nothing = Calibration()
    assert nothing.temperature == 1.0
    assert nothing.note
    assert "(pixels: 40; areas: 3)" in Calibration(0.5, 40, 3, "").fitted_on


def test_of_folds_it_is_said_that_they_were_held_out_in_turn():
    text = Calibration(0.5, 40, 3, "", in_turn=True).fitted_on
    assert "held out in turn (pixels: 40; areas: 3)" in text
    assert "validation" not in text and "epoch" not in text
    assert "shrunk towards 0.8," in text and "the weight of 100 areas" in text


@pytest.mark.parametrize(
    ("fitted", "areas", "expected"),
    [
        (3.2, 100, 1.6),  # the geometric mean of 3.2 and 0.8
        (0.25, 50, 0.542884),  # (0.25 x 0.8 x 0.8)^(1/3)
        (0.8, 7, 0.8),
        (2.0, 0, 0.8),
        (2.0, 99_900, 1.998168),  # 2^0.999 x 0.8^0.001
    ],
)
def test_few_areas_leave_the_temperature_near_the_typical_one(fitted, areas, expected):
    assert shrunk(fitted, areas) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize("temperature", [0.5, 1.7])
def test_a_temperature_that_was_not_fitted_here_is_the_initial_model_s(temperature):
    text = Calibration(temperature).fitted_on
    assert f"a temperature of {temperature:.2f}, as in the initial model" in text


def by_loops(confidence, right, bins):
    """Return the expected calibration error, in the words of Guo et al. (2017)."""
    error = 0.0
    for b in range(bins):
        own = [
            (c, r)
            for c, r in zip(confidence, right, strict=True)
            if b / bins < c <= (b + 1) / bins or (b == 0 and c == 0)
        ]
        if own:
            accuracy = sum(r for _, r in own) / len(own)
            mean = sum(c for c, _ in own) / len(own)
            error += len(own) / len(confidence) * abs(accuracy - mean)
    return error


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 10_000), st.integers(1, 200), st.integers(1, 20))
def test_the_error_is_that_of_plain_loops(seed, count, bins):
    rng = np.random.default_rng(seed)
    confidence, right = rng.random(count), rng.random(count) < 0.6
    found = expected_calibration_error(confidence, right, bins)
    assert found == pytest.approx(by_loops(confidence, right, bins), abs=1e-12)


def test_by_hand():
    confidence = np.array([0.25, 0.5, 0.5, 0.75, 1.0, 0.0], np.float32)
    right = np.array([True, True, False, True, True, False])
    found = Reliability.of(confidence, right, bins=4)
    assert found.pixels.tolist() == [2, 2, 1, 1]
    assert found.right.tolist() == [1, 1, 1, 1]
    assert found.error == pytest.approx((0.75 + 0.0 + 0.25 + 0.0) / 6)
    assert found.as_json()[2] == {
        "from": 0.5, "to": 0.75, "pixels": 1, "confidence": 0.75, "accuracy": 1.0,
    }  # fmt: skip


def test_bins_are_fifteen():
    """As in Guo et al.: 0.46 and 0.47 lie in two bins of fifteen, in one of ten."""
    found = Reliability.of(np.array([0.45, 0.46, 0.47]), np.array([True, True, False]))
    assert len(found.pixels) == 15
    assert found.pixels[6:8].tolist() == [2, 1]


def test_nothing_to_measure():
    nothing = Reliability.of(np.zeros(0), np.zeros(0, bool))
    assert nothing.error is None
    assert nothing.as_json()[0]["accuracy"] is None
    figures = calibration_figures(Calibration(), None)
    assert (figures["temperature"], figures["pixels"]) == (1.0, 0)
    assert figures["ece_before"] is None and figures["ece_after"] is None
    both = BeforeAndAfter(nothing, nothing)
    assert calibration_figures(Calibration(), both) == figures


def softmax(logits):
    odds = np.exp(logits - logits.max(axis=0))
    return odds / odds.sum(axis=0)


@pytest.mark.parametrize("temperature", [0.25, 0.5, 1.0, 3.0, 8.0])
def test_the_networks_own_confidence_is_found_again(temperature):
    rng = np.random.default_rng(3)
    logits = rng.normal(0, 4, (5, 20, 30))
    calibrated = softmax(logits / temperature).astype(np.float32)
    found = logits.argmax(axis=0) + 1
    reference = rng.integers(0, 6, (20, 30))
    calibrated[:, 0], found[0] = np.nan, 0
    where = (reference > 0) & (found > 0)
    right = (found == reference)[where]
    both = BeforeAndAfter.measure(calibrated, found, reference, temperature)
    for part, heat in ((both.before, 1.0), (both.after, temperature)):
        wanted = Reliability.of(softmax(logits / heat).max(axis=0)[where], right)
        assert part.pixels.sum() == where.sum()
        np.testing.assert_allclose(
            part.confidence.sum(), wanted.confidence.sum(), rtol=1e-5
        )
        assert part.error == pytest.approx(wanted.error, abs=1e-4)


def test_the_networks_own_confidence_is_found_again_where_temperatures_differ():
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 2, (3, 8, 9))
    heat = rng.uniform(0.5, 2, (8, 9)).astype(np.float32)
    shares = softmax(logits / heat).astype(np.float32)
    found = logits.argmax(axis=0) + 1
    reference = rng.integers(0, 4, found.shape)
    where = reference > 0
    both = BeforeAndAfter.measure(shares, found, reference, heat)
    own = softmax(logits).max(axis=0)[where]
    np.testing.assert_allclose(both.before.confidence.sum(), own.sum(), rtol=1e-5)


def test_the_parts_of_a_map_add_up_to_the_whole():
    rng = np.random.default_rng(4)
    shares = softmax(rng.normal(0, 3, (3, 16, 9))).astype(np.float32)
    found = shares.argmax(axis=0) + 1
    reference = rng.integers(0, 4, found.shape)
    whole = BeforeAndAfter.measure(shares, found, reference, 0.5)
    parts = [
        BeforeAndAfter.measure(shares[:, rows], found[rows], reference[rows], 0.5)
        for rows in (slice(0, 5), slice(5, 6), slice(6, 16))
    ]
    joined = BeforeAndAfter.joined(parts)
    assert joined.as_json()["ece_after"] == pytest.approx(whole.after.error)
    np.testing.assert_array_equal(joined.before.pixels, whole.before.pixels)
    np.testing.assert_array_equal(joined.before.right, whole.before.right)


def test_the_picture_shows_these_numbers():
    confidence = np.array([0.2, 0.7, 0.9, 0.9])
    one = reliability_png(Reliability.of(confidence, np.array([0, 1, 1, 0], bool)))
    other = reliability_png(Reliability.of(confidence, np.array([0, 1, 1, 1], bool)))
    assert one.startswith(b"\x89PNG") and one != other
    assert len(one) < 60_000


@pytest.mark.parametrize(
    ("right", "said"), [(True, "right on nearly all"), (False, "but mostly wrong")]
)
def test_a_shrunk_temperature_is_not_as_far_off_as_allowed(right, said):
    targets = np.zeros(40, int)
    logits = np.zeros((40, 2))
    logits[:, 0 if right else 1] = 5.0
    found = calibrate(logits, targets, np.repeat(np.arange(4), 10))
    assert found.temperature in (LOWEST, HIGHEST) and "as far as allowed" in found.note
    kept = shrunk_calibration(found)
    assert kept.in_turn and kept.temperature == shrunk(found.temperature, 4)
    assert LOWEST < kept.temperature < HIGHEST
    assert said in kept.note and "allowed" not in kept.note
    few = calibrate(logits[:1], targets[:1], targets[:1])
    assert shrunk_calibration(few) == replace(few, in_turn=True)
