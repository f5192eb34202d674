"""Several cubes as one."""

import numpy as np

from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.stack import (
    GAP,
    CubeStack,
    SceneOfStack,
    places_of,
)
from miaf_engine.grid import Window
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


def test_a_stack_of_cubes_is_cut_nowhere_across_two(tmp_path):
    parts = [Window(0, 0, 20, 20), Window(36, 0, 30, 20), Window(82, 0, 10, 20)]
    groups = np.zeros((92, 20), np.int32)
    groups[15:19, 2:5], groups[37:40, 2:5] = 1, 2
    assert windows_of_scenes(groups, parts, 1, 10_000) == parts[:2]
