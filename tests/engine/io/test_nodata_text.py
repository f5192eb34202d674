"""Nodata values that are no numbers: said, and never read as 0."""

import shutil

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import RasterFileError
from tests import tiny

ODD = ("none", "{-9999}", "-3,4e38", "fill", "0x10", "-9999;")
FINE = ("-9999", " -9999.0 ", "-3.4E+38", "nan", "-nan(ind)", "-1.#IND", "inf", ".5")


def geotiff(path, text, **more):
    """Write a cube whose nodata tag is a text of the length of another."""
    number = "-98765432"
    tiny.write_cube(path)
    with rasterio.open(path) as dataset:
        profile, values = {**dataset.profile, **more}, dataset.read()
    with rasterio.open(path, "w", **{**profile, "nodata": float(number)}) as dataset:
        dataset.write(values)
    content = path.read_bytes()
    assert content.count(number.encode()) == 1
    path.write_bytes(content.replace(number.encode(), text.ljust(9, "\0").encode()))
    return path


def virtual(path, text, element="NoDataValue"):
    """Write a VRT of a cube with a nodata value in text."""
    tiny.write_cube(path.with_suffix(".tif"))
    with rasterio.Env():
        rasterio.shutil.copy(path.with_suffix(".tif"), path, driver="VRT")
    band, end = "</VRTRasterBand>", f"<{element}>{text}</{element}>"
    if element == "NODATA":
        band, end = "</SimpleSource>", f"{end}"
    path.write_text(path.read_text().replace(band, end + band, 1))
    return path


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("more", [{}, {"BIGTIFF": "YES"}, {"ENDIANNESS": "BIG"}])
def test_text_in_the_tag_of_a_geotiff_is_refused(tmp_path, text, more):
    path = geotiff(tmp_path / "a.tif", text, **more)
    with pytest.raises(RasterFileError, match="which is not a number") as caught:
        open_cube(path)
    assert f"'{text}'" in str(caught.value) and "-unsetnodata" in caught.value.hint


@pytest.mark.parametrize("text", FINE)
def test_a_number_as_any_program_writes_it_is_read(tmp_path, text):
    path = geotiff(tmp_path / "a.tif", text[:9])
    with open_cube(path) as reader:
        assert reader.read().valid.all()


@pytest.mark.parametrize("element", ["NoDataValue", "NODATA"])
@pytest.mark.parametrize("text", ODD)
def test_text_in_a_vrt_is_refused(tmp_path, text, element):
    with pytest.raises(RasterFileError, match=r"a\.vrt' states the nodata value"):
        open_cube(virtual(tmp_path / "a.vrt", text, element))


def test_numbers_in_a_vrt_are_read(tmp_path):
    for text in FINE:
        with open_cube(virtual(tmp_path / "a.vrt", text)) as reader:
            np.testing.assert_array_equal(reader.read().values, tiny.cube())


def test_text_in_a_source_and_in_a_side_file_is_refused(tmp_path):
    path = virtual(tmp_path / "a.vrt", "-9999")
    geotiff(tmp_path / "a.tif", "none")
    with pytest.raises(
        RasterFileError, match=r"a\.tif' states the nodata value 'none'"
    ):
        open_cube(path)
    image = tiny.write_cube(tmp_path / "b.tif")
    side = "<PAMDataset><PAMRasterBand band='1'><NoDataValue>void</NoDataValue>"
    (tmp_path / "b.tif.aux.xml").write_text(f"{side}</PAMRasterBand></PAMDataset>")
    with pytest.raises(
        RasterFileError, match=r"aux\.xml' states the nodata value 'void'"
    ):
        open_cube(image)


def test_files_cut_short_are_left_to_gdal(tmp_path):
    whole = geotiff(tmp_path / "a.tif", "-9999")
    for length in (0, 3, 8, 9, 12, 40):
        part = tmp_path / "part.tif"
        shutil.copy(whole, part)
        with part.open("r+b") as file:
            file.truncate(length)
        with pytest.raises(RasterFileError, match=r"part\.tif"):
            open_cube(part)
