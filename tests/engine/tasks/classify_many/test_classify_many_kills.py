"""Workers and runs that are killed or cancelled: nothing is damaged or left."""

import random
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from miaf_engine.errors import ModelFormatError, WorkerError
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.workers import local as worker_process
from tests import many, scenes, tiny
from tests.scenes import Recorder

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def all_serial(model, folder, names):
    found = {}
    for name in names:
        found |= many.serial(model, folder, name)
    return found


@posix
@pytest.mark.parametrize(
    "change", [many.DIES_BEFORE_THE_MOVE, many.DIES_BEFORE_THE_ANSWER]
)
def test_a_killed_worker_costs_no_map(model, tmp_path, monkeypatch, change):
    out, recorder = tmp_path / "out", Recorder()
    command = many.worker_command(change, out)
    monkeypatch.setattr(worker_process, "_COMMAND", command)
    request = many.asked(model, many.write_list(tmp_path), out)
    figures = carry_out(request, recorder)["figures"]
    assert (out / "died").exists()
    assert (figures["done_count"], figures["failed_count"]) == (4, 0)
    assert many.written(out) == all_serial(model, tmp_path, "abcd")
    rows = many.table(out)
    assert [Path(row["scene"]).stem for row in rows] == [*"abcd"]
    assert sorted(row["attempts"] for row in rows) == ["1", "1", "1", "2"]
    assert sum("SIGKILL" in text for text in recorder.warnings) == 1


@posix
def test_a_scene_that_ends_its_workers_is_given_up(model, tmp_path, monkeypatch):
    out = tmp_path / "out"
    command = many.worker_command(many.DIES_EACH_TIME, out)
    monkeypatch.setattr(worker_process, "_COMMAND", command)
    request = many.asked(model, many.write_list(tmp_path), out, workers=1)
    figures = carry_out(request, Recorder())["figures"]
    assert (figures["done_count"], figures["failed_count"]) == (3, 1)
    rows = {Path(row["scene"]).stem: row for row in many.table(out)}
    assert rows["b"]["attempts"] == str(worker_process.MOST_CRASHES)
    assert "SIGKILL" in rows["b"]["error"]
    assert many.written(out) == all_serial(model, tmp_path, "acd")


@posix
@pytest.mark.parametrize("seed", range(1))
def test_kills_at_random_moments(model, tmp_path, monkeypatch, seed):
    """The first worker that is given a scene is killed at once, and others may be
    within a third of a second, at most once a scene, so that none is given up."""
    chance, struck, timers = random.Random(seed), set(), []
    send = worker_process.WorkerProcess.send

    def sent(self, values):
        send(self, values)
        cube = values.get("request", {}).get("cube")
        if cube and cube not in struck:
            struck.add(cube)
            wait = chance.uniform(0, 0.3) if len(struck) > 1 else 0.0
            timer = threading.Timer(wait, self._process.kill)
            timers.append(timer)
            timer.start()

    monkeypatch.setattr(worker_process, "MOST_CRASHES", 5)
    monkeypatch.setattr(worker_process.WorkerProcess, "send", sent)
    out, recorder = tmp_path / "out", Recorder()
    request = many.asked(model, many.write_list(tmp_path), out)
    try:
        carry_out(request, recorder)
    finally:
        for timer in timers:
            timer.cancel()
    assert len(struck) == 4
    assert any("SIGKILL" in text for text in recorder.warnings)
    assert many.written(out) == all_serial(model, tmp_path, "abcd")
    assert [row["outcome"] for row in many.table(out)] == ["done"] * 4


def test_workers_that_cannot_begin_end_the_run(model, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(worker_process, "_COMMAND", (sys.executable, "-c", "exit(5)"))
    request = many.asked(model, many.write_list(tmp_path), out)
    with pytest.raises(WorkerError, match=r"before they were ready \(exit code 5\)"):
        carry_out(request, Recorder())
    assert {row["outcome"] for row in many.table(out)} == {"not run"}


def test_a_model_that_cannot_be_loaded_ends_the_run(model, tmp_path):
    damaged = tmp_path / "damaged.miaf.safetensors"
    damaged.write_bytes(Path(model).read_bytes()[:-100])
    request = many.asked(str(damaged), many.write_list(tmp_path), tmp_path / "out")
    with pytest.raises(ModelFormatError):
        carry_out(request, Recorder())


def test_workers_ask_nothing_of_a_network(model, tmp_path, monkeypatch):
    out = tmp_path / "out"
    command = many.worker_command(many.NO_NETWORK, out)
    monkeypatch.setattr(worker_process, "_COMMAND", command)
    request = many.asked(model, many.write_list(tmp_path, "a"), out)
    assert carry_out(request, Recorder())["figures"]["done_count"] == 1


@pytest.fixture
def at_work(model, tmp_path):
    """Start a run over scenes that take seconds; give it with its workers."""
    folder = tmp_path / "large"
    folder.mkdir()
    for name in "abcd":
        values = tiny.cube(480, 600, seed=ord(name))
        scenes.write_tif(folder / f"{name}.tif", values, scenes.grid(480, 600))
    (folder / "list.txt").write_text("a.tif\nb.tif\nc.tif\nd.tif\n")
    out = tmp_path / "out"
    words = [
        *("classify-many", str(folder / "list.txt"), "--model", model),
        *("--workers", "2", "--output-folder", str(out), "--device", "cpu"),
    ]

    def begun():
        return list(out.glob(".miaf-*map.tif"))

    with many.at_work(*words, begun=begun, seconds=120) as (process, workers):
        yield process, workers, out


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_cancel_ends_all_and_leaves_whole_files(at_work, number):
    process, workers, out = at_work
    assert len(workers) == 2
    process.send_signal(number)
    asked = time.monotonic()
    errors = process.communicate(timeout=30)[1]
    took = time.monotonic() - asked
    assert process.returncode == 3
    assert not any(map(many.lives, workers))
    assert not list(out.glob(".*"))
    assert "Cancelled;" in errors
    assert took < 10  # Two seconds on a machine that does nothing else.
    done = [row for row in many.table(out) if row["outcome"] == "done"]
    assert len(done) == len(list(out.glob("*_map.tif"))) < 4


@linux
def test_workers_end_when_the_run_is_killed(at_work):
    process, workers, out = at_work
    process.kill()
    process.wait()
    until = time.monotonic() + 30
    while any(map(many.lives, workers)):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert not list(out.glob(".*"))


DIES_BETWEEN_MOVES = """
from miaf_engine.io import moves
whole = moves._replace
def dying(source, place):
    whole(source, place)
    flag = Path({folder!r}, "died")
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
moves._replace = dying
"""


@posix
def test_a_worker_killed_between_two_moves(model, tmp_path, monkeypatch):
    """The first of a scene's files is in place, the others are not."""
    out, recorder = tmp_path / "out", Recorder()
    request = many.asked(model, many.write_list(tmp_path, "ab"), out, again=True)
    carry_out(request, recorder)
    command = many.worker_command(DIES_BETWEEN_MOVES, out)
    monkeypatch.setattr(worker_process, "_COMMAND", command)
    assert carry_out(request, recorder)["figures"]["done_count"] == 2
    assert sum("SIGKILL" in text for text in recorder.warnings) == 1
    assert many.written(out) == all_serial(model, tmp_path, "ab")
