"""The engine is killed in the middle: QGIS lives on, says so, and nothing is left."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.end_to_end.programs import DEMO, LIMIT_S, start_in_qgis

ORPHAN_S = 5.0  # within which an engine without its QGIS must be gone

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="finds processes in /proc"
)


def processes():
    """Yield (process id, parent's id, command line) of every process."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            parent = folder.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1]
            command = folder.joinpath("cmdline").read_bytes().decode("utf-8", "replace")
        except (OSError, IndexError):
            continue  # It has just ended.
        yield int(folder.name), int(parent), command


def living():
    """Return the processes that have not ended; one that waits for its parent has."""
    return {pid for pid, _, command in processes() if command}


def child_in_training(qgis, folder):
    """Wait until the engine of this QGIS trains; return its process id."""
    deadline = time.monotonic() + LIMIT_S / 2
    while time.monotonic() < deadline:
        assert qgis.poll() is None, qgis.stderr.read()
        # Its temporary files are made right before the first epoch.
        if any(folder.glob(".miaf-*")):
            time.sleep(1)
            found = [p for p, parent, _ in processes() if parent == qgis.pid]
            assert len(found) == 1
            return found[0]
        time.sleep(0.05)
    pytest.fail("The engine did not begin to train.")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_engine_ends_with_its_qgis(tmp_path, number):
    folder = tmp_path / "results"
    folder.mkdir()
    long = {**DEMO, "EPOCHS": 10_000, "OUTPUT": str(folder / "map.tif")}
    long |= {"MODEL": str(folder / "m.miaf.safetensors")}
    steps = [{"run": "miaf:trainandclassify", "parameters": long}]
    qgis, _ = start_in_qgis(steps, tmp_path / "qgis")
    try:
        engine = child_in_training(qgis, folder)
        qgis.send_signal(number)
        qgis.communicate(timeout=LIMIT_S)
    finally:
        qgis.kill()
    deadline = time.monotonic() + ORPHAN_S
    while time.monotonic() < deadline and engine in living():
        time.sleep(0.05)
    assert engine not in living()
    assert list(folder.iterdir()) == []


def test_a_killed_engine_is_an_error_and_leaves_nothing(tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    long = {**DEMO, "EPOCHS": 10_000, "OUTPUT": str(folder / "map.tif")}
    long |= {"MODEL": str(folder / "m.miaf.safetensors")}
    steps = [
        {"run": "miaf:trainandclassify", "parameters": long},
        {"run": "miaf:diagnostics", "parameters": {}},
    ]
    qgis, answers = start_in_qgis(steps, tmp_path / "qgis")
    try:
        engine = child_in_training(qgis, folder)
        os.kill(engine, signal.SIGKILL)
        killed = time.monotonic()
        _, errors = qgis.communicate(timeout=LIMIT_S)
    finally:
        qgis.kill()
    assert qgis.returncode == 0, errors
    first, second, _ = json.loads(answers.read_text(encoding="utf-8"))
    assert "ended by the system (signal 9 SIGKILL)" in first["error"]
    assert "memory" in first["error"]
    assert "The log file is" in first["error"]
    assert "Traceback" not in first["error"]
    assert "torch" in second["log"]  # The same QGIS continues, and finds the engine.
    assert time.monotonic() - killed < 60
    assert list(folder.iterdir()) == []
    assert not [c for p, _, c in processes() if p == engine or str(tmp_path) in c]
