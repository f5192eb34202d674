"""The labels of a scene as a value."""

import numpy as np
import pytest

from miaf_engine.errors import InputError, SampleError
from miaf_engine.labels.class_keys import class_table
from miaf_engine.labels.label_map import LabelMap, label_map_from_raster, raster_classes
from tests.scenes import CLASSES, Recorder


def test_label_map_is_valid_at_birth():
    values, groups = np.ones((2, 2), np.uint16), np.ones((2, 2), np.int32)
    LabelMap(values, groups, CLASSES)
    for bad in (
        (values.astype(int), groups),
        (values, groups[:1]),
        (values * 4, groups),
        (values, groups * 0),
    ):
        with pytest.raises(InputError):
            LabelMap(*bad, CLASSES)


def test_labels_from_a_raster():
    values = np.zeros((5, 6), np.int32)
    values[0, 0] = values[1, 1] = 7
    values[4, 4:] = 7
    values[2, 2] = 300
    labels = label_map_from_raster(values)
    assert labels.classes.values == [7, 300]
    assert labels.classes.names == ["7", "300"]
    np.testing.assert_array_equal(
        labels.values, np.where(values == 300, 2, values // 7)
    )
    assert labels.groups[0, 0] == labels.groups[1, 1] != labels.groups[2, 2]
    assert len(np.unique(labels.groups)) == 4


def test_labels_from_a_raster_with_a_table():
    table, _ = class_table([7, 9])
    values = np.array([[0, 7, 8]], np.int32)
    progress = Recorder()
    labels = label_map_from_raster(values, table, progress)
    np.testing.assert_array_equal(labels.values, [[0, 1, 0]])
    assert len(labels.classes) == 2
    assert "values 8" in progress.warnings[0]
    for wrong, error in ((0, SampleError), (-3, InputError), (70_000, InputError)):
        with pytest.raises(error):
            label_map_from_raster(np.array([[wrong]], np.int32))


def test_styles_go_before_the_files_names():
    file, _ = class_table(
        [7, 9],
        [
            {"key": 7, "name": "Wheat", "colour": "#111111"},
            {"key": 9, "name": "Corn", "colour": "#222222"},
        ],
    )
    values = np.array([[0, 7, 9]], np.int32)
    styles = [
        {"key": 9, "name": "Maize", "colour": "#333333"},
        {"key": 5, "name": "not there", "colour": "#444444"},
    ]
    found = label_map_from_raster(values, file, styles=styles).classes
    assert found.values == [7, 9]
    assert found.names == ["Wheat", "Maize"]
    assert found.colours == ["#111111", "#333333"]
    assert raster_classes([7, 9], file) is file
    same = [{"key": k, "name": "Field", "colour": "#555555"} for k in (7, 9)]
    progress = Recorder()
    twins = raster_classes([7, 9], None, same, progress)
    assert twins.names == ["Field (7)", "Field (9)"]
    assert "distinguished" in progress.warnings[0]
