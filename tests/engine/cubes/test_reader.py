"""Cubes: what is read, what is refused, what is invalid."""

import warnings

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning
from rasterio.rpc import RPC

from miaf_engine.cubes.pixels import CubePixels
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import CubeError, FileError, MiafError, RasterFileError
from miaf_engine.grid import Window
from tests.scenes import grid, real, spectra, unplaced, write_envi, write_tif

TAGS = {
    "wavelength": "{400, 410, 420, 430, 440, 450}",
    "wavelength units": "Nanometers",
}


def read(path, **how):
    with open_cube(path) as reader:
        return reader.read(**how)


@pytest.mark.parametrize("kind", ["uint8", "int16", "uint16", "int32", "float32"])
@pytest.mark.parametrize("interleave", ["bsq", "bil", "bip"])
def test_envi_interleaves_read_equal(tmp_path, interleave, kind):
    values = (spectra() % 250 + 1).astype(kind)
    path = write_envi(tmp_path / "a.dat", values, grid(), TAGS, interleave=interleave)
    for name in (path, path.with_suffix(".hdr"), str(path)):
        cube = read(name)
        np.testing.assert_array_equal(cube.values, values)
        assert cube.values.dtype == np.float32
        assert cube.valid.all()
        assert cube.grid == grid()
        assert cube.bands.wavelengths_nm == (400, 410, 420, 430, 440, 450)


@pytest.mark.parametrize("interleave", ["band", "pixel"])
def test_geotiff_in_a_folder_with_blanks_and_letters(tmp_path, interleave):
    folder = tmp_path / "Flug 3, Ökologie"
    folder.mkdir()
    path = write_tif(
        folder / "würfel ß.tif", spectra(), grid(rotation=53), interleave=interleave
    )
    cube = read(path)
    np.testing.assert_array_equal(cube.values, spectra())
    assert cube.grid == grid(rotation=53)
    assert cube.bands.wavelengths_nm is None


def test_windows_and_bands(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(), grid())
    window = Window(2, 3, 4, 5)
    cube = read(path, window=window, bands=[4, 0])
    np.testing.assert_array_equal(cube.values, spectra()[[4, 0], 2:6, 3:8])
    assert cube.grid == grid().cut(window)
    assert cube.bands.names == ("Band 5", "Band 1")


def test_chunks_read_as_the_whole(tmp_path, monkeypatch):
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    monkeypatch.setattr("miaf_engine.cubes.reader._CHUNK_BYTES", 500)
    np.testing.assert_array_equal(read(path).values, spectra())


def test_chunks_end_where_the_blocks_of_the_file_do(tmp_path, monkeypatch):
    """Else GDAL would unpack blocks of 16 rows twice."""
    values = np.arange(2 * 70 * 40, dtype="int16").reshape(2, 70, 40)
    blocks = {"tiled": True, "blockxsize": 16, "blockysize": 16}
    path = write_tif(tmp_path / "a.tif", values, grid(70, 40), **blocks)
    monkeypatch.setattr("miaf_engine.cubes.reader._CHUNK_BYTES", 2 * 30 * 2 * 40)
    read_rows, real = [], CubePixels.read

    def noted(self, window, *others):
        read_rows.append((window.row, window.row + window.height))
        return real(self, window, *others)

    monkeypatch.setattr(CubePixels, "read", noted)
    cube = read(path, window=Window(5, 3, 60, 30))
    np.testing.assert_array_equal(cube.values, values[:, 5:65, 3:33])
    assert read_rows == [(5, 32), (32, 64), (64, 65)]


@pytest.mark.parametrize(
    ("interleave", "direct"), [("bsq", "YES"), ("bil", "YES"), ("bip", None)]
)
def test_of_a_raw_file_only_the_columns_of_a_window_are_read(
    tmp_path, monkeypatch, interleave, direct
):
    """Not where the bands of a pixel lie together: each would be all of them."""
    path = write_envi(tmp_path / "a.dat", spectra(), grid(), interleave=interleave)
    options, real = [], CubePixels._direct

    def noted(self):
        options.append(real(self))
        return options[-1]

    monkeypatch.setattr(CubePixels, "_direct", noted)
    cube = read(path, window=Window(2, 3, 4, 5))
    np.testing.assert_array_equal(cube.values, spectra()[:, 2:6, 3:8])
    assert [found.get("GDAL_ONE_BIG_READ") for found in options] == [direct]


def test_envi_header_beside_files_without_suffix(tmp_path):
    path = write_envi(tmp_path / "a.dat", spectra(), grid())
    bare = path.rename(tmp_path / "a")
    np.testing.assert_array_equal(read(bare).values, spectra())
    np.testing.assert_array_equal(read(tmp_path / "a.hdr").values, spectra())
    bare.rename(tmp_path / "b.img")
    with pytest.raises(RasterFileError, match="no data file"):
        read(tmp_path / "a.hdr")


def test_nan_infinity_and_nodata_in_a_good_band_make_a_pixel_invalid(tmp_path):
    values = spectra()
    values[2, 0, 0], values[3, 1, 1], values[4, 2, 2] = np.nan, np.inf, -9999
    values[0, 5, 5] = np.nan
    fields = {**TAGS, "data ignore value": "-9999", "bbl": "{0, 1, 1, 1, 1, 1}"}
    cube = read(write_envi(tmp_path / "a.dat", values, grid(), fields))
    wrong = np.zeros((8, 10), bool)
    wrong[[0, 1, 2], [0, 1, 2]] = True
    np.testing.assert_array_equal(~cube.valid, wrong)
    assert np.isfinite(cube.values).all()
    assert (cube.values[:, wrong] == 0).all()
    assert cube.values[0, 5, 5] == 0


def test_zero_as_nodata_counts_only_where_all_bands_are_zero(tmp_path):
    values = spectra().astype("uint16")
    values[1, 0, 0] = 0
    values[:, 4, 4] = 0
    cube = read(write_tif(tmp_path / "a.tif", values, grid(), nodata=0))
    assert cube.valid[0, 0]
    assert not cube.valid[4, 4]
    assert cube.valid.sum() == 79


def test_nodata_of_float32_that_a_double_cannot_match(tmp_path):
    values = spectra()
    values[:, 0, 0] = np.float32(-3.4e38)
    cube = read(write_tif(tmp_path / "a.tif", values, grid(), nodata=-3.4e38))
    assert not cube.valid[0, 0]
    assert cube.valid.sum() == 79


def test_double_beyond_float32_is_invalid(tmp_path):
    values = spectra().astype("float64")
    values[0, 0, 0] = 1e300
    assert not read(write_tif(tmp_path / "a.tif", values, grid())).valid[0, 0]


def test_mask_of_the_dataset(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(), grid())
    with rasterio.open(path, "r+") as dataset:
        mask = np.ones((8, 10), bool)
        mask[3, 3] = False
        dataset.write_mask(mask)
    cube = read(path)
    np.testing.assert_array_equal(cube.valid, mask)


def test_cube_without_any_data(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra() * 0 - 1, grid(), nodata=-1)
    with pytest.raises(CubeError, match="no pixels with data"):
        read(path)
    assert not read(path, window=Window(0, 0, 2, 2)).valid.any()


def test_no_crs_and_no_georeference(tmp_path):
    bare = grid(crs=None)
    for name, write in (("a.tif", write_tif), ("a.dat", write_envi)):
        cube = read(write(tmp_path / name, spectra(), bare))
        assert cube.grid == bare


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_truncated_geotiff(tmp_path, share):
    noise = np.random.default_rng(1).random((5, 200, 200), np.float32)
    path = write_tif(tmp_path / "a.tif", noise, grid(200, 200), compress="deflate")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(RasterFileError, match=r"Cannot (open|read)"):
        read(path)


def test_refusals(tmp_path):
    with pytest.raises(CubeError, match="one band"):
        open_cube(write_tif(tmp_path / "one.tif", spectra(1), grid()))
    path = write_tif(tmp_path / "c.tif", spectra().astype("complex64"), grid())
    with pytest.raises(CubeError, match="complex64"):
        open_cube(path)
    with pytest.raises(RasterFileError, match="no file"):
        open_cube(tmp_path / "missing.tif")
    (tmp_path / "text.tif").write_text("this is no raster")
    with pytest.raises(RasterFileError, match="Cannot open"):
        open_cube(tmp_path / "text.tif")


def test_ground_control_points_alone_are_no_grid(tmp_path):
    corners = ((0, 0), (0, 9), (7, 5))
    points = [GroundControlPoint(r, c, c * 20, r * -20) for r, c in corners]
    path = tmp_path / "g.tif"
    profile = {"driver": "GTiff", "count": 6, "height": 8, "width": 10}
    with rasterio.open(
        path, "w", dtype="float32", gcps=points, crs="EPSG:32616", **profile
    ) as dataset:
        dataset.write(spectra())
    with pytest.raises(CubeError, match="ground control points"):
        open_cube(path)


@pytest.mark.parametrize(
    ("name", "angle"),
    [
        ("ang20140912t192359_corr_v1c_img_2580-2590_540-550.img", 53),
        ("ang20150420t182808_corr_v1e_img_4200-4210_70-80.img", 75),
        ("f080702t01p00r08rdn_c_sc01_ort_img_123_456.img", -27),
    ],
)
def test_real_rotated_cubes(name, angle):
    cube = read(real(f"envi_aviris_ng/{name}"))
    a, _, _, d, _, _ = cube.grid.transform
    assert np.degrees(np.arctan2(d, a)) == pytest.approx(angle)
    assert cube.valid.any()


def test_real_cubes_without_suffix():
    emit = read(real("emit_envi/emit20250324t221005_jpl_unmix_ex"))
    assert emit.values.shape == (285, 10, 10)
    assert emit.grid.crs is None
    assert emit.valid.any()
    gamsberg = read(real("gamsberg_envi/cubus_gamsberg_subset.hdr"))
    assert gamsberg.values.shape == (189, 25, 10)


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
    one_band: (CubeError, "has one band, but a hyperspectral cube has many. Choose"),
    complex_values: (CubeError, "holds complex64 values"),
    control_points: (CubeError, "georeferenced by ground control points.*gdalwarp"),
    rational_polynomials: (
        CubeError,
        "georeferenced by rational polynomials.*gdalwarp",
    ),
    wavenumbers: (CubeError, "given in 'Wavenumber'.*Convert them"),
    gigahertz: (CubeError, "given in 'GHz'.*Convert them"),
    missing: (RasterFileError, r"no file '.*none\.tif'\. Check the path"),
    a_folder: (RasterFileError, "Cannot open"),
    text: (RasterFileError, r"Cannot open '.*a\.tif'"),
    header_alone: (
        RasterFileError,
        "There is no data file in the folder of the header .*Put 'a'",
    ),
    cut_short: (RasterFileError, "has 1919 bytes, but its header states 1920"),
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


def with_alpha(path, place=3, top=65535, **more):
    """Write 3 bands and an alpha band, transparent in the first two rows."""
    values = spectra(3).astype("uint16")
    alpha = np.full((1, 8, 10), top, "uint16")
    alpha[:, :2] = 0
    values = np.insert(values, place, alpha, axis=0)
    write_tif(path, values, grid(), alpha="unspecified", **more)
    with rasterio.open(path, "r+") as dataset:
        kinds = [ColorInterp.undefined] * 4
        kinds[place] = ColorInterp.alpha
        dataset.colorinterp = kinds
    return path


@pytest.mark.parametrize("more", [{}, {"nodata": 0}, {"nodata": 7}])
@pytest.mark.parametrize(("place", "top"), [(3, 65535), (0, 1), (1, 100)])
def test_alpha_bands_are_a_mask_and_no_spectrum(tmp_path, place, top, more):
    path = with_alpha(tmp_path / "a.tif", place, top, **more)
    with rasterio.open(path, "r+") as dataset:
        wide = np.insert(np.array([400.0, 500.0, 600.0]), place, 9).tolist()
        flags = np.insert(np.array([1, 0, 1]), place, 1).tolist()
        text = ["{" + ", ".join(map(str, items)) + "}" for items in (wide, flags)]
        dataset.update_tags(
            ns="ENVI", wavelength=text[0], wavelength_units="nm", bbl=text[1]
        )
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm == (400, 500, 600)
        assert reader.bands.good == (True, False, True)
        assert "Alpha" in reader.notes[0]
        cube = reader.read()
        low, high = reader.span(reader.grid.window, [0, 1, 2])
    assert not cube.valid[:2].any()
    assert cube.valid[2:].all()
    np.testing.assert_array_equal(cube.values[:, 2:], spectra(3)[:, 2:])
    np.testing.assert_array_equal(low, spectra(3)[:, 2, 0])
    np.testing.assert_array_equal(high, spectra(3)[:, 7, 9])


def test_one_band_and_its_alpha_are_no_cube(tmp_path):
    path = tmp_path / "a.tif"
    write_tif(path, spectra(2).astype("uint8"), grid(), alpha="unspecified")
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = [ColorInterp.gray, ColorInterp.alpha]
    with pytest.raises(CubeError, match="has one band"):
        open_cube(path)


def test_a_misspelt_item_of_each_band_is_said(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(3), grid())
    with rasterio.open(path, "r+") as dataset:
        for number in dataset.indexes:
            dataset.update_tags(number, Wavelengths=str(400 + number))
    with open_cube(path) as reader:
        assert reader.bands.wavelengths_nm is None
        assert [note for note in reader.notes if "Rename it to 'wavelength'" in note]


ODD_PLACES = {
    "an address for a CRS": "<SRS>http://localhost:0/a.wkt</SRS>",
    "a file for a CRS": "<SRS>/vsicurl/http://localhost:0/a.wkt</SRS>",
    "polynomials in part": "<Metadata domain='RPC'><MDI key='LINE_OFF'>1</MDI>"
    "</Metadata>",
    "points of an odd CRS": "<GCPList Projection='http://localhost:0/a'><GCP Id='1' "
    "Pixel='0' Line='0' X='0' Y='0'/></GCPList>",
}


@pytest.mark.parametrize("place", ODD_PLACES)
@pytest.mark.parametrize("kind", ["tif", "vrt"])
def test_an_odd_place_in_a_side_file_is_an_error_in_words(tmp_path, kind, place):
    path = write_tif(tmp_path / "a.tif", spectra(3), unplaced())
    if kind == "vrt":
        rasterio.shutil.copy(path, tmp_path / "a.vrt", driver="VRT")
        path = tmp_path / "a.vrt"
        text = path.read_text().replace("<VRTRasterBand", "{place}<VRTRasterBand", 1)
        path.write_text(text.format(place=ODD_PLACES[place]))
    else:
        side = f"<PAMDataset>{ODD_PLACES[place]}</PAMDataset>"
        (tmp_path / "a.tif.aux.xml").write_text(side)
    try:
        with open_cube(path) as reader:
            assert reader.grid.crs is None
    except MiafError as error:
        assert path.name in str(error)
