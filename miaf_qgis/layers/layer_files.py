"""The files behind the vector layers of a run, which no output may replace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMapLayer,
    QgsProviderRegistry,
    QgsVectorLayer,
)


def layer_files(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> tuple[str, ...]:
    """Return the files of the vector layers given to an algorithm, absolute.

    The engine sees copies of them, so it cannot tell that an output would replace one.
    Layers without a file, as in memory or a database, have none. Runs on the main
    thread.
    """
    kinds = (QgsProcessingParameterFeatureSource, QgsProcessingParameterMapLayer)
    files = []
    for parameter in algorithm.parameterDefinitions():
        name = parameter.name()
        if not isinstance(parameter, kinds) or parameters.get(name) in (None, ""):
            continue
        features = isinstance(parameter, QgsProcessingParameterFeatureSource)
        read = (
            algorithm.parameterAsVectorLayer if features else algorithm.parameterAsLayer
        )
        layer = read(parameters, name, context)
        if not isinstance(layer, QgsVectorLayer):
            continue
        parts = QgsProviderRegistry.instance().decodeUri(
            layer.providerType(), layer.source()
        )
        if parts.get("path"):
            files.append(str(Path(parts["path"]).absolute()))
    return tuple(files)
