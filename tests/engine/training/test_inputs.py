"""Windows, normalisation and projection of a training."""

import numpy as np
import pytest

from miaf_engine.accuracy.split import Split, TrainingSamples
from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.tiles import BASE_MB
from miaf_engine.errors import ConfigError, CubeError
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SuperpixelConfig
from miaf_engine.training import inputs
from miaf_engine.training import windows as training_windows
from miaf_engine.training.inputs import (
    Configs,
    fit_preparation,
    read_windows,
    validity,
)
from miaf_engine.training.mosaic import training_scenes
from tests import scenes, tiny

AREAS = ((1, 1), (8, 11), (17, 21))
CONFIGS = Configs.of(TrainRequest(cube="c", settings=dict(tiny.SMALL)))


@pytest.fixture
def reader(tmp_path):
    with open_cube(tiny.write_cube(tmp_path / "cube.tif")) as reader:
        yield reader


def windows_of(reader, memory_mb=0):
    grid = reader.grid
    groups = np.zeros((grid.height, grid.width), dtype=np.int32)
    for number, (row, column) in enumerate(AREAS, 1):
        groups[row : row + 5, column : column + 8] = number
    values = (groups > 0).astype(np.uint16)
    labels = LabelMap(values, groups, scenes.CLASSES)
    bands = range(tiny.BANDS)
    recorder = scenes.Recorder()
    return read_windows(reader, bands, labels, CONFIGS, memory_mb, recorder)


def samples(values=None, **roles):
    """Return training samples: each pixel is labelled, and a row of a class an area."""
    values = tiny.truth() if values is None else values
    height, width = values.shape
    groups = np.arange(height, dtype=np.int32)[:, None] * 3 + values
    labels = LabelMap(values, groups.astype(np.int32), scenes.CLASSES)
    split = Split(
        **{
            "training": tiny.area().training,
            "validation": tiny.area().validation,
            "test": np.zeros((height, width), dtype=bool),
            **roles,
        },
        labels=labels,
        description="",
    )
    return TrainingSamples(labels, split, np.zeros_like(values), definition="")


@pytest.mark.parametrize("projection", ["lda", "pca"])
def test_labels_of_pixels_that_are_not_trained_on_do_not_matter(reader, projection):
    config = SuperpixelConfig(pixels_per_superpixel=(12, 30), projection=projection)
    windows = windows_of(reader)
    one = fit_preparation(windows, samples(), config)
    values = np.where(samples().split.training, tiny.truth(), 1 + tiny.truth() % 3)
    two = fit_preparation(windows, samples(values=values), config)
    np.testing.assert_array_equal(one.normalisation.mean, two.normalisation.mean)
    np.testing.assert_array_equal(one.projection.matrix, two.projection.matrix)
    assert one.projection.name == projection


def test_windows_know_where_data_is(tmp_path):
    values = tiny.cube()
    values[:, ~tiny.hole()] = -1.0
    path = scenes.write_tif(tmp_path / "c.tif", values, tiny.grid(), nodata=-1.0)
    with open_cube(path) as reader:
        windows = windows_of(reader)
        np.testing.assert_array_equal(validity(windows, reader.grid), tiny.hole())


def test_a_cube_without_data_is_refused(tmp_path):
    values = np.full_like(tiny.cube(), -1.0)
    path = scenes.write_tif(tmp_path / "c.tif", values, tiny.grid(), nodata=-1.0)
    with open_cube(path) as reader, pytest.raises(CubeError):
        windows_of(reader)


def test_the_area_holds_labels_and_roles(reader):
    windows = windows_of(reader)
    preparation = fit_preparation(windows, samples(), CONFIGS.superpixels)
    ends, gap = (np.zeros(tiny.truth().shape, dtype=bool) for _ in range(2))
    ends[18:20, ::3] = gap[12:14] = True
    given = samples(ends=ends, gap=gap)
    (area,) = training_scenes(
        windows, given, preparation, CONFIGS.network, scenes.Recorder()
    )
    for role in ("training", "validation", "ends", "gap"):
        np.testing.assert_array_equal(getattr(area, role), getattr(given.split, role))
    np.testing.assert_array_equal(area.labels, tiny.truth())
    np.testing.assert_array_equal(area.groups, given.labels.groups)
    assert len(area.graphs) == 2
    assert windows == []


@pytest.fixture
def far_apart(tmp_path, monkeypatch):
    """Return a cube of which only the surroundings of three areas fit the budget."""
    monkeypatch.setattr(training_windows, "MARGINS", (3,))
    values = np.tile(tiny.cube(), (1, 5, 5))
    monkeypatch.setitem(globals(), "AREAS", ((1, 1), (8, 71), (100, 121)))
    values[:, 90:] = -1.0  # the third area lies on nodata alone
    path = scenes.write_tif(
        tmp_path / "c.tif", values, scenes.grid(*values.shape[1:]), nodata=-1.0
    )
    monkeypatch.setattr(inputs, "budget_mb", lambda _: BASE_MB + 3)
    with open_cube(path) as reader:
        yield reader


def test_windows_around_the_areas_when_the_cube_is_too_large(far_apart):
    windows = windows_of(far_apart)
    assert len(windows) == 2  # nothing is to be seen in the third
    assert validity(windows, far_apart.grid).sum() < 500
    truth = np.tile(tiny.truth(), (5, 5))
    training = validity(windows, far_apart.grid)
    gap = (np.arange(truth.shape[0]) % 2 == 1)[:, None] & training
    roles = {"validation": np.zeros_like(training), "gap": gap}
    given = samples(truth, training=training & ~gap, **roles)
    preparation = fit_preparation(windows, given, CONFIGS.superpixels)
    (area,) = training_scenes(
        windows, given, preparation, CONFIGS.network, scenes.Recorder()
    )
    assert area.ends is None
    assert (area.training <= area.scene.valid).all()
    for role in ("training", "gap"):
        found, wanted = getattr(area, role), getattr(given.split, role)
        assert wanted.any()
        for here, there in ((area.labels, truth), (area.groups, given.labels.groups)):
            np.testing.assert_array_equal(np.sort(here[found]), np.sort(there[wanted]))
    for graph in area.graphs:
        assert (graph.node_of >= 0).sum() == area.scene.valid.sum()


def test_scales_must_go_together():
    settings = {"kernel_sizes": "3,5", "pixels_per_superpixel": "50"}
    with pytest.raises(
        ConfigError,
        match=r"kernel sizes \(2\) is not that of the superpixel sizes \(1\)",
    ):
        Configs.of(TrainRequest(cube="c", settings=settings))
