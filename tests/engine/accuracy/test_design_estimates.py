"""Estimates from samples of known design, against two worked examples.

Stehman (2014, International Journal of Remote Sensing 35:4923-4939) has 40 points in
four strata and a map whose classes are others; the points and the digits are those of
the paper, as the R package mapaccuracy transcribes them. Where the strata are the
classes of the map, all comes out as Olofsson et al. (2014) have it.
"""

import json
import math

import numpy as np
import pytest

from miaf_engine.accuracy.area_estimates import area_estimates
from miaf_engine.accuracy.design_estimates import Strata, design_estimates
from miaf_engine.classes import ClassEntry, ClassTable


def numbers(letters):
    return np.array(["ABCD".index(letter) for letter in letters.replace(" ", "")])


STRATUM = numbers("AAAAAAAAAA BBBBBBBBBB CCCCCCCCCC DDDDDDDDDD")
MAPPED = numbers("AAAAAAABBB ABBBBBBBBB BBCCCCCCBB DDDDDDDDDD") + 1
REFERENCE = numbers("AAAAACBABC ABBBBBAABB CCCCCDDBBA DDDDDDDCCB") + 1
PIXELS = np.array([40_000.0, 30_000.0, 20_000.0, 10_000.0])
# The worked example of Olofsson et al. (2014), table 8: rows are classes of the map.
SAMPLE = ((66, 0, 5, 4), (0, 55, 8, 12), (1, 0, 153, 11), (2, 1, 9, 313))
AREAS = np.array([200_000.0, 150_000.0, 3_200_000.0, 6_450_000.0])


def table(count=4):
    entries = (ClassEntry(k, f"class {k}", "#777777") for k in range(1, count + 1))
    return ClassTable(tuple(entries))


def points_of(sample):
    """Return stratum, mapped and reference class of each point of a matrix."""
    cells = [
        (i, i + 1, j + 1)
        for i, row in enumerate(sample)
        for j, count in enumerate(row)
        for _ in range(count)
    ]
    return (np.array(part) for part in zip(*cells, strict=True))


def of_stehman(**more):
    strata = Strata(STRATUM, PIXELS, PIXELS)
    return design_estimates(strata, REFERENCE, MAPPED, table(), PIXELS, **more)


def test_digits_of_stehman():
    found = of_stehman()
    assert round(float(found.overall.values), 2) == 0.63
    assert round(float(found.overall.errors), 3) == 0.085
    shares, errors = found.areas.values / 1e5, found.areas.errors / 1e5
    assert shares[[0, 2]].round(2).tolist() == [0.35, 0.20]
    assert errors[[0, 2]].round(3).tolist() == [0.082, 0.064]
    assert round(found.users.values[1], 3) == 0.574
    assert round(found.users.errors[1], 3) == 0.125
    assert round(found.producers.values[1], 3) == 0.794
    assert round(found.producers.errors[1], 3) == 0.117


def test_digits_of_olofsson():
    """Tables 8 and 9 and section 5.2; the finite population changes the last digits."""
    strata, mapped, reference = points_of(SAMPLE)
    given = Strata(strata, np.full(4, np.inf), AREAS)
    found = design_estimates(given, reference, mapped, table(), AREAS)
    assert found.areas.values.round().tolist()[0] == 235_086
    assert found.areas.margins.round().tolist()[0] == 68_418
    assert round(float(found.overall.values), 2) == 0.95
    assert round(float(found.overall.margins), 2) == 0.02
    assert found.users.values.round(2).tolist() == [0.88, 0.73, 0.93, 0.96]
    assert found.users.margins.round(2).tolist() == [0.07, 0.10, 0.04, 0.02]
    assert found.producers.values.round(2).tolist() == [0.75, 0.85, 0.93, 0.96]
    # Equation 7, not what is printed: see test_area_estimates.
    assert found.producers.margins.round(2).tolist() == [0.21, 0.25, 0.03, 0.02]
    real = Strata(strata, AREAS, AREAS)
    finite = design_estimates(real, reference, mapped, table(), AREAS)
    assert 0.999 < float(finite.overall.errors / found.overall.errors) < 1


@pytest.mark.parametrize("seed", range(5))
def test_strata_that_are_the_classes_give_the_stratified_estimator(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 7))
    sample = rng.integers(1, 40, (count, count)) + 60 * np.eye(count, dtype=int)
    areas = rng.uniform(10, 1e6, count)
    strata, mapped, reference = points_of(sample)
    given = Strata(strata, np.full(count, np.inf), areas)
    found = design_estimates(given, reference, mapped, table(count), areas)
    matrix = np.hstack([sample.T, np.zeros((count, 1), int)])
    expected = area_estimates(matrix, areas, table(count))
    for name in ("overall", "users", "producers", "areas"):
        own, other = getattr(found, name), getattr(expected, name)
        assert own.values == pytest.approx(other.values, rel=1e-9), name
        assert own.errors == pytest.approx(other.errors, rel=1e-9), name


def test_a_sample_of_every_pixel_is_exact():
    strata = Strata(STRATUM, np.full(4, 10.0), np.full(4, 10.0))
    found = design_estimates(strata, REFERENCE, MAPPED, table(), np.full(4, 10.0))
    right = (REFERENCE == MAPPED).mean()
    assert found.as_json()["overall_accuracy"] == {
        "estimate": pytest.approx(right),
        "standard_error": 0.0,
        "interval": [pytest.approx(right), pytest.approx(right)],
    }


def test_a_part_of_the_map():
    """Points outside still tell how much of each stratum lies inside."""
    inside = np.arange(40) % 2 == 0
    found = of_stehman(counted=inside)
    weights = PIXELS[STRATUM]
    right = inside & (REFERENCE == MAPPED)
    assert float(found.overall.values) == pytest.approx(
        weights[right].sum() / weights[inside].sum()
    )
    of_a = (inside & (REFERENCE == 1)) * PIXELS[STRATUM] / 10
    assert found.areas.values[0] == pytest.approx(of_a.sum())


def test_intervals_where_all_is_right():
    """No error met is not no error: Wilson's interval, as for so many points."""
    strata = Strata(np.zeros(50, int), np.array([1e9]), np.array([1.0]))
    ones = np.ones(50, int)
    found = design_estimates(strata, ones, ones, table(1), np.ones(1)).as_json()
    low, high = found["overall_accuracy"]["interval"]
    # 50 / (50 + t^2), t = 2.0096 for 49 degrees of freedom.
    assert low == pytest.approx(0.92527, abs=1e-4) and high == 1
    assert found["overall_accuracy"]["standard_error"] == 0


def test_what_a_stratum_without_points_leaves_unknown():
    strata = Strata(np.zeros(40, int), np.array([100.0, 50.0]), np.array([1.0, 0.5]))
    found = design_estimates(strata, REFERENCE, MAPPED, table(), PIXELS)
    assert math.isnan(found.overall.values)
    assert found.notes == (
        "Nothing can be estimated, because some strata have no point with a class: 1.",
    )
    json.dumps(found.as_json(), allow_nan=False)
    member = np.zeros(40, int)
    member[0] = 1
    strata = Strata(member, np.array([100.0, 50.0]), np.array([1.0, 0.5]))
    found = design_estimates(strata, REFERENCE, MAPPED, table(), PIXELS)
    assert 0 < found.overall.values < 1
    assert found.as_json()["overall_accuracy"]["interval"] == [None, None]


def test_a_stratum_of_one_pixel_is_known():
    member = np.zeros(40, int)
    member[0] = 1
    strata = Strata(member, np.array([1e6, 1.0]), np.array([1e6, 1.0]))
    found = design_estimates(strata, REFERENCE, MAPPED, table(), PIXELS)
    alone = Strata(np.zeros(39, int), np.array([1e6]), np.array([1e6]))
    rest = design_estimates(alone, REFERENCE[1:], MAPPED[1:], table(), PIXELS)
    assert found.notes == ()
    for one, other in zip(
        (found.overall.errors, *found.overall.ends),
        (rest.overall.errors, *rest.overall.ends),
        strict=True,
    ):
        assert one == pytest.approx(other, rel=1e-3)


def test_small_strata_are_taken_together():
    member = np.repeat([0, 1, 2, 3], [30, 4, 3, 20])
    pixels = np.array([300.0, 40.0, 30.0, 200.0])
    joined = Strata(member, pixels, pixels / 100).of_enough(5)
    assert sorted(joined.points.tolist()) == [7, 20, 30]
    place = joined.member[31]
    assert joined.pixels[place] == 70 and joined.areas[place] == pytest.approx(0.7)
    assert joined.member[30] == joined.member[36] != joined.member[0]
    # With a single small one, another must come to it.
    member = np.repeat([0, 1, 2], [30, 4, 20])
    joined = Strata(member, pixels[:3], pixels[:3]).of_enough(5)
    assert sorted(joined.points.tolist()) == [24, 30]
    kept = Strata(member, pixels[:3], pixels[:3])
    assert kept.of_enough(3) is kept
