"""Layers, reports and tables that algorithms write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsDataSourceUri,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFileDestination,
    QgsProperty,
    QgsVectorFileWriter,
    QgsVectorLayer,
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


def check_sink(
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    sources: tuple[str, ...],
) -> None:
    """Refuse a feature sink that cannot be written, or that would replace a source.

    QGIS empties the file of a sink before the first feature is read.

    Args:
        parameters: Parameters of the run.
        name: The parameter of the sink.
        context: Context of the run.
        sources: Files that must not be overwritten.

    Raises:
        QgsProcessingException: Its folder is missing, or it is one of the sources.
    """
    value = parameters.get(name)
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value = value.valueAsString(context.expressionContext())[0]
    text = str(value or "").strip()
    if text.startswith("ogr:"):
        table = QgsDataSourceUri(text[len("ogr:") :])
        source = f"{table.database()}|layername={table.table()}"
        # Kept in no variable: a traceback would keep it beyond QGIS's end.
        is_there = QgsVectorLayer(source, "", "ogr").isValid()
        # A new table leaves those that the file has as they are.
        checked_target(table.database(), sources if is_there else ())
        return
    if text in ("", QgsProcessing.TEMPORARY_OUTPUT) or re.match(r"\w{3,}:", text):
        return
    # QGIS adds the extension to a name that ends like no vector file.
    ending = Path(text).suffix.lstrip(".")
    known = ending and QgsVectorFileWriter.driverForExtension(ending)
    checked_target(text if known else f"{text}.gpkg", sources)


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
