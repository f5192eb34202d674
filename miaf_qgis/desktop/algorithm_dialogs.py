"""The dialogs of Processing, in both shapes that QGIS has had.

Up to QGIS 4.0 it is `AlgorithmDialog`, a window of its own. From 4.2 on it is
`AlgorithmWidget`, which lies in a window or a dock that QGIS makes for it. The rest of
the plugin need not know which it is.
"""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import Any

import qgis.utils
from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import (
    QApplication,
    QBoxLayout,
    QDockWidget,
    QLabel,
    QMainWindow,
    QTextBrowser,
    QWidget,
)

from miaf_qgis.desktop.dialog_defaults import suggestions
from miaf_qgis.parameters.settings import GROUP, NEEDED

# Above a heading, so that it belongs to what follows.
_ABOVE = 10
# Lightness up to which a background is dark, and how QGIS 3 writes its grey.
_DARK = 128
_GREY = re.compile("color: ?#(555555|666666)")
# Qt keeps a window, but not what Python adds to it: without a reference some dialogs
# stay open with a Run button that does nothing.
_KEPT: dict[int, Any] = {}


def dialog_for(algorithm: QgsProcessingAlgorithm, parent: QWidget | None) -> Any:
    """Return Processing's dialog of an algorithm, with layers that fit its parameters.

    None where Processing has no dialog that is known here; it then makes its own.
    """
    kind = _dialog_class()
    if kind is None:
        return None
    iface = qgis.utils.iface
    window = parent if iface is None else iface.mainWindow()
    dialog = kind(algorithm, parent=window)
    dress(dialog, algorithm)
    return dialog


def _dialog_class() -> Any:
    try:
        from processing.gui.algorithm_widget import AlgorithmWidget
    except ImportError:  # before QGIS 4.2
        pass
    else:
        return AlgorithmWidget
    try:
        from processing.gui.AlgorithmDialog import AlgorithmDialog
    except ImportError:
        return None
    return AlgorithmDialog


def dress(dialog: Any, algorithm: QgsProcessingAlgorithm) -> None:
    """Fill in what the project leaves little doubt of, and add the headings."""
    active = None if qgis.utils.iface is None else qgis.utils.iface.activeLayer()
    start = suggested(algorithm, active)
    dialog.setParameters(start)
    _give_way(dialog, algorithm, set(start))
    _show_help_in(dialog)
    # A later QGIS may keep its widgets elsewhere; it then shows them without headings.
    wrappers = getattr(dialog.mainWidget(), "wrappers", {})
    title = ""
    for parameter in algorithm.parameterDefinitions():
        wrapper, facts = wrappers.get(parameter.name()), parameter.metadata()
        if wrapper is None or not hasattr(wrapper, "wrappedWidget"):
            continue
        if facts.get(NEEDED) and wrapper.wrappedLabel() is not None:
            wrapper.wrappedLabel().setText(parameter.description())
        if facts.get(GROUP, title) != title:
            title = facts[GROUP]
            _add_heading(title, wrapper.wrappedLabel() or wrapper.wrappedWidget())


def _give_way(
    dialog: Any, algorithm: QgsProcessingAlgorithm, filled_in: set[str]
) -> None:
    """Let the first values that a dialog is given before it is shown count alone.

    Parameters that were filled in and are not among them get their defaults, or a run
    would be another than the one described. Where one is needed and has no default, it
    stays as it was filled in.

    Args:
        dialog: The dialog.
        algorithm: Its algorithm.
        filled_in: Names of the parameters that were.
    """
    defaults = {
        parameter.name(): parameter.defaultValue()
        for parameter in algorithm.parameterDefinitions()
        if parameter.name() in filled_in and parameter.checkValueIsAcceptable(None)
    }

    of_class = type(dialog).setParameters

    def set_parameters(values: dict[str, Any]) -> None:
        if values:
            del dialog.setParameters  # From now on it is that of the class.
        is_first = bool(values) and not dialog.isVisible()
        of_class(dialog, {**defaults, **values} if is_first else values)

    dialog.setParameters = set_parameters


def suggested(
    algorithm: QgsProcessingAlgorithm, active: QgsMapLayer | None
) -> dict[str, Any]:
    """Return the parameters that a dialog starts with, from the layers of the project.

    Args:
        algorithm: Whose dialog it is.
        active: The layer chosen in the layer tree.
    """
    nodes = QgsProject.instance().layerTreeRoot().findLayers()
    layers = [node.layer() for node in nodes if node.layer() is not None]
    return suggestions(algorithm, layers, active)


def _add_heading(title: str, first: QWidget | None) -> None:
    """Put a heading above a widget, wherever it lies in the list of parameters."""
    while first is not None and first.parentWidget() is not None:
        parent = first.parentWidget()
        # A layout knows its own widgets, not those of the layouts in it.
        for layout in parent.findChildren(QBoxLayout):
            place = layout.indexOf(first)
            if place >= 0:
                # With its parent at once, or it goes when Python lets go of it.
                heading = QLabel(f"<b>{escape(title)}</b>", parent)
                heading.setContentsMargins(0, _ABOVE, 0, 0)
                layout.insertWidget(place, heading)
                return
        first = parent


def _show_help_in(dialog: QWidget) -> None:
    """Have the help beside the parameters in the colour of text.

    QGIS 3 has it in a grey that is hard to read on a dark theme.
    """
    for browser in dialog.findChildren(QTextBrowser):
        palette = browser.palette()
        if palette.color(QPalette.ColorRole.Base).lightness() > _DARK:
            continue
        colour = palette.color(QPalette.ColorRole.Text).name()
        html = browser.toHtml()
        browser.setHtml(_GREY.sub(f"color:{colour}", html))


def open_dialog(algorithm: str, values: dict[str, Any] | None = None) -> Any:
    """Show the dialog of an algorithm beside the map, which stays usable.

    Args:
        algorithm: Its id, as miaf:train.
        values: Parameters that the dialog starts with. Without any it starts with those
            that the project suggests.

    Returns:
        The dialog, which is kept until Qt deletes it.
    """
    import processing

    dialog = processing.createAlgorithmDialog(algorithm, values or {})
    _KEPT[id(dialog)] = dialog
    dialog.destroyed.connect(partial(_forget, id(dialog)))
    dialog.show()
    around = container_of(dialog)
    if around is not dialog:
        around.show()
        around.raise_()
    return dialog


def _forget(key: int, *_dialog: Any) -> None:
    _KEPT.pop(key, None)


def container_of(dialog: QWidget) -> QWidget:
    """Return what a person closes to be rid of a dialog: the window or dock around it.

    The dialog itself, where it is a window of its own.
    """
    around: QWidget | None = dialog
    while around is not None and not isinstance(around, QMainWindow):
        if around.isWindow() or isinstance(around, QDockWidget):
            return around
        around = around.parentWidget()
    return dialog


def dialog_of(feedback: QgsProcessingFeedback) -> QWidget | None:
    """Return the dialog that a run was started from; call it on the main thread.

    None where there is no such dialog, as in a script, a model or a batch.
    """
    if not isinstance(QApplication.instance(), QApplication):
        return None
    for widgets in (QApplication.topLevelWidgets, QApplication.allWidgets):
        for widget in widgets():
            if getattr(widget, "feedback", None) is feedback:
                return widget
    return None
