"""What a cube goes through before the network."""

import numpy as np

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube
from tests import tiny


def test_graphs_lie_on_the_valid_pixels_and_grow_coarser():
    values, valid = tiny.cube(), tiny.hole()
    values[:, ~valid] = 0.0
    preparation = tiny.preparation(tiny.cube())
    bands = BandTable(
        tuple(f"B{n}" for n in range(tiny.BANDS)), None, None, (True,) * tiny.BANDS
    )
    scene = preparation.scene(Cube(values, valid, tiny.grid(), bands))
    fine, coarse = preparation.graphs(scene)
    assert fine.nodes > coarse.nodes > 10
    for graph in (fine, coarse):
        np.testing.assert_array_equal(graph.node_of >= 0, valid.ravel())
    again = preparation.graphs(scene)
    np.testing.assert_array_equal(again[0].node_of, fine.node_of)
