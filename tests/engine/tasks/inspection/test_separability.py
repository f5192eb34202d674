"""Distances between classes, against formulas worked out another way."""

import numpy as np
import pytest
from scipy import integrate, stats

from miaf_engine.tasks.inspection.separability import (
    MOST_COMPONENTS,
    components,
    jeffries_matusita,
    outlier_areas,
    pooled_covariance,
    regularised_covariance,
    separability,
)


def by_integral(one, other):
    """2 (1 - integral of sqrt(p q)), which the distance is by definition."""
    overlap, _ = integrate.quad(
        lambda x: np.sqrt(one.pdf(x) * other.pdf(x)), -60, 60, limit=500
    )
    return 2 * (1 - overlap)


@pytest.mark.parametrize(
    ("mean", "deviation"), [(0.0, 1.0), (1.0, 1.0), (2.5, 0.4), (0.0, 3.0), (9.0, 2.0)]
)
def test_one_dimension_by_integration(mean, deviation):
    found = jeffries_matusita(
        np.zeros(1), np.eye(1), np.array([mean]), np.array([[deviation**2]])
    )
    wanted = by_integral(stats.norm(0, 1), stats.norm(mean, deviation))
    assert found == pytest.approx(wanted, abs=1e-8)


def test_known_bhattacharyya_in_several_dimensions():
    rng = np.random.default_rng(3)
    a, b = (m @ m.T + np.eye(4) for m in rng.normal(size=(2, 4, 4)))
    one, other = rng.normal(size=(2, 4))
    s = (a + b) / 2
    wanted = (one - other) @ np.linalg.inv(s) @ (one - other) / 8 + 0.5 * np.log(
        np.linalg.det(s) / np.sqrt(np.linalg.det(a) * np.linalg.det(b))
    )
    found = jeffries_matusita(one, a, other, b)
    assert found == pytest.approx(2 * (1 - np.exp(-wanted)), rel=1e-12)
    turn = rng.normal(size=(4, 4))
    turned = jeffries_matusita(
        turn @ one, turn @ a @ turn.T, turn @ other, turn @ b @ turn.T
    )
    assert turned == pytest.approx(found, rel=1e-9)
    assert jeffries_matusita(one, a, one, a) == 0


def test_samples_of_known_classes_come_near_the_true_distance():
    rng = np.random.default_rng(0)
    means = np.array([[0, 0, 0], [1.5, 0, 0], [12, 0, 0]])
    classes = np.repeat([1, 2, 3], 4000)
    points = means[classes - 1] + rng.normal(size=(12000, 3))
    found = separability(points, classes, 3)
    assert found.distances[0, 1] == pytest.approx(
        2 * (1 - np.exp(-(1.5**2) / 8)), abs=0.02
    )
    assert found.distances[0, 2] == pytest.approx(2, abs=1e-3)
    assert np.array_equal(found.distances, found.distances.T)
    assert [(i, j) for i, j, _ in found.pairs()] == [(0, 1), (1, 2), (0, 2)]


def test_few_pixels_do_not_make_like_classes_far():
    """Without regularisation 12 pixels of one class in 10 components read 1.9."""
    raw, found = [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        points, classes = (
            rng.normal(size=(224, 10)),
            np.repeat([1, 2, 3], [12, 12, 200]),
        )
        one, other = points[:12], points[12:24]
        raw.append(
            jeffries_matusita(
                one.mean(0), np.cov(one.T), other.mean(0), np.cov(other.T)
            )
        )
        found.append(separability(points, classes, 3).distances[0, 1])
    assert np.mean(raw) > 1.5
    assert np.mean(found) < 0.8


def test_covariances_are_drawn_to_the_pooled_one():
    rng = np.random.default_rng(1)
    own = rng.normal(size=(11, 4))
    pooled = 2 * np.eye(4)
    wanted = (10 * np.cov(own.T) + 5 * pooled) / 15
    np.testing.assert_allclose(regularised_covariance(own, pooled), wanted)
    np.testing.assert_array_equal(regularised_covariance(own[:1], pooled), pooled)
    other = rng.normal(size=(21, 4)) + 7
    wanted = (10 * np.cov(own.T) + 20 * np.cov(other.T)) / 30
    np.testing.assert_allclose(
        pooled_covariance([own, other, own[:0]]), wanted, atol=1e-5
    )


def test_classes_without_pixels_and_without_spread():
    points = np.array([[0.0], [0.0], [5.0]])
    found = separability(points, np.array([1, 1, 3]), 3)
    assert np.isnan(found.distances[1]).all()
    assert found.distances[0, 2] == 2
    assert found.pairs() == [(0, 2, 2.0)]


def test_components_fit_the_pixels():
    rng = np.random.default_rng(2)
    spectra = rng.normal(size=(40, 30)).astype(np.float32)
    assert components(spectra, np.repeat([1, 2], 20)).shape == (40, MOST_COMPONENTS)
    assert components(spectra[:9], np.repeat([1, 2, 3], 3)).shape == (9, 3)
    assert components(spectra[:1], np.array([1])).shape == (1, 1)
    assert components(spectra[:, :2], np.repeat([1, 2], 20)).shape == (40, 2)


PIXELS, SIZE = 12, 8


def scene(seed, areas=(6, 6, 6), spread=1.0):
    """Return points, classes and areas; pixels vary by 1, areas by `spread`."""
    rng = np.random.default_rng(seed)
    points, classes, numbers = [], [], []
    for k, count in enumerate(areas, 1):
        centre = 12 * rng.normal(size=SIZE)
        for _ in range(count):
            place = centre + spread * rng.normal(size=SIZE)
            points.append(place + rng.normal(size=(PIXELS, SIZE)))
            classes += [k] * PIXELS
            numbers += [len(points)] * PIXELS
    return np.concatenate(points), np.array(classes), np.array(numbers)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("spread", [0.0, 0.5, 3.0])
def test_clean_areas_give_none(seed, spread):
    assert outlier_areas(*scene(seed, (4, 5, 8, 20), spread)) == []
    assert outlier_areas(*scene(seed, (4,), spread)) == []


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [4, 6, 15])
def test_an_area_of_another_class_is_found(seed, count):
    points, classes, numbers = scene(seed, (count, count, count), 0.5)
    points[numbers == 2] += points[classes == 3].mean(0) - points[classes == 1].mean(0)
    (found,) = outlier_areas(points, classes, numbers)
    assert (found.area, found.nearest) == (2, 3)
    assert found.distance > 5


@pytest.mark.parametrize("seed", range(6))
def test_outliers_cannot_hide_each_other(seed):
    points, classes, numbers = scene(seed, (9, 9), 0.5)
    shift = points[classes == 2].mean(0) - points[classes == 1].mean(0)
    points[np.isin(numbers, (1, 2, 3))] += shift
    assert {item.area for item in outlier_areas(points, classes, numbers)} == {1, 2, 3}


def test_classes_of_three_areas_are_not_judged():
    points, classes, numbers = scene(0, (3, 6))
    points[numbers == 1] += 100
    assert outlier_areas(points, classes, numbers) == []


def test_areas_of_one_pixel():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(40, 3))
    classes, numbers = np.repeat([1, 2], 20), np.arange(1, 41)
    assert outlier_areas(points, classes, numbers) == []
    points[4] += 60
    assert [item.area for item in outlier_areas(points, classes, numbers)] == [5]
    assert outlier_areas(points[:0], classes[:0], numbers[:0]) == []
