"""Areas unlike the others of their class: found if planted, and none in clean data."""

import numpy as np
import pytest

from miaf_engine.tasks.inspection.outlier_areas import outlier_areas

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
