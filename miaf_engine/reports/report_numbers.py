"""How a report writes numbers: filters of its templates."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from miaf_engine.accuracy.area_estimates import ERRORS

NOTHING = "\N{EN DASH}"
_SPACE, _THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def percent(value: float | None, digits: int = 1) -> str:
    """Write a share as percent."""
    if value is None or math.isnan(value):
        return NOTHING
    return f"{100 * value:.{digits}f}{_SPACE}%"


def interval(ends: Sequence[float | None]) -> str:
    """Write the ends of an interval of shares as percent."""
    low, high = ends
    if low is None or high is None or math.isnan(low):
        return NOTHING
    return f"{100 * low:.1f} to {percent(high)}".replace(" ", _SPACE)


def points(value: float | None) -> str:
    """Write a difference of shares in percentage points, with its sign."""
    if value is None or math.isnan(value):
        return NOTHING
    return f"{100 * value:+.1f}{_SPACE}points".replace("-", "\N{MINUS SIGN}")


def probability(value: float) -> str:
    """Write a p value with its relation."""
    return f"={_SPACE}{value:.3f}" if value >= 0.001 else f"<{_SPACE}0.001"


def thousands(value: int | None) -> str:
    """Write a whole number, groups of three apart from ten thousand on."""
    if value is None:
        return NOTHING
    grouped = f"{value:,}" if value >= 10_000 else str(value)
    return grouped.replace(",", _THIN)


def amount(value: float | None) -> str:
    """Write an area: whole from a hundred on, else three digits."""
    if value is None or math.isnan(value):
        return NOTHING
    return thousands(round(value)) if value >= 100 else f"{value:#.3g}"


def margin(error: float | None) -> float | None:
    """Return half the width of the 95 % interval of a standard error."""
    return None if error is None else ERRORS * error


FILTERS: dict[str, Callable[..., Any]] = {
    "percent": percent,
    "range": interval,
    "points": points,
    "probability": probability,
    "thousands": thousands,
    "amount": amount,
    "margin": margin,
}
