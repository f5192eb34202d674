"""The plugin: adds the provider and a menu, removes both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QAction

from miaf_qgis.provider import MiafProvider
from miaf_qgis.translation import tr

MENU = "MIAF-Net"


class MiafPlugin:
    """What QGIS holds of the plugin; `iface` is None in qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: MiafProvider | None = None
        self.actions: list[QAction] = []

    def initProcessing(self) -> None:
        """Add the provider; qgis_process calls this and nothing else."""
        self.provider = MiafProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add the provider and Raster > MIAF-Net."""
        self.initProcessing()
        self._add(tr("Classify from training areas…"), _open_dialog)
        self._add(tr("Open the demo scene"), _open_demo)

    def _add(self, title: str, run: Callable[[], None]) -> None:
        action = QAction(self.provider.icon(), title, self.iface.mainWindow())
        action.triggered.connect(partial(_without_arguments, run))
        self.iface.addPluginToRasterMenu(MENU, action)
        self.actions.append(action)

    def unload(self) -> None:
        """Remove what was added."""
        for action in self.actions:
            self.iface.removePluginRasterMenu(MENU, action)
        self.actions.clear()
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None


def _without_arguments(run: Callable[[], None], *_checked: bool) -> None:
    run()


def _open_dialog() -> None:
    import processing

    processing.execAlgorithmDialog("miaf:trainandclassify")


def _open_demo() -> None:
    import processing

    processing.runAndLoadResults("miaf:demo", {})
