"""Show cube as: entries of the menu and of the layers' own menus, and the offer."""

from __future__ import annotations

from functools import partial
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsMapLayer,
    QgsMapLayerType,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QMenu

from miaf_qgis.desktop.widgets import calling, offer
from miaf_qgis.layers.composites import (
    COMPOSITES,
    show_composite,
    shows_first_bands,
    title_of,
)
from miaf_qgis.layers.rasters import is_hyperspectral
from miaf_qgis.translation import tr

# How many composites are offered for a new cube.
_OFFERS = 2
# On a layer, so that what was refused is not offered again.
_OFFERED = "miaf/composite_was_offered"


class ShowCube:
    """Lets the user see a cube in natural colour, infrared or short-wave infrared.

    Args:
        iface: QGIS's interface.

    Attributes:
        menu: The entries, for a menu of the main window.
    """

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self.menu = QMenu(tr("Show cube as"), iface.mainWindow())
        icon = QgsApplication.getThemeIcon("propertyicons/symbology.svg")
        self.menu.setIcon(icon)
        self._of_layers: list[QAction] = []
        for key in COMPOSITES:
            action = self.menu.addAction(title_of(key))
            action.triggered.connect(calling(partial(self.show_chosen, key)))
            own = QAction(title_of(key), iface.mainWindow())
            own.triggered.connect(calling(partial(self.show_chosen, key)))
            iface.addCustomActionForLayerType(
                own, self.menu.title(), QgsMapLayerType.RasterLayer, False
            )
            self._of_layers.append(own)
        project = QgsProject.instance()
        project.layersAdded.connect(self._add_to_layers)
        self._add_to_layers(list(project.mapLayers().values()))

    def remove(self) -> None:
        """Take everything away again."""
        QgsProject.instance().layersAdded.disconnect(self._add_to_layers)
        for action in self._of_layers:
            self._iface.removeCustomActionForLayerType(action)
            action.deleteLater()
        self._of_layers.clear()
        self.menu.deleteLater()

    def _add_to_layers(self, layers: list[QgsMapLayer]) -> None:
        for layer in layers:
            if is_hyperspectral(layer):
                for action in self._of_layers:
                    self._iface.addCustomActionForLayer(action, layer)

    def show_chosen(self, key: str) -> None:
        """Show the active cube, or the only one, as a composite."""
        layer = chosen_cube(self._iface)
        if layer is None:
            self._say(tr("Select a hyperspectral cube in the layer tree first."))
        else:
            self.show(layer, key)

    def show(self, layer: QgsRasterLayer, key: str) -> None:
        """Show a cube as a composite."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            note = show_composite(layer, COMPOSITES[key])
        finally:
            QApplication.restoreOverrideCursor()
        if note:
            self._say(note)

    def offer(self, layer: QgsMapLayer | None) -> None:
        """Offer composites, once, for a cube that QGIS shows by its first bands."""
        if layer is None or not is_hyperspectral(layer):
            return
        if layer.customProperty(_OFFERED) or not shows_first_bands(layer):
            return
        layer.setCustomProperty(_OFFERED, True)
        text = tr("Show cube '{name}' as:")
        offer(
            self._iface,
            "",
            text.format(name=layer.name()),
            [
                (title_of(key), partial(self._accept, layer.id(), key))
                for key in list(COMPOSITES)[:_OFFERS]
            ],
        )

    def _accept(self, layer_id: str, key: str) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is not None:
            self.show(layer, key)

    def _say(self, text: str) -> None:
        bar = self._iface.messageBar()
        bar.pushMessage(self.menu.title(), text, Qgis.MessageLevel.Info)


def chosen_cube(iface: Any) -> QgsRasterLayer | None:
    """Return the active layer if it is a cube, else the only cube of the project."""
    active = iface.activeLayer()
    if is_hyperspectral(active):
        return active
    layers = QgsProject.instance().mapLayers().values()
    cubes = [layer for layer in layers if is_hyperspectral(layer)]
    return cubes[0] if len(cubes) == 1 else None
