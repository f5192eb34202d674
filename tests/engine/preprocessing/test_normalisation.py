"""Normalisation: by hand, and what must not change it."""

import numpy as np
import pytest

from miaf_engine.errors import CubeError, InputError
from miaf_engine.preprocessing.normalisation import (
    Gain,
    Normalisation,
    mean_brightness,
    number_array,
    standard_normal_variate,
)
from tests import scenes, tiny


def test_variate_by_hand():
    spectra = np.array([[1, 10], [2, 10], [6, 40]], dtype=np.float32)
    found = standard_normal_variate(spectra)
    first = np.array([-2, -1, 3]) / np.sqrt(14 / 3)
    second = np.array([-10, -10, 20]) / np.sqrt(200)
    np.testing.assert_allclose(found, np.stack([first, second], axis=1), rtol=1e-6)
    assert found.dtype == np.float32


@pytest.mark.parametrize("level", [0.0, 0.1, 5.0, 31234.567, -1e6, 1e-20])
def test_a_flat_spectrum_is_zero(level):
    spectra = np.full((200, 3), level, dtype=np.float32)
    assert np.abs(standard_normal_variate(spectra)).max() == 0.0


def test_brightness_by_hand():
    """The mean and the standard deviation of each spectrum, then 2 v + 5 of both."""
    spectra = np.array([[1, 10], [2, 10], [6, 40]], dtype=np.float32)
    spreads = [np.sqrt(14 / 3), np.sqrt(200)]
    assert mean_brightness(spectra) == pytest.approx((11.5, sum(spreads) / 2))
    by, valid = Normalisation.fit(spectra), np.ones((1, 2), bool)
    values = spectra[:, None]
    assert by.apply(values, valid, grid=None).brightness is None
    found = by.apply(values, valid, grid=None, gain=Gain()).brightness
    np.testing.assert_allclose(found.values, [[[3, 20]], [spreads]], rtol=1e-6)
    assert found.normalisation is by
    found = by.apply(values, valid, grid=None, gain=Gain(2.0, 5.0)).brightness
    twice = [[[11, 45]], [[2 * spread for spread in spreads]]]
    np.testing.assert_allclose(found.values, twice, rtol=1e-6)


@pytest.mark.parametrize("threads", [1, 3])
def test_file_values_follow_from_the_brightness(threads):
    values, valid = tiny.cube(90, 100), np.ones((90, 100), bool)
    by = Normalisation.fit(values.reshape(tiny.BANDS, -1))
    scene = by.apply(values, valid, grid=None, threads=threads, gain=Gain())
    scale, mean = by.scale[:, None, None], by.mean[:, None, None]
    level, spread = scene.brightness.values
    found = level + spread * (scene.image * scale + mean)
    np.testing.assert_allclose(found, values, rtol=1e-5)


def test_brightness_and_offset_do_not_matter():
    spectra = tiny.cube()
    found = standard_normal_variate(3.7 * spectra + 250)
    np.testing.assert_allclose(found, standard_normal_variate(spectra), atol=2e-5)


def test_small_reflectance_is_no_flat_spectrum():
    spectra = tiny.cube()
    found = standard_normal_variate(spectra / 1e5)
    np.testing.assert_allclose(found, standard_normal_variate(spectra), atol=2e-5)


def test_bands_get_zero_mean_and_unit_variance_over_valid_pixels():
    values, valid = tiny.cube(), tiny.hole()
    values[:, ~valid] = -9999.0
    scene = tiny.scene(values, valid)
    spectra = scene.image[:, valid]
    np.testing.assert_allclose(spectra.mean(axis=1), 0.0, atol=1e-5)
    np.testing.assert_allclose(spectra.std(axis=1), 1.0, atol=1e-4)
    assert (scene.image[:, ~valid] == 0.0).all()
    assert scene.image.dtype == np.float32


def test_nodata_values_change_nothing():
    values, valid = tiny.cube(), tiny.hole()
    other = values.copy()
    other[:, ~valid] = 65535.0
    np.testing.assert_array_equal(
        tiny.scene(other, valid).image, tiny.scene(values, valid).image
    )


def test_input_is_left_alone():
    values = tiny.cube()
    kept = values.copy()
    tiny.scene(values, tiny.hole())
    np.testing.assert_array_equal(values, kept)


def test_a_constant_band_stays_finite():
    flat = np.tile(np.array([[1.0], [2.0], [4.0]], dtype=np.float32), (1, 10))
    normalisation = Normalisation.fit(flat)  # one spectrum: every band is constant
    assert (normalisation.scale == 1.0).all()
    cube = flat.reshape(3, 2, 5)
    valid = np.ones((2, 5), dtype=bool)
    scene = normalisation.apply(cube, valid, scenes.grid(2, 5))
    np.testing.assert_allclose(scene.image, 0.0, atol=1e-6)


def test_no_pixel_is_refused():
    with pytest.raises(CubeError, match="no valid pixel"):
        Normalisation.fit(np.empty((4, 0), dtype=np.float32))


def test_json_keeps_every_digit():
    normalisation = Normalisation.fit(tiny.cube().reshape(tiny.BANDS, -1))
    again = Normalisation.from_json(normalisation.as_json())
    np.testing.assert_array_equal(again.mean, normalisation.mean)
    np.testing.assert_array_equal(again.scale, normalisation.scale)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"mean": [[1.0]]},
        {"mean": ["a"]},
        {"mean": [1.0, None]},
        {"mean": [1.0, float("inf")]},
        {"mean": 3.0},
        {"mean": [[1.0], [1.0, 2.0]]},
        {"mean": {"a": 1}},
    ],
    ids=str,
)
def test_damaged_numbers_are_refused(values):
    with pytest.raises(InputError, match="'mean'"):
        number_array(values, "mean", 1)


def test_in_place_the_same_image_takes_the_memory_of_the_values():
    values, valid = tiny.cube(), tiny.hole()
    normalisation = Normalisation.fit(values[:, valid])
    wanted = normalisation.apply(values, valid, None).image
    np.testing.assert_array_equal(values, tiny.cube())  # not touched
    found = normalisation.apply(values, valid, None, in_place=True).image
    np.testing.assert_array_equal(found, wanted)
    assert np.shares_memory(found, values)


@pytest.mark.parametrize("rows", [1, 15, 40, 100])
def test_no_value_depends_on_the_number_of_threads(rows):
    values = np.random.default_rng(1).normal(9, 3, (5, rows, 7)).astype(np.float32)
    valid = values[0] < 14
    own = Normalisation.fit(values.reshape(5, -1))
    wanted = own.apply(values, valid, scenes.grid(rows, 7))
    found = own.apply(values, valid, scenes.grid(rows, 7), threads=4)
    np.testing.assert_array_equal(found.image, wanted.image)
    whole = np.where(valid, own.spectra(values), 0)
    np.testing.assert_array_equal(wanted.image, whole)
