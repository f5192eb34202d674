"""The parameter MASK: a raster or polygons that say which pixels count."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterMapLayer,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from miaf_qgis.layers.rasters import raster_path
from miaf_qgis.parameters import inputs
from miaf_qgis.parameters.settings import advanced, helped
from miaf_qgis.translation import tr

MASK = "MASK"


class Mask(NamedTuple):
    """A mask for the engine: a raster, or a layer of a vector file; or none."""

    path: str | None = None
    layer: str | None = None
    source: dict[str, Any] | None = None


def mask_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter MASK."""
    kinds = [
        QgsProcessing.SourceType.TypeRaster,
        QgsProcessing.SourceType.TypeVectorPolygon,
    ]
    parameter = helped(
        QgsProcessingParameterMapLayer(MASK, tr("Mask"), None, True, kinds),
        tr(
            "Limits training and mapping to part of the cube. Polygons: pixels inside "
            "them are used. Raster with one band on the cube's grid: pixels that are "
            "neither 0 nor nodata are used."
        ),
    )
    return advanced(parameter)


def mask_layer(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> QgsMapLayer | None:
    """Return the layer of the mask, None where there is none.

    Raises:
        QgsProcessingException: It cannot be read, or can be no mask.
    """
    if parameters.get(MASK) in (None, ""):
        return None
    layer = algorithm.parameterAsLayer(parameters, MASK, context)
    if isinstance(layer, QgsRasterLayer) and layer.isValid():
        raster_path(layer)
        if layer.bandCount() != 1:
            raise QgsProcessingException(
                tr(
                    "Mask '{name}' has {count} bands, but a mask has one. Choose "
                    "another raster."
                ).format(name=layer.name(), count=layer.bandCount())
            )
        return layer
    if isinstance(layer, QgsVectorLayer) and layer.isValid():
        if layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
            raise QgsProcessingException(
                tr(
                    "Mask '{name}' holds no polygons. Choose a polygon layer or a "
                    "raster."
                ).format(name=layer.name())
            )
        return layer
    raise QgsProcessingException(
        tr(
            "Mask '{value}' is neither a raster nor a vector layer. Choose another "
            "layer."
        ).format(value=parameters[MASK])
    )


def hand_over_mask(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    raster: QgsRasterLayer,
    folder: Path,
    context: QgsProcessingContext,
    feedback: Any,
) -> Mask:
    """Return the mask as the engine takes it; polygons are written to a file.

    Raises:
        QgsProcessingException: It cannot be used.
    """
    layer = mask_layer(algorithm, parameters, context)
    if layer is None:
        return Mask()
    if isinstance(layer, QgsRasterLayer):
        return Mask(raster_path(layer))
    areas = inputs.hand_over_areas(
        algorithm, parameters, MASK, None, raster, folder, context, feedback
    )
    return Mask(areas.path, areas.layer, areas.source) if areas else Mask()
