"""Which interpreter is taken, and what is said where there is none."""

import os
import re
import sys
from pathlib import Path

import pytest
from qgis.core import QgsSettings

from miaf_qgis.engine import environment
from miaf_qgis.engine.environment import (
    MARKER,
    REQUIREMENTS,
    built_environment,
    environment_folder,
    environment_python,
    find_engine,
    requirements_key,
)
from miaf_qgis.engine.pythons import qgis_python

SETTING = "Processing/Configuration/MIAF_ENGINE_PYTHON"


@pytest.fixture
def named(tmp_path, monkeypatch, fake_python):
    """Return a function that copies the fake interpreter to another name."""
    monkeypatch.delenv("MIAF_ENGINE_PYTHON")

    def copy(name):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(Path(fake_python).read_bytes())
        path.chmod(0o755)
        return str(path)

    return copy


@pytest.fixture
def setting():
    yield lambda value: QgsSettings().setValue(SETTING, value)
    QgsSettings().remove(SETTING)


def build(named, version=(3, 11)):
    folder = environment_folder(version)
    named(str(environment_python(folder)))
    (folder / MARKER).write_text("cpu")
    return folder


def test_nothing_installed_says_what_to_do():
    engine = find_engine()
    assert not engine.usable
    assert engine.python == ""
    for way in ("miaf:setupengine", "Settings > Options", "MIAF_ENGINE_PYTHON"):
        assert way in engine.problem


def test_every_package_of_the_requirements_is_asked_for():
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    names = {re.match(r"[\w-]+", line).group() for line in lines if line[:1].isalpha()}
    called = {"scikit-image": "skimage", "scikit-learn": "sklearn"}
    modules = {called.get(name, name) for name in names}
    # The fixture has added one that no Python has.
    assert set(environment.PACKAGES) == modules | {"miaf_no_such_package"}


def test_order_of_the_lookup(named, setting, monkeypatch):
    monkeypatch.setattr(environment, "PACKAGES", ("json",))  # QGIS's own Python has it
    assert find_engine().python == qgis_python()
    folder = build(named)
    assert find_engine().python == str(environment_python(folder))
    setting(named("by setting"))
    assert find_engine().python.endswith("by setting")
    monkeypatch.setenv("MIAF_ENGINE_PYTHON", named("by variable"))
    assert find_engine().python.endswith("by variable")


@pytest.mark.parametrize("ask", [True, False])
def test_a_named_interpreter_that_is_missing_is_not_passed_over(named, setting, ask):
    build(named)
    setting("/nowhere/python")
    engine = find_engine(ask=ask)
    assert not engine.usable
    assert "/nowhere/python" in engine.problem
    assert "setting" in engine.problem


def test_missing_packages_and_old_pythons_are_named(fake_python, monkeypatch):
    monkeypatch.setenv("MIAF_FAKE_LACKS", '["torch", "rasterio"]')
    assert "lacks torch, rasterio" in find_engine().problem
    assert find_engine(ask=False).usable
    monkeypatch.setenv("MIAF_FAKE_VERSION", "[3, 9]")
    assert "Python 3.9" in find_engine().problem


@pytest.mark.parametrize(
    "text", ["#!/bin/sh\necho hello\n", "#!/bin/sh\nexit 3\n", "nothing"]
)
def test_what_is_no_python_is_a_problem_and_not_an_exception(
    tmp_path, monkeypatch, text
):
    path = tmp_path / "python"
    path.write_text(text)
    path.chmod(0o755)
    monkeypatch.setenv("MIAF_ENGINE_PYTHON", str(path))
    assert "does not work" in find_engine().problem


def test_an_environment_without_its_marker_is_not_used(named):
    folder = build(named)
    assert built_environment() == folder
    (folder / MARKER).unlink()
    assert built_environment() is None


def test_an_environment_for_other_requirements_is_not_used(
    named, tmp_path, monkeypatch
):
    build(named)
    other = tmp_path / "requirements.txt"
    other.write_text("torch==9\n")
    monkeypatch.setattr(environment, "REQUIREMENTS", other)
    assert built_environment() is None


def test_the_newest_environment_wins_whatever_its_python(named):
    old, new = build(named, (3, 10)), build(named, (3, 13))
    os.utime(old / MARKER, (1, 1))
    assert built_environment() == new
    os.utime(new / MARKER, (0, 0))
    assert built_environment() == old


def test_line_endings_do_not_change_the_key(tmp_path, monkeypatch):
    key = requirements_key()
    windows = tmp_path / "requirements.txt"
    text = environment.REQUIREMENTS.read_bytes().replace(b"\r\n", b"\n")
    windows.write_bytes(text.replace(b"\n", b"\r\n"))
    monkeypatch.setattr(environment, "REQUIREMENTS", windows)
    assert requirements_key() == key


def test_the_environment_lies_outside_the_plugin():
    folder = environment_folder((3, 11))
    assert environment.PLUGIN_FOLDER not in folder.parents
    assert "3.11" in folder.name


def test_qgis_itself_is_never_taken_for_a_python(monkeypatch, tmp_path):
    windows = tmp_path / "Python39"
    windows.mkdir()
    (windows / "python3.exe").write_text("")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "qgis-bin.exe"))
    monkeypatch.setattr(sys, "exec_prefix", str(windows))
    assert qgis_python() == str(windows / "python3.exe")


def test_the_python_of_a_macos_bundle_is_found(monkeypatch, tmp_path):
    program = tmp_path / "QGIS.app" / "Contents" / "MacOS" / "QGIS"
    python = program.parent / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.write_text("")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(sys, "executable", str(program))
    for name in ("exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path / "elsewhere"))
    assert qgis_python() == str(python)


def test_the_search_path_does_not_decide_what_qgis_python_is(monkeypatch, tmp_path):
    """Under qgis_process `sys.executable` is the first python3 on the PATH."""
    shim = tmp_path / "python3"
    shim.write_text("")
    monkeypatch.setattr(sys, "executable", str(shim))
    assert qgis_python() == f"{sys.exec_prefix}/bin/python3.{sys.version_info[1]}"


def test_no_numerical_package_enters_qgis(provider):
    for item in provider.algorithms():
        item.canExecute()
    # Not shapely: QGIS itself imports it from 3.38 on, where it is there.
    heavy = {"torch", "skimage", "rasterio", "pyogrio", "safetensors"}
    assert not heavy & set(sys.modules)
