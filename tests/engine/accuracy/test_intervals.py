"""Intervals against published ones, against loops, and against known truths."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import confusion_matrix

from miaf_engine.accuracy import intervals
from miaf_engine.accuracy.intervals import (
    MOST_SAMPLES,
    PIXELS,
    AreaCounts,
    area_interval,
    degrees_of_freedom,
    mean_interval,
    samples_needed,
    student_quantile,
    uncertainty,
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


@pytest.mark.parametrize("trials", [1, 7, 300, 10**6])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.98, 1.0])
def test_wilson_against_scipy(share, trials):
    successes = round(share * trials)
    expected = stats.binomtest(successes, trials).proportion_ci(0.95, "wilson")
    assert wilson_interval(successes, trials) == pytest.approx(expected, abs=1e-15)


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


NAMES = ("Wheat", "Forest")


def scored(classes, sizes, right):
    """Return matrix and counts of areas of these classes, sizes and right pixels."""
    areas = np.repeat(np.arange(1, len(sizes) + 1), sizes)
    reference = np.repeat(classes, sizes)
    rank = np.concatenate([np.arange(size) for size in sizes])
    fits = rank < np.repeat(right, sizes)
    predicted = np.where(fits, reference, 3 - reference)
    counts = AreaCounts.of(predicted, reference, areas, 2)
    return counts.matrix, counts


def test_by_area():
    classes, sizes = [1, 2] * 4, [10, 4, 7, 30, 12, 9, 10, 11]
    right = [9, 4, 2, 28, 11, 1, 10, 10]
    found = uncertainty(*scored(classes, sizes, right), NAMES)
    assert found.by_area and found.notes == ()
    assert found.areas == 8 and found.areas_of_class == (4, 4)
    assert found.overall == area_interval(np.array(right), np.array(sizes))
    own = slice(0, None, 2)
    assert found.producers[0] == area_interval(
        np.array(right[own]), np.array(sizes[own])
    )
    assert "8 areas" in found.method


def test_single_pixels_are_independent():
    matrix, counts = scored(
        [1] * 40 + [2] * 20, [1] * 60, [1] * 30 + [0] * 10 + [1] * 20
    )
    found = uncertainty(matrix, counts, NAMES)
    assert found.method == PIXELS and not found.by_area
    assert found.overall == wilson_interval(50, 60)
    assert found.producers[0] == wilson_interval(30, 40)
    assert found.users[1] == wilson_interval(20, 30)
    assert found.areas == 60
    unknown = uncertainty(matrix, None, NAMES)
    assert unknown.overall == found.overall and unknown.areas is None


def test_few_areas_are_named():
    found = uncertainty(*scored([1, 1, 2], [10, 10, 10], [9, 5, 8]), NAMES)
    assert "Only 3 areas" in found.notes[0]
    assert "'Forest'" in found.notes[1] and "Wheat" not in found.notes[1]
    assert np.isnan(found.producers[1]).all() and np.isnan(found.users[1]).all()
    assert not np.isnan(found.overall).any()


@pytest.mark.parametrize("counts", [None, AreaCounts.joined([], 2)])
def test_nothing_scored(counts):
    found = uncertainty(np.zeros((2, 3), int), counts, NAMES)
    assert np.isnan(found.overall).all() and found.notes == ()


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 80))
def test_against_scikit_learn(seed, count, size):
    rng = np.random.default_rng(seed)
    predicted, reference = rng.integers(0, count + 1, (2, size))
    areas = rng.integers(1, 9, size)
    found = AreaCounts.of(predicted, reference, areas, count)
    labels = [*range(1, count + 1), 0]
    every = confusion_matrix(reference, predicted, labels=labels)[:-1]
    assert np.array_equal(found.matrix, every)
    scored = reference > 0
    numbers = np.unique(areas[scored])
    parts = [
        confusion_matrix(reference[own], predicted[own], labels=labels)[:-1]
        for own in (scored & (areas == number) for number in numbers)
    ]
    right, sizes = found.all_pixels()
    assert sizes.tolist() == [part.sum() for part in parts]
    assert right.tolist() == [np.trace(part) for part in parts]
    for k in range(count):
        right, sizes = found.reference_pixels(k)
        assert sizes.tolist() == [p[k].sum() for p in parts if p[k].any()]
        right, sizes = found.map_pixels(k)
        assert sizes.tolist() == [p[:, k].sum() for p in parts if p[:, k].any()]
        assert right.tolist() == [p[k, k] for p in parts if p[:, k].any()]
    assert found.single == (len(numbers) == scored.sum())


def test_large_numbers_do_not_mix():
    areas = np.array([2**31 - 1, 1, 2**31 - 1])
    found = AreaCounts.of(
        np.array([65_000, 0, 65_000]), np.array([65_000] * 3), areas, 65_000
    )
    assert found.areas.tolist() == [1, 2**31 - 1]
    assert found.pixels.tolist() == [1, 2]
    assert found.mapped.tolist() == [65_000, 64_999]


def test_nothing():
    assert not AreaCounts.joined([], 3).matrix.any()
    found = AreaCounts.of(np.zeros(3, int), np.zeros(3, int), np.ones(3, int), 2)
    assert found.matrix.shape == (2, 3) and not found.matrix.any()


def test_large_maps_are_counted_part_by_part(monkeypatch):
    rng = np.random.default_rng(0)
    predicted, reference = rng.integers(0, 4, (2, 30, 20))
    areas = rng.integers(1, 9, (30, 20))
    whole = AreaCounts.of(predicted, reference, areas, 3)
    monkeypatch.setattr(intervals, "_AT_ONCE", 77)
    parts = AreaCounts.of(predicted, reference, areas, 3)
    for name in ("areas", "reference", "mapped", "pixels"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name))


@pytest.mark.parametrize(("width", "wanted"), [(0.3, 12), (0.2, 18), (0.1, 38)])
def test_areas_needed_where_all_are_right(width, wanted):
    eight = np.full(8, 20)
    ends = area_interval(eight, eight)
    assert samples_needed(1.0, ends, 8, width, by_area=True) == wanted
    for count, narrow in ((wanted - 1, False), (wanted, True)):
        low, high = area_interval(np.full(count, 20), np.full(count, 20))
        assert (high - low <= width) is narrow


def test_areas_needed_where_one_in_five_is_wrong():
    sizes = np.full(10, 20)
    right = np.where(np.arange(10) < 2, 0, 20)
    ends = area_interval(right, sizes)
    wanted = samples_needed(0.8, ends, 10, 0.3, by_area=True)
    low, high = area_interval(np.tile(right, 3), np.tile(sizes, 3))
    assert 20 < wanted < 40 and high - low == pytest.approx(0.3, abs=0.03)


def test_pixels_needed():
    for count in range(2, 9):
        ends = wilson_interval(count, count)
        assert samples_needed(1.0, ends, count, 0.3, by_area=False) == 9


def test_more_than_anyone_would_draw():
    assert samples_needed(0.5, (0.0, 1.0), 2, 0.01, by_area=True) is None
    assert samples_needed(0.5, (0.4, 0.6), MOST_SAMPLES, 0.5, by_area=True) == (
        MOST_SAMPLES
    )
