"""Class maps and float rasters come back as they were written, or not at all."""

import resource
import signal
import subprocess
import sys

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.errors import NotGeoreferencedWarning

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import InputError, RasterFileError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.io.gdal import empty_cache, same_crs
from miaf_engine.io.raster_writer import class_map_writer, float_writer
from tests.scenes import (
    CLASSES,
    UTM16,
    grid,
    pattern,
    real,
    spectra,
    unplaced,
    write_classes,
)

EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SUFFIXES = (".tif", ".dat", ".bsq", ".img", ".bil", ".bip")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_class_map_carries_classes_and_grid(tmp_path, suffix):
    where = grid(rotation=-27.5)
    path = write_classes(tmp_path / f"Karte ü 1{suffix}", where)
    values, found, classes = read_class_map(path)
    np.testing.assert_array_equal(values, pattern(where))
    assert classes == CLASSES
    assert found.crs == where.crs
    np.testing.assert_allclose(found.corners, where.corners, rtol=0, atol=2e-5)
    with rasterio.open(path) as dataset:
        assert dataset.dtypes == ("uint8",)
        assert dataset.nodata == 0
        assert dataset.colormap(1)[5][:3] == (0x00, 0x72, 0xB2)
        assert ".miaf" not in str(dataset.tags(ns="ENVI"))
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".miaf")]


@pytest.mark.parametrize("suffix", [".tif", ".dat"])
def test_values_above_255_take_uint16(tmp_path, suffix):
    classes = ClassTable(
        (ClassEntry(3, "a", "#ff0000"), ClassEntry(300, "b", "#00ff00"))
    )
    path = write_classes(tmp_path / f"a{suffix}", classes=classes, values=(0, 3, 300))
    values, _, found = read_class_map(path)
    assert found == classes
    np.testing.assert_array_equal(np.unique(values), [0, 3, 300])
    with rasterio.open(path) as dataset:
        assert dataset.dtypes == ("uint16",)
        assert dataset.colormap(1)[300][:3] == (0, 255, 0)


@EXAMPLES
@given(
    terms=st.tuples(
        *[st.floats(-100, 100, allow_subnormal=False)] * 2,
        *[st.floats(-1e7, 1e7, allow_subnormal=False)] * 2,
        *[st.floats(-100, 100, allow_subnormal=False)] * 2,
    )
)
def test_geotiff_keeps_every_digit_of_any_grid(tmp_path, terms):
    a, b, c, f, d, e = terms
    if abs(a * e - b * d) < 1e-3:
        return
    where = Grid((a, b, c, d, e, f), UTM16, 4, 5)
    _, found, _ = read_class_map(write_classes(tmp_path / "a.tif", where))
    assert found == where


@EXAMPLES
@given(
    angle=st.floats(-179, 179),
    pixel=st.floats(0.01, 1000),
    x=st.floats(-1e7, 1e7),
    y=st.floats(-1e7, 1e7),
)
def test_envi_keeps_rotated_grids_to_a_millionth_of_a_pixel(
    tmp_path, angle, pixel, x, y
):
    a, b, _, d, e, _ = grid(rotation=angle, pixel=pixel).transform
    where = Grid((a, b, x, d, e, y), UTM16, 4, 5)
    _, found, _ = read_class_map(write_classes(tmp_path / "a.dat", where))
    shift = np.abs(np.subtract(found.corners, where.corners)).max()
    assert shift <= 1e-6 * pixel
    assert (found.transform[2], found.transform[5]) == (x, y)


@pytest.mark.parametrize("suffix", [".tif", ".dat"])
@pytest.mark.parametrize(
    "where",
    [
        grid(southup=True),
        grid(crs=None),
        grid(pixel=1 / 3),
        unplaced(),
    ],
)
def test_upright_grids_come_back_bit_for_bit(tmp_path, suffix, where):
    _, found, _ = read_class_map(write_classes(tmp_path / f"a{suffix}", where))
    assert found == where


def test_what_lies_on_a_cube_without_georeference_has_none_either(tmp_path):
    path = write_classes(tmp_path / "a.tif", unplaced())
    with (
        pytest.warns(NotGeoreferencedWarning, match="no geotransform"),
        rasterio.open(path) as dataset,
    ):
        assert dataset.crs is None


def test_an_identity_in_the_file_stays_one_or_is_refused(tmp_path):
    """QGIS draws it upside down; without it the map would not lie on the cube."""
    where = Grid((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), None, 8, 10)
    _, found, _ = read_class_map(write_classes(tmp_path / "a.tif", where))
    assert found == where
    with pytest.raises(RasterFileError, match="Write a GeoTIFF"):
        write_classes(tmp_path / "a.dat", where)


@pytest.mark.parametrize(
    "name",
    [
        "ang20140912t192359_corr_v1c_img_2580-2590_540-550.img",
        "ang20150420t182808_corr_v1e_img_4200-4210_70-80.img",
        "f080702t01p00r08rdn_c_sc01_ort_img_123_456.img",
    ],
)
def test_real_rotated_grids_come_back(tmp_path, name):
    with open_cube(real(f"envi_aviris_ng/{name}")) as reader:
        where = reader.grid
    for suffix in (".tif", ".dat"):
        _, found, _ = read_class_map(
            write_classes(tmp_path / f"a{suffix}", where, values=[1])
        )
        np.testing.assert_allclose(found.corners, where.corners, rtol=0, atol=1e-6)
        assert same_crs(found.crs, where.crs)


@pytest.mark.parametrize("suffix", [".tif", ".dat"])
def test_failure_half_way_leaves_the_old_map(tmp_path, suffix):
    path = write_classes(tmp_path / f"a{suffix}")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with (
        pytest.raises(ValueError, match="stop"),
        class_map_writer(path, grid(), CLASSES) as writer,
    ):
        writer.write(Window(0, 0, 4, 10), np.ones((4, 10), np.uint8))
        raise ValueError("stop")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_full_disk_is_noticed(tmp_path):
    # A file size limit stands in for a full disk: GDAL only logs either of them.
    script = f"""
import resource, signal, sys
import numpy as np
from miaf_engine.errors import RasterFileError
from miaf_engine.io.raster_writer import float_writer
from tests.scenes import grid
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
values = np.random.default_rng(0).random((300, 300), np.float32)
try:
    with float_writer(sys.argv[1], grid(300, 300), ["confidence"]) as writer:
        writer.write(grid(300, 300).window, values)
except RasterFileError as error:
    assert sys.argv[1] in str(error)
    sys.exit({int(signal.SIGXFSZ)})
"""
    assert resource.RLIMIT_FSIZE is not None
    for suffix in (".tif", ".dat"):
        target = tmp_path / f"a{suffix}"
        done = subprocess.run(
            [sys.executable, "-c", script, str(target)], capture_output=True, text=True
        )
        assert done.returncode == signal.SIGXFSZ, done.stderr
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".tif", ".dat", ".bip"])
def test_floats_with_names_and_nan(tmp_path, suffix):
    names = ["Wheat", "Wald, naß {alt}"]
    values = spectra(2)
    values[:, 0, 0] = np.nan
    path = tmp_path / f"p{suffix}"
    with float_writer(path, grid(), names) as writer:
        writer.write(Window(4, 0, 4, 10), values[:, 4:])
        writer.write(Window(0, 0, 4, 10), values[:, :4])
    with rasterio.open(path) as dataset:
        np.testing.assert_array_equal(dataset.read(), values)
        assert np.isnan(dataset.nodata)
        wanted = names if suffix == ".tif" else ["Wheat", "Wald; naß (alt)"]
        assert list(dataset.descriptions) in (names, wanted)
    with (
        pytest.raises(InputError, match="does not fill"),
        float_writer(path, grid(), names) as writer,
    ):
        writer.write(Window(0, 0, 4, 10), values[0, :4])


def test_large_maps_are_tiled_compressed_and_have_overviews(tmp_path):
    where = grid(1100, 40)
    path = write_classes(tmp_path / "a.tif", where)
    with rasterio.open(path) as dataset:
        assert dataset.block_shapes == [(256, 256)]
        assert dataset.compression.value == "DEFLATE"
        assert dataset.overviews(1)
        level = dataset.read(1, out_shape=(550, 20))
        assert set(np.unique(level)) <= {0, 1, 2, 5}
    np.testing.assert_array_equal(read_class_map(path)[0], pattern(where))


def written_in_parts(path, meanwhile):
    """Write a raster by windows that end within its blocks; return its bytes."""
    side, part = 600, 300
    values = np.random.default_rng(0).random((2, side, side), np.float32)
    with float_writer(path, grid(side, side), ["a", "b"]) as writer:
        for row in range(0, side, part):
            for column in range(0, side, part):
                window = Window(row, column, part, part)
                writer.write(window, values[(slice(None), *window.slices)])
                writer.flush()
                meanwhile()
    return path.read_bytes()


@pytest.mark.parametrize("suffix", [".tif", ".dat"])
def test_bytes_do_not_depend_on_what_is_read_in_between(tmp_path, suffix):
    """GDAL has one cache for all files, and writes blocks out of it to make room."""
    for name in "ab":
        (tmp_path / name).mkdir()
    quiet = written_in_parts(tmp_path / "a" / f"x{suffix}", lambda: None)
    assert written_in_parts(tmp_path / "b" / f"x{suffix}", empty_cache) == quiet
