"""Which intervals are given, and when they are said not to be reliable."""

import numpy as np
import pytest

from miaf_engine.accuracy.area_counts import AreaCounts
from miaf_engine.accuracy.intervals import area_interval, wilson_interval
from miaf_engine.accuracy.uncertainty import PIXELS, uncertainty

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
