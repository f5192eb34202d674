"""Several cubes as one."""

import numpy as np
import pytest
import rasterio
import rasterio.warp

from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.stack import (
    GAP,
    CubeStack,
    SceneOfStack,
    on_first_grid,
    places_of,
)
from miaf_engine.cubes.tiles import TrainingBytes
from miaf_engine.grid import Grid, ScenePlace, Window
from miaf_engine.training.windows import windows_of_scenes
from tests import scenes


def test_a_stack_reads_each_cube_with_the_bands_of_the_first(tmp_path):
    one, other = scenes.spectra(4, 8, 10), 1000 + scenes.spectra(6, 5, 12)
    paths = [
        scenes.write_tif(tmp_path / "1.tif", one, scenes.grid(8, 10)),
        scenes.write_tif(tmp_path / "2.tif", other, scenes.grid(5, 12)),
    ]
    with open_cube(paths[0]) as first, open_cube(paths[1]) as second:
        stack = CubeStack([first, second], [{0: 0, 2: 2}, {0: 5, 2: 1}])
        whole = stack.read(bands=[0, 2])
        assert (stack.grid.height, stack.grid.width) == (8 + GAP + 5, 12)
        assert np.array_equal(whole.values[:, :8, :10], one[[0, 2]])
        assert np.array_equal(whole.values[:, 8 + GAP :, :], other[[5, 1]])
        valid = np.zeros((8 + GAP + 5, 12), bool)
        valid[:8, :10] = valid[8 + GAP :] = True
        assert np.array_equal(whole.valid, valid)
        # Across the edge of the first cube, and inside the second.
        part = stack.read(Window(6, 4, 4, 8), [2])
        assert np.array_equal(part.values[0, :2, :6], one[2, 6:, 4:])
        assert not part.valid[2:].any() and not part.valid[:, 6:].any()
        assert stack.read(Window(8 + GAP, 0, 2, 3), [0]).scene == 1
        places = places_of(stack)
        assert [place.grid for place in places] == [first.grid, second.grid]
        scene = SceneOfStack(stack, places[1])
        found = scene.read(Window(1, 2, 3, 4), [0])
        assert np.array_equal(found.values[0], other[5, 1:4, 2:6])
        assert places_of(first)[0].window == first.grid.window


def test_pixels_of_one_place_lie_at_one_place():
    """A second cube of half the pixel size, and a third with rows from the south."""
    first = scenes.grid(8, 10, pixel=20.0)
    a, b, x, d, e, y = first.transform
    grids = [
        first,
        Grid((a / 2, b, x + 40, d, e / 2, y - 60), first.crs, 4, 6),
        Grid((a, b, x, d, -e, y + 8 * e), first.crs, 8, 10),
    ]
    tops = [0, 8 + GAP, 8 + GAP + 4 + GAP]
    places = [
        ScenePlace("", Window(top, 0, grid.height, grid.width), grid)
        for top, grid in zip(tops, grids, strict=True)
    ]
    rows = np.array([3, tops[1], tops[1] + 3, tops[2], tops[2] + 7])
    columns = np.array([2, 0, 5, 4, 9])
    found = on_first_grid(places, rows, columns)
    wanted = [[3, 2], [2.75, 1.75], [4.25, 4.25], [7, 4], [0, 9]]
    np.testing.assert_array_equal(found, wanted)
    alone = on_first_grid(places[:1], rows[:1], columns[:1])
    np.testing.assert_array_equal(alone, [[3, 2]])


def test_pixels_of_a_cube_in_another_zone_lie_where_they_are():
    first = scenes.grid(8, 10)
    with rasterio.Env():
        (x,), (y,) = rasterio.warp.transform("EPSG:32616", "EPSG:32617", [500e3], [4e6])
    there = Grid((20.0, 0, x - 10, 0, -20.0, y + 10), "EPSG:32617", 1, 1)
    places = [
        ScenePlace("", first.window, first),
        ScenePlace("", Window(8 + GAP, 0, 1, 1), there),
    ]
    ((row, column),) = on_first_grid(places, np.array([8 + GAP]), np.array([0]))
    a, _, left, _, e, top = first.transform
    assert row + 0.5 == pytest.approx((4e6 - top) / e, abs=2e-3)
    assert column + 0.5 == pytest.approx((500e3 - left) / a, abs=2e-3)


def test_a_stack_of_cubes_is_cut_nowhere_across_two(tmp_path):
    parts = [Window(0, 0, 20, 20), Window(36, 0, 30, 20), Window(82, 0, 10, 20)]
    groups = np.zeros((92, 20), np.int32)
    groups[15:19, 2:5], groups[37:40, 2:5] = 1, 2
    assert windows_of_scenes(groups, parts, TrainingBytes(1, 0, 0), 10_000) == parts[:2]
