"""Shows the user what the engine writes to standard output, line by line."""

from __future__ import annotations

import json
import math
import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback

from miaf_qgis.engine.training_signals import TRAINING, Epoch
from miaf_qgis.translation import tr

# A pace is known after so many steps of a stage, in no less time and no smaller share.
_LEAST_STEPS, _LEAST_SECONDS, _LEAST_SHARE = 5, 4.0, 0.003

# From here on the pace of all that went before may stand for that of a new stage.
_LATE = 0.25

# The pace is that of the last part of the run: steps of a stage differ too.
_WINDOW = 0.25

# An end that is foretold moves to a new one in so much of the time left, or seconds.
_SMOOTHING, _LEAST_SMOOTHING = 0.25, 2.0

# The engine speaks every five seconds, later on a machine that is short of memory.
SILENT_SECONDS = 60.0

# Without progress and with hardly any processor time for so long, it waits for a disk.
WAITING_SECONDS, WAITING_CPU_SECONDS = 120.0, 2.0

# We look many times a second: a longer gap means that the machine was asleep.
ASLEEP_SECONDS = 20.0

# Each text becomes a line of the dialog's log too, so that of a stage is repeated only
# when it says something new and this share of the run has passed.
_LINE_EVERY = 0.04
_NUMBER = re.compile(r"\d[\d.]*")
_COMMA = re.compile("[,\uff0c]")  # of any language


class RemainingTime:
    """An estimate that follows the pace of the stage that the run is in.

    What came before the stage tells little at first: the engine starts and reads for
    seconds, whether the training that follows takes a minute or a day. Later in the
    run, when its stages have shown how they fit the bar, it tells enough.

    Args:
        clock: Gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or time.monotonic
        self._stage = ""
        self._end: tuple[float, float] | None = None
        self._run = deque([(0.0, self._clock())])
        self._points = deque(self._run)

    def seconds(self, fraction: float, stage: str = "") -> float | None:
        """Note that `fraction` (0..1) is done and return the seconds still needed.

        None as long as too little is known.

        Args:
            fraction: Share of the run that is done.
            stage: What the run is at, the same text as long as it is at that.
        """
        now = self._clock()
        if stage != self._stage:
            self._stage = stage
            self._points = deque([(fraction, now)])
        for points in (self._run, self._points):
            _note(points, fraction, now)
        if fraction >= 1.0:
            return None
        if _is_evidence(self._points, now):
            pace = _pace(self._points, now)
        elif fraction >= _LATE and _is_evidence(self._run, now):
            pace = _pace(self._run, now)
        else:
            return None
        return self._smoothed((1.0 - fraction) * pace, now)

    def _smoothed(self, left: float, now: float) -> float:
        """Return the time left by an end that moves towards the newest estimate."""
        end = now + left
        if self._end is not None:
            earlier, then = self._end
            span = max(_LEAST_SMOOTHING, _SMOOTHING * left)
            end = earlier + (1.0 - math.exp((then - now) / span)) * (end - earlier)
        self._end = end, now
        return max(0.0, end - now)


def in_words(seconds: float) -> str:
    """Return a length of time as people say it, no finer than is known."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 100:
        return tr("about {n} s left").format(n=10 * round(seconds / 10))
    if seconds < 5400:
        return tr("about {n} min left").format(n=max(2, round(seconds / 60)))
    return tr("about {n} h left").format(n=f"{seconds / 3600:.1f}")


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
        self._looked = self._last_message = self._moved = time.monotonic()
        self._cpu: float | None = None  # at the last progress
        self._silent = self._waiting = False

    def message_received(self, message: dict[str, Any] | None) -> None:
        """Take note of a line of the engine, None for what is no message."""
        now = self._look()
        if self._silent:
            seconds = round(now - self._last_message)
            text = tr("The engine responds again after {seconds} seconds.")
            self._feedback.pushInfo(text.format(seconds=seconds))
        self._last_message, self._silent = now, False
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
                    "The engine has hardly computed for {seconds} seconds. It may be "
                    "waiting for a network drive or a graphics card. You can keep "
                    "waiting, or cancel."
                ).format(seconds=round(now - self._moved))
            )

    def silence(self) -> None:
        """Say once that no message came for long; called many times a second."""
        now = self._look()
        if now - self._last_message > SILENT_SECONDS and not self._silent:
            self._silent = True
            self._feedback.pushWarning(
                tr(
                    "The engine has not responded for {seconds} seconds. It may hang, "
                    "or the computer may be short of memory. You can keep waiting, or "
                    "cancel."
                ).format(seconds=round(now - self._last_message))
            )

    def _look(self) -> float:
        now = time.monotonic()
        if now - self._looked > ASLEEP_SECONDS:
            slept = now - self._looked
            self._last_message += slept
            self._moved += slept
        self._looked = now
        return now


class Conversation:
    """Turns the engine's lines into feedback; keeps the result or the error.

    Args:
        feedback: Receives what the engine says.
        run: Id of the run.
        copies: Names of layers by the path of the engine's copy, which nobody knows.

    Attributes:
        result: Fields of the `result` line, None until it came.
        error: Fields of the `error` line, None until it came.
    """

    def __init__(
        self,
        feedback: QgsProcessingFeedback,
        run: str,
        copies: Mapping[str, str] | None = None,
    ) -> None:
        self.result: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None
        self._feedback = feedback
        self._run = run
        self._copies = copies or {}
        self._stage = self._text = ""
        self._reported_at = 0.0
        self._predicted = False
        self._kept: tuple[str, float | None] = ("", None)
        self._last_of_stage: tuple[str, float] = ("", math.inf)
        self._remaining = RemainingTime()
        self._liveness = Liveness(feedback)
        self._acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "progress": self._progress,
            "epoch": self._epoch,
            "kept": self._keep,
            "preview": self._preview,
            "info": self._info,
            "warning": self._warning,
            "result": self._take_result,
            "error": self._take_error,
        }

    def silence(self) -> None:
        """Take note that there is no line."""
        self._liveness.silence()

    def when_cancelled(self) -> str:
        """Return what to say of a run that was cancelled."""
        stage, kept = self._kept
        if kept is None:
            return tr("Cancelled.")
        if (stage, kept) == self._last_of_stage:
            return tr("Cancelled. Run again to continue where it stopped.")
        if not stage:
            text = tr("Cancelled. Run again to continue at epoch {n}.")
            return text.format(n=int(kept) + 1)
        text = tr("Cancelled. Run again to continue at epoch {n} of '{stage}'.")
        return text.format(n=int(kept) + 1, stage=stage)

    def hear(self, line: str) -> None:
        """Act on one line; what is no message of the protocol goes to the debug log."""
        try:
            found = json.loads(line, parse_constant=lambda _name: None)
        except (ValueError, RecursionError):
            found = None
        self._liveness.message_received(found if isinstance(found, dict) else None)
        message: dict[str, Any] = found if isinstance(found, dict) else {}
        act = self._acts.get(str(message.get("type")))
        if act is not None:
            act(message)
        elif line.strip() and message.get("type") != "alive":
            self._feedback.pushDebugInfo(line)

    def _take_result(self, message: dict[str, Any]) -> None:
        self.result = message

    def _take_error(self, message: dict[str, Any]) -> None:
        texts = {key: self._words(message, key) for key in ("message", "hint")}
        self.error = {**message, **texts}

    def _info(self, message: dict[str, Any]) -> None:
        self._feedback.pushInfo(self._words(message, "text"))

    def _warning(self, message: dict[str, Any]) -> None:
        self._feedback.pushWarning(self._words(message, "text"))

    def _words(self, message: dict[str, Any], key: str) -> str:
        """Return a text in which layers stand for the engine's copies of them."""
        text = _text(message, key)
        for path, name in self._copies.items():
            text = text.replace(path, name)
        return text

    def _keep(self, message: dict[str, Any]) -> None:
        self._kept = _text(message, "stage"), number(message.get("number"))

    def _epoch(self, message: dict[str, Any]) -> None:
        values = [number(message.get(key)) for key in ("number", "count", "loss")]
        epoch, count, loss = values
        if epoch is None or count is None or loss is None:
            return
        accuracy = number(message.get("accuracy"))
        stage = _text(message, "stage")
        self._last_of_stage = stage, count
        TRAINING.epoch.emit(
            Epoch(self._run, stage, int(epoch), int(count), loss, accuracy)
        )

    def _preview(self, message: dict[str, Any]) -> None:
        try:
            content = Path(_text(message, "path")).read_bytes()
        except (OSError, ValueError):
            return  # The next one will come.
        TRAINING.previewed.emit(self._run, content)

    def _progress(self, message: dict[str, Any]) -> None:
        fraction, left = number(message.get("fraction")), None
        text = _text(message, "text")
        # What follows a comma tells how far the stage is, not which it is.
        stage = _NUMBER.sub("", _COMMA.split(text)[0])
        if fraction is not None:
            fraction = min(max(fraction, 0.0), 1.0)
            self._feedback.setProgress(100.0 * fraction)
            left = self._remaining.seconds(fraction, stage)
        else:
            fraction = self._reported_at
        moved = text != self._text and fraction - self._reported_at >= _LINE_EVERY
        predicted = left is not None and not self._predicted
        if text and (stage != self._stage or moved or predicted):
            self._stage, self._text, self._reported_at = stage, text, fraction
            self._predicted |= predicted
            words = text if left is None else f"{text}, {in_words(left)}"
            self._feedback.setProgressText(words)


def _note(points: deque[tuple[float, float]], fraction: float, now: float) -> None:
    if fraction > points[-1][0]:
        points.append((fraction, now))
    while len(points) > 2 and points[1][0] < fraction - _WINDOW:
        points.popleft()


def _is_evidence(points: deque[tuple[float, float]], now: float) -> bool:
    since, then = points[0]
    return (
        len(points) > _LEAST_STEPS
        and now - then >= _LEAST_SECONDS
        and points[-1][0] - since >= _LEAST_SHARE
    )


def _pace(points: deque[tuple[float, float]], now: float) -> float:
    """Return seconds for the whole bar at the pace since the first of these points."""
    (since, then), (fraction, _) = points[0], points[-1]
    return (now - then) / (fraction - since)


def _text(message: dict[str, Any], key: str) -> str:
    value = message.get(key)
    return "" if value is None else str(value)
