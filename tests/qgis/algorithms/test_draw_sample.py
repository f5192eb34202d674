"""Parameters of a reference sample become a request, and its layer an assessment."""

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsVectorLayer,
)

from miaf_engine.requests.draw_sample import SAMPLE_FIELDS
from miaf_qgis.engine.process import Answer
from tests.qgis.helpers import request_of


@pytest.fixture
def class_map(new_raster, tmp_path):
    return new_raster(tmp_path / "map.tif", bands=1)


def test_defaults(job_of, class_map, tmp_path):
    target = str(tmp_path / "s.gpkg")
    job = job_of("drawsample", {"CLASSIFICATION": class_map, "OUTPUT": target})
    request = request_of(job)
    assert job.task == "drawsample" and job.targets == (target,)
    assert (request.classification, request.output) == (class_map, target)
    assert request.method == "stratified" and request.allocation == "compromise"
    assert request.half_width == 0.05 and request.minimum == 50
    assert request.expected_accuracy == [0.8] and request.seed == 0
    assert not request.show_map_class


def test_all_parameters(job_of, class_map, tmp_path):
    given = {
        "CLASSIFICATION": class_map, "OUTPUT": str(tmp_path / "s.gpkg"),
        "METHOD": "systematic", "HALF_WIDTH": 3, "EXPECTED_ACCURACY": "0.7, 0.6;0.9",
        "ALLOCATION": "1", "MINIMUM": 75, "SEED": 7, "SHOW_MAP_CLASS": True,
    }  # fmt: skip
    request = request_of(job_of("drawsample", given))
    assert request.method == "systematic" and request.allocation == "equal"
    assert request.width == pytest.approx(0.03) and request.minimum == 75
    assert request.expected_accuracy == [0.7, 0.6, 0.9]
    assert request.seed == 7 and request.show_map_class
    empty = request_of(job_of("drawsample", {**given, "EXPECTED_ACCURACY": ""}))
    assert empty.expected_accuracy is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("METHOD", "clustered", "METHOD|Sampling method|clustered"),
        ("ALLOCATION", "neyman", "ALLOCATION|Points by class|neyman"),
        ("HALF_WIDTH", 0.7, "half width"),
        ("EXPECTED_ACCURACY", "0.8,x", "'0.8,x' is neither a number"),
        ("EXPECTED_ACCURACY", "80", "expected accuracy 80"),
        ("CLASSIFICATION", "/nowhere.tif", "nowhere"),
    ],
)
def test_what_is_refused(job_of, class_map, tmp_path, name, value, message):
    given = {"CLASSIFICATION": class_map, "OUTPUT": str(tmp_path / "s.gpkg")}
    with pytest.raises(QgsProcessingException, match=message):
        job_of("drawsample", {**given, name: value})


def test_the_map_is_not_overwritten(job_of, class_map):
    with pytest.raises(QgsProcessingException):
        job_of("drawsample", {"CLASSIFICATION": class_map, "OUTPUT": class_map})


def test_what_is_shown_and_what_comes_out(algorithm):
    ready = algorithm("drawsample")
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    folded = {p.name() for p in ready.parameterDefinitions() if p.flags() & advanced}
    assert folded == {"SEED", "SHOW_MAP_CLASS"}
    assert isinstance(ready.outputDefinition("POINT_COUNT"), QgsProcessingOutputNumber)
    answer = Answer({}, {"points": 246})
    assert ready.results({"output": "s.gpkg"}, answer) == {
        "OUTPUT": "s.gpkg", "POINT_COUNT": 246,
    }  # fmt: skip


def sample_layer(fields):
    """Return a layer of two points in memory, one of them not looked up."""
    kinds = {"class": "string(40)", "design": "string(20)", "incl_prob": "double"}
    kinds["strat_ha"] = "double"
    columns = "&".join(f"field={name}:{kinds.get(name, 'integer')}" for name in fields)
    layer = QgsVectorLayer(f"Point?crs=EPSG:32616&{columns}", "sample", "memory")
    values = {
        "class": "Wheat", "design": "simple", "stratum": 1, "strat_pix": 100,
        "strat_pts": 2, "strat_ha": 4.5, "incl_prob": 0.02, "map_pix": 100,
        "map_class": 4,
    }  # fmt: skip
    for number in range(2):
        feature = QgsFeature(layer.fields())
        for name in fields:
            feature[name] = values[name]
        if number:
            feature["class"] = None
        point = QgsPointXY(500_005.0 + 10 * number, 4_499_985.0)
        feature.setGeometry(QgsGeometry.fromPointXY(point))
        layer.dataProvider().addFeature(feature)
    return layer


def handed_over(job):
    layer = QgsVectorLayer(job.request["reference"], "r", "ogr")
    rows = [f.attributes() for f in layer.getFeatures()]
    return layer.fields().names()[1:], [row[1:] for row in rows]


def test_assess_is_told_the_design(job_of, class_map, tmp_path):
    layer = sample_layer(["class", *SAMPLE_FIELDS])
    given = {
        "CLASSIFICATION": class_map, "REFERENCE": layer, "CLASS_FIELD": "class",
        "REPORT": str(tmp_path / "r.html"),
    }  # fmt: skip
    names, rows = handed_over(job_of("assess", given))
    assert names == ["class", "miaf_fid", *SAMPLE_FIELDS]
    assert rows[0][0] == "Wheat"
    assert [row[2:] for row in rows] == [["simple", 1, 100, 2, 4.5, 0.02, 100]] * 2
    part = sample_layer(["class", *SAMPLE_FIELDS[1:]])
    names, _ = handed_over(job_of("assess", {**given, "REFERENCE": part}))
    assert names == ["class", "miaf_fid"]


@pytest.mark.parametrize("field", ["design", "stratum", "map_class"])
def test_what_the_draw_has_set_is_no_class(algorithm, context, class_map, field):
    layer = sample_layer(["class", *SAMPLE_FIELDS, "map_class"])
    QgsProject.instance().addMapLayer(layer)
    given = {"CLASSIFICATION": class_map, "REFERENCE": layer.id(), "CLASS_FIELD": field}
    fine, message = algorithm("assess").checkParameterValues(given, context)
    assert not fine and "is a reference sample" in message and f"'{field}'" in message
