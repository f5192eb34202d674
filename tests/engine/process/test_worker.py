"""The engine as a process: its lines, its exit codes, and how it stops."""

import errno
import io
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from miaf_engine.errors import (
    ConfigError,
    CubeError,
    DependencyError,
    MemoryShortError,
    ModelFormatError,
    as_user_error,
)
from miaf_engine.process import worker
from miaf_engine.process import worker as request_file
from miaf_engine.process.worker import LineProgress, read_request
from tests import tiny
from tests.repository import ROOT

ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}
FOREVER = 100_000
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    return tiny.inputs(tmp_path_factory.mktemp("wörker inputs"))


@pytest.fixture
def envelope(given, tmp_path):
    """Write a request file; return its path."""

    def write(task="train", epochs=3, **more):
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        request = {
            **given,
            "model": str(folder / "model.miaf.safetensors"),
            "output": str(folder / "map.tif"),
            "settings": tiny.SMALL | {"epochs": epochs},
        }
        content = {
            "format": "miaf-request",
            "version": 1,
            "task": task,
            "run_id": "abcdef0123456789",
            "log": str(tmp_path / "engine.log"),
            "request": request,
        }
        path = tmp_path / "request.json"
        path.write_text(json.dumps(content | more), encoding="utf-8")
        return path

    return write


@pytest.fixture
def start():
    """Start the worker; return the process and a queue of its lines."""
    started = []

    def run(path, *prefix):
        process = subprocess.Popen(
            [sys.executable, *(prefix or ("-m", "miaf_engine")), "run", str(path)],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        lines = queue.Queue()
        # A queue, so that a test waits for a line with a limit.
        reader = threading.Thread(
            target=lambda: [*map(lines.put, process.stdout), lines.put(None)]
        )
        reader.start()
        started.append((process, reader))
        return process, lines

    yield run
    for process, reader in started:
        process.kill()
        process.wait()
        reader.join()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def rest(lines):
    """Return the lines up to the end, each parsed."""
    return [json.loads(line) for line in iter(lambda: lines.get(timeout=60), None)]


def wait_for(lines, text):
    """Return the first line that holds `text`."""
    last = None
    while (line := lines.get(timeout=60)) is not None:
        if text in json.loads(line).get("text", ""):
            return line
        last = line
    raise AssertionError(f"the worker ended without '{text}': {last}")


def test_a_training_in_lines(envelope, start, tmp_path):
    process, lines = start(envelope())
    process.stdin.write(b"\x00\xff garbage\n\ncancelled?\nnot cancel\n{}\n")
    process.stdin.flush()
    found = rest(lines)
    assert process.wait(timeout=10) == 0
    kinds = [line["type"] for line in found]
    known = {"progress", "info", "warning", "alive", "epoch", "kept", "result"}
    assert set(kinds) <= known
    assert "epoch" in kinds
    assert kinds.count("result") == 1
    assert kinds[-1] == "result"
    fractions = [line["fraction"] for line in found if line["type"] == "progress"]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0]
    assert fractions[-1] <= 1
    result = found[-1]
    assert set(result) == {"type", "outputs", "figures"}
    assert set(result["outputs"]) == {"model", "output"}
    assert result["figures"]["epochs"] == 3
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"model.miaf.safetensors", "map.tif", "map.tif.aux.xml"}
    log = (tmp_path / "engine.log").read_text(encoding="utf-8")
    assert "task train" in log
    assert log.rstrip().endswith("done")


STOPS = {
    "line": lambda process: (process.stdin.write(b"cancel\n"), process.stdin.flush()),
    "windows line": lambda p: (p.stdin.write(b"x\r\ncancel\r\n"), p.stdin.flush()),
    "end of file": lambda process: process.stdin.close(),
    "SIGTERM": lambda process: process.send_signal(signal.SIGTERM),
    "SIGINT": lambda process: process.send_signal(signal.SIGINT),
}


@pytest.mark.parametrize("how", STOPS)
def test_cancel_in_training_leaves_nothing(envelope, start, tmp_path, how):
    if how.startswith("SIG") and sys.platform == "win32":
        pytest.skip("POSIX signals")
    process, lines = start(envelope(epochs=FOREVER))
    wait_for(lines, "Training, epoch")
    asked = time.monotonic()
    STOPS[how](process)
    assert process.wait(timeout=10) == 3
    assert time.monotonic() - asked < 2.0
    assert list((tmp_path / "out").iterdir()) == []
    assert not [line for line in rest(lines) if line["type"] in ("result", "error")]
    assert "cancelled" in (tmp_path / "engine.log").read_text(encoding="utf-8")


def test_cancel_at_the_very_start(envelope, start, tmp_path):
    process, _ = start(envelope(epochs=FOREVER))
    process.stdin.write(b"cancel\n")
    process.stdin.close()
    assert process.wait(timeout=20) == 3
    assert list((tmp_path / "out").iterdir()) == []


STUCK = """
import sys, time
from pathlib import Path
from miaf_engine import tasks
from miaf_engine.process import worker
from miaf_engine.io.outputs import pending

def stuck(request, progress):
    with pending(request.model) as temporary:
        Path(temporary).write_bytes(b"half")
        progress.info("stuck")
        while True:
            time.sleep(0.1)

tasks.carry_out = stuck
sys.exit(worker.run(sys.argv[2]))
"""


def test_a_step_that_does_not_look_is_ended_in_time(envelope, start, tmp_path):
    process, lines = start(envelope(), "-c", STUCK)
    wait_for(lines, "stuck")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [
        ".miaf-abcdef0123456789-model.miaf.safetensors"
    ]
    asked = time.monotonic()
    process.stdin.close()
    assert process.wait(timeout=10) == 3
    assert time.monotonic() - asked < 2.0
    assert list((tmp_path / "out").iterdir()) == []


@posix
def test_kill_leaves_no_file_at_a_target_name(envelope, start, tmp_path):
    process, lines = start(envelope(epochs=FOREVER))
    wait_for(lines, "Training, epoch")
    process.kill()
    assert process.wait(timeout=10) == -signal.SIGKILL
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert all(name.startswith(".miaf-abcdef0123456789-") for name in names)


FROZEN = """
import hashlib, sys
from miaf_engine import tasks
from miaf_engine.process import worker

def frozen(request, progress):
    progress.info("frozen")
    hashlib.pbkdf2_hmac("sha256", b"a", b"b", 10**9)  # no handler runs meanwhile

tasks.carry_out = frozen
sys.exit(worker.run(sys.argv[2]))
"""


@posix
def test_a_signal_is_heard_while_a_library_computes(envelope, start):
    process, lines = start(envelope(), "-c", FROZEN)
    wait_for(lines, "frozen")
    time.sleep(0.2)
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 3
    assert time.monotonic() - asked < 2.0


@posix
def test_whoever_reads_no_more_ends_it_though_nothing_is_said(envelope, start):
    """Found by `make faults`: the next sign of life, and the end, came too late."""
    process = subprocess.Popen(
        [sys.executable, "-c", FROZEN, "run", str(envelope())],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,  # Its end would be a cancel too: it stays open.
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        while b"frozen" not in process.stdout.readline():
            assert process.poll() is None
        process.stdout.close()
        asked = time.monotonic()
        assert process.wait(timeout=10) == 3
        assert time.monotonic() - asked < 2.5  # Signs of life are five seconds apart.
    finally:
        process.kill()
        process.stdin.close()


@posix
def test_it_says_that_it_lives_while_a_library_computes(envelope, start):
    slow = "import miaf_engine.process.worker as w; w.ALIVE_S = 0.2\n" + FROZEN
    process, lines = start(envelope(), "-c", slow)
    wait_for(lines, "frozen")
    beats = [json.loads(lines.get(timeout=30)) for _ in range(5)]
    # It is busy, and says so, in tenths of a second: on a loaded machine a few signs of
    # life may share one.
    while beats[-1]["cpu_seconds"] == beats[0]["cpu_seconds"] and len(beats) < 500:
        beats.append(json.loads(lines.get(timeout=30)))
    assert {beat["type"] for beat in beats} == {"alive"}
    used = [beat["cpu_seconds"] for beat in beats]
    assert used == sorted(used)
    assert used[-1] > used[0]
    process.stdin.close()
    assert process.wait(timeout=60) == 3


def test_a_sign_of_life_never_follows_the_result():
    stream = io.StringIO()
    progress = LineProgress(stream, lambda _: None)
    progress.alive()
    progress.finished = True
    progress.emit("result", outputs={}, figures={})
    progress.alive()
    kinds = [json.loads(line)["type"] for line in stream.getvalue().splitlines()]
    assert kinds == ["alive", "result"]


def test_epoch_lines_are_few_and_those_with_an_accuracy_all_there():
    stream = io.StringIO()
    progress = LineProgress(stream, lambda _: None)
    for number in range(1, 501):
        accuracy = 0.5 if number % 100 == 0 else None
        progress.epoch(number, 500, 1.0 / number, accuracy, "Fold 1 of 2: ")
    progress.kept(500, "Fold 1 of 2: ")
    *epochs, kept = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(epochs) < 20
    assert [e["number"] for e in epochs if e["accuracy"]] == [100, 200, 300, 400, 500]
    assert epochs[0] == {
        **{"type": "epoch", "number": 1, "count": 500, "stage": "Fold 1 of 2"},
        **{"loss": 1.0, "accuracy": None},
    }
    assert kept == {"type": "kept", "number": 500, "stage": "Fold 1 of 2"}


@pytest.mark.parametrize("end", [": ", "\u00a0: ", "\uff1a"])
def test_lines_name_a_stage_without_its_colon_in_any_language(end):
    stream = io.StringIO()
    progress = LineProgress(stream, lambda _: None)
    progress.epoch(1, 1, 0.5, None, "1 / 2" + end)
    progress.kept(1, "1 / 2" + end)
    progress.preview(1, "1 / 2" + end)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["type"] for line in lines] == ["epoch", "kept", "preview"]
    assert {line["stage"] for line in lines} == {"1 / 2"}


SLOW_END = """
import atexit, sys, time
from miaf_engine import tasks
from miaf_engine.process import worker

atexit.register(time.sleep, 2.5)
tasks.carry_out = lambda request, progress: {"outputs": {}, "figures": {}}
sys.exit(worker.run(sys.argv[2]))
"""


def test_end_of_input_after_the_result_is_no_cancel(envelope, start):
    process, lines = start(envelope(), "-c", SLOW_END)
    while json.loads(lines.get(timeout=30))["type"] != "result":
        pass
    process.stdin.close()
    assert process.wait(timeout=10) == 0


DEFECT = """
import os, sys
from miaf_engine import tasks
from miaf_engine.process import worker

def broken(request, progress):
    print("a library prints")
    sys.stdout.write("and writes\\n")
    os.write(1, b"even below Python\\n")
    raise ZeroDivisionError("no such luck")

tasks.carry_out = broken
sys.exit(worker.run(sys.argv[2]))
"""


def test_a_defect_is_one_line_and_prints_stay_out_of_it(envelope, start, tmp_path):
    process, lines = start(envelope(), "-c", DEFECT)
    found = rest(lines)
    assert process.wait(timeout=10) == 2
    assert [line["type"] for line in found] == ["progress", "error"]
    assert found[-1]["kind"] == "Defect"
    assert "no such luck" in found[-1]["message"]
    noise = process.stderr.read()
    for text in (
        b"a library prints",
        b"and writes",
        b"even below Python",
        b"Traceback",
    ):
        assert text in noise
    log = (tmp_path / "engine.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "ZeroDivisionError" in log


def test_signals_are_heard_where_a_pipe_cannot_be_made_non_blocking(monkeypatch):
    """Windows before Python 3.12 has no `os.set_blocking`."""
    pipes, cancelled = [], threading.Event()
    monkeypatch.delattr(os, "set_blocking")
    monkeypatch.setattr(worker, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(signal, "set_wakeup_fd", lambda fd, **_: pipes.append(fd))
    worker.watch_signals(SimpleNamespace(cancel=cancelled.set))
    assert not cancelled.is_set()
    os.write(pipes[0], b"\0")
    assert cancelled.wait(10)


def run_here(path, monkeypatch):
    """Run the worker in this process, without threads; return code and lines."""
    stream = io.StringIO()
    monkeypatch.setattr(worker, "claim_stdout", lambda: stream)
    monkeypatch.setattr(worker, "threading", SimpleNamespace(
        Thread=lambda **_: SimpleNamespace(start=lambda: None),
        Lock=threading.Lock,
        Event=threading.Event,
    ))  # fmt: skip
    monkeypatch.setattr(worker, "watch_signals", lambda _: None)
    code = worker.run(str(path))
    return code, [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("more", "kind", "text"),
    [
        ({"task": "paint"}, "ConfigError", "paint"),
        ({"task": None}, "ConfigError", "None"),
        ({"task": ["train"]}, "ConfigError", "train"),
        ({"version": 2}, "ConfigError", "version 2"),
        ({"version": None}, "ConfigError", "version None"),
        ({"format": "other"}, "ConfigError", "request file"),
        ({"request": None}, "ConfigError", "no request"),
        ({"request": [1]}, "ConfigError", "no request"),
        ({"request": {}}, "ConfigError", "incomplete"),
        ({"request": {"cube": "x", "colour": 1}}, "ConfigError", "colour"),
        ({"request": {"cube": 5}}, "ConfigError", "cube"),
        ({"request": {"cube": "gone.tif", "rois": "r"}}, "RasterFileError", "gone"),
        ({"run_id": "../../x"}, "ConfigError", "run id"),
        ({"run_id": 12345678}, "ConfigError", "run_id"),
        ({"log": 5}, "ConfigError", "log"),
    ],
    ids=str,
)
def test_wrong_requests_are_user_errors(envelope, monkeypatch, more, kind, text):
    code, lines = run_here(envelope(**more), monkeypatch)
    assert code == 1
    assert lines[-1]["type"] == "error"
    assert lines[-1]["kind"] == kind
    assert text in lines[-1]["message"]
    assert set(lines[-1]) == {"type", "kind", "message", "hint"}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'"x"', b"[" * 100_000, b"{} {}"],
    ids=lambda content: repr(content[:10]),
)
def test_files_that_are_no_request(tmp_path, monkeypatch, content):
    path = tmp_path / "request.json"
    path.write_bytes(content)
    code, lines = run_here(path, monkeypatch)
    assert code == 1
    assert lines[-1]["kind"] == "ConfigError"


def test_a_missing_and_an_endless_request_file(tmp_path, monkeypatch):
    code, _ = run_here(tmp_path / "gone.json", monkeypatch)
    assert code == 1
    code, _ = run_here(tmp_path, monkeypatch)
    assert code == 1
    monkeypatch.setattr(request_file, "MAX_REQUEST_BYTES", 10)
    path = tmp_path / "large.json"
    path.write_text("{}" + 20 * " ", encoding="utf-8")
    with pytest.raises(ConfigError, match="too large"):
        read_request(path)


def test_log_and_run_id_may_be_left_out(tmp_path):
    path = tmp_path / "request.json"
    content = {"format": "miaf-request", "version": 1, "task": "diagnostics"}
    path.write_text(json.dumps({**content, "request": {}}), encoding="utf-8")
    envelope = read_request(path)
    assert envelope["log"] is None
    assert envelope["run_id"] is None


def test_a_log_that_cannot_be_written_stops_nothing(envelope, monkeypatch, tmp_path):
    path = envelope(task="diagnostics", request={}, log=str(tmp_path / "no" / "x.log"))
    code, lines = run_here(path, monkeypatch)
    assert code == 0
    assert lines[-1]["figures"]["device_found"]


def test_a_caller_that_has_gone_is_a_cancel():
    class Gone(io.StringIO):
        def write(self, _):
            raise BrokenPipeError

    progress = LineProgress(Gone(), lambda _: None)
    assert not progress.cancelled()
    progress.info("anyone?")
    assert progress.cancelled()


def test_lines_are_ascii_without_line_breaks_and_few():
    stream = io.StringIO()
    progress = LineProgress(stream, lambda _: None)
    progress.info("naß\nund \u2013 Wald\u2028")
    for step in range(1000):
        progress.advance(step / 1000, "step")
    progress.advance(1.5, "end")
    lines = stream.getvalue().splitlines()
    assert stream.getvalue().isascii()
    assert json.loads(lines[0])["text"] == "naß\nund \u2013 Wald\u2028"
    assert len(lines) < 10
    assert json.loads(lines[-1])["fraction"] == 1.0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (CubeError("x"), CubeError),
        (ModelFormatError("x"), ModelFormatError),
        (MemoryError(), MemoryShortError),
        (
            RuntimeError(
                "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: "
                "can't allocate memory: you tried to allocate 9 bytes."
            ),
            MemoryShortError,
        ),
        (ModuleNotFoundError("no torch", name="torch"), DependencyError),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), MemoryShortError),
        (ImportError("a.so: failed to map segment"), MemoryShortError),
        (OSError("[WinError 1455] The paging file is too small"), MemoryShortError),
    ],
)
def test_errors_that_a_user_understands(error, kind):
    assert type(as_user_error(error)) is kind


def test_out_of_memory_on_a_gpu_and_defects():
    import torch

    found = as_user_error(torch.OutOfMemoryError("CUDA out of memory"))
    assert isinstance(found, MemoryShortError)
    for error in (ValueError("x"), KeyError("x"), RuntimeError("x"), OSError("x")):
        assert as_user_error(error) is None


def test_a_training_shows_its_map_where_it_is_asked_to(envelope, start, tmp_path):
    folder = tmp_path / "look"
    folder.mkdir()
    path = folder / "preview.png"
    process, lines = start(envelope(epochs=FOREVER, preview=str(path)))
    found = (json.loads(line) for line in iter(lambda: lines.get(timeout=60), None))
    line = next(line for line in found if line["type"] == "preview")
    assert set(line) == {"type", "path", "number", "stage"}
    assert line["path"] == str(path) and line["number"] > 0
    assert line["stage"].startswith("Fold ")
    assert path.read_bytes().startswith(b"\x89PNG")
    asked = time.monotonic()
    STOPS["line"](process)
    assert process.wait(timeout=10) == 3
    assert time.monotonic() - asked < 2.0
    assert [found.name for found in folder.iterdir()] == ["preview.png"]
