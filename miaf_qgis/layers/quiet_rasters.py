"""Open rasters by path without writing sidecar files.

When QGIS opens a raster by its path, it computes statistics for the first stretch. GDAL
then leaves the histogram beside the file, as `NAME.aux.xml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

_KINDS = (
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
)


def opened_quietly(
    parameter: QgsProcessingParameterDefinition,
) -> QgsProcessingParameterDefinition:
    """Have the rasters that a parameter names by their files opened quietly.

    qgis_process first asks parameters whether they accept their values, and QGIS opens
    layers for the answer.

    Returns:
        The parameter itself.
    """
    if not isinstance(parameter, _KINDS):
        return parameter
    accepts = parameter.checkValueIsAcceptable

    def check(value: Any, context: QgsProcessingContext | None = None) -> bool:
        if context is not None:
            _open(value, context)
        return bool(accepts(value, context))

    # On the object, not in classes of their own: no parameter can be forgotten.
    parameter.checkValueIsAcceptable = check
    return parameter


def open_quietly(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> None:
    """Open the rasters that parameters name by their files, before Processing does.

    Processing takes a layer that the context knows in place of opening the file again.
    Layers of the project stay as they are, and so does what is no file.
    """
    for parameter in algorithm.parameterDefinitions():
        if isinstance(parameter, _KINDS):
            _open(parameters.get(parameter.name()), context)


def _open(value: Any, context: QgsProcessingContext) -> None:
    for one in value if isinstance(value, (list, tuple)) else (value,):
        layer = _layer_of(one, context)
        if layer is not None:
            context.temporaryLayerStore().addMapLayer(layer)


def _layer_of(value: Any, context: QgsProcessingContext) -> QgsRasterLayer | None:
    """Return a new layer of a raster's file, None where it is no such or known."""
    if not isinstance(value, str) or not _is_file(value):
        return None
    if QgsProcessingUtils.mapLayerFromString(value, context, False) is not None:
        return None
    # A GeoPackage may hold both; where a mask may be either, Processing prefers areas.
    plain = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    if QgsVectorLayer(value, "areas", "ogr", plain).isValid():
        return None
    return quiet_raster(value)


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # Too long for a path, or no text that one can be.
        return False


def quiet_raster(path: str) -> QgsRasterLayer | None:
    """Return a layer of a raster's file, None where QGIS cannot read it.

    It is read as a layer of a project, which QGIS takes for styled: only then are no
    values measured. A legend in the file is kept.
    """
    document = QDomDocument()
    root = document.createElement("maplayer")
    root.setAttribute("type", "raster")
    document.appendChild(root)
    for name, text in (
        ("datasource", path),
        ("layername", Path(path).stem),
        ("provider", "gdal"),
    ):
        element = document.createElement(name)
        element.appendChild(document.createTextNode(text))
        root.appendChild(element)
    layer = QgsRasterLayer()
    if not layer.readLayerXml(root, QgsReadWriteContext()) or not layer.isValid():
        return None
    layer.setCrs(layer.dataProvider().crs())
    return layer
