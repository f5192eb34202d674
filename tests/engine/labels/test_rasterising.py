"""Areas rasterised on a grid."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import Affine

from miaf_engine.errors import Cancelled, SampleError
from miaf_engine.labels.areas import Areas
from miaf_engine.labels.class_keys import class_table
from miaf_engine.labels.rasterising import label_map_from_areas
from tests.scenes import Recorder, grid, pixel_box, unplaced

WHERE = grid()


def rasterised_as(shapes, keys, where=WHERE, progress=None):
    table, index = class_table(keys)
    areas = Areas(tuple(shapes), tuple(keys), tuple(range(1, len(keys) + 1)))
    return label_map_from_areas(areas, index, table, where, progress or Recorder())


@settings(max_examples=25, deadline=None)
@given(
    rotation=st.floats(-180, 180),
    southup=st.booleans(),
    row=st.integers(0, 6),
    column=st.integers(0, 8),
)
def test_boxes_of_pixels_burn_those_pixels_on_any_grid(rotation, southup, row, column):
    where = grid(rotation=rotation, southup=southup)
    box = pixel_box(where, row, column, 2, 2)
    far = (row + 4) % 8, (column + 5) % 10
    labels = rasterised_as([box, pixel_box(where, *far, 1, 1)], ["a", "b"], where)
    wanted = np.zeros((8, 10), int)
    wanted[row : row + 2, column : column + 2] = 1
    wanted[far] = 2
    np.testing.assert_array_equal(labels.values, wanted)


def test_areas_drawn_in_qgis_on_a_cube_without_georeference():
    # QGIS shows its first row between y = 0 and y = -1.
    top, low = shapely.box(1, -1, 3, 0), shapely.box(0, -8, 1, -6)
    labels = rasterised_as([top, low], "ab", unplaced())
    wanted = np.zeros((8, 10), int)
    wanted[0, 1:3] = 1
    wanted[6:8, 0] = 2
    np.testing.assert_array_equal(labels.values, wanted)


def test_pixel_centres_decide():
    labels = rasterised_as(
        [pixel_box(WHERE, 1.6, 1.4, 2, 2), pixel_box(WHERE, 6, 6, 1, 1)], "ab"
    )
    wanted = np.zeros((8, 10), int)
    wanted[2:4, 1:3] = 1
    wanted[6, 6] = 2
    np.testing.assert_array_equal(labels.values, wanted)


def test_small_areas_points_and_lines_take_pixels():
    transform = Affine(*WHERE.transform)
    small = pixel_box(WHERE, 2.1, 3.1, 0.2, 0.2)
    point = shapely.Point(transform @ (7.9, 5.9))
    points = shapely.MultiPoint([transform @ (0.5, 0.5), transform @ (99, 0.5)])
    line = shapely.LineString([transform @ (0.5, 7.2), transform @ (4.5, 7.3)])
    labels = rasterised_as([small, point, points, line], "abcd")
    assert labels.values[2, 3] == 1
    assert labels.values[5, 7] == 2
    assert labels.values[0, 0] == 3
    np.testing.assert_array_equal(labels.values[7, :6], [4, 4, 4, 4, 4, 0])
    assert (labels.values > 0).sum() == 8


def test_disputed_pixels_are_left_out_and_said():
    progress = Recorder()
    shapes = [
        pixel_box(WHERE, 0, 0, 3, 3),
        pixel_box(WHERE, 2, 2, 3, 3),
        pixel_box(WHERE, 1, 1, 2, 2),
    ]
    labels = rasterised_as(shapes, ["a", "b", "a"], progress=progress)
    assert labels.values[2, 2] == 0
    assert labels.groups[2, 2] == 0
    assert (labels.values == 1).sum() == 8
    assert (labels.values == 2).sum() == 8
    assert "1 pixel claimed by several classes and left out: a, b" in str(
        progress.warnings
    )


def test_groups_join_areas_of_one_class_that_touch():
    shapes = [
        pixel_box(WHERE, 0, 0, 2, 2),
        pixel_box(WHERE, 5, 5, 1, 1),
        pixel_box(WHERE, 0, 2, 2, 2),
        pixel_box(WHERE, 2, 0, 1, 4),
        pixel_box(WHERE, 2, 4, 1, 2),
    ]
    labels = rasterised_as(shapes, ["a", "a", "a", "b", "a"])
    np.testing.assert_array_equal(labels.groups[0, :5], [1, 1, 1, 1, 0])
    assert labels.groups[5, 5] == 2
    assert labels.groups[2, 0] == 4
    # The fifth box meets the third in a corner.
    assert labels.groups[2, 4] == 1


def test_what_lies_outside_or_is_unknown_is_said():
    progress = Recorder()
    shapes = [pixel_box(WHERE, 0, 0, 2, 2), pixel_box(WHERE, 90, 0, 2, 2)]
    rasterised_as(shapes, ["a", "b"], progress=progress)
    assert "Areas outside the cube are left out: 1 (feature 2)." in progress.warnings
    assert "No pixels of the cube are labelled b." in progress.warnings
    table, index = class_table(["a"])
    areas = Areas(tuple(shapes), ("a", "strange"), (1, 2))
    label_map_from_areas(areas, index, table, WHERE, progress)
    assert "strange" in progress.warnings[-1]
    with pytest.raises(SampleError, match="label no pixel"):
        rasterised_as(shapes[1:], ["a"])
    with pytest.raises(Cancelled):
        rasterised_as(shapes, ["a", "b"], progress=Recorder(cancel_at=0))


def test_each_tiny_part_takes_its_pixel():
    parts = [
        pixel_box(WHERE, row, column, 0.2, 0.2) for row, column in ((1, 1), (4, 7))
    ]
    large = shapely.MultiPolygon([pixel_box(WHERE, 6, 0, 2, 2), parts[1]])
    labels = rasterised_as(
        [shapely.MultiPolygon(parts), pixel_box(WHERE, 0, 4, 1, 1)], "ab"
    )
    assert labels.values[1, 1] == labels.values[4, 7] == 1
    assert (labels.values == 1).sum() == 2
    # Beside a part that holds centres, a sliver takes none.
    labels = rasterised_as([large, pixel_box(WHERE, 0, 4, 1, 1)], "ab")
    assert (labels.values == 1).sum() == 4


def test_lines_and_points_of_several_parts():
    transform = Affine(*WHERE.transform)
    lines = shapely.MultiLineString(
        [
            [transform @ (0.5, 0.5), transform @ (2.5, 0.5)],
            [transform @ (5.5, 7.5), transform @ (5.5, 5.5)],
        ]
    )
    mixed = shapely.GeometryCollection(
        [shapely.Point(transform @ (9.5, 0.5)), shapely.Point(transform @ (8.5, 2.5))]
    )
    labels = rasterised_as([lines, mixed], "ab")
    np.testing.assert_array_equal(labels.values[0, :3], 1)
    np.testing.assert_array_equal(labels.values[5:, 5], 1)
    assert labels.values[0, 9] == labels.values[2, 8] == 2
    assert (labels.values > 0).sum() == 8
