"""How long a run will still take, from how far it has come."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from miaf_qgis.translation import tr

# A pace is known after so many steps of a stage, in no less time and no smaller share.
_LEAST_STEPS, _LEAST_SECONDS, _LEAST_SHARE = 5, 4.0, 0.003
# From here on the pace of all that went before may stand for that of a new stage.
_LATE = 0.25
# The pace is that of the last part of the run: steps of a stage differ too.
_WINDOW = 0.25


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
        return (1.0 - fraction) * pace


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


def in_words(seconds: float) -> str:
    """Return a length of time as people say it, no finer than is known."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 100:
        return tr("about {n} s left").format(n=10 * round(seconds / 10))
    if seconds < 5400:
        return tr("about {n} min left").format(n=max(2, round(seconds / 60)))
    return tr("about {n} h left").format(n=f"{seconds / 3600:.1f}")
