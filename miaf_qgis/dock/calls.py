"""A run as others would call it: from Python, and on the command line of QGIS."""

from __future__ import annotations

import shlex
from typing import Any

from qgis.core import QgsProcessingOutputLayerDefinition, QgsProject


def plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a run with files in place of the project's layers."""
    project = QgsProject.instance()
    found = {}
    for name, value in parameters.items():
        if isinstance(value, QgsProcessingOutputLayerDefinition):
            value = value.sink.staticValue()
        layer = project.mapLayer(value) if isinstance(value, str) else None
        found[name] = value if layer is None else layer.source()
    return found


def as_python(algorithm: str, parameters: dict[str, Any]) -> str:
    """Return a call of processing.run with plain parameters."""
    lines = [f"    {name!r}: {value!r}," for name, value in parameters.items()]
    return "\n".join([f"processing.run({algorithm!r}, {{", *lines, "})"])


def as_command(algorithm: str, parameters: dict[str, Any]) -> str:
    """Return a call of qgis_process with plain parameters, a line for each."""
    words = [f"{name}={_word(value)}" for name, value in parameters.items()]
    lines = [f"qgis_process run {algorithm} --", *map(shlex.quote, words)]
    return " \\\n    ".join(lines)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
