"""Puts the machine to sleep, lets two runs meet, and takes memory away."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from miaf_qgis.engine.leftovers import remove_leftovers
from tests.faults.forked import Forked
from tests.faults.jobs import RUN_ID, Job, engine, finish, last, leftovers

MACHINE = ("asleep", "two at once", "short memory")
# What a process may take beyond what it has, when memory runs short.
_MORE_MB = 10


def strike(job: Job, fault: str, number: int, folder: Path) -> dict[str, Any]:
    """Run a job on such a machine, and return what was found."""
    chance = random.Random(f"{job.task} {fault} {number}")
    shutil.rmtree(folder, ignore_errors=True)
    results = folder / "results"
    shutil.copytree(job.old, results)
    request = job.request(results, folder / "request.json")
    begun = time.monotonic()
    process, other = engine(request, folder / "scratch"), None
    if fault == "two at once":
        second = job.request(results, folder / "second.json", RUN_ID[::-1])
        other = engine(second, folder / "scratch2")
    elif fault == "asleep":
        _wait(process, chance.uniform(0.0, job.seconds))
        _sleep(process)
    else:
        while (line := process.stdout.readline()) and b'"info"' not in line:
            pass  # Until the libraries are loaded and the task is at work.
        _wait(process, chance.uniform(0.0, job.seconds / 2))
        _take_memory(process, chance.randint(0, _MORE_MB))
    said = last(finish(process))
    if other is not None:
        finish(other)
    took = time.monotonic() - begun
    if process.returncode:  # As the plugin does.
        remove_leftovers(RUN_ID, job.targets(results).values())
    found = {
        "fault": fault,
        "task": job.task,
        "number": number,
        "exit": process.returncode,
        "kind": said.get("kind", said.get("type", "")),
        "message": said.get("message", ""),
        "results": job.judge(results),
        "leftovers": leftovers(results, job),
        "seconds": round(took, 2),
    }
    if other is not None:
        found["exit"] = max(process.returncode, other.returncode)
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _wait(process: Forked, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)


def _sleep(process: Forked) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGSTOP)
        time.sleep(2.0)
        process.send_signal(signal.SIGCONT)


def _take_memory(process: Forked, more_mb: int) -> None:
    """Let a process have hardly more memory than it has."""
    with suppress(OSError, IndexError):  # It has ended.
        pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()
        most = int(pages[0]) * os.sysconf("SC_PAGE_SIZE") + more_mb * 2**20
        resource.prlimit(process.pid, resource.RLIMIT_AS, (most, most))
