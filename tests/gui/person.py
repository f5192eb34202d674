"""What a person's hands do in the desktop: wait, click, draw, fill in dialogs."""

import json
import os
import traceback
from pathlib import Path

import pyplugin_installer
from qgis.core import QgsApplication, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.gui import (
    QgsCategorizedSymbolRendererWidget,
    QgsProcessingToolboxTreeView,
)
from qgis.PyQt.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextEdit,
    QToolButton,
)
from qgis.utils import iface

WORK, SHOTS = Path(os.environ["MIAF_GUI_WORK"]), Path(os.environ["SCREENSHOTS"])
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def when_ready(main):
    """Call `main` once QGIS is up, write what it returns, and leave QGIS.

    Where it fails, the traceback is written instead, as "defect".
    """

    def run():
        try:
            iface.mainWindow().resize(1400, 880)
            text = json.dumps(main() or {}, indent=1)
        except Exception:  # noqa: BLE001 - whatever it is must be seen outside
            text = json.dumps({"defect": traceback.format_exc()})
            shoot(QApplication.activeWindow() or iface.mainWindow(), "defect")
        (WORK / "outcome.json").write_text(text, encoding="utf-8")
        QgsProject.instance().setDirty(False)
        QgsApplication.exit(0)
        os._exit(0)

    QTimer.singleShot(3000, run)


def wait(seconds, until=lambda: False):
    """Let QGIS live for `seconds`, or until something is true; return whether it is."""
    loop, passed = QEventLoop(), 0.0
    while passed < seconds and not until():
        QTimer.singleShot(100, loop.quit)
        loop.exec()
        passed += 0.1
    return until()


def shoot(widget, name):
    """Keep a picture of a widget."""
    widget.grab().save(str(SHOTS / f"{name}.png"))


def show_docks(*names):
    """Show the panels of these names and no others; return the last one.

    The layers get room for their names.
    """
    window = iface.mainWindow()
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    for name, dock in docks.items():
        if not dock.isFloating():
            dock.setVisible(name in names)
    window.resizeDocks([docks["Layers"]], [350], Qt.Orientation.Horizontal)
    wait(1)
    return docks[names[-1]]


def drag(view, *spots):
    """Hold the left button over a widget from the first place to the last.

    QTest's own move holds no button.
    """
    QTest.mousePress(view, LEFT, pos=spots[0])
    for spot in spots[1:]:
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(spot), QPointF(view.mapToGlobal(spot)),
            LEFT, LEFT, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
    QTest.mouseRelease(view, LEFT, pos=spots[-1])


def soon(act, seconds=0.6, tries=40):
    """Call `act` while a dialog blocks, again until it returns something."""

    def attempt(left):
        if not act() and left:
            QTimer.singleShot(200, lambda: attempt(left - 1))

    QTimer.singleShot(int(seconds * 1000), lambda: attempt(tries))


def dialog_with(class_name):
    """Return the visible window of a class, None while there is none."""
    for widget in QApplication.topLevelWidgets():
        if widget.metaObject().className() == class_name and widget.isVisible():
            return widget
    return None


def menu_entry(text):
    """Return the entry of Raster > MIAF-Net that starts with a text."""
    for action in iface.rasterMenu().actions():
        if action.menu() is not None and "MIAF-Net" in action.text():
            for entry in action.menu().actions():
                if entry.text().replace("&", "").startswith(text):
                    return entry
    raise LookupError(text)


def install_zip():
    """Install the plugin's zip as Install from ZIP does."""
    archive = next(WORK.glob("miaf-*.zip"))
    pyplugin_installer.instance().installFromZipFile(str(archive))
    wait(2)


def open_scene():
    """Open the demo scene; return its layers by the name of their file."""
    menu_entry("Open the demo scene").trigger()
    wait(15, lambda: len(QgsProject.instance().mapLayers()) == 3)
    wait(3)
    layers = QgsProject.instance().mapLayers().values()
    return {Path(layer.source().split("|")[0]).name: layer for layer in layers}


def new_scratch_layer(name, field):
    """Make a polygon layer with a text field in QGIS's own dialog; return it."""

    def fill():
        dialog = dialog_with("QgsNewMemoryLayerDialog")
        if dialog is None:
            return False
        dialog.findChild(QLineEdit, "mNameLineEdit").setText(name)
        kinds = dialog.findChild(QComboBox, "mGeometryTypeBox")
        kinds.setCurrentIndex(kinds.findText("Polygon", Qt.MatchFlag.MatchExactly))
        QTest.keyClicks(dialog.findChild(QLineEdit, "mFieldNameEdit"), field)
        # The dialog offers a text of ten letters, which would cut class names short.
        length = dialog.findChild(QLineEdit, "mWidth")
        length.clear()
        QTest.keyClicks(length, "60")
        add = dialog.findChild(QToolButton, "mAddAttributeButton")
        QTest.mouseClick(add, LEFT)
        shoot(dialog, "scratch_layer")
        dialog.accept()
        return True

    soon(fill)
    iface.mainWindow().findChild(QAction, "mActionNewMemoryLayer").trigger()
    wait(1)
    return QgsProject.instance().mapLayersByName(name)[0]


def on_screen(x, y):
    """Return the place of map coordinates on the canvas."""
    place = iface.mapCanvas().getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(place.x()), round(place.y()))


def click_map(places):
    """Click places of the map; return where the last one is on the canvas."""
    view = iface.mapCanvas().viewport()
    spots = [on_screen(x, y) for x, y in places]
    for spot in spots:
        QTest.mouseMove(view, spot)
        QTest.mouseClick(view, LEFT, pos=spot)
        QApplication.processEvents()
    return spots[-1]


def draw_polygon(corners, answer):
    """Click the corners on the canvas, finish by a right click, fill in the form."""
    last = click_map(corners)

    def fill():
        form = dialog_with("QgsAttributeDialog")
        if form is None:
            return False
        (editor,) = [e for e in form.findChildren(QLineEdit) if e.isVisible()][:1]
        editor.setFocus()
        editor.clear()
        QTest.keyClicks(editor, answer)
        form.accept()
        return True

    soon(fill, 0.2)
    QTest.mouseClick(iface.mapCanvas().viewport(), RIGHT, pos=last)
    wait(8, lambda: dialog_with("QgsAttributeDialog") is None)


def style_by_category(layer, field, colours):
    """Style the layer in the widget of the layer's properties, with a ramp of colours.

    QGIS's own ramp is random, and would make other pictures each time.
    """
    from qgis.core import (
        QgsCategorizedSymbolRenderer,
        QgsPresetSchemeColorRamp,
        QgsStyle,
    )

    renderer = QgsCategorizedSymbolRenderer(field)
    renderer.setSourceColorRamp(QgsPresetSchemeColorRamp(colours))
    widget = QgsCategorizedSymbolRendererWidget(
        layer, QgsStyle.defaultStyle(), renderer
    )
    window = QDialog(iface.mainWindow())
    widget.setParent(window)
    window.resize(520, 560)
    widget.resize(520, 560)
    window.show()
    button = widget.findChild(QPushButton, "btnAddCategories")
    QTest.mouseClick(button, LEFT)
    wait(1)
    shoot(window, "categories")
    made = widget.renderer().clone()
    made.deleteCategory(made.categoryIndexForValue(""))
    layer.setRenderer(made)
    layer.triggerRepaint()
    iface.layerTreeView().refreshLayerSymbology(layer.id())
    window.close()


def shoot_toolbox(name, *beside, height):
    """Take a picture of the toolbox with the plugin's algorithms open.

    Args:
        name: Of the picture.
        beside: Docks that stay as well, by name.
        height: Of the toolbox, in pixels.
    """
    dock = show_docks(*beside, "ProcessingToolbox")
    dock.setFloating(True)
    dock.resize(420, height)
    tree = dock.findChild(QgsProcessingToolboxTreeView)
    wait(2)
    model = tree.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if index.data() == "MIAF-Net":
            tree.expandRecursively(index)
            wait(1)
            tree.scrollTo(index, tree.ScrollHint.PositionAtTop)
    wait(1)
    shoot(dock, name)
    dock.setFloating(False)
    dock.setVisible(False)


def open_dialog(entry, parameters, height=760):
    """Open a dialog from the menu, fill it in and return it."""
    menu_entry(entry).trigger()
    wait(10, lambda: dialog_with("AlgorithmDialog") is not None)
    dialog = dialog_with("AlgorithmDialog")
    dialog.resize(980, height)
    dialog.setParameters(parameters)
    wait(2)
    return dialog


def progress_of(dialog):
    """Return how far the dialog's bar is."""
    return max((bar.value() for bar in dialog.findChildren(QProgressBar)), default=0)


def press_cancel(dialog):
    """Press the dialog's Cancel."""
    buttons = dialog.findChildren(QPushButton)
    button = next(b for b in buttons if "ancel" in b.text() and b.isEnabled())
    QTest.mouseClick(button, LEFT)


def run_and(dialog, act, seconds):
    """Press Run, call `act` while it works, and wait for the end."""
    ended = []
    dialog.algorithmFinished.connect(lambda ok, results: ended.append((ok, results)))
    QTest.mouseClick(dialog.runButton(), LEFT)
    act(ended)
    wait(seconds, lambda: bool(ended))
    return ended[0] if ended else (None, {})


def log_of(dialog):
    """Return the text of the dialog's log."""
    texts = [widget.toPlainText() for widget in dialog.findChildren(QTextEdit)]
    return max(texts, key=len, default="")


def stored_areas(path, count=2):
    """Return {class: corners of its largest areas} of the demo's training areas."""
    found = {}
    for feature in QgsVectorLayer(f"{path}|layername=rois", "stored").getFeatures():
        ring = feature.geometry().asGeometryCollection()[0].asPolygon()[0][:-1]
        corners = [(point.x(), point.y()) for point in ring]
        entry = (feature.geometry().area(), corners)
        found.setdefault(feature["cover"], []).append(entry)
    return {
        name: [corners for _, corners in sorted(areas, reverse=True)[:count]]
        for name, areas in found.items()
    }
