"""Local files only, whole files only, and names for CRS."""

import numpy as np
import pytest

from miaf_engine.errors import FileError, RasterFileError
from miaf_engine.gdal_access import crs_name, same_crs
from miaf_engine.raster import open_cube
from tests.scenes import UTM16, grid, spectra, write_envi


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


def test_truncated_envi(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RasterFileError, match=r"1919 bytes.*promises 1920"):
        open_cube(path)


def test_truncated_envi_behind_a_header_offset(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    header = path.with_suffix(".hdr")
    header.write_text(header.read_text().replace("offset = 0", "offset = 100"))
    with pytest.raises(RasterFileError, match="promises 2020"):
        open_cube(path)
    path.write_bytes(b"x" * 100 + path.read_bytes())
    np.testing.assert_array_equal(open_cube(path).read().values, spectra())


def test_names_of_crs():
    assert crs_name(UTM16) == "WGS 84 / UTM zone 16N (EPSG:32616)"
    assert crs_name(None) == "no CRS"
    assert crs_name("EPSG:4326") == "EPSG:4326"
    assert same_crs(UTM16, "EPSG:32616")
    assert not same_crs(UTM16, None)
    assert same_crs(None, None)
