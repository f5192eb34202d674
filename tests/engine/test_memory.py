"""Figures of memory are plausible."""

import sys

import numpy as np
import pytest

from miaf_engine import memory


def test_peak_grows_with_use_and_never_falls():
    before = memory.peak_memory_mb()
    block = np.ones(30 * 2**20, dtype=np.uint8)
    used = memory.peak_memory_mb()
    assert used >= before
    assert used > 30
    del block
    assert memory.peak_memory_mb() >= used


def test_free_is_less_than_all():
    total, free = memory.total_memory_mb(), memory.free_memory_mb()
    assert total is None or total > 200
    assert free is None or total is None or 0 < free <= total


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/meminfo")
def test_a_system_that_does_not_say(monkeypatch):
    def sysconf(_):
        raise ValueError

    monkeypatch.setattr(memory.os, "sysconf", sysconf)
    assert memory.total_memory_mb() is None
