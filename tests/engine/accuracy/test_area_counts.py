"""Counts by area against confusion matrices of each area."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from miaf_engine.accuracy import area_counts
from miaf_engine.accuracy.area_counts import AreaCounts


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
    monkeypatch.setattr(area_counts, "_AT_ONCE", 77)
    parts = AreaCounts.of(predicted, reference, areas, 3)
    for name in ("areas", "reference", "mapped", "pixels"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name))
