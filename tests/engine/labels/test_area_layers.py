"""Areas of several files on several scenes, each numbered once."""

import numpy as np
import shapely

from miaf_engine.grid import ScenePlace
from miaf_engine.labels.area_digests import outline_digest
from miaf_engine.labels.area_layers import AreaFile, rasterise_layers, read_layers
from miaf_engine.labels.class_matching import classes_of_areas
from tests import scenes
from tests.scenes import Recorder

GRID = scenes.grid(12, 14)


def pixel(row, column):
    """Return the point in the middle of a pixel."""
    return scenes.pixel_box(GRID, row, column, 1, 1).centroid


def labelled(folder, shapes, names, **more):
    """Return the labels and digests of areas."""
    path = scenes.write_areas(folder / "areas.gpkg", shapes, {"cover": names})
    place = ScenePlace("cube", GRID.window, GRID)
    layers = read_layers([AreaFile(str(path))], "cover", [place], Recorder())
    table, class_of_key = classes_of_areas(layers.keys, None, None, Recorder())
    return rasterise_layers(layers, class_of_key, table, GRID, Recorder(), **more)


def test_points_of_adjoining_pixels_are_one_area(tmp_path):
    places = [(1, 1), (1, 2), (2, 3), (5, 5), (4, 6), (7, 1), (7, 3), (9, 9), (10, 9)]
    names = ["Wheat"] * 7 + ["Wheat", "Road"]
    shapes = [pixel(*place) for place in places]
    labels, digests = labelled(tmp_path, shapes, names)
    assert [int(labels.groups[place]) for place in places] == [
        1,
        1,
        1,
        4,
        4,
        6,
        7,
        8,
        9,
    ]
    assert digests[1] == {outline_digest(shape) for shape in shapes[:3]}
    assert digests[7] == {outline_digest(shapes[6])}


def test_a_point_beside_an_area_is_of_it_and_areas_beside_each_other_are_two(tmp_path):
    shapes = [
        scenes.pixel_box(GRID, 1.1, 1.1, 2.8, 2.8),
        scenes.pixel_box(GRID, 1.1, 4.1, 2.8, 2.8),
        pixel(4, 1),
        pixel(8, 8),
    ]
    labels, _ = labelled(tmp_path, shapes, ["Wheat"] * 3 + ["Road"])
    assert labels.groups[2, 2] == labels.groups[4, 1] == 1
    assert labels.groups[2, 5] == 2


def test_a_point_beside_one_that_was_held_out_stays_apart(tmp_path):
    shapes = [pixel(1, 1), pixel(1, 2), pixel(1, 3), pixel(8, 8)]
    held = frozenset({outline_digest(shapely.force_2d(shapes[1]))})
    labels, _ = labelled(tmp_path, shapes, ["Wheat"] * 3 + ["Road"], held=held)
    assert len(np.unique(labels.groups[1, 1:4])) == 3
