"""Each use of Qt in the plugin, looked up in PyQt 6 itself; skips without PyQt6.

`tests/qgis/test_qt6.py` scans for what Qt 6 lacks. This asks Qt 6 what it has: each
name that is imported from `qgis.PyQt`, and each attribute that is taken of one, as
enums are. The windows that need no QGIS are made and used, too.
"""

import ast
import importlib
import sys
from types import ModuleType, SimpleNamespace

import pytest

from tests.repository import ROOT

pytest.importorskip("PyQt6.QtWidgets", reason="PyQt6 is not installed here")

SOURCES = sorted((ROOT / "miaf_qgis").rglob("*.py"))
# What QGIS 4 adds to its own copies of the modules: QAction moved to QtGui.
ADDED = {("QtWidgets", "QAction"): "QtGui"}


def looked_up(module, name):
    """Return what `qgis.PyQt.module` of QGIS 4 has under a name."""
    module = ADDED.get((module, name), module)
    return getattr(importlib.import_module(f"PyQt6.{module}"), name)


def chain(node):
    """Return the words of `A.b.c`, outermost first; empty for anything else."""
    words = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    return [node.id, *reversed(words)] if isinstance(node, ast.Name) else []


def imported(tree):
    """Return what a source imports of Qt, by its name there, and what is not there."""
    known, faults = {}, []
    for node in ast.walk(tree):
        module = getattr(node, "module", None) or ""
        if not isinstance(node, ast.ImportFrom) or not module.startswith("qgis.PyQt."):
            continue
        module = module.removeprefix("qgis.PyQt.")
        for alias in node.names:
            try:
                known[alias.asname or alias.name] = looked_up(module, alias.name)
            except (ImportError, AttributeError):
                faults.append(f"{node.lineno}: {module}.{alias.name}")
    return known, faults


def lacking(text):
    """Return the uses of Qt in a source that PyQt 6 does not have."""
    tree = ast.parse(text)
    known, faults = imported(tree)
    for node in ast.walk(tree):
        words = chain(node)
        found = known.get(words[0]) if words else None
        for word in words[1:] if found is not None else ():
            if not hasattr(found, word):
                faults.append(f"{node.lineno}: {'.'.join(words)}")
                break
            found = getattr(found, word)
    return faults


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_qt_6_has_what_is_used(path):
    assert lacking(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "from qgis.PyQt.QtCore import QRegExp",
        "from qgis.PyQt.QtCore import Qt\nx = Qt.white",
        "from qgis.PyQt.QtCore import Qt\nx = Qt.DockWidgetArea.Right",
        "from qgis.PyQt.QtWidgets import QDialog\nQDialog.exec_(None)",
    ],
)
def test_what_it_lacks_is_found(line):
    assert len(lacking(line)) == 1


def test_what_it_has_passes():
    line = "from qgis.PyQt.QtCore import Qt\nx = Qt.DockWidgetArea.RightDockWidgetArea"
    assert lacking(line) == []
    assert lacking("from qgis.PyQt.QtWidgets import QAction") == []


class AnyKind(type):
    """Kind of a class of which each attribute is a class again, as enums are."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = AnyKind(name, (), {"__init__": lambda self, *_a, **_k: None})
        setattr(cls, name, made)
        return made


class AnyClass(ModuleType):
    """A module of QGIS in which each name is a class of its own."""

    __getattr__ = AnyKind.__getattr__


@pytest.fixture
def qt6(monkeypatch):
    """Let the plugin find Qt 6, and of QGIS as much as imports need."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    widgets = importlib.import_module("PyQt6.QtWidgets")
    pyqt = ModuleType("qgis.PyQt")
    pyqt.__path__ = []
    found = {name: AnyClass(f"qgis.{name}") for name in ("core", "gui", "utils")}
    found["utils"].iface = None
    modules = {"qgis": ModuleType("qgis"), "qgis.PyQt": pyqt}
    modules |= {f"qgis.{name}": module for name, module in found.items()}
    for name in ("QtCore", "QtGui", "QtWidgets", "QtXml"):
        module = importlib.import_module(f"PyQt6.{name}")
        monkeypatch.setattr(pyqt, name, module, raising=False)
        modules[f"qgis.PyQt.{name}"] = module
    moved = importlib.import_module("PyQt6.QtGui").QAction
    monkeypatch.setattr(widgets, "QAction", moved, raising=False)
    for name in [n for n in sys.modules if n.split(".")[0] in ("qgis", "miaf_qgis")]:
        monkeypatch.delitem(sys.modules, name)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
        if "." in name:
            parent, _, own = name.rpartition(".")
            setattr(modules[parent], own, module)
    modules["qgis"].__path__ = []
    application = widgets.QApplication.instance() or widgets.QApplication([])
    yield widgets
    application.closeAllWindows()
    for name in [n for n in sys.modules if n.split(".")[0] == "miaf_qgis"]:
        monkeypatch.delitem(sys.modules, name)


def test_dialogs_are_found_in_windows_and_docks(qt6):
    dialogs = importlib.import_module("miaf_qgis.desktop.algorithm_dialogs")
    main = qt6.QMainWindow()
    area = importlib.import_module("PyQt6.QtCore").Qt.DockWidgetArea
    dock, window = qt6.QDockWidget(main), qt6.QDialog(main)
    main.addDockWidget(area.RightDockWidgetArea, dock)
    docked, inside = qt6.QWidget(), qt6.QWidget(window)
    dock.setWidget(docked)
    assert dialogs.container_of(docked) is dock
    assert dialogs.container_of(inside) is window
    assert dialogs.container_of(window) is window
    inside.feedback = feedback = object()
    assert dialogs.dialog_of(feedback) is inside
    assert dialogs.dialog_of(object()) is None


def test_headings_and_help(qt6):
    dialogs = importlib.import_module("miaf_qgis.desktop.algorithm_dialogs")
    window = qt6.QDialog()
    box = qt6.QVBoxLayout(window)
    label, browser = qt6.QLabel("Seed"), qt6.QTextBrowser(window)
    box.addWidget(label)
    dialogs._add_heading("Training", label)
    assert box.itemAt(0).widget().text() == "<b>Training</b>"
    browser.setHtml('<p style="color:#666666">Help</p>')
    colours = importlib.import_module("PyQt6.QtGui")
    palette = colours.QPalette()
    palette.setColor(colours.QPalette.ColorRole.Base, colours.QColor("#222222"))
    palette.setColor(colours.QPalette.ColorRole.Text, colours.QColor("#eeeeee"))
    browser.setPalette(palette)
    dialogs._show_help_in(window)
    assert "#666666" not in browser.toHtml() and "#eeeeee" in browser.toHtml()


def test_a_running_dialog_asks_before_it_is_closed(qt6, monkeypatch):
    closing = importlib.import_module("miaf_qgis.engine.closing")
    monkeypatch.setattr(closing, "tr", str)
    stop = qt6.QMessageBox.StandardButton.Yes
    monkeypatch.setattr(qt6.QMessageBox, "exec", lambda self: stop)
    cancelled = []

    feedback = SimpleNamespace(
        isCanceled=lambda: bool(cancelled), cancel=lambda: cancelled.append(True)
    )
    window = qt6.QDialog()
    watcher = closing.OnClose(window, feedback)
    window.show()
    window.close()
    assert cancelled == [True] and not window.isVisible()
    watcher.running = False
