"""Formats, their options and what they cannot carry."""

import numpy as np
import pytest
import rasterio

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import ConfigError, FileError, RasterFileError
from miaf_engine.grid import Grid
from miaf_engine.io.raster_formats import check_raster_writable
from miaf_engine.io.raster_writer import class_map_writer, float_writer
from tests.scenes import CLASSES, UTM16, grid, spectra, write_classes, write_envi


def test_envi_refuses_a_grid_that_it_cannot_carry(tmp_path):
    sheared = Grid((20.0, 3.0, 5e5, 1.0, -20.0, 4e6), UTM16, 8, 10)
    with pytest.raises(RasterFileError, match=r"geotransform.*GeoTIFF"):
        write_classes(tmp_path / "a.dat", sheared)
    assert list(tmp_path.iterdir()) == []


def test_creation_options_override(tmp_path):
    options = ["COMPRESS=LZW", "TILED=NO"]
    path = write_classes(tmp_path / "a.tif", options=options)
    with rasterio.open(path) as dataset:
        assert dataset.compression.value == "LZW"
        assert not dataset.profile["tiled"]
    with pytest.raises(ConfigError, match="NAME=VALUE"):
        write_classes(tmp_path / "b.tif", options=["COMPRESS"])
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(("b", "."))] == []


@pytest.mark.parametrize(
    "options",
    [["NBITS=2"], ["DISCARD_LSB=2"], ["COMPRESS=LERC", "MAX_Z_ERROR=2"]],
    ids=" ".join,
)
def test_options_that_change_class_values_are_refused(tmp_path, options):
    with pytest.raises(ConfigError, match="change class values"):
        write_classes(tmp_path / "a.tif", options=options)
    assert list(tmp_path.iterdir()) == []


def test_an_option_that_loses_no_class_value_is_kept(tmp_path):
    path = write_classes(tmp_path / "a.tif", options=["NBITS=4"])
    with rasterio.open(path) as dataset:
        assert set(np.unique(dataset.read())) == {0, 1, 2, 5}


@pytest.mark.parametrize("write", [class_map_writer, float_writer])
def test_options_that_gdal_refuses_are_known_before_any_pixel(tmp_path, write):
    what = CLASSES if write is class_map_writer else ["confidence"]
    with pytest.raises(RasterFileError, match="JPEG"):
        with write(tmp_path / "a.tif", grid(), what, ["COMPRESS=JPEG"]):
            pytest.fail("a training would begin")
    assert list(tmp_path.iterdir()) == []


def test_header_of_another_cube_is_safe(tmp_path):
    write_envi(tmp_path / "scene.img", spectra(), grid())
    with pytest.raises(FileError, match=r"scene\.hdr.*scene\.img"):
        write_classes(tmp_path / "scene.dat")
    write_classes(tmp_path / "scene.tif")
    np.testing.assert_array_equal(
        open_cube(tmp_path / "scene.img").read().values, spectra()
    )


def test_suffixes(tmp_path):
    for name in ("a.tif", "a.TIFF", "a.dat", "a.bsq", "a.img"):
        check_raster_writable(tmp_path / name)
    with pytest.raises(FileError, match=r"ends in '\.png'"):
        check_raster_writable(tmp_path / "a.png")
    with pytest.raises(FileError, match="not a local file"):
        check_raster_writable("s3://bucket/a.tif")
