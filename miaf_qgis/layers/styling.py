"""Styles for the layers that a run loads: legend of the real classes, confidence ramp.

The class map carries its own colours too, as GDAL has them; these styles make the
legend shorter and the confidence readable, and lie beside the rasters as well.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsDataProvider,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRendererCategory,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from miaf_qgis.layers.layer_files import file_of
from miaf_qgis.layers.quiet_rasters import quiet_raster

# Viridis at even steps: light means sure; it reads in grey and with colour blindness.
_VIRIDIS = ("#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725")
# QGIS keeps no Python reference; without one the styling is silently not done. The
# context of the run deletes the C++ side, so each layer needs a style of its own.
_ALIVE: deque[QgsProcessingLayerPostProcessorInterface] = deque(maxlen=200)


class ClassMapStyle(QgsProcessingLayerPostProcessorInterface):
    """Shows the classes of a map and nothing else.

    Args:
        classes: {"value", "name", "colour"} of each class.
    """

    def __init__(self, classes: list[dict[str, Any]]) -> None:
        super().__init__()
        self._classes = classes

    def postProcessLayer(self, layer: QgsMapLayer, context: Any, feedback: Any) -> None:
        if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
            return
        legend = [
            QgsPalettedRasterRenderer.Class(
                int(item["value"]), QColor(item["colour"]), str(item["name"])
            )
            for item in self._classes
        ]
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, legend))
        layer.triggerRepaint()


# What may have a raster's name and has no style of its own.
_NO_LAYERS = (
    *(".qml", ".hdr", ".prj", ".tfw", ".wld", ".xml", ".qmd", ".cpg"),
    *(".html", ".json", ".csv", ".txt", ".log", ".safetensors", ".pdf"),
)


class ConfidenceStyle(QgsProcessingLayerPostProcessorInterface):
    """Shows a raster of 0..1 in an evenly perceived ramp, light where the map is sure.

    Args:
        light_is_low: Whether small values are the sure ones, as of entropy.
        highest: The value at the end of the ramp.
    """

    def __init__(self, *, light_is_low: bool = False, highest: float = 1.0) -> None:
        super().__init__()
        self._highest = highest
        self._colours = _VIRIDIS[::-1] if light_is_low else _VIRIDIS

    def postProcessLayer(self, layer: QgsMapLayer, context: Any, feedback: Any) -> None:
        if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
            return
        inner = [
            QgsGradientStop(n / (len(self._colours) - 1), QColor(colour))
            for n, colour in enumerate(self._colours)
        ][1:-1]
        ramp = QgsGradientColorRamp(
            QColor(self._colours[0]), QColor(self._colours[-1]), False, inner
        )
        colours = QgsColorRampShader(0.0, self._highest, ramp)
        colours.classifyColorRamp(len(self._colours), 1)
        shader = QgsRasterShader(0.0, self._highest)
        shader.setRasterShaderFunction(colours)
        renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
        renderer.setClassificationMin(0.0)
        renderer.setClassificationMax(self._highest)
        layer.setRenderer(renderer)
        layer.triggerRepaint()


class ClassPolygonStyle(QgsProcessingLayerPostProcessorInterface):
    """Shows polygons in the colours of their classes.

    Args:
        classes: {"name", "colour"} of each class.
        field: Field that holds the name.
    """

    def __init__(self, classes: list[dict[str, Any]], field: str) -> None:
        super().__init__()
        self._classes = classes
        self._field = field

    def postProcessLayer(self, layer: QgsMapLayer, context: Any, feedback: Any) -> None:
        if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
            return
        present = layer.uniqueValues(layer.fields().lookupField(self._field))
        legend = []
        for item in self._classes:
            if item["name"] in present:
                simple = {"color": item["colour"], "outline_style": "no"}
                symbol = QgsFillSymbol.createSimple(simple)
                legend.append(QgsRendererCategory(item["name"], symbol, item["name"]))
        layer.setRenderer(QgsCategorizedSymbolRenderer(self._field, legend))
        layer.triggerRepaint()


class StoredStyle(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style stored with its file, which Processing leaves out."""

    def postProcessLayer(self, layer: QgsMapLayer, context: Any, feedback: Any) -> None:
        layer.loadDefaultStyle()
        layer.triggerRepaint()


class ReadAgain(QgsProcessingLayerPostProcessorInterface):
    """Has a layer show what its file holds now, and styles it.

    Processing takes a layer of the project for an output of the same file, and that
    layer still shows what the file held before the run.

    Args:
        style: What styles the layer, None to leave it as it is.
    """

    def __init__(self, style: QgsProcessingLayerPostProcessorInterface | None) -> None:
        super().__init__()
        self._style = style

    def postProcessLayer(self, layer: QgsMapLayer, context: Any, feedback: Any) -> None:
        if layer is not None and layer.isValid():
            _read_again(layer)
        if self._style is not None:
            self._style.postProcessLayer(layer, context, feedback)


def _read_again(layer: QgsMapLayer) -> None:
    if isinstance(layer, QgsRasterLayer):
        _read_raster_again(layer)
    else:
        layer.reload()
        layer.updateExtents(True)
    layer.triggerRepaint()


def _read_raster_again(layer: QgsRasterLayer) -> None:
    # GDAL closes the old file now, and writes what it has measured of it beside the new
    # one: in place of the names of the new one's classes.
    beside = Path(f"{file_of(layer)}.aux.xml")
    written = beside.read_bytes() if beside.is_file() else None
    layer.reload()
    if (beside.read_bytes() if beside.is_file() else None) != written:
        if written is None:
            beside.unlink()
        else:
            beside.write_bytes(written)
        layer.reload()
    found = layer.dataProvider()
    if layer.extent() != found.extent():
        # `reload` leaves a raster's extent, and would show the new one within it.
        options = QgsDataProvider.ProviderOptions()
        layer.setDataSource(layer.source(), layer.name(), found.name(), options)


def write_style_file(
    path: str, style: QgsProcessingLayerPostProcessorInterface
) -> None:
    """Write the style as `NAME.qml` beside a raster, where QGIS looks for it.

    QGIS looks there for the style of every layer of that name, whatever its suffix. So
    nothing is written where another layer has it, or where the style there is none of a
    raster: it would be lost.

    Args:
        path: The raster; nothing is written if QGIS cannot open it.
        style: What styles it.
    """
    target = Path(path).with_suffix(".qml")
    if _is_of_another_layer(target, Path(path)):
        return
    layer = quiet_raster(path)  # Without a style of an older run.
    if layer is not None:
        style.postProcessLayer(layer, None, None)
        layer.saveNamedStyle(str(target))


def _is_of_another_layer(style: Path, raster: Path) -> bool:
    try:
        if style.exists() and b"<rasterrenderer" not in style.read_bytes():
            return True
        beside = [path for path in style.parent.iterdir() if path.stem == raster.stem]
    except OSError:
        return True
    return any(
        path.name != raster.name and path.suffix.lower() not in _NO_LAYERS
        for path in beside
    )


def style_on_load(
    context: QgsProcessingContext,
    destination: str,
    style: QgsProcessingLayerPostProcessorInterface | None,
    *,
    name: str,
    instead_of: tuple[str, ...],
) -> None:
    """Style and name a layer, if QGIS is going to load it.

    Args:
        context: Context of the run.
        destination: Path as Processing knows it.
        style: What styles the layer, None to name it only.
        name: Name for the layer.
        instead_of: Names that Processing gives, by itself and in the ready models;
            another is the user's or that of a model of the user.
    """
    if not destination or not context.willLoadLayerOnCompletion(destination):
        return
    details = context.layerToLoadOnCompletionDetails(destination)
    if details.name in ("", *instead_of):
        details.name = name
    shown = ReadAgain(style)
    keep_alive(shown)
    details.setPostProcessor(shown)


def keep_alive(style: QgsProcessingLayerPostProcessorInterface) -> None:
    """Hold a style until its layer is loaded."""
    _ALIVE.append(style)


def class_legend(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the classes in the engine's figures that can be shown."""
    return [
        item
        for item in figures.get("classes") or []
        if isinstance(item, dict) and {"value", "name", "colour"} <= set(item)
    ]
