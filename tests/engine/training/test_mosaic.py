"""Windows side by side are as good as each alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.grid import Window
from miaf_engine.prediction.probabilities import predict
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.training.mosaic import Mosaic
from tests import tiny

GAP = 15  # half of the largest kernel below
sizes = st.tuples(st.integers(1, 80), st.integers(1, 80))


@given(st.lists(sizes, min_size=1, max_size=12))
def test_windows_lie_apart_on_the_sheet(given):
    windows = [Window(7, 9, *size) for size in given]
    mosaic = Mosaic.plan(windows, GAP)
    taken = np.zeros((mosaic.height + GAP, mosaic.width + GAP), dtype=int)
    for window, place in zip(windows, mosaic.places, strict=True):
        assert (place.height, place.width) == (window.height, window.width)
        assert place.row + place.height <= mosaic.height
        assert place.column + place.width <= mosaic.width
        taken[
            place.row : place.row + place.height + GAP,
            place.column : place.column + place.width + GAP,
        ] += 1
    assert taken.max() == 1
    # About square, so that few nodata pixels are convolved.
    assert mosaic.height * mosaic.width <= 6 * sum(
        (w.height + GAP) * (w.width + GAP) for w in windows
    )


def parts():
    """Return windows of three scenes, their scenes and their segmentations."""
    preparation = tiny.preparation(tiny.cube())
    scenes = [
        tiny.scene(tiny.cube(24, 30)),
        tiny.scene(tiny.cube(24, 30, seed=4), tiny.hole()),
        tiny.scene(tiny.cube(15, 18, seed=5)),
    ]
    windows = [Window(0, 40 * n, *s.valid.shape) for n, s in enumerate(scenes)]
    return windows, scenes, [preparation.segments(scene) for scene in scenes]


def test_the_network_sees_each_window_as_if_alone():
    windows, scenes, segments = parts()
    mosaic = Mosaic.plan(windows, GAP)
    network = tiny.unlike(tiny.network(kernel_sizes=(3, 31)))
    whole = mosaic.scene(scenes)
    graphs = [
        build_graph(mosaic.segments(scale)) for scale in zip(*segments, strict=True)
    ]
    found = predict(network, whole, graphs)
    for place, scene, scales in zip(mosaic.places, scenes, segments, strict=True):
        alone = predict(network, scene, [build_graph(scale) for scale in scales])
        part = found[(slice(None), *place.slices)]
        np.testing.assert_allclose(part, alone, rtol=1e-3, atol=1e-5)
    assert whole.valid.sum() == sum(scene.valid.sum() for scene in scenes)


def test_arrays_of_the_cube_are_gathered_beside_their_windows():
    windows, _, _ = parts()
    mosaic = Mosaic.plan(windows, GAP)
    array = np.arange(24 * 120).reshape(24, 120)
    found = mosaic.gather(array, windows)
    for place, window in zip(mosaic.places, windows, strict=True):
        np.testing.assert_array_equal(found[place.slices], array[window.slices])
    assert (found[~_places(mosaic)] == 0).all()


def _places(mosaic):
    mask = np.zeros((mosaic.height, mosaic.width), dtype=bool)
    for place in mosaic.places:
        mask[place.slices] = True
    return mask


def test_one_window_is_itself():
    windows, scenes, segments = parts()
    mosaic = Mosaic.plan(windows[:1], GAP)
    assert mosaic.scene(scenes[:1]) is scenes[0]
    assert (mosaic.height, mosaic.width) == scenes[0].valid.shape
    np.testing.assert_array_equal(mosaic.segments(segments[0][:1]), segments[0][0])
