"""What a cube goes through before the network."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube
from miaf_engine.grid import Window
from miaf_engine.models import preparation as module
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.preprocessing.superpixels import renumbered
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
        module, "segment_scales", lambda *_, threads, **__: asked.append(threads) or ()
    )
    config = SuperpixelConfig(pixels_per_superpixel=(12, 30), components=components)
    preparation = replace(tiny.preparation(tiny.cube()), superpixels=config)
    preparation.segments(tiny.scene())
    assert asked == [at_once]


def test_each_scale_of_a_part_is_cut_from_its_own_surroundings():
    """As if each scale were cut from a scene of that size by itself."""
    config = SuperpixelConfig(pixels_per_superpixel=(12, 30), components=2)
    preparation = replace(tiny.preparation(tiny.cube()), superpixels=config)
    scene, wanted, origin = tiny.scene(), Window(5, 4, 8, 10), (100, 203)
    found = preparation.graphs_within(scene, origin, wanted, (1, 3))
    for place, beyond in enumerate((1, 3)):
        part = wanted.grown(beyond, *scene.valid.shape)
        size = (config.pixels_per_superpixel[place],)
        own = replace(config, pixels_per_superpixel=size)
        alone = replace(preparation, superpixels=own)
        corner = (origin[0] + part.row, origin[1] + part.column)
        (labels,) = alone.segments(scene.cut(part), corner)
        expected = build_graph(renumbered(labels[wanted.within(part).slices] + 1))
        np.testing.assert_array_equal(found[place].node_of, expected.node_of)
        np.testing.assert_array_equal(found[place].edges, expected.edges)
