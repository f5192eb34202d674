"""Suggestions: parameters become a request, and QGIS understands their style."""

import pytest
from qgis.core import (
    NULL,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsProcessingException,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.models import card
from miaf_engine.requests import TASKS
from miaf_engine.requests.suggest_areas import SUGGESTION_FIELDS as FIELDS
from miaf_engine.tasks.suggest_areas.style import suggestion_style
from miaf_qgis.engine.answer import Answer
from miaf_qgis.layers.class_field import field_of

NAMES = ["Wheat", "Wald, naß {alt}", "Road = <a&b>"]
CLASSES = ClassTable(
    tuple(ClassEntry(n, name, "#d1b43c") for n, name in enumerate(NAMES, 1))
)


@pytest.fixture
def request_of(job_of, cube, tmp_path, monkeypatch):
    model = tmp_path / "m.miaf.safetensors"
    model.write_text("x")
    monkeypatch.setattr(card, "read_card", lambda _path: None)
    target = str(tmp_path / "s.gpkg")

    def request(**parameters):
        given = {"CUBE": cube, "MODEL": str(model), "OUTPUT": target, **parameters}
        job = job_of("suggestareas", given)
        assert job.task == "suggestareas" and job.targets == (target,)
        return TASKS[job.task].from_json(job.request)

    return request


def styled(field="cover", count=12):
    """Return a layer of suggestions with the engine's style."""
    texts = ("predicted", "runner_up", "reason")
    fields = "&".join(
        f"field={name}:{'string' if name in (field, *texts) else 'int'}"
        for name in (FIELDS[0], field, *FIELDS[1:])
    )
    layer = QgsVectorLayer(f"Polygon?{fields}", "suggested", "memory")
    assert field_of(layer) == ""
    document = QDomDocument()
    document.setContent(suggestion_style(field, CLASSES, count))
    done, message = layer.importNamedStyle(document)
    assert done, message
    return layer


def test_defaults(request_of, cube):
    request = request_of()
    assert (request.cube, request.count, request.rois) == (cube, 10, None)
    assert request.pixels_per_superpixel == 0 and request.class_field is None
    assert request.normalise_by == "model" and not request.interpolate_bands


def test_all_parameters(request_of, new_raster, areas, tmp_path):
    mask = new_raster(tmp_path / "mask.tif", bands=1)
    request = request_of(
        ROIS=areas.id(), CLASS_FIELD="cover", COUNT=25, PIXELS_PER_SUPERPIXEL=37,
        MASK=mask, INTERPOLATE_BANDS=True, NORMALISE_BY="scene", MEMORY_MB=900,
        DEVICE="cpu",
    )  # fmt: skip
    assert request.rois.endswith("rois.gpkg") and request.rois_layer == "rois"
    assert (request.class_field, request.count) == ("cover", 25)
    assert (request.pixels_per_superpixel, request.mask) == (37, mask)
    assert request.interpolate_bands and request.normalise_by == "scene"
    assert (request.memory_mb, request.device) == (900, "cpu")


def test_earlier_suggestions_reach_the_engine_all_without_a_class(
    request_of, areas, new_areas
):
    earlier = new_areas([None, None, ""])
    request = request_of(ROIS=areas.id(), CLASS_FIELD="cover", ROIS_MORE=earlier.id())
    assert request.rois.endswith("rois.gpkg")
    assert request.rois_more.endswith("rois_more.gpkg")
    assert request.rois_more_layer == "rois_more"
    assert request.class_field == "cover"
    handed = QgsVectorLayer(f"{request.rois_more}|layername=rois_more", "x", "ogr")
    assert [feature["cover"] for feature in handed.getFeatures()] == [NULL] * 3


def test_the_class_field_may_be_left_to_the_earlier_suggestions(request_of, context):
    earlier = styled("kind")
    feature = QgsFeature(earlier.fields())
    feature["rank"] = 1
    earlier.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(earlier)
    request = request_of(ROIS_MORE=earlier.id())
    assert (request.rois, request.class_field) == (None, "kind")


@pytest.mark.parametrize(
    ("given", "message"),
    [({}, "not clear"), ({"CLASS_FIELD": "nothing"}, "has no field 'nothing'")],
)
def test_more_areas_without_the_class_field_are_refused(
    request_of, areas, given, message
):
    other = QgsVectorLayer("Polygon?field=n:int", "numbers", "memory")
    other.dataProvider().addFeature(QgsFeature(other.fields()))
    QgsProject.instance().addMapLayer(other)
    with pytest.raises(QgsProcessingException, match=message):
        request_of(ROIS_MORE=other.id(), **given)
    with pytest.raises(QgsProcessingException, match=message):
        request_of(ROIS=areas.id(), ROIS_MORE=other.id(), **given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COUNT", 0), ("COUNT", 1001), ("PIXELS_PER_SUPERPIXEL", 2),
        ("MODEL", "nowhere"), ("DEVICE", "gpu"), ("NORMALISE_BY", "date"),
        ("CLASS_FIELD", "nothing"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_refused(request_of, areas, name, value):
    with pytest.raises(QgsProcessingException):
        request_of(**{"ROIS": areas.id(), name: value})


def test_a_class_field_called_like_a_column_is_refused_at_once(
    request_of, new_areas, algorithm
):
    found = new_areas(["a", "b"], field="Predicted")
    for given in ({}, {"ROIS_MORE": found.id()}):
        with pytest.raises(QgsProcessingException, match="Rename the class field"):
            request_of(ROIS=found.id(), CLASS_FIELD="Predicted", **given)


def test_what_suggestions_say_of_themselves_is_no_class(algorithm, context, cube):
    suggested = styled()
    feature = QgsFeature(suggested.fields())
    feature["predicted"] = "Wheat"
    suggested.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(suggested)
    for name in ("train", "inspect"):
        given = {"CUBE": cube, "ROIS": suggested.id(), "CLASS_FIELD": "predicted"}
        given |= {"MODEL": "m.miaf.safetensors", "REPORT": "r.html"}
        fine, message = algorithm(name).checkParameterValues(given, context)
        assert not fine and "holds suggested areas" in message


def test_what_is_shown(provider):
    found = provider.algorithm("suggestareas")
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    shown = [p.name() for p in found.parameterDefinitions() if not p.flags() & advanced]
    assert shown == [
        *("CUBE", "MODEL", "ROIS", "CLASS_FIELD", "ROIS_MORE", "COUNT", "OUTPUT")
    ]
    output = found.outputDefinition("OUTPUT")
    assert isinstance(output, QgsProcessingOutputVectorLayer)
    assert found.icon().name() != provider.icon().name() or not found.icon().isNull()


def test_results(algorithm):
    answer = Answer({}, {"suggestions": 7})
    found = algorithm("suggestareas").results({"output": "s.gpkg"}, answer)
    assert found == {"OUTPUT": "s.gpkg", "SUGGESTION_COUNT": 7}


@pytest.mark.parametrize("field", ["cover", 'odd "name'])
def test_the_classes_are_a_value_map(field):
    layer = styled(field)
    place = layer.fields().lookupField(field)
    setup = layer.editorWidgetSetup(place)
    assert setup.type() == "ValueMap"
    offered = [next(iter(item.items())) for item in setup.config()["map"]]
    assert offered[1:] == [(name, name) for name in NAMES]
    form = layer.editFormConfig()
    fixed = {n for n in FIELDS if form.readOnly(layer.fields().lookupField(n))}
    assert fixed == set(FIELDS) and not form.readOnly(place)
    assert field_of(layer) == field


@pytest.mark.parametrize("count", [1, 3, 5, 12, 1000])
def test_each_rank_has_a_colour(count):
    layer = styled(count=count)
    renderer = layer.renderer()
    assert renderer.type() == "graduatedSymbol"
    ranges = renderer.ranges()
    assert len(ranges) == min(count, 5)
    colours = {item.symbol().color().name() for item in ranges}
    assert len(colours) == len(ranges)
    assert all(renderer.rangeForValue(rank) for rank in range(1, count + 1))


def test_a_label_shows_the_rank_and_the_class():
    layer = styled()
    assert layer.labelsEnabled()
    labeling = layer.labeling()  # held, since QGIS keeps no Python reference
    settings = labeling.settings()
    label = QgsExpression(settings.fieldName)
    for value, text in ((None, "4"), ("", "4"), ("Wheat", "4 Wheat")):
        feature = QgsFeature(layer.fields())
        feature["rank"], feature["cover"] = 4, value
        where = QgsExpressionContext()
        where.setFields(layer.fields())
        where.setFeature(feature)
        assert label.evaluate(where) == text, label.evalErrorString()


def test_the_class_field_of_a_file_is_found_by_its_stored_style(
    algorithm, context, tmp_path
):
    layer = styled()
    feature = QgsFeature(layer.fields())
    feature["rank"], feature["cover"] = 1, "Wheat"
    layer.dataProvider().addFeature(feature)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", "suggested"
    path = str(tmp_path / "suggested.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, path, context.transformContext(), options
    )
    saved = QgsVectorLayer(f"{path}|layername=suggested", "s", "ogr")
    document = QDomDocument()
    document.setContent(suggestion_style("cover", CLASSES, 1))
    saved.importNamedStyle(document)
    assert saved.saveStyleToDatabase("suggested", "", True, "") == ""
    from miaf_qgis.layers.class_field import class_field

    train = algorithm("train")
    given = {"ROIS": f"{path}|layername=suggested"}
    assert class_field(train, given, "ROIS", context) == "cover"
