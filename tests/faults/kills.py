"""Ends runs at random moments, and looks at what is left."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from miaf_qgis.engine.leftovers import remove_leftovers
from tests.faults.jobs import (
    LIMIT_S,
    RUN_ID,
    Job,
    engine,
    errors_of,
    leftovers,
    plain_engine,
    run_whole,
)
from tests.faults.slow import MESSAGE_S, MOVE_S

# What must be gone by then is an orphan.
ORPHAN_S = 5.0
_VARIABLE = re.compile(r"[,'\d]")
KILLS = ("SIGKILL", "SIGTERM", "closed pipe", "QGIS killed")


# Moments at which runs are killed: by the number of the injection.
TIME, MESSAGE, WORK, MOVE = range(4)
_SLOW = {MESSAGE: "messages", MOVE: "moves"}
# To start an engine as the plugin does costs far more than the rest.
_KINDS = (TIME, MESSAGE, WORK, MOVE, MESSAGE, WORK, MOVE, MOVE)
# A run that was over before it could be killed is no kill: it is tried again.
_ATTEMPTS = 6


def strike(job: Job, fault: str, number: int, folder: Path) -> dict[str, Any]:
    """Run a job, end it by `fault` at a random moment, and return what was found."""
    chance = random.Random(f"{job.task} {fault} {number}")
    results, scratch = folder / "results", folder / "scratch"
    for attempt in range(_ATTEMPTS):
        kind = _KINDS[(number + attempt) % len(_KINDS)]
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(job.old, results)
        request = job.request(results, folder / "request.json")
        run = _Run(fault, request, scratch, kind)
        begun = time.monotonic()
        _await(run, kind, chance, job, results)
        moment = time.monotonic() - begun
        done_before = run.gone()
        took = run.end(number)
        if not done_before:
            break
    orphan = not run.gone()
    if orphan:
        os.kill(run.engine, signal.SIGABRT)  # It then says where it was.
        time.sleep(1.0)
    if fault == "SIGKILL":  # As the plugin does; other ends need no help.
        remove_leftovers(RUN_ID, job.targets(results).values())
    found: dict[str, Any] = {
        "fault": fault,
        "task": job.task,
        "number": number,
        "moment_s": round(moment, 2),
        "stage": run.stage,
        "done_before": done_before,
        "results": job.judge(results),
        "leftovers": leftovers(results, job) + _files(scratch),
        "orphan": orphan,
        "seconds": round(took, 2),
    }
    if orphan:
        said = errors_of(scratch)
        found["where"] = said.read_text(encoding="utf-8", errors="replace")[-4000:]
    if job.task == "train" and not done_before:
        found |= _again(job, results, scratch, resume=number % 6 != 5)
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _again(job: Job, results: Path, scratch: Path, *, resume: bool) -> dict[str, Any]:
    """Run a killed training again, with what its next run offers or without."""
    cache = scratch.with_name("checkpoints")
    kept = any(cache.glob("[!.]*.safetensors"))
    _, said = run_whole(job, results, scratch, resume=resume)
    texts = [line["text"] for line in said if line["type"] == "info"]
    starts = ("Continuing the training", "An interrupted run had finished the training")
    gone_on = [text for text in texts if text.startswith(starts)]
    return {
        "asked_to_resume": resume,
        "state_kept": kept,
        "gone_on": gone_on[0] if gone_on else "",
        "resumed_equal": job.judge(results) == "new",
        "left_in_cache": len(list(cache.glob("[!.]*"))) if cache.is_dir() else 0,
    }


def _await(run: _Run, kind: int, chance: random.Random, job: Job, into: Path) -> None:
    """Let a run continue to a random moment: of its time, messages, work or moves."""
    if kind == TIME:
        return run.wait(chance.uniform(0.0, job.plain_seconds))
    begun = time.monotonic()
    if kind == MESSAGE:
        number = chance.randrange(job.messages)
        run.wait(LIMIT_S, lambda: run.messages > number)
        return run.wait(chance.uniform(0.0, MESSAGE_S))
    if kind == WORK:
        run.wait(LIMIT_S, lambda: run.stage not in ("start", "Starting the engine"))
        left = job.seconds - (time.monotonic() - begun)
        return run.wait(chance.uniform(0.0, max(left, 0.2)))
    run.wait(LIMIT_S, lambda: any(into.glob(".miaf-*.kept*")))
    moves = len(list(job.new.iterdir()))
    return run.wait(chance.uniform(0.0, MOVE_S * moves))


def _files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


class _Run:
    """A running engine, with a parent that stands for QGIS where that is killed."""

    def __init__(self, fault: str, request: Path, scratch: Path, kind: int) -> None:
        self.fault, self.stage, self.messages = fault, "start", 0
        self._said = b""
        parent = fault == "QGIS killed"
        if kind == TIME:
            self._process = plain_engine(request, scratch, parent=parent)
        else:
            slowed = _SLOW.get(kind, "")
            self._process = engine(request, scratch, slowed, parent=parent)
        self.engine = self._process.pid
        if parent:
            self.engine = int(self._process.stdout.readline())
        os.set_blocking(self._process.stdout.fileno(), False)

    def _hear(self) -> None:
        """Find the stage that the run is in."""
        self._said += self._process.stdout.read() or b""
        *lines, self._said = self._said.split(b"\n")
        for line in filter(lambda line: line.startswith(b"{"), lines):
            message = json.loads(line)
            self.messages += message["type"] in ("info", "progress")
            if message["type"] == "progress":
                stage = _VARIABLE.split(message["text"])[0].strip()
                self.stage = stage or self.stage

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let the run continue for a while, until something is so, or to its end."""
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
        # Half the time it is the output alone.
        if number // 4 % 2:
            self._process.stdout.close()
        else:
            self._process.stdin.close()
