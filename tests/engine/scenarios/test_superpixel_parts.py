"""Seams, outlines, field names and figures of superpixels, against plain loops."""

import numpy as np
import pytest
import shapely
from skimage.measure import label

from miaf_engine.cubes.bands import BandTable
from miaf_engine.grid import Window
from miaf_engine.labels.ground_area import class_areas, pixel_sizes
from miaf_engine.labels.polygons import outlines
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.tasks.superpixels.blocks import Seams
from miaf_engine.tasks.superpixels.rows import band_fields, listed
from tests import scenes


def noise(seed, height=23, width=31):
    """Return random superpixels joined by sides, many of them ragged, with holes."""
    rng = np.random.default_rng(seed)
    joined = label(rng.integers(0, 4, (height, width)), background=0, connectivity=1)
    return (joined - 1).astype(np.int32)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "where", [scenes.grid(23, 31), scenes.grid(23, 31, rotation=9)]
)
def test_ragged_outlines_are_valid_and_fill_their_pixels(seed, where):
    segments = noise(seed)
    window = Window(0, 0, *segments.shape)
    polygons = outlines(segments, window, where)
    assert shapely.is_valid(polygons).all()
    assert {p.geom_type for p in polygons} == {"Polygon"}
    counts = np.bincount(segments[segments >= 0])
    assert shapely.area(polygons) == pytest.approx(400 * counts)
    union = shapely.union_all(polygons)
    assert union.area == pytest.approx(400 * counts.sum())


def test_a_ring_keeps_its_hole():
    segments = np.zeros((5, 5), np.int32)
    segments[2, 2] = 1
    segments[1, 1] = 2  # touches the other at a corner
    ring, middle, _ = outlines(segments, Window(0, 0, 5, 5), scenes.grid(5, 5))
    assert shapely.is_valid(ring)
    assert len(ring.interiors) >= 1
    assert middle.area == 400 and ring.area == 23 * 400


def test_blocks_share_corners_to_the_last_bit():
    where = scenes.grid(40, 40, rotation=31.7)
    whole = outlines(np.zeros((40, 40), np.int32), Window(0, 0, 40, 40), where)[0]
    part = outlines(np.zeros((13, 11), np.int32), Window(27, 29, 13, 11), where)[0]
    corners, own = (
        set(map(tuple, shapely.get_coordinates(shape).tolist()))
        for shape in (whole, part)
    )
    assert len(corners & own) == 1


@pytest.mark.parametrize("side", [1, 4, 7, 40])
def test_seams_find_what_the_whole_has(side):
    segments = noise(7)
    height, width = segments.shape
    seams, found = Seams(width), set()
    for row in range(0, height, side):
        for column in range(0, width, side):
            window = Window(
                row, column, min(side, height - row), min(side, width - column)
            )
            block = segments[window.slices]
            found |= set(
                map(tuple, seams.pairs(window, block.astype(np.int64)).tolist())
            )
            inner, place = np.unique(block, return_inverse=True)
            local = (place.reshape(block.shape) - (inner[0] < 0)).astype(np.int32)
            if local.max() >= 0:
                edges = build_graph(local).edges
                found |= set(map(tuple, inner[inner >= 0][edges].T.tolist()))
    found = {pair for one, other in found for pair in ((one, other), (other, one))}
    wanted = set(map(tuple, build_graph(segments).edges.T.tolist()))
    assert {p for p in found if p[0] != p[1]} == {p for p in wanted if p[0] != p[1]}


def test_field_names_are_short_and_differ():
    def names(*waves):
        return band_fields(BandTable(tuple(map(str, waves)), tuple(map(float, waves))))

    assert names(400, 500, 2500) == ["nm_400", "nm_500", "nm_2500"]
    assert names(400.1, 400.4) == ["nm_400_1", "nm_400_4"]
    assert names(2400.11, 2400.14) == ["nm_2400_11", "nm_2400_14"]
    assert names(400, 400) == ["band_1", "band_2"]
    assert names(12_400.11, 12_400.12) == ["band_1", "band_2"]
    assert band_fields(BandTable(("a", "b"))) == ["band_1", "band_2"]


@pytest.mark.parametrize(
    ("longest", "text"),
    [(None, "7,12,345"), (8, "7,12,345"), (7, "7,12"), (4, "7,12"), (3, "7"), (0, "")],
)
def test_lists_end_after_a_whole_number(longest, text):
    assert listed([7, 12, 345], longest) == text


@pytest.mark.parametrize("shape", [(70, 45), (5, 100), (1, 1)])
def test_pixel_sizes_add_up_to_the_areas_of_classes(shape):
    where = scenes.grid(*shape, pixel=0.5, crs="EPSG:4326")
    a, b, _, d, e, _ = where.transform
    where = type(where)((a, b, 10.0, d, e, 60.0), "EPSG:4326", *shape)
    classes = np.random.default_rng(0).integers(0, 4, shape)
    wanted = class_areas(classes, 3, where)
    sizes = pixel_sizes(where)
    assert sizes.unit == wanted.unit == "ha"
    found = np.zeros(4)
    for row in range(0, shape[0], 9):
        for column in range(0, shape[1], 13):
            window = Window(
                row, column, min(9, shape[0] - row), min(13, shape[1] - column)
            )
            part = classes[window.slices].ravel()
            found += np.bincount(part, sizes.within(window).ravel(), 4)
    assert found[1:] == pytest.approx(wanted.values)
