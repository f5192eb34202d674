"""Grids and masks of any kind come back as they were written."""

import math
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rasterio.transform import Affine

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import MiafError, RasterFileError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.io.gdal import grid_of, open_raster
from miaf_engine.labels.mask import read_mask
from tests.scenes import CLASSES, UTM16, write_classes, write_tif

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NUMBER = count()


@pytest.fixture
def fresh(tmp_path):
    """Return a function that names a file that is not there yet."""

    def name(suffix: str) -> Path:
        folder = tmp_path / str(next(NUMBER))
        folder.mkdir()
        return folder / f"cube{suffix}"

    return name


@st.composite
def grids(draw):
    """Return a grid of any place, turn, size of pixels and direction of rows."""
    a = Affine.translation(
        draw(st.floats(-1e7, 1e7, allow_subnormal=False)),
        draw(st.floats(-1e7, 1e7, allow_subnormal=False)),
    )
    a @= Affine.rotation(draw(st.just(0.0) | st.floats(-180, 180)))
    width, height = (draw(st.floats(0.01, 1000)) for _ in "xy")
    a @= Affine.scale(width, height * draw(st.sampled_from([-1, 1])))
    size = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    return Grid(tuple(a)[:6], draw(st.sampled_from([UTM16, None])), *size)


@SLOW
@given(grids())
def test_grids_of_geotiffs_to_the_bit(fresh, where):
    values = np.ones((2, where.height, where.width), "uint8")
    with open_cube(write_tif(fresh(".tif"), values, where)) as reader:
        assert reader.grid.transform == where.transform
    path = write_classes(fresh(".tif"), where)
    with open_raster(path) as dataset:
        assert grid_of(dataset) == where


@SLOW
@given(grids())
def test_grids_of_envi_to_a_millionth_of_a_pixel_or_refused(fresh, where):
    path = fresh(".dat")
    try:
        write_classes(path, where)
    except RasterFileError as error:
        assume("cannot carry" in str(error))
        assert not list(path.parent.iterdir())
        return
    _, found, classes = read_class_map(path)
    assert classes.names == CLASSES.names
    turned = ~Affine(*where.transform) @ Affine(*found.transform)
    for place in ((0.5, 0.5), (where.width - 0.5, where.height - 0.5)):
        assert math.dist(turned @ place, place) < 1e-6


@SLOW
@given(
    grids(),
    st.integers(-3, 3),
    st.integers(-3, 3),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_masks_of_any_part_lie_on_their_pixels(
    fresh, where, row, column, height, width
):
    where = replace(where, height=6, width=7)
    own = where.cut(Window(row, column, height, width))
    values = np.random.default_rng(0).integers(0, 2, (height, width)).astype("uint8")
    wanted = np.zeros((20, 20), bool)
    wanted[row + 5 : row + 5 + height, column + 5 : column + 5 + width] = values
    wanted = wanted[5:11, 5:12]
    path = str(write_tif(fresh(".tif"), values[None], own))
    if not wanted.any():
        with pytest.raises(MiafError):
            read_mask(path, None, where)
        return
    np.testing.assert_array_equal(read_mask(path, None, where), wanted)
