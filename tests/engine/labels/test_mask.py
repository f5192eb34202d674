"""Masks: rasters on the cube's pixels, and polygons."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from miaf_engine.errors import (
    FileError,
    GridMismatchError,
    InputError,
    RasterFileError,
    SampleError,
)
from miaf_engine.grid import Grid, Window
from miaf_engine.labels.mask import read_mask
from tests.scenes import grid, pixel_box, unplaced, write_areas, write_envi, write_tif

KEPT = np.zeros((8, 10), bool)
KEPT[2:6, 3:9] = True
GRIDS = [
    grid(),
    grid(rotation=33),
    grid(southup=True),
    grid(rotation=-27, southup=True),
    grid(crs=None),
]


def mask(path, values, where, **more):
    return str(write_tif(path, values[np.newaxis], where, **more))


@pytest.mark.parametrize("where", GRIDS)
@pytest.mark.parametrize("kind", ["uint8", "int16", "float32"])
def test_a_raster_on_the_grid(tmp_path, where, kind):
    values = KEPT.astype(kind) * 7
    np.testing.assert_array_equal(
        read_mask(mask(tmp_path / "m.tif", values, where), None, where), KEPT
    )
    values[2, 3] = 255 if kind == "uint8" else -1
    nodata = values[2, 3]
    path = mask(tmp_path / "n.tif", values, where, nodata=nodata)
    kept = KEPT.copy()
    kept[2, 3] = False
    np.testing.assert_array_equal(read_mask(path, None, where), kept)


@pytest.mark.parametrize("rotation", [0, 33])
def test_rows_and_columns_may_run_the_other_way(tmp_path, rotation):
    where = grid(rotation=rotation)
    # From the south, a part of the cube: all but the upper two rows.
    a, b, c, d, e, f = where.transform
    turned = (-a, -b, c + 10 * a + 8 * b, -d, -e, f + 10 * d + 8 * e)
    part = replace(where, transform=turned, height=6)
    path = mask(tmp_path / "m.tif", KEPT[2:][::-1, ::-1].astype("uint8"), part)
    np.testing.assert_array_equal(read_mask(path, None, where), KEPT)


def test_a_mask_without_a_place_is_taken_row_by_row(tmp_path):
    values = np.arange(80, dtype=np.uint8).reshape(8, 10) % 7
    identity = Grid((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), None, 8, 10)
    for where in (identity, unplaced(8, 10)):
        path = mask(tmp_path / "m.tif", values, where)
        np.testing.assert_array_equal(
            read_mask(path, None, unplaced(8, 10)), values > 0
        )


def test_nan_is_masked_and_negative_values_are_kept(tmp_path):
    values = np.where(KEPT, -2.5, np.nan).astype("float32")
    path = mask(tmp_path / "m.tif", values, grid())
    np.testing.assert_array_equal(read_mask(path, None, grid()), KEPT)


def test_an_envi_header_stands_for_its_mask(tmp_path):
    path = write_envi(tmp_path / "m.dat", KEPT.astype("uint8")[None], grid())
    found = read_mask(str(path.with_suffix(".hdr")), None, grid())
    np.testing.assert_array_equal(found, KEPT)


@pytest.mark.parametrize("where", GRIDS[:4])
@pytest.mark.parametrize("chunk", [4_000_000, 1])
def test_a_mask_of_another_part_on_the_same_pixels(tmp_path, where, chunk, monkeypatch):
    monkeypatch.setattr("miaf_engine.labels.mask._CHUNK_PIXELS", chunk)
    whole = replace(where, height=20, width=30)
    values = np.random.default_rng(1).integers(0, 2, (20, 30)).astype("uint8")
    path = mask(tmp_path / "m.tif", values, whole)
    inner = whole.cut(Window(4, 5, 8, 10))
    np.testing.assert_array_equal(read_mask(path, None, inner), values[4:12, 5:15] > 0)
    part = where.cut(Window(3, 2, 4, 5))
    path = mask(tmp_path / "p.tif", np.ones((4, 5), "uint8"), part)
    expected = np.zeros((8, 10), bool)
    expected[3:7, 2:7] = True
    np.testing.assert_array_equal(read_mask(path, None, where), expected)


def test_no_geotransform_on_either_side_or_on_one(tmp_path):
    for own in (unplaced(), grid()):
        path = mask(tmp_path / "m.tif", KEPT.astype("uint8"), own)
        np.testing.assert_array_equal(read_mask(path, None, unplaced()), KEPT)
    path = mask(tmp_path / "m.tif", KEPT.astype("uint8"), unplaced())
    np.testing.assert_array_equal(read_mask(path, None, grid()), KEPT)


@pytest.mark.parametrize("where", GRIDS)
def test_polygons(tmp_path, where):
    box = pixel_box(where, 2, 3, 4, 6)
    path = write_areas(tmp_path / "m.gpkg", [box], {"x": ["a"]}, where.crs, "one")
    np.testing.assert_array_equal(read_mask(str(path), None, where), KEPT)
    np.testing.assert_array_equal(read_mask(str(path), "one", where), KEPT)


def test_polygons_with_holes_that_overlap_and_in_another_crs(tmp_path):
    hole = pixel_box(grid(), 0, 0, 8, 10).difference(pixel_box(grid(), 2, 2, 4, 4))
    more = pixel_box(grid(), 3, 3, 1, 1)
    path = write_areas(tmp_path / "m.geojson", [hole, more], {"x": [1, 2]})
    expected = np.ones((8, 10), bool)
    expected[2:6, 2:6] = False
    expected[3, 3] = True
    np.testing.assert_array_equal(read_mask(str(path), None, grid()), expected)


REFUSED = {
    "two bands": (InputError, "has 2 bands, but a mask has one"),
    "shifted": (GridMismatchError, "are shifted by 0.5 pixels"),
    "finer": (GridMismatchError, "measures 10 x 10, and one of the cube 20 x 20"),
    "turned": (GridMismatchError, "pixels against those of the cube"),
    "far": (GridMismatchError, "lies outside the cube"),
    "crs": (GridMismatchError, "UTM zone 17N.*the cube is in.*UTM zone 16N"),
    "size": (GridMismatchError, "has 7 x 10 pixels"),
    "nothing": (GridMismatchError, "keeps no pixel"),
    "text": (RasterFileError, "neither as a raster .* nor as a vector file"),
    "missing": (FileError, "no file"),
    "points": (InputError, "has no polygons"),
    "elsewhere": (GridMismatchError, "lie outside the cube"),
}


def bad(kind, folder):
    """Write a mask that does not serve."""
    where, path = grid(), folder / "m.tif"
    wrong = {
        "shifted": replace(where, transform=shifted(where.transform, 10.0)),
        "finer": grid(16, 20, pixel=10.0),
        "turned": grid(rotation=1),
        "far": replace(where, transform=shifted(where.transform, 20_000.0)),
        "crs": replace(where, crs=where.crs.replace("16N", "17N")),
        "size": unplaced(7, 10),
        "nothing": where,
    }
    if kind in wrong:
        own = wrong[kind]
        if kind == "crs":
            own = replace(where, crs="EPSG:32617")
        values = np.full((own.height, own.width), kind != "nothing", "uint8")
        return mask(path, values, own)
    if kind == "two bands":
        return str(write_tif(path, np.ones((2, 8, 10), "uint8"), where))
    if kind == "text":
        path.write_text("nothing of the kind")
        return str(path)
    shape = shapely.Point(500_100, 4_479_900)
    if kind == "elsewhere":
        shape = pixel_box(where, 500, 500, 4, 4)
    if kind != "missing":
        write_areas(folder / "m.gpkg", [shape], {"x": [1]})
    return str(folder / "m.gpkg")


def shifted(transform, by):
    a, b, c, d, e, f = transform
    return (a, b, c + by, d, e, f)


@pytest.mark.parametrize("kind", REFUSED)
def test_refusals(tmp_path, kind):
    error, words = REFUSED[kind]
    with pytest.raises(error, match=words):
        read_mask(bad(kind, tmp_path), None, grid())


def test_polygons_that_hold_no_pixel_are_refused(tmp_path):
    sliver = shapely.box(400_000, 4_000_000, 600_000, 4_479_700)
    path = write_areas(tmp_path / "m.gpkg", [sliver], {"x": [1]})
    with pytest.raises((SampleError, GridMismatchError)):
        read_mask(str(path), None, grid())
