"""Tests for `miaf_engine.preprocessing.scene_scale`, with known answers."""

import numpy as np
import pytest

from miaf_engine.preprocessing.scene_scale import half_sill_range, superpixel_sizes


def waves(period, height=480, width=480):
    """Return (1, H, W), a wave along the rows and one along the columns."""
    rows, columns = np.mgrid[:height, :width]
    angle = 2 * np.pi / period
    return np.float32(np.cos(angle * rows) + np.cos(angle * columns))[None]


def blocks(side, count=60, seed=0):
    """Return (3, H, W), squares that each have random values of their own."""
    values = np.random.default_rng(seed).normal(size=(3, count, count))
    return np.float32(np.kron(values, np.ones((side, side))))


def everywhere(image):
    return image, np.ones(image.shape[1:], bool)


@pytest.mark.parametrize(("period", "expected"), [(8, 2.0), (24, 6.0), (32, 8.0)])
def test_waves_reach_half_of_the_sill_at_a_quarter_of_their_period(period, expected):
    # gamma(h) = sill (1 - cos(2 pi h / period)) / 2 on each axis.
    found = half_sill_range([everywhere(waves(period))])
    assert found == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("side", [2, 6, 15])
def test_squares_reach_half_of_the_sill_at_half_of_their_side(side):
    # Pixels h apart lie in two squares with a chance of h / side.
    found = half_sill_range([everywhere(blocks(side))])
    assert found == pytest.approx(side / 2, rel=0.05)


def test_noise_has_no_range():
    noise = np.random.default_rng(0).normal(size=(3, 80, 80)).astype(np.float32)
    assert half_sill_range([everywhere(noise)]) == pytest.approx(0.5, abs=0.02)


def test_a_wide_scene_has_the_largest_range():
    ramp = np.float32(np.mgrid[:200, :200].sum(axis=0))[None]
    assert half_sill_range([everywhere(ramp)]) == 10.0


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (6, 6)])
def test_a_scene_that_does_not_vary_has_the_largest_range(shape):
    assert half_sill_range([everywhere(np.ones((2, *shape), np.float32))]) == 10.0


def test_pixels_without_data_do_not_count():
    image, valid = everywhere(waves(24))
    valid[50:90, 30:200] = valid[::17] = False
    spoilt = np.where(valid, image, np.float32(1e6))
    found = half_sill_range([(spoilt, valid)])
    assert found == pytest.approx(6.0, abs=0.2)


def test_windows_are_one_scene():
    image = waves(24)
    parts = [image[:, :240], image[:, 240:]]
    found = half_sill_range([everywhere(part) for part in parts])
    assert found == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize(
    ("range_pixels", "count", "expected"),
    [
        (10.0, 3, (50, 100, 200)),
        (4.0, 3, (8, 16, 32)),
        (9.0, 3, (40, 81, 162)),
        (10.0, 1, (100,)),
        (6.0, 2, (25, 51)),
        (0.5, 3, (4, 4, 4)),
    ],
)
def test_sizes_of_superpixels(range_pixels, count, expected):
    assert superpixel_sizes(range_pixels, count) == expected
