"""Comparing class maps on other grids, and how large changes are on the ground."""

import numpy as np
import pytest
import rasterio
import rasterio.warp

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import GridMismatchError, SampleError
from miaf_engine.grid import Grid
from miaf_engine.io.class_maps import read_class_map
from miaf_engine.labels.ground_area import class_areas
from tests import scenes
from tests.changes import (
    AFTER,
    BEFORE,
    WHERE,
    made,
    run,
    values_after,
    values_before,
    write,
    write_maps,
)
from tests.scenes import Recorder


@pytest.fixture
def maps(tmp_path):
    return write_maps(tmp_path)


@pytest.mark.parametrize("code", [4326, 3857])
def test_areas_in_degrees_are_those_of_the_ellipsoid(tmp_path, code):
    step = 0.01 if code == 4326 else 1000.0
    crs = rasterio.CRS.from_epsg(code).to_wkt()
    where = Grid(
        (step, 0, 10, 0, -step, 50 * (1 if code == 4326 else 1e5)), crs, 70, 80
    )
    one, other = np.random.default_rng(0).integers(1, 3, (2, 70, 80))
    table = ClassTable((ClassEntry(1, "a", "#000000"), ClassEntry(2, "b", "#111111")))
    maps = {
        "before": write(tmp_path / "a.tif", one, table, where),
        "after": write(tmp_path / "b.tif", other, table, where),
    }
    figures = run(maps, **made(tmp_path, "matrix"))["figures"]
    wanted = class_areas(one * 2 + other - 2, 4, where)
    assert figures["area_unit"] == "ha"
    assert np.ravel(figures["matrix_areas"]) == pytest.approx(wanted.values, rel=1e-6)


def test_without_a_place_pixels_are_counted(tmp_path):
    where = scenes.unplaced(6, 8)
    maps = {
        "before": write(tmp_path / "a.tif", values_before(), BEFORE, where),
        "after": write(tmp_path / "b.tif", values_after(), AFTER, where),
    }
    figures = run(maps, **made(tmp_path))["figures"]
    assert figures["area_unit"] == "pixels"
    assert figures["matrix_areas"] == figures["matrix_pixels"]


def test_another_grid_takes_the_nearest(maps, tmp_path):
    """Half the pixel size, shifted by a whole pixel: each pixel has a known partner."""
    a, b, c, d, e, f = WHERE.transform
    fine = Grid((a / 2, b, c - a, d, e / 2, f - e), WHERE.crs, 16, 18)
    values = np.zeros((16, 18), int)
    values[2:14, 2:18] = values_after().repeat(2, 0).repeat(2, 1)
    # The centre of a coarse pixel is a corner of four fine ones, all alike.
    maps["after"] = write(tmp_path / "fine.tif", values, AFTER, fine)
    recorder = Recorder()
    figures = run(maps, recorder, **made(tmp_path, "output"))["figures"]
    assert figures["matrix_pixels"] == [[20, 0, 3], [0, 0, 0], [0, 2, 21]]
    told = [text for text in recorder.warnings if "nearest" in text]
    assert ["has 16 x 18 pixels" in text for text in told] == [True]
    assert read_class_map(tmp_path / "Änderung.tif")[1] == WHERE


def test_another_crs_is_brought_over(tmp_path):
    where = scenes.grid(40, 50)
    rng = np.random.default_rng(0)
    values = rng.integers(1, 3, (4, 5)).repeat(10, 0).repeat(10, 1)
    table = ClassTable((ClassEntry(1, "a", "#000000"), ClassEntry(2, "b", "#111111")))
    before = write(tmp_path / "a.tif", values, table, where)
    crs = rasterio.CRS.from_epsg(32617)
    transform, width, height = rasterio.warp.calculate_default_transform(
        where.crs, crs, 50, 40, *where.bounds, resolution=5
    )
    moved = np.zeros((height, width), np.uint8)
    rasterio.warp.reproject(
        values.astype(np.uint8), moved, src_transform=where.transform,
        src_crs=where.crs, dst_transform=transform, dst_crs=crs, dst_nodata=0,
    )  # fmt: skip
    there = Grid(tuple(transform)[:6], crs.to_wkt(), height, width)
    after = write(tmp_path / "b.tif", moved, table, there)
    recorder = Recorder()
    figures = run(
        {"before": before, "after": after}, recorder, **made(tmp_path, "matrix")
    )["figures"]
    # Twice the nearest pixel: off by a pixel at borders at most.
    assert figures["compared_pixels"] > 0.97 * values.size
    assert figures["changed_share"] < 0.03
    assert [w for w in recorder.warnings if "32617" in w and "32616" in w]


def test_maps_elsewhere_or_without_a_place_are_refused(maps, tmp_path):
    paths = made(tmp_path)
    a, b, c, d, e, f = WHERE.transform
    far = Grid((a, b, c + 5000, d, e, f), WHERE.crs, 6, 8)
    after = write(tmp_path / "far.tif", values_after(), AFTER, far)
    with pytest.raises(SampleError, match="No pixel has a class in both"):
        run({**maps, "after": after}, **paths)
    bare = scenes.unplaced(5, 8)
    after = write(tmp_path / "bare.tif", values_after()[:5], AFTER, bare)
    with pytest.raises(GridMismatchError, match="has 5 x 8 pixels"):
        run({**maps, "after": after}, **paths)
    assert not any((tmp_path / name).exists() for name in ("m.csv", "r.html"))
    assert not list(tmp_path.glob(".miaf-*"))
