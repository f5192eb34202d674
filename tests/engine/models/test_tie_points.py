"""Tie points: which other files show the ground of a training cube, and how bright."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS

from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.sample import SceneSample, sample_scene
from miaf_engine.errors import InputError
from miaf_engine.grid import UNPLACED, Grid, Window
from miaf_engine.models.tie_points import TiePoints, corner_in, gain_by
from miaf_engine.preprocessing.normalisation import Gain
from miaf_engine.progress import SILENT
from tests import scenes, tiny

UTM16, UTM17 = (CRS.from_epsg(code).to_wkt() for code in (32616, 32617))
# Rows go down by 20 m; turned by a right angle; and by some angle.
PLAIN = Grid((20.0, 0.0, 500000.0, 0.0, -20.0, 4480000.0), UTM16, 40, 50)
TURNED = Grid((0.0, 20.0, 500000.0, 20.0, 0.0, 4480000.0), UTM16, 40, 50)
OBLIQUE = Grid((16.0, 12.0, 500000.0, 12.0, -16.0, 4480000.0), UTM16, 40, 50)
BANDS = range(tiny.BANDS)


def points_on(grid):
    return TiePoints(grid.crs, grid.transform, np.zeros((0, 2)), np.zeros((0, 2)))


@pytest.mark.parametrize("grid", [PLAIN, TURNED, OBLIQUE])
def test_the_corner_of_a_part_is_its_first_row_and_column(grid):
    part = grid.cut(Window(7, 11, 20, 30))
    assert points_on(grid).corner(grid) == (0, 0)
    assert points_on(grid).corner(part) == (7, 11)
    assert points_on(part).corner(grid) == (-7, -11)


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, crs=UTM17),
        replace(PLAIN, crs=None),
        replace(PLAIN, transform=UNPLACED, georeferenced=False),
        # Half a pixel off, other pixels, and pixels of a size that adds up.
        replace(PLAIN, transform=(20.0, 0.0, 500010.0, 0.0, -20.0, 4480000.0)),
        replace(PLAIN, transform=(10.0, 0.0, 500000.0, 0.0, -10.0, 4480000.0)),
        replace(PLAIN, transform=(20.04, 0.0, 500000.0, 0.0, -20.0, 4480000.0)),
        TURNED,
    ],
)
def test_pixels_that_do_not_coincide_have_no_corner(other):
    assert points_on(PLAIN).corner(other) is None
    assert corner_in([points_on(PLAIN)], other) == (0, 0)


@pytest.mark.parametrize("place", [1e300, -1e30, 1e12])
def test_numbers_of_a_damaged_file_have_no_corner(place):
    far = (20.0, 0.0, place, 0.0, -20.0, 4480000.0)
    assert points_on(replace(PLAIN, transform=far)).corner(PLAIN) is None
    tiny_pixels = (1e-300, 0.0, place, 0.0, -1e-5, 4480000.0)
    assert points_on(replace(PLAIN, transform=tiny_pixels)).corner(PLAIN) is None


def test_rounding_of_a_header_moves_no_pixel():
    near = (20.00001, 0.0, 500000.4, 0.0, -20.0, 4480000.0)
    assert points_on(PLAIN).corner(replace(PLAIN, transform=near)) == (0, 0)


def test_the_first_grid_that_fits_counts():
    part = PLAIN.cut(Window(7, 11, 20, 30))
    known = [points_on(TURNED), points_on(part), points_on(PLAIN)]
    assert corner_in(known, PLAIN) == (-7, -11)
    assert corner_in([], PLAIN) == (0, 0)


def test_points_are_spread_over_the_sample_by_hand():
    spectra = np.array([[1.0, 5.0, 2.0, 7.0], [3.0, 5.0, 8.0, 9.0]], np.float32)
    places = np.array([[0, 1, 2, 39], [3, 2, 7, 49]])
    sample = SceneSample(spectra, 4, places)
    found = TiePoints.of(PLAIN, sample, 3)
    # Of the first, second and last, the second is flat.
    assert found.pixels.tolist() == [[0, 3], [39, 49]]
    assert found.brightness.tolist() == [[2.0, 1.0], [8.0, 1.0]]
    assert found.crs == UTM16 and found.transform == PLAIN.transform
    assert len(TiePoints.of(PLAIN, sample, 9).pixels) == 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A cube of 24 x 30 pixels, and its tie points."""
    path = tmp_path_factory.mktemp("whole") / "cube.tif"
    values = tiny.cube()
    scenes.write_tif(path, values, scenes.grid(*values.shape[1:]))
    with open_cube(str(path)) as reader:
        sample = sample_scene(reader, BANDS)
        return path, TiePoints.of(reader.grid, sample, 200)


def gain_of(points, path, **mask):
    with open_cube(str(path)) as reader:
        if mask:
            reader.restrict(mask["mask"])
        return gain_by([points], reader, BANDS, SILENT)


def cropped(whole, folder, change, window):
    """Write a part of the whole, its values changed."""
    with rasterio.open(whole) as file:
        values = file.read()[(slice(None), *window.slices)].astype(np.float64)
    found = change(values).astype(np.float32)
    grid = scenes.grid(*tiny.cube().shape[1:])
    return scenes.write_tif(folder / "part.tif", found, grid.cut(window))


PART = Window(5, 8, 12, 14)


@pytest.mark.parametrize(
    ("factor", "offset"), [(1.0, 0.0), (2.0, 0.0), (1e-4, 0.0), (0.5, 300.0)]
)
def test_a_part_is_as_bright_as_the_whole(whole, tmp_path, factor, offset):
    path, points = whole
    part = cropped(path, tmp_path, lambda values: factor * values + offset, PART)
    found = gain_of(points, part)
    assert found is not None
    if (factor, offset) == (1.0, 0.0):
        assert found == Gain()
    assert found.factor == pytest.approx(1 / factor, rel=1e-5)
    level = points.brightness[:, 0].mean()
    assert found.offset == pytest.approx(-offset / factor, abs=1e-4 * level)
    assert offset or found.offset == 0.0


def test_the_whole_is_as_bright_as_a_part(whole, tmp_path):
    path, _ = whole
    part = cropped(path, tmp_path, lambda values: values, PART)
    with open_cube(str(part)) as reader:
        points = TiePoints.of(reader.grid, sample_scene(reader, BANDS), 50)
    assert gain_of(points, path) == Gain()
    elsewhere = np.zeros(tiny.cube().shape[1:], bool)
    elsewhere[0, 0] = True
    assert gain_of(points, path, mask=elsewhere) == Gain()


def test_another_date_of_the_same_ground_is_not_as_bright(whole, tmp_path):
    path, points = whole
    noise = np.random.default_rng(0).normal(1.0, 0.01, (1, PART.height, PART.width))
    assert gain_of(points, cropped(path, tmp_path, lambda v: noise * v, PART)) is None
    # Nor are pixels that moved by one.
    moved = cropped(path, tmp_path, lambda v: np.roll(v, 1, axis=2), PART)
    assert gain_of(points, moved) is None


def test_few_points_may_differ(whole, tmp_path):
    """A few repaired pixels, and no more, are the same image."""
    path, points = whole

    def repaired(rows):
        def change(values):
            values[:, :rows] *= 1.3
            return values

        return gain_of(points, cropped(path, tmp_path, change, PART))

    assert repaired(1) == Gain()
    assert repaired(3) is None


def test_too_few_points_tell_nothing(whole, tmp_path):
    path, points = whole
    small = Window(5, 8, 2, 4)
    assert gain_of(points, cropped(path, tmp_path, lambda v: v, small)) is None

    def flat(values):
        values[:] = 5.0
        return values

    assert gain_of(points, cropped(path, tmp_path, flat, PART)) is None


def test_points_survive_the_file(whole):
    _, points = whole
    found = TiePoints.from_json(points.as_json())
    assert (found.crs, found.transform) == (points.crs, points.transform)
    np.testing.assert_array_equal(found.pixels, points.pixels)
    np.testing.assert_allclose(found.brightness, points.brightness, rtol=1e-6)


@pytest.mark.parametrize(
    "changes",
    [
        {"crs": 3},
        {"crs": "https://example.org/crs"},
        {"crs": "/vsicurl/http://example.org"},
        {"transform": [1.0] * 5},
        {"transform": [0.0] * 6},
        {"transform": [1.0, 0.0, float("inf"), 0.0, -1.0, 0.0]},
        {"transform": None},
        {"pixels": [[0, 1], [2, 3]]},
        {"pixels": [[0, "x"]]},
        {"pixels": [[0, 10**400]]},
        {"brightness": [[1.0, 0.0]]},
        {"brightness": [[float("nan"), 1.0]]},
        {"brightness": ...},
    ],
)
def test_damaged_points_are_refused(changes):
    values = {"crs": UTM16, "transform": list(PLAIN.transform)}
    values |= {"pixels": [[1, 2]], "brightness": [[10.0, 2.0]]}
    assert TiePoints.from_json(values).pixels.tolist() == [[1, 2]]
    values = {k: v for k, v in (values | changes).items() if v is not ...}
    with pytest.raises(InputError, match="tie points"):
        TiePoints.from_json(values)
