"""Areas drawn with the mouse on a canvas."""

import pytest
from qgis.core import QgsGeometry, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QKeyEvent

from miaf_qgis.dock.draw_tool import DrawTool

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.MouseButton.NoButton


@pytest.fixture
def hand(iface):
    return Hand(iface.mapCanvas())


class Hand:
    """Holds the tool over a canvas of 400 x 400 units and pixels."""

    def __init__(self, canvas: QgsMapCanvas):
        canvas.resize(400, 400)
        canvas.setExtent(QgsRectangle(0, 0, 400, 400))
        self.canvas = canvas
        self.tool = DrawTool(canvas)
        canvas.setMapTool(self.tool)
        self.drawn, self.undone = [], []
        self.tool.drawn.connect(lambda shape: self.drawn.append(QgsGeometry(shape)))
        self.tool.undo_wanted.connect(lambda: self.undone.append(True))

    def event(self, kind, spot, button, held=NONE):
        return QgsMapMouseEvent(self.canvas, kind, QPoint(*spot), button, held)

    def press(self, spot, button=LEFT):
        kind = QEvent.Type.MouseButtonPress
        self.tool.canvasPressEvent(self.event(kind, spot, button, button))

    def move(self, spot, held=NONE):
        self.tool.canvasMoveEvent(self.event(QEvent.Type.MouseMove, spot, NONE, held))

    def release(self, spot, button=LEFT):
        kind = QEvent.Type.MouseButtonRelease
        self.tool.canvasReleaseEvent(self.event(kind, spot, button))

    def click(self, *spots, button=LEFT):
        for spot in spots:
            self.move(spot)
            self.press(spot, button)
            self.release(spot, button)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifier)
        self.tool.keyPressEvent(event)


def area(hand):
    (shape,) = hand.drawn
    size = hand.canvas.mapUnitsPerPixel()
    return round(shape.area() / size**2)


def test_a_right_click_ends_an_area(hand):
    hand.click((10, 10), (110, 10), (110, 60), (10, 60))
    assert hand.drawn == []
    hand.click((10, 60), button=RIGHT)
    assert area(hand) == 100 * 50
    hand.click((10, 60), button=RIGHT)
    assert len(hand.drawn) == 1


def test_a_double_click_ends_an_area(hand):
    hand.click((10, 10), (110, 10), (110, 60))
    kind = QEvent.Type.MouseButtonDblClick
    hand.tool.canvasDoubleClickEvent(hand.event(kind, (110, 60), LEFT))
    hand.release((110, 60))
    assert area(hand) == 100 * 50 / 2
    hand.click((10, 10), (110, 10), (110, 60))
    hand.click((110, 60), button=RIGHT)
    assert len(hand.drawn) == 2


def test_a_drag_draws_the_outline_itself(hand):
    hand.press((10, 10))
    for spot in [(60, 10), (110, 10), (110, 60), (60, 60), (10, 60)]:
        hand.move(spot, LEFT)
    hand.release((10, 12))
    assert abs(area(hand) - 100 * 50) < 400


def test_a_hand_that_shakes_clicks(hand):
    for x, y in [(10, 10), (110, 10), (110, 60)]:
        hand.press((x, y))
        hand.move((x + 3, y + 2), LEFT)
        hand.release((x, y))
    hand.click((110, 60), button=RIGHT)
    assert area(hand) == 100 * 50 / 2


def test_escape_gives_an_area_up_and_backspace_a_corner(hand):
    hand.click((10, 10), (110, 10), (110, 60))
    hand.key(Qt.Key.Key_Escape)
    hand.click((110, 60), button=RIGHT)
    assert hand.drawn == []
    hand.click((10, 10), (110, 10), (300, 300))
    hand.key(Qt.Key.Key_Backspace)
    hand.click((110, 60))
    hand.click((110, 60), button=RIGHT)
    assert area(hand) == 100 * 50 / 2


def test_control_z_takes_a_corner_back_and_then_an_area(hand):
    control = Qt.KeyboardModifier.ControlModifier
    hand.click((10, 10))
    hand.key(Qt.Key.Key_Z, control)
    assert hand.undone == []
    hand.key(Qt.Key.Key_Z, control)
    assert hand.undone == [True]


def test_two_corners_are_no_area(hand):
    hand.click((10, 10), (110, 10))
    hand.click((110, 10), button=RIGHT)
    assert hand.drawn == []


def test_an_outline_that_crosses_itself_is_put_right(hand):
    hand.click((10, 10), (110, 110), (110, 10), (10, 110))
    hand.click((10, 110), button=RIGHT)
    (shape,) = hand.drawn
    assert shape.isGeosValid()
    assert area(hand) == 5000


def test_another_tool_gives_up_what_was_begun(hand):
    hand.click((10, 10), (110, 10), (110, 60))
    hand.canvas.unsetMapTool(hand.tool)
    hand.canvas.setMapTool(hand.tool)
    hand.click((110, 60), button=RIGHT)
    assert hand.drawn == []
