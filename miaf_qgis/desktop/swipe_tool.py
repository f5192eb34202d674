"""Swipe: a line on the map; on one side of it a layer is left out.

So are the other rasters of its run, as the confidence below a class map.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPalettedRasterRenderer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen

from miaf_qgis.layers.run_notes import layers_of_run

# A white line with a dark rim is seen on any map.
_LINE, _RIM = QColor(255, 255, 255), QColor(30, 30, 30)
_LINE_WIDTH, _RIM_WIDTH = 2.0, 4.0
_GRIP = 9.0  # Radius of the disc in the middle of the line, pixels.
_NEAREST = 0.01  # To the border of the map, as a share of it.
_ABOVE_MAP = 50.0


def layer_to_swipe(active: QgsMapLayer | None) -> QgsRasterLayer | None:
    """Return the active raster, or the topmost class map where nothing lies below it.

    A new map comes on top of all others.
    """
    root = QgsProject.instance().layerTreeRoot()
    order = root.layerOrder()
    visible = [x for x in order if root.findLayer(x.id()).isVisible()]
    maps = [
        layer
        for layer in visible
        if isinstance(layer, QgsRasterLayer)
        and isinstance(layer.renderer(), QgsPalettedRasterRenderer)
    ]
    for layer in (active, *maps):
        if not isinstance(layer, QgsRasterLayer) or layer not in order:
            continue
        own = layers_of_run(layer)
        below = order[order.index(layer) + 1 :]
        if any(other in visible and other not in own for other in below):
            return layer
    return None


class SwipeTool(QgsMapTool):
    """Moves the line by the mouse.

    Args:
        canvas: The map.

    Attributes:
        layer_id: Id of the layer that is swiped.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.layer_id = ""
        self._item: SwipeItem | None = None
        self._held = False

    def set_layer(self, layer: QgsRasterLayer) -> None:
        """Swipe a layer."""
        self.layer_id = layer.id()
        if self._item is not None:
            self._item.set_layer(layer)

    def activate(self) -> None:
        super().activate()
        layer = QgsProject.instance().mapLayer(self.layer_id)
        if self._item is None and layer is not None:
            self._item = SwipeItem(self.canvas())
            self._item.set_layer(layer)
            self._show_direction()

    def deactivate(self) -> None:
        if self._item is not None:
            self._item.remove()
            self._item = None
        super().deactivate()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        if self._item is None:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = True
            self._item.move_line(event.pos())
        elif event.button() == Qt.MouseButton.RightButton:
            self._item.turn_line(event.pos())
            self._show_direction()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        if self._held and self._item is not None:
            self._item.move_line(event.pos())

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = False

    def _show_direction(self) -> None:
        upright = self._item is None or self._item.upright
        self.setCursor(
            Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        )


class SwipeItem(QgsMapCanvasItem):
    """Draws the line, and beyond it the map without the layer.

    What is drawn there is rendered in the background each time that the map is. A layer
    that is hidden is rendered on the near side instead, where the map lacks it.

    Args:
        canvas: The map.

    Attributes:
        upright: Whether the line goes from top to bottom.
        share: Where the line is, 0..1 from the left or the top.
        image: What is drawn on one side, None until it is rendered.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._layer: Any = None
        self._jobs: list[Any] = []  # The last one counts; the others are stopping.
        self.upright = True
        self.share = 0.5
        self.image: QImage | None = None
        self._corners = (QgsPointXY(), QgsPointXY())
        self._near = False
        self._frame = QRectF(canvas.viewport().rect())
        self.setZValue(_ABOVE_MAP)
        canvas.renderStarting.connect(self._render)

    def set_layer(self, layer: QgsRasterLayer) -> None:
        """Swipe a layer."""
        self._layer = layer
        self.image = None
        self._render()
        self.update()

    def remove(self) -> None:
        """Take it off the map for good."""
        self._canvas.renderStarting.disconnect(self._render)
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.cancel()  # Layers may be gone soon, and none must be read then.
            job.deleteLater()
        self._canvas.scene().removeItem(self)

    def move_line(self, spot: Any) -> None:
        """Move the line to a place on the canvas, in pixels."""
        size = self.boundingRect().size()
        share = spot.x() / size.width() if self.upright else spot.y() / size.height()
        self.share = min(max(share, _NEAREST), 1 - _NEAREST)
        self.update()

    def turn_line(self, spot: Any) -> None:
        """Turn the line by a right angle, about a place on the canvas."""
        self.upright = not self.upright
        self.move_line(spot)

    # Rendering

    def _render(self) -> None:
        """Render what the map lacks on one side."""
        for old in self._jobs:
            # Waiting for a layer that is slow to stop would hold the window up.
            old.cancelWithoutBlocking()
        settings = QgsMapSettings(self._canvas.mapSettings())
        shown = settings.layers()
        hidden = self._layer not in shown
        own = layers_of_run(self._layer)
        others = [layer for layer in shown if layer not in own]
        settings.setLayers(_with(self._layer, shown) if hidden else others)
        job = QgsMapRendererParallelJob(settings)
        job.finished.connect(lambda: self._take(job, near=hidden))
        self._jobs.append(job)
        job.start()

    def _take(self, job: Any, *, near: bool) -> None:
        last = self._jobs[-1:]
        self._jobs = [other for other in self._jobs if other is not job]
        job.deleteLater()  # Else it keeps its picture.
        if job not in last:
            return
        settings, size = job.mapSettings(), job.mapSettings().outputSize()
        to_map = settings.mapToPixel().toMapCoordinates
        self._corners = (to_map(0, 0), to_map(size.width(), size.height()))
        self.image, self._near = job.renderedImage(), near
        self.update()

    # Drawing

    def boundingRect(self) -> QRectF:
        return self._frame

    def updatePosition(self) -> None:
        """Cover the canvas as it is now; the image is drawn by its corners."""
        frame = QRectF(self._canvas.viewport().rect())
        if frame != self._frame:
            self.prepareGeometryChange()  # Else the scene's index breaks.
            self._frame = frame
        self.update()

    def paint(self, painter: QPainter, *_options: Any) -> None:
        whole, line = self.boundingRect(), self._line()
        if self.image is not None:
            top_left, bottom_right = map(self.toCanvasCoordinates, self._corners)
            painter.save()
            painter.setClipRect(self._covered(whole, line))
            painter.drawImage(QRectF(top_left, bottom_right), self.image)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((_RIM, _RIM_WIDTH), (_LINE, _LINE_WIDTH)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(*line)
        painter.setPen(QPen(_RIM, 1.0))
        painter.setBrush(_LINE)
        painter.drawEllipse((line[0] + line[1]) / 2, _GRIP, _GRIP)

    def _line(self) -> tuple[QPointF, QPointF]:
        whole = self.boundingRect()
        if self.upright:
            x = whole.width() * self.share
            return QPointF(x, whole.top()), QPointF(x, whole.bottom())
        y = whole.height() * self.share
        return QPointF(whole.left(), y), QPointF(whole.right(), y)

    def _covered(self, whole: QRectF, line: tuple[QPointF, QPointF]) -> QRectF:
        """Return the side that the image is drawn on."""
        if self._near:
            return QRectF(whole.topLeft(), line[1])
        return QRectF(line[0], whole.bottomRight())


def _with(layer: QgsMapLayer, shown: list[QgsMapLayer]) -> list[QgsMapLayer]:
    """Return the layers that are shown and another, in their order on the map."""
    order = QgsProject.instance().layerTreeRoot().layerOrder()
    return [other for other in order if other is layer or other in shown]
