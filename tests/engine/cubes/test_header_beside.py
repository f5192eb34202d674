"""ENVI headers beside rasters of other formats."""

import pytest
import rasterio

from miaf_engine.cubes.reader import open_cube
from tests.scenes import grid, spectra, write_tif

LIST = "{400, 500, 600}"
HEADER = (
    "ENVI\nsamples = 10\nlines = 8\nbands = 3\nheader offset = 0\ndata type = 4\n"
    "interleave = bsq\nbyte order = 0\nwavelength units = Nanometers\n"
    f"wavelength = {LIST}\nfwhm = {{5, 6, 7}}\nbbl = {{0, 1, 1}}\n"
    "band names = {one, two, three}\ndata ignore value = 3\n"
)


@pytest.mark.parametrize("name", ["a.hdr", "a.tif.hdr"])
def test_a_header_beside_a_raster_is_read_and_said(tmp_path, name):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    (tmp_path / name).write_text(HEADER)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (400, 500, 600)
        assert reader.bands.fwhm_nm == (5, 6, 7)
        assert reader.bands.good == (False, True, True)
        assert reader.bands.names == ("one", "two", "three")
        assert f"'{name}' beside the raster supplies" in reader.notes[0]
        assert "data ignore value" in reader.notes[0]
        # The value for no data counts in the good bands alone.
        assert reader.read().valid.all()
    (tmp_path / name).write_text(HEADER.replace("value = 3\n", "value = 81\n"))
    with open_cube(path) as reader:
        assert not reader.read().valid[0, 0]


def test_the_raster_goes_before_the_header_beside_it(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid(), nodata=-1)
    with rasterio.open(path, "r+") as dataset:
        for number, micron in enumerate((0.7, 0.8, 0.9), 1):
            dataset.update_tags(number, ns="IMAGERY", CENTRAL_WAVELENGTH_UM=micron)
    (tmp_path / "a.hdr").write_text(HEADER)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx((700, 800, 900))
        assert reader.bands.fwhm_nm is None
        assert reader.bands.good == (False, True, True)
        assert reader.read().valid.all()


@pytest.mark.parametrize("size", ["samples = 11", "lines = 9", "bands = 4"])
def test_the_header_of_another_raster_is_not_read(tmp_path, size):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    field = size.split(" = ")[0]
    lines = [size if li.startswith(field) else li for li in HEADER.split("\n")]
    (tmp_path / "a.hdr").write_text("\n".join(lines))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm is None
        assert reader.bands.good == (True,) * 3
        assert f"belongs to another raster ({size})" in reader.notes[0]


def test_a_header_to_be_mended_hides_no_side_file(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK="NO"), rasterio.open(path, "r+") as made:
        made.write_mask(spectra(1)[0] > 10)
    text = HEADER.replace("value = 3\n", "value = {-5}\n")
    (tmp_path / "a.hdr").write_text(text, "utf-8-sig")
    with open_cube(path) as reader:
        assert reader.bands.good == (False, True, True)
        valid = reader.read().valid
    assert not valid[0].any() and valid[1:].all()


def test_wavelengths_of_the_header_may_have_their_unit_in_their_name(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    text = HEADER.replace("wavelength units", "; units").replace(
        "wavelength =", "wavelength nm ="
    )
    (tmp_path / "a.hdr").write_text(text)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm is not None
        assert "wavelength nm" in reader.notes[0]
        assert not any("Rename" in note for note in reader.notes)


def test_a_misspelt_field_of_the_header_is_said(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    (tmp_path / "a.hdr").write_text(HEADER.replace("wavelength =", "wavelengths ="))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm is None
        assert any("Rename it to 'wavelength'" in note for note in reader.notes)
