"""A stopped engine, a busy one, one on a machine that slept, and two at once."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from miaf_qgis.engine import conversation
from miaf_qgis.engine.process import Job, run_engine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def impatient(monkeypatch):
    """Have a second of silence mentioned, in place of a minute."""
    monkeypatch.setattr(conversation, "SILENT_SECONDS", 1.0)


@pytest.mark.usefixtures("impatient")
def test_a_stopped_engine_is_told_from_a_busy_one(
    fake_python, new_listener, monkeypatch
):
    told = {}
    for behaviour in ("stopped", "busy"):
        monkeypatch.setenv("MIAF_FAKE", behaviour)
        listener = new_listener()
        run_engine(fake_python, Job("train", {}), listener)
        told[behaviour] = listener.texts("warning") + listener.texts("info")
    silent, again = told["stopped"]
    assert "has not responded for" in silent
    assert "responds again" in again
    assert told["busy"] == ["busy"]


def test_a_stopped_engine_can_be_cancelled(fake_python, new_listener, monkeypatch):
    """It cannot hear the request, so it is killed after two seconds."""
    monkeypatch.setenv("MIAF_FAKE", "stopped")
    listener = new_listener()
    threading.Timer(0.7, listener.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Exception) as caught:
        run_engine(fake_python, Job("train", {}), listener)
    assert type(caught.value).__name__ == "Stopped"
    assert time.monotonic() - begun < 6.0


# A QGIS of its own, so that it can be stopped with its engine.
SESSION = """
import json, os, sys
sys.path[:0] = [{root!r}, {root!r} + "/tests/qgis"]
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = sys.argv[1]
from qgis.core import QgsApplication
from conftest import Listener
from miaf_qgis.engine import conversation
from miaf_qgis.engine.process import Job, run_engine
application = QgsApplication([], False)
application.initQgis()
conversation.SILENT_SECONDS, conversation.ASLEEP_SECONDS = 1.0, 0.5
listener = Listener()
listener._note = lambda kind, text: (listener.told.append((kind, text)),
                                     print(json.dumps([kind, text]), flush=True))
run_engine(os.environ["MIAF_ENGINE_PYTHON"], Job("train", {{}}), listener)
print(json.dumps(["done", ""]), flush=True)
application.exitQgis()
"""


def children(pid):
    task = Path(f"/proc/{pid}/task")
    lists = [(one / "children").read_text(encoding="ascii") for one in task.iterdir()]
    return [int(child) for text in lists for child in text.split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")
def test_a_machine_that_slept_goes_on_as_if_nothing_was(
    fake_python, tmp_path, monkeypatch
):
    """Both stop for two seconds, twice what would count as silence."""
    monkeypatch.setenv("MIAF_FAKE", "busy")
    script = tmp_path / "session.py"
    script.write_text(SESSION.format(root=str(ROOT)), encoding="utf-8")
    session = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "profile")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    told = []
    try:
        for line in session.stdout:
            told.append(json.loads(line))
            if told[-1] == ["info", "busy"]:
                asleep = [session.pid, *children(session.pid)]
                for number in (signal.SIGSTOP, signal.SIGCONT):
                    for pid in asleep:
                        os.kill(pid, number)
                    time.sleep(2.0 if number == signal.SIGSTOP else 0.0)
        assert session.wait(timeout=30) == 0
    finally:
        session.kill()
        session.stdout.close()
    assert len(asleep) == 2
    assert told[-1] == ["done", ""]
    assert [text for kind, text in told if kind == "warning"] == []


def test_two_runs_at_once_each_get_their_own(
    fake_python, new_listener, monkeypatch, tmp_path
):
    monkeypatch.setenv("MIAF_FAKE", "busy")
    targets = [str(tmp_path / f"map{number}.tif") for number in (1, 2)]
    listeners, answers, busy_at_end = [new_listener(), new_listener()], {}, []

    def one(number):
        job = Job("train", {"output": targets[number]}, (targets[number],))
        answers[number] = run_engine(fake_python, job, listeners[number])
        busy_at_end.append(["busy" in one.texts("info") for one in listeners])

    threads = [threading.Thread(target=one, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [answers[n].outputs["output"] for n in (0, 1)] == targets
    assert [one.texts("info") for one in listeners] == [["busy"], ["busy"]]
    assert busy_at_end[0] == [True, True]  # Neither waited for the other.
    assert sorted(p.name for p in tmp_path.glob("*.tif")) == ["map1.tif", "map2.tif"]
