"""Local files only, whole files only, and names for CRS."""

import logging
import threading
from dataclasses import replace

import numpy as np
import pytest

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import FileError, RasterFileError
from miaf_engine.io.envi import with_fields
from miaf_engine.io.gdal import crs_name, gdal_call, same_crs
from tests.scenes import UTM16, grid, spectra, unplaced, write_envi, write_tif


@pytest.mark.parametrize(
    "path",
    [
        "http://example.org/a.tif",
        "s3://bucket/a.tif",
        "/vsicurl/http://example.org/a.tif",
        "/VSIS3/bucket/a.tif",
        "zip+https://example.org/a.zip!a.tif",
    ],
)
def test_networks_are_refused(path):
    with pytest.raises(FileError, match="not a local file"):
        open_cube(path)


def test_what_is_no_raster(tmp_path):
    path = tmp_path / "notes.tif"
    path.write_text("milk, eggs")
    with pytest.raises(RasterFileError, match=r"not a GeoTIFF, ENVI.*convert it"):
        open_cube(path)


def test_truncated_envi(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RasterFileError, match=r"1919 bytes.*states 1920"):
        open_cube(path)


def test_truncated_envi_behind_a_header_offset(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    header = path.with_suffix(".hdr")
    header.write_text(header.read_text().replace("offset = 0", "offset = 100"))
    with pytest.raises(RasterFileError, match="states 2020"):
        open_cube(path)
    path.write_bytes(b"x" * 100 + path.read_bytes())
    np.testing.assert_array_equal(open_cube(path).read().values, spectra())


@pytest.mark.parametrize("name", ["a.dat", "a.tif"])
@pytest.mark.parametrize("crs", [None, UTM16])
def test_without_a_geotransform_rows_go_down_from_zero_as_in_qgis(tmp_path, name, crs):
    if crs and name == "a.dat":
        pytest.skip("GDAL's ENVI writer adds a geotransform to a CRS")
    write = write_envi if name == "a.dat" else write_tif
    where = replace(unplaced(), crs=crs)
    with open_cube(write(tmp_path / name, spectra(), where)) as cube:
        assert cube.grid == where
        assert cube.grid.bounds == (0, -8, 10, 0)


def test_an_identity_that_the_file_states_is_believed(tmp_path):
    stated = replace(unplaced(), transform=(1.0, 0, 0, 0, 1, 0), georeferenced=True)
    with open_cube(write_tif(tmp_path / "a.tif", spectra(), stated)) as cube:
        assert cube.grid == stated


@pytest.mark.parametrize(
    "place", ["0, 0, 0, 0", "500000, 4480000, 20, 0", "nan, nan, 20, 20"]
)
def test_pixels_without_a_size_or_place_are_refused(tmp_path, place):
    fields = {"map info": f"{{UTM, 1, 1, {place}, 16, North, WGS-84}}"}
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    header = path.with_suffix(".hdr")
    header.write_text(with_fields(header.read_text(), fields))
    with pytest.raises(RasterFileError, match=r"'a\.dat' have no size or no place"):
        open_cube(path)


def test_names_of_crs():
    assert crs_name(UTM16) == "WGS 84 / UTM zone 16N (EPSG:32616)"
    assert crs_name(None) == "no CRS"
    assert crs_name("EPSG:4326") == "EPSG:4326"
    assert same_crs(UTM16, "EPSG:32616")
    assert not same_crs(UTM16, None)
    assert same_crs(None, None)


def test_one_thread_at_a_time_calls_gdal():
    """What one reads would else decide which blocks another writes first."""
    order, waiting = [], threading.Event()

    def read():
        waiting.set()
        with gdal_call("b.tif", "read"):
            order.append("read")

    reader = threading.Thread(target=read)
    with gdal_call("a.tif", "write"), gdal_call("a.tif", "close"):
        reader.start()
        assert waiting.wait(20)
        reader.join(0.2)
        order.append("written")
    reader.join(20)
    assert order == ["written", "read"]


def test_an_error_that_another_thread_logs_is_not_of_a_raster_that_waits(tmp_path):
    waiting, written = threading.Event(), []

    def write():
        waiting.set()
        with gdal_call(tmp_path / "b.tif", "write", strict=True):
            pass
        written.append("b.tif")

    writer = threading.Thread(target=write)
    with gdal_call(tmp_path / "a.tif", "read"):
        writer.start()
        assert waiting.wait(20)
        writer.join(0.2)
        logging.getLogger("rasterio").error("of a.tif")
    writer.join(20)
    assert written == ["b.tif"]
