"""How long a run will still take, from how far it has come."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from miaf_qgis.translation import tr

# Before this much is done or has passed, an estimate would be a guess.
_LEAST_FRACTION = 0.03
_LEAST_SECONDS = 4.0
# The pace is that of the last part of the run: stages differ in it.
_WINDOW = 0.25


class RemainingTime:
    """An estimate that follows the pace of the last quarter of what is done.

    Args:
        clock: Gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or time.monotonic
        self._started = self._clock()
        self._points: deque[tuple[float, float]] = deque([(0.0, self._started)])

    def seconds(self, fraction: float) -> float | None:
        """Note that `fraction` (0..1) is done and return the seconds still needed.

        None as long as too little is known.
        """
        now = self._clock()
        if fraction > self._points[-1][0]:
            self._points.append((fraction, now))
        while len(self._points) > 2 and self._points[1][0] < fraction - _WINDOW:
            self._points.popleft()
        since, then = self._points[0]
        known = fraction >= _LEAST_FRACTION and now - self._started >= _LEAST_SECONDS
        if not known or fraction <= since or fraction >= 1.0:
            return None
        return (1.0 - fraction) * (now - then) / (fraction - since)


def in_words(seconds: float) -> str:
    """Return a length of time as people say it, no finer than is known."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 100:
        return tr("about {n} s left").format(n=10 * round(seconds / 10))
    if seconds < 5400:
        return tr("about {n} min left").format(n=max(2, round(seconds / 60)))
    return tr("about {n} h left").format(n=f"{seconds / 3600:.1f}")
