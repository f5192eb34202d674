"""EnMAP products as delivered: bands in METADATA.XML beside the image."""

import numpy as np
import pytest

from miaf_engine.cubes.enmap_product import read_enmap_bands
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import RasterFileError
from tests.scenes import grid, spectra, write_tif

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
        assert "3 wavelengths for 4 bands" in reader.notes[0]


def test_other_names_and_damaged_metadata(tmp_path):
    image = product(tmp_path)
    other = image.rename(tmp_path / "other.tif")
    assert read_enmap_bands(other) is None
    (tmp_path / f"{NAME}-METADATA.XML").write_text("<level_X>")
    other.rename(image)
    with pytest.raises(RasterFileError, match=r"METADATA\.XML"):
        open_cube(image)
