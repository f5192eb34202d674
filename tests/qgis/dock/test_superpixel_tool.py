"""Superpixels labelled by click and brush on a canvas."""

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QKeyEvent

from miaf_qgis.dock import project_state, superpixels
from miaf_qgis.dock.superpixel_tool import SuperpixelTool
from tests.qgis.dock.helpers import NORTH, WEST, refusing

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
# The test cube has 40 x 30 pixels of 10 m; so many superpixels of 10 x 10 of them.
COLUMNS, ROWS = 4, 3


def polygons(cells, name, extra=""):
    """Return a memory layer of cells of the grid."""
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:32616{extra}", name, "memory")
    features = []
    for column, row in cells:
        x, y = WEST + 100 * column, NORTH - 100 * row
        feature = QgsFeature(layer.fields())
        shape = QgsRectangle(x, y - 100, x + 100, y)
        feature.setGeometry(QgsGeometry.fromRect(shape))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer)
    return layer


def write(layer, path):
    options = QgsVectorFileWriter.SaveVectorOptions()
    context = QgsProject.instance().transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)


@pytest.fixture
def areas(areas):
    for name in ("Wheat", "Corn"):
        areas.add_class(name)
    return areas


@pytest.fixture
def hand(iface, areas, monkeypatch):
    cut = polygons([(c, r) for r in range(ROWS) for c in range(COLUMNS)], "cut")
    monkeypatch.setattr(superpixels, "cut_of", lambda _cube: cut)
    return hand_on(iface.mapCanvas(), areas)


def hand_on(canvas, areas):
    canvas.resize(400, 300)
    canvas.setDestinationCrs(areas.cube.crs())
    canvas.setExtent(areas.cube.extent())
    return Hand(canvas, areas)


class Hand:
    def __init__(self, canvas, areas):
        self.canvas, self.areas, self.name = canvas, areas, "Wheat"
        self.tool = SuperpixelTool(canvas, areas, lambda: self.name)
        canvas.setMapTool(self.tool)

    def spot(self, column, row):
        to_pixels = self.canvas.getCoordinateTransform()
        place = to_pixels.transform(WEST + 100 * column + 50, NORTH - 100 * row - 50)
        return QPoint(round(place.x()), round(place.y()))

    def event(self, kind, cell, button=LEFT, held=NONE):
        return QgsMapMouseEvent(self.canvas, kind, self.spot(*cell), button, held)

    def press(self, cell):
        self.tool.canvasPressEvent(self.event(QEvent.Type.MouseButtonPress, cell))

    def move(self, cell):
        self.tool.canvasMoveEvent(self.event(QEvent.Type.MouseMove, cell, NONE, LEFT))

    def release(self, cell):
        self.tool.canvasReleaseEvent(self.event(QEvent.Type.MouseButtonRelease, cell))

    def click(self, *cells):
        for cell in cells:
            self.press(cell)
            self.release(cell)

    def brush(self, *cells):
        self.press(cells[0])
        for cell in cells[1:]:
            self.move(cell)
        self.release(cells[-1])

    def key(self, key, text):
        none = Qt.KeyboardModifier.NoModifier
        self.tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, none, text))


def rows(areas):
    return {row.name: (row.areas, row.pixels) for row in areas.classes()}


def test_a_click_labels_and_another_takes_it_back(hand, areas):
    hand.click((0, 0), (2, 1))
    assert rows(areas) == {"Wheat": (2, 200), "Corn": (0, 0)}
    hand.click((0, 0))
    assert rows(areas) == {"Wheat": (1, 100), "Corn": (0, 0)}
    areas.undo()
    assert rows(areas)["Wheat"] == (2, 200)
    areas.undo()
    areas.undo()
    assert rows(areas)["Wheat"] == (0, 0)
    areas.redo()
    areas.redo()
    areas.redo()
    assert rows(areas)["Wheat"] == (1, 100)


def test_a_click_that_the_file_refuses_is_said(hand, areas):
    hand.click((0, 0))
    said = []
    hand.tool.refused.connect(said.append)
    with refusing(areas.layer, "INSERT", "DELETE"):
        hand.click((2, 1), (0, 0))
    assert len(said) == 2 and "the disk is full" in said[0]
    assert rows(areas)["Wheat"] == (1, 100)


def test_a_click_gives_a_superpixel_the_class_that_is_chosen_now(hand, areas):
    hand.click((0, 0))
    hand.name = "Corn"
    hand.click((0, 0))
    assert rows(areas) == {"Wheat": (0, 0), "Corn": (1, 100)}
    areas.undo()
    assert rows(areas) == {"Wheat": (1, 100), "Corn": (0, 0)}


@pytest.mark.parametrize("editing", [False, True])
def test_a_brush_labels_all_that_it_crosses_in_one_step(hand, areas, editing):
    hand.click((1, 0))
    hand.name = "Corn"
    if editing:
        areas.layer.startEditing()
    hand.brush((0, 0), (3, 0))  # As quick as a mouse may be: one move.
    assert rows(areas) == {"Wheat": (0, 0), "Corn": (4, 400)}
    areas.undo()
    assert rows(areas) == {"Wheat": (1, 100), "Corn": (0, 0)}
    areas.redo()
    assert rows(areas) == {"Wheat": (0, 0), "Corn": (4, 400)}
    if editing:
        assert areas.layer.rollBack()


def test_a_brush_that_begins_on_the_class_rubs_it_out_and_nothing_else(hand, areas):
    hand.brush((0, 0), (2, 0))
    hand.name = "Corn"
    hand.click((3, 0))
    hand.name = "Wheat"
    hand.brush((0, 0), (3, 0))
    assert rows(areas) == {"Wheat": (0, 0), "Corn": (1, 100)}
    areas.undo()
    assert rows(areas) == {"Wheat": (3, 300), "Corn": (1, 100)}


def test_escape_gives_a_stroke_up(hand, areas):
    hand.press((0, 0))
    hand.key(Qt.Key.Key_Escape, "")
    hand.release((0, 0))
    assert rows(areas)["Wheat"] == (0, 0)


def test_the_keys_1_to_9_choose_a_class(hand):
    wanted = []
    hand.tool.class_wanted.connect(wanted.append)
    hand.key(Qt.Key.Key_2, "2")
    hand.key(Qt.Key.Key_0, "0")
    hand.key(Qt.Key.Key_A, "a")
    assert wanted == [1]


def test_beside_the_cube_there_is_nothing_to_label(hand, areas):
    hand.click((-3, 0))
    assert rows(areas)["Wheat"] == (0, 0)


def test_without_a_class_nothing_is_labelled(hand, areas):
    hand.name = ""
    hand.click((0, 0))
    assert areas.layer.featureCount() == 0


def test_a_drawn_area_is_not_taken_for_the_superpixel_around_it(hand, areas):
    inner = QgsGeometry.fromRect(
        QgsRectangle(WEST + 30, NORTH - 70, WEST + 70, NORTH - 30)
    )
    areas.add_areas([inner], "Wheat")
    hand.click((0, 0))
    assert rows(areas)["Wheat"][0] == 2
    hand.click((0, 0))
    (left,) = areas.layer.getFeatures()
    assert left.geometry().area() == pytest.approx(inner.area())


def test_a_suggested_area_is_labelled_rather_than_the_superpixel_below(hand, areas):
    suggested = polygons([(1, 1)], "suggested")
    shape = next(suggested.getFeatures()).geometry().buffer(20, 2)
    feature = next(suggested.getFeatures())
    suggested.dataProvider().changeGeometryValues({feature.id(): shape})
    project_state.write("suggestions", suggested.id())
    hand.click((1, 1))
    (area,) = areas.layer.getFeatures()
    assert area.geometry().area() == pytest.approx(shape.area())
    hand.click((1, 1))
    assert areas.layer.featureCount() == 0
    node = QgsProject.instance().layerTreeRoot().findLayer(suggested.id())
    node.setItemVisibilityChecked(False)  # What is not seen is not meant.
    hand.click((1, 1))
    assert rows(areas)["Wheat"] == (1, 100)


def test_the_cut_of_a_cube_is_found_again_and_that_of_another_is_not(
    areas, tmp_path, new_raster
):
    path = tmp_path / "superpixels.gpkg"
    write(polygons([(0, 0)], "cut"), path)
    assert superpixels.open_cut(areas.cube) is None
    superpixels.keep_cut(areas.cube, str(path))
    assert superpixels.cut_of(areas.cube) is None  # It is there, and not open.
    found = superpixels.open_cut(areas.cube)
    assert found.featureCount() == 1
    assert superpixels.cut_of(areas.cube) == found
    QgsProject.instance().removeMapLayer(found.id())
    assert superpixels.cut_of(areas.cube) is None
    assert superpixels.open_cut(areas.cube).featureCount() == 1
    other = QgsRasterLayer(new_raster(tmp_path / "other.tif"), "other")
    assert superpixels.open_cut(other) is None
    given = superpixels.cut_parameters(areas.cube)
    assert given["CUBE"] == areas.cube.id()


def test_a_mouse_that_moves_adds_no_layer_and_looks_for_no_file(
    iface, areas, monkeypatch, tmp_path
):
    path = tmp_path / "superpixels.gpkg"
    write(polygons([(0, 0), (1, 0)], "cut"), path)
    superpixels.keep_cut(areas.cube, str(path))
    hand, shown = hand_on(iface.mapCanvas(), areas), []
    found = superpixels.open_cut(areas.cube)
    hand.tool.activate()
    looked, look = [], project_state.read_path
    monkeypatch.setattr(
        project_state, "read_path", lambda key: looked.append(key) or look(key)
    )

    def hover():
        for cell in ((0, 0), (1, 0), (1, 0), (2, 1)):
            move = hand.event(QEvent.Type.MouseMove, cell, NONE)
            hand.tool.canvasMoveEvent(move)
            shown.append(hand.tool._under.size())

    hover()
    assert shown == [1, 1, 1, 0]
    assert len(looked) == 1  # When the first place was looked at.
    QgsProject.instance().removeMapLayer(found.id())
    before = set(QgsProject.instance().mapLayers())
    hover()
    assert set(QgsProject.instance().mapLayers()) == before
    assert shown[4:] == [0, 0, 0, 0]
    assert len(looked) == 1


def test_a_brush_reads_a_superpixel_once(hand, areas, monkeypatch):
    read, find = [], superpixels._polygon_at

    def counted(layer, point):
        read.append(point)
        return find(layer, point)

    monkeypatch.setattr(superpixels, "_polygon_at", counted)
    hand.brush((0, 0), (3, 0))
    assert len(read) == 4
    assert rows(areas)["Wheat"] == (4, 400)
