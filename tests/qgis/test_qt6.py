"""Every use of Qt and QGIS in the plugin is one that Qt 6 has too.

PyQt 6 has scoped enums only, `exec` without an underscore, QAction in QtGui, and no
QRegExp. The scan goes over the names that the sources import, so it needs no Qt 6.
"""

import ast
import enum
import re

import pytest
import qgis.core
import qgis.gui
from qgis.PyQt import QtCore, QtGui, QtWidgets

from miaf_qgis import PLUGIN_FOLDER

SOURCES = sorted((PLUGIN_FOLDER / "miaf_qgis").rglob("*.py"))
MODULES = {
    "qgis.core": qgis.core,
    "qgis.gui": qgis.gui,
    "qgis.PyQt.QtCore": QtCore,
    "qgis.PyQt.QtGui": QtGui,
    "qgis.PyQt.QtWidgets": QtWidgets,
}
GONE = {"QRegExp", "QDesktopWidget", "QVariant.Type", "QStringRef", "QTextCodec"}


def imported(tree):
    """Return {name: class} of what a source imports from Qt and QGIS."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                found[alias.asname or alias.name] = getattr(
                    MODULES[node.module], alias.name, None
                )
    return found


def is_enum_value(owner, name):
    """Return whether `owner.name` is a value of an enum, reached without its scope."""
    if issubclass(owner, (int, enum.Enum)):
        return False  # It is the enum itself.
    value = getattr(owner, name, None)
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    # A value of an enum is of a type that its owner, or QGIS, names.
    return type(value) is not int or name[:1].isupper()


def unscoped(text):
    """Return the places in a source where an enum's value is taken without its enum."""
    tree = ast.parse(text)
    known = imported(tree)
    faults = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        owner = known.get(node.value.id)
        if isinstance(owner, type) and is_enum_value(owner, node.attr):
            faults.append(f"{node.lineno}: {node.value.id}.{node.attr}")
    return faults


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_enums_are_scoped(path):
    assert unscoped(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "from qgis.core import QgsProcessing\nx = QgsProcessing.TypeRaster",
        "from qgis.core import Qgis\nx = Qgis.Info",
        "from qgis.PyQt.QtCore import Qt\nx = Qt.white",
        "from qgis.PyQt.QtWidgets import QMessageBox\nx = QMessageBox.Ok",
    ],
)
def test_the_scan_finds_what_it_is_for(line):
    assert len(unscoped(line)) == 1


def test_the_scan_lets_scoped_values_pass():
    line = "from qgis.core import Qgis\nx = Qgis.MessageLevel.Info, Qgis.versionInt()"
    assert unscoped(line) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_is_used_that_qt_6_lacks(path):
    text = path.read_text(encoding="utf-8")
    assert [word for word in GONE if re.search(rf"\b{re.escape(word)}\b", text)] == []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            assert node.attr != "exec_", f"{path.name}:{node.lineno}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PyQt"):
            pytest.fail(f"{path.name}:{node.lineno} imports {node.module}")
        if isinstance(node, ast.ImportFrom) and node.module == "qgis.PyQt.QtGui":
            # In Qt 5 they are in QtWidgets, where qgis.PyQt has them for Qt 6 too.
            moved = {"QAction", "QActionGroup", "QShortcut"}
            assert not moved & {alias.name for alias in node.names}
