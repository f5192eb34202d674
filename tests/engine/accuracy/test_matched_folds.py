"""Folds whose scored areas lie as far off as the map does."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.stats import wasserstein_distance

from miaf_engine.accuracy.folds import Folds
from miaf_engine.accuracy.matched_folds import (
    cut_into_blocks,
    matched_folds,
    support_of,
)
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.label_map import LabelMap

COLOURS = ("#aa0000", "#00aa00", "#0000aa")


def labels_of(values, groups, classes=3):
    table = ClassTable(
        tuple(ClassEntry(k + 1, f"c{k}", COLOURS[k]) for k in range(classes))
    )
    return LabelMap(values.astype(np.uint16), groups.astype(np.int32), table)


def clustered(seed=0, side=120, per_class=8):
    """Small areas of three classes in the left half of a scene."""
    rng = np.random.default_rng(seed)
    values, groups = np.zeros((side, side), int), np.zeros((side, side), int)
    number = 0
    for k in range(1, 4):
        placed = 0
        while placed < per_class:
            row, column = rng.integers(0, side - 4), rng.integers(0, side // 2 - 4)
            window = np.s_[row - 1 : row + 4, column - 1 : column + 4]
            if row and column and not values[window].any():
                number, placed = number + 1, placed + 1
                values[row : row + 3, column : column + 3] = k
                groups[row : row + 3, column : column + 3] = number
    return labels_of(values, groups)


def uneven(seed):
    """Areas of many sizes: two of the first class, five and nine of the others."""
    rng = np.random.default_rng(seed)
    values, groups = np.zeros((90, 90), int), np.zeros((90, 90), int)
    for number, place in enumerate(rng.permutation(36)[:16], start=1):
        row, column = 15 * (place // 6), 15 * (place % 6)
        height, width = rng.integers(1, 12, 2)
        area = np.s_[row : row + height, column : column + width]
        values[area] = 1 if number < 3 else 2 if number < 8 else 3
        groups[area] = number
    return labels_of(values, groups)


def distances(folds):
    found = []
    for fold in range(1, folds.count + 1):
        scored = np.argwhere(folds.number == fold)
        trained = np.argwhere((folds.number > 0) & (folds.number != fold))
        found.append(cKDTree(trained).query(scored)[0])
    return np.concatenate(found)


def as_text(folds):
    """Return the fold of each area, a digit each, in the order of their numbers."""
    units = range(1, int(folds.labels.groups.max()) + 1)
    found = [int(folds.number[folds.labels.groups == unit].max()) for unit in units]
    return "".join(map(str, found))


@pytest.mark.parametrize("seed", range(4))
def test_distances_come_near_those_of_the_map(seed):
    labels = clustered(seed)
    valid = np.ones(labels.values.shape, bool)
    folds = matched_folds(labels, valid, 3, seed)
    to_areas = cKDTree(np.argwhere(labels.values > 0))
    wanted = to_areas.query(np.argwhere(labels.values == 0))[0]
    # Random folds leave scored areas far nearer to others than the map lies.
    rng = np.random.default_rng(seed)
    by_chance = []
    for _ in range(10):
        fold = rng.integers(1, 4, labels.groups.max() + 1)
        number = np.where(labels.values > 0, fold[labels.groups], 0)
        random = replace(folds, number=number)
        by_chance.append(wasserstein_distance(wanted, distances(random)))
    found = wasserstein_distance(wanted, distances(folds))
    assert found < np.mean(by_chance) - 1


@pytest.mark.parametrize("seed", range(4))
def test_an_area_of_two_cubes_of_one_place_is_held_out_in_both(seed):
    for alone in (clustered(seed), uneven(seed)):
        height, width = alone.values.shape
        gap = np.zeros((16, width), int)
        values, groups = (
            np.concatenate([part, gap, part]) for part in (alone.values, alone.groups)
        )
        labels = labels_of(values, groups)
        valid = np.ones(values.shape, bool)
        valid[height:-height] = False

        def locate(rows, columns, step=height + 16):
            return np.stack([rows % step, columns], axis=1).astype(float)

        folds = matched_folds(labels, valid, 3, seed, locate)
        assert np.array_equal(folds.number[:height], folds.number[-height:])
        units = folds.labels.groups
        assert np.array_equal(units[:height], units[-height:])
        # As many samples as one cube has, and no more.
        single = matched_folds(alone, np.ones((height, width), bool), 3, seed)
        assert units.max() == pytest.approx(single.labels.groups.max(), abs=3)


@pytest.mark.parametrize("seed", range(4))
def test_a_pixel_without_data_leaves_the_folds_as_they_were(seed):
    labels = uneven(seed)
    valid = np.ones(labels.values.shape, bool)
    whole = matched_folds(labels, valid, 3, seed)
    valid[tuple(np.argwhere(labels.values == 0)[1000])] = False
    assert as_text(matched_folds(labels, valid, 3, seed)) == as_text(whole)


def test_no_fold_holds_more_than_half_of_a_class():
    labels = clustered()
    folds = matched_folds(labels, np.ones(labels.values.shape, bool), 3, 0)
    assert support_of(folds).min() >= 0.5
    for k in (1, 2, 3):
        own = folds.number[labels.values == k]
        assert (own > 0).all()
        assert len(np.unique(own)) >= 2


def test_the_same_seed_gives_the_same_folds_and_areas_stay_whole():
    labels = clustered()
    valid = np.ones(labels.values.shape, bool)
    first, again = (matched_folds(labels, valid, 3, 7) for _ in range(2))
    assert np.array_equal(first.number, again.number)
    for unit in range(1, first.labels.groups.max() + 1):
        assert len(np.unique(first.number[first.labels.groups == unit])) == 1


@pytest.mark.parametrize(
    ("seed", "stored"),
    [(0, "311212311211332221123131"), (1, "231312312132231122223133")],
)
def test_a_seed_gives_the_folds_that_it_always_gave(seed, stored):
    labels = clustered(seed)
    folds = matched_folds(labels, np.ones(labels.values.shape, bool), 3, seed)
    assert as_text(folds) == stored


@pytest.mark.parametrize(
    ("seed", "stored"),
    [(0, "1332211331211322"), (2, "3113122121332132"), (3, "1221313221233131")],
)
def test_areas_of_many_sizes_lie_in_the_folds_that_they_always_did(seed, stored):
    labels = uneven(seed)
    folds = matched_folds(labels, np.ones(labels.values.shape, bool), 3, seed)
    assert folds.divided == ()  # two areas of a class are enough
    assert as_text(folds) == stored


def test_support_is_the_share_of_a_class_outside_the_fold():
    """Class 1 has areas in folds 1, 1, 2 and 3, class 2 in two, class 3 in none."""
    areas = np.arange(1, 8)[None, :]
    classes = np.array([[1, 1, 1, 1, 2, 2, 3]])
    folds = Folds(
        labels_of(classes, areas), 3, np.array([[1, 1, 2, 3, 1, 2, 0]], np.uint8), ()
    )
    expected = [0.5, 0.5, 0.75, 0.75, 0.5, 0.5, 1.0]
    np.testing.assert_allclose(support_of(folds), expected)


@pytest.mark.parametrize(
    ("length", "side", "pieces"),
    [
        (15, 10.0, [15]),  # one and a half blocks
        (16, 10.0, [8, 8]),
        (31, 10.0, [15, 8, 8]),
        (5, 1.0, [5]),  # halves of at least three pixels
        (6, 1.0, [3, 3]),
    ],
)
def test_rows_of_pixels_are_halved_until_short_enough(length, side, pieces):
    values = np.zeros((3, 40), int)
    values[1, 2 : 2 + length] = 1
    for turned in (values, values.T):
        found = cut_into_blocks(labels_of(turned, turned), side)
        assert np.bincount(found[turned > 0])[1:].tolist() == pieces
        assert (np.diff(found[turned > 0]) >= 0).all()


def test_a_scene_of_nothing_but_areas_has_folds():
    values = np.tile([[1, 2], [2, 1]], (4, 4))
    areas = np.arange(1, 65).reshape(8, 8)
    labels = labels_of(
        np.kron(values, np.ones((3, 3))), np.kron(areas, np.ones((3, 3)))
    )
    folds = matched_folds(labels, np.ones((24, 24), bool), 3, 0)
    assert np.bincount(folds.number.ravel())[0] == 0
    assert np.unique(folds.number).tolist() == [1, 2, 3]


def test_the_only_area_of_a_class_is_sliced_and_a_tiny_one_is_never_scored():
    values, groups = np.zeros((40, 40), int), np.zeros((40, 40), int)
    values[2:5, 2:20], groups[2:5, 2:20] = 1, 1
    for number, row in enumerate((10, 20, 30), start=2):
        values[row : row + 2, 5:7], groups[row : row + 2, 5:7] = 2, number
    values[38, 38], groups[38, 38] = 3, 9
    folds = matched_folds(labels_of(values, groups), np.ones((40, 40), bool), 3, 0)
    assert len(np.unique(folds.number[values == 1])) > 1
    # Three slices, three areas and the tiny one; a unit is of one class.
    units = folds.labels.groups
    assert len(np.unique(units[values > 0])) == units.max() == 7
    assert np.bincount(units[values == 1])[1:].max() == 18
    for unit in range(1, 8):
        assert len(np.unique(values[units == unit])) == 1
    assert (folds.number[values == 3] == 0).all()
    assert (folds.number[values == 2] > 0).all()


def test_long_areas_are_cut_into_blocks_and_small_ones_are_not():
    values, groups = np.zeros((60, 60), int), np.zeros((60, 60), int)
    values[5:45, 5:25], groups[5:45, 5:25] = 1, 1
    values[50:53, 50:54], groups[50:53, 50:54] = 2, 2
    pieces = cut_into_blocks(labels_of(values, groups), 10.0)
    assert len(np.unique(pieces[values == 2])) == 1
    for piece in np.unique(pieces[values == 1]):
        rows, columns = np.nonzero(pieces == piece)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 15
        assert len(rows) == (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
    assert np.array_equal(pieces > 0, values > 0)
    # 40 x 20 pixels in halves of halves: eight of 10 x 10.
    assert np.bincount(pieces[values == 1])[1:].tolist() == [100] * 8


def test_slices_of_one_area_are_one_sample():
    values = np.zeros((40, 60), int)
    values[2:6, 5:15], values[30:33, 5:8], values[30:33, 40:43] = 1, 2, 2
    groups = np.where(values == 1, 1, 0)
    groups[30:33, 5:8], groups[30:33, 40:43] = 2, 3
    labels = labels_of(values, groups)
    folds = matched_folds(labels, np.ones(values.shape, bool), 3, 0)
    assert folds.divided == (1,)
    units, classes = (
        part[values > 0].astype(int) for part in (folds.labels.groups, values)
    )
    samples = folds.drawn(units, classes)
    assert len(np.unique(units[classes == 1])) == 3
    assert len(np.unique(samples[classes == 1])) == 1
    assert np.array_equal(samples[classes == 2], units[classes == 2])
