"""Windows, normalisation and projection of a training."""

from types import SimpleNamespace

import numpy as np
import pytest

from miaf_engine.config import SuperpixelConfig
from miaf_engine.errors import ConfigError, CubeError
from miaf_engine.grid import Window
from miaf_engine.pipeline.training_input import (
    Configs,
    core_only,
    fit_preparation,
    read_windows,
    training_areas,
    validity,
)
from miaf_engine.raster import open_cube
from miaf_engine.requests import TrainRequest
from miaf_engine.tiles import Tile, tiles_of_side
from tests import scenes, tiny

CONFIGS = Configs.of(TrainRequest(cube="c", settings=dict(tiny.SMALL)))


@pytest.fixture
def reader(tmp_path):
    with open_cube(tiny.write_cube(tmp_path / "cube.tif")) as reader:
        yield reader


def windows_of(reader, memory_mb=0):
    labelled = np.ones((tiny.HEIGHT, tiny.WIDTH), dtype=bool)
    return read_windows(
        reader,
        range(tiny.BANDS),
        labelled,
        3,
        CONFIGS,
        memory_mb,
        scenes.Recorder(),
    )


def samples(training=None, values=None):
    """Return what the functions read of training samples."""
    area = tiny.area()
    split = SimpleNamespace(
        training=area.training if training is None else training,
        validation=area.validation,
    )
    labels = SimpleNamespace(values=tiny.truth() if values is None else values)
    return SimpleNamespace(split=split, labels=labels)


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


def test_areas_hold_each_labelled_pixel_once(reader):
    windows = windows_of(reader)
    preparation = fit_preparation(windows, samples(), CONFIGS.superpixels)
    (area,) = training_areas(windows, samples(), preparation, scenes.Recorder())
    np.testing.assert_array_equal(area.training, samples().split.training)
    np.testing.assert_array_equal(area.labels, tiny.truth())
    assert len(area.graphs) == 2


def test_core_masks_of_overlapping_windows_hold_each_pixel_once():
    mask = np.random.default_rng(0).random((300, 310)) < 0.3
    count = np.zeros(mask.shape, dtype=int)
    tiles = tiles_of_side(300, 310, 100)
    for tile in tiles:
        part = core_only(mask, tile)
        assert part.shape == (tile.padded.height, tile.padded.width)
        count[tile.padded.slices] += part
    np.testing.assert_array_equal(count, mask)
    whole = Tile(Window(0, 0, 300, 310), Window(0, 0, 300, 310))
    np.testing.assert_array_equal(core_only(mask, whole), mask)


def test_scales_must_go_together():
    settings = {"kernel_sizes": "3,5", "pixels_per_superpixel": "50"}
    with pytest.raises(ConfigError, match="2 kernel sizes and 1 superpixel"):
        Configs.of(TrainRequest(cube="c", settings=settings))
