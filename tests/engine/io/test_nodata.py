"""Nodata values in cubes, masks and rasters of classes."""

import numpy as np
import pytest

from miaf_engine.cubes.reader import open_cube
from miaf_engine.io.class_maps import read_label_raster
from miaf_engine.io.nodata import equals_nodata
from miaf_engine.labels.mask import read_mask
from tests import tiny
from tests.scenes import write_tif

LEAST = np.finfo("float32").min


@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("text", ["-3.40282e+038", "-3.4e+38", "-3.4028235e38"])
def test_the_largest_numbers_are_nodata_although_rounded(kind, text):
    values = np.array([LEAST, 0, -9999, 3.4e38, np.nan], kind)
    assert equals_nodata(values, float(text)).tolist() == [True] + [False] * 4


@pytest.mark.parametrize("nodata", [np.inf, -np.inf, 1e300, np.nan])
def test_no_measurement_equals_what_float32_cannot_hold(nodata):
    assert not equals_nodata(np.array([-1, 0, 9e9], "float32"), nodata).any()


def test_other_numbers_are_nodata_to_the_last_digit():
    values = np.array([-9999, -9998.9, 0.1], "float32")
    assert equals_nodata(values, -9999.0).tolist() == [True, False, False]
    assert equals_nodata(values, 0.1).tolist() == [False, False, True]
    assert equals_nodata(values.astype("int16"), 0.0).tolist() == [False, False, True]


def rounded_nodata(path, values):
    """Write a raster whose first row is the least float32, stated in six digits."""
    values = values.astype("float32")
    values[:, 0] = LEAST
    return str(write_tif(path, values, tiny.grid(), nodata=-3.40282e38))


def test_rounded_nodata_in_a_cube_a_mask_and_a_label_raster(tmp_path):
    expected = np.ones((tiny.HEIGHT, tiny.WIDTH), bool)
    expected[0] = False
    with open_cube(rounded_nodata(tmp_path / "cube.tif", tiny.cube())) as reader:
        np.testing.assert_array_equal(reader.read().valid, expected)
        low, _ = reader.span(reader.grid.window, range(tiny.BANDS))
        assert low.min() > 0
    mask = rounded_nodata(tmp_path / "mask.tif", np.ones((1, *expected.shape)))
    np.testing.assert_array_equal(read_mask(mask, None, tiny.grid()), expected)
    labels = rounded_nodata(tmp_path / "labels.tif", tiny.truth()[None])
    found = read_label_raster(labels, tiny.grid()).values
    np.testing.assert_array_equal(found, np.where(expected, tiny.truth(), 0))
