"""Names in a sentence, at most so many that it can still be read."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 8


def listed(names: Sequence[object], most: int = SHOWN) -> str:
    """Return the first names in quotes, and how many more there are."""
    shown = ", ".join(f"'{name}'" for name in names[:most])
    more = len(names) - most
    return shown + (f" and {more} more" if more > 0 else "")
