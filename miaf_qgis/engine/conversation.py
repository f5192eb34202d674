"""What the engine says on standard output, line by line, told to the user."""

from __future__ import annotations

import json
import re
from typing import Any

from qgis.core import QgsProcessingFeedback

from miaf_qgis.engine.liveness import Liveness, number
from miaf_qgis.engine.remaining_time import RemainingTime, in_words

# Each text becomes a line of the dialog's log too, so that of a stage is told anew only
# when it says something new and this share of the run has passed.
_LINE_EVERY = 0.04
_NUMBER = re.compile(r"\d[\d.]*")


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
        self._stage = self._text = ""
        self._told_at = 0.0
        self._foretold = False
        self._remaining = RemainingTime()
        self._liveness = Liveness(feedback)

    def silence(self) -> None:
        """Take note that there is no line."""
        self._liveness.silence()

    def hear(self, line: str) -> None:
        """Act on one line; what is no message of the protocol goes to the debug log."""
        try:
            message = json.loads(line, parse_constant=lambda _name: None)
        except (ValueError, RecursionError):
            message = None
        message = message if isinstance(message, dict) else None
        self._liveness.heard(message)
        kind = message.get("type") if message else None
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
        elif line.strip() and kind != "alive":
            self._feedback.pushDebugInfo(line)

    def _progress(self, message: dict[str, Any]) -> None:
        fraction, left = number(message.get("fraction")), None
        text = _text(message, "text")
        # What follows a comma tells how far the stage is, not which it is.
        stage = _NUMBER.sub("", text.partition(",")[0])
        if fraction is not None:
            fraction = min(max(fraction, 0.0), 1.0)
            self._feedback.setProgress(100.0 * fraction)
            left = self._remaining.seconds(fraction, stage)
        else:
            fraction = self._told_at
        moved = text != self._text and fraction - self._told_at >= _LINE_EVERY
        foretold = left is not None and not self._foretold
        if text and (stage != self._stage or moved or foretold):
            self._stage, self._text, self._told_at = stage, text, fraction
            self._foretold |= foretold
            words = text if left is None else f"{text}, {in_words(left)}"
            self._feedback.setProgressText(words)


def _text(message: dict[str, Any], key: str) -> str:
    value = message.get(key)
    return "" if value is None else str(value)
