"""Band tables from the metadata of files."""

import pytest

from miaf_engine.cubes.band_metadata import RasterTags, read_band_table
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import CubeError
from tests.scenes import real


def envi(centres: str, unit: str | None = None, count: int = 2, **more: str):
    fields = {"wavelength": f"{{{centres}}}", **more}
    if unit is not None:
        fields["wavelength_units"] = unit
    return read_band_table(RasterTags(count, [None] * count, envi=fields))


@pytest.mark.parametrize(
    ("centres", "unit"),
    [
        ("450.5, 2400", "Nanometers"),
        ("450.5, 2400", "nm"),
        ("0.4505, 2.4", "Micrometers"),
        ("0.4505, 2.4", "µm"),
        ("0.4505, 2.4", "\u03bcm"),
        ("0.4505, 2.4", "microns"),
        ("4505, 24000", "Angstroms"),
    ],
)
def test_units(centres, unit):
    bands, notes = envi(centres, unit, fwhm="{1, 1}")
    assert bands.wavelengths_nm == pytest.approx((450.5, 2400))
    assert bands.fwhm_nm is not None
    assert notes == []


@pytest.mark.parametrize("unit", [None, "", "Unknown"])
def test_unit_guessed_and_said(unit):
    bands, notes = envi("0.45, 2.4", unit)
    assert bands.wavelengths_nm == pytest.approx((450, 2400))
    assert "micrometres" in notes[0]
    bands, notes = envi("450, 2400", unit)
    assert bands.wavelengths_nm == pytest.approx((450, 2400))
    assert "nanometres" in notes[0]


@pytest.mark.parametrize("unit", ["Wavenumber", "Wavenumbers", "cm-1", "GHz"])
def test_wavenumbers_are_refused_by_name(unit):
    with pytest.raises(CubeError, match=unit):
        envi("900, 1000", unit)


@pytest.mark.parametrize(
    ("centres", "unit", "word"),
    [
        ("450, 460, 470", "nm", "3 wavelengths for 2 bands"),
        ("0, 460", "nm", "not possible"),
        ("1, 2", "Index", "ignored"),
        ("1, 2000", "", "ignored"),
    ],
)
def test_useless_wavelengths_are_ignored_and_said(centres, unit, word):
    bands, notes = envi(centres, unit)
    assert bands.wavelengths_nm is None
    assert word in notes[0]


def test_bad_band_list():
    assert envi("450, 460", "nm", bbl="{0.0, 1.0}")[0].good == (False, True)
    for bbl, word in (("{0, 0}", "every band"), ("{1, 0, 1}", "3 entries")):
        bands, notes = envi("450, 460", "nm", bbl=bbl)
        assert bands.good == (True, True)
        assert word in notes[0]


def test_band_tags_imagery_and_descriptions():
    band_tags = [{"wavelength": "0.45"}, {"wavelength": "0.46"}]
    tags = RasterTags(
        2, ["a", "b"], dataset={"wavelength_units": "um"}, bands=band_tags
    )
    assert read_band_table(tags)[0].wavelengths_nm == pytest.approx((450, 460))
    imagery = [
        {"CENTRAL_WAVELENGTH_UM": "0.450", "FWHM_UM": "0.01"},
        {"CENTRAL_WAVELENGTH_UM": "0.460", "FWHM_UM": "0.01"},
    ]
    bands, _ = read_band_table(RasterTags(2, ["a", None], imagery=imagery))
    assert bands.wavelengths_nm == pytest.approx((450, 460))
    assert bands.fwhm_nm == pytest.approx((10, 10))
    assert bands.names == ("a", "Band 2")
    texts = ["band 1 (418.24 Nanometers)", "band 2 (423.1 Nanometers)"]
    bands, notes = read_band_table(RasterTags(2, texts))
    assert bands.wavelengths_nm == (418.24, 423.1)
    assert bands.names == ("band 1", "band 2")
    assert notes == []


@pytest.mark.parametrize(
    "texts", [["Band 1", "Band 2"], ["B (1)", "B (2)"], ["1", "2"]]
)
def test_numbers_of_bands_are_no_wavelengths(texts):
    assert read_band_table(RasterTags(2, texts))[0].wavelengths_nm is None


@pytest.mark.parametrize(
    ("name", "count", "first", "good", "fwhm"),
    [
        (
            "envi_aviris_ng/ang20150420t182808_corr_v1e_img_4200-4210_70-80.img",
            432,
            346.2995778,
            None,
            True,
        ),
        ("emit_envi/emit20250324t221005_jpl_unmix_ex", 285, 381.0055927, None, True),
        ("enmap_berlin_envi/envi", 177, 460.0, 177, False),
        ("gamsberg_envi/cubus_gamsberg_subset", 189, 426.820007, 189, True),
    ],
)
def test_real_sensors(name, count, first, good, fwhm):
    with open_cube(real(name)) as reader:
        assert reader.bands.count == count
        assert reader.bands.wavelengths_nm[0] == pytest.approx(first)
        assert (reader.bands.fwhm_nm is not None) == fwhm
        flagged = sum(reader.bands.good)
        assert flagged == good if good else 0 < flagged < count
