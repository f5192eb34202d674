"""The entry in menu and toolbar that opens the panel, the rest of it comes then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsMapLayer, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from miaf_qgis.translation import tr

_WAS_OPEN = "miaf/panel_open"
# Pixels; all columns of the classes fit.
_WIDTH = 390


class PanelLauncher:
    """Opens and closes the panel.

    Args:
        iface: QGIS's interface.
        icon: Icon of the entry.
        swipe: Switches on and off that a map is swiped.
        show_cube: Is called with a cube that is taken, to offer better colours for it.

    Attributes:
        action: The entry, pressed while the panel is there.
    """

    def __init__(
        self,
        iface: Any,
        icon: QIcon,
        swipe: QAction,
        show_cube: Callable[[QgsMapLayer], None],
    ) -> None:
        self._iface = iface
        self._swipe = swipe
        self._show_cube = show_cube
        self._panel: Any = None
        self.action = QAction(icon, tr("MIAF-Net panel"), iface.mainWindow())
        self.action.setToolTip(tr("Draw training areas and map a hyperspectral cube"))
        self.action.setCheckable(True)
        self.action.triggered.connect(self.show)
        iface.addToolBarIcon(self.action)

    def show_again(self) -> None:
        """Open the panel if it was open when QGIS was left."""
        if QgsSettings().value(_WAS_OPEN, False, type=bool):
            self.show(True)

    def show(self, wanted: bool = True) -> None:
        """Open the panel, or close it."""
        QgsSettings().setValue(_WAS_OPEN, wanted)
        if self._panel is None and wanted:
            from miaf_qgis.dock.panel import Panel

            self._panel = Panel(self._iface, self._swipe, self._show_cube)
            self._iface.addTabifiedDockWidget(
                Qt.DockWidgetArea.RightDockWidgetArea, self._panel, [], True
            )
            self._iface.mainWindow().resizeDocks(
                [self._panel], [_WIDTH], Qt.Orientation.Horizontal
            )
            self._panel.visibilityChanged.connect(self._follow)
            # Of its X and of QGIS's list of panels. QGIS closes no panel when it quits.
            self._panel.closedStateChanged.connect(self._keep)
        if self._panel is not None:
            self._panel.setUserVisible(wanted)

    @property
    def panel(self) -> Any:
        """The panel, None as long as it was not opened."""
        return self._panel

    def _keep(self, is_closed: bool) -> None:
        QgsSettings().setValue(_WAS_OPEN, not is_closed)

    def _follow(self, _visible: bool) -> None:
        # Hidden behind another tab it is still there.
        shown = not self._panel.isHidden()
        self.action.setChecked(shown)

    def remove(self) -> None:
        """Take panel and entry away."""
        self._iface.removeToolBarIcon(self.action)
        if self._panel is not None:
            self._panel.close_down()
            self._iface.removeDockWidget(self._panel)
            self._panel.deleteLater()
            self._panel = None
        self.action.deleteLater()
