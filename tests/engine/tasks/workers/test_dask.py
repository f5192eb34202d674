"""Many scenes through a Dask scheduler, where Dask is installed: the same bytes."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from miaf_engine.errors import DependencyError, WorkerError
from miaf_engine.tasks import carry_out
from tests import many, scenes, tiny
from tests.repository import ROOT
from tests.scenes import Recorder


def request_of(model, cluster, folder, out, **more):
    scene_list = many.write_list(folder, **more)
    address = cluster.scheduler_address
    return many.asked(model, scene_list, out, workers=0, scheduler=address)


def serial(model, folder, names):
    found = {}
    for name in names:
        found |= many.serial(model, folder, name)
    return found


def test_a_scheduler_gives_the_bytes_of_single_runs(model, cluster, tmp_path):
    out = tmp_path / "out"
    request = request_of(model, cluster, tmp_path, out, bad="c")
    figures = carry_out(request, Recorder())["figures"]
    assert (figures["done_count"], figures["failed_count"]) == (3, 1)
    assert many.written(out) == serial(model, tmp_path, "abd")
    outcomes = [row["outcome"] for row in many.table(out)]
    assert outcomes == ["done", "done", "failed", "done"]
    scenes.write_tif(tmp_path / "c.tif", tiny.cube(seed=2), tiny.grid())
    figures = carry_out(request, Recorder())["figures"]
    assert (figures["done_count"], figures["kept_count"]) == (1, 3)
    assert many.written(out) == serial(model, tmp_path, "abcd")


def large(folder):
    """Replace the scenes by some that take seconds."""
    for seed, name in enumerate("abcd"):
        values = tiny.cube(480, 600, seed=seed)
        scenes.write_tif(folder / f"{name}.tif", values, scenes.grid(480, 600))


def at_first_file(out, action):
    """Do something, in a thread, once a worker has begun to write."""
    return many.at_first(".miaf-*map.tif", out, action, within_s=120)


def test_a_killed_worker_of_a_scheduler_costs_no_map(model, cluster, tmp_path):
    out = tmp_path / "out"
    request = request_of(model, cluster, tmp_path, out)
    large(tmp_path)
    nanny = next(iter(cluster.workers.values()))
    killer = at_first_file(out, lambda: nanny.process.process._process.kill())
    figures = carry_out(request, Recorder())["figures"]
    killer.join()
    assert (figures["done_count"], figures["failed_count"]) == (4, 0)
    assert many.written(out) == serial(model, tmp_path, "abcd")
    assert len(many.table(out)) == 4


def test_a_cancel_is_heard_by_the_workers_of_a_scheduler(model, cluster, tmp_path):
    out, recorder = tmp_path / "out", Recorder()
    request = request_of(model, cluster, tmp_path, out)
    large(tmp_path)
    asked = threading.Event()
    recorder.cancelled = asked.is_set
    canceller = at_first_file(out, asked.set)
    with pytest.raises(Exception, match="continues with the others"):
        carry_out(request, recorder)
    canceller.join()
    assert not list(out.glob(".*"))
    done = [row for row in many.table(out) if row["outcome"] == "done"]
    assert len(done) == len(list(out.glob("*_map.tif"))) < 4
    time.sleep(3)  # What still ran on a worker has ended without writing.
    assert len(list(out.glob("*_map.tif"))) == len(done)
    assert not list(out.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_scheduler_leaves_no_files_and_one_sentence(model, tmp_path):
    """Its workers let go what they were writing; nothing of Dask's own is shown."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    out, facts = tmp_path / "out", tmp_path / "scheduler.json"
    scene_list = many.write_list(tmp_path)
    large(tmp_path)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    quiet = {"env": environment, "cwd": tmp_path, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-c", "from dask.__main__ import main; main()"]
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--port", "0", *here, "--scheduler-file", str(facts)],
        **quiet,
    )
    workers = None
    try:
        until = time.monotonic() + 60
        while not facts.is_file() and time.monotonic() < until:
            time.sleep(0.05)
        address = json.loads(facts.read_text())["address"]
        workers = subprocess.Popen(
            [*dask, "worker", address, "--nworkers", "2", "--nthreads", "1", *here],
            **quiet,
        )
        killer = at_first_file(out, scheduler.kill)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "miaf_engine", "classify-many", scene_list),
                *("--model", model, "--output-folder", out, "--scheduler", address),
            ],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=200,
        )
        killer.join()
        until = time.monotonic() + 30
        while list(out.glob(".*")) and time.monotonic() < until:
            time.sleep(0.1)
        assert done.returncode == 1
        lines = done.stderr.splitlines()
        assert lines[-1].startswith(
            "Error: The Dask scheduler has stopped. Start it again"
        )
        assert not [line for line in lines[:-1] if "Scenes to classify" not in line]
        assert not list(out.glob(".*"))
    finally:
        for process in filter(None, (scheduler, workers)):
            process.terminate()
            process.wait(30)


def test_a_scheduler_that_does_not_answer(model, tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="Dask is not installed")
    monkeypatch.setattr("miaf_engine.tasks.workers.dask._CONNECT_S", 1)
    scene_list = many.write_list(tmp_path, "a")
    for address in ("tcp://127.0.0.1:1", "nothing://x", ""):
        request = many.asked(model, scene_list, tmp_path / "out", scheduler=address)
        with pytest.raises(WorkerError, match="There is no Dask scheduler"):
            carry_out(request, Recorder())


def test_without_dask_a_sentence_says_what_to_install(model, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    scene_list = many.write_list(tmp_path, "a")
    request = many.asked(model, scene_list, tmp_path / "out", scheduler="tcp://x:1")
    with pytest.raises(DependencyError, match="distributed") as caught:
        carry_out(request, Recorder())
    assert "Without --scheduler" in caught.value.hint
