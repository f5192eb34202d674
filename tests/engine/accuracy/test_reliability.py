"""Bins, errors and tables of confidence against plain loops and hand-made cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaf_engine.accuracy.calibration import Calibration
from miaf_engine.accuracy.reliability import (
    BeforeAndAfter,
    Reliability,
    calibration_figures,
    expected_calibration_error,
)
from miaf_engine.reports.reliability_plot import reliability_png


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
