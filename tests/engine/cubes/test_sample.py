"""How far a scene lies from the training scene, and what that is measured on."""

import numpy as np
import pytest

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube, open_cube
from miaf_engine.cubes.sample import (
    SAMPLE_PIXELS,
    SceneSample,
    constant_fill,
    sample_scene,
    sample_spectra,
    sample_windows,
)
from miaf_engine.errors import Cancelled
from miaf_engine.grid import Grid
from miaf_engine.prediction.adaptation import DomainShift
from miaf_engine.preprocessing.normalisation import Normalisation
from tests import scenes, tiny
from tests.scenes import Recorder

BANDS = 5


class Source:
    """A cube of any size that makes up its values, and keeps what was asked."""

    def __init__(self, height, width, valid=lambda rows, columns: rows >= 0):
        self.grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, height, width)
        self.windows = []
        self._valid = valid

    def read(self, window=None, bands=None):
        self.windows.append(window)
        rows, columns = np.mgrid[window.slices]
        values = np.stack([rows + 3 * columns * b for b in bands]).astype("float32")
        valid = self._valid(rows, columns)
        table = BandTable(tuple(map(str, bands)))
        return Cube(values, valid, self.grid.cut(window), table)


def test_small_scenes_are_read_whole():
    source = Source(100, 300)
    assert sample_spectra(source, range(BANDS)).shape == (BANDS, 30_000)
    assert source.windows == [source.grid.window]


@pytest.mark.parametrize("shape", [(20_000, 9_000), (3, 10**6), (10**6, 2)])
def test_large_scenes_are_read_here_and_there(shape):
    source = Source(*shape)
    found = sample_spectra(source, range(BANDS))
    assert 0 < found.shape[1] < 2 * SAMPLE_PIXELS
    for window in source.windows:
        assert window.height * window.width <= 512
        assert 0 <= window.row <= shape[0] - window.height
        assert 0 <= window.column <= shape[1] - window.width
    # All quarters of the scene are visited.
    rows = [2 * w.row // shape[0] for w in source.windows]
    columns = [2 * w.column // shape[1] for w in source.windows]
    if min(shape) > 1000:
        assert {*zip(rows, columns, strict=True)} == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_nodata_is_left_out_and_the_search_ends():
    half = Source(5000, 5000, lambda rows, columns: columns > rows)
    assert sample_spectra(half, range(2)).shape[1] >= SAMPLE_PIXELS
    none = Source(5000, 5000, lambda rows, columns: rows < 0)
    assert sample_spectra(none, range(2)).shape == (2, 0)
    assert len(none.windows) <= 300


def test_cancel():
    with pytest.raises(Cancelled):
        sample_spectra(Source(5000, 5000), range(2), Recorder(cancel_at=0.1))


def test_the_scene_itself_does_not_depart_whatever_its_light():
    values = tiny.cube().reshape(tiny.BANDS, -1)
    trained = Normalisation.fit(values)
    shade = np.linspace(0.2, 3.0, values.shape[1], dtype="float32")
    found = Normalisation.fit(values * shade + 100 * shade)
    shift = DomainShift.between(trained, found)
    np.testing.assert_allclose(shift.shift, 0, atol=1e-4)
    np.testing.assert_allclose(shift.ratio, 1, atol=1e-4)
    assert shift.far == []
    assert not shift.is_far


def test_shift_and_spread_count_either_way():
    trained = Normalisation(np.zeros(8), np.full(8, 2.0))
    mean = np.array([0.0, 2.4, 2.6, -2.6, 0.0, 0.0, 0.0, 0.0])
    scale = np.array([2.0, 2.0, 2.0, 2.0, 5.9, 6.1, 0.7, 0.6])
    shift = DomainShift.between(trained, Normalisation(mean, scale))
    assert shift.far == [2, 3, 5, 7]
    assert shift.is_far
    bands = BandTable(tuple("abcdefgh"), tuple(range(400, 480, 10)))
    text = shift.message(bands, 1234)
    for part in (
        "4 of 8 bands",
        "1.25 standard",
        "3 times",
        "1234 pixels",
        "1.3",
        "'c'",
    ):
        assert part in text


def test_a_few_far_bands_are_no_reason_to_warn():
    trained = Normalisation(np.zeros(21), np.ones(21))
    mean = np.zeros(21)
    mean[:2] = 9.0
    assert not DomainShift.between(trained, Normalisation(mean, np.ones(21))).is_far
    mean[2] = -9.0
    assert DomainShift.between(trained, Normalisation(mean, np.ones(21))).is_far


# The experiment behind the thresholds: see docs/decisions/another_scene.md.


def indian_pines():
    path = scenes.real("indian_pines/Indian_pines_corrected.npy")
    return np.load(path).transpose(2, 0, 1).astype("float32")


def shift(one, other):
    """Compare two cubes (C, H, W)."""
    fitted = [Normalisation.fit(part.reshape(len(part), -1)) for part in (one, other)]
    return DomainShift.between(*fitted)


def test_halves_of_a_scene_are_near_each_other():
    cube = indian_pines()
    halves = [cube[:, :72], cube[:, 73:], cube[:, :, :72], cube[:, :, 73:]]
    for one, other in ((0, 1), (1, 0), (2, 3), (3, 2)):
        found = shift(halves[one], halves[other])
        assert not found.is_far
        assert len(found.far) == 0


def test_other_scenes_and_altered_ones_are_far():
    scipy = pytest.importorskip("scipy.io")
    cube = indian_pines()
    salinas = scipy.loadmat(scenes.real("salinas_a/SalinasA_corrected.mat"))
    salinas = salinas["salinasA_corrected"].transpose(2, 0, 1).astype("float32")
    assert shift(cube, salinas[:200]).is_far
    assert shift(cube, cube[::-1]).is_far
    tilt = np.linspace(0.8, 1.2, 200, dtype="float32")[:, None, None]
    assert shift(cube, cube * tilt).is_far
    flattened = cube / cube.mean(axis=(1, 2), keepdims=True)
    assert shift(cube, flattened).is_far


def test_a_sample_stands_for_the_scene(tmp_path, monkeypatch):
    cube = indian_pines()[::8]
    path = scenes.write_tif(tmp_path / "c.tif", cube, scenes.grid(145, 145))
    monkeypatch.setattr("miaf_engine.cubes.sample.SAMPLE_PIXELS", 4_000)
    with open_cube(path) as reader:
        sample = sample_spectra(reader, range(len(cube)))
    assert sample.shape[1] < 5_000
    whole = Normalisation.fit(cube.reshape(len(cube), -1))
    found = DomainShift.between(whole, Normalisation.fit(sample))
    assert np.abs(found.shift).max() < 0.3
    assert 0.8 < found.ratio.min() <= found.ratio.max() < 1.25


def test_a_sample_knows_where_its_pixels_lie():
    for size in ((7, 10), (700, 900)):
        source = Source(*size, holed)
        found = sample_scene(source, range(BANDS))
        rows, columns = found.places
        expected = np.stack([rows + 3 * columns * band for band in range(BANDS)])
        np.testing.assert_array_equal(found.spectra, expected)
        assert holed(rows, columns).all()
        count = np.unique(found.places, axis=1).shape[1]
        assert count == found.spectra.shape[1]


def holed(rows, columns):
    return (rows + columns) % 3 > 0


def test_windows_are_read_tile_by_tile_and_kept_in_turn():
    source, again = Source(700, 900, holed), Source(700, 900, holed)
    sample = sample_scene(source, range(BANDS))
    expected, count = [], 0
    for window in sample_windows(again.grid):
        cube = again.read(window, range(BANDS))
        expected.append(cube.values[:, cube.valid])
        count += expected[-1].shape[1]
        if count >= SAMPLE_PIXELS:
            break
    np.testing.assert_array_equal(sample.spectra, np.concatenate(expected, axis=1))
    rows, columns = sample.places
    at_places = np.stack([rows + 3 * columns * b for b in range(BANDS)])
    np.testing.assert_array_equal(sample.spectra, at_places)
    assert sample.looked_at == 512 * len(expected)
    assert set(source.windows) == set(again.windows)
    assert len(source.windows) == len(again.windows)
    first = [(window.row // 256, window.column) for window in source.windows[:64]]
    assert first == sorted(first)
    assert {row for row, _ in first} == {0, 1, 2}


def of_pixels(spectra, looked_at):
    return SceneSample(spectra, looked_at, np.zeros((2, spectra.shape[1]), int))


@pytest.mark.parametrize("value", [0.0, -1.0, 255.0])
def test_pixels_of_one_value_are_counted(value):
    rng = np.random.default_rng(1)
    spectra = rng.normal(100, 10, (12, 300)).astype("float32")
    assert constant_fill(of_pixels(spectra, 300), 300) == ("", "")
    spectra[:, :40], spectra[:, 40:50] = value, 7.0
    text, advice = constant_fill(of_pixels(spectra, 320), 320)
    assert text.startswith(f"Pixels with the value {value:g} in every band: 40. ")
    assert f"-a_nodata {value:g}" in advice
    assert advice.endswith("The same holds for other values: 7 (10).")
    text, _ = constant_fill(of_pixels(spectra, 320), 5000)
    assert ": 40 of the 320 pixels checked. This value is not declared" in text


def test_a_grey_pixel_of_three_bands_is_no_fill():
    spectra = np.random.default_rng(1).integers(0, 200, (3, 5000)).astype("float32")
    spectra[:, :3] = 90  # three greys of one value
    assert constant_fill(of_pixels(spectra, 5000), 5000) == ("", "")
    spectra[:, :600] = 255
    assert "in every band: 600. " in constant_fill(of_pixels(spectra, 5000), 5000)[0]
