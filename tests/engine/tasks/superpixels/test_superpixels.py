"""A layer of superpixels covers every valid pixel once, whatever the grid or blocks."""

import json
import re

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from skimage.measure import label

from miaf_engine.cubes.tiles import tiles_of_side
from miaf_engine.errors import (
    Cancelled,
    ConfigError,
    CubeError,
    FileError,
    InputError,
    MemoryShortError,
)
from miaf_engine.grid import Window
from miaf_engine.labels import polygons
from miaf_engine.preprocessing.graph import build_graph
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.requests import SuperpixelsRequest
from miaf_engine.requests.settings import SegmentationConfig
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.superpixels import superpixels
from miaf_engine.tasks.superpixels.blocks import segment_joined
from tests import scenes, tiny
from tests.scenes import Recorder

GRIDS = {
    "north up": tiny.grid(),
    "rotated": tiny.grid(17.0),
    "south up": scenes.grid(tiny.HEIGHT, tiny.WIDTH, southup=True),
    "no place": scenes.unplaced(tiny.HEIGHT, tiny.WIDTH),
}


def with_hole():
    """Return the tiny cube with nodata, and which pixels are valid."""
    valid, values = tiny.hole(), tiny.cube()
    values[:, ~valid] = -9999
    return values, valid


@pytest.fixture
def cut(tmp_path):
    """Return a function that runs the task and reads the layer back."""

    def run(where=GRIDS["north up"], values=None, output="out.gpkg", **more):
        values, nodata = (with_hole()[0], -9999) if values is None else (values, None)
        cube = tmp_path / "cube.tif"
        scenes.write_tif(cube, values, where, nodata=nodata)
        recorder = Recorder()
        request = {
            "cube": str(cube),
            "output": str(tmp_path / output),
            "settings": {"pixels_per_superpixel": 12},
            **more,
        }
        result = carry_out(SuperpixelsRequest.from_json(request), recorder)
        assert not list(tmp_path.glob(".miaf-*"))
        return result["figures"], read(result["outputs"]["output"]), recorder

    return run


def read(path):
    """Return the columns of a layer, its polygons under `geometry`."""
    layer = str(pyogrio.list_layers(path)[0][0])
    meta, _, shapes, values = pyogrio.raw.read(path, layer=layer)
    columns = dict(zip(meta["fields"], values, strict=True))
    return {**columns, "geometry": shapely.from_wkb(shapes), "crs": meta["crs"]}


def rasterised(layer, where):
    """Return which superpixel holds each pixel's centre, by ids; fails on overlaps."""
    transform = rasterio.Affine(*where.transform)
    found = np.zeros((where.height, where.width), int)
    rows, columns = np.indices(found.shape) + 0.5
    xs, ys = transform @ (columns, rows)
    for number, polygon in zip(layer["id"], layer["geometry"], strict=True):
        inside = shapely.contains_xy(polygon, xs, ys)
        assert not found[inside].any()
        found[inside] = number
    return found


@pytest.mark.parametrize("name", GRIDS)
def test_every_valid_pixel_is_covered_once(cut, name):
    where, (_, valid) = GRIDS[name], with_hole()
    figures, layer, _ = cut(where, band_means=True)
    assert set(layer["geometry"].tolist()) and shapely.is_valid(layer["geometry"]).all()
    assert {shape.geom_type for shape in layer["geometry"]} == {"Polygon"}
    numbers = rasterised(layer, where)
    assert np.array_equal(numbers > 0, valid)
    assert list(layer["id"]) == list(range(1, len(layer["id"]) + 1))
    assert np.array_equal(np.bincount(numbers[valid])[1:], layer["pixels"])
    # Corners lie on whole pixels, so no polygon is larger than its pixels.
    points = shapely.get_coordinates(layer["geometry"])
    places = np.array(~rasterio.Affine(*where.transform) @ points.T)
    assert np.abs(places - places.round()).max() < 1e-6
    pixel = abs(np.linalg.det(np.reshape(where.transform, (2, 3))[:, :2]))
    areas = shapely.area(layer["geometry"])
    assert areas == pytest.approx(layer["pixels"] * pixel)
    if where.crs:
        assert layer["area_ha"] == pytest.approx(areas / 10_000)
    else:
        assert np.isnan(layer["area_ha"]).all()
    assert figures["superpixels"] == len(layer["id"])
    assert 8 <= figures["mean_pixels"] <= 20
    assert list(layer["class"]) == [None] * len(layer["id"])


def test_figures_by_hand(cut):
    values, valid = with_hole()
    _, layer, _ = cut(band_means=True)
    numbers = rasterised(layer, GRIDS["north up"])
    spectra = values[:, valid]
    normalised = np.zeros_like(values)
    normalised[:, valid] = Normalisation.fit(spectra).spectra(spectra)
    edges = build_graph((numbers - 1).astype(np.int32)).edges
    for row, number in enumerate(layer["id"]):
        own, shape = values[:, numbers == number], normalised[:, numbers == number]
        level = own.mean(axis=0, dtype=float)
        off = shape - shape.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(off).mean(axis=0)).mean()
        assert layer["brightness"][row] == pytest.approx(level.mean(), rel=1e-5)
        assert layer["bright_std"][row] == pytest.approx(level.std(), rel=1e-4)
        assert layer["spread"][row] == pytest.approx(spread, rel=1e-4)
        bands = [layer[f"band_{band}"][row] for band in range(1, tiny.BANDS + 1)]
        assert bands == pytest.approx(own.mean(axis=1), rel=1e-4)
        around = edges[1][edges[0] == number - 1] + 1
        around = sorted(set(around.tolist()) - {number})
        assert layer["neighb_ids"][row] == ",".join(map(str, around))
        assert layer["neighbours"][row] == len(around)


@pytest.mark.parametrize("name", ["north up", "rotated"])
def test_blocks_cover_all_and_know_their_neighbours(cut, monkeypatch, name):
    where, (_, valid) = GRIDS[name], with_hole()

    def blocks(grid, *_):
        return [tile.core for tile in tiles_of_side(grid.height, grid.width, 8)]

    monkeypatch.setattr(superpixels, "plan_blocks", blocks)
    figures, layer, _ = cut(where)
    assert figures["blocks"] == 12
    numbers = rasterised(layer, where)
    assert np.array_equal(numbers > 0, valid)
    assert sorted(layer["id"]) == list(range(1, len(layer["id"]) + 1))
    edges = build_graph((numbers - 1).astype(np.int32)).edges + 1
    for number, listed in zip(layer["id"], layer["neighb_ids"], strict=True):
        around = edges[1][(edges[0] == number) & (edges[1] != number)]
        assert listed == ",".join(map(str, around))
    # A superpixel ends at the seams.
    for tile in tiles_of_side(where.height, where.width, 8):
        inside = set(numbers[tile.core.slices].ravel().tolist()) - {0}
        outside = numbers.copy()
        outside[tile.core.slices] = 0
        assert not inside & set(outside.ravel().tolist())


def test_seams_are_told_and_memory_is_bounded(cut, monkeypatch):
    config, grid = SegmentationConfig(), scenes.grid(4000, 5000)
    windows = superpixels.plan_blocks(grid, 200, config, 1500)
    assert sum(w.height * w.width for w in windows) == 4000 * 5000
    largest = max(w.height * w.width for w in windows)
    assert 450 + largest * 16 * 200 / 2**20 < 1500
    assert superpixels.plan_blocks(tiny.grid(), 200, config, 0) == [
        Window(0, 0, tiny.HEIGHT, tiny.WIDTH)
    ]
    with pytest.raises(MemoryShortError, match="455 MiB"):
        superpixels.plan_blocks(grid, 200, config, 455)


@pytest.mark.parametrize("suffix", ["geojson", "shp"])
def test_other_formats_hold_the_same(cut, suffix):
    _, wanted, _ = cut(band_means=True)
    _, layer, recorder = cut(band_means=True, output=f"other.{suffix}")
    assert list(layer) == list(wanted)
    assert not recorder.warnings
    for name in ("id", "pixels", "neighb_ids", "neighbours", "class"):
        assert list(layer[name]) == list(wanted[name]), name
    assert layer["brightness"] == pytest.approx(wanted["brightness"])
    assert shapely.equals(layer["geometry"], wanted["geometry"]).all()
    assert rasterio.CRS.from_user_input(layer["crs"]).to_epsg() == 32616


LOCAL = rasterio.CRS.from_proj4(
    "+proj=laea +lat_0=47 +lon_0=9.5 +ellps=GRS80 +units=m"
).to_wkt()


def without_codes(epsg):
    """Return the WKT of a CRS as ENVI headers give it, without EPSG codes."""
    text = rasterio.CRS.from_epsg(epsg).to_wkt()
    return re.sub(r',AUTHORITY\["EPSG","\d+"\]', "", text)


@pytest.mark.parametrize("epsg", [32616, 26916, 25832, 31468, 4326, 4269])
def test_geojson_keeps_a_crs_that_has_a_code(cut, tmp_path, epsg):
    bare = without_codes(epsg)
    assert "EPSG" not in bare
    where = scenes.grid(tiny.HEIGHT, tiny.WIDTH, crs=bare)
    _, wanted, _ = cut(where)
    _, layer, _ = cut(where, output="some name.geojson")
    assert rasterio.CRS.from_user_input(layer["crs"]).to_epsg() == epsg
    assert shapely.equals_exact(layer["geometry"], wanted["geometry"], 1e-6).all()
    assert pyogrio.list_layers(tmp_path / "some name.geojson")[0][0] == "some name"
    assert "miaf" not in (tmp_path / "some name.geojson").read_text()


@pytest.mark.parametrize("crs", [LOCAL, None])
def test_geojson_without_a_code_is_refused_before_any_work(
    cut, tmp_path, monkeypatch, crs
):
    where = scenes.grid(tiny.HEIGHT, tiny.WIDTH, crs=crs)
    _, layer, _ = cut(where)
    if crs:  # A GeoPackage holds any.
        assert rasterio.CRS.from_user_input(layer["crs"]) == rasterio.CRS.from_wkt(crs)
    else:
        assert layer["crs"] is None
    monkeypatch.setattr(superpixels, "_chosen_bands", None)
    with pytest.raises(
        InputError, match="the CRS .* has none" if crs else "has no CRS"
    ) as caught:
        cut(where, output="out.geojson")
    assert "GeoPackage" in caught.value.hint
    assert not (tmp_path / "out.geojson").exists()


def test_a_shapefile_says_where_its_texts_end(cut, monkeypatch):
    _, wanted, _ = cut()
    monkeypatch.setitem(polygons._LONGEST_TEXT, ".shp", 12)
    _, layer, recorder = cut(output="out.shp")
    shorter = 0
    for short, whole in zip(layer["neighb_ids"], wanted["neighb_ids"], strict=True):
        assert whole == short or whole.startswith(f"{short},")
        assert len(short) <= 12
        shorter += short != whole
    assert shorter > 5
    assert [w for w in recorder.warnings if f"for a Shapefile: {shorter}." in w]


def test_a_shapefile_has_no_room_for_many_bands(cut):
    values = np.random.default_rng(0).normal(0, 1, (250, 9, 9)).astype(np.float32)
    with pytest.raises(InputError, match="at most 255 fields, but 259"):
        cut(scenes.grid(9, 9), values, "out.shp", band_means=True)


def test_users_class_makes_training_areas(cut, tmp_path):
    values, where = tiny.cube(), tiny.grid()
    _, layer, _ = cut(where, values)
    numbers, truth = rasterised(layer, where), tiny.truth()
    names = np.array(["Wheat", "Forest", "Road"])
    base = pyogrio.raw.read(tmp_path / "out.gpkg", layer="out")
    named = [
        names[np.bincount(truth[numbers == n]).argmax() - 1] if n % 2 else None
        for n in layer["id"]
    ]
    rois = scenes.write_areas(
        tmp_path / "rois.gpkg", shapely.from_wkb(base[2]), {"class": named}
    )
    request = {
        "cube": str(tmp_path / "cube.tif"),
        "rois": str(rois),
        "class_field": "class",
    }
    from miaf_engine.requests import InspectRequest

    figures = carry_out(InspectRequest(**request))["figures"]
    assert sum(item["pixels"] for item in figures["classes"]) == int(
        (numbers % 2 == 1).sum()
    )


def test_a_mask_leaves_the_rest_out(cut, tmp_path):
    where = tiny.grid()
    mask = scenes.write_areas(
        tmp_path / "mask.gpkg", [scenes.pixel_box(where, 3, 4, 9, 11)], {"n": [1]}
    )
    _, layer, _ = cut(where, tiny.cube(), mask=str(mask))
    expected = np.zeros((where.height, where.width), bool)
    expected[3:12, 4:15] = True
    assert np.array_equal(rasterised(layer, where) > 0, expected)


def test_a_mask_in_a_corner_of_a_large_cube(cut, tmp_path):
    where = scenes.grid(300, 300)
    values = np.tile(tiny.cube()[:4], (1, 13, 10))[:, :300, :300]
    mask = np.zeros((1, 300, 300), np.uint8)
    mask[0, 290:, 297:] = 1
    scenes.write_tif(tmp_path / "mask.tif", mask, where)
    figures, layer, _ = cut(where, values, mask=str(tmp_path / "mask.tif"))
    assert figures["pixels"] == 30
    assert np.array_equal(rasterised(layer, where) > 0, mask[0] > 0)


@pytest.mark.parametrize(
    ("more", "error", "text"),
    [
        ({"output": None}, ConfigError, "nothing to write"),
        ({"output": "x.tif"}, FileError, "ends in '.tif'"),
        ({"output": "nowhere/x.gpkg"}, FileError, "does not exist"),
        ({"settings": {"pixels_per_superpixel": 3}}, ConfigError, "pixels_per"),
        ({"settings": {"compactness": "much"}}, ConfigError, "compactness"),
        ({"settings": {"exclude_wavelengths": "a-b"}}, ConfigError, "a-b"),
        ({"memory_mb": 1}, MemoryShortError, "1 MiB"),
    ],
)
def test_refusals_leave_nothing(tmp_path, more, error, text):
    cube = tiny.write_cube(tmp_path / "cube.tif")
    request = {"cube": str(cube), "output": "x.gpkg", **more}
    if request["output"]:
        request["output"] = str(tmp_path / request["output"])
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error, match=text):
        carry_out(SuperpixelsRequest.from_json(request))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_cube_without_data_is_refused(cut, tmp_path):
    with pytest.raises(CubeError, match="no pixels with data"):
        cut(values=np.full((3, 8, 9), np.nan, np.float32), where=scenes.grid(8, 9))
    assert [path.name for path in tmp_path.iterdir()] == ["cube.tif"]


def test_same_input_same_bytes_of_geometry(cut):
    one, other = cut()[1], cut(output="again.gpkg")[1]
    assert shapely.to_wkb(one["geometry"]).tolist() == (
        shapely.to_wkb(other["geometry"]).tolist()
    )


def test_wavelengths_name_the_bands(tmp_path):
    fields = {"wavelength": "{400, 400.4, 500}", "wavelength units": "Nanometers"}
    values = np.random.default_rng(0).normal(9, 1, (3, 20, 20)).astype(np.float32)
    cube = scenes.write_envi(tmp_path / "c.dat", values, scenes.grid(20, 20), fields)
    request = {"cube": str(cube), "output": str(tmp_path / "o.gpkg")}
    carry_out(SuperpixelsRequest(**request, band_means=True))
    found = list(read(request["output"]))
    assert found[9:12] == ["nm_400_0", "nm_400_4", "nm_500_0"]
    assert json.dumps(found)


def test_superpixels_of_blocks_with_holes_are_joined():
    rng = np.random.default_rng(1)
    image = rng.normal(0, 1, (3, 60, 70)).astype(np.float32)
    valid = rng.random((60, 70)) > 0.2
    image[:, ~valid] = 0
    config = SegmentationConfig(pixels_per_superpixel=20)
    found = segment_joined(image, valid, config)
    assert np.array_equal(found >= 0, valid)
    assert len(np.unique(found[valid])) == found.max() + 1
    assert label(found + 1, background=0, connectivity=1).max() == found.max() + 1


@pytest.mark.parametrize("at", [0.0, 0.1, 0.15])
def test_a_cancel_leaves_nothing(tmp_path, at):
    cube = tiny.write_cube(tmp_path / "cube.tif")
    before = sorted(tmp_path.iterdir())
    request = SuperpixelsRequest(cube=str(cube), output=str(tmp_path / "o.gpkg"))
    with pytest.raises(Cancelled):
        carry_out(request, Recorder(cancel_at=at))
    assert sorted(tmp_path.iterdir()) == before
