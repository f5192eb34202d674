"""Suggestions of the demo scene: the same in both ways, and training areas once set."""

import json

import numpy as np
import pyogrio
import pytest
import shapely

from tests.end_to_end.programs import DEMO, engine


def layer_of(path):
    name = str(pyogrio.list_layers(path)[0][0])
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=name)
    return {
        **dict(zip(meta["fields"], columns, strict=True)),
        "geometry": shapely.from_wkb(shapes),
        "crs": meta["crs"],
    }


@pytest.fixture(scope="module")
def suggested(qgis_process, whole_job, tmp_path_factory):
    path = tmp_path_factory.mktemp("next areas ü") / "suggested.gpkg"
    results = qgis_process.run(
        "miaf:suggestareas",
        CUBE=DEMO["CUBE"],
        MODEL=whole_job.results["MODEL"],
        ROIS=DEMO["ROIS"],
        COUNT=8,
        OUTPUT=path,
    ).results
    assert results["OUTPUT"] == str(path)
    assert results["SUGGESTION_COUNT"] == 8
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    return path, layer_of(path)


def test_they_lie_apart_from_the_training_areas(suggested):
    _, layer = suggested
    areas = shapely.union_all(layer_of(DEMO["ROIS"])["geometry"])
    assert shapely.area(shapely.intersection(layer["geometry"], areas)).max() == 0
    union = shapely.union_all(layer["geometry"])
    assert union.area == pytest.approx(shapely.area(layer["geometry"]).sum())
    assert layer["rank"].tolist() == list(range(1, 9))
    assert set(layer["cover"]) == {None}


def test_the_command_line_writes_the_same(suggested, whole_job, tmp_path):
    other = tmp_path / "suggested.gpkg"
    done = engine(
        "suggestareas",
        CUBE=DEMO["CUBE"],
        MODEL=whole_job.results["MODEL"],
        ROIS=DEMO["ROIS"],
        COUNT=8,
        CLASS_FIELD="cover",
        OUTPUT=other,
    )
    assert done.status == 0, done.said
    assert done.json["suggestions"] == 8
    one, two = suggested[1], layer_of(other)
    assert list(one) == list(two)
    assert one["geometry"].tolist() == two["geometry"].tolist()
    assert one["reason"].tolist() == two["reason"].tolist()


def test_set_classes_are_training_areas_as_they_stand(
    qgis_process, suggested, tmp_path
):
    _, layer = suggested
    rois = tmp_path / "rois.gpkg"
    names = np.array(["Corn", "Woods", None, "Oats"] * 2, dtype=object)
    pyogrio.raw.write(
        rois, shapely.to_wkb(layer["geometry"]), [layer["rank"], names],
        ["rank", "cover"], layer="rois", geometry_type="Polygon", crs=layer["crs"],
    )  # fmt: skip
    report = tmp_path / "r.html"
    qgis_process.run("miaf:inspect", CUBE=DEMO["CUBE"], ROIS=rois, REPORT=report)
    found = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    labelled = {item["name"]: item["pixels"] for item in found["classes"]}
    assert labelled == {
        name: int(layer["pixels"][names == name].sum())
        for name in ("Corn", "Woods", "Oats")
    }
