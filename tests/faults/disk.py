"""Takes the disk away: full, read-only, removed, locked; and the input with it.

Full and read-only disks are small file systems in memory, which only root may mount.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from miaf_qgis.engine.leftovers import remove_leftovers
from tests.faults.forked import Forked
from tests.faults.jobs import (
    RUN_ID,
    Job,
    engine,
    finish,
    last,
    leftovers,
)

MOUNTED = ("full disk", "read-only disk", "removed disk")
OTHERS = ("vanished folder", "locked output", "vanished input")
_SIZE_KB = 4096


def may_mount() -> bool:
    """Return whether file systems can be mounted here."""
    return sys.platform == "linux" and os.geteuid() == 0 and bool(shutil.which("mount"))


def strike(job: Job, fault: str, number: int, folder: Path) -> dict[str, Any]:
    """Run a job with a disk that fails, and return what was found."""
    chance = random.Random(f"{job.task} {fault} {number}")
    results = folder / "results"
    _clear(results, folder)
    results.mkdir(parents=True)
    try:
        return _strike(job, fault, number, folder, chance)
    finally:
        _clear(results, folder)


def _strike(
    job: Job, fault: str, number: int, folder: Path, chance: random.Random
) -> dict[str, Any]:
    results = folder / "results"
    if fault in MOUNTED:
        _system("mount", "-t", "tmpfs", "-o", f"size={_SIZE_KB}k", "tmpfs", results)
    shutil.copytree(job.old, results, dirs_exist_ok=True)
    filler = results / "filler"
    if fault == "full disk":
        free = shutil.disk_usage(results).free
        needed = sum(path.stat().st_size for path in job.new.iterdir()) + 16384
        room = min(free, chance.randrange(needed))
        filler.write_bytes(bytes(max(free - room, 0)))
    changes = {}
    if fault == "vanished input":
        key = "cube" if "cube" in job.values else "classification"
        changes = {key: _copy_input(job.values[key], folder)}
    request = job.request(results, folder / "request.json", **changes)
    slowed = f"locked {chance.randint(1, 4)}" if fault == "locked output" else ""
    begun = time.monotonic()
    process = engine(request, folder / "scratch", slowed)
    if fault in ("read-only disk", "removed disk", "vanished folder", "vanished input"):
        # Inputs are read early; what is read cannot be missed.
        share = 0.3 if fault == "vanished input" else 1.0
        _wait(process, chance.uniform(0.0, share * job.seconds))
        _take_away(fault, results, changes)
        begun = time.monotonic()
    said = last(finish(process))
    took = time.monotonic() - begun
    if process.returncode:
        remove_leftovers(RUN_ID, job.targets(results).values())
    gone = fault in ("removed disk", "vanished folder")
    filler.unlink(missing_ok=True) if fault == "full disk" else None
    return {
        "fault": fault,
        "task": job.task,
        "number": number,
        "exit": process.returncode,
        "kind": said.get("kind", said.get("type", "")),
        "message": said.get("message", ""),
        "results": "taken away" if gone and not _any(results) else job.judge(results),
        "leftovers": leftovers(results, job),
        "seconds": round(took, 2),
    }


def _take_away(fault: str, results: Path, changes: dict[str, str]) -> None:
    if fault == "read-only disk":
        # Refused while a file is open for writing; tried for a while.
        for _ in range(50):
            if _system("mount", "-o", "remount,ro", results, check=False):
                return
            time.sleep(0.05)
    elif fault == "removed disk":
        _system("umount", "-l", results)
    elif fault == "vanished folder":
        shutil.rmtree(results, ignore_errors=True)
    else:
        for path in changes.values():
            Path(path).unlink(missing_ok=True)


def _copy_input(path: str, folder: Path) -> str:
    copy = folder / "input" / Path(path).name
    copy.parent.mkdir(exist_ok=True)
    for file in (path, f"{path}.aux.xml"):
        if Path(file).exists():
            shutil.copy2(file, copy.with_name(Path(file).name))
    return str(copy)


def _wait(process: Forked, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)


def _any(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _clear(results: Path, folder: Path) -> None:
    while results.is_dir() and os.path.ismount(results):
        _system("umount", "-l", results)
    shutil.rmtree(folder, ignore_errors=True)


def _system(*words: object, check: bool = True) -> bool:
    command = [str(word) for word in words]
    done = subprocess.run(command, check=check, capture_output=True)
    return done.returncode == 0
