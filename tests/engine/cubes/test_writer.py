"""Cubes written with their bands, as GDAL and the engine find them."""

import numpy as np
import pytest
import rasterio

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import open_cube
from miaf_engine.cubes.writer import cube_writer
from miaf_engine.errors import ConfigError, InputError
from tests import scenes

pytestmark = pytest.mark.filterwarnings(
    "ignore::rasterio.errors.NotGeoreferencedWarning"
)
NM = (400.019989, 650.5, 2498.959961)
BANDS = BandTable(("Band 1", "Band 7", "Band 9"), NM, (9.78, 10.0, 0.5))


def write(path, values, bands=BANDS, where=None, **more):
    where = where or scenes.grid()
    kind = str(values.dtype)
    with cube_writer(path, where, bands, kind, **more) as writer:
        writer.write(where.window, values)
    return path


@pytest.mark.parametrize("suffix", ["tif", "dat", "bip"])
@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "uint32", "float64"])
def test_values_and_bands_come_back(suffix, dtype, tmp_path):
    values = scenes.spectra(3).astype(dtype)
    path = write(tmp_path / f"cube.{suffix}", values)
    with open_cube(path) as reader:
        assert reader.bands == BANDS
        assert reader.dtype == dtype
        assert reader.grid == scenes.grid()
    with rasterio.open(path) as dataset:
        assert np.array_equal(dataset.read(), values)


def test_tags_are_those_of_gdal(tmp_path):
    path = write(tmp_path / "cube.tif", scenes.spectra(3))
    with rasterio.open(path) as dataset:
        assert dataset.descriptions[1] == "Band 7 (650.50 Nanometers)"
        assert dataset.tags()["wavelength_units"] == "Nanometers"
        assert dataset.tags(2)["wavelength"] == "650.5"
        assert dataset.tags(2, ns="IMAGERY")["CENTRAL_WAVELENGTH_UM"] == "0.6505"
        assert dataset.profile["tiled"]
        assert dataset.profile["compress"] == "deflate"
        assert dataset.profile["interleave"] == "band"


@pytest.mark.parametrize("suffix", ["tif", "dat"])
def test_without_wavelengths_and_place(suffix, tmp_path):
    bands = BandTable(("Band 1", "Band 2", "Band 4"))
    path = tmp_path / f"cube.{suffix}"
    write(path, scenes.spectra(3), bands, scenes.unplaced(), nodata=np.nan)
    with open_cube(path) as reader:
        assert reader.bands == bands
        assert reader.grid == scenes.unplaced()
    with rasterio.open(path) as dataset:
        assert np.isnan(dataset.nodata)


def test_options_of_the_user_come_first(tmp_path):
    options = ["COMPRESS=NONE", "INTERLEAVE=PIXEL"]
    path = write(tmp_path / "cube.tif", scenes.spectra(3), options=options)
    with rasterio.open(path) as dataset:
        assert "compress" not in dataset.profile
        assert dataset.profile["interleave"] == "pixel"
    with pytest.raises(ConfigError):
        write(tmp_path / "other.tif", scenes.spectra(3), options=["nonsense"])
    assert {p.name for p in tmp_path.iterdir()} == {"cube.tif"}


@pytest.mark.parametrize(
    ("dtype", "nodata"), [("uint16", -1), ("int16", 0.5), ("uint8", np.nan)]
)
def test_a_nodata_value_that_does_not_fit(dtype, nodata, tmp_path):
    with pytest.raises(InputError, match=dtype):
        write(tmp_path / "a.tif", scenes.spectra(3).astype(dtype), nodata=nodata)
    assert not list(tmp_path.iterdir())
