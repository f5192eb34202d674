"""Tells a busy engine from one that hangs or waits, by the signs of life it gives.

The engine says every few seconds that it is alive, and how much processor time it has
used. Nothing is ended here: only the user knows whether it is worth waiting.
"""

from __future__ import annotations

import math
import time
from typing import Any

from qgis.core import QgsProcessingFeedback

from miaf_qgis.translation import tr

# The engine speaks every five seconds, later on a machine that is short of memory.
SILENT_SECONDS = 60.0
# Without progress and with hardly any processor time for so long, it waits for a disk.
WAITING_SECONDS, WAITING_CPU_SECONDS = 120.0, 2.0
# We look many times a second: a longer gap means that the machine was asleep.
ASLEEP_SECONDS = 20.0


def number(value: object) -> float | None:
    """Return what the engine sent as a finite number, None where it is none."""
    if not isinstance(value, (int, float)):
        return None
    try:
        found = float(value)
    except OverflowError:  # JSON knows whole numbers of any length.
        return None
    return found if math.isfinite(found) else None


class Liveness:
    """Watches one run of the engine."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._looked = self._heard = self._moved = time.monotonic()
        self._cpu: float | None = None  # at the last progress
        self._silent = self._waiting = False

    def heard(self, message: dict[str, Any] | None) -> None:
        """Take note of a line of the engine, None for what is no message."""
        now = self._look()
        if self._silent:
            seconds = round(now - self._heard)
            text = tr("The engine answers again, after {seconds} seconds.")
            self._feedback.pushInfo(text.format(seconds=seconds))
        self._heard, self._silent = now, False
        if message is None or message.get("type") != "alive":
            self._moved, self._cpu, self._waiting = now, None, False
            return
        used = number(message.get("cpu_seconds"))
        if used is None:
            return
        if self._cpu is None or used - self._cpu > WAITING_CPU_SECONDS:
            self._moved, self._cpu, self._waiting = now, used, False
        elif now - self._moved > WAITING_SECONDS and not self._waiting:
            self._waiting = True
            self._feedback.pushWarning(
                tr(
                    "The engine has hardly computed for {seconds} seconds: it waits, "
                    "perhaps for a network drive or a graphics card. You can go on "
                    "waiting, or cancel."
                ).format(seconds=round(now - self._moved))
            )

    def silence(self) -> None:
        """Say once that nothing was heard for long; called many times a second."""
        now = self._look()
        if now - self._heard > SILENT_SECONDS and not self._silent:
            self._silent = True
            self._feedback.pushWarning(
                tr(
                    "The engine has not answered for {seconds} seconds. It may hang, "
                    "or the machine may be short of memory. You can go on waiting, or "
                    "cancel."
                ).format(seconds=round(now - self._heard))
            )

    def _look(self) -> float:
        now = time.monotonic()
        if now - self._looked > ASLEEP_SECONDS:
            slept = now - self._looked
            self._heard += slept
            self._moved += slept
        self._looked = now
        return now
