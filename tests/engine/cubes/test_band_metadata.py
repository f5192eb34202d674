"""Band tables from the metadata of files."""

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from miaf_engine.cubes.band_metadata import (
    RasterTags,
    nm_per_unit,
    plain_unit,
    read_band_table,
    read_enmap_bands,
)
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import CubeError, RasterFileError
from tests.scenes import grid, real, spectra, write_envi, write_tif

CENTRES_OF_BAND_SOURCES = (450.0, 460.5, 2400.0)
MICRONS = ("0.45", "0.4605", "2.4")


def listed(values):
    return "{" + ", ".join(str(value) for value in values) + "}"


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
        ("450, 460, 470", "nm", "number (3) is not that of the bands (2)"),
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
    for bbl, word in (("{0, 0}", "every band"), ("{1, 0, 1}", "length (3)")):
        bands, notes = envi("450, 460", "nm", bbl=bbl)
        assert bands.good == (True, True)
        assert word in notes[0]


@pytest.mark.parametrize(
    "bbl",
    ["{True, False, True}", "{true, false, true}", "{'1', '0', '1'}", "[1, 0, 1]"],
)
def test_bad_band_lists_of_other_programs(bbl):
    bands, notes = envi("450, 460, 470", "nm", 3, bbl=bbl)
    assert bands.good == (True, False, True)
    assert notes == []


@pytest.mark.parametrize("bbl", ["{good, bad, good}", "{1, , 1}"])
def test_a_bad_band_list_that_is_no_numbers_is_said(bbl):
    bands, notes = envi("450, 460, 470", "nm", 3, bbl=bbl)
    assert bands.good == (True, True, True)
    assert notes[0].startswith("The bad band list is ignored because it has entries")


def test_nothing_is_said_of_wavelengths_where_no_band_has_one():
    table, notes = read_band_table(RasterTags(3, [None] * 3, envi={"bbl": "{1, 0, 1}"}))
    assert table.good == (True, False, True)
    assert notes == []


def test_a_flag_of_one_band_leaves_those_of_the_others():
    bands = [{}, {"bbl": "0"}, {}]
    table, notes = read_band_table(RasterTags(3, [None] * 3, bands=bands))
    assert table.good == (True, False, True)
    tags = RasterTags(3, [None] * 3, envi={"bbl": "{0, 1, 1}"}, bands=bands)
    table, more = read_band_table(tags)
    assert table.good == (False, False, True)
    assert notes == more == []


@pytest.mark.parametrize("unit", ["Nanometers (nm)", "'Nanometers'", "{Nanometers}"])
@pytest.mark.parametrize("centres", ['"450", "460"', "'450', '460'", "[450, 460]"])
def test_quotes_and_brackets_around_numbers_and_units(centres, unit):
    bands, notes = envi(centres, unit)
    assert bands.wavelengths_nm == (450, 460)
    assert notes == []


@pytest.mark.parametrize("name", ["wavelength unit", "Wavelength_Unit"])
def test_the_unit_may_be_called_so_too(tmp_path, name):
    fields = {"wavelength": "{0.45, 0.46, 0.47}", name: "um"}
    path = write_envi(tmp_path / "a.dat", spectra(3), grid(), fields)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx((450, 460, 470))
        assert reader.notes == ()


@pytest.mark.parametrize(
    ("before", "after", "by"), [("[ ", "]", "   "), ("{", "}", " "), ("[", " ]", ", ")]
)
def test_arrays_as_numpy_and_matlab_print_them(tmp_path, before, after, by):
    """https://github.com/EnSpec/HyTools-sandbox/issues/4."""

    def printed(*numbers):
        return f"{before}{by.join(numbers[:2])}{by}\n  {numbers[2]}{after}"

    fields = {
        "wavelength": printed("365.93", "375.6", "385."),
        "wavelength units": "nm",
        "bbl": printed("1", "0", "1"),
        "sensor type": "[test",
        "data ignore value": "-9999",
    }
    path = write_envi(tmp_path / "a.dat", spectra(3), grid(), fields)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (365.93, 375.6, 385)
        assert reader.bands.good == (True, False, True)
        assert reader.notes == ()
        assert reader._pixels.nodata == (-9999,) * 3


def test_comments_within_lists(tmp_path):
    fields = {
        "wavelength": "{400,\n; green\n 500, 600}",
        "wavelength units": "nm",
        "bbl": "{1,\n  ; noisy\n0, 1}",
    }
    path = write_envi(tmp_path / "a.dat", spectra(3), grid(), fields)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (400, 500, 600)
        assert reader.bands.good == (True, False, True)
        assert reader.notes == ()


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


def test_layers_of_quality_behind_the_bands_have_no_wavelength():
    centres = [{"CENTRAL_WAVELENGTH_UM": text} for text in ("0.45", "0.46", "0.47")]
    for said in ({}, {"CENTRAL_WAVELENGTH_UM": "0"}):
        tags = RasterTags(4, ["a", "b", "c", "cloud"], imagery=[*centres, said])
        table, notes = read_band_table(tags)
        assert table.wavelengths_nm[:3] == pytest.approx((450, 460, 470))
        assert table.good == (True, True, True, False)
        assert "left out like bad bands: 1" in notes[0]


def test_items_of_gdal_in_the_default_domain():
    items = [
        {"CENTRAL_WAVELENGTH_UM": text, "FWHM_UM": "0.01"} for text in ("0.4", "0.5")
    ]
    table, _ = read_band_table(RasterTags(2, ["a", "b"], bands=items))
    assert table.wavelengths_nm == pytest.approx((400, 500))
    assert table.fwhm_nm == pytest.approx((10, 10))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("wavelength_nm", ("450", "460.5", "2400")),
        ("Wavelength (nm)", ("450", "460.5", "2400")),
        ("wavelength [um]", MICRONS),
        ("central_wavelength_um", MICRONS),
        ("Central Wavelength", ("450 nm", "460.5 nm", "2400 nm")),
        ("center_wavelength", ("0.45 um", "0.4605 um", "2.4 um")),
        ("wavelength", ("450 nm", "460,5 nm", "2400nm")),
    ],
)
def test_wavelengths_under_other_names_and_with_their_unit(tmp_path, name, texts):
    """As update_tags(1, wavelength_nm=450.0) of rasterio leaves them."""
    path = write_tif(tmp_path / "bands.tif", spectra(3), grid())
    with rasterio.open(path, "r+") as dataset:
        for number, text in enumerate(texts, 1):
            dataset.update_tags(number, **{name: text})
    listed_once = write_tif(tmp_path / "list.tif", spectra(3), grid())
    with rasterio.open(listed_once, "r+") as dataset:
        dataset.update_tags(**{name: listed(text.replace(",", ".") for text in texts)})
    for made in (path, listed_once):
        with open_cube(made) as reader:
            assert reader.bands.wavelengths_nm == pytest.approx(CENTRES_OF_BAND_SOURCES)
            assert reader.notes == ()


def test_widths_are_read_in_the_unit_of_their_wavelengths():
    for widths, expected in ((("8 nm", "9"), (8, 9)), (("0.008 um", "9 nm"), None)):
        items = [
            {"wavelength": "450 nm", "fwhm": widths[0]},
            {"wavelength": "460 nm", "fwhm": widths[1]},
        ]
        table, _ = read_band_table(RasterTags(2, ["a", "b"], bands=items))
        assert table.wavelengths_nm == (450, 460)
        assert table.fwhm_nm == expected


@pytest.mark.parametrize(
    "items",
    [
        {"wavelength_range": "400"},
        {"wavelength_index": "401"},
        {"min_wavelength": "402"},
        {"wavelength_nm_error": "403"},
        {"wavelength_nm": "unknown"},
        {"central_wavelength": ""},
    ],
)
def test_other_items_of_wavelengths_are_not_those_of_the_bands(items):
    table, _ = read_band_table(RasterTags(2, ["a", "b"], bands=[items] * 2))
    assert table.wavelengths_nm is None


def test_one_wavelength_of_a_whole_raster_is_none_of_its_bands():
    tags = RasterTags(2, ["450 nm", "460 nm"], dataset={"central_wavelength": "455"})
    table, notes = read_band_table(tags)
    assert table.wavelengths_nm == (450, 460)
    assert notes == []


@pytest.mark.parametrize(
    "texts",
    [
        ["406.99 nm", "1601.25 nm"],
        ["b406.99", "b1601.25"],
        ["X406.99", "X1601.25"],  # names of R
        ["X0.40699", "X1.60125"],
        ["X406.99.nm", "X1601.25.nm"],
        ["band.1..406.99.Nanometers.", "band.2..1601.25.Nanometers."],
        ["Reflectance_406.99_nm", "Reflectance_1601.25_nm"],
        ["406.99nm_corrected", "1601.25nm_corrected"],
        ["wl_406.99", "wl_1601.25"],
        ["Wavelength: 406.99", "Wavelength: 1601.25"],
        ["Band 1 - 406.99", "Band 2 - 1601.25"],
        ["406,99 nm", "1601,25 nm"],
        ["4.0699e+02 nm", "1.60125e+03 nm"],
    ],
)
def test_wavelengths_in_the_names_of_bands(texts):
    bands, _ = read_band_table(RasterTags(2, texts))
    assert bands.wavelengths_nm == pytest.approx((406.99, 1601.25))


def test_whole_wavelengths_in_names_need_a_word():
    for word in ("wl_{}", "wl{}", "nm{}", "Wavelength {}", "R_wl{}"):
        texts = [word.format(n) for n in (407, 1601)]
        assert read_band_table(RasterTags(2, texts))[0].wavelengths_nm == (407, 1601)


@pytest.mark.parametrize(
    "texts",
    [
        ["Band 1", "Band 2"],
        ["B (1)", "B (2)"],
        ["1", "2"],
        ["B1.1", "B1.2"],
        ["PC1.0", "PC2.0"],
        ["B401", "B402"],
        ["NDVI 800.5", "EVI 800.5"],
        ["wl_1", "wl_2"],
        ["1,601.25 nm", "1,611.25 nm"],
    ],
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


NAME = "ENMAP01-____L2A-DT0000001867_20220724T104526Z_008_V010302_20230628T165614Z"


CENTRES = (418.24, 423.874, 429.294)


def product(folder, gains=("0.0001",) * 3, bands=3, centres=CENTRES):
    """Write an image and metadata of the form that the product has."""
    values = spectra(bands).astype("int16")
    image = write_tif(
        folder / f"{NAME}-SPECTRAL_IMAGE.TIF", values, grid(), nodata=-32768
    )
    items = "".join(
        f'<bandID number="{n}"><wavelengthCenterOfBand>{centre}'
        f"</wavelengthCenterOfBand><FWHMOfBand>6.99</FWHMOfBand><GainOfBand>{gain}"
        "</GainOfBand><OffsetOfBand>0</OffsetOfBand></bandID>"
        for n, (centre, gain) in enumerate(zip(centres, gains, strict=True), 1)
    )
    (folder / f"{NAME}-METADATA.XML").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><level_X><specific>'
        f"<bandCharacterisation>{items}</bandCharacterisation></specific></level_X>"
    )
    return image


def test_wavelengths_come_from_the_metadata(tmp_path):
    with open_cube(product(tmp_path)) as reader:
        assert reader.bands.wavelengths_nm == CENTRES
        assert reader.bands.fwhm_nm == (6.99,) * 3
        assert reader.notes == ()
        np.testing.assert_array_equal(reader.read().values, spectra(3))


def test_gains_of_single_bands_are_applied(tmp_path):
    with open_cube(product(tmp_path, gains=("0.1", "0.2", "0.3"))) as reader:
        assert "differ between the bands" in reader.notes[0]
        factors = np.array([0.1, 0.2, 0.3])[:, None, None]
        np.testing.assert_allclose(reader.read().values, spectra(3) * factors)


def test_another_number_of_bands_is_said(tmp_path):
    with open_cube(product(tmp_path, bands=4)) as reader:
        assert reader.bands.wavelengths_nm is None
        assert "number (3) is not that of the bands (4)" in reader.notes[0]


def test_other_names_and_damaged_metadata(tmp_path):
    image = product(tmp_path)
    other = image.rename(tmp_path / "other.tif")
    assert read_enmap_bands(other) is None
    (tmp_path / f"{NAME}-METADATA.XML").write_text("<level_X>")
    other.rename(image)
    with pytest.raises(RasterFileError, match=r"METADATA\.XML"):
        open_cube(image)


WIDTHS = (8.0, 9.0, 10.0)


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
        wavelength=listed(CENTRES_OF_BAND_SOURCES),
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
        "wavelength": listed(CENTRES_OF_BAND_SOURCES),
        "wavelength units": "nm",
        "fwhm": listed(WIDTHS),
        "bbl": "{1, 0, 1,}",
    }
    dataset.update_tags(**items)


def band_items(dataset):
    for number, centre in enumerate(CENTRES_OF_BAND_SOURCES, 1):
        dataset.update_tags(
            number,
            wavelength=centre,
            wavelength_units="Nanometers",
            fwhm=WIDTHS[number - 1],
            bbl=int(number != 2),
        )


def band_items_in_the_envi_domain(dataset):
    for number, centre in enumerate(CENTRES_OF_BAND_SOURCES, 1):
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
        f"band {number} ({centre} Nanometers)"
        for number, centre in enumerate(CENTRES_OF_BAND_SOURCES)
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
        assert reader.bands.wavelengths_nm == pytest.approx(CENTRES_OF_BAND_SOURCES)
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
        assert reader.bands.wavelengths_nm == pytest.approx(CENTRES_OF_BAND_SOURCES)
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
    fields = {"wavelength": "{blue, green, red}"}
    path = write_envi(tmp_path / "a.dat", spectra(3), grid(), fields)
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm is None
        assert "entries that are not numbers" in reader.notes[0]


def test_text_that_is_not_utf8_is_left_out(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(note="Stra_e")
        dataset.update_tags(ns="ENVI", wavelength=listed(CENTRES_OF_BAND_SOURCES))
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Stra_e", b"Stra\xdfe"))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx(CENTRES_OF_BAND_SOURCES)
        np.testing.assert_array_equal(reader.read().values, spectra(3))


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("Nanometers", 1), ("NM", 1), ("um", 1e3), ("Micrometers", 1e3),
        ("micron", 1e3), ("Micrometres", 1e3), ("Millimeters", 1e6), ("m", 1e9),
        ('"Nanometers"', 1),
    ],
)  # fmt: skip
def test_known_units(unit, factor):
    notes = []
    assert nm_per_unit([500 / factor, 600 / factor], unit, notes) == factor
    assert notes == []


@pytest.mark.parametrize(
    ("centres", "unit", "guess"),
    [
        ("450, 2400", "Micrometers", "nanometres"),
        ("0.45, 2.4", "Nanometers", "micrometres"),
        ("450, 2400", "m", "nanometres"),
    ],
)
def test_a_unit_that_cannot_be_is_said_and_guessed_anew(centres, unit, guess):
    bands, notes = envi(centres, unit)
    assert bands.wavelengths_nm == pytest.approx((450, 2400))
    (note,) = notes
    assert f"in '{unit}' are not possible" in note and guess in note


def test_thermal_infrared_is_in_micrometres():
    bands, notes = envi("7.5, 13.2", "Micrometers")
    assert bands.wavelengths_nm == pytest.approx((7500, 13200))
    assert notes == []


@pytest.mark.parametrize(
    "unit", ["Wavenumber", "cm-1", "GHz", "MHz", "Gigahertz", "Megahertz", "1/cm"]
)
def test_frequencies_are_refused_by_name(unit):
    with pytest.raises(CubeError, match=f"in '{unit}'"):
        nm_per_unit([500, 600], unit, [])


@pytest.mark.parametrize("unit", ["Index", "index", "bananas"])
def test_what_is_no_length_is_ignored_and_said(unit):
    notes = []
    assert nm_per_unit([1, 2], unit, notes) is None
    assert unit in notes[0]


def test_greek_letters():
    assert {plain_unit(text) for text in ("µm", "μm", "Um", "UM")} == {"um"}


def test_each_band_in_its_own_unit(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    facts = [("450", "Nanometers", 5), ("0.55", "Micrometers", 0.006), ("7000", "A", 0)]
    with rasterio.open(path, "r+") as dataset:
        for number, (wave, unit, width) in enumerate(facts, 1):
            unit = "Angstroms" if unit == "A" else unit
            dataset.update_tags(
                number, wavelength=wave, wavelength_units=unit, fwhm=width or 70
            )
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == pytest.approx((450, 550, 700))
        assert reader.bands.fwhm_nm == pytest.approx((5, 6, 7))
        assert "several units" in reader.notes[0]


def test_units_of_descriptions_and_of_lists_may_differ():
    texts = ["a (450 nm)", "b (0.55 µm)", "c (0.7 micrometers)"]
    table, _ = read_band_table(RasterTags(3, texts))
    assert table.wavelengths_nm == pytest.approx((450, 550, 700))
    fields = {"wavelength": "{450, 0.55, 0.7}", "wavelength_units": "{nm, um, um}"}
    table, _ = read_band_table(RasterTags(3, [None] * 3, envi=fields))
    assert table.wavelengths_nm == pytest.approx((450, 550, 700))


@pytest.mark.parametrize("odd", ["0", "-1", "nan", "n/a", "", "inf"])
def test_a_bad_band_loses_its_own_wavelength_alone(odd):
    fields = {
        "wavelength": f"{{{odd}, 500, 600, 700}}",
        "wavelength_units": "nm",
        "fwhm": f"{{{odd}, 5, 6, 7}}",
        "bbl": "{0, 1, 1, 1}",
    }
    table, notes = read_band_table(RasterTags(4, [None] * 4, envi=fields))
    assert table.wavelengths_nm[1:] == (500, 600, 700)
    assert table.fwhm_nm[1:] == (5, 6, 7)
    assert np.isnan([table.wavelengths_nm[0], table.fwhm_nm[0]]).all()
    assert table.good == (False, True, True, True)
    assert len(notes) == 1
    assert BandTable.from_json(table.as_json()).wavelengths_nm[1:] == (500, 600, 700)
    assert "nm" not in table.label(0)


def test_a_band_of_wavelength_0_that_is_not_flagged_is_left_out_and_said():
    fields = {"wavelength": "{0, 500, 600, 700}", "wavelength_units": "nm"}
    bands = [{"wavelength": text} for text in ("0", "500", "600", "700")]
    table, notes = read_band_table(RasterTags(4, [None] * 4, envi=fields, bands=bands))
    assert table.good == (False, True, True, True)
    assert table.wavelengths_nm[1:] == (500, 600, 700)
    assert notes == [
        "Bands without a possible wavelength (none, 0 or text): 1. Of these, left out "
        "like bad bands: 1."
    ]


@pytest.mark.parametrize("odd", ["n/a", "nan", "-1", "blue", "inf", " "])
@pytest.mark.parametrize("way", ["list", "items"])
def test_one_band_without_a_number_costs_the_others_nothing(way, odd):
    texts = ["400", "500", odd, "700"]
    fields = {"wavelength": f"{{{', '.join(texts)}}}", "wavelength_units": "nm"}
    bands = [{"wavelength": text, "wavelength_units": "nm"} for text in texts]
    tags = RasterTags(4, [None] * 4, envi=fields) if way == "list" else None
    table, notes = read_band_table(tags or RasterTags(4, [None] * 4, bands=bands))
    assert table.good == (True, True, False, True)
    assert [table.wavelengths_nm[n] for n in (0, 1, 3)] == [400, 500, 700]
    assert len(notes) == 1 and "text): 3. Of these" in notes[0]


def test_a_band_without_an_item_may_be_another_one(tmp_path):
    """GDAL gives a list that is too short to the first bands, which may be wrong."""
    bands = [{"wavelength": text, "wavelength_units": "nm"} for text in ("400", "500")]
    table, notes = read_band_table(RasterTags(3, [None] * 3, bands=[*bands, {}]))
    assert table.wavelengths_nm is None and table.good == (True, True, True)
    assert "Bands without an item 'wavelength': 3 (1 of 3)." in notes[0]
    flagged = [*[{**band, "bbl": "1"} for band in bands], {"bbl": "0"}]
    table, notes = read_band_table(RasterTags(3, [None] * 3, bands=flagged))
    assert table.wavelengths_nm[:2] == (400, 500) and table.good == (True, True, False)
    for few_or_many in ("400, 500", "400, 500, 600, 700", "400,5; 500,5; 600,5"):
        count = few_or_many.count(",") + 1
        fields = {"wavelength": f"{{{few_or_many}}}", "wavelength units": "nm"}
        path = write_envi(tmp_path / f"{count}.dat", spectra(3), grid(), fields)
        with open_cube(path) as reader:
            assert reader.bands.wavelengths_nm is None
            assert reader.bands.good == (True, True, True)
            assert reader.notes == (
                "The wavelengths in the metadata are ignored, because their number "
                f"({count}) is not that of the bands (3).",
            )
