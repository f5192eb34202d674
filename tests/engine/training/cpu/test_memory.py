"""Memory of training steps serves again, and goes back to the system after."""

import json
import sys

import pytest

from miaf_engine.training.cpu import memory
from miaf_engine.training.cpu.memory import freed_memory_kept
from tests.repository import fresh_python

PROBE = """
import json, resource
import numpy as np
from miaf_engine.training.cpu.memory import freed_memory_kept
from miaf_engine.memory import used_memory_mb

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(2**24)  # 128 MiB, let go at once
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

found = {"before": [faults(), faults()], "started_mb": used_memory_mb()}
with freed_memory_kept("DEVICE"):
    found["within"] = [faults(), faults()]
    found["kept_mb"] = used_memory_mb()
found["ended_mb"] = used_memory_mb()
found["after"] = [faults(), faults()]
found["left_mb"] = used_memory_mb()
print(json.dumps(found))
"""
needs_glibc = pytest.mark.skipif(memory._glibc() is None, reason="needs glibc")


@needs_glibc
def test_freed_memory_serves_again_and_goes_back_after():
    found = json.loads(fresh_python(PROBE.replace("DEVICE", "cpu")))
    assert found["within"][1] * 10 < found["within"][0]
    assert found["kept_mb"] > found["started_mb"] + 100
    assert found["ended_mb"] < found["started_mb"] + 20
    assert found["left_mb"] < found["started_mb"] + 20


@needs_glibc
def test_nothing_is_kept_where_a_graphics_card_trains():
    found = json.loads(fresh_python(PROBE.replace("DEVICE", "cuda:0")))
    assert found["within"][1] * 10 > found["within"][0]
    assert found["kept_mb"] < found["started_mb"] + 20


def test_other_systems_are_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with freed_memory_kept():
        pass
    assert memory._glibc() is None
