"""Ranges of wavelengths as a user writes them: "1350-1430,1800-1970", in nanometres."""

from __future__ import annotations

import re

from miaf_engine.errors import ConfigError

# Where water vapour takes nearly all light on its way to an airborne or spaceborne
# sensor, so that a band holds noise, or what a correction made up.
WATER_VAPOUR = "1350-1430,1800-1970"
_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[-\u2013]\s*(\d+(?:\.\d+)?)\s*")
_LOWEST, _HIGHEST = 100.0, 100_000.0


def parse_ranges(text: str) -> tuple[tuple[float, float], ...]:
    """Return the ranges in a text, each as (low, high) in nanometres.

    Args:
        text: Ranges parted by commas or semicolons; blank for none.

    Raises:
        ConfigError: A part is no range, or no range of wavelengths in nanometres.
    """
    if not text.strip():
        return ()
    ranges = []
    for part in re.split("[,;]", text):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise ConfigError(
                f"The wavelength range '{part.strip()}' is not understood.",
                hint=f"Write ranges in nanometres as {WATER_VAPOUR}, or nothing.",
            )
        low, high = float(found[1]), float(found[2])
        if not _LOWEST <= low <= high <= _HIGHEST:
            raise ConfigError(
                f"The wavelength range '{part.strip()}' is not possible.",
                hint=f"Write the lower end first, in nanometres from {_LOWEST:g} to "
                f"{_HIGHEST:g}.",
            )
        ranges.append((low, high))
    return tuple(ranges)


def inside(wavelength_nm: float, ranges: tuple[tuple[float, float], ...]) -> bool:
    """Return whether a wavelength lies in one of the ranges, ends included."""
    return any(low <= wavelength_nm <= high for low, high in ranges)
