"""The text of ENVI headers."""

import re

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import RasterFileError
from miaf_engine.io import envi
from miaf_engine.io.envi_repair import mended, readable
from miaf_engine.io.gdal import gdal_call
from tests.scenes import CLASSES, grid, spectra, write_envi

TEXT = """ENVI
description = {
a map}
Samples   = 10
wavelength = { 400.5 , 410 ,
 420 }
file type = ENVI Standard
"""


def test_fields_and_lists():
    fields = envi.fields(TEXT)
    assert fields["samples"] == "10"
    assert fields["file type"] == "ENVI Standard"
    assert envi.listed(fields["wavelength"]) == ["400.5", "410", "420"]
    assert envi.listed("{}") == []


def test_fields_are_replaced_or_added():
    text = envi.with_fields(TEXT, {"samples": "12", "classes": "3"})
    fields = envi.fields(text)
    assert (fields["samples"], fields["classes"]) == ("12", "3")
    assert fields["file type"] == "ENVI Standard"
    assert text.startswith("ENVI\n")


@given(st.lists(st.text("ab, {}=\n\\1é", min_size=1), min_size=1, max_size=4))
def test_no_name_breaks_the_header(names):
    plain = [envi.plain_name(name) or "x" for name in names]
    text = envi.with_fields(TEXT, {"class names": "{" + ",".join(plain) + "}"})
    fields = envi.fields(text)
    assert envi.listed(fields["class names"]) == plain
    assert fields["file type"] == "ENVI Standard"


def test_class_fields():
    fields = envi.class_fields(CLASSES)
    assert fields["classes"] == "6"
    assert len(envi.listed(fields["class lookup"])) == 18
    assert envi.listed(fields["class names"])[:2] == ["Unclassified", "Wheat"]


def test_headers_in_latin_1_are_read(tmp_path):
    path = tmp_path / "a.hdr"
    path.write_bytes("ENVI\ndescription = {Flüche}\n".encode("latin-1"))
    assert envi.read_fields(path)["description"] == "{Flüche}"


def with_header(path, fields):
    header = path.with_suffix(".hdr")
    text = re.sub(r"band names = \{[^}]*\}\n", "", header.read_text("utf-8"))
    lines = text.splitlines()
    header.write_text("\n".join([lines[0], *fields, *lines[1:]]) + "\n", "utf-8")
    return header


@pytest.mark.parametrize("name", ["a.dat", "Flug 3 ß&<.img"])
def test_nothing_after_a_long_line_is_lost(tmp_path, name):
    values = spectra(300, 4, 5)
    values[:, 1, 1] = -5
    path = write_envi(tmp_path / name, values, grid(4, 5, rotation=30))
    names = ", ".join(f"a rather long name for the band number {n}" for n in range(300))
    header = with_header(
        path,
        [
            f"band names = {{{names}}}",
            "data ignore value = -5",
            f"wavelength = {{{', '.join(str(400.5 + n) for n in range(300))}}}",
            "wavelength units = nm",
        ],
    )
    assert mended(header) is not None
    with open_cube(path) as reader:
        cube = reader.read()
    np.testing.assert_array_equal(cube.values[:, 0], values[:, 0])
    assert not cube.valid[1, 1]
    assert cube.valid.sum() == 19
    assert cube.bands.wavelengths_nm[299] == 699.5
    assert cube.bands.names[7] == "a rather long name for the band number 7"
    assert cube.grid.crs == grid().crs
    np.testing.assert_allclose(cube.grid.transform, grid(4, 5, rotation=30).transform)


def test_latin_letters(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(2), grid())
    header = with_header(path, ["description = {Stra\u00dfe}"])
    text = header.read_text("utf-8") + "\nwavelength = {0.4, 0.5}\n"
    text += "wavelength units = \u00b5m\nband names = {gr\u00fcn, rot}\n"
    header.write_bytes(text.encode("latin-1"))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx((400, 500))
        assert reader.bands.names == ("gr\u00fcn", "rot")
        assert reader.grid == grid()
        np.testing.assert_array_equal(reader.read().values, spectra(2))


def test_what_lies_beside_the_file_comes_along(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(2), grid())
    with_header(path, ["description = {" + "x, " * 5000 + "}"])
    path.with_name("a.dat.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><NoDataValue>1</NoDataValue>'
        "</PAMRasterBand></PAMDataset>"
    )
    with open_cube(path) as reader:
        assert not reader.read().valid[0, 0]


def test_a_sound_header_is_left_alone(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(2), grid())
    assert mended(path.with_suffix(".hdr")) is None
    with readable(path) as name:
        assert name == str(path)
    other = path.with_suffix(".hdr")
    other.write_bytes(b"no header \xff")
    assert mended(other) is None


def test_a_line_that_cannot_be_broken_is_refused(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(2), grid())
    header = with_header(path, ["description two = {" + "x" * 10_000 + "}"])
    with pytest.raises(RasterFileError, match="a line of 10020 characters"):
        mended(header)


def test_nothing_stays_in_memory(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(2), grid())
    with_header(path, ["description two = {" + "x, " * 5000 + "}"])
    with gdal_call(path, "open"), readable(path) as name:
        inside = name.removeprefix("/vsisparse/")
        with rasterio.open(name) as dataset:
            assert dataset.count == 2
    for gone in (name, inside, f"{inside}.hdr.real"):
        with pytest.raises(RasterFileError), gdal_call(gone, "open"):
            rasterio.open(gone)
