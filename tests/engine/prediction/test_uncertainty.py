"""Class, confidence, entropy and margin by hand and against scipy."""

import numpy as np
import scipy.stats

from miaf_engine.prediction.uncertainty import entropy, margin, most_likely


def test_most_likely_by_hand():
    nan = np.nan
    probabilities = np.array(
        [[[0.2, 0.5, nan]], [[0.7, 0.5, nan]], [[0.1, 0.0, nan]]], dtype=np.float32
    )
    classes, confidence = most_likely(probabilities)
    assert classes.tolist() == [[2, 1, 0]]
    assert classes.dtype == np.uint16
    np.testing.assert_array_equal(confidence, np.float32([[0.7, 0.5, nan]]))
    assert confidence.dtype == np.float32


def test_entropy_and_margin_by_hand():
    nan = np.nan
    shares = np.array(
        [[[1, 0.25, 0.5, nan]], [[0, 0.25, 0.5, nan]], [[0, 0.25, 0, nan]],
         [[0, 0.25, 0, nan]]], dtype=np.float32
    )  # fmt: skip
    np.testing.assert_array_equal(entropy(shares), np.float32([[0, 1, 0.5, nan]]))
    np.testing.assert_array_equal(margin(shares), np.float32([[1, 0, 0, nan]]))
    assert entropy(shares).dtype == margin(shares).dtype == np.float32


def test_entropy_and_margin_against_scipy_and_sorting():
    rng = np.random.default_rng(0)
    shares = rng.dirichlet([0.3] * 7, (40, 50)).transpose(2, 0, 1).astype(np.float32)
    expected = scipy.stats.entropy(shares.astype(np.float64), base=7, axis=0)
    np.testing.assert_allclose(entropy(shares), expected, atol=1e-6)
    ranked = np.sort(shares, axis=0)
    np.testing.assert_array_equal(margin(shares), ranked[-1] - ranked[-2])
    for made in (entropy(shares), margin(shares)):
        assert made.min() >= 0 and made.max() <= 1


def test_one_class_is_certain():
    shares = np.float32([[[1.0, np.nan]]])
    np.testing.assert_array_equal(entropy(shares), np.float32([[0, np.nan]]))
    np.testing.assert_array_equal(margin(shares), np.float32([[1, np.nan]]))
