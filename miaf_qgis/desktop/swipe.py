"""The entry *Swipe map*: a line on the map, beyond which a layer is left out."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsMapLayer, QgsProject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from miaf_qgis.help_pages import icon_path
from miaf_qgis.layers.layer_files import layer_of_file
from miaf_qgis.translation import tr


class Swipe:
    """The entry that switches the tool on and off, for menu and buttons.

    Args:
        iface: QGIS's interface.

    Attributes:
        action: The entry, pressed while the tool is on.
    """

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        icon = QIcon(str(icon_path("swipe")))
        self.action = QAction(icon, tr("Swipe map"), iface.mainWindow())
        self.action.setToolTip(
            tr(
                "Compare a map with what lies below it: drag the line. A right click "
                "turns it."
            )
        )
        self.action.setCheckable(True)
        self.action.triggered.connect(self._toggle)
        self._tool: Any = None

    @property
    def tool(self) -> Any:
        """The map tool, made when it is first used: QGIS starts without it."""
        if self._tool is None:
            from miaf_qgis.desktop.swipe_tool import SwipeTool

            self._tool = SwipeTool(self._iface.mapCanvas())
            self._tool.setAction(self.action)
            self._iface.currentLayerChanged.connect(self._follow)
            QgsProject.instance().layersRemoved.connect(self._forget)
        return self._tool

    def swipe_file(self, path: str) -> None:
        """Swipe the layer of a file, if it is in the project."""
        layer = layer_of_file(path)
        self._start(layer if layer is not None else self._iface.activeLayer())

    def remove(self) -> None:
        """Take everything away again."""
        if self._tool is not None:
            self._iface.currentLayerChanged.disconnect(self._follow)
            QgsProject.instance().layersRemoved.disconnect(self._forget)
            self._iface.mapCanvas().unsetMapTool(self._tool)
            self._tool.deleteLater()
        self.action.deleteLater()

    def _toggle(self, wanted: bool) -> None:
        if wanted:
            self._start(self._iface.activeLayer())
        else:
            self._stop()

    def _start(self, active: QgsMapLayer | None) -> None:
        from miaf_qgis.desktop.swipe_tool import layer_to_swipe

        layer = layer_to_swipe(active)
        if layer is None:
            self.action.setChecked(False)
            self._iface.messageBar().pushMessage(
                self.action.text(),
                tr("Choose a raster that lies above another layer first."),
                Qgis.MessageLevel.Info,
            )
            return
        self.tool.set_layer(layer)
        self._iface.mapCanvas().setMapTool(self.tool)

    def _stop(self) -> None:
        self._iface.actionPan().trigger()
        self._iface.mapCanvas().unsetMapTool(self.tool)

    def _follow(self, active: QgsMapLayer | None) -> None:
        """Swipe another layer that is chosen meanwhile."""
        if self.tool.isActive():
            from miaf_qgis.desktop.swipe_tool import layer_to_swipe

            layer = layer_to_swipe(active)
            if layer is not None:
                self.tool.set_layer(layer)

    def _forget(self, gone: list[str]) -> None:
        if self.tool.layer_id in gone and self.tool.isActive():
            self._stop()
