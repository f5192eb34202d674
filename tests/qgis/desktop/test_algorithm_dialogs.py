"""Dialogs of Processing, old and new: stand-ins of both shapes, and the real one."""

import sys
from types import ModuleType

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QGroupBox,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSpinBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from miaf_qgis.desktop import algorithm_dialogs
from miaf_qgis.desktop.algorithm_dialogs import (
    container_of,
    dialog_for,
    dialog_of,
    open_dialog,
)
from miaf_qgis.engine.closing import watch_dialog
from miaf_qgis.parameters.settings import GROUP


class Wrapper:
    """As much of a parameter's widget as is looked at."""

    def __init__(self, parameter, layout):
        self.label = QLabel(parameter.description() + " [optional]")
        self.widget = QSpinBox()
        layout.addWidget(self.label)
        layout.addWidget(self.widget)

    def wrappedLabel(self):
        return self.label

    def wrappedWidget(self):
        return self.widget


class Panel(QWidget):
    """Parameters in a box, in a layout of a layout, as Processing's panel has them."""

    def __init__(self, algorithm):
        super().__init__()
        around = QVBoxLayout(self)
        self.box = QGroupBox(self)
        around.addWidget(self.box)
        outer, inner = QVBoxLayout(self.box), QVBoxLayout()
        outer.addLayout(inner)
        self.wrappers = {
            p.name(): Wrapper(p, inner)
            for p in algorithm.parameterDefinitions()
            if not p.isDestination()
        }


class Shape:
    """What both shapes of the dialog have."""

    def fill(self, algorithm):
        self.given, self.feedback = {}, None
        self.panel = Panel(algorithm)
        self.help = QTextBrowser(self)
        self.help.setHtml('<p style="color:#666666">Help</p>')
        layout = QVBoxLayout(self)
        layout.addWidget(self.panel)
        layout.addWidget(self.help)

    def mainWidget(self):
        return self.panel

    def setParameters(self, values):
        self.given.update(values)


class AlgorithmDialog(QDialog, Shape):
    """Up to QGIS 4.0: a window."""

    def __init__(self, algorithm, in_place=False, parent=None):
        super().__init__(parent)
        self.fill(algorithm)

    def container(self):
        return self


class AlgorithmWidget(QWidget, Shape):
    """From QGIS 4.2 on: a widget in a window that it makes itself, or in a dock."""

    docked = False

    def __init__(self, algorithm, in_place=False, parent=None):
        super().__init__(parent)
        if self.docked:
            self.around = QDockWidget(parent)
            self.around.setWidget(self)
            parent.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.around)
        else:
            self.around = QDialog(parent)
            QVBoxLayout(self.around).addWidget(self)
        self.fill(algorithm)

    def container(self):
        return self.around


class DockedWidget(AlgorithmWidget):
    """The second in a dock of the main window."""

    docked = True


SHAPES = [AlgorithmDialog, AlgorithmWidget, DockedWidget]


@pytest.fixture(params=SHAPES, ids=[shape.__name__ for shape in SHAPES])
def shape(request, monkeypatch, provider):
    """Let Processing have a dialog of that shape, and return its class."""
    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no widgets in this run")
    new = request.param is not AlgorithmDialog
    name = "algorithm_widget" if new else "AlgorithmDialog"
    module = ModuleType(f"processing.gui.{name}")
    setattr(module, "AlgorithmWidget" if new else "AlgorithmDialog", request.param)
    processing, gui = ModuleType("processing"), ModuleType("processing.gui")
    processing.createAlgorithmDialog = lambda algorithm, values: made(algorithm, values)
    for other in list(sys.modules):
        if other == "processing" or other.startswith("processing."):
            monkeypatch.delitem(sys.modules, other)
    for found in (processing, gui, module):
        found.__path__ = []
        monkeypatch.setitem(sys.modules, found.__name__, found)
    return request.param


@pytest.fixture
def window(qgis):
    window = QMainWindow()
    yield window
    window.close()


@pytest.fixture
def of_train(shape, provider, window):
    """The dialog of a training."""
    return dialog_for(provider.algorithm("train").create(), window)


def made(algorithm, values):
    """As Processing makes a dialog for an id."""
    found = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
    made.window = QMainWindow()
    dialog = found.createCustomParametersWidget(made.window)
    dialog.setParameters(values)
    return dialog


def test_the_dialog_is_that_of_this_qgis(shape, of_train):
    assert type(of_train) is shape


def test_it_starts_with_the_layers_of_the_project(
    shape, provider, window, context, cube
):
    areas = QgsVectorLayer("Polygon?field=cover:string&field=n:int", "a", "memory")
    layers = [areas, QgsRasterLayer(cube, "cube")]
    QgsProject.instance().addMapLayers(layers)
    dialog = dialog_for(provider.algorithm("inspect").create(), window)
    assert dialog.given == {
        "CUBE": layers[1].id(), "ROIS": areas.id(), "CLASS_FIELD": "cover",
    }  # fmt: skip


@pytest.fixture
def layers(context, cube):
    """Layers that the dialogs are filled in with."""
    areas = QgsVectorLayer("Polygon?field=cover:string&field=n:int", "a", "memory")
    layers = {"ROIS": areas, "CUBE": QgsRasterLayer(cube, "cube")}
    QgsProject.instance().addMapLayers(list(layers.values()))
    return {name: layer.id() for name, layer in layers.items()}


def test_given_values_count_alone(shape, layers):
    dialog = open_dialog("miaf:train", {"LABELS": "labels.tif"})
    assert dialog.given == {
        "LABELS": "labels.tif",
        "CUBE": layers["CUBE"],  # Without a cube nothing can be run.
        "ROIS": None,
        "CLASS_FIELD": None,
    }
    dialog.container().close()


def test_without_values_the_project_counts(shape, layers):
    dialog = open_dialog("miaf:train")
    assert dialog.given == {**layers, "CLASS_FIELD": "cover"}
    dialog.setParameters({})
    # Values of a dialog in view, as pasted ones, are beside those that it has.
    dialog.container().show()
    made.window.show()
    dialog.setParameters({"SEED": 3})
    assert dialog.given == {**layers, "CLASS_FIELD": "cover", "SEED": 3}
    dialog.container().close()


def test_values_are_given_in_parts(shape, layers):
    dialog = open_dialog("miaf:train", {"ROIS": "areas.gpkg"})
    dialog.setParameters({"SEED": 3})
    assert dialog.given["ROIS"] == "areas.gpkg"
    dialog.container().close()


def test_areas_are_not_called_optional(of_train):
    wrappers = of_train.panel.wrappers
    assert wrappers["ROIS"].label.text() == "Training areas"
    assert wrappers["CLASS_FIELD"].label.text() == "Class field"
    assert wrappers["VALIDATION_ROIS"].label.text() == "Test areas [optional]"


def test_headings_stand_above_their_groups(provider, of_train):
    layout = of_train.panel.wrappers["SEED"].label.parentWidget()
    texts = [
        label.text()
        for place in range(layout.layout().itemAt(0).layout().count())
        if isinstance(
            label := layout.layout().itemAt(0).layout().itemAt(place).widget(), QLabel
        )
    ]
    found = provider.algorithm("train").parameterDefinitions()
    first = {}
    for parameter in found:
        first.setdefault(parameter.metadata().get(GROUP), parameter.description())
    del first[None]
    assert len(first) == 6
    for title, follows in first.items():
        place = texts.index(f"<b>{title}</b>")
        assert texts[place + 1].startswith(follows)


def test_a_panel_that_is_unknown_is_left_alone(shape, provider, window, monkeypatch):
    monkeypatch.setattr(shape, "mainWidget", lambda self: QWidget(self))
    assert dialog_for(provider.algorithm("train").create(), window) is not None


def test_without_any_dialog_processing_makes_its_own(shape, provider, monkeypatch):
    for name in list(sys.modules):
        if name.startswith("processing.gui."):
            monkeypatch.delitem(sys.modules, name)
    assert dialog_for(provider.algorithm("train").create(), None) is None


def test_help_is_readable_on_a_dark_theme(of_train):
    browser = of_train.help
    algorithm_dialogs._show_help_in(of_train)
    assert "#666666" in browser.toHtml()  # on a light one it stays as it is
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#222222"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#eeeeee"))
    browser.setPalette(palette)
    algorithm_dialogs._show_help_in(of_train)
    assert "#666666" not in browser.toHtml() and "#eeeeee" in browser.toHtml()


def test_what_is_around_a_dialog_is_found(of_train):
    assert container_of(of_train) is of_train.container()


def test_a_widget_that_has_no_window_of_its_own_is_its_own_container(window):
    widget = QWidget(window)
    assert container_of(widget) is widget


def test_a_dialog_is_shown_with_what_is_around_it(shape):
    dialog = open_dialog("miaf:train", {"SEED": 3})
    assert dialog.given["SEED"] == 3
    assert dialog.container().isVisibleTo(made.window)
    dialog.container().close()


def test_the_dialog_of_a_run_is_found_and_watched(of_train, monkeypatch):
    feedback = QgsProcessingFeedback()
    assert dialog_of(feedback) is None and watch_dialog(feedback) is None
    of_train.feedback = feedback
    assert dialog_of(feedback) is of_train
    watcher, around = watch_dialog(feedback), of_train.container()
    stop = QMessageBox.StandardButton.Yes
    monkeypatch.setattr(watcher, "_ask", lambda _: stop)
    around.show()
    around.close()
    assert feedback.isCanceled()
    watcher.running = False
    of_train.feedback = None
