"""The environment is built, resumed, rebuilt or refused; the marker comes last."""

import json
from pathlib import Path

import pytest
from qgis.core import QgsSettings

from miaf_qgis.environment import MARKER, built_environment, find_engine


@pytest.fixture
def note(tmp_path, monkeypatch):
    path = tmp_path / "note"
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(path))
    return Path(f"{path}.pip")


@pytest.fixture
def python(fake_python, monkeypatch):
    monkeypatch.delenv("MIAF_ENGINE_PYTHON")
    return fake_python


@pytest.fixture
def set_up(algorithm, context, listener, python):
    def run(told=listener, **given):
        ready = algorithm("setupengine")
        parameters = {"PYTHON": python, **given}
        fine, message = ready.checkParameterValues(parameters, context)
        assert fine, message
        return ready.run(parameters, context, told)

    return run


def test_the_engine_is_found_afterwards(set_up, user_folders):
    results, fine = set_up()
    assert fine
    assert set(results) == {"PYTHON_PATH", "DEVICE_FOUND"}
    assert results["DEVICE_FOUND"] == "cpu"
    assert find_engine().python == results["PYTHON_PATH"]
    assert user_folders in Path(results["PYTHON_PATH"]).parents


def test_pip_is_asked_for_the_requirements(set_up, note, tmp_path):
    set_up()
    call = json.loads(note.read_text(encoding="utf-8"))["call"]
    assert call[-2] == "-r"
    assert call[-1].endswith("requirements.txt")
    assert "--no-index" not in call
    assert not [part for part in call if "index-url" in part]
    wheels = tmp_path / "räder"
    wheels.mkdir()
    set_up(WHEELS=str(wheels))
    call = json.loads(note.read_text(encoding="utf-8"))["call"]
    assert call[call.index("--find-links") + 1] == str(wheels)
    assert "--no-index" in call
    set_up(INDEX_URL="https://index.example/cpu")
    call = json.loads(note.read_text(encoding="utf-8"))["call"]
    assert call[call.index("--extra-index-url") + 1] == "https://index.example/cpu"


def test_the_proxy_of_qgis_reaches_pip_outside_the_command_line(set_up, note):
    settings = QgsSettings()
    for name, value in (
        ("proxyEnabled", True),
        ("proxyHost", "proxy.example"),
        ("proxyPort", "3128"),
        ("proxyUser", "me"),
        ("proxyPassword", "a@b"),
    ):
        settings.setValue(f"proxy/{name}", value)
    set_up()
    settings.remove("proxy")
    seen = json.loads(note.read_text(encoding="utf-8"))
    assert seen["proxy"] == "http://me:a%40b@proxy.example:3128"
    assert "a%40b" not in " ".join(seen["call"])


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("no_venv", "python3-venv"),
        ("no_network", "Could not find a version"),
        ("segfault", "crashed"),
    ],
)
def test_a_failed_step_leaves_no_marker(
    set_up, listener, monkeypatch, behaviour, words
):
    monkeypatch.setenv("MIAF_FAKE", behaviour)
    assert set_up() == ({}, False)
    assert words in listener.texts("error")[-1]
    assert built_environment() is None
    monkeypatch.setenv("MIAF_FAKE", "good")
    assert set_up()[1]


def test_a_rebuild_that_fails_takes_the_marker_away(set_up, monkeypatch):
    set_up()
    monkeypatch.setenv("MIAF_FAKE", "no_network")
    set_up()
    assert built_environment() is None


def test_resumed_with_the_same_source_and_anew_with_another(set_up, listener):
    results, _ = set_up()
    kept = Path(results["PYTHON_PATH"]).parent / "kept"
    kept.write_text("x")
    set_up()
    assert kept.exists()
    assert (kept.parents[1] / MARKER).exists()
    set_up(INDEX_URL="https://index.example/cu")
    assert not kept.exists()
    assert listener.texts("info").count("making") == 2


def test_cancel_stops_pip(set_up, new_listener, monkeypatch):
    monkeypatch.setenv("MIAF_FAKE", "slow_pip")
    listener = new_listener(cancel_at="Collecting")
    results, _ = set_up(listener)
    assert results == {}
    assert built_environment() is None
    assert listener.texts("error") == []


def test_refusals(set_up, listener, monkeypatch, tmp_path):
    set_up(COMPUTE="cuda")
    assert "no NVIDIA card" in listener.texts("error")[-1]
    assert built_environment() is None
    monkeypatch.setenv("MIAF_FAKE_VERSION", "[3, 9]")
    set_up()
    assert "Python 3.9" in listener.texts("error")[-1]
    text = tmp_path / "text"
    text.write_text("x")
    set_up(PYTHON=str(text))
    assert "does not work" in listener.texts("error")[-1]
    set_up(PYTHON=str(tmp_path / "none"))
    assert "There is no Python" in listener.texts("error")[-1]
