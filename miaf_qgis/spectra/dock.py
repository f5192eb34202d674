"""The panel as a dock of its own."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt

from miaf_qgis.spectra.panel import SpectraPanel
from miaf_qgis.translation import tr

_LEAST_WIDTH = 360


class SpectraDock(QgsDockWidget):
    """Shows the panel beside the map.

    Args:
        iface: QGIS's interface.

    Attributes:
        panel: The panel.
    """

    def __init__(self, iface: Any) -> None:
        super().__init__(tr("Spectra"), iface.mainWindow())
        self.setObjectName("MiafSpectra")  # QGIS keeps its place by this name.
        self._iface = iface
        self.panel = SpectraPanel(iface.mapCanvas(), self)
        self.panel.setMinimumWidth(_LEAST_WIDTH)
        self.setWidget(self.panel)
        self.closed.connect(self.panel.tool.remove)
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)

    def show_with(self, cube: QgsMapLayer | None, areas: QgsMapLayer | None) -> None:
        """Open the dock with these layers, where it has no others, ready to click."""
        if cube is not None:
            self.panel.set_cube(cube)
        if areas is not None and self.panel.areas is None:
            self.panel.set_areas(areas)
        self.setUserVisible(True)
        self.panel.pick()

    def remove(self) -> None:
        """Take dock and tool away for good."""
        self.panel.stop()
        self._iface.removeDockWidget(self)
        self.deleteLater()
