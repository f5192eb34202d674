"""Areas and classes of the layer of training areas, and the way back of each change."""

from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateTransform,
    QgsEditorWidgetSetup,
    QgsField,
    QgsFillSymbol,
    QgsGeometry,
    QgsProject,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtTest import QSignalSpy

from miaf_qgis.dock import area_layer, project_state
from miaf_qgis.layers.class_field import field_of
from miaf_qgis.layers.class_styles import class_styles
from tests.qgis.dock.helpers import refusing, square


def rows(areas):
    return {row.name: row.areas for row in areas.classes()}


def drawn(areas, name, *places):
    areas.add_areas([square(*place) for place in places], name)


def test_the_first_class_makes_a_layer_that_the_algorithms_understand(areas):
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1), (5, 5))
    (row,) = areas.classes()
    assert (row.name, row.areas, row.pixels) == ("Wheat", 2, 8)
    assert (row.colour, areas.colour("Wheat")) == ("#e69f00", "#e69f00")
    assert areas.layer.crs() == areas.cube.crs()
    assert field_of(areas.layer) == areas.field == "class"
    (style,) = class_styles(areas.layer, "class", numeric=False, keys=["Wheat"])
    assert style == {"key": "Wheat", "name": "Wheat", "colour": "#e69f00"}
    tree = QgsProject.instance().layerTreeRoot()
    assert tree.layerOrder()[0] == areas.layer


def test_an_area_is_in_the_file_as_soon_as_it_is_drawn(areas):
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1))
    again = QgsVectorLayer(areas.layer.source(), "again", "ogr")
    assert [feature["class"] for feature in again.getFeatures()] == ["Wheat"]
    assert not areas.layer.isEditable()
    # The file alone has the legend too, as an algorithm finds it.
    assert isinstance(again.renderer(), QgsCategorizedSymbolRenderer)
    assert [c.value() for c in again.renderer().categories()] == ["Wheat"]


@pytest.mark.parametrize("editing", [False, True])
def test_each_change_can_be_undone_and_redone(areas, editing):
    areas.add_class("Wheat")
    areas.add_class("Corn")
    drawn(areas, "Wheat", (1, 1), (5, 5))
    if editing:
        areas.layer.startEditing()
    first, second = sorted(feature.id() for feature in areas.layer.getFeatures())
    steps = (
        (lambda: drawn(areas, "Corn", (9, 9)), {"Wheat": 2, "Corn": 1}),
        (lambda: areas.remove_areas([second]), {"Wheat": 1, "Corn": 1}),
        (lambda: areas.set_class([first], "Corn"), {"Wheat": 0, "Corn": 2}),
        (lambda: drawn(areas, "Wheat", (7, 7)), {"Wheat": 1, "Corn": 2}),
    )
    seen = [rows(areas)]
    for act, expected in steps:
        act()
        seen.append(rows(areas))
        assert seen[-1] == expected
    for before in seen[-2::-1]:
        assert areas.can_undo
        areas.undo()
        assert rows(areas) == before
    for after in seen[1:]:
        assert areas.can_redo
        areas.redo()
        assert rows(areas) == after
    assert not areas.can_redo
    if editing:
        assert areas.layer.rollBack()


def test_an_area_that_came_back_is_still_the_one_that_was_added(areas):
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1))
    (feature,) = areas.layer.getFeatures()
    areas.remove_areas([feature.id()])
    drawn(areas, "Wheat", (5, 5))
    for _ in range(3):  # The new one, its removal's way back, the first one.
        areas.undo()
    assert rows(areas) == {"Wheat": 0}
    for _ in range(3):
        areas.redo()
    assert [f.geometry().equals(square(5, 5)) for f in areas.layer.getFeatures()]
    assert rows(areas) == {"Wheat": 1}


def test_classes_are_renamed_recoloured_and_removed_with_their_areas(areas):
    areas.add_class("Wheat")
    areas.add_class("Corn")
    drawn(areas, "Wheat", (1, 1), (5, 5))
    drawn(areas, "Corn", (9, 9))
    areas.rename("Wheat", "Winter wheat")
    assert rows(areas) == {"Winter wheat": 2, "Corn": 1}
    areas.recolour("Corn", "#123456")
    assert areas.colour("Corn") == "#123456"
    areas.remove_class("Winter wheat")
    assert rows(areas) == {"Corn": 1}
    areas.undo()
    assert rows(areas) == {"Winter wheat": 2, "Corn": 1}
    areas.undo()
    assert areas.colour("Corn") == "#56b4e9"
    areas.undo()
    assert rows(areas) == {"Wheat": 2, "Corn": 1}
    areas.redo()
    assert rows(areas) == {"Winter wheat": 2, "Corn": 1}


def test_what_was_typed_into_the_attribute_table_is_a_class_too(areas):
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1), (5, 5))
    layer = areas.layer
    layer.startEditing()
    feature = next(layer.getFeatures())
    index = layer.fields().lookupField("class")
    layer.changeAttributeValue(feature.id(), index, "Barley")
    layer.commitChanges()
    assert QSignalSpy(areas.changed).wait()
    assert rows(areas) == {"Wheat": 1, "Barley": 1}
    assert areas.colour("Barley") == "#56b4e9"
    assert not areas.can_undo  # What is kept there might no longer fit.


def test_colours_come_from_the_series_and_come_round(areas):
    names = [f"class {number}" for number in range(len(area_layer.COLOURS) + 1)]
    for name in names:
        areas.add_class(name)
    colours = [row.colour for row in areas.classes()]
    assert colours[:-1] == list(area_layer.COLOURS)
    assert len(set(colours[:-1])) == len(area_layer.COLOURS)


def test_a_saved_project_has_its_areas_beside_it_and_finds_them_again(areas, tmp_path):
    project = QgsProject.instance()
    file = tmp_path / "My project.qgz"
    assert project.write(str(file))
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1))
    path = Path(areas.layer.source().partition("|")[0])
    assert path == tmp_path / "My project_training_areas.gpkg"
    assert project.write()
    project.clear()
    assert areas.layer is None and areas.classes() == []
    assert project.read(str(file))
    areas.find()
    assert rows(areas) == {"Wheat": 1}
    assert areas.layer.source().startswith(str(path))


def test_an_unsaved_project_has_its_areas_in_the_profile(areas):
    areas.add_class("Wheat")
    path = Path(areas.layer.source().partition("|")[0])
    assert project_state.profile_folder() in path.parents
    second = project_state.new_file("training_areas.gpkg")
    assert second.parent == path.parent and second.name == "training_areas_2.gpkg"


def test_areas_move_beside_a_project_that_is_saved_later(areas, tmp_path):
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1))
    assert not areas.move_beside_project()
    old = Path(areas.layer.source().partition("|")[0])
    assert QgsProject.instance().write(str(tmp_path / "p.qgz"))
    assert areas.move_beside_project()
    assert not areas.move_beside_project()
    path = Path(areas.layer.source().partition("|")[0])
    assert path == tmp_path / "p_training_areas.gpkg"
    assert not old.exists()
    drawn(areas, "Wheat", (5, 5))
    assert rows(areas) == {"Wheat": 2}
    areas.undo()
    areas.undo()
    assert rows(areas) == {"Wheat": 0}
    again = QgsVectorLayer(f"{path}|layername=training_areas", "again", "ogr")
    assert [c.value() for c in again.renderer().categories()] == ["Wheat"]


def test_a_layer_that_is_removed_is_forgotten(areas):
    areas.add_class("Wheat")
    QgsProject.instance().removeMapLayer(areas.layer.id())
    assert areas.layer is None
    assert not areas.can_undo
    areas.add_class("Corn")
    assert rows(areas) == {"Corn": 0}


def test_a_layer_that_cannot_be_written_is_said(areas, tmp_path):
    with pytest.raises(area_layer.AreaLayerError, match="cannot be stored"):
        area_layer.make_layer(tmp_path / "none" / "x.gpkg", areas.cube.crs())


def test_a_layer_of_the_user_keeps_its_field_and_its_file(areas, new_areas):
    own = new_areas(["a", "b", "b"], field="kind")
    own.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    assert area_layer.is_usable(own)
    areas.use(own)
    assert areas.field == "kind"
    assert rows(areas) == {"a": 1, "b": 2}
    drawn(areas, "a", (1, 1))
    assert rows(areas) == {"a": 2, "b": 2}
    assert own.featureCount() == 4


def titles(areas):
    return {row.name: (row.title, row.colour) for row in areas.classes()}


def test_classes_are_called_what_a_list_of_values_shows(areas, new_areas):
    own = new_areas(["a", "b", "c"], field="kind")
    own.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    listed = {"map": [{"Wheat": "a"}, {"Corn": "b"}]}
    setup = QgsEditorWidgetSetup("ValueMap", listed)
    own.setEditorWidgetSetup(own.fields().lookupField("kind"), setup)
    areas.use(own)
    shown = {name: title for name, (title, _colour) in titles(areas).items()}
    assert shown == {"a": "Wheat", "b": "Corn", "c": "c"}
    assert [item.label() for item in own.renderer().categories()] == [*shown.values()]
    areas.rename("a", "Barley")  # It is stored as it was typed.
    assert rows(areas) == {"Barley": 1, "b": 1, "c": 1}
    assert titles(areas)["Barley"][0] == "Barley"


def test_names_and_colours_of_rules_are_kept(areas, new_areas):
    own = new_areas(["a", "b"])
    own.dataProvider().deleteAttributes([1])
    own.updateFields()
    root = QgsRuleBasedRenderer.Rule(None)
    for value, label, colour in (("a", "Wheat", "#112233"), ("b", "Corn", "#445566")):
        symbol = QgsFillSymbol.createSimple({"color": colour})
        expression = f"\"cover\" = '{value}'"
        root.appendChild(
            QgsRuleBasedRenderer.Rule(symbol, filterExp=expression, label=label)
        )
    own.setRenderer(QgsRuleBasedRenderer(root))
    areas.use(own)
    assert titles(areas) == {"a": ("Wheat", "#112233"), "b": ("Corn", "#445566")}


def test_categories_of_an_expression_are_no_classes(areas, new_areas):
    own = new_areas(["a", "b"])
    own.dataProvider().deleteAttributes([1])
    own.updateFields()
    symbol = QgsFillSymbol.createSimple({"color": "#112233"})
    found = [QgsRendererCategory("A", symbol, "Wheat")]
    own.setRenderer(QgsCategorizedSymbolRenderer('upper("cover")', found))
    areas.use(own)
    assert rows(areas) == {"a": 1, "b": 1}
    assert titles(areas)["a"] == ("Wheat", "#112233")


def test_pixels_of_areas_in_another_crs(areas, new_areas):
    own = new_areas([], crs="EPSG:4326", field="kind")
    own.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    areas.use(own)
    areas.add_class("Wheat")
    shape = square(1, 1, size=4)
    project = QgsProject.instance()
    shape.transform(QgsCoordinateTransform(areas.cube.crs(), own.crs(), project))
    areas.add_areas([shape, QgsGeometry()], "Wheat")  # The second has no shape.
    (row,) = areas.classes()
    assert (row.areas, row.pixels) == (2, 16)


def test_a_name_that_the_field_cannot_hold_is_refused(areas, new_areas, tmp_path):
    own = new_areas([], kind="string(6)", field="kind")
    own.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    areas.use(own)
    own.startEditing()  # As a scratch layer is when it is made.
    with pytest.raises(area_layer.AreaLayerError, match="6 characters at most"):
        areas.add_class("Soybeans")
    areas.add_class("Wheat")
    with pytest.raises(area_layer.AreaLayerError, match="cannot store 'Soybeans'"):
        areas.rename("Wheat", "Soybeans")
    assert areas.names() == ["Wheat"]
    own.rollBack()
    # GDAL makes room in a file.
    path = str(tmp_path / "own.shp")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "ESRI Shapefile"
    project = QgsProject.instance()
    QgsVectorFileWriter.writeAsVectorFormatV3(
        own, path, project.transformContext(), options
    )
    file = QgsVectorLayer(path, "file", "ogr")
    file.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    project.addMapLayer(file)
    areas.use(file)
    areas.add_class("Soybeans")
    drawn(areas, "Soybeans", (1, 1))
    again = QgsVectorLayer(path, "again", "ogr")
    assert [feature["kind"] for feature in again.getFeatures()] == ["Soybeans"]


def test_a_step_of_several_changes_is_told_once(areas):
    areas.add_class("Wheat")
    areas.add_class("Corn")
    told = []
    areas.changed.connect(lambda: told.append((rows(areas), areas.can_undo)))
    with areas.one_step():
        drawn(areas, "Wheat", (1, 1))
        drawn(areas, "Corn", (5, 5), (9, 9))
    assert told == [({"Wheat": 1, "Corn": 2}, True)]


def test_an_edit_that_others_make_to_the_file_is_seen(areas):
    areas.add_class("Wheat")
    drawn(areas, "Wheat", (1, 1), (5, 5))
    assert rows(areas) == {"Wheat": 2}
    first, _ = (feature.id() for feature in areas.layer.getFeatures())
    areas.layer.dataProvider().deleteFeatures([first])
    areas.layer.reload()
    assert rows(areas) == {"Wheat": 1}


# What areas cannot be stored in


def in_file(layer, path):
    """Return a layer of a GeoPackage with the same areas, in the project."""
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer,
        str(path),
        QgsProject.instance().transformContext(),
        QgsVectorFileWriter.SaveVectorOptions(),
    )
    stored = QgsVectorLayer(f"{path}|layername={path.stem}", path.stem, "ogr")
    assert stored.isValid()
    QgsProject.instance().addMapLayer(stored)
    return stored


def categorised(layer, field, *values):
    symbol = QgsFillSymbol.createSimple({})
    found = [QgsRendererCategory(value, symbol.clone(), "name") for value in values]
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, found))
    return layer


def of_numbers(new_areas, folder):
    numbered = new_areas([1, 2], kind="integer", field="code")
    return categorised(in_file(numbered, folder / "numbers.gpkg"), "code", 1, 2)


def of_joined_field(new_areas, folder):
    table = QgsVectorLayer("None?field=key:string&field=name:string", "t", "memory")
    QgsProject.instance().addMapLayer(table)
    layer = in_file(new_areas(["a"]), folder / "joined.gpkg")
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(table)
    join.setJoinFieldName("key")
    join.setTargetFieldName("cover")
    layer.addJoin(join)
    assert layer.fields().lookupField("t_name") >= 0
    return categorised(layer, "t_name", "A")


def of_computed_field(new_areas, folder):
    layer = in_file(new_areas(["a"]), folder / "computed.gpkg")
    layer.addExpressionField("upper(cover)", QgsField("big", QVariant.String))
    return categorised(layer, "big", "A")


def of_delimited_text(_new_areas, folder):
    path = folder / "areas.csv"
    path.write_text(f"shape;cover\n{square(1, 1).asWkt()};a\n")
    source = f"file://{path}?delimiter=;&wktField=shape&crs=EPSG:32616"
    return QgsVectorLayer(source, "text", "delimitedtext")


def of_read_only_layer(new_areas, folder):
    layer = in_file(new_areas(["a"]), folder / "fixed.gpkg")
    categorised(layer, "cover", "a").setReadOnly(True)
    return layer


UNFIT = [
    of_numbers,
    of_joined_field,
    of_computed_field,
    of_delimited_text,
    of_read_only_layer,
]


@pytest.mark.parametrize("kind", UNFIT)
def test_a_layer_that_cannot_store_areas_is_not_offered(
    areas, new_areas, tmp_path, kind
):
    layer = kind(new_areas, tmp_path)
    assert layer.isValid() and field_of(layer)
    assert not area_layer.is_usable(layer)


@pytest.mark.parametrize("kind", UNFIT)
def test_a_project_with_such_a_layer_does_not_change_it(
    areas, new_areas, tmp_path, kind
):
    layer = kind(new_areas, tmp_path)
    QgsProject.instance().addMapLayer(layer)
    field = field_of(layer)
    area_layer.mark(layer, field)
    areas.find()
    before = [feature.attributes() for feature in layer.getFeatures()]
    (first,) = [feature.id() for feature in layer.getFeatures()][:1]
    name = areas.names()[0] if areas.names() else "a"
    for change in (
        lambda: areas.add_class("New"),
        lambda: areas.rename(name, "New"),
        lambda: areas.remove_class(name),
        lambda: drawn(areas, name, (1, 1)),
        lambda: areas.set_class([first], "New"),
        lambda: areas.remove_areas([first]),
    ):
        with pytest.raises(area_layer.AreaLayerError, match=f"field '{field}'"):
            change()
    assert [feature.attributes() for feature in layer.getFeatures()] == before
    assert not areas.can_undo


def test_a_text_field_of_a_writable_file_is_offered(areas, new_areas, tmp_path):
    layer = in_file(new_areas(["a", "b"]), tmp_path / "own.gpkg")
    categorised(layer, "cover", "a", "b")
    assert area_layer.is_usable(layer)
    areas.use(layer)
    areas.rename("a", "c")
    assert [feature["cover"] for feature in layer.getFeatures()] == ["c", "b"]


# What the file refuses


@pytest.fixture
def two(areas):
    areas.add_class("Wheat")
    areas.add_class("Corn")
    drawn(areas, "Wheat", (1, 1), (5, 5))
    return areas


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("INSERT", lambda areas, ids: drawn(areas, "Corn", (9, 9))),
        ("UPDATE", lambda areas, ids: areas.set_class(ids, "Corn")),
        ("UPDATE", lambda areas, ids: areas.rename("Wheat", "Barley")),
        ("DELETE", lambda areas, ids: areas.remove_areas(ids)),
        ("DELETE", lambda areas, ids: areas.remove_class("Wheat")),
    ],
)
def test_a_change_that_the_file_refuses_is_said_and_not_shown(two, event, change):
    ids = [feature.id() for feature in two.layer.getFeatures()]
    told = []
    two.changed.connect(lambda: told.append(rows(two)))
    with refusing(two.layer, event):
        with pytest.raises(area_layer.AreaLayerError, match="the disk is full"):
            change(two, ids)
    assert told == [{"Wheat": 2, "Corn": 0}]
    assert len(list(two.layer.getFeatures())) == 2
    two.undo()  # The last change that was made.
    assert rows(two) == {"Wheat": 0, "Corn": 0}
    two.redo()
    change(two, [feature.id() for feature in two.layer.getFeatures()])
    assert rows(two) != {"Wheat": 2, "Corn": 0}


def test_of_several_areas_none_is_stored_where_one_is_refused(two):
    one_more = "(SELECT count(*) FROM training_areas) > 2"
    with refusing(two.layer, "INSERT", when=one_more):
        with pytest.raises(area_layer.AreaLayerError):
            drawn(two, "Corn", (9, 9), (13, 13))
    assert rows(two) == {"Wheat": 2, "Corn": 0}


def test_a_way_back_that_the_file_refuses_can_be_tried_again(two):
    two.remove_class("Wheat")
    with refusing(two.layer, "INSERT"):
        with pytest.raises(area_layer.AreaLayerError):
            two.undo()
        assert rows(two) == {"Corn": 0}
        assert two.can_undo and not two.can_redo
    two.undo()
    assert rows(two) == {"Wheat": 2, "Corn": 0}


def test_a_step_of_several_changes_is_refused_as_a_whole(two):
    first, second = (feature.id() for feature in two.layer.getFeatures())
    with two.one_step():
        two.remove_areas([first])
        two.set_class([second], "Corn")
    with refusing(two.layer, "INSERT"):
        with pytest.raises(area_layer.AreaLayerError):
            two.undo()
        assert rows(two) == {"Wheat": 0, "Corn": 1}
    two.undo()
    assert rows(two) == {"Wheat": 2, "Corn": 0}
    two.redo()
    assert rows(two) == {"Wheat": 0, "Corn": 1}


def test_where_neither_way_can_be_written_the_file_counts(two):
    first, _ = (feature.id() for feature in two.layer.getFeatures())
    with two.one_step():
        two.remove_areas([first])
        drawn(two, "Corn", (9, 9))
    with refusing(two.layer, "INSERT"):
        with pytest.raises(area_layer.AreaLayerError):
            two.undo()  # The new area went, and neither it nor the old one can come.
    assert rows(two) == {"Wheat": 1, "Corn": 0}
    assert not two.can_undo and not two.can_redo
    drawn(two, "Corn", (9, 9))
    assert rows(two) == {"Wheat": 1, "Corn": 1}


def test_a_step_whose_first_change_fails_is_none(two):
    with refusing(two.layer, "INSERT"):
        with pytest.raises(area_layer.AreaLayerError):
            with two.one_step():
                drawn(two, "Corn", (9, 9))
    two.undo()
    assert rows(two) == {"Wheat": 0, "Corn": 0}


def test_an_area_without_a_class_is_without_one_again(two):
    layer = two.layer
    first, _ = (feature.id() for feature in layer.getFeatures())
    index = layer.fields().lookupField("class")
    layer.dataProvider().changeAttributeValues({first: {index: NULL}})
    two.set_class([first], "Corn")
    two.undo()
    assert layer.getFeature(first)["class"] == NULL
