"""Bands of another sensor made into those of a model."""

import numpy as np
import pytest

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.resampling import InterpolatedReader, interpolation
from miaf_engine.errors import BandMismatchError
from miaf_engine.grid import Window
from tests import scenes


def table(*centres, good=()):
    return BandTable(tuple(f"b{c:g}" for c in centres), centres, good=good)


def mixed(wanted, found, tolerance=5.0):
    plan = interpolation(wanted, found, tolerance)
    return [
        tuple(map(float, entry))
        for entry in zip(plan.left, plan.right, plan.share, strict=True)
    ]


def test_two_neighbours_are_mixed_by_distance():
    found = table(500.0, 510.0, 530.0)
    assert mixed(table(505.0, 510.0, 515.0), found) == [
        (0, 1, 0.5),
        (1, 1, 0.0),
        (1, 2, 0.25),
    ]


def test_bad_bands_are_stepped_over_and_order_does_not_matter():
    found = table(530.0, 500.0, 510.0, good=(True, True, False))
    assert mixed(table(515.0), found) == [(1, 0, 0.5)]


def test_near_the_ends_and_in_gaps_the_nearest_band_stands_in():
    found = table(500.0, 600.0)
    assert mixed(table(496.0, 503.0, 598.0, 604.0), found) == [
        (0, 0, 0), (0, 0, 0), (1, 1, 0), (1, 1, 0),
    ]  # fmt: skip
    assert interpolation(table(503.0), found, 5.0).sources == [0]


def test_refusal_names_the_bands_and_the_range():
    found = table(500.0, 510.0, 541.0, 551.0)
    with pytest.raises(BandMismatchError) as caught:
        interpolation(table(480.0, 505.0, 525.0, 560.0), found, 5.0)
    text = str(caught.value)
    assert "3 of 4 bands" in text
    for part in (
        "'b480' at 480.00 nm",
        "'b525'",
        "'b560'",
        "500.00 to 551.00",
        "30 nm",
    ):
        assert part in text
    assert "'b505'" not in text


@pytest.mark.parametrize("good", [(False, False)])
def test_no_good_band(good):
    with pytest.raises(BandMismatchError, match="no band is good"):
        interpolation(table(505.0), table(500.0, 510.0, good=good), 5.0)


def test_wavelengths_are_needed_on_both_sides():
    bare = BandTable(("a", "b"))
    with pytest.raises(BandMismatchError, match="cube has no wavelengths"):
        interpolation(table(500.0), bare, 5.0)
    with pytest.raises(BandMismatchError, match="model has no wavelengths"):
        interpolation(bare, table(500.0), 5.0)


@pytest.fixture
def reader(tmp_path):
    values = scenes.spectra(4, 50, 30)
    values[1, 2, 3] = -9.0
    path = scenes.write_envi(
        tmp_path / "c.dat",
        values,
        scenes.grid(50, 30, rotation=20.0),
        {"wavelength": "{500, 510, 520, 900}", "data ignore value": "-9"},
    )
    with open_cube(path) as found:
        yield found


def test_values_are_mixed_and_nodata_stays(reader, monkeypatch):
    monkeypatch.setattr("miaf_engine.cubes.resampling._CHUNK_BYTES", 4 * 3 * 30 * 7)
    plan = interpolation(table(502.5, 515.0, 520.0), reader.bands, 5.0)
    made = InterpolatedReader(reader, plan)
    whole = reader.read()
    cube = made.read()
    a, b, c, _ = whole.values
    expected = np.stack([0.75 * a + 0.25 * b, 0.5 * (b + c), c])
    assert not cube.valid[2, 3]
    assert cube.valid.sum() == 50 * 30 - 1
    np.testing.assert_allclose(cube.values[:, cube.valid], expected[:, cube.valid])
    assert cube.bands.wavelengths_nm == (502.5, 515.0, 520.0)
    window = Window(11, 4, 9, 8)
    part = made.read(window, [2, 0])
    np.testing.assert_array_equal(
        part.values, cube.values[[2, 0]][(slice(None), *window.slices)]
    )
    assert part.grid == reader.grid.cut(window)


def test_a_band_that_is_not_used_does_not_decide_validity(reader):
    plan = interpolation(table(520.0), reader.bands, 5.0)
    assert InterpolatedReader(reader, plan).read().valid.all()
