"""The panel on a window that stands in for QGIS's."""

import shutil
import sys

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QLabel,
    QLineEdit,
    QToolButton,
)

from miaf_qgis.dock import panel as panel_module
from miaf_qgis.dock.launcher import PanelLauncher
from miaf_qgis.dock.panel import Panel
from tests.qgis.dock.helpers import refusing, square, until
from tests.qgis.spectra.test_spectra import (
    values,  # noqa: F401 - a fixture
    write,
)

sys.path.append("/usr/share/qgis/python/plugins")


TAKEN = []  # Cubes that better colours would be offered for.


@pytest.fixture
def panel(iface, context):
    panel = Panel(iface, QAction(iface.window), TAKEN.append)
    TAKEN.clear()
    iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    iface.window.show()
    yield panel
    panel.close_down()
    iface.window.hide()


@pytest.fixture
def with_cube(panel, cube, iface):
    layer = QgsRasterLayer(cube, "cube")
    QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().setCrs(layer.crs())
    iface.mapCanvas().setDestinationCrs(layer.crs())
    return panel


def button(panel, name):
    return panel.findChild(QToolButton, name)


def name_class(panel, name):
    button(panel, "new").click()
    editor = panel.classes.findChild(QLineEdit)
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert named(panel)


def named(panel):
    """Wait until no class is without a name, which it gets once its editor closed."""
    return until(lambda: not panel.classes.classes.is_naming)


def listed(panel):
    model = panel.classes.classes
    return [
        [model.index(row, column).data() for column in range(3)]
        for row in range(model.rowCount())
    ]


def test_it_is_as_wide_as_its_buttons_in_any_language(panel, iface):
    across = panel.widget().horizontalScrollBar()
    for text in ("Click", "Cliquer des superpixels de la scène, un par un"):
        button(panel, "click").setText(text)
        QApplication.processEvents()
        iface.window.resizeDocks([panel], [50], Qt.Orientation.Horizontal)
        QApplication.processEvents()
        assert across.maximum() == 0


def test_without_a_cube_there_is_nothing_to_draw_on(panel):
    assert not button(panel, "draw").isEnabled()
    assert not button(panel, "new").isEnabled()
    assert "Open a hyperspectral cube" in panel._hint.text()


@pytest.mark.parametrize(("bands", "count"), [(1, 0), (3, 0), (4, 0), (5, 1)])
def test_maps_and_pictures_are_no_cubes(
    panel, tmp_path, new_raster, iface, bands, count
):
    path = new_raster(tmp_path / "raster.tif", bands=bands)
    layer = QgsRasterLayer(path, "raster")
    QgsProject.instance().addMapLayer(layer)
    iface.currentLayerChanged.emit(layer)
    assert panel._cube.count() == count
    assert (panel.areas.cube is not None) == bool(count)


def test_a_class_gets_its_name_where_it_stands_and_is_then_drawn(with_cube, iface):
    name_class(with_cube, " Winter  wheat ")
    assert with_cube.classes.current == "Winter wheat"
    assert iface.mapCanvas().mapTool() is with_cube.draw_tool
    assert button(with_cube, "draw").isChecked()
    with_cube.draw_tool.drawn.emit(square(1, 1))
    name_class(with_cube, "Corn")
    with_cube.draw_tool.drawn.emit(square(5, 5))
    with_cube.draw_tool.drawn.emit(square(9, 5))
    assert listed(with_cube) == [["Winter wheat", "1", "4"], ["Corn", "2", "8"]]
    assert with_cube.classes.current == "Corn"


def test_a_name_is_asked_for_where_drawing_starts_without_a_class(with_cube, iface):
    button(with_cube, "draw").click()
    editor = with_cube.classes.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Wheat")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert named(with_cube)
    assert iface.mapCanvas().mapTool() is with_cube.draw_tool
    button(with_cube, "draw").click()
    assert iface.mapCanvas().mapTool() is not with_cube.draw_tool


def test_superpixels_are_cut_once_and_then_clicked(
    with_cube, iface, provider, fake_python, monkeypatch
):
    pytest.importorskip("processing")
    name_class(with_cube, "Wheat")
    monkeypatch.setattr(panel_module, "keep_cut", lambda *_cut: None)
    started = []
    monkeypatch.setattr(
        with_cube.runs, "start", lambda run, then: started.append((run, then))
    )
    button(with_cube, "click").click()
    ((run, then),) = started
    assert run.algorithm_id == "miaf:superpixels"
    assert not button(with_cube, "click").isChecked()
    then(run, {"OUTPUT": "cut.gpkg"})
    assert iface.mapCanvas().mapTool() is with_cube.superpixel_tool
    assert button(with_cube, "click").isChecked()
    for find in ("cut_of", "open_cut"):
        monkeypatch.setattr(panel_module, find, lambda _cube: with_cube.areas.layer)
    name_class(with_cube, "Corn")  # The tool stays the one it was.
    assert iface.mapCanvas().mapTool() is with_cube.superpixel_tool
    with_cube.superpixel_tool.class_wanted.emit(0)
    assert with_cube.classes.current == "Wheat"
    with_cube.superpixel_tool.class_wanted.emit(7)
    assert with_cube.classes.current == "Wheat"
    button(with_cube, "click").click()
    assert iface.mapCanvas().mapTool() is not with_cube.superpixel_tool
    button(with_cube, "click").click()
    assert iface.mapCanvas().mapTool() is with_cube.superpixel_tool
    assert len(started) == 1


@pytest.mark.parametrize("removed", [False, True])
def test_superpixels_of_a_cube_that_is_no_longer_shown_are_not_clicked(
    with_cube, iface, provider, fake_python, monkeypatch, new_raster, tmp_path, removed
):
    pytest.importorskip("processing")
    name_class(with_cube, "Wheat")
    of_run, started, kept = with_cube.areas.cube, [], []
    monkeypatch.setattr(panel_module, "keep_cut", lambda *cut: kept.append(cut))
    monkeypatch.setattr(panel_module, "open_cut", lambda _cube: None)
    monkeypatch.setattr(with_cube.runs, "start", lambda *call: started.append(call))
    button(with_cube, "click").click()
    other = QgsRasterLayer(new_raster(tmp_path / "other.tif"), "other")
    QgsProject.instance().addMapLayer(other)
    iface.currentLayerChanged.emit(other)
    if removed:
        QgsProject.instance().removeMapLayer(of_run.id())
    ((run, then),) = started
    then(run, {"OUTPUT": "cut.gpkg"})
    assert kept == ([] if removed else [(of_run, "cut.gpkg")])
    assert iface.mapCanvas().mapTool() is not with_cube.superpixel_tool


@pytest.mark.parametrize("text", ["", "  ", None])
def test_a_class_without_a_name_is_none(with_cube, text):
    button(with_cube, "new").click()
    editor = with_cube.classes.findChild(QLineEdit)
    if text is None:
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    else:
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert named(with_cube)
    assert listed(with_cube) == []
    assert with_cube.areas.layer is None
    name_class(with_cube, "Wheat")
    assert listed(with_cube) == [["Wheat", "0", "0"]]


def test_a_name_is_taken_once(with_cube, iface):
    name_class(with_cube, "Wheat")
    name_class(with_cube, "wheat")
    assert [row[0] for row in listed(with_cube)] == ["Wheat"]
    assert "already" in iface.bar.currentItem().text()


def test_a_class_is_renamed_in_the_list(with_cube):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1, 1))
    with_cube.classes.rename()
    editor = with_cube.classes.findChild(QLineEdit)
    editor.clear()
    QTest.keyClicks(editor, "Barley")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert until(lambda: listed(with_cube) == [["Barley", "1", "4"]])
    assert with_cube.classes.current == "Barley"
    button(with_cube, "undo").click()
    assert listed(with_cube) == [["Wheat", "1", "4"]]


def test_undo_redo_and_remove_are_buttons(with_cube):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1, 1))
    button(with_cube, "remove").click()
    assert listed(with_cube) == []
    button(with_cube, "undo").click()
    assert listed(with_cube) == [["Wheat", "1", "4"]]
    button(with_cube, "redo").click()
    assert listed(with_cube) == []
    assert not button(with_cube, "redo").isEnabled()


def test_an_area_beside_the_cube_is_refused(with_cube, iface):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1000, 1000))
    assert listed(with_cube) == [["Wheat", "0", "0"]]
    assert "outside the cube" in iface.bar.currentItem().text()


def test_an_area_is_brought_to_the_crs_of_the_cube(with_cube, iface):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform

    name_class(with_cube, "Wheat")
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    iface.mapCanvas().setDestinationCrs(degrees)
    shape, cube = square(1, 1), with_cube.areas.cube
    shape.transform(QgsCoordinateTransform(cube.crs(), degrees, QgsProject.instance()))
    with_cube.draw_tool.drawn.emit(shape)
    (feature,) = with_cube.areas.layer.getFeatures()
    assert feature.geometry().boundingBox().toString(0) == (
        square(1, 1).boundingBox().toString(0)
    )


def test_the_cube_follows_the_active_layer(with_cube, iface, new_raster, tmp_path):
    many = QgsRasterLayer(new_raster(tmp_path / "many.tif", bands=9), "many")
    map_of_classes = QgsRasterLayer(new_raster(tmp_path / "map.tif", bands=1), "map")
    QgsProject.instance().addMapLayers([many, map_of_classes])
    assert with_cube.areas.cube.name() == "cube"
    iface.currentLayerChanged.emit(many)
    assert with_cube.areas.cube == many
    assert TAKEN[-1] == many
    iface.currentLayerChanged.emit(map_of_classes)
    assert with_cube.areas.cube == many
    assert map_of_classes in with_cube._cube.exceptedLayerList()


def test_the_project_brings_cube_classes_and_current_class_back(with_cube, tmp_path):
    name_class(with_cube, "Wheat")
    name_class(with_cube, "Corn")
    with_cube.classes.choose("Wheat")
    project, file = QgsProject.instance(), str(tmp_path / "p.qgz")
    assert project.write(file)
    project.clear()
    QTest.qWait(50)
    assert listed(with_cube) == []
    assert with_cube.areas.cube is None
    assert project.read(file)
    QTest.qWait(50)
    assert [row[0] for row in listed(with_cube)] == ["Wheat", "Corn"]
    assert with_cube.classes.current == "Wheat"
    assert with_cube.areas.cube.name() == "cube"


def test_saving_the_project_brings_its_areas_beside_it(with_cube, tmp_path):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1, 1))
    assert "not saved" not in with_cube._hint.text()  # One class is not enough yet.
    name_class(with_cube, "Corn")
    with_cube.draw_tool.drawn.emit(square(5, 5))
    assert "not saved" in with_cube._hint.text()
    project, file = QgsProject.instance(), str(tmp_path / "p.qgz")
    assert project.write(file)
    assert until(lambda: "p_training_areas.gpkg" in with_cube._hint.text())
    assert not project.isDirty()
    project.clear()
    assert project.read(file)
    QTest.qWait(50)
    assert listed(with_cube) == [["Wheat", "1", "4"], ["Corn", "1", "4"]]


def test_opening_the_panel_alone_does_not_change_a_project(panel):
    QgsProject.instance().setDirty(False)
    panel.open_project()
    assert not QgsProject.instance().isDirty()


def test_the_spectrum_is_made_when_it_is_unfolded(with_cube):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1, 1))
    box = with_cube.spectrum
    assert box.isCollapsed() and box._spectra is None
    box.setCollapsed(False)
    assert box._spectra._cube_layer == with_cube.areas.cube
    assert box._spectra.areas == with_cube.areas.layer


def test_an_area_unlike_its_class_is_named_and_outlined_while_it_is_drawn(
    panel,
    iface,
    values,  # noqa: F811
    tmp_path,
):
    cube = write(tmp_path / "halves.tif", values)
    iface.mapCanvas().setDestinationCrs(cube.crs())
    QgsProject.instance().addMapLayer(cube)
    panel._cube.setLayer(cube)
    for name, places in (("Left", [(1, 1), (1, 6)]), ("Right", [(30, 1), (30, 6)])):
        name_class(panel, name)
        for place in places:
            panel.draw_tool.drawn.emit(square(*place))
    assert until(lambda: len(panel.spectrum._watch.classes) == 2)
    note = panel.findChild(QLabel, "unlike")
    assert note.isHidden() and panel.spectrum.isCollapsed()
    panel.draw_tool.drawn.emit(square(1, 11))  # Right of the list, left of the map.
    assert until(lambda: not note.isHidden())
    assert "(Right) looks like Left" in note.text()
    assert note._band.asGeometry().area() == pytest.approx(square(1, 11).area())
    assert note._band.isVisible()
    iface.mapCanvas().unsetMapTool(panel.draw_tool)  # Nobody draws any more.
    assert not note._band.isVisible()
    panel.areas.undo()
    assert until(note.isHidden)


def test_areas_of_another_layer_are_taken_over(with_cube, new_areas):
    own = new_areas(["a", "b", "b"], field="kind")
    own.setRenderer(QgsCategorizedSymbolRenderer("kind", []))
    menu = button(with_cube, "layers").menu()
    menu.fill()
    (entry,) = [action for action in menu.actions() if action.isCheckable()]
    assert entry.text() == "Areas"
    entry.trigger()
    QTest.qWait(50)
    assert [row[:2] for row in listed(with_cube)] == [["a", "1"], ["b", "2"]]


def test_a_class_is_listed_and_looked_up_by_the_name_that_its_map_has(
    with_cube, new_areas
):
    own = new_areas(["a", "b"], field="kind")
    found = [
        QgsRendererCategory(value, QgsFillSymbol(), label)
        for value, label in (("a", "Wheat"), ("b", "Corn"))
    ]
    own.setRenderer(QgsCategorizedSymbolRenderer("kind", found))
    with_cube.areas.use(own)
    QTest.qWait(50)
    assert listed(with_cube) == [["Wheat", "1", "4"], ["Corn", "1", "4"]]
    with_cube.classes.show_results({"Wheat": (2.5, 0.75)})
    model = with_cube.classes.classes
    assert [model.index(0, column).data() for column in (3, 4)] == ["2.5", "75%"]
    # An editor that is closed as it was opened changes nothing.
    assert not model.setData(model.index(0, 0), "Wheat")
    for taken in ("corn", "B"):
        assert not model.setData(model.index(0, 0), taken)
    assert [feature["kind"] for feature in own.getFeatures()] == ["a", "b"]


def test_the_entry_opens_and_closes_the_panel(iface, context, provider, monkeypatch):
    monkeypatch.delitem(sys.modules, "miaf_qgis.dock.panel", raising=False)
    iface.window.show()
    swipe = QAction(iface.window)
    launcher = PanelLauncher(iface, provider.icon(), swipe, TAKEN.append)
    assert iface.tools.actions() == [launcher.action]
    assert "miaf_qgis.dock.panel" not in sys.modules
    assert launcher.panel is None
    launcher.action.trigger()
    assert launcher.panel.isVisible()
    assert launcher.action.isChecked()
    launcher.action.trigger()
    assert not launcher.panel.isVisible()
    assert not launcher.action.isChecked()
    launcher.action.trigger()
    again = PanelLauncher(  # as in the next session
        iface, provider.icon(), swipe, TAKEN.append
    )
    again.show_again()
    assert again.panel.isVisible()
    for each in (launcher, again):
        each.show(False)
        each.remove()
    assert iface.tools.actions() == []


@pytest.mark.parametrize("floating", [False, True])
def test_a_panel_closed_by_its_x_stays_closed_in_the_next_session(
    iface, context, provider, floating
):
    def session():
        launcher = PanelLauncher(iface, provider.icon(), QAction(), TAKEN.append)
        launcher.show_again()
        return launcher

    iface.window.show()
    launcher = session()
    launcher.show()
    launcher.panel.setFloating(floating)
    iface.window.close()  # QGIS quits with the panel open.
    launcher.remove()
    iface.window.show()
    launcher = session()
    assert launcher.panel.isVisible()
    launcher.panel.setFloating(floating)
    launcher.panel.close()
    assert not launcher.action.isChecked()
    launcher.remove()
    launcher = session()
    assert launcher.panel is None
    launcher.show()
    launcher.panel.toggleViewAction().trigger()  # QGIS's list of panels.
    launcher.panel.toggleViewAction().trigger()
    assert launcher.panel.isVisible()
    launcher.remove()
    launcher = session()
    assert launcher.panel.isVisible()
    launcher.show(False)
    launcher.remove()
    assert session().panel is None


def test_a_drawn_area_has_the_file_read_once(with_cube, monkeypatch):
    for name, place in (("Wheat", (1, 1)), ("Corn", (5, 5))):
        name_class(with_cube, name)
        with_cube.draw_tool.drawn.emit(square(*place))
    QTest.qWait(50)
    passes = []
    for name in ("getFeatures", "uniqueValues"):
        read = getattr(QgsVectorLayer, name)

        def counted(*arguments, name=name, read=read):
            passes.append(name)
            return read(*arguments)

        monkeypatch.setattr(QgsVectorLayer, name, counted)
    with_cube.draw_tool.drawn.emit(square(9, 5))
    QTest.qWait(50)
    assert passes == ["getFeatures"]
    assert listed(with_cube) == [["Wheat", "1", "4"], ["Corn", "2", "8"]]


def test_a_class_that_is_chosen_is_told_once(with_cube):
    name_class(with_cube, "Wheat")
    name_class(with_cube, "Corn")
    told = []
    with_cube.classes.chosen.connect(told.append)
    with_cube.classes.choose("Wheat")
    with_cube.classes.choose("Wheat")
    with_cube.classes.reload()
    assert told == ["Wheat"] * 3


def test_a_change_that_the_file_refuses_is_said(with_cube, iface):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1, 1))
    layer, steps = (
        with_cube.areas.layer,
        [
            lambda: with_cube.draw_tool.drawn.emit(square(5, 5)),
            lambda: button(with_cube, "remove").click(),
            lambda: button(with_cube, "undo").click(),
            lambda: with_cube.superpixel_tool.undo_wanted.emit(),
        ],
    )
    with refusing(layer, "INSERT", "DELETE"):
        for step in steps:
            step()
            assert "the disk is full" in iface.bar.currentItem().text()
            iface.bar.clearWidgets()
            assert listed(with_cube) == [["Wheat", "1", "4"]]


def test_a_class_of_a_read_only_layer_is_refused(with_cube, iface):
    name_class(with_cube, "Wheat")
    with_cube.draw_tool.drawn.emit(square(1, 1))
    with_cube.areas.layer.setReadOnly(True)
    for step in (
        lambda: name_class(with_cube, "Corn"),
        lambda: button(with_cube, "undo").click(),
    ):
        step()
        assert "read-only" in iface.bar.currentItem().text()
        iface.bar.clearWidgets()
        assert listed(with_cube) == [["Wheat", "1", "4"]]


def test_areas_whose_file_is_missing_are_said_and_none_are_added(
    with_cube, iface, tmp_path
):
    project, file = QgsProject.instance(), tmp_path / "p.qgz"
    assert project.write(str(file))
    for name, place in (("Wheat", (1, 1)), ("Corn", (5, 5))):
        name_class(with_cube, name)
        with_cube.draw_tool.drawn.emit(square(*place))
    assert project.write()
    project.clear()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = elsewhere / "p_training_areas.gpkg"
    for each in (file, *tmp_path.glob("*.tif")):
        shutil.copy(each, elsewhere)
    assert project.read(str(elsewhere / "p.qgz"))
    QTest.qWait(50)
    assert f"cannot be read from '{path}'" in with_cube._hint.text()
    assert listed(with_cube) == []
    assert not with_cube.runs.update_button.isEnabled()
    with_cube.classes._current = "Wheat"  # As while it was still listed.
    with_cube.draw_tool.drawn.emit(square(9, 9))
    assert str(path) in iface.bar.currentItem().text()
    iface.bar.clearWidgets()
    name_class(with_cube, "Oats")
    assert str(path) in iface.bar.currentItem().text()
    assert project.write()
    QTest.qWait(50)
    assert not path.exists()
    shutil.copy(tmp_path / path.name, path)
    layer = with_cube.areas.layer  # As the user repairs it in the layer tree.
    layer.setDataSource(f"{path}|layername=training_areas", layer.name(), "ogr")
    assert until(lambda: len(listed(with_cube)) == 2)
    assert [row[:2] for row in listed(with_cube)] == [["Wheat", "1"], ["Corn", "1"]]
    assert "cannot be read" not in with_cube._hint.text()
