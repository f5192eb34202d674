"""What the message bar says once a map is there, and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import Qgis, QgsLayerTreeLayer, QgsProject
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from miaf_qgis.desktop.widgets import offer
from miaf_qgis.layers.layer_files import layer_of_file
from miaf_qgis.layers.run_notes import accuracy_in_words, with_percent
from miaf_qgis.translation import tr


class RunEnd:
    """Offers what usually comes next after a map was made from a dialog.

    Args:
        iface: QGIS's interface.
        open_dialog: Opens an algorithm's dialog, with values for some parameters.
        swipe: Swipes the map of a file.
    """

    def __init__(
        self,
        iface: Any,
        open_dialog: Callable[[str, dict[str, Any]], None],
        swipe: Callable[[str], None],
    ) -> None:
        self._iface = iface
        self._open_dialog = open_dialog
        self._swipe = swipe

    def show(self, request: dict[str, Any], figures: dict[str, Any]) -> None:
        """Say how good a map is, with buttons for what there is.

        Args:
            request: The engine's request.
            figures: The engine's figures.
        """
        message = offer(
            self._iface,
            "",
            accuracy_in_short(figures),
            self._steps(request),
            level=Qgis.MessageLevel.Success,
            stays=True,
        )
        message.setToolTip(accuracy_in_words(figures))

    def _steps(self, request: dict[str, Any]) -> list[tuple[str, Callable[[], None]]]:
        report, confidence = request.get("report"), request.get("confidence")
        model, output = request.get("model"), request.get("output")
        steps: list[tuple[str, Callable[[], None]]] = []
        if report:
            steps.append((tr("Report"), lambda: _open_file(str(report))))
        if confidence and output:
            steps.append((tr("Confidence"), lambda: swap(str(output), str(confidence))))
        if output:
            steps.append((tr("Swipe map"), lambda: self._swipe(str(output))))
        if model:
            values = {"MODEL": str(model)}
            steps.append(
                (
                    tr("Suggest areas"),
                    lambda: self._open_dialog("suggestareas", values),
                )
            )
        return steps


def accuracy_in_short(figures: dict[str, Any]) -> str:
    """Return which accuracy to expect of a map, for the one line of the message bar."""
    alone = tr("Expected accuracy: {share} %")
    with_interval = tr("Expected accuracy: {share} % ({low} to {high} %)")
    without = tr("Expected accuracy: not measured")
    if figures.get("map_accuracy_doubt"):  # The tooltip says why.
        doubted = tr("{text}, often too high").format(text=alone)
        alone = with_interval = doubted
    return with_percent(figures, alone, with_interval, without)


def swap(output: str, confidence: str) -> None:
    """Show the confidence in place of the class map, or the map again."""
    map_node, other = node_of(output), node_of(confidence)
    if other is None:
        return
    shown = not other.itemVisibilityChecked() or (
        map_node is not None and map_node.itemVisibilityChecked()
    )
    other.setItemVisibilityChecked(shown)
    other.setExpanded(shown)
    if shown:
        other.setItemVisibilityCheckedParentRecursive(True)
    if map_node is not None:
        map_node.setItemVisibilityChecked(not shown)


def node_of(path: str) -> QgsLayerTreeLayer | None:
    """Return where a file's layer is in the layer tree."""
    layer = layer_of_file(path)
    root = QgsProject.instance().layerTreeRoot()
    return root.findLayer(layer.id()) if layer is not None else None


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
