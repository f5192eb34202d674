"""What a cube goes through before the network."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube
from miaf_engine.models import preparation as module
from miaf_engine.requests.settings import SuperpixelConfig
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


@pytest.mark.parametrize(
    ("threads", "components", "at_once"), [(8, 1, 4), (8, 3, 2), (2, 1, 2), (8, 8, 1)]
)
def test_scales_are_cut_at_once_where_threads_and_memory_allow(
    monkeypatch, threads, components, at_once
):
    """12 bands give back 48 bytes a pixel; a scale more takes 16 a component."""
    asked = []
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    monkeypatch.setattr(
        module, "segment_scales", lambda *_, threads: asked.append(threads) or ()
    )
    config = SuperpixelConfig(pixels_per_superpixel=(12, 30), components=components)
    preparation = replace(tiny.preparation(tiny.cube()), superpixels=config)
    preparation.segments(tiny.scene())
    assert asked == [at_once]
