"""Ends runs at random moments, and looks at what is left."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.jobs import (
    LIMIT_S,
    RESUMING,
    RUN_ID,
    Job,
    engine,
    environment,
    errors_of,
    run_whole,
)
from tests.repository import ROOT

# What must be gone by then is an orphan.
ORPHAN_S = 5.0
_VARIABLE = re.compile(r"[,'\d]")
KILLS = ("SIGKILL", "SIGTERM", "closed pipe", "QGIS killed")


def strike(job: Job, fault: str, number: int, folder: Path, *, resume: bool) -> dict:
    """Run a job, end it by `fault` at a random moment, and return what was found."""
    chance = random.Random(f"{job.task} {fault} {number}")
    shutil.rmtree(folder, ignore_errors=True)
    results, scratch = folder / "results", folder / "scratch"
    shutil.copytree(job.old, results)
    request = job.request(results, folder / "request.json")
    run = _Run(fault, request, scratch)
    begun = time.monotonic()
    _await(run, number, chance, job, results)
    moment = time.monotonic() - begun
    done_before = run.gone()
    took = run.end(number)
    orphan = not run.gone()
    if orphan:
        os.kill(run.engine, signal.SIGABRT)  # It then says where it was.
        time.sleep(1.0)
    if fault == "SIGKILL":  # What `remove_leftovers` of the plugin does.
        for path in results.glob(f".miaf-{RUN_ID}-*"):
            path.unlink()
    found: dict[str, Any] = {
        "fault": fault,
        "task": job.task,
        "number": number,
        "moment_s": round(moment, 2),
        "stage": run.stage,
        "done_before": done_before,
        "results": job.judge(results),
        "leftovers": _leftovers(results, job) + _files(scratch),
        "orphan": orphan,
        "seconds": round(took, 2),
    }
    if orphan:
        said = errors_of(scratch)
        found["where"] = said.read_text(encoding="utf-8")[-4000:]
    if resume and job.task == "train" and not done_before:
        run_whole(job, results, scratch, **RESUMING)
        found["resumed_equal"] = job.judge(results) == "new"
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _await(
    run: _Run, number: int, chance: random.Random, job: Job, results: Path
) -> None:
    """Let a run go on to a random moment: of its time, its progress, or its writing."""
    if number % 3 == 0:
        return run.wait(chance.uniform(0.0, job.seconds))
    if number % 3 == 1:
        share = chance.random()
        run.wait(LIMIT_S, lambda: run.fraction >= share)
        return run.wait(chance.uniform(0.0, 0.2))
    run.wait(LIMIT_S, lambda: any(results.glob(".miaf-*")))
    return run.wait(chance.uniform(0.0, 0.5))


def _leftovers(results: Path, job: Job) -> list[str]:
    known = {path.name for path in (*job.old.iterdir(), *job.new.iterdir())}
    return sorted(path.name for path in results.iterdir() if path.name not in known)


def _files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


class _Run:
    """A running engine, with a parent that stands for QGIS where that is killed."""

    def __init__(self, fault: str, request: Path, scratch: Path) -> None:
        self.fault, self.stage, self.fraction = fault, "start", 0.0
        self._said = b""
        if fault == "QGIS killed":
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.parent", str(request)],
                cwd=ROOT,
                env=environment(scratch),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self.engine = int(self._process.stdout.readline())
        else:
            self._process = engine(request, scratch)
            self.engine = self._process.pid
        os.set_blocking(self._process.stdout.fileno(), False)

    def _hear(self) -> None:
        """Find the stage that the run is in."""
        self._said += self._process.stdout.read() or b""
        *lines, self._said = self._said.split(b"\n")
        for line in filter(lambda line: line.startswith(b"{"), lines):
            message = json.loads(line)
            if message["type"] == "progress":
                self.fraction = message["fraction"]
                stage = _VARIABLE.split(message["text"])[0].strip()
                self.stage = stage or self.stage

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let the run go on for a while, until something is so, or to its end."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.gone() and not until():
            self._hear()
            time.sleep(0.003)

    def gone(self) -> bool:
        """Return whether the engine has ended."""
        if self._process.pid == self.engine:
            return self._process.poll() is not None
        try:
            state = Path(f"/proc/{self.engine}/stat").read_text(encoding="ascii")
        except OSError:
            return True
        return state.rsplit(")", 1)[1].split()[0] == "Z"

    def end(self, number: int) -> float:
        """Strike; return the seconds until the engine was gone, or the limit."""
        self._hear()
        begun = time.monotonic()
        if self.fault == "SIGTERM":
            self._process.terminate()
        elif self.fault == "closed pipe":
            self._close(number)
        else:
            self._process.kill()  # of the parent, where there is one
        deadline = begun + ORPHAN_S
        while time.monotonic() < deadline and not self.gone():
            time.sleep(0.01)
        took = time.monotonic() - begun
        if self.gone():
            self._process.wait(timeout=ORPHAN_S)
        return took

    def _close(self, number: int) -> None:
        # Every fourth time it is the output, whose end shows at the next line only.
        if number % 4 == 3:
            self._process.stdout.close()
        else:
            self._process.stdin.close()
