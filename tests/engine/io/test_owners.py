"""What dead processes left is removed by the next run there, and nothing else is."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from miaf_engine.io import move_journal, owners
from miaf_engine.io.outputs import check_writable, pending, release_folders, run_id
from tests.repository import ROOT

RUN = "deadbeef01"
WORK = """
import sys, time
from pathlib import Path
from miaf_engine.io import outputs
outputs.set_run_id(sys.argv[1])
with outputs.together():
    for target in sys.argv[2:]:
        with outputs.pending(target) as temporary:
            temporary.write_text("half")
            Path(f"{temporary}.aux.xml").write_text("half")
    print("writing", flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def notes(tmp_path, monkeypatch):
    folder = tmp_path / "notes"
    monkeypatch.setenv(owners.FOLDER_VARIABLE, str(folder))
    release_folders()
    yield folder
    release_folders()


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "place"
    path.mkdir()
    return path


def started(*targets, own=RUN):
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, own, *map(str, targets)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline().strip() == b"writing"
    return process


def killed(process):
    process.kill()
    process.wait()
    process.stdout.close()


def hidden(folder):
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".miaf"))


def test_the_next_run_removes_what_a_killed_one_left(place, notes):
    process = started(place / "a.tif")
    other = place / ".miaf-strangers01-a.tif"
    other.write_text("not ours")
    assert len(hidden(place)) == 3
    check_writable(place / "b.tif")
    assert len(hidden(place)) == 3  # its owner lives
    release_folders()
    killed(process)
    assert (notes / f"{RUN}.run").exists()
    check_writable(place / "b.tif")
    assert hidden(place) == [other.name]
    assert sorted(p.name for p in notes.iterdir()) == [f"{run_id()}.run"]


def test_a_run_elsewhere_leaves_it_alone(place, tmp_path, notes):
    killed(started(place / "a.tif"))
    (tmp_path / "other").mkdir()
    check_writable(tmp_path / "other" / "b.tif")
    assert len(hidden(place)) == 2
    assert (notes / f"{RUN}.run").exists()


def half_moved(place, run=RUN):
    """Leave two groups of which one is in place: new beside old, and a note of it."""
    for name in ("a.tif", "b.tif"):
        (place / name).write_text(f"old {name}")
        temporary = place / f".miaf-{run}-{name}"
        temporary.write_text(f"new {name}")
        os.link(place / name, f"{temporary}.kept0")
    moves = [
        move_journal.Move(
            place / f".miaf-{run}-{name}",
            place / name,
            {place / name: place / f".miaf-{run}-{name}.kept0"},
        )
        for name in ("a.tif", "b.tif")
    ]
    move_journal.write(moves)
    (place / f".miaf-{run}-a.tif").replace(place / "a.tif")
    assert (place / "a.tif").read_text() == "new a.tif"


def note_of_the_dead(notes, *folders, run=RUN):
    notes.mkdir(exist_ok=True)
    lines = [json.dumps(os.path.realpath(folder)) for folder in folders]
    (notes / f"{run}.run").write_text("\n".join(lines) + "\n")


def test_half_moves_of_a_dead_run_are_undone_in_all_its_folders(place, notes, tmp_path):
    second = tmp_path / "second"
    second.mkdir()
    half_moved(place)
    half_moved(second)
    note_of_the_dead(notes, place, second)
    with pending(place / "c.tif") as temporary:
        temporary.write_text("c")
        for folder in (place, second):
            for name in ("a.tif", "b.tif"):
                assert (folder / name).read_text() == f"old {name}"
            assert [n for n in hidden(folder) if RUN in n] == []
    assert (place / "c.tif").read_text() == "c"


def test_a_note_of_moves_that_nobody_here_made_moves_nothing(place, notes):
    """It may come from a stranger, with the folder."""
    half_moved(place)
    check_writable(place / "c.tif")
    assert (place / "a.tif").read_text() == "new a.tif"
    assert len(hidden(place)) == 4


def test_an_id_that_begins_like_that_of_the_dead_is_another(place, notes):
    (place / f".miaf-{RUN}9-a.tif").write_text("of a living one")
    note_of_the_dead(notes, place)
    check_writable(place / "c.tif")
    assert hidden(place) == [f".miaf-{RUN}9-a.tif"]


def test_notes_that_are_damaged_or_old_stop_nothing(place, notes, tmp_path):
    notes.mkdir()
    (notes / "damaged001.run").write_text("no json\n")
    (notes / "numbers001.run").write_text("5\n")
    (notes / "no note.run").write_text("")
    old = notes / "ancient001.run"
    old.write_text(json.dumps(str(tmp_path / "gone")) + "\n")
    past = time.time() - (owners.KEEP_DAYS + 1) * 86_400
    os.utime(old, (past, past))
    check_writable(place / "c.tif")
    assert not old.exists()
    assert (notes / "numbers001.run").exists()


def test_without_a_cache_folder_a_run_goes_on(place, notes, monkeypatch):
    blocked = notes.with_name("file")
    blocked.write_text("")
    monkeypatch.setenv(owners.FOLDER_VARIABLE, str(blocked / "notes"))
    with pending(place / "a.txt") as temporary:
        temporary.write_text("a")
    assert (place / "a.txt").read_text() == "a"


def test_a_folder_is_claimed_once_and_the_note_goes_at_the_end(place, notes):
    for name in ("a.txt", "b.txt"):
        with pending(place / name) as temporary:
            temporary.write_text(name)
    note = notes / f"{run_id()}.run"
    assert note.read_text() == json.dumps(os.path.realpath(place)) + "\n"
    release_folders()
    assert list(notes.iterdir()) == []


SIGNALS = [n for n in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT") if hasattr(signal, n)]
STUCK = """
import ctypes, sys, time
from miaf_engine.process import command_line
from miaf_engine import tasks
from miaf_engine.io import outputs

def stuck(request, progress):
    with outputs.pending(sys.argv[1]) as temporary:
        temporary.write_text("half")
        print("writing", flush=True)
        if sys.argv[2] == "library":
            ctypes.CDLL(None).poll(None, 0, 600_000)  # begins again after a signal
            while True:
                ctypes.CDLL(None).poll(None, 0, 600_000)
        for _ in range(6000):
            progress.step(0.5)
            time.sleep(0.1 if sys.argv[2] == "steps" else 600)

tasks.carry_out = stuck
command_line._PATIENCE_S = 1.0
sys.exit(command_line.main(["inspect", "--cube", "x"]))
"""


def run_stuck(target, how, before=None):
    return subprocess.Popen(
        [sys.executable, "-c", STUCK, str(target), how],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", ["steps", "sleeps", "library"])
@pytest.mark.parametrize("name", SIGNALS)
def test_each_signal_ends_a_run_in_order(place, name, how):
    """At the next step; and where there is none, as in a library, after a while."""
    process = run_stuck(place / "a.tif", how)
    assert process.stdout.readline() == "writing\n"
    process.send_signal(getattr(signal, name))
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 3
    assert errors.startswith("Cancelled;") and errors.count("\n") == 1
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_second_signal_ends_at_once(place):
    process = run_stuck(place / "a.tif", "sleeps")
    process.stdout.readline()
    begun = time.monotonic()
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
    process.communicate(timeout=30)
    assert process.returncode == 3 and time.monotonic() - begun < 0.9
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_nohup_ignores_stays_ignored(place):
    process = run_stuck(
        place / "a.tif",
        "steps",
        lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
@pytest.mark.parametrize("given", ["model", "list"])
def test_a_model_and_a_list_that_are_pipes_are_not_waited_for(tmp_path, given):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    other = tmp_path / "other"
    other.write_text("a.tif\n")
    model, scenes = (pipe, other) if given == "model" else (other, pipe)
    command = ["classify-many", str(scenes), "--model", str(model)]
    done = subprocess.run(
        [sys.executable, "-m", "miaf_engine", *command, "--output-folder", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "is a device or a pipe" in done.stderr and "on a disk" in done.stderr
    assert not Path(tmp_path / "out").exists() or given == "model"
