"""Labelled pixels and their roles."""

import numpy as np
import pytest

from miaf_engine.errors import ConfigError, SampleError
from miaf_engine.labels.areas import needed_field
from miaf_engine.labels.label_map import LabelMap, without_nodata
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.labels import (
    TrainingLabels,
    apart_from,
    read_training_labels,
)
from miaf_engine.tasks.train.roles import assign_roles
from tests import scenes, tiny
from tests.scenes import CLASSES, Recorder

REQUEST = TrainRequest(cube="c", rois="r", settings=dict(tiny.SMALL))


def labels():
    """Return three areas a class, in rows 1, 8 and 17 of each stripe."""
    values = np.zeros((tiny.HEIGHT, tiny.WIDTH), dtype=np.uint16)
    groups = np.zeros(values.shape, dtype=np.int32)
    for number, (row, k) in enumerate((r, k) for r in (1, 8, 17) for k in range(3)):
        part = np.s_[row : row + 5, 10 * k + 1 : 10 * k + 9]
        values[part], groups[part] = k + 1, number + 1
    return LabelMap(values, groups, CLASSES)


def roles(given=None, valid=None, recorder=None):
    given = given or TrainingLabels(labels(), None)
    valid = np.ones((tiny.HEIGHT, tiny.WIDTH), bool) if valid is None else valid
    return assign_roles(REQUEST, given, valid, recorder or Recorder())


def test_roles_are_disjoint_and_cover_polygons_whole():
    samples = roles()
    split = samples.split
    count = split.training.astype(int) + split.validation + (samples.test > 0)
    assert count.max() == 1
    groups = samples.labels.groups
    for number in range(1, 10):
        assert len(np.unique(samples.test[groups == number] > 0)) == 1
    assert (samples.test[samples.test > 0] == tiny.truth()[samples.test > 0]).all()


def test_validation_areas_replace_the_hold_out():
    training = labels()
    reference = np.where(training.groups > 6, training.values, 0)
    trained = np.where(training.groups > 6, 0, training.values)
    groups = np.where(trained > 0, training.groups, 0).astype(np.int32)
    areas = np.where(reference > 0, training.groups, 0).astype(np.int32)
    given = TrainingLabels(
        LabelMap(trained, groups, CLASSES), LabelMap(reference, areas, CLASSES)
    )
    samples = roles(given)
    np.testing.assert_array_equal(samples.test, reference)
    np.testing.assert_array_equal(samples.test_areas, areas)
    assert not samples.split.test.any()
    assert not ((samples.test > 0) & samples.split.training).any()
    assert not ((samples.test > 0) & samples.split.validation).any()


@pytest.mark.parametrize("holdout", ["polygons", "blocks", "pixels"])
def test_areas_of_the_test_pixels_are_known_but_for_random_ones(holdout):
    request = TrainRequest(cube="c", rois="r", settings={"holdout": holdout})
    valid = np.ones((tiny.HEIGHT, tiny.WIDTH), bool)
    samples = assign_roles(request, TrainingLabels(labels(), None), valid, Recorder())
    if holdout == "pixels":
        assert samples.test_areas is None
    else:
        assert (samples.test_areas[samples.test > 0] > 0).all()


def test_labels_on_nodata_have_no_role():
    valid = tiny.hole()
    valid[1:6] = False
    samples = roles(valid=valid)
    used = samples.split.training | samples.split.validation | (samples.test > 0)
    assert not (used & ~valid).any()
    cleaned = without_nodata(labels(), valid)
    assert not (cleaned.values[~valid] | cleaned.groups[~valid]).any()


def test_one_class_on_data_is_refused():
    valid = tiny.truth() == 2
    with pytest.raises(SampleError, match="All training areas with valid pixels are"):
        roles(valid=valid)
    with pytest.raises(SampleError, match="No training area covers"):
        roles(valid=valid & False)


def test_a_class_that_lies_on_nodata_alone_is_named():
    with pytest.raises(SampleError, match="Wheat"):
        roles(valid=tiny.truth() != 1)


def test_reference_in_training_areas_is_not_scored():
    recorder = Recorder()
    training = labels()
    truth = tiny.truth().astype(np.uint16)
    everywhere = LabelMap(truth, truth.astype(np.int32), CLASSES)
    found = apart_from(training, everywhere, recorder)
    np.testing.assert_array_equal(found.values > 0, training.values == 0)
    np.testing.assert_array_equal(found.groups > 0, training.values == 0)
    assert "360 pixels" in recorder.warnings[0]
    with pytest.raises(SampleError, match="apart"):
        apart_from(training, training, Recorder())


def test_unknown_validation_class_is_left_out_with_a_warning(tmp_path):
    from tests import scenes

    shapes, names = tiny.boxes(0.0, 17)
    validation = scenes.write_areas(
        tmp_path / "v.gpkg", shapes, {"cover": ["Lake", *names[1:]]}
    )
    request = TrainRequest(
        cube="c",
        rois=str(tiny.write_rois(tmp_path / "r.gpkg")),
        class_field="cover",
        validation_rois=str(validation),
    )
    recorder = Recorder()
    given = read_training_labels(request, tiny.grid(), recorder)
    assert any("Lake" in warning for warning in recorder.warnings)
    names = given.training.classes.names
    expected = {names.index("Forest") + 1, names.index("Road") + 1, 0}
    assert set(np.unique(given.test.values)) == expected


@pytest.mark.parametrize("name", [None, ""])
def test_class_field_is_needed(name):
    with pytest.raises(ConfigError, match="class field"):
        needed_field(name)


def test_validation_areas_name_classes_of_a_label_raster_by_name_or_value(tmp_path):
    where = tiny.grid()
    values = tiny.truth().astype("uint8")
    values[12:] = 0
    labels = scenes.write_tif(tmp_path / "labels.tif", values[None], where)
    shapes, _ = tiny.boxes(0.0, 15)
    styles = [{"key": k, "name": n, "colour": "#112233"} for k, n in enumerate("xWFR")]
    for number, names in enumerate((["W", "F", "R"], [1, 2, 3])):
        areas = scenes.write_areas(
            tmp_path / f"v{number}.gpkg", shapes, {"cover": names}
        )
        request = TrainRequest(
            cube="c.tif",
            labels=str(labels),
            validation_rois=str(areas),
            class_field="cover",
            class_styles=styles,
        )
        given = read_training_labels(request, where, Recorder())
        assert given.training.classes.names == ["W", "F", "R"]
        assert given.training.classes.values == [1, 2, 3]
        np.testing.assert_array_equal(np.unique(given.test.values), [0, 1, 2, 3])
        known = given.test.values > 0
        np.testing.assert_array_equal(given.test.values[known], tiny.truth()[known])
