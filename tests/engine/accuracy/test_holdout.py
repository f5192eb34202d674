"""The parts that the splits are made of; whole splits are in test_samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage.morphology import dilation

from miaf_engine.accuracy.holdout import (
    SEVERAL,
    SMALLEST_BLOCK,
    LabelledPixels,
    block_numbers,
    choose_block_size,
    hold_out_blocks,
    hold_out_pixels,
    hold_out_polygons,
    near,
)


@given(arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9))), st.integers(0, 4))
def test_near_is_a_square_dilation(mask, distance):
    footprint = np.ones((2 * distance + 1,) * 2, np.uint8)
    wanted = dilation(mask.astype(np.uint8), footprint).astype(bool)
    assert np.array_equal(near(mask, distance), wanted)


def test_block_numbers():
    numbers = block_numbers((4, 5), 2)
    assert len(np.unique(numbers)) == 6
    assert numbers[0, 0] == numbers[1, 1] != numbers[2, 2] != numbers[2, 4]


def test_block_size_gives_each_class_several_blocks():
    values = np.ones((200, 200), np.int64)
    values[100:140, 100:140] = 2
    size = choose_block_size(values)
    blocks = block_numbers(values.shape, size)
    assert SMALLEST_BLOCK <= size <= 66
    assert len(np.unique(blocks[values == 2])) >= SEVERAL
    assert choose_block_size(np.ones((3, 3), np.int64)) == SMALLEST_BLOCK


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
