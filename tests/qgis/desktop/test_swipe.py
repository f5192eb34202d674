"""A map swiped with the mouse on a canvas: what is seen on either side of the line."""

import gc

import pytest
from osgeo import gdal
from qgis.core import (
    QgsMapRendererParallelJob,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from miaf_qgis.desktop.desktop import Desktop
from miaf_qgis.desktop.swipe_tool import SwipeItem, layer_to_swipe
from miaf_qgis.layers import run_notes
from tests.qgis.dock.helpers import until

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
MAP, BELOW, NOTHING = "#d00000", "#0000c8", "#ffffff"
SIZE = 400


def add_layer(path, name, colour):
    """Add a raster of one colour to the project, below all others."""
    layer = QgsRasterLayer(path, name)
    if colour is None:
        layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    else:
        one = QgsPalettedRasterRenderer.Class(1, QColor(colour), name)
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, [one]))
    QgsProject.instance().addMapLayer(layer, False)
    QgsProject.instance().layerTreeRoot().addLayer(layer)
    return layer


class Hand:
    """Looks at a canvas that shows the layers of the project, and swipes it."""

    def __init__(self, iface, provider, layers):
        self.iface, self.canvas = iface, iface.mapCanvas()
        iface.window.setCentralWidget(self.canvas)
        iface.window.resize(SIZE, SIZE)
        iface.window.show()
        self.canvas.setDestinationCrs(layers[0].crs())
        self.canvas.setLayers(layers)
        self.canvas.setExtent(layers[0].extent())
        self.desktop = Desktop(iface, provider)
        self.action = self.desktop._swipe.action
        self.tool = self.desktop._swipe.tool

    @property
    def view(self):
        return self.canvas.viewport()

    @property
    def items(self):
        # A layer that is hidden has the map drawn again, and the item with it.
        return [x for x in self.canvas.scene().items() if isinstance(x, SwipeItem)]

    def drawn(self):
        """Wait until map and swiped side are drawn."""
        QTest.qWait(50)
        done = lambda: all(x.image is not None and not x._jobs for x in self.items)  # noqa: E731
        assert until(lambda: not self.canvas.isDrawing() and done())

    def spot(self, x, y):
        return QPoint(round(x * self.view.width()), round(y * self.view.height()))

    def drag(self, *places):
        """Press at the first place, move over the others, let go at the last."""
        spots = [self.spot(*place) for place in places]
        QTest.mousePress(self.view, LEFT, pos=spots[0])
        for spot in spots[1:]:
            event = QMouseEvent(
                QEvent.Type.MouseMove, QPointF(spot),
                QPointF(self.view.mapToGlobal(spot)), LEFT, LEFT,
                Qt.KeyboardModifier.NoModifier,
            )  # fmt: skip
            QApplication.sendEvent(self.view, event)
        QTest.mouseRelease(self.view, LEFT, pos=spots[-1])

    def seen(self, x, y):
        """Return the colour at a place, 0..1 from the left and from the top."""
        picture = self.canvas.grab().toImage()
        ratio = picture.devicePixelRatio()
        return picture.pixelColor(self.spot(x, y) * ratio).name()

    def across(self):
        return self.seen(0.25, 0.4), self.seen(0.75, 0.4)

    def shows(self, left, right):
        """Return whether these colours are seen on the left and right before long."""
        return until(lambda: self.across() == (left, right))


@pytest.fixture
def layers(tmp_path, new_raster, context):
    """A class map above another, above a cube."""
    made = []
    for name, colour in (("map", MAP), ("older", BELOW), ("cube", None)):
        path = new_raster(tmp_path / f"{name}.tif", bands=1, kind=gdal.GDT_Byte)
        made.append(add_layer(path, name, colour))
    return made


@pytest.fixture
def hand(iface, provider, layers):
    hand = Hand(iface, provider, layers)
    yield hand
    hand.desktop.remove()
    iface.window.hide()


def swipe(hand):
    hand.action.trigger()
    hand.drawn()


def test_the_line_parts_the_map_from_what_lies_below(hand):
    hand.drawn()
    assert hand.shows(MAP, MAP)
    swipe(hand)
    assert hand.action.isChecked()
    assert hand.shows(MAP, BELOW)
    hand.drag((0.5, 0.5), (0.3, 0.5), (0.1, 0.5))
    assert hand.shows(BELOW, BELOW)
    hand.drag((0.9, 0.2))
    assert hand.shows(MAP, MAP)


def test_a_mouse_that_holds_no_button_moves_nothing(hand):
    swipe(hand)
    hand.drag((0.9, 0.5))
    QTest.mouseMove(hand.view, hand.spot(0.1, 0.5))
    assert hand.shows(MAP, MAP)


def test_a_right_click_turns_the_line(hand):
    swipe(hand)
    QTest.mouseClick(hand.view, RIGHT, pos=hand.spot(0.5, 0.5))
    assert hand.shows(MAP, MAP)
    assert hand.seen(0.25, 0.7) == BELOW
    hand.drag((0.5, 0.5), (0.5, 0.2))
    assert hand.shows(BELOW, BELOW)


def test_the_line_stays_within_reach(hand):
    swipe(hand)
    hand.drag((0.5, 0.5), (2.0, 0.5))
    (item,) = hand.items
    assert 0.9 < item.share < 1
    hand.drag((0.5, 0.5), (-2.0, 0.5))
    assert 0 < item.share < 0.1


def test_both_sides_follow_the_map(hand, layers):
    swipe(hand)
    hand.canvas.zoomByFactor(4)
    hand.drawn()
    assert until(lambda: hand.seen(0.95, 0.02) == NOTHING)
    hand.canvas.setExtent(layers[0].extent())
    hand.canvas.refresh()
    hand.drawn()
    assert hand.shows(MAP, BELOW)
    layers[1].setOpacity(0)
    layers[1].triggerRepaint()
    assert until(lambda: hand.across()[1] != BELOW)


def test_a_hidden_layer_is_swiped_over_what_is_seen(hand, layers):
    hand.canvas.setLayers(layers[1:])
    hand.iface.active = layers[0]
    swipe(hand)
    assert hand.shows(MAP, BELOW)


def test_what_a_run_made_besides_its_map_is_left_out_too(hand, layers):
    for rank, layer in enumerate(layers[:2]):
        run_notes._move(layer, "Run", rank)
    hand.canvas.setLayers(layers)
    swipe(hand)
    assert hand.tool.layer_id == layers[0].id()
    cube = hand.across()[1]
    assert cube not in (MAP, BELOW, NOTHING)
    assert hand.shows(MAP, cube)


def test_the_layer_that_is_chosen_is_swiped(hand, layers):
    hand.canvas.setLayers(layers[1:])
    hand.iface.active = layers[1]
    swipe(hand)
    left, right = hand.across()
    assert left == BELOW and right not in (MAP, BELOW, NOTHING)
    hand.canvas.setLayers(layers)
    hand.iface.currentLayerChanged.emit(layers[0])
    hand.drawn()
    assert hand.shows(MAP, BELOW)


def test_without_anything_below_the_newest_map_is_swiped(layers):
    root = QgsProject.instance().layerTreeRoot()
    assert layer_to_swipe(None) is layers[0]
    assert layer_to_swipe(layers[1]) is layers[1]
    assert layer_to_swipe(layers[2]) is layers[0]
    root.findLayer(layers[0].id()).setItemVisibilityChecked(False)
    assert layer_to_swipe(None) is layers[1]
    root.findLayer(layers[2].id()).setItemVisibilityChecked(False)
    assert layer_to_swipe(None) is None


def test_pictures_that_are_no_longer_shown_are_let_go(hand):
    swipe(hand)
    for _ in range(5):
        hand.canvas.refresh()
        hand.drawn()
    jobs = [x for x in gc.get_objects() if type(x) is QgsMapRendererParallelJob]
    assert [job for job in jobs if not sip.isdeleted(job)] == []


def test_what_cannot_be_swiped_is_said(hand, layers, iface):
    QgsProject.instance().removeMapLayers([layer.id() for layer in layers[:2]])
    hand.action.trigger()
    assert not hand.action.isChecked() and hand.items == []
    assert "lies above" in iface.bar.items()[-1].text()


def test_another_tool_takes_the_line_away(hand):
    swipe(hand)
    hand.canvas.unsetMapTool(hand.tool)
    assert hand.items == [] and not hand.action.isChecked()
    hand.drawn()
    assert hand.shows(MAP, MAP)


def test_the_entry_takes_the_line_away(hand):
    swipe(hand)
    hand.action.trigger()
    assert hand.items == [] and not hand.tool.isActive()


def test_a_layer_that_is_removed_takes_the_line_away(hand, layers):
    swipe(hand)
    other, own = layers[1].id(), layers[0].id()
    QgsProject.instance().removeMapLayer(other)
    assert len(hand.items) == 1
    QgsProject.instance().removeMapLayer(own)
    assert hand.items == [] and not hand.tool.isActive()


def test_a_plugin_that_is_unloaded_leaves_nothing(iface, provider, layers):
    hand = Hand(iface, provider, layers)
    hand.action.trigger()  # And goes while the other side is still being rendered.
    hand.desktop.remove()
    assert hand.items == [] and not hand.tool.isActive()
    gc.collect()
    QTest.qWait(300)
    assert hand.canvas.mapTool() is None
    iface.window.hide()


def test_the_map_of_a_run_is_swiped_from_its_message(hand, layers):
    hand.iface.active = layers[2]
    hand.desktop._swipe.swipe_file(layers[1].source())
    assert hand.tool.layer_id == layers[1].id() and hand.tool.isActive()
