"""The parts that the splits are made of; whole splits are in test_samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage.morphology import dilation

from miaf_engine.accuracy.folds import make_folds
from miaf_engine.accuracy.holdout import (
    SEVERAL,
    SMALLEST_BLOCK,
    LabelledPixels,
    along_longer_axis,
    block_numbers,
    choose_block_size,
    far_end,
    hold_out_blocks,
    hold_out_ends,
    hold_out_pixels,
    hold_out_polygons,
    hold_out_regions,
    near,
)
from miaf_engine.accuracy.nearness import Nearness
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.label_map import LabelMap


@given(arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9))), st.integers(0, 4))
def test_near_is_a_square_dilation(mask, distance):
    footprint = np.ones((2 * distance + 1,) * 2, np.uint8)
    wanted = dilation(mask.astype(np.uint8), footprint).astype(bool)
    assert np.array_equal(near(mask, distance), wanted)


def test_block_numbers():
    numbers = block_numbers(np.argwhere(np.ones((4, 5))), 2).reshape(4, 5)
    assert len(np.unique(numbers)) == 6
    assert numbers[0, 0] == numbers[1, 1] != numbers[2, 2] != numbers[2, 4]
    # Of places that no raster begins at.
    odd = block_numbers(np.array([[-3.0, 1.5], [-2.1, 1.9], [-1.9, 1.5]]), 2)
    assert odd[0] == odd[1] != odd[2]


def test_block_size_gives_each_class_several_blocks():
    values = np.ones((200, 200), np.int64)
    values[100:140, 100:140] = 2
    size = choose_block_size(values)
    places = np.argwhere(np.ones(values.shape))
    blocks = block_numbers(places, size).reshape(values.shape)
    assert SMALLEST_BLOCK <= size <= 66
    assert len(np.unique(blocks[values == 2])) >= SEVERAL
    assert choose_block_size(np.ones((3, 3), np.int64)) == SMALLEST_BLOCK


def test_block_size_by_hand():
    """Edges of 66, 52, 41 and 32 pixels have no boundary within 10 to 26, 25 has."""
    values = np.ones((200, 200), np.int64)
    values[10:26, 10:26] = 2
    assert choose_block_size(values) == 25
    values[10:26, 10:26] = 0  # what has no label needs no blocks
    assert choose_block_size(values) == 66
    assert (SMALLEST_BLOCK, SEVERAL) == (8, 4)


def test_the_longer_axis_is_the_first_principal_component():
    rows, columns = np.indices((9, 30)).reshape(2, -1)
    inside = np.abs(rows - columns / 4) < 1.5
    rows, columns = rows[inside], columns[inside]
    place = np.stack([rows, columns], axis=1) - [[rows.mean(), columns.mean()]]
    direction = np.linalg.svd(place, full_matrices=False)[2][0]
    expected = place @ direction * np.sign(direction[1])
    found = along_longer_axis(rows, columns)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    # An area that is higher than wide counts down its rows.
    np.testing.assert_allclose(
        np.abs(along_longer_axis(columns, rows)), np.abs(expected), atol=1e-6
    )


@pytest.mark.parametrize(
    ("length", "share", "taken", "kept"),
    [
        (10, 0.3, 3, 5),  # and a gap of two
        (7, 0.45, 3, 2),  # a gap of two would leave fewer than half of the rest
        (2, 0.5, 1, 1),  # no gap
        (10, 0.01, 1, 7),
        (10, 0.99, 9, 1),
    ],
)
def test_the_end_of_a_row_of_pixels(length, share, taken, kept):
    columns, rows = np.arange(length), np.zeros(length, np.int64)
    held_out, stay = far_end(rows, columns, share, turned=False)
    assert np.flatnonzero(held_out).tolist() == [*range(length - taken, length)]
    assert np.flatnonzero(stay).tolist() == [*range(kept)]
    held_out, stay = far_end(rows, columns, share, turned=True)
    assert np.flatnonzero(held_out).tolist() == [*range(taken)]
    assert np.flatnonzero(stay).tolist() == [*range(length - kept, length)]


@pytest.mark.parametrize(
    ("method", "length", "cut"),
    [
        (hold_out_ends, 59, False),
        (hold_out_ends, 60, True),
        (hold_out_regions, 19, False),
        (hold_out_regions, 20, True),
        (hold_out_polygons, 5, False),
        (hold_out_polygons, 6, True),
    ],
)
def test_from_which_size_an_area_is_cut(method, length, cut):
    values = np.zeros((5, 70), np.int64)
    values[2, :length] = 1
    areas = values.copy()
    if method is hold_out_regions:  # small regions of a class are taken whole
        values[4, :19], areas[4, :19] = 1, 2
    outcome = method(
        LabelledPixels(values, areas), values > 0, 0.3, np.random.default_rng(0)
    )
    sides = [bool(mask[2].any()) for mask in (outcome.held_out, outcome.kept)]
    assert (sum(sides) == 2) == cut


def test_pixels_are_the_share_of_each_class_but_never_all():
    values = np.zeros((4, 30), np.int64)
    values[0, :10], values[1, :25], values[2, :2] = 1, 2, 3
    for share, expected in ((0.3, [3, 8, 1]), (0.9, [9, 22, 1])):
        outcome = hold_out_pixels(
            LabelledPixels(values, values), values > 0, share, np.random.default_rng(0)
        )
        assert np.bincount(values[outcome.held_out]).tolist() == [0, *expected]
        assert np.array_equal(outcome.kept, (values > 0) & ~outcome.held_out)


def test_a_gap_of_two_pixels_lies_around_blocks():
    values = np.ones((24, 24), np.int64)
    outcome = hold_out_blocks(
        LabelledPixels(values, values, 8), values > 0, 0.1, np.random.default_rng(0)
    )
    assert outcome.held_out.sum() == 64  # one block of nine
    rows, columns = (np.flatnonzero(outcome.held_out.any(axis=a)) for a in (1, 0))
    grown = np.zeros_like(outcome.held_out)
    grown[
        max(rows[0] - 2, 0) : rows[-1] + 3, max(columns[0] - 2, 0) : columns[-1] + 3
    ] = True
    assert np.array_equal(outcome.kept, ~grown)


@pytest.mark.parametrize(
    "method", [hold_out_polygons, hold_out_blocks, hold_out_pixels]
)
def test_nothing_to_choose_from(method):
    none = np.zeros((5, 5), np.int64)
    outcome = method(
        LabelledPixels(none, none), none > 0, 0.3, np.random.default_rng(0)
    )
    assert not outcome.held_out.any() and not outcome.kept.any()


@pytest.mark.parametrize(
    "method", [hold_out_polygons, hold_out_blocks, hold_out_pixels]
)
def test_single_pixel_is_kept(method):
    values = np.zeros((5, 5), np.int64)
    values[2, 2] = 1
    outcome = method(
        LabelledPixels(values, values), values > 0, 0.9, np.random.default_rng(0)
    )
    assert outcome.kept[2, 2] and not outcome.held_out.any()


def twice(values, areas, gap=16):
    """Return labels on two cubes of one place, and where their pixels lie."""
    empty = np.zeros((gap, values.shape[1]), np.int64)
    step = len(values) + gap

    def locate(rows, columns):
        return np.stack([rows % step, columns], axis=1).astype(float)

    stacked = (np.concatenate([part, empty, part]) for part in (values, areas))
    return *stacked, locate


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("method", ["blocks", "polygons", "folds"])
def test_two_cubes_of_one_place_score_nothing_that_is_trained_on_in_the_other(
    method, seed
):
    """Areas that blocks cut, and a class with a single one."""
    values, areas = np.zeros((60, 70), np.int64), np.zeros((60, 70), np.int64)
    rng = np.random.default_rng(seed)
    for number, place in enumerate(rng.permutation(30)[:13], start=1):
        area = np.s_[10 * (place // 6) :, 11 * (place % 6) :]
        values[area][:8, :9] = 1 + number % 2 if number > 1 else 3
        areas[area][:8, :9] = number
    height = len(values)
    values, areas, locate = twice(values, areas)
    labelled = LabelledPixels(values, areas, choose_block_size(values, locate), locate)
    if method == "folds":
        table = ClassTable(tuple(ClassEntry(k, str(k), "#000000") for k in (1, 2, 3)))
        labels = LabelMap(values.astype(np.uint16), areas.astype(np.int32), table)
        folds = make_folds(labels, 3, seed, locate)
        pairs = [(folds.number == fold, folds.training(fold)) for fold in (1, 2, 3)]
        assert folds.divided == (3,)
    else:
        hold = hold_out_blocks if method == "blocks" else hold_out_polygons
        made = hold(labelled, values > 0, 0.3, rng)
        pairs = [(made.held_out, made.kept)]
    for scored, trained in pairs:
        assert scored.any() and trained.any()
        for one in (scored, trained):
            assert np.array_equal(one[:height], one[-height:])
        assert not (scored[:height] & trained[-height:]).any()
        stated = Nearness.of([(scored, trained)], locate)
        once = Nearness.of([(scored[:height], trained[-height:])])
        assert stated.share == once.share
