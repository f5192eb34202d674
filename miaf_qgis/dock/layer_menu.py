"""The menu of layers that can be the training areas, for who has some already."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QMenu, QWidget

from miaf_qgis.dock.area_layer import is_usable
from miaf_qgis.dock.training_areas import TrainingAreas
from miaf_qgis.translation import tr


class LayerMenu(QMenu):
    """Lists the polygon layers of the project that areas can be stored in.

    Args:
        areas: Gets the layer that is chosen.
        parent: Parent of the menu.
    """

    def __init__(self, areas: TrainingAreas, parent: QWidget) -> None:
        super().__init__(parent)
        self._areas = areas
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the layers that there are now."""
        self.clear()
        self.addSection(tr("Use as training areas"))
        layers = QgsProject.instance().mapLayers().values()
        usable: list[QgsVectorLayer] = [layer for layer in layers if is_usable(layer)]
        for layer in sorted(usable, key=lambda layer: layer.name()):
            action = self.addAction(layer.name(), partial(self._areas.use, layer))
            action.setCheckable(True)
            action.setChecked(layer is self._areas.layer)
        if not usable:
            self.addAction(
                tr("No editable polygon layer with its classes in a text field")
            ).setEnabled(False)
