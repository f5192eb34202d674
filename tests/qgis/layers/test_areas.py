"""Layers become files: every kind of source, names and colours, refusals."""

import json
import sqlite3

import pytest
from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFillSymbol,
    QgsGeometry,
    QgsInvertedPolygonRenderer,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsRectangle,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from miaf_qgis.layers.areas import hand_over
from miaf_qgis.layers.class_styles import class_key, class_styles


def rows(areas, columns="*"):
    with sqlite3.connect(areas.path) as database:
        found = database.execute(f'SELECT {columns} FROM "{areas.layer}"').fetchall()
    return found


def names(areas):
    with sqlite3.connect(areas.path) as database:
        return [
            row[1] for row in database.execute(f'PRAGMA table_info("{areas.layer}")')
        ]


@pytest.fixture
def give(tmp_path, context):
    def hand(layer, field="cover", source=None):
        source = source or QgsProcessingFeatureSource(layer, context)
        return hand_over(source, layer, field, tmp_path / "röis.gpkg", context)

    return hand


def categorised(layer, categories, attribute="cover"):
    made = [
        QgsRendererCategory(value, QgsFillSymbol.createSimple({"color": colour}), label)
        for value, colour, label in categories
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer(attribute, made))


def test_only_geometry_class_and_id_are_written(areas, give):
    given, extent = give(areas)
    assert names(given) == ["miaf_row", "miaf_geometry", "cover", "miaf_fid"]
    ids = [feature.id() for feature in areas.getFeatures()]
    assert rows(given, "cover") == [("Wheat",), ("Corn",), ("Wheat",), ("Oats",)]
    assert rows(given, "miaf_fid") == [(number,) for number in ids]
    assert given.keys == {"Wheat", "Corn", "Oats"}
    assert given.styles is None
    assert extent.contains(areas.extent())
    assert QgsVectorLayer(given.path).crs() == areas.crs()


@pytest.mark.parametrize(
    "field", ["fid", "geom", "FID", "ogc_fid", "miaf_fid2", "größe", 'a "b"']
)
def test_awkward_field_names(new_areas, give, field):
    layer = new_areas([1, 2], kind="integer", field="x")
    layer.startEditing()
    layer.renameAttribute(0, field)
    given, _ = give(layer, field)
    assert names(given)[2] == field
    assert given.keys == {1, 2}


def test_whole_numbers_stay_whole_and_others_do_not(new_areas, give):
    given, _ = give(new_areas([3, 12], kind="integer"))
    assert rows(given, "typeof(cover)")[0] == ("integer",)
    json.dumps(sorted(given.keys))
    given, _ = give(new_areas([3.0, 12.0, NULL], kind="double"))
    assert rows(given, "typeof(cover)")[0] == ("integer",)
    given, _ = give(new_areas([1.0, 2.5], kind="double"))
    assert given.keys == {1, 2.5}
    assert rows(given, "typeof(cover)")[0] == ("real",)


def test_blank_and_null_classes_are_passed_on_as_null(new_areas, give):
    given, _ = give(new_areas(["Wheat", NULL, "  ", " Corn "]))
    assert [row[0] for row in rows(given, "cover")] == ["Wheat", None, None, "Corn"]
    assert given.keys == {"Wheat", "Corn"}


def test_unsaved_edits_count(areas, give):
    areas.startEditing()
    areas.changeAttributeValue(1, 0, "Grass")
    areas.deleteFeature(2)
    given, _ = give(areas)
    assert given.keys == {"Grass", "Wheat", "Oats"}
    assert sorted(rows(given, "miaf_fid")) == [(1,), (3,), (4,)]


def test_features_that_are_not_saved_yet(areas, give):
    """Their ids are negative."""
    areas.startEditing()
    for number in range(3):
        feature = QgsFeature(areas.fields())
        feature.setAttributes([f"new {number}", ""])
        feature.setGeometry(next(areas.getFeatures()).geometry())
        areas.addFeature(feature)
    given, _ = give(areas)
    assert {"new 0", "new 1", "new 2"} < given.keys
    assert len(rows(given)) == 7


def test_filter_and_virtual_field(areas, give, tmp_path, context):
    saved, _ = give(areas)
    layer = QgsVectorLayer(saved.path, "Saved")
    layer.setSubsetString("cover <> 'Oats'")
    layer.addExpressionField(
        "upper(cover)", QgsField("loud", areas.fields().at(0).type())
    )
    (tmp_path / "again").mkdir()
    source = QgsProcessingFeatureSource
    target = tmp_path / "again" / "rois.gpkg"
    given, _ = hand_over(source(layer, context), layer, "loud", target, context)
    assert given.keys == {"WHEAT", "CORN"}


@pytest.mark.parametrize("kind", ["string", "integer", "double"])
def test_an_invalid_polygon_is_left_to_the_engine(new_areas, give, context, kind):
    """QGIS stops at it by default, also where only the classes are read."""
    layer = new_areas([1, 2], kind=kind)
    bow_tie = QgsGeometry.fromWkt("POLYGON((0 0,1 1,1 0,0 1,0 0))")
    layer.dataProvider().changeGeometryValues({2: bow_tie})
    context.setInvalidGeometryCheck(
        QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid
    )
    source = QgsProcessingUtils.variantToSource(layer.id(), context)
    given, _ = give(layer, source=source)
    assert len(given.keys) == 2


def test_curves_invalid_and_missing_geometries_pass(new_areas, give):
    layer = new_areas(["a", "b", "c"], geometry="CurvePolygon")
    layer.startEditing()
    x, y = 500_000, 4_499_900
    circle = f"{x} {y},{x + 10} {y + 10},{x + 20} {y},{x + 10} {y - 10},{x} {y}"
    curve = f"CURVEPOLYGON(CIRCULARSTRING({circle}))"
    layer.changeGeometry(1, QgsGeometry.fromWkt(curve))
    bowtie = f"POLYGON(({x} {y},{x + 10} {y + 10},{x + 10} {y},{x} {y + 10},{x} {y}))"
    layer.changeGeometry(2, QgsGeometry.fromWkt(bowtie))
    layer.changeGeometry(3, QgsGeometry())
    given, extent = give(layer)
    found = list(QgsVectorLayer(given.path).getFeatures())
    assert len(found) == 3
    assert found[0].geometry().asWkt().startswith("Polygon")
    assert not found[2].hasGeometry()
    assert extent.width() <= 40


@pytest.mark.parametrize("geometry", ["Point", "MultiLineString", "PolygonZM"])
def test_other_geometries_pass(context, give, geometry):
    layer = QgsVectorLayer(
        f"{geometry}?crs=EPSG:32616&field=cover:string", "Other", "memory"
    )
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["a"])
    text = {
        "Point": "POINT(500010 4499990)",
        "MultiLineString": "MULTILINESTRING((500010 4499990,500020 4499990))",
        "PolygonZM": "POLYGONZM((500010 4499990 1 1,500020 4499990 1 1,"
        "500020 4499980 1 1,500010 4499990 1 1))",
    }[geometry]
    feature.setGeometry(QgsGeometry.fromWkt(text))
    assert layer.dataProvider().addFeatures([feature])[0]
    given, _ = give(layer)
    assert given.keys == {"a"}


def test_geometries_alone(areas, give):
    given, _ = give(areas, None)
    assert names(given) == ["miaf_row", "miaf_geometry", "miaf_fid"]
    assert given.field is None
    assert len(rows(given)) == 4


# Names and colours


def test_names_and_colours_of_the_categories(areas, give):
    categorised(
        areas,
        [
            ("Wheat", "#D1B43C", "Winter wheat"),
            ("Corn", "#00ff00", ""),
            ("", "#777777", "other"),
        ],
    )
    given, _ = give(areas)
    assert given.styles == [
        {"key": "Wheat", "name": "Winter wheat", "colour": "#d1b43c"},
        {"key": "Corn", "name": "Corn", "colour": "#00ff00"},
    ]


@pytest.mark.parametrize("value", [5, "5", 5.0])
def test_numbers_in_categories_meet_numbers_in_the_field(new_areas, give, value):
    layer = new_areas([5, 6], kind="integer")
    categorised(layer, [(value, "#ff0000", "five")], '"cover"')
    given, _ = give(layer)
    assert given.styles == [{"key": 5, "name": "five", "colour": "#ff0000"}]
    assert json.dumps(given.styles[0]["key"]) == "5"


def test_truth_values_meet_those_of_a_saved_style(new_areas, give):
    """A project file holds a category's truth value as text."""
    layer = new_areas([True, False, True], kind="boolean")
    categorised(layer, [(True, "#ff0000", "yes"), (False, "#00ff00", "no")])
    given, _ = give(layer)
    assert [row[0] for row in rows(given, "cover")] == ["true", "false", "true"]
    expected = [
        {"key": "true", "name": "yes", "colour": "#ff0000"},
        {"key": "false", "name": "no", "colour": "#00ff00"},
    ]
    assert given.styles == expected
    style = QDomDocument()
    layer.exportNamedStyle(style)
    layer.importNamedStyle(style)
    assert class_styles(layer, "cover", numeric=False) == expected


def test_a_field_that_comes_by_a_join(new_areas, give):
    keys = new_areas([1, 2, 3], kind="integer", field="number")
    table = QgsVectorLayer(
        "None?field=number:integer&field=cover:string", "Table", "memory"
    )
    for number, name in ((1, "Wheat"), (2, "Corn")):
        feature = QgsFeature(table.fields())
        feature.setAttributes([number, name])
        table.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(table)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(table)
    join.setJoinFieldName("number")
    join.setTargetFieldName("number")
    join.setUsingMemoryCache(True)
    assert keys.addJoin(join)
    given, _ = give(keys, "Table_cover")
    assert [row[0] for row in rows(given, "Table_cover")] == ["Wheat", "Corn", None]


def test_a_shapefile_with_a_filter(areas, give, tmp_path, context):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "ESRI Shapefile"
    path = str(tmp_path / "äreas.shp")
    QgsVectorFileWriter.writeAsVectorFormatV3(
        areas, path, context.transformContext(), options
    )
    layer = QgsVectorLayer(path, "Shape")
    assert layer.setSubsetString("cover <> 'Oats'")
    given, _ = give(layer)
    assert given.keys == {"Wheat", "Corn"}
    assert len(rows(given)) == 3


def test_a_category_of_several_values(areas):
    categorised(
        areas, [(["Wheat", "Corn"], "#ff0000", "Crops"), (["Oats"], "#00ff00", "Oat")]
    )
    styles = class_styles(areas, "cover", numeric=False)
    assert [(s["key"], s["name"]) for s in styles] == [
        ("Wheat", "Wheat"),
        ("Corn", "Corn"),
        ("Oats", "Oat"),
    ]


def test_a_renderer_of_another_field_or_kind_says_nothing(areas):
    categorised(areas, [("Wheat", "#ff0000", "x")], "note")
    assert class_styles(areas, "cover", numeric=False) is None
    areas.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol()))
    assert class_styles(areas, "cover", numeric=False) is None
    assert class_styles(None, "cover", numeric=False) is None


def test_a_wrapped_renderer_is_looked_into(areas):
    categorised(areas, [("Wheat", "#ff0000", "x")])
    areas.setRenderer(QgsInvertedPolygonRenderer(areas.renderer().clone()))
    assert class_styles(areas, "cover", numeric=False)[0]["colour"] == "#ff0000"


def test_a_transparent_colour_loses_its_transparency(areas):
    categorised(areas, [("Wheat", "255,0,0,100", "x")])
    assert (
        class_styles(areas, "cover", numeric=False)[0]["colour"]
        == QColor(255, 0, 0).name()
    )


@pytest.mark.parametrize(
    ("value", "numeric", "key"),
    [
        (None, False, None), (NULL, False, None), ("", False, None),
        (" a ", False, "a"), (True, False, "true"), (["a", "b"], False, "a, b"),
        (0, True, 0), ("x", True, None),
        (2.0, True, 2), (float("nan"), True, None), (float("inf"), True, None),
    ],
)  # fmt: skip
def test_class_key(value, numeric, key):
    assert class_key(value, numeric=numeric) == key


def test_a_selection_alone_is_handed_over(areas, context, tmp_path):
    areas.selectByIds([1, 2])
    definition = QgsProcessingFeatureSourceDefinition(areas.id(), True)
    source = QgsProcessingUtils.variantToSource(definition, context)
    given, _ = hand_over(source, areas, "cover", tmp_path / "a.gpkg", context)
    assert given.keys == {"Wheat", "Corn"}
    assert QgsRectangle(source.sourceExtent()).width() < areas.extent().width()


def codes(new_areas):
    """Return areas with the codes 10, 20 and 412."""
    return new_areas([10, 20, 412, 10], kind="integer")


def test_names_of_a_value_map_are_those_of_the_classes(new_areas, give):
    layer = codes(new_areas)
    listed = {"map": [{"wheat": "10"}, {"forest": "20"}]}
    layer.setEditorWidgetSetup(0, QgsEditorWidgetSetup("ValueMap", listed))
    areas, _ = give(layer)
    found = {style["key"]: style["name"] for style in areas.styles}
    assert found == {10: "wheat", 20: "forest"}
    # The user's labels of categories go before them, numbers as labels do not.
    categorised(layer, [(10, "#ff0000", "Winter wheat"), (20, "#00ff00", "20")])
    found = {s["key"]: (s["name"], s["colour"]) for s in give(layer)[0].styles}
    assert found == {10: ("Winter wheat", "#ff0000"), 20: ("forest", "#00ff00")}


def test_names_of_a_value_relation_are_those_of_the_classes(new_areas, give):
    crops = QgsVectorLayer("None?field=id:integer&field=crop:string", "crops", "memory")
    for number, name in ((10, "wheat"), (20, "forest")):
        feature = QgsFeature(crops.fields())
        feature.setAttributes([number, name])
        crops.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(crops)
    layer = codes(new_areas)
    related = {"Layer": crops.id(), "Key": "id", "Value": "crop"}
    layer.setEditorWidgetSetup(0, QgsEditorWidgetSetup("ValueRelation", related))
    found = {style["key"]: style["name"] for style in give(layer)[0].styles}
    assert found == {10: "wheat", 20: "forest"}


def test_a_field_with_another_widget_says_nothing(new_areas, give):
    layer = codes(new_areas)
    layer.setEditorWidgetSetup(0, QgsEditorWidgetSetup("Range", {"Min": 0}))
    assert give(layer)[0].styles is None


def ruled(layer, rules, below=None):
    """Style a layer by rules: expression, colour, label."""
    root = QgsRuleBasedRenderer.Rule(None)
    for text, colour, label in rules:
        symbol = QgsFillSymbol.createSimple({"color": colour})
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, text, label))
    if below:
        root.setFilterExpression("")
        parent = QgsRuleBasedRenderer.Rule(None, 0, 0, below)
        for child in list(root.children()):
            root.takeChild(child)
            parent.appendChild(child)
        root.appendChild(parent)
    layer.setRenderer(QgsRuleBasedRenderer(root))


@pytest.mark.parametrize("below", [None, 'length("cover") > 0'])
@pytest.mark.parametrize(
    "rules",
    [
        ["\"cover\" = 'Wheat'", "cover = 'Corn'"],
        ["'Wheat' = \"COVER\"", "\"cover\" IN ('Corn', 'Maize')"],
        ["\"cover\" LIKE 'Wh%'", "upper(\"cover\") = 'CORN'"],
    ],
)
def test_rules_of_the_class_field_are_read(new_areas, give, rules, below):
    layer = new_areas(["Wheat", "Corn", "Wheat", "Rye"])
    facts = zip(rules, ("#ff0000", "#00ff00"), ("WHEAT", "Corn, all"), strict=True)
    ruled(layer, list(facts), below)
    assert sorted(give(layer)[0].styles, key=lambda style: style["key"]) == [
        {"key": "Corn", "name": "Corn, all", "colour": "#00ff00"},
        {"key": "Wheat", "name": "WHEAT", "colour": "#ff0000"},
    ]


def test_categories_by_an_expression_of_the_class_field_are_read(new_areas, give):
    layer = new_areas(["wheat", "Corn", "corn"])
    shown = [("WHEAT", "#ff0000", "Wheat!"), ("CORN", "#00ff00", "Corn!")]
    categorised(layer, shown, 'upper("cover")')
    found = {s["key"]: (s["name"], s["colour"]) for s in give(layer)[0].styles}
    assert found == {
        "wheat": ("Wheat!", "#ff0000"),
        "Corn": ("Corn", "#00ff00"),
        "corn": ("corn", "#00ff00"),
    }


def test_a_style_that_says_nothing_of_the_field_is_said(
    new_areas, context, tmp_path, listener
):
    layer = new_areas(["Wheat", "Corn"])
    source = QgsProcessingFeatureSource(layer, context)
    given = (source, layer, "cover", tmp_path / "a.gpkg", context, listener)
    assert hand_over(*given)[0].styles is None
    assert listener.texts("info") == []
    ruled(layer, [("$area > 5", "#ff0000", "large"), ("$id = 1", "#00ff00", "one")])
    assert hand_over(*given)[0].styles is None
    (said,) = listener.texts("info")
    assert "not styled by the values of 'cover' alone" in said


@pytest.fixture
def stored(saved):
    """Return a layer of the areas in a GeoPackage."""
    layer = QgsVectorLayer(str(saved), "My areas")
    QgsProject.instance().addMapLayer(layer)
    return layer


def source_of(job_of, cube, rois, tmp_path):
    given = {"CUBE": cube, "ROIS": rois, "CLASS_FIELD": "cover"}
    given["MODEL"] = str(tmp_path / "a.miaf.safetensors")
    return job_of("train", given).request["sources"]["rois"]


def test_the_engine_is_told_the_file_behind_a_copy(job_of, cube, stored, tmp_path):
    file = str(tmp_path / "äreas one.gpkg")
    whole = {"name": "My areas", "file": file, "as_stored": True}
    assert source_of(job_of, cube, stored.id(), tmp_path) == whole


def test_a_layer_in_memory_has_no_file(job_of, cube, areas, tmp_path):
    found = source_of(job_of, cube, areas.id(), tmp_path)
    assert (found["name"], found["file"]) == ("Areas", None)


@pytest.mark.parametrize("change", ["filter", "selection", "edits", "virtual field"])
def test_a_copy_that_is_not_the_whole_file(job_of, cube, stored, tmp_path, change):
    rois, field = stored.id(), "cover"
    if change == "filter":
        stored.setSubsetString("cover in ('Wheat', 'Corn')")
    elif change == "selection":
        stored.selectByIds([1, 2])
        rois = QgsProcessingFeatureSourceDefinition(rois, selectedFeaturesOnly=True)
    elif change == "edits":
        stored.startEditing()
        stored.changeAttributeValue(1, stored.fields().lookupField(field), "Oats")
    else:
        stored.addExpressionField("upper(cover)", QgsField("big", QVariant.String))
        field = "big"
    given = {"CUBE": cube, "ROIS": rois, "CLASS_FIELD": field}
    given["MODEL"] = str(tmp_path / "a.miaf.safetensors")
    found = job_of("train", given).request["sources"]["rois"]
    stored.rollBack()
    assert found["file"] == str(tmp_path / "äreas one.gpkg")
    assert found["as_stored"] is False
