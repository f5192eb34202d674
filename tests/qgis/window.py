"""A window that stands in for QGIS's."""

from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QMainWindow,
    QMenu,
    QTextBrowser,
    QToolBar,
)


class Iface(QObject):
    """As much of QGIS's interface as the plugin uses."""

    currentLayerChanged = pyqtSignal(object)

    def __init__(self):
        super().__init__()
        self.window = QMainWindow()
        self.raster = QMenu("&Raster", self.window)
        self.bar = QgsMessageBar(self.window)
        self.canvas = QgsMapCanvas(self.window)
        self.tools = QToolBar(self.window)
        self.pan = QAction(self.window)
        self.active = None
        self.of_layers = []
        self.menu_titles = {}

    def addCustomActionForLayerType(self, action, menu, kind, all_layers):
        assert not all_layers
        self.menu_titles[action] = menu

    def addCustomActionForLayer(self, action, layer):
        self.of_layers.append((action.text(), layer.name()))

    def removeCustomActionForLayerType(self, action):
        self.menu_titles.pop(action)

    def mainWindow(self):
        return self.window

    def rasterMenu(self):
        return self.raster

    def messageBar(self):
        return self.bar

    def mapCanvas(self):
        return self.canvas

    def activeLayer(self):
        return self.active

    def submenu(self, name):
        for action in self.raster.actions():
            if action.text() == name:
                return action.menu()
        return self.raster.addMenu(name)

    def addPluginToRasterMenu(self, name, action):
        self.submenu(name).addAction(action)

    def removePluginRasterMenu(self, name, action):
        menu = self.submenu(name)
        menu.removeAction(action)
        if not menu.actions():
            self.raster.removeAction(menu.menuAction())

    def addToolBarIcon(self, action):
        self.tools.addAction(action)

    def removeToolBarIcon(self, action):
        self.tools.removeAction(action)

    def actionPan(self):
        return self.pan

    def addTabifiedDockWidget(self, area, dock, others, raised):
        self.window.addDockWidget(area, dock)

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)


def text_is_whole(bar, width):
    """Return whether the bar's message can be read without scrolling.

    Args:
        bar: The message bar.
        width: Of the bar in pixels; it is as wide as the map.
    """
    bar.parentWidget().resize(width, 200)
    bar.parentWidget().show()
    bar.setFixedWidth(width)
    bar.show()
    QApplication.processEvents()
    text = bar.currentItem().findChild(QTextBrowser)
    assert bar.sizeHint().width() <= width, "the buttons alone are wider than the bar"
    lines = text.document().size().height() / text.fontMetrics().lineSpacing()
    return lines < 2 and text.horizontalScrollBar().maximum() == 0
