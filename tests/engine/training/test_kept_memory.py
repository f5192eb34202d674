"""Memory that a training step frees and the next one takes."""

from __future__ import annotations

import json
import sys

import pytest

from miaf_engine.training import kept_memory
from miaf_engine.training.kept_memory import freed_memory_kept
from tests.repository import fresh_python

PROBE = """
import json, resource
import numpy as np
from miaf_engine.training.kept_memory import freed_memory_kept
from miaf_engine.memory import used_memory_mb

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(2**24)  # 128 MiB, let go at once
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

found = {"before": [faults(), faults()], "started_mb": used_memory_mb()}
with freed_memory_kept():
    found["within"] = [faults(), faults()]
    found["kept_mb"] = used_memory_mb()
found["ended_mb"] = used_memory_mb()
found["after"] = [faults(), faults()]
found["left_mb"] = used_memory_mb()
print(json.dumps(found))
"""


@pytest.mark.skipif(kept_memory._glibc() is None, reason="needs glibc")
def test_freed_memory_serves_again_and_goes_back_after():
    found = json.loads(fresh_python(PROBE))
    assert found["within"][1] * 10 < found["within"][0]
    assert found["kept_mb"] > found["started_mb"] + 100
    assert found["ended_mb"] < found["started_mb"] + 20
    assert found["left_mb"] < found["started_mb"] + 20


def test_other_systems_are_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with freed_memory_kept():
        pass
    assert kept_memory._glibc() is None
