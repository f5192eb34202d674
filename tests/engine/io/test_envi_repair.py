"""ENVI headers that GDAL would misread in silence are mended or refused."""

import codecs

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import RasterFileError
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.io.envi_repair import header_notes
from tests.raw_envi import write_raw_envi
from tests.scenes import grid, pattern, spectra, write_envi


def cube(folder, *, drop=(), **fields):
    """Write a cube of 3 bands; fields are added, or left out, in its header."""
    named = {name.replace("_", " "): value for name, value in fields.items()}
    path = write_raw_envi(folder / "a.dat", spectra(3), grid(), "bsq", "<")
    header = path.with_suffix(".hdr")
    lines = [
        line
        for line in header.read_text("utf-8").split("\n")
        if line.split("=")[0].strip() not in (*drop, *named)
    ]
    lines[-1:] = [f"{name} = {value}" for name, value in named.items()]
    header.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("value", ["{64, 32}", "{0, 1}", "16", "{64,0}"])
@pytest.mark.parametrize("field", ["major_frame_offsets", "minor_frame_offsets"])
def test_frame_offsets_are_refused(tmp_path, field, value):
    with pytest.raises(RasterFileError, match=f"{field.replace('_', ' ')} = "):
        open_cube(cube(tmp_path, **{field: value}))


def test_frame_offsets_of_0_do_no_harm(tmp_path):
    path = cube(tmp_path, major_frame_offsets="{0, 0}", minor_frame_offsets="0")
    with open_cube(path) as reader:
        np.testing.assert_array_equal(reader.read().values, spectra(3))


@pytest.mark.parametrize(
    "field", ["samples", "lines", "bands", "data type", "interleave", "byte order"]
)
def test_mandatory_fields(tmp_path, field):
    with pytest.raises(RasterFileError, match=f"has no field '{field}'"):
        open_cube(cube(tmp_path, drop=[field]))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("data_type", "7"),
        ("data_type", "float"),
        ("interleave", "bandwise"),
        ("byte_order", "2"),
        ("byte_order", "little"),
        ("header_offset", "none"),
        ("header_offset", "-4"),
        ("bands", "0"),
        ("lines", "eight"),
    ],
)
def test_values_that_a_field_cannot_have(tmp_path, field, value):
    name = field.replace("_", " ")
    with pytest.raises(RasterFileError, match=f"says '{name} = {value}'"):
        open_cube(cube(tmp_path, **{field: value}))


@pytest.mark.parametrize(
    ("extra", "words"), [(-1, "cut short"), (1, "1 more than the"), (960, "960 more")]
)
def test_the_file_has_the_size_that_its_header_says(tmp_path, extra, words):
    path = cube(tmp_path)
    content = path.read_bytes()
    path.write_bytes((content + b"\1" * 960)[: len(content) + extra])
    with pytest.raises(RasterFileError, match=words):
        open_cube(path)


def test_a_class_map_is_held_to_its_header_too(tmp_path):
    path = write_envi(tmp_path / "a.dat", pattern(grid())[None].astype("u1"), grid())
    header = path.with_suffix(".hdr")
    text = header.read_text("utf-8").replace("interleave = bsq\n", "")
    header.write_text(text, "utf-8")
    with pytest.raises(RasterFileError, match="has no field 'interleave'"):
        read_class_map(path)


@pytest.mark.parametrize(
    "text",
    ["{-9999}", '"-9999"', "{ -9999.0 }", "{-9999, -9999, -9999}", "-9999 ; fill",
     "-9.999D+03", "-9999,0", "(-9999)"],
)  # fmt: skip
def test_ignore_values_that_gdal_takes_for_0_are_read(tmp_path, text):
    path = cube(tmp_path, data_ignore_value=text)
    values = spectra(3)
    values[:, :2], values[:, 2, 0] = -9999, 0
    path.write_bytes(values.tobytes())
    with open_cube(path) as reader:
        valid = reader.read().valid
        assert reader.notes == ()
    assert valid[2:].all()
    assert not valid[:2].any()


@pytest.mark.parametrize("text", ["none", "n/a", "{}", "fill", "{-9999, -1, 0}", "nil"])
def test_an_ignore_value_that_is_no_number_is_none_and_said(tmp_path, text):
    path = cube(tmp_path, data_ignore_value=text)
    values = spectra(3)
    values[:, 0, 0] = 0
    path.write_bytes(values.tobytes())
    with open_cube(path) as reader:
        assert reader.read().valid.all()
        assert f"data ignore value = {text}" in reader.notes[0]


@pytest.mark.parametrize("text", ["{8}", '"8"', "8 ; bytes"])
def test_numbers_in_dress_are_numbers(tmp_path, text):
    path = cube(tmp_path, header_offset=text)
    path.write_bytes(b"\1" * 8 + path.read_bytes())
    with open_cube(path) as reader:
        np.testing.assert_array_equal(reader.read().values, spectra(3))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: ("\n  " + text).encode(),
        lambda text: text.replace("ENVI\n", "Envi\n", 1).encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-16"),
        lambda text: text.replace("\n", "\r").encode(),
    ],
    ids=["bom", "utf16", "utf16be", "no bom", "no bom be", "blank", "case", "crlf",
         "cr"],
)  # fmt: skip
def test_headers_as_editors_save_them(tmp_path, encode):
    path = cube(tmp_path, wavelength="{400, 500, 600}", wavelength_units="nm")
    header = path.with_suffix(".hdr")
    header.write_bytes(encode(header.read_text("utf-8")))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (400, 500, 600)
        assert reader.grid == grid()
        np.testing.assert_array_equal(reader.read().values, spectra(3))


@pytest.mark.parametrize(
    "line",
    ["; old wavelength = {", ";wavelength = {1, 2,", "  ; data type = 1",
     "note = a { b", "Data  Type = 4"],
)  # fmt: skip
def test_a_comment_hides_nothing(tmp_path, line):
    path = cube(tmp_path, wavelength="{400, 500, 600}", wavelength_units="nm")
    header = path.with_suffix(".hdr")
    lines = header.read_text("utf-8").split("\n")
    header.write_text("\n".join([lines[0], line, *lines[1:]]), "utf-8")
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (400, 500, 600)
        np.testing.assert_array_equal(reader.read().values, spectra(3))


def test_a_list_without_its_closing_brace_is_named(tmp_path):
    path = cube(tmp_path, wavelength="{400, 500, 600", bbl="{1, 0, 1}")
    with pytest.raises(RasterFileError, match=r"list 'wavelength'.*no closing brace"):
        open_cube(path)


def test_a_description_without_its_closing_brace_is_named_first(tmp_path):
    path = cube(tmp_path)
    header = path.with_suffix(".hdr")
    text = header.read_text().replace("ENVI\n", "ENVI\ndescription = { flight 3\n", 1)
    header.write_text(text + "wavelength = {400, 500, 600}\n")
    with pytest.raises(RasterFileError, match=r"list 'description'.*no closing brace"):
        open_cube(path)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("wavelengths", "wavelength"),
        ("wave length", "wavelength"),
        ("wavelength_uint", "wavelength units"),
        ("bad bands list", "bbl"),
        ("data ignore values", "data ignore value"),
        ("band_name", "band names"),
        ("center wavelengths", "wavelength"),
        ("nodata value", "data ignore value"),
        ("_FillValue", "data ignore value"),
    ],
)
def test_misspelt_fields_are_said(tmp_path, name, meant):
    (note,) = header_notes({name: "1", "samples": "4", "sensor type": "x"})
    assert f"Rename it to '{meant}'" in note
    assert header_notes({name: "1", meant: "2"}) == []
    path = cube(tmp_path, drop=["band names"], **{name: "{1, 2, 3}"})
    with open_cube(path) as reader:
        assert f"Rename it to '{meant}'" in reader.notes[0]


def test_a_compressed_file_that_is_none_is_named(tmp_path):
    path = cube(tmp_path, **{"file compression": "1"})
    with pytest.raises(RasterFileError, match="states that it is compressed"):
        open_cube(path)


def test_the_header_that_gdal_takes_is_the_one_that_is_checked(tmp_path):
    path = cube(tmp_path, wavelength="{400, 500, 600}", wavelength_units="nm")
    short, long = path.with_suffix(".hdr"), tmp_path / "a.dat.hdr"
    long.write_text(short.read_text("utf-8").replace("{400,", "{410,"), "utf-8")
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (410, 500, 600)
    with rasterio.open(path) as dataset:
        assert str(long) in dataset.files
    long.write_text(long.read_text("utf-8") + "major frame offsets = {1, 1}\n")
    with pytest.raises(RasterFileError, match=r"a\.dat\.hdr.*major frame offsets"):
        open_cube(path)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("minor frame offsets", "{2, 2}", "minor frame offsets"),
        ("header offset", "8", "cut short"),
    ],
)
def test_what_a_virtual_raster_is_made_of_is_checked_too(tmp_path, field, value, words):
    path = cube(tmp_path)
    rasterio.shutil.copy(path, tmp_path / "a.vrt", driver="VRT")
    with open_cube(tmp_path / "a.vrt") as reader:
        np.testing.assert_array_equal(reader.read().values, spectra(3))
    header = path.with_suffix(".hdr")
    header.write_text(header.read_text("utf-8") + f"{field} = {value}\n", "utf-8")
    with pytest.raises(RasterFileError, match=words):
        open_cube(tmp_path / "a.vrt")
