"""Two maps on one reference, against SciPy and by hand."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from miaf_engine.accuracy.map_comparison import compare_maps, sign_test


def maps(both, first_only, second_only, neither):
    """Return two maps and the reference with these counts of pixels."""
    counts = (both, first_only, second_only, neither)
    total = sum(counts)
    right = np.repeat([[1, 1, 0, 0], [1, 0, 1, 0]], counts, axis=1)
    return right[0], right[1], np.ones(total, int)


def test_counts_and_unscored_pixels():
    first, second = np.array([1, 1, 2, 0, 2, 1]), np.array([1, 2, 1, 0, 2, 1])
    found = compare_maps(first, second, np.array([1, 1, 1, 1, 0, 2]))
    assert (found.both, found.first_only, found.second_only) == (1, 1, 1)
    assert found.neither == 2 and found.pixels == 5
    assert found.accuracies == (0.4, 0.4)


@pytest.mark.parametrize("counts", [(10, 0), (3, 9), (12, 12), (0, 24), (5, 5)])
def test_few_discordant_pixels_are_binomial(counts):
    found = compare_maps(*maps(50, *counts, 7))
    expected = stats.binomtest(counts[0], sum(counts), 0.5).pvalue
    assert found.p_value == pytest.approx(expected, abs=1e-9)
    assert found.statistic is None and "exact" in found.test


@pytest.mark.parametrize("counts", [(25, 0), (13, 12), (150, 86), (4000, 4100)])
def test_many_discordant_pixels_are_chi_square(counts):
    found = compare_maps(*maps(50, *counts, 7))
    one, other = counts
    statistic = (abs(one - other) - 1) ** 2 / (one + other)
    assert found.statistic == pytest.approx(statistic, abs=1e-9)
    assert found.p_value == pytest.approx(stats.chi2.sf(statistic, 1), abs=1e-9)


def test_published_example():
    """Bland (2000): 212 and 144 of 1319 children have a cold at one age alone."""
    found = compare_maps(*maps(212, 144, 256, 707))
    assert found.statistic == pytest.approx((112 - 1) ** 2 / 400)
    assert found.p_value < 0.001
    assert found.difference == pytest.approx(-112 / 1319)
    low, high = found.interval
    assert low < found.difference < high < 0


def test_equal_maps():
    found = compare_maps(*maps(9, 0, 0, 1))
    assert found.p_value == 1 and found.difference == 0
    low, high = found.interval
    assert low == pytest.approx(-high)
    assert compare_maps(*maps(40, 13, 13, 1)).p_value == 1


def test_areas_widen_the_interval_and_are_tested_apart():
    first, second, reference = maps(300, 60, 20, 20)
    order = np.arange(400)
    areas = np.concatenate([order[:300] % 20, order[300:] // 10]) + 1
    plain = compare_maps(first, second, reference)
    found = compare_maps(first, second, reference, areas)
    assert np.ptp(found.interval) > np.ptp(plain.interval)
    assert found.p_value == plain.p_value
    assert "areas" in found.interval_method
    facts = found.as_json()
    assert "overconfident" in facts["note"]
    assert facts["areas_first_better"] == 6 and facts["areas_second_better"] == 2
    expected = stats.binomtest(6, 8, 0.5).pvalue
    assert facts["areas_p_value"] == pytest.approx(expected)
    assert plain.as_json()["note"] is None
    json.dumps(facts, allow_nan=False)


def test_points_are_independent():
    first, second, reference = maps(30, 6, 2, 2)
    found = compare_maps(first, second, reference, np.arange(1, 41))
    assert found == compare_maps(first, second, reference)


def test_one_area_has_no_interval():
    first, second, reference = maps(30, 6, 2, 2)
    found = compare_maps(first, second, reference, np.ones(40, int))
    assert all(math.isnan(end) for end in found.interval)
    assert found.as_json()["difference_interval"] == [None, None]


def test_sign_test_of_nothing_and_of_much():
    assert sign_test(0, 0) == 1
    assert sign_test(50_000, 50_400) == pytest.approx(
        stats.binomtest(50_000, 100_400, 0.5).pvalue, rel=1e-6
    )
