"""The spectrum of a pixel as a part of the panel; made when it is unfolded first.

What tells of areas unlike their class is made with the first areas, folded or not.
"""

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
        notes: Gets what there is to say of areas that are unlike their class.
    """

    def __init__(
        self, canvas: QgsMapCanvas, areas: TrainingAreas, notes: QVBoxLayout
    ) -> None:
        super().__init__(tr("Spectrum"))
        self.setObjectName("spectrum")
        self._canvas = canvas
        self._areas = areas
        self._notes = notes
        self._watch: Any = None
        self._unlike: Any = None
        self._spectra: Any = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.setCollapsed(True)
        self.collapsedStateChanged.connect(self._fold)
        areas.changed.connect(self.follow)

    def follow(self) -> None:
        """Show the cube and the areas that the panel has now."""
        cube, layer = self._areas.cube, self._areas.layer
        if self._spectra is not None:
            if cube is not None:
                self._spectra.set_cube(cube)
            if layer is not None and self._spectra.areas is not layer:
                self._spectra.set_areas(layer, self._areas.field)
        elif self._watch is not None or (cube is not None and layer is not None):
            self._judge().set_cube(cube)
            self._judge().set_areas(layer, self._areas.field)

    def _judge(self) -> Any:
        """Return what judges the areas."""
        if self._watch is None:
            # Reads cubes with numpy, which the panel does without.
            from miaf_qgis.spectra.area_watch import AreaWatch, UnlikeAreas

            self._watch = AreaWatch(self)
            self._unlike = UnlikeAreas(self._watch, self._canvas, brief=True)
            self._notes.addWidget(self._unlike)
        return self._watch

    def _fold(self, folded: bool) -> None:
        if not folded and self._spectra is None:
            from miaf_qgis.spectra.panel import SpectraPanel

            self._spectra = SpectraPanel(self._canvas, self, self._judge())
            self._inside.addWidget(self._spectra)
        self.follow()

    def stop(self) -> None:
        """End what is being read."""
        if self._spectra is not None:
            self._spectra.stop()
            self._spectra = None
        if self._watch is not None:
            self._unlike.remove()
            self._watch.stop()
            self._watch = None
