"""Areas and classes of the layer of training areas, and the way back of each change."""

from pathlib import Path

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtTest import QSignalSpy

from miaf_qgis.dock import area_layer, project_state
from miaf_qgis.layers.class_field import field_of
from miaf_qgis.layers.class_styles import class_styles
from tests.qgis.dock.helpers import square


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
