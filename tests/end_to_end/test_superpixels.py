"""Superpixels of the demo scene labelled by its areas, and two maps compared."""

import json

import numpy as np
import pyogrio
import pytest
import rasterio
import rasterio.features
import shapely

from miaf_engine.io.class_maps import read_class_map
from miaf_engine.io.raster_writer import class_map_writer
from tests.end_to_end.programs import DEMO, SCENE, engine

GROUND_TRUTH = SCENE / "ground_truth.tif"


@pytest.fixture(scope="module")
def superpixels(qgis_process, tmp_path_factory):
    path = tmp_path_factory.mktemp("super pixels ü") / "superpixels.gpkg"
    results = qgis_process.run(
        "miaf:superpixels", CUBE=DEMO["CUBE"], OUTPUT=path
    ).results
    assert results["OUTPUT"] == str(path)
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    meta, _, shapes, columns = pyogrio.raw.read(path, layer="superpixels")
    layer = dict(zip(meta["fields"], columns, strict=True))
    assert results["SUPERPIXEL_COUNT"] == len(layer["id"])
    return path, layer, shapely.from_wkb(shapes)


def test_superpixels_follow_the_fields(superpixels):
    _, layer, polygons = superpixels
    assert shapely.is_valid(polygons).all()
    assert layer["pixels"].sum() == 145 * 145
    union = shapely.union_all(polygons)
    assert union.area == pytest.approx(shapely.area(polygons).sum())
    truth = read_class_map(GROUND_TRUTH)[0]
    with rasterio.open(GROUND_TRUTH) as dataset:
        rasterised = rasterio.features.rasterize(
            zip(polygons, layer["id"].tolist(), strict=True),
            out_shape=truth.shape,
            transform=dataset.transform,
        )
    counts = np.zeros((rasterised.max() + 1, truth.max() + 1), int)
    np.add.at(counts, (rasterised, truth), 1)
    purity = counts[:, 1:].max(axis=1).sum() / (truth > 0).sum()
    assert purity > 0.92  # 0.949; a grid of squares of that size has 0.86


def test_the_command_line_writes_the_same(superpixels, tmp_path):
    path, layer, _ = superpixels
    other = tmp_path / "superpixels.gpkg"
    done = engine("superpixels", CUBE=DEMO["CUBE"], OUTPUT=other)
    assert done.status == 0, done.said
    assert done.json["superpixels"] == len(layer["id"])
    one, two = (
        pyogrio.raw.read(file, layer="superpixels")[2] for file in (path, other)
    )
    assert one.tolist() == two.tolist()


def test_labelled_superpixels_are_training_areas(qgis_process, superpixels, tmp_path):
    path, layer, polygons = superpixels
    centres = shapely.point_on_surface(polygons)
    with rasterio.open(GROUND_TRUTH) as dataset:
        values = [int(v[0]) for v in dataset.sample([(p.x, p.y) for p in centres])]
    rois = tmp_path / "rois.gpkg"
    meta = pyogrio.read_info(path, layer="superpixels")
    names = np.array([f"class {v}" if v else None for v in values], dtype=object)
    pyogrio.raw.write(
        rois, shapely.to_wkb(polygons), [names], ["class"], layer="rois",
        geometry_type="Polygon", crs=meta["crs"],
    )  # fmt: skip
    report = tmp_path / "r.html"
    qgis_process.run(
        "miaf:inspect", CUBE=DEMO["CUBE"], ROIS=rois, CLASS_FIELD="class", REPORT=report
    )
    found = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    labelled = {item["name"]: item["pixels"] for item in found["classes"]}
    kinds = {name for name in names.tolist() if name}
    assert set(labelled) == kinds and len(kinds) > 8
    chosen = layer["pixels"][np.array([name is not None for name in names])]
    assert sum(labelled.values()) == chosen.sum()


def test_two_maps_in_both_ways(qgis_process, tmp_path):
    values, grid, classes = read_class_map(GROUND_TRUTH)
    after = values.copy()
    after[values == 2] = 14
    later = tmp_path / "später.tif"
    with class_map_writer(later, grid, classes) as writer:
        writer.write(grid.window, after)
    changed = int((values == 2).sum())
    paths = {
        "OUTPUT": str(tmp_path / "changes.tif"),
        "MATRIX": str(tmp_path / "m.csv"),
        "REPORT": str(tmp_path / "r.html"),
    }
    maps = {"BEFORE": GROUND_TRUTH, "AFTER": later}
    results = qgis_process.run("miaf:compare", **maps, **paths).results
    share = changed / int((values > 0).sum())
    numbers = {
        "CHANGED_SHARE": pytest.approx(share),
        "CHANGED_PIXELS": changed,
        "CHANGED_HECTARES": pytest.approx(changed * 0.04),
        "COMPARED_PIXELS": int((values > 0).sum()),
    }
    assert results == {**paths, **numbers}
    found, where, table = read_class_map(paths["OUTPUT"])
    assert where == grid
    names = dict(zip(table.values, table.names, strict=True))
    assert names[214] == "Corn-notill -> Woods"
    assert np.array_equal(found == 214, values == 2)
    done = engine("compare", **maps, OUTPUT=tmp_path / "again.tif")
    assert done.status == 0, done.said
    assert done.json["changes"] == [
        {"name": names[214], "pixels": changed, "area": pytest.approx(changed * 0.04)}
    ]
    assert np.array_equal(read_class_map(tmp_path / "again.tif")[0], found)
