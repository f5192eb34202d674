"""ENVI files in archives are read as they are, or refused."""

import zipfile

import numpy as np
import pytest

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import FileError, RasterFileError
from miaf_engine.io.envi import with_fields
from tests import tiny


@pytest.fixture
def zipped(tmp_path):
    """Return a function that puts a cube with a changed header into an archive."""

    def pack(drop="", name="in/a.dat", **changes):
        cube = tiny.write_cube(tmp_path / "a.dat")
        text = cube.with_suffix(".hdr").read_text()
        text = with_fields(text, {k.replace("_", " "): v for k, v in changes.items()})
        if drop:
            text = "".join(
                line for line in text.splitlines(True) if not line.startswith(drop)
            )
        with zipfile.ZipFile(tmp_path / "z.zip", "w") as opened:
            opened.write(cube, name)
            opened.writestr("in/a.hdr", text)
        return f"/vsizip/{tmp_path}/z.zip/{name}"

    return pack


def test_a_sound_file_is_read(zipped):
    with open_cube(zipped()) as reader:
        np.testing.assert_array_equal(reader.read().values, tiny.cube())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"major_frame_offsets": "{4, 4}"}, r"z\.zip/in/a\.hdr' states 'major frame"),
        ({"drop": "byte order"}, r"z\.zip/in/a\.hdr' has no field 'byte order'"),
        ({"lines": "23"}, r"z\.zip/in/a\.dat' has \d+ bytes, but its header states"),
        ({"lines": "25"}, "header states"),
        ({"data_ignore_value": "{-9999}"}, r"misread.*a\.hdr'.*Unpack the archive"),
    ],
)
def test_what_gdal_would_misread_is_refused(zipped, changes, words):
    with pytest.raises(RasterFileError, match=words) as caught:
        open_cube(zipped(**changes))
    assert "header.hdr" not in str(caught.value)


def test_a_header_beside_a_geotiff_is_not_passed_over(tmp_path):
    cube = tiny.write_cube(tmp_path / "a.tif")
    header = tiny.write_cube(tmp_path / "b.dat").with_suffix(".hdr")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as opened:
        opened.write(cube, "a.tif")
        opened.write(header, "a.hdr")
    with pytest.raises(RasterFileError, match=r"a\.hdr' lies beside.*Unpack"):
        open_cube(f"/vsizip/{tmp_path}/z.zip/a.tif")


@pytest.mark.parametrize("kind", ["tar", "gzip", "7z", "rar"])
def test_other_archives_are_called_so(kind):
    with pytest.raises(FileError, match=r"Only \.zip archives.*Unpack it"):
        open_cube(f"/vsi{kind}//data/a.{kind}/b.tif")


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tif.gz"])
def test_an_archive_in_place_of_a_raster(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\3\4" + bytes(100))
    with pytest.raises(RasterFileError, match=r"is not a GeoTIFF.*Unpack it"):
        open_cube(tmp_path / name)
