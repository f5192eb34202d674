"""What can be no cube, and what the refusal says. `docs/refusals.md` lists them all."""

import warnings

import numpy as np
import pytest
import rasterio
from rasterio.control import GroundControlPoint
from rasterio.errors import NotGeoreferencedWarning
from rasterio.rpc import RPC

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import CubeError, FileError, MiafError, RasterFileError
from tests.scenes import grid, spectra, unplaced, write_envi, write_tif

CORNERS = ((0, 0), (0, 9), (7, 5), (7, 9))


def one_band(folder):
    return write_tif(folder / "a.tif", spectra(1), grid())


def complex_values(folder):
    return write_tif(folder / "a.tif", spectra().astype("complex64"), grid())


def control_points(folder):
    points = [GroundControlPoint(r, c, c * 20, r * -20) for r, c in CORNERS]
    path = folder / "a.tif"
    profile = {"driver": "GTiff", "count": 6, "height": 8, "width": 10}
    with rasterio.open(
        path, "w", dtype="float32", gcps=points, crs="EPSG:32616", **profile
    ) as dataset:
        dataset.write(spectra())
    return path


def rational_polynomials(folder):
    path = write_tif(folder / "a.tif", spectra(), unplaced())
    terms = [0.0] * 20
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    with rasterio.open(path, "r+") as dataset:
        dataset.rpcs = RPC(
            height_off=0, height_scale=1, lat_off=40, lat_scale=1, line_den_coeff=terms,
            line_num_coeff=terms, line_off=0, line_scale=1, long_off=-87, long_scale=1,
            samp_den_coeff=terms, samp_num_coeff=terms, samp_off=0, samp_scale=1,
        )  # fmt: skip
    return path


def wavenumbers(folder):
    fields = {
        "wavelength": "{900, 910, 920, 930, 940, 950}",
        "wavelength units": "Wavenumber",
    }
    return write_envi(folder / "a.dat", spectra(), grid(), fields)


def gigahertz(folder):
    path = write_tif(folder / "a.tif", spectra(), grid())
    with rasterio.open(path, "r+") as dataset:
        for number in range(1, 7):
            dataset.update_tags(number, wavelength=number, wavelength_units="GHz")
    return path


def missing(folder):
    return folder / "none.tif"


def a_folder(folder):
    return folder


def text(folder):
    (folder / "a.tif").write_text("no raster")
    return folder / "a.tif"


def header_alone(folder):
    path = write_envi(folder / "a.dat", spectra(), grid())
    path.unlink()
    return path.with_suffix(".hdr")


def cut_short(folder):
    path = write_envi(folder / "a.dat", spectra(), grid())
    path.write_bytes(path.read_bytes()[:-1])
    return path


def hdf5(folder):
    path = folder / "PRS_L2D_STD.he5"
    path.write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    return path


def array_in_hdf5(folder):
    return f'HDF5:"{folder}/a.he5"://cube'


def address(folder):
    return "https://example.com/cube.tif"


REFUSALS = {
    one_band: (CubeError, "has one band; a hyperspectral cube has many. Choose"),
    complex_values: (CubeError, "holds complex64 values"),
    control_points: (CubeError, "placed by ground control points.*gdalwarp"),
    rational_polynomials: (CubeError, "placed by rational polynomials.*gdalwarp"),
    wavenumbers: (CubeError, "given in 'Wavenumber'.*Convert them"),
    gigahertz: (CubeError, "given in 'GHz'.*Convert them"),
    missing: (RasterFileError, r"no file '.*none\.tif'\. Check the path"),
    a_folder: (RasterFileError, "Cannot open"),
    text: (RasterFileError, r"Cannot open '.*a\.tif'"),
    header_alone: (RasterFileError, "is a header, and there is no data file.*Put 'a'"),
    cut_short: (RasterFileError, "has 1919 bytes and its header promises 1920"),
    hdf5: (RasterFileError, r"is an HDF5 or netCDF file.*Export its cube"),
    array_in_hdf5: (RasterFileError, "is an HDF5 or netCDF file"),
    address: (FileError, "is not a local file. Download it"),
}


@pytest.mark.parametrize("make", REFUSALS)
def test_refusals_say_what_to_do(tmp_path, make):
    error, words = REFUSALS[make]
    with pytest.raises(error, match=words) as caught:
        open_cube(make(tmp_path))
    assert isinstance(caught.value, MiafError)


def test_a_geotransform_beside_control_points_is_enough(tmp_path):
    path = control_points(tmp_path)
    with rasterio.open(path, "r+") as dataset:
        dataset.transform = rasterio.Affine(*grid().transform)
    with open_cube(path) as reader:
        np.testing.assert_array_equal(reader.read().values, spectra())
