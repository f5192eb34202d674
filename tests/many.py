"""A list of tiny scenes with a model, and ways to disturb the workers that map them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyManyRequest, ClassifyRequest
from miaf_engine.tasks.classify.classify import classify
from miaf_engine.tasks.train.train import train
from miaf_engine.tasks.workers.doing import do_task
from miaf_engine.tasks.workers.jobs import Answers, Job
from tests import scenes, tiny
from tests.repository import ROOT

# A worker that a step of the test changes before it serves.
WORKER = """
import os, signal, sys
from pathlib import Path
from miaf_engine.process import task_worker
{change}
os._exit(task_worker.main())
"""
# All is written under temporary names; the first worker on scene b gets no further.
DIES_BEFORE_THE_MOVE = """
from miaf_engine.tasks.classify_many import one_scene
whole = one_scene.classify_with
def dying(model, request, progress):
    result = whole(model, request, progress)
    flag = Path(request.output).with_name("died")
    if request.cube.endswith("b.tif") and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return result
one_scene.classify_with = dying
"""
# The outputs are in place, but nobody hears of it.
DIES_BEFORE_THE_ANSWER = """
from miaf_engine.process.worker import LineProgress
whole = LineProgress.emit
def dying(self, kind, /, **fields):
    if kind == "answer":
        try:  # One of two that answer at the same time.
            Path({folder!r}, "died").touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)
        except FileExistsError:
            pass
    whole(self, kind, **fields)
LineProgress.emit = dying
"""
DIES_EACH_TIME = DIES_BEFORE_THE_MOVE.replace("and not flag.exists()", "")
# The first worker that has mapped the tile dies before its file is there.
DIES_AT_A_TILE = """
from miaf_engine.tasks.classify import one_tile
whole = one_tile.write_arrays
def dying(path, arrays):
    flag = Path({folder!r}, "died")
    if path.endswith("tile_000003.npz") and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    whole(path, arrays)
one_tile.write_arrays = dying
"""
DIES_AT_A_TILE_EACH_TIME = DIES_AT_A_TILE.replace("and not flag.exists()", "")
FAILS_AT_A_TILE = """
from miaf_engine.errors import FileError
from miaf_engine.tasks.classify import one_tile
whole = one_tile.write_arrays
def failing(path, arrays):
    if path.endswith("tile_000003.npz"):
        raise FileError("The disk is full.", hint="Free some.")
    whole(path, arrays)
one_tile.write_arrays = failing
"""
NO_NETWORK = """
FORBIDDEN = {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind",
             "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
             "pickle.find_class"}
def forbid(event, details):
    if event in FORBIDDEN:
        raise RuntimeError(f"forbidden: {event} {details}")
sys.addaudithook(forbid)
"""


class InThisProcess:
    """Does jobs one after the other, where a test is not about worker processes."""

    device = "cpu"

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def answers(self, jobs: Sequence[Job], _progress: Progress) -> Answers:
        for job in jobs:
            yield job, {**do_task(job.task), "attempts": 1}


def worker_command(change: str, folder: Path) -> tuple[str, ...]:
    """Return the command of a worker that `change` disturbs."""
    text = WORKER.replace("{change}", change.replace("{folder!r}", repr(str(folder))))
    return (sys.executable, "-c", text)


def write_model(folder: Path) -> str:
    """Train a model on the tiny scene; return its file."""
    path = str(folder / "model.miaf.safetensors")
    train(TrainRequest(**tiny.inputs(folder), model=path), SILENT)
    return path


def write_list(folder: Path, names: str = "abcd", bad: str = "") -> str:
    """Write scenes and their list; those of `bad` lack bands. Return the list."""
    lines = ["\ufeff# scenes", ""]
    for seed, name in enumerate(names):
        values = tiny.cube(seed=seed)
        scenes.write_tif(
            folder / f"{name}.tif", values[:5] if name in bad else values, tiny.grid()
        )
        lines.append(f"  {name}.tif")
    path = folder / "list.txt"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return str(path)


def asked(model: str, scene_list: str, folder: Path, **more: object):
    """Return a request for maps and probabilities."""
    given = {"probabilities": True, "device": "cpu", "workers": 2, **more}
    return ClassifyManyRequest(scene_list, model, str(folder), **given)


def serial(model: str, folder: Path, name: str) -> dict[str, bytes]:
    """Classify a scene by itself; return the files under the names of many."""
    alone = folder / "alone"
    alone.mkdir(exist_ok=True)
    outputs = {
        "output": str(alone / f"{name}_map.tif"),
        "probabilities": str(alone / f"{name}_probabilities.tif"),
    }
    cube = str(folder / f"{name}.tif")
    classify(ClassifyRequest(cube, model, device="cpu", **outputs), SILENT)
    return {path.name: path.read_bytes() for path in alone.glob(f"{name}_*")}


def written(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but the summary."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if "summary" not in path.name and path.name != "died"
    }


def table(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the summary."""
    text = (folder / "list_summary.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@contextmanager
def dask_cluster() -> Iterator[Any]:
    """Give two worker processes with a thread each, on this machine alone."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


def at_first(
    pattern: str, folder: Path, action: Callable[[], object], within_s: float
) -> threading.Thread:
    """Do something, in a thread, once a file in a folder matches a pattern."""

    def wait() -> None:
        until = time.monotonic() + within_s
        while not list(folder.glob(pattern)) and time.monotonic() < until:
            time.sleep(0.02)
        action()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


@contextmanager
def at_work(
    *words: str, begun: Callable[[], object], seconds: float
) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Start the engine with workers of one thread; it is killed at the end.

    Args:
        words: Of the command line.
        begun: Whether a worker is at work.
        seconds: When to give up on that.

    Yields:
        The process, once a worker is at work, and the numbers of its workers.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "miaf_engine", *words],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + seconds
    try:
        while not begun():
            assert time.monotonic() < until
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.02)
        yield process, children(process.pid)
    finally:
        process.kill()
        process.communicate()


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that live."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(part) for part in text.split()]


def lives(pid: int) -> bool:
    """Return whether a process is there and has not ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
