"""A scene mapped in tiles is the scene mapped as a whole, slanted edges and all."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from miaf_engine.cubes.tiles import Margins, Tile, shifted, tiles_of_side
from miaf_engine.grid import Window
from miaf_engine.prediction.uncertainty import most_likely
from miaf_engine.preprocessing.superpixels import segment
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig, TrainConfig
from miaf_engine.training.batch import TrainingScene
from miaf_engine.training.loop import fit
from tests import scenes, tiny
from tests.engine.prediction.test_mapper import mapper

SIDE, CORE = 300, 100
MIDDLE = Window(100, 100, CORE, CORE)


def hills():
    """Return classes 1..3 (SIDE, SIDE) that grade into each other."""
    rng = np.random.default_rng(1)
    heights = [gaussian_filter(rng.normal(size=(SIDE, SIDE)), 8) for _ in range(3)]
    return np.argmax(heights, axis=0) + 1


def fields():
    """Return squares of 20 pixels."""
    rng = np.random.default_rng(1)
    squares = rng.integers(1, 4, (SIDE // 20, SIDE // 20))
    return squares.repeat(20, axis=0).repeat(20, axis=1)


def parcels():
    """Return polygons of any shape, of 300 pixels on the mean."""
    rng = np.random.default_rng(1)
    places = rng.uniform(0, SIDE, (SIDE * SIDE // 300, 2))
    classes = rng.integers(1, 4, len(places))
    grid = np.stack(np.mgrid[:SIDE, :SIDE], axis=-1)
    return classes[cKDTree(places).query(grid)[1]]


@pytest.fixture(scope="module", params=[hills, fields, parcels])
def values(request):
    """Return the cube of a scene: shade and noise on three spectra."""
    columns = request.param() * tiny.WIDTH // 3 - 5  # of the tiny scene's stripes
    assert set(tiny.truth()[0, np.unique(columns)]) == {1, 2, 3}
    rng = np.random.default_rng(11)
    bare = tiny.cube()[:, 0][:, columns]
    shade = rng.uniform(0.7, 1.3, bare.shape[1:])
    return (bare * shade + rng.normal(0, 120, bare.shape)).astype(np.float32)


@pytest.fixture(scope="module")
def valid():
    """Return where a flight line that crosses the grid at a slant has data."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    return (columns > 10 + rows // 4) & (columns < 204 + rows // 4)


@pytest.fixture(scope="module")
def preparation():
    return tiny.preparation(tiny.cube())


@pytest.fixture(scope="module")
def network(preparation):
    """Return a network that maps by its graph branch: that sees the farthest."""
    scene = tiny.scene()
    training = np.ones_like(scene.valid)
    area = TrainingScene(
        scene, preparation.graphs(scene), tiny.truth(), training, ~training
    )
    trained = tiny.network()
    fit(trained, [area], TrainConfig(epochs=15, learning_rate=0.02), seed=0)
    of_graph = [float(name == "graph branch") for name in trained.head_names]
    trained.head_weights.copy_(torch.tensor(of_graph))
    return trained


def borders(segments):
    """Return where a pixel is of another superpixel than the next one."""
    beside = segments[:-1, :-1] != segments[:-1, 1:]
    return beside, segments[:-1, :-1] != segments[1:, :-1]


@pytest.mark.parametrize("size", [25, 50, 100, 200])
def test_superpixels_of_a_tile_are_those_of_the_scene(values, valid, preparation, size):
    scene = preparation.normalisation.apply(values, valid, scenes.grid(SIDE, SIDE))
    projected = preparation.projection.apply(scene)
    whole = segment(projected, valid, size, 4.0)[MIDDLE.slices]
    of_size = SuperpixelConfig(pixels_per_superpixel=(size,))
    margins = Margins.of(of_size, NetworkConfig(kernel_sizes=(3,)))
    tile = Tile.around(MIDDLE, margins, SIDE, SIDE)
    rows, columns = part = tile.segmented.slices
    corner = (tile.segmented.row, tile.segmented.column)
    found = segment(projected[:, rows, columns], valid[part], size, 4.0, corner)
    found = found[MIDDLE.within(tile.segmented).slices]
    for one, other in zip(borders(found), borders(whole), strict=True):
        assert (one == other).mean() >= 0.995
        assert one.mean() > 0.05


def test_tiles_extents_and_whole_agree(values, valid, preparation, network):
    large = SuperpixelConfig(pixels_per_superpixel=(50, 200))
    preparation = replace(preparation, superpixels=large)
    margins = Margins.of(large, network.config)
    one = mapper(values, preparation, network, valid)

    def mapped(tiles):
        classes = np.zeros((SIDE, SIDE), np.uint16)
        for tile, found in one.probabilities(tiles, scenes.Recorder()):
            classes[tile.core.slices] = most_likely(found)[0]
        return classes

    whole = mapped([Tile.whole(Window(0, 0, SIDE, SIDE))])
    assert set(np.unique(whole)) == {0, 1, 2, 3}
    tiled = mapped(tiles_of_side(SIDE, SIDE, CORE, margins))
    assert (tiled == whole)[valid].mean() >= 0.998
    extent = Window(70, 90, 130, 120)
    alone = Tile.whole(Window(0, 0, extent.height, extent.width))
    part = mapped([shifted(alone, extent, one.reader.grid, margins)])
    same = (part == whole)[extent.slices]
    assert same[valid[extent.slices]].mean() >= 0.998
