"""Which bands a cube is shown by, how they are stretched, and what is read of bands."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsMultiBandColorRenderer, QgsRasterLayer

from miaf_qgis.layers import composites
from miaf_qgis.layers.bands import bands_of
from miaf_qgis.layers.composites import (
    COMPOSITES,
    show_composite,
    shows_first_bands,
)
from tests.qgis.helpers import shown_bands

# One band every 20 nm from 400 to 2500 nm: number n is at 380 + 20 n.
CENTRES = list(range(400, 2501, 20))


def number_at(nanometres):
    return CENTRES.index(nanometres) + 1


def open_layer(path):
    return QgsRasterLayer(str(path), "Cube")


def write_envi(path, values, **fields):
    """Write values (C, H, W) as ENVI, with further fields of its header."""
    count, height, width = values.shape
    values.astype("<f4").tofile(path)
    header = {
        "samples": width, "lines": height, "bands": count, "header offset": 0,
        "data type": 4, "interleave": "bsq", "byte order": 0, **fields,
    }  # fmt: skip
    lines = "".join(f"{name} = {value}\n" for name, value in header.items())
    path.with_suffix(".hdr").write_text(f"ENVI\n{lines}", encoding="utf-8")
    return path


def listed(values):
    return "{" + ", ".join(map(str, values)) + "}"


@pytest.fixture
def values():
    """float32 (106, 20, 30), each band 1000 values apart from the last."""
    generator = np.random.default_rng(0)
    noise = generator.uniform(0, 100, (len(CENTRES), 20, 30))
    return (noise + 1000 * np.arange(1, len(CENTRES) + 1)[:, None, None]).astype("f4")


@pytest.fixture
def cube(tmp_path, values):
    return write_envi(
        tmp_path / "cube.img",
        values,
        wavelength=listed(CENTRES),
        **{"wavelength units": "Nanometers"},
    )


def stretch(layer):
    renderer = layer.renderer()
    return [
        (part.minimumValue(), part.maximumValue())
        for part in (
            renderer.redContrastEnhancement(),
            renderer.greenContrastEnhancement(),
            renderer.blueContrastEnhancement(),
        )
    ]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("natural", (660, 560, 480)),
        ("infrared", (860, 660, 560)),
        ("shortwave", (2200, 860, 660)),
    ],
)
def test_bands_are_chosen_by_wavelength(cube, key, wanted):
    layer = open_layer(cube)
    assert shows_first_bands(layer)
    assert show_composite(layer, COMPOSITES[key]) == ""
    near = [CENTRES[number - 1] for number in shown_bands(layer)]
    assert np.abs(np.subtract(near, wanted)).max() <= 20
    assert not shows_first_bands(layer)


def test_the_stretch_is_that_of_2_to_98_percent(cube, values):
    layer = open_layer(cube)
    show_composite(layer, COMPOSITES["natural"])
    for number, found in zip(shown_bands(layer), stretch(layer), strict=True):
        assert found == pytest.approx(np.percentile(values[number - 1], [2, 98]), abs=1)
    assert isinstance(layer.renderer(), QgsMultiBandColorRenderer)


def test_each_band_is_measured_once(cube, monkeypatch):
    measured, cut = [], composites._cut

    def counted(provider, number):
        measured.append(number)
        return cut(provider, number)

    monkeypatch.setattr(composites, "_cut", counted)
    layer = open_layer(cube)
    show_composite(layer, COMPOSITES["natural"])
    assert sorted(measured) == sorted(shown_bands(layer))


def test_bad_bands_and_bands_without_values_are_avoided(tmp_path, values):
    good = [0 if centre in (640, 660) else 1 for centre in CENTRES]
    values[number_at(560) - 1] = 7.0
    path = write_envi(
        tmp_path / "cube.img",
        values,
        wavelength=listed([centre / 1000 for centre in CENTRES]),
        bbl=listed(good),
        **{"wavelength units": "Micrometers"},
    )
    layer = open_layer(path)
    show_composite(layer, COMPOSITES["natural"])
    red, green, _ = (CENTRES[number - 1] for number in shown_bands(layer))
    assert red in (620, 680)
    assert green in (540, 580)


@pytest.mark.parametrize("declared", [True, False])
def test_nodata_and_fill_are_kept_out_of_the_stretch(tmp_path, values, declared):
    plain = values.copy()
    values[:, :, :12] = -9999.0
    more = {"data ignore value": -9999} if declared else {}
    path = write_envi(
        tmp_path / "cube.img",
        values,
        wavelength=listed(CENTRES),
        **{"wavelength units": "nm", **more},
    )
    layer = open_layer(path)
    show_composite(layer, COMPOSITES["infrared"])
    for number, (low, high) in zip(shown_bands(layer), stretch(layer), strict=True):
        band = plain[number - 1]
        assert band.min() - 15 <= low < high <= band.max() + 15
    assert layer.dataProvider().userNoDataValues(shown_bands(layer)[0]) == []


def test_without_wavelengths_bands_spread_over_the_cube_are_shown(tmp_path, values):
    layer = open_layer(write_envi(tmp_path / "cube.img", values))
    note = show_composite(layer, COMPOSITES["natural"])
    assert "no wavelengths" in note
    red, green, blue = shown_bands(layer)
    assert red > green > blue > 1
    assert str(red) in note


def test_a_cube_that_lacks_a_wavelength_keeps_its_style(tmp_path, values):
    path = write_envi(
        tmp_path / "cube.img",
        values[:20],
        wavelength=listed(CENTRES[:20]),
        **{"wavelength units": "nm"},
    )
    layer = open_layer(path)
    show_composite(layer, COMPOSITES["natural"])
    before = shown_bands(layer)
    note = show_composite(layer, COMPOSITES["shortwave"])
    assert "Short-wave infrared" in note and "2000-2400" in note
    assert shown_bands(layer) == before


def test_a_short_wave_cube_has_a_composite_of_its_own(tmp_path, values):
    first = CENTRES.index(1000)
    path = write_envi(
        tmp_path / "cube.img",
        values[first:],
        wavelength=listed(CENTRES[first:]),
        **{"wavelength units": "nm"},
    )
    layer = open_layer(path)
    assert show_composite(layer, COMPOSITES["shortwave"]) == ""
    near = [CENTRES[first + number - 1] for number in shown_bands(layer)]
    assert np.abs(np.subtract(near, (2200, 1650, 1250))).max() <= 10


def test_a_header_beside_a_geotiff_is_read_unless_it_is_of_another(tmp_path, cube):
    target = tmp_path / "copy.tif"
    copied = gdal.Translate(str(target), str(cube))
    for number in range(1, copied.RasterCount + 1):
        copied.GetRasterBand(number).SetMetadata({})
        # Where GDAL 3.10 and later put the wavelengths.
        copied.GetRasterBand(number).SetMetadata({}, "IMAGERY")
        copied.GetRasterBand(number).SetDescription("")
    copied.SetMetadata({}, "ENVI")
    copied = None
    (tmp_path / "copy.tif.aux.xml").unlink(missing_ok=True)
    assert bands_of(open_layer(target)).table.wavelengths_nm is None
    header = cube.with_suffix(".hdr").read_text(encoding="utf-8")
    beside = tmp_path / "copy.hdr"
    beside.write_text(header, encoding="utf-8")
    assert bands_of(open_layer(target)).table.wavelengths_nm[0] == 400
    beside.write_text(header.replace("lines = 20", "lines = 21"), encoding="utf-8")
    assert bands_of(open_layer(target)).table.wavelengths_nm is None


def test_a_header_beside_need_not_count_an_alpha_band(tmp_path, cube):
    count, target = len(CENTRES), tmp_path / "alpha.tif"
    made = gdal.GetDriverByName("GTiff").Create(str(target), 20, 20, count + 1)
    made.GetRasterBand(count + 1).SetColorInterpretation(gdal.GCI_AlphaBand)
    made = None
    fields = {"samples": 20, "lines": 20, "bands": count, "wavelength": listed(CENTRES)}
    text = "".join(f"{name} = {value}\n" for name, value in fields.items())
    header = target.with_suffix(".hdr")
    header.write_text(f"ENVI\nwavelength units = nm\n{text}", encoding="utf-8")
    found = bands_of(open_layer(target))
    assert len(found.numbers) == count
    assert found.table.wavelengths_nm == tuple(map(float, CENTRES))


def test_wavenumbers_are_no_wavelengths(tmp_path, values):
    path = write_envi(
        tmp_path / "cube.img",
        values,
        wavelength=listed(CENTRES),
        **{"wavelength units": "Wavenumber"},
    )
    found = bands_of(open_layer(path))
    assert found.table.wavelengths_nm is None
    assert found.table.count == len(CENTRES)
