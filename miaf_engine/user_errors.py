"""Tells what a user can understand, and put right, from a defect of the engine."""

from __future__ import annotations

import errno

from miaf_engine.errors import DependencyError, MemoryShortError, MiafError

# How torch says on a CPU that memory is short, in a plain RuntimeError, and how Linux
# and Windows say so where a library cannot be loaded.
_NO_MEMORY = ("can't allocate", "failed to map segment", "WinError 1455")


def as_user_error(error: BaseException) -> MiafError | None:
    """Return the error as one that a user can understand, or None for a defect."""
    if isinstance(error, MiafError):
        return error
    short = (
        isinstance(error, MemoryError)
        or type(error).__name__ == "OutOfMemoryError"
        or getattr(error, "errno", None) == errno.ENOMEM
        or any(words in str(error) for words in _NO_MEMORY)
    )
    if short:
        return MemoryShortError(
            "The engine ran out of memory.",
            hint="Lower the memory budget or the width, or close other programs.",
        )
    if isinstance(error, ModuleNotFoundError):
        return DependencyError(
            f"The engine's interpreter lacks the package '{error.name}'.",
            hint="Run 'Set up the engine', or choose another interpreter.",
        )
    return None
