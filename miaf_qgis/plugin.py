"""The plugin: adds the provider and a menu, removes both."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from miaf_engine.translation import ENGLISH, speak
from miaf_qgis.provider import MiafProvider
from miaf_qgis.translation import install_translator, language


class MiafPlugin:
    """What QGIS holds of the plugin; `iface` is None in qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: MiafProvider | None = None
        self._desktop: Any = None
        self._translator: Any = None

    def initProcessing(self) -> None:
        """Add the provider; qgis_process calls this and nothing else."""
        self._translator = install_translator()
        # What the plugin itself asks of the engine, as the header of a model.
        speak(language())
        self.provider = MiafProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add the provider and Raster > MIAF-Net; offer the engine if there is none."""
        # Not at the top: qgis_process has no use for windows.
        from miaf_qgis.desktop.desktop import Desktop

        self.initProcessing()
        self._desktop = Desktop(self.iface, self.provider)

    def unload(self) -> None:
        """Remove what was added."""
        if self._desktop is not None:
            self._desktop.remove()
            self._desktop = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        speak(ENGLISH)
