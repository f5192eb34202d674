"""Suggestions of the demo scene: the same in both ways, and training areas once set."""

import json

import numpy as np
import pyogrio
import pytest
import shapely

from tests.end_to_end.programs import DEMO, engine, in_qgis


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


@pytest.fixture(scope="module")
def answered(suggested, tmp_path_factory):
    """Return the layer with two classes set and six passed over, and that layer."""
    path = tmp_path_factory.mktemp("answers") / "suggested.gpkg"
    path.write_bytes(suggested[0].read_bytes())
    values = ["Corn-notill", None, None, "Woods", None, None, None, None]
    edit = {"edit": str(path), "field": "cover", "values": values}
    answer, _ = in_qgis([edit], path.parent / "editing")
    assert answer["set"] == 2
    return path, layer_of(path)


def test_a_second_round_asks_for_others(qgis_process, answered, whole_job, tmp_path):
    path, first = answered
    assert sorted(filter(None, first["cover"])) == ["Corn-notill", "Woods"]
    given = {
        "CUBE": DEMO["CUBE"],
        "MODEL": whole_job.results["MODEL"],
        "ROIS": DEMO["ROIS"],
        "ROIS_MORE": path,
        "COUNT": 8,
    }
    output = tmp_path / "second.gpkg"
    done = qgis_process.show("miaf:suggestareas", **given, OUTPUT=output)
    assert done.status == 0, done.said
    rois = len(layer_of(DEMO["ROIS"])["geometry"])
    assert f"Areas that count as labelled: {rois + 2}. Areas" in done.said
    assert "which are not suggested again: 6." in done.said
    second = layer_of(output)
    assert second["rank"].tolist() == list(range(1, 9))
    earlier = shapely.union_all(first["geometry"])
    assert shapely.area(shapely.intersection(second["geometry"], earlier)).max() == 0
    other = tmp_path / "same.gpkg"
    done = engine("suggestareas", **given, CLASS_FIELD="cover", OUTPUT=other)
    assert done.status == 0, done.said
    assert done.json["labelled_areas"] == rois + 2
    assert done.json["passed_over_areas"] == 6
    assert layer_of(other)["geometry"].tolist() == second["geometry"].tolist()


def test_the_same_layer_goes_on_training(qgis_process, answered, whole_job, tmp_path):
    given = {
        **DEMO,
        "ROIS_MORE": answered[0],
        "INITIAL_MODEL": whole_job.results["MODEL"],
        "MODEL": tmp_path / "better.miaf.safetensors",
    }
    done = qgis_process.show("miaf:train", **given)
    assert done.status == 0, done.said
    assert "Areas without a class are left out: 6 " in done.said
