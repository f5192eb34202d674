"""Layers, reports and tables that algorithms write."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFileDestination,
)

from miaf_qgis.layers.rasters import checked_target
from miaf_qgis.parameters.settings import helped
from miaf_qgis.translation import tr


def report_parameter(
    name: str, title: str, text: str = ""
) -> QgsProcessingParameterFileDestination:
    """Return the optional parameter of an HTML file, with `text` for its help."""
    return _file_parameter(name, title, tr("HTML files") + " (*.html)", text)


def table_parameter(
    name: str, title: str, text: str = ""
) -> QgsProcessingParameterFileDestination:
    """Return the optional parameter of a CSV file, with `text` for its help."""
    return _file_parameter(name, title, tr("CSV files") + " (*.csv)", text)


def _file_parameter(
    name: str, title: str, kind: str, text: str
) -> QgsProcessingParameterFileDestination:
    return helped(
        QgsProcessingParameterFileDestination(name, title, kind, optional=True), text
    )


def layer_target(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> str:
    """Return where a layer goes, as Processing names it; empty where it is skipped."""
    value = parameters.get(name)
    # An empty field of the batch dialog: once asked for, QGIS tries to load "" at the
    # end and reports a layer that was not generated.
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        scope = context.expressionContext()
        if value.sink.valueAsString(scope)[0] in ("", None):
            return ""
    return str(algorithm.parameterAsOutputLayer(parameters, name, context))


def file_targets(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    names: tuple[str, ...],
    context: QgsProcessingContext,
    sources: tuple[str, ...] = (),
) -> dict[str, str | None]:
    """Return the request's fields for files: absolute paths, None where skipped.

    A name without an extension gets that of the parameter.

    Raises:
        QgsProcessingException: A folder is missing, or a source would be overwritten.
    """
    found: dict[str, str | None] = {}
    for name in names:
        path = algorithm.parameterAsFileOutput(parameters, name, context)
        pattern = algorithm.parameterDefinition(name).fileFilter()
        found[name.lower()] = checked_target(_with_extension(path, pattern), sources)
    return found


def _with_extension(path: str, pattern: str) -> str:
    """Return a path with the first extension of a file filter, where it has none."""
    # What begins with a digit belongs to the name, as in 'fields 2.5 m'.
    known = re.search(r"\*(\.[\w.]+)", pattern)
    if not path or known is None or re.search(r"\.[^\W\d]\w*$", path):
        return path
    return path + known[1]
