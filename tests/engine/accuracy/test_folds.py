"""In folds each pixel is scored once, by a model without its area."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaf_engine.accuracy.folds import make_folds
from miaf_engine.accuracy.holdout import GAP, SMALLEST_TO_DIVIDE, near
from miaf_engine.requests.settings import SplitConfig
from tests.engine.accuracy.test_split import (
    four_fields,
    label_maps,
    make_labels,
    twenty_fields,
)

CONFIG = SplitConfig()


@settings(deadline=None, max_examples=120)
@given(label_maps(), st.integers(2, 10), st.integers(0, 9))
def test_each_pixel_once_and_no_area_on_two_sides(labels, count, seed):
    folds = make_folds(labels, count, seed)
    values, groups = labels.values, labels.groups
    scored = np.zeros(values.shape, int)
    for fold in range(1, count + 1):
        split = folds.split(fold, CONFIG, seed)
        roles = np.stack([split.training, split.validation, split.test])
        assert roles.sum(axis=0).max() <= 1
        assert not roles[:, values == 0].any()
        scored += split.test
        for k in np.unique(values[values > 0]):
            own = values == k
            assert (split.training & own).any(), "each model knows each class"
            shared = np.intersect1d(
                groups[split.test & own],
                groups[(split.training | split.validation) & own],
            )
            assert not len(shared) or k in folds.divided
    for k in np.unique(values[values > 0]):
        own = values == k
        single = len(np.unique(groups[own])) == 1
        too_small = single and own.sum() < SMALLEST_TO_DIVIDE
        assert (scored[own] == (0 if too_small else 1)).all()
    assert (scored[values == 0] == 0).all()


@settings(deadline=None, max_examples=40)
@given(label_maps(), st.integers(2, 6), st.integers(0, 3))
def test_same_seed_same_folds(labels, count, seed):
    first, second = (make_folds(labels, count, seed) for _ in range(2))
    assert np.array_equal(first.number, second.number)
    one, other = (f.split(1, CONFIG, seed) for f in (first, second))
    assert np.array_equal(one.validation, other.validation)


def test_seed_decides_between_equals():
    labels = four_fields()
    found = {make_folds(labels, 2, seed).number.tobytes() for seed in range(12)}
    assert len(found) > 1


def test_a_seed_gives_the_folds_that_it_always_gave():
    labels = twenty_fields()
    number = make_folds(labels, 4, 5).number
    of_field = [int(number[labels.groups == field].max()) for field in range(1, 21)]
    stored = [3, 2, 2, 4, 2, 1, 1, 4, 3, 2, 1, 3, 1, 3, 4, 4, 4, 1, 3, 2]
    assert of_field == stored


def test_areas_are_spread_over_the_folds():
    """Ten equal fields of each of two classes lie two and two in five folds."""
    values, groups = np.zeros((40, 100)), np.zeros((40, 100))
    for number in range(20):
        window = np.s_[
            20 * (number % 2) : 20 * (number % 2) + 4, 5 * number : 5 * number + 4
        ]
        values[window], groups[window] = 1 + number % 2, number + 1
    labels = make_labels(values, groups)
    folds = make_folds(labels, 5, 0)
    for k in (1, 2):
        of_class = folds.number[labels.values == k]
        assert np.bincount(of_class).tolist() == [0, 32, 32, 32, 32, 32]


def test_slices_of_a_single_area_have_a_gap():
    values = np.zeros((40, 60))
    values[2:8, 5:55], values[20:30, 5:25], values[20:30, 35:55] = 1, 2, 2
    labels = make_labels(values)
    folds = make_folds(labels, 4, 1)
    assert folds.divided == (1,)
    for fold in range(1, 5):
        split = folds.split(fold, CONFIG, 1)
        own = labels.values == 1
        trained = (split.training | split.validation) & own
        assert (split.test & own).any()
        assert not (near(split.test & own, GAP) & trained).any()
        assert "class 1" in split.divided


def test_gap_never_eats_most_of_an_area():
    values = np.zeros((10, 30))
    values[2, 3:9], values[6:9, 3:9], values[6:9, 15:21] = 1, 2, 2
    folds = make_folds(make_labels(values), 2, 0)
    for fold in (1, 2):
        split = folds.split(fold, SplitConfig(validation_percent=0), 0)
        own = values == 1
        assert 2 <= (split.training & own).sum() <= 3 == (split.test & own).sum()


@pytest.mark.parametrize("percent", [0, 50])
def test_share_that_chooses_the_epoch(percent):
    split = make_folds(four_fields(), 2, 0).split(
        1, SplitConfig(validation_percent=percent), 0
    )
    assert split.validation.any() == (percent > 0)
