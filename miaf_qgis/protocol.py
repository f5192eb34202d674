"""What the engine says on standard output, line by line, told to the user."""

from __future__ import annotations

import json
import math
from typing import Any

from qgis.core import QgsProcessingFeedback


class Conversation:
    """Turns the engine's lines into feedback; keeps the result or the error.

    Attributes:
        result: Fields of the `result` line, None until it came.
        error: Fields of the `error` line, None until it came.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self.result: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None
        self._feedback = feedback
        self._stage = ""

    def hear(self, line: str) -> None:
        """Act on one line; what is no message of the protocol goes to the debug log."""
        try:
            message = json.loads(line, parse_constant=lambda _name: None)
        except (ValueError, RecursionError):
            message = None
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "progress":
            self._progress(message)
        elif kind == "info":
            self._feedback.pushInfo(_text(message, "text"))
        elif kind == "warning":
            self._feedback.pushWarning(_text(message, "text"))
        elif kind == "result":
            self.result = message
        elif kind == "error":
            self.error = message
        elif line.strip():
            self._feedback.pushDebugInfo(line)

    def _progress(self, message: dict[str, Any]) -> None:
        fraction = message.get("fraction")
        if isinstance(fraction, (int, float)) and math.isfinite(fraction):
            self._feedback.setProgress(100.0 * min(max(fraction, 0.0), 1.0))
        stage = _text(message, "text")
        if stage and stage != self._stage:
            self._stage = stage
            self._feedback.setProgressText(stage)


def _text(message: dict[str, Any], key: str) -> str:
    value = message.get(key)
    return "" if value is None else str(value)
