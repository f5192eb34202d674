"""The spectrum of a pixel as a part of the panel; made when it is unfolded first."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsCollapsibleGroupBoxBasic, QgsMapCanvas
from qgis.PyQt.QtWidgets import QVBoxLayout

from miaf_qgis.dock.training_areas import TrainingAreas
from miaf_qgis.translation import tr


class SpectrumBox(QgsCollapsibleGroupBoxBasic):
    """Shows the panel of spectra for the cube and the areas of this one.

    Args:
        canvas: The map.
        areas: The training areas.
    """

    def __init__(self, canvas: QgsMapCanvas, areas: TrainingAreas) -> None:
        super().__init__(tr("Spectrum"))
        self.setObjectName("spectrum")
        self._canvas = canvas
        self._areas = areas
        self._spectra: Any = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.setCollapsed(True)
        self.collapsedStateChanged.connect(self._fold)
        areas.changed.connect(self.follow)

    def follow(self) -> None:
        """Show the cube and the areas that the panel has now."""
        if self._spectra is None or self.isCollapsed():
            return
        if self._areas.cube is not None:
            self._spectra.set_cube(self._areas.cube)
        layer = self._areas.layer
        if layer is not None and self._spectra.areas is not layer:
            self._spectra.set_areas(layer, self._areas.field)

    def _fold(self, folded: bool) -> None:
        if not folded and self._spectra is None:
            # Reads cubes with numpy, which the panel does without.
            from miaf_qgis.spectra.panel import SpectraPanel

            self._spectra = SpectraPanel(self._canvas, self)
            self._inside.addWidget(self._spectra)
        self.follow()

    def stop(self) -> None:
        """End what is being read."""
        if self._spectra is not None:
            self._spectra.stop()
            self._spectra = None
