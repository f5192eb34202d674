"""Sentences for an engine that could not start, or that ended without an answer."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from miaf_qgis.translation import tr

# Windows: STATUS_NO_MEMORY, STATUS_COMMITMENT_LIMIT; and what a crash leaves.
_WINDOWS_NO_MEMORY = frozenset({0xC0000017, 0xC000012D})
_WINDOWS_STATUS = 0xC0000000


def start_failure(python: str, error: OSError) -> str:
    """Return why the engine's interpreter or its files could not be used."""
    return tr(
        "The engine cannot be started with {python}: {reason}. Name another Python in "
        "Settings > Options > Processing > Providers > MIAF-Net, or run 'Set up the "
        "engine' again."
    ).format(python=python, reason=error)


def death(code: int | None, last_words: Sequence[str]) -> str:
    """Return what happened to an engine that ended without a result or an error.

    Args:
        code: Exit code; negative for a signal, None where it had to be killed because
            it hung.
        last_words: Last lines of its standard error.
    """
    if code is None:
        return tr("The engine closed its output and did not end; it was stopped.")
    memory = any("out of memory" in line.lower() for line in last_words)
    number = _signal(code)
    if memory or number == 9 or code & 0xFFFFFFFF in _WINDOWS_NO_MEMORY:
        return tr(
            "The engine was ended from outside ({how}), probably because memory ran "
            "short; lower 'Memory budget', 'Width' or the size of the extent, or close "
            "other programs."
        ).format(how=_how(code))
    if number is not None or code & 0xFFFFFFFF >= _WINDOWS_STATUS:
        return tr(
            "The engine crashed ({how}); try DEVICE 'cpu', or run 'Report engine and "
            "hardware' and add its text to a bug report."
        ).format(how=_how(code))
    words = last_words[-1] if last_words else tr("it said nothing")
    return tr("The engine ended without a result ({how}): {words}.").format(
        how=_how(code), words=words.rstrip(".")
    )


def _signal(code: int) -> int | None:
    if -64 <= code < 0:
        return -code
    # A wrapper script, as conda's, reports a signal as 128 + number.
    if 128 < code <= 192:
        return code - 128
    return None


def _how(code: int) -> str:
    number = _signal(code)
    if number is None:
        plain = code & 0xFFFFFFFF
        return (
            f"0x{plain:08X}"
            if plain >= _WINDOWS_STATUS
            else tr("code {n}").format(n=code)
        )
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = ""
    return tr("signal {n} {name}").format(n=number, name=name).strip()
