"""Band tables of GeoTIFFs in the conventions in use, from real files."""

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from miaf_engine.cubes.reader import open_cube
from tests.scenes import grid, spectra, write_envi, write_tif

CENTRES = (450.0, 460.5, 2400.0)
WIDTHS = (8.0, 9.0, 10.0)
MICRONS = ("0.45", "0.4605", "2.4")


def listed(values):
    return "{" + ", ".join(str(value) for value in values) + "}"


def imagery(dataset):
    for number, text in enumerate(MICRONS, 1):
        items = {
            "CENTRAL_WAVELENGTH_UM": text,
            "FWHM_UM": str(WIDTHS[number - 1] / 1e3),
        }
        dataset.update_tags(number, ns="IMAGERY", **items)


def envi_domain(dataset):
    dataset.update_tags(
        ns="ENVI",
        wavelength=listed(CENTRES),
        wavelength_units="Nanometers",
        fwhm=listed(WIDTHS),
        bbl="{1, 0, 1}",
    )


def envi_domain_micrometers(dataset):
    dataset.update_tags(
        ns="ENVI",
        wavelength=listed(MICRONS),
        wavelength_units="Micrometers",
        fwhm=listed(width / 1e3 for width in WIDTHS),
        bbl="{1, 0, 1}",
    )


def dataset_items(dataset):
    items = {
        "wavelength": listed(CENTRES),
        "wavelength units": "nm",
        "fwhm": listed(WIDTHS),
        "bbl": "{1, 0, 1,}",
    }
    dataset.update_tags(**items)


def band_items(dataset):
    for number, centre in enumerate(CENTRES, 1):
        dataset.update_tags(
            number,
            wavelength=centre,
            wavelength_units="Nanometers",
            fwhm=WIDTHS[number - 1],
            bbl=int(number != 2),
        )


def band_items_in_the_envi_domain(dataset):
    for number, centre in enumerate(CENTRES, 1):
        dataset.update_tags(
            number,
            ns="ENVI",
            wavelength=centre,
            wavelength_units="Nanometers",
            fwhm=WIDTHS[number - 1],
            bbl=int(number != 2),
        )


def descriptions(dataset):
    dataset.descriptions = [
        f"band {number} ({centre} Nanometers)" for number, centre in enumerate(CENTRES)
    ]


def descriptions_in_micrometers(dataset):
    dataset.descriptions = [f"Reflectance {text} µm" for text in MICRONS]


@pytest.mark.parametrize(
    ("write", "widths", "bad"),
    [
        (imagery, True, False),
        (envi_domain, True, True),
        (envi_domain_micrometers, True, True),
        (dataset_items, True, True),
        (band_items, True, True),
        (band_items_in_the_envi_domain, True, True),
        (descriptions, False, False),
        (descriptions_in_micrometers, False, False),
    ],
)
def test_conventions_of_geotiffs(tmp_path, write, widths, bad):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    with rasterio.open(path, "r+") as dataset:
        write(dataset)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx(CENTRES)
        found = reader.bands.fwhm_nm
        assert found == pytest.approx(WIDTHS) if widths else found is None
        assert reader.bands.good == ((True, False, True) if bad else (True,) * 3)
        assert reader.notes == ()


def test_virtual_rasters_hand_on_what_their_file_says(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    with rasterio.open(path, "r+") as dataset:
        band_items(dataset)
    rasterio.shutil.copy(path, tmp_path / "a.vrt", driver="VRT")
    with open_cube(tmp_path / "a.vrt") as reader:
        assert reader.bands.wavelengths_nm == pytest.approx(CENTRES)
        assert reader.bands.good == (True, False, True)
        assert reader.grid == grid()
        np.testing.assert_array_equal(reader.read().values, spectra(3))


def test_flags_of_single_bands_win_over_the_list(tmp_path):
    fields = {"wavelength": "{400, 500, 600}", "bbl": "{1, 0, 1}"}
    path = write_envi(tmp_path / "a.dat", spectra(3), grid(), fields)
    with rasterio.open(path, "r+") as dataset:  # As the EnMAP-Box does, in .aux.xml
        for number in (1, 2, 3):
            dataset.update_tags(number, bbl=int(number == 2))
    with open_cube(path) as reader:
        assert reader.bands.good == (False, True, False)


def test_lists_that_are_no_numbers_are_said(tmp_path):
    fields = {"wavelength": "{400, blue, 600}"}
    path = write_envi(tmp_path / "a.dat", spectra(3), grid(), fields)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm is None
        assert "not made of numbers" in reader.notes[0]


def test_text_that_is_not_utf8_is_left_out(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(note="Stra_e")
        dataset.update_tags(ns="ENVI", wavelength=listed(CENTRES))
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Stra_e", b"Stra\xdfe"))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx(CENTRES)
        np.testing.assert_array_equal(reader.read().values, spectra(3))
