"""Stored values: scales, byte order, ENVI's data types and what stands for no data."""

import numpy as np
import pytest
import rasterio

from miaf_engine.cubes.reader import open_cube
from miaf_engine.grid import Window
from tests.raw_envi import write_raw_envi
from tests.scenes import grid, spectra, write_envi, write_tif


def scaled(path, scales, offsets=(0.0,) * 6):
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = scales, offsets
    return path


def read(path):
    with open_cube(path) as reader:
        return reader.read(), reader.notes


def test_a_scale_and_offset_that_all_bands_share_are_left(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(), grid())
    cube, notes = read(scaled(path, [0.0001] * 6, [5.0] * 6))
    np.testing.assert_array_equal(cube.values, spectra())
    assert notes == ()
    fields = {"reflectance scale factor": "10000"}
    cube, notes = read(write_envi(tmp_path / "a.dat", spectra(), grid(), fields))
    np.testing.assert_array_equal(cube.values, spectra())
    assert notes == ()


def test_scales_and_offsets_of_single_bands_are_applied(tmp_path):
    scales, offsets = [1, 2, 3, 4, 5, 0.5], [0, 0, 0, 0, 0, -7]
    wanted = spectra() * np.array(scales)[:, None, None]
    wanted += np.array(offsets)[:, None, None]
    path = scaled(write_tif(tmp_path / "a.tif", spectra(), grid()), scales, offsets)
    cube, notes = read(path)
    np.testing.assert_allclose(cube.values, wanted)
    assert notes == (
        "Scale (0.5 to 5) and offset (-7 to 0) differ between the bands and are "
        "applied.",
    )
    with open_cube(path) as reader:
        some = reader.read(Window(1, 2, 3, 4), bands=[5, 1])
    np.testing.assert_allclose(some.values, wanted[[5, 1], 1:4, 2:6])


@pytest.mark.parametrize("field", ["gain", "factor"])
def test_scales_of_single_bands_in_an_envi_header(tmp_path, field):
    fields = {"data gain values": "{1, 2, 3, 4, 5, 6}"}
    if field == "factor":
        fields = {"reflectance scale factor": "{1, .5, .25, .125, .1, .05}"}
    factors = np.array([1, 2, 3, 4, 5, 6] if field == "gain" else [1, 2, 4, 8, 10, 20])
    cube, _ = read(write_envi(tmp_path / "a.dat", spectra(), grid(), fields))
    np.testing.assert_allclose(cube.values, spectra() * factors[:, None, None])


def test_nodata_is_compared_before_scaling(tmp_path):
    values = spectra().astype("int16")
    values[2, 0, 0] = -9999
    path = write_tif(tmp_path / "a.tif", values, grid(), nodata=-9999)
    cube, _ = read(scaled(path, [1, 2, 3, 4, 5, 6]))
    assert not cube.valid[0, 0]
    assert cube.valid.sum() == 79


def test_a_scale_that_is_no_number_is_ignored_and_said(tmp_path):
    path = write_tif(tmp_path / "a.tif", spectra(), grid())
    cube, notes = read(scaled(path, [1, 2, 0, 4, 5, 6]))
    np.testing.assert_array_equal(cube.values, spectra())
    assert "not a number" in notes[0]


KINDS = "uint8 int16 uint16 int32 uint32 float32 float64 int64 uint64".split()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("interleave", ["bsq", "bil", "bip"])
@pytest.mark.parametrize("offset", [0, 321])
def test_raw_files_of_every_kind_read_equal(tmp_path, kind, order, interleave, offset):
    values = (spectra() % 250).astype(kind)
    path = write_raw_envi(
        tmp_path / "cube", values, grid(), interleave, order, offset=offset
    )
    with open_cube(path) as reader:
        assert reader.dtype == kind
        assert reader.grid == grid()
        np.testing.assert_array_equal(reader.read().values, values)


@pytest.mark.parametrize("kind", ["int16", "int32", "float32", "float64"])
@pytest.mark.parametrize("nodata", [-9999, -1, 0])
@pytest.mark.parametrize("order", ["<", ">"])
def test_ignore_values_of_raw_files(tmp_path, kind, nodata, order):
    values = spectra().astype(kind)
    values[:, 2, 3] = nodata
    path = write_raw_envi(
        tmp_path / "cube.bip",
        values,
        grid(),
        "bip",
        order,
        fields={"data ignore value": str(nodata)},
    )
    cube, _ = read(path)
    assert not cube.valid[2, 3]
    assert cube.valid.sum() == 79


def test_an_ignore_value_that_the_type_cannot_hold_matches_nothing(tmp_path):
    fields = {"data ignore value": "-9999"}
    values = spectra().astype("uint16")
    path = write_raw_envi(tmp_path / "a", values, grid(), "bil", "<", fields=fields)
    assert read(path)[0].valid.all()


@pytest.mark.parametrize(
    ("data", "header"),
    [
        ("cube", "cube.hdr"),
        ("cube.dat", "cube.hdr"),
        ("cube.dat", "cube.dat.hdr"),
        ("cube.dat", "cube.HDR"),
        ("cube.img", "cube.img.hdr"),
        ("cube.bsq", "cube.hdr"),
        ("cube.bil", "cube.bil.hdr"),
        ("cube.bip", "cube.hdr"),
        ("cube.v1.raw", "cube.v1.hdr"),
        ("cube_corr_v1", "cube_corr_v1.hdr"),
    ],
)
def test_names_of_data_and_header(tmp_path, data, header):
    path = write_raw_envi(tmp_path / data, spectra(), grid(), "bsq", "<")
    path.with_suffix(".hdr").rename(tmp_path / header)
    for name in (data, header):
        cube, _ = read(tmp_path / name)
        np.testing.assert_array_equal(cube.values, spectra())


@pytest.mark.parametrize("kind", ["int16", "uint16", "uint8", "float32", "int32"])
@pytest.mark.parametrize("nodata", [None, 0, 7, 7.5, 7.0000001, 1e300, np.nan])
def test_what_gdal_converts_is_what_numpy_would(tmp_path, kind, nodata):
    values = (spectra() % 200).astype(kind)
    values[:, 1, 1] = values[2, 3, 3] = 7
    values[:, 0, 2] = values[4, 2, 2] = 0
    if kind == "float32":
        values[1, 2, 5], values[0, 0, 0] = np.nan, -np.inf
    fields = {} if nodata is None else {"data ignore value": repr(float(nodata))}
    path = write_raw_envi(tmp_path / "a", values, grid(), "bil", "<", fields=fields)
    cube, _ = read(path)
    wanted = values.astype(np.float32)
    valid = np.isfinite(wanted).all(axis=0)
    if nodata == 0:
        valid &= (values != 0).any(axis=0)
    elif nodata is not None:
        # A float32 file states its nodata value in more digits than it holds.
        told = np.float32(nodata) if kind == "float32" and nodata < 1e30 else nodata
        valid &= ~(values.astype(np.float64) == np.float64(told)).any(axis=0)
    np.testing.assert_array_equal(cube.valid, valid)
    np.testing.assert_array_equal(cube.values, np.where(valid, wanted, 0))
