"""The panel: which cube and areas, the plot, and in words what it shows."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsMapLayerProxyModel,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsFieldComboBox, QgsMapCanvas, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from miaf_qgis.layers.class_field import field_of
from miaf_qgis.layers.rasters import is_hyperspectral, rasters_but_cubes
from miaf_qgis.spectra.area_watch import AreaWatch, UnlikeAreas
from miaf_qgis.spectra.comparison import nearest_classes
from miaf_qgis.spectra.cube_file import CubeFile
from miaf_qgis.spectra.map_tool import PixelTool
from miaf_qgis.spectra.plot import Curve, SpectraPlot
from miaf_qgis.translation import tr

# Classes shown beside a pixel, unless all are asked for.
_NEAREST = 3
_HOVER_EVERY_MS = 60
# Following the mouse is given up after so many pixels in a row that take so long.
_SLOW_SECONDS, _SLOW_READS = 0.4, 2


class SpectraPanel(QWidget):
    """Shows the spectrum under the mouse over the class means of training areas.

    Args:
        canvas: The map that is clicked on.
        parent: Parent of the widget.
        watch: What reads the areas; who gives it tells of those unlike their class.

    Attributes:
        tool: The map tool that picks pixels.
        button: Switches the tool on and off.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        parent: QWidget | None = None,
        watch: AreaWatch | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._watch = watch or AreaWatch(self)
        self._unlike = UnlikeAreas(self._watch, canvas) if watch is None else None
        self._cube_layer: Any = None
        self._cube: CubeFile | None = None
        self._clicked: NDArray[np.float32] | None = None
        self._hovered: NDArray[np.float32] | None = None
        self._slow_reads = 0
        self._hover_at: QgsPointXY | None = None
        self._pixel: tuple[int, int] | None = None  # The last one under the mouse.
        # Nearest classes of the last spectrum asked for, among the classes of then.
        self._near: tuple[Any, Any, list[tuple[str, float]]] = (None, None, [])
        self.tool = PixelTool(canvas)
        self._lay_out()
        self._hover_timer = _timer(_HOVER_EVERY_MS, self._show_hovered)
        self.tool.clicked.connect(self._click)
        self.tool.hovered.connect(self._hover)
        self._cubes.layerChanged.connect(self._set_cube)
        self._areas.layerChanged.connect(self._set_areas)
        self._fields.fieldChanged.connect(self._watch_areas)
        self._watch.judged.connect(self._show_judged)
        self._shown.currentIndexChanged.connect(self._draw)
        self._keep_cubes()
        QgsProject.instance().layersAdded.connect(self._keep_cubes)

    def set_cube(self, layer: QgsRasterLayer) -> None:
        """Choose the cube."""
        self._cubes.setLayer(layer)

    def set_areas(self, layer: QgsVectorLayer, field: str = "") -> None:
        """Choose the training areas and their class field."""
        self._areas.setLayer(layer)
        if field:
            self._fields.setField(field)

    @property
    def areas(self) -> QgsVectorLayer | None:
        """The training areas, None where none are chosen."""
        return self._areas.currentLayer()

    def pick(self) -> None:
        """Make the map ready for clicks on pixels."""
        self._switch(True)

    def stop(self) -> None:
        """Take the tool off the map and end what is being read and watched."""
        QgsProject.instance().layersAdded.disconnect(self._keep_cubes)
        self._watch.judged.disconnect(self._show_judged)
        self._hover_timer.stop()
        self.tool.remove()
        if self._unlike is not None:
            self._unlike.remove()
            self._watch.stop()

    def _lay_out(self) -> None:
        self.button = QToolButton()
        self.button.setIcon(QgsApplication.getThemeIcon("mActionIdentify.svg"))
        self.button.setText(tr("Pick pixels on the map"))
        self.button.setToolTip(tr("Pick pixels on the map"))
        self.button.setCheckable(True)
        self.button.clicked.connect(self._switch)
        self.tool.setButton(self.button)
        self._cubes = QgsMapLayerComboBox()
        self._cubes.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self._areas = QgsMapLayerComboBox()
        self._areas.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._areas.setAllowEmptyLayer(True)
        self._areas.setLayer(None)
        self._fields = QgsFieldComboBox()
        self._shown = QComboBox()
        self._shown.addItems([tr("Nearest classes"), tr("All classes")])
        cube = QHBoxLayout()
        cube.addWidget(self._cubes, 1)
        cube.addWidget(self.button)
        areas = QHBoxLayout()
        areas.addWidget(self._areas, 3)
        areas.addWidget(self._fields, 1)
        form = QFormLayout()
        form.addRow(tr("Cube"), cube)
        form.addRow(tr("Training areas"), areas)
        form.addRow(tr("Class means"), self._shown)
        self._plot = SpectraPlot()
        self._words = _label()
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._words)
        if self._unlike is not None:
            layout.addWidget(self._unlike)
        self._words.setText(tr("Click on the map to see the spectrum of a pixel."))

    def _switch(self, on: bool) -> None:
        if on:
            self._canvas.setMapTool(self.tool)
        else:
            self._canvas.unsetMapTool(self.tool)

    def _keep_cubes(self, *_added: Any) -> None:
        """Offer the hyperspectral rasters of the project alone."""
        self._cubes.setExceptedLayerList(rasters_but_cubes())
        self._set_cube(self._cubes.currentLayer())

    def _set_cube(self, layer: QgsMapLayer | None) -> None:
        if self._cube is not None and layer is self._cube_layer:
            return
        self._cube_layer = layer
        self._cube = CubeFile.of(layer) if is_hyperspectral(layer) else None
        self._clicked = self._hovered = None
        self._slow_reads, self._pixel = 0, None
        self.tool.mark(None)
        self._watch.set_cube(layer if self._cube is not None else None)

    def _set_areas(self, layer: QgsMapLayer | None) -> None:
        self._fields.setLayer(layer)
        if layer is not None:
            self._fields.setField(field_of(layer))
        self._watch_areas()

    def _watch_areas(self, *_field: str) -> None:
        self._watch.set_areas(self._areas.currentLayer(), self._fields.currentField())

    def _show_judged(self) -> None:
        self._pixel = None  # What is said of the one under the mouse may change.
        self._draw()

    @property
    def _good(self) -> NDArray[np.bool_]:
        return np.array(self._cube.bands.table.good if self._cube else [], bool)

    def _hover(self, point: QgsPointXY) -> None:
        self._hover_at = point
        if self._slow_reads < _SLOW_READS and not self._hover_timer.isActive():
            self._hover_timer.start()

    def _show_hovered(self) -> None:
        if self._hover_at is None:
            return
        began = time.monotonic()
        pixel = self._pixel_at(self._hover_at)
        if pixel is not None and pixel == self._pixel:
            return
        self._pixel = pixel
        self._hovered, words = self._look(pixel)
        slow = time.monotonic() - began > _SLOW_SECONDS
        self._slow_reads = self._slow_reads + 1 if slow else 0
        if self._slow_reads >= _SLOW_READS:
            words += " " + tr(
                "This cube is read too slowly to follow the mouse. Click instead."
            )
        self._words.setText(words)
        self._draw()

    def _click(self, point: QgsPointXY) -> None:
        self._hover_timer.stop()
        self._hovered = self._pixel = None
        pixel = self._pixel_at(point)
        self._clicked, words = self._look(pixel)
        self.tool.mark(self._outline(pixel))
        self._words.setText(words)
        self._draw()

    def _to_cube(self) -> QgsCoordinateTransform:
        return QgsCoordinateTransform(
            self._canvas.mapSettings().destinationCrs(),
            self._cube_layer.crs(),
            QgsProject.instance(),
        )

    def _pixel_at(self, point: QgsPointXY) -> tuple[int, int] | None:
        """Return row and column at a place of the map, None where there is none."""
        if self._cube is None:
            return None
        try:
            place = self._to_cube().transform(point)
        except QgsCsException:
            return None
        return self._cube.pixel_of(place.x(), place.y())

    def _outline(self, pixel: tuple[int, int] | None) -> QgsGeometry | None:
        """Return a pixel in the CRS of the map, None where it cannot be there."""
        if self._cube is None or pixel is None:
            return None
        corners = [QgsPointXY(x, y) for x, y in self._cube.corners_of(*pixel)]
        outline = QgsGeometry.fromPolygonXY([corners])
        try:
            outline.transform(self._to_cube(), Qgis.TransformDirection.Reverse)
        except QgsCsException:
            return None
        return outline

    def _look(
        self, pixel: tuple[int, int] | None
    ) -> tuple[NDArray[np.float32] | None, str]:
        """Return the spectrum of a pixel and words on it."""
        if self._cube is None:
            return None, tr("Choose a hyperspectral cube.")
        if pixel is None:
            return None, tr("This place is outside the cube.")
        spectrum = self._cube.spectrum(*pixel)
        return spectrum, self._describe(spectrum, *pixel)

    def _nearest(self, spectrum: NDArray[np.float32]) -> list[tuple[str, float]]:
        """Return the nearest classes, found once for the words and the plot."""
        of, among, near = self._near
        if of is not spectrum or among is not self._watch.classes:
            near = nearest_classes(spectrum, self._watch.classes, self._good)[:_NEAREST]
            self._near = (spectrum, self._watch.classes, near)
        return near

    def _describe(self, spectrum: NDArray[np.float32], row: int, column: int) -> str:
        where = tr("Column {column}, row {row}:").format(column=column + 1, row=row + 1)
        good = self._good
        there = np.isfinite(spectrum) & good
        if not there.any():
            return f"{where} " + tr("no data.")
        if np.ptp(spectrum[there]) == 0:
            text = tr(
                "all bands have the value {value}, so there is no spectrum to show."
            )
            return f"{where} " + text.format(value=f"{spectrum[there][0]:g}")
        words = []
        missing = int(good.sum() - there.sum())
        if missing:
            text = tr("no data in {missing} of {count} bands.")
            words.append(text.format(missing=missing, count=int(good.sum())))
        near = self._nearest(spectrum)
        if near:
            listed = ", ".join(f"{name} ({angle:.1f}°)" for name, angle in near)
            text = tr("nearest classes by spectral angle: {classes}.")
            words.append(text.format(classes=listed))
        return " ".join([where, *words]) if words else where.rstrip(":") + "."

    def _draw(self, *_index: Any) -> None:
        table = self._cube.bands.table if self._cube else None
        shown = self._clicked if self._hovered is None else self._hovered
        names = sorted(self._watch.classes)
        if self._shown.currentIndex() == 0 and shown is not None:
            names = [name for name, _ in self._nearest(shown)] or names
        curves = [
            Curve(
                name,
                self._watch.colours[name],
                self._watch.classes[name].mean,
                self._watch.classes[name].deviation,
            )
            for name in names
        ]
        if self._clicked is not None:
            curves.append(Curve(tr("Pixel clicked"), "", self._clicked))
        if self._hovered is not None:
            curves.append(
                Curve(tr("Pixel under the mouse"), "", self._hovered, dashed=True)
            )
        self._plot.show_curves(table, curves)


def _label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return label


def _timer(milliseconds: int, act: Any) -> QTimer:
    timer = QTimer()
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
