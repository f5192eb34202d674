"""How threads wait for each other: decided once, before torch loads its OpenMP."""

from __future__ import annotations

import os
import time
from collections.abc import MutableMapping
from pathlib import Path

# Turns of the loop before a waiting thread sleeps, some 30 microseconds. Where all
# cores are free an epoch takes half the time of one whose threads sleep at once; where
# another program needs one it takes three times as long, and many times by the number
# of turns that is the library's own.
_TURNS = "10000"
_SPIN, _POLICY = "GOMP_SPINCOUNT", "OMP_WAIT_POLICY"
_LOOKS, _APART_S = 5, 0.01
_LOAD = Path("/proc/loadavg")


def choose_waiting(surroundings: MutableMapping[str, str] = os.environ) -> None:
    """Let threads wait awake for a moment if nothing else runs now, else asleep.

    Results do not depend on it. What the user has set is kept.
    """
    if _POLICY in surroundings or _SPIN in surroundings:
        return
    if _alone():
        surroundings[_SPIN] = _TURNS
    else:
        wait_asleep(surroundings)


def wait_asleep(surroundings: MutableMapping[str, str] = os.environ) -> None:
    """Let threads sleep at once, as where several processes share the cores.

    What the user has set is kept; what a process chose while it was alone is not, as
    its number of turns would go before the policy.
    """
    if surroundings.get(_SPIN) == _TURNS:
        del surroundings[_SPIN]
    surroundings.setdefault(_POLICY, "PASSIVE")


def _alone() -> bool:
    """Return whether no other thread of the machine runs; False where none can tell."""
    others = 0
    for _ in range(_LOOKS):
        time.sleep(_APART_S)
        try:
            running = _LOAD.read_text(encoding="ascii").split()[3].partition("/")[0]
            others += int(running) - 1  # this one
        except (OSError, ValueError, IndexError):
            return False
    return others <= 1
