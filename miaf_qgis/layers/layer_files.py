"""Files and the layers that show them; those of a run, which no output may replace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)

# What a VRT of vectors or of rasters calls the files that it is read from.
_SOURCE = r"(?i)<(?:SrcDataSource|SourceFilename|SourceDataset)\b[^>]*>([^<]+)<"
_LARGEST_VRT, _MOST_SOURCES = 1 << 24, 10_000


def file_of(layer: QgsMapLayer) -> Path:
    """Return the file that a layer shows, without the table or options named after it.

    Of a layer without a file, as in memory or a database, it is no path of any file.
    """
    return Path(layer.source().partition("|")[0])


def layer_of_file(path: str | Path) -> QgsMapLayer | None:
    """Return the valid layer of the project that shows a file."""
    for layer in QgsProject.instance().mapLayers().values():
        if layer.isValid() and file_of(layer).absolute() == Path(path).absolute():
            return layer
    return None


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
        if isinstance(parameter, QgsProcessingParameterFeatureSource):
            layer = layer_of_source(algorithm, parameters, name, context)
        else:
            layer = algorithm.parameterAsLayer(parameters, name, context)
        if not isinstance(layer, QgsVectorLayer):
            continue
        path = vector_file(layer)
        if path is not None:
            files += with_sources(path)
    return tuple(files)


def layer_of_source(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> QgsVectorLayer | None:
    """Return the layer behind a feature source; also where only a part is selected.

    For a definition, as "selected features only" makes one, QGIS finds no layer.
    """
    value = parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        text, _ = value.source.valueAsString(context.expressionContext())
        parameters = {**parameters, name: text}
    return algorithm.parameterAsVectorLayer(parameters, name, context)


def vector_file(layer: QgsVectorLayer) -> str | None:
    """Return the absolute path that a vector layer's source names, None without one."""
    parts = QgsProviderRegistry.instance().decodeUri(
        layer.providerType(), layer.source()
    )
    return str(Path(parts["path"]).absolute()) if parts.get("path") else None


def with_sources(path: str) -> list[str]:
    """Return a file, and where it is a VRT those that it is read from, at any depth.

    The engine looks more closely; this is what can be said before it starts.
    """
    found: list[str] = []
    waiting = [path]
    while waiting and len(found) < _MOST_SOURCES:
        file = waiting.pop()
        if file not in found:
            found.append(file)
            waiting += _named_in(Path(file))
    return found


def _named_in(file: Path) -> list[str]:
    from html import unescape

    try:
        if file.suffix.lower() != ".vrt" or file.stat().st_size > _LARGEST_VRT:
            return []
        text = file.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return []
    return [
        str(file.parent / unescape(name.strip())) for name in re.findall(_SOURCE, text)
    ]
