"""The environment is built, resumed, rebuilt or refused; the marker comes last."""

import json
from pathlib import Path

import pytest
from qgis.core import QgsSettings

from miaf_qgis.engine import hardware
from miaf_qgis.engine.environment import (
    MARKER,
    built_environment,
    find_engine,
)


@pytest.fixture
def note(tmp_path, monkeypatch):
    path = tmp_path / "note"
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(path))
    return Path(f"{path}.pip")


@pytest.fixture
def python(fake_python, monkeypatch):
    monkeypatch.delenv("MIAF_ENGINE_PYTHON")
    return fake_python


@pytest.fixture(autouse=True)
def card(monkeypatch):
    """A machine with an NVIDIA card, for which the index of Linux has the build."""

    def put(name):
        monkeypatch.setattr(hardware, "nvidia_card", lambda: name)

    put("A card")
    return put


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


def uv_call(note):
    path = note.with_name(note.name.replace(".pip", ".uv"))
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def test_a_machine_without_a_card_gets_the_small_build(set_up, note, card, listener):
    card("")
    assert set_up()[1]
    call = uv_call(note)
    assert call[call.index("--torch-backend") + 1] == "cpu"
    assert call[-1].endswith("requirements.txt")
    assert "none with a driver; build of torch: cpu" in " ".join(listener.texts("info"))


def test_the_usual_index_serves_a_machine_with_a_card(set_up, note):
    assert set_up()[1]
    assert uv_call(note) is None


def test_on_windows_a_card_needs_another_build(note, card, monkeypatch):
    monkeypatch.setattr(hardware.sys, "platform", "win32")
    assert hardware.wanted_build("auto") == "cuda" != hardware.usual_build()
    card("")
    assert hardware.wanted_build("auto") == "cpu" == hardware.usual_build()
    monkeypatch.setattr(hardware.sys, "platform", "darwin")
    assert hardware.wanted_build("cuda") == hardware.usual_build()


def test_without_uv_the_usual_build_is_installed_and_said_so(
    set_up, note, card, listener, monkeypatch
):
    card("")
    monkeypatch.setenv("MIAF_FAKE", "no_uv")
    set_up()
    assert "standard build is installed" in " ".join(listener.texts("warning"))
    call = json.loads(note.read_text(encoding="utf-8"))["call"]
    assert call[-2] == "-r"


def test_who_names_a_source_is_not_corrected(set_up, note, card, tmp_path):
    card("")
    set_up(WHEELS=str(tmp_path))
    set_up(INDEX_URL="https://index.example/cpu")
    assert uv_call(note) is None


def test_a_python_without_ensurepip_is_helped(set_up, note, listener, monkeypatch):
    """Debian without python3-venv, where one may not install packages."""
    monkeypatch.setenv("MIAF_FAKE", "venv_without_pip")
    set_up()
    calls = note.with_name(note.name.replace(".pip", ".calls")).read_text().splitlines()
    first = json.loads(calls[0])
    assert first[-1] == "pip"
    assert Path(first[first.index("--target") + 1]).name == "site-packages"


def test_hosts_without_proxy_and_broken_downloads(set_up, note):
    settings = QgsSettings()
    settings.setValue("proxy/proxyEnabled", True)
    settings.setValue("proxy/proxyHost", "proxy.example")
    settings.setValue("proxy/noProxyUrls", ["https://inside.example/x", "other"])
    set_up()
    settings.remove("proxy")
    seen = json.loads(note.read_text(encoding="utf-8"))["environment"]
    assert seen["NO_PROXY"] == "inside.example,other"
    assert int(seen["PIP_RESUME_RETRIES"]) > 0


def test_another_python_stands_in_for_one_that_is_too_old(
    set_up, monkeypatch, python, tmp_path
):
    from miaf_qgis.engine import python_choice

    monkeypatch.setattr(python_choice, "qgis_python", lambda: str(tmp_path / "none"))
    monkeypatch.setattr(python_choice, "other_pythons", lambda: ["/nowhere", python])
    assert set_up(PYTHON="")[1]
    monkeypatch.setattr(python_choice, "other_pythons", list)
    assert not set_up(PYTHON="")[1]
