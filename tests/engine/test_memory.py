"""Figures of memory are plausible."""

import json
import mmap
import sys

import numpy as np
import pytest

from miaf_engine import memory
from tests.repository import fresh_python

KEPT = """
import json, resource
import numpy as np
from miaf_engine.memory import freed_memory_kept, used_memory_mb

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(2**24)  # 128 MiB, let go at once
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

found = {"before": [faults(), faults()], "started_mb": used_memory_mb()}
with freed_memory_kept():
    found["within"] = [faults(), faults()]
    found["kept_mb"] = used_memory_mb()
    with freed_memory_kept():
        pass
    found["after_an_inner_one"] = [faults()]
found["ended_mb"] = used_memory_mb()
found["after"] = [faults(), faults()]
found["left_mb"] = used_memory_mb()
print(json.dumps(found))
"""

ONE_HEAP = """
import json, resource
from threading import Thread
from miaf_engine.memory import freed_memory_kept, share_one_heap

share_one_heap()
import numpy as np

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    thread = Thread(target=np.ones, args=(2**24,))  # 128 MiB, let go at once
    thread.start()
    thread.join()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

with freed_memory_kept():
    print(json.dumps([faults(), faults()]))
"""


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


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/statm")
def test_what_is_held_now_falls_again():
    before = memory.used_memory_mb()
    # From the system itself: what an allocator holds in store is counted already.
    with mmap.mmap(-1, 60 * 2**20) as block:
        block.write(b"x" * len(block))
        held = memory.used_memory_mb()
    assert held > before + 50
    assert memory.used_memory_mb() < held - 50


def test_the_limit_of_a_container(tmp_path):
    assert memory._free_in_container_mb(tmp_path) is None
    values = {"memory.max": "1073741824\n", "memory.current": "800000000\n"}
    values["memory.stat"] = "anon 1\ninactive_file 314572800\n"
    for name, text in values.items():
        (tmp_path / name).write_text(text)
    expected = (1073741824 - 800000000 + 314572800) / 2**20
    assert memory._free_in_container_mb(tmp_path) == pytest.approx(expected)
    (tmp_path / "memory.max").write_text("max\n")
    assert memory._free_in_container_mb(tmp_path) is None


@pytest.mark.skipif(memory._glibc() is None, reason="needs glibc")
def test_freed_memory_serves_again_and_goes_back_after():
    found = json.loads(fresh_python(KEPT))
    assert found["within"][1] * 10 < found["within"][0]
    assert found["after_an_inner_one"][0] * 10 < found["within"][0]
    assert found["kept_mb"] > found["started_mb"] + 100
    assert found["ended_mb"] < found["started_mb"] + 20
    assert found["left_mb"] < found["started_mb"] + 20


@pytest.mark.skipif(memory._glibc() is None, reason="needs glibc")
def test_freed_memory_of_a_thread_serves_again_in_one_heap():
    first, second = json.loads(fresh_python(ONE_HEAP))
    assert second * 10 < first
    first, second = json.loads(fresh_python(ONE_HEAP.replace("\nshare_one_heap()", "")))
    assert second * 2 > first


def test_other_systems_keep_no_memory(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert memory._glibc() is None
    memory.share_one_heap()
    with memory.freed_memory_kept():
        pass
