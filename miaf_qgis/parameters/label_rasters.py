"""Rasters of known cover, which an algorithm takes instead of areas."""

from __future__ import annotations

from typing import Any, NamedTuple

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterRasterLayer,
)

from miaf_qgis.layers.rasters import raster_path
from miaf_qgis.parameters import inputs
from miaf_qgis.parameters.settings import helped
from miaf_qgis.translation import tr


class LabelRaster(NamedTuple):
    """A raster of class values for the engine.

    Attributes:
        path: What GDAL opens.
        styles: Names and colours from the layer's renderer, None where it has none.
    """

    path: str
    styles: list[dict[str, Any]] | None


def labels_parameter(
    name: str, title: str, text: str
) -> QgsProcessingParameterRasterLayer:
    """Return the optional parameter of a raster that stands in for areas."""
    return helped(QgsProcessingParameterRasterLayer(name, title, None, True), text)


def check_one_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], *names: str
) -> None:
    """Refuse unless just one of two parameters is given.

    Raises:
        QgsProcessingException: Both are, or neither; the message names them.
    """
    given = [name for name in names if parameters.get(name) not in (None, "")]
    if len(given) == 1:
        return
    titles = [
        f"'{algorithm.parameterDefinition(name).description()}' ({name})"
        for name in names
    ]
    what = tr("both are given") if given else tr("neither is given")
    raise QgsProcessingException(
        tr("Give either {one} or {other}: {what}.").format(
            one=titles[0], other=titles[1], what=what
        )
    )


def label_raster(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> LabelRaster | None:
    """Return the raster of a parameter, None where it is not given.

    Raises:
        QgsProcessingException: It cannot be read, or has several bands.
    """
    from miaf_qgis.layers.class_styles import load_own_style, raster_class_styles

    if parameters.get(name) in (None, ""):
        return None
    layer = inputs.raster_of(algorithm, parameters, name, context)
    path = raster_path(layer)
    if layer.bandCount() != 1:
        raise QgsProcessingException(
            tr(
                "Raster '{name}' has {count} bands, but a raster of class values has "
                "one. Choose another raster."
            ).format(name=layer.name(), count=layer.bandCount())
        )
    load_own_style(layer, context)
    return LabelRaster(path, raster_class_styles(layer, zero=True))
