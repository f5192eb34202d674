"""Intervals against published ones, against loops, and against known truths."""

import math

import numpy as np
import pytest
from scipy import stats

from miaf_engine.accuracy.intervals import (
    area_interval,
    degrees_of_freedom,
    mean_interval,
    student_quantile,
    wilson_interval,
)
from tests.bench import interval_coverage as bench


def test_wilson():
    # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    assert wilson_interval(20, 20)[1] == 1.0
    assert all(math.isnan(end) for end in wilson_interval(0, 0))


def by_loops(right, sizes):
    """Return the interval of areas, each step written out."""
    half = sum(sizes) / len(sizes) / 2  # an area of which nothing is known
    right, sizes = [*right, half / 2], [*sizes, half]
    count, total = len(sizes), sum(sizes)
    share = sum(right) / total
    moves = []
    for i in range(count):
        rest = [j for j in range(count) if j != i]
        left = sum(right[j] for j in rest) / sum(sizes[j] for j in rest)
        moves.append(left - share)
    variance = (count - 1) / count * sum(m * m for m in moves)
    spread = sum((m * m - sum(n * n for n in moves) / count) ** 2 for m in moves)
    satterthwaite = 2 * sum(m * m for m in moves) ** 2 / spread
    kish = total**2 / sum(s * s for s in sizes) - 1
    freedom = max(1, min(satterthwaite, kish, count - 1))
    t, size = stats.t.ppf(0.975, freedom), min(share * (1 - share) / variance, total)
    # The ends are where the score test with that size is just not rejected.
    a, b, c = 1 + t * t / size, -(2 * share + t * t / size), share * share
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@pytest.mark.parametrize("seed", range(20))
def test_areas_against_loops(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 80, int(rng.integers(3, 40)))
    right = rng.binomial(sizes, rng.beta(3, 1, len(sizes)))
    found = area_interval(right, sizes)
    assert found == pytest.approx(by_loops(right.tolist(), sizes.tolist()), abs=1e-9)


def test_areas_without_a_spread():
    all_right = area_interval(np.array([9, 30, 4, 50]), np.array([9, 30, 4, 50]))
    assert all_right[1] == 1.0
    t = stats.t.ppf(0.975, 3)
    assert all_right[0] == pytest.approx(4 / (4 + t * t))  # each area is one trial
    none = area_interval(np.zeros(4, int), np.array([9, 30, 4, 50]))
    assert none == pytest.approx((0, 1 - all_right[0]))
    even = area_interval(np.array([5, 5, 5]), np.array([10, 10, 10]))
    assert even[0] < 0.5 < even[1]


def test_too_few_areas_have_no_interval():
    for right, sizes in (([], []), ([3], [4]), ([3, 0], [4, 0])):
        found = area_interval(np.array(right, int), np.array(sizes, int))
        assert all(math.isnan(end) for end in found)
        found = mean_interval(np.array(right, int), np.array(sizes, int))
        assert all(math.isnan(end) for end in found)


@pytest.mark.parametrize("count", [2, 5, 40, 3000])
def test_interval_holds_what_was_found(count):
    sizes = np.full(count, 50)
    for wrong in (1, 3, 49):
        right = sizes.copy()
        right[0] -= wrong
        low, high = area_interval(right, sizes)
        assert 0 <= low <= right.sum() / sizes.sum() <= high <= 1


def test_pixels_as_areas_are_nearly_wilson():
    right = np.repeat([1, 0], [700, 100])
    found = area_interval(right, np.ones(800, int))
    assert found == pytest.approx(wilson_interval(700, 800), abs=5e-4)


def test_mean_interval_by_hand():
    gains, sizes = np.array([4, -1, 3, 2]), np.array([10, 10, 10, 10])
    means = gains / 10
    margin = stats.t.ppf(0.975, 3) * means.std(ddof=1) / 2
    ends = means.mean() - margin, means.mean() + margin
    assert mean_interval(gains, sizes) == pytest.approx(ends)


def test_one_area_that_decides_all_leaves_one_degree_of_freedom():
    moves = np.array([0.3, 0.0, 0.0, 0.0, 0.0])
    assert degrees_of_freedom(moves, np.full(5, 10)) == pytest.approx(2.5)
    assert degrees_of_freedom(moves, np.array([9999, 1, 1, 1, 1])) == 1
    assert student_quantile(1) == pytest.approx(12.7062, abs=5e-5)


@pytest.mark.parametrize(
    "name",
    [
        "independent pixels",
        "30 to 60 polygons",
        "30 to 60 polygons, classes 85 to 98 % right",
    ],
)
def test_intervals_hold_the_truth_as_often_as_they_say(name):
    """The small form of `make bench`: 1,000 maps, 93 to 97 %."""
    found = bench.coverage(bench.SCENARIOS[name], 1000, seed=11)
    assert 0.93 <= found["engine"] <= 0.97
    assert 0.93 <= found["producers"] <= 0.98


def test_pixels_taken_for_independent_would_not_do():
    scenario = bench.SCENARIOS["30 to 60 polygons"]
    assert bench.coverage(scenario, 100, 12, ("as pixels",))["as pixels"] < 0.6


def test_difference_of_two_maps_holds_the_truth():
    assert 0.92 <= bench.difference_coverage(400, 13) <= 0.98
