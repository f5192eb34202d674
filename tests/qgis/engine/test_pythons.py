"""Where Pythons are sought on systems that this is not."""

import sys
from pathlib import Path

import pytest

from miaf_qgis.engine import hardware, pythons
from miaf_qgis.engine.environment import (
    MARKER,
    built_environment,
    environment_folder,
)


def put(*parts):
    path = Path(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    return str(path)


@pytest.fixture
def windows(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path / "elsewhere"))
    for name in ("LOCALAPPDATA", "PROGRAMFILES", "OSGEO4W_ROOT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


def test_beside_qgis_bin_lies_its_python(windows, monkeypatch):
    program = put(windows, "bin", "qgis-ltr-bin.exe")
    python = put(windows, "bin", "python3.exe")
    monkeypatch.setattr(sys, "executable", program)
    assert pythons.qgis_python() == python


def test_no_python_beside_qgis_is_not_qgis(windows, monkeypatch):
    monkeypatch.setattr(sys, "executable", put(windows, "bin", "qgis-bin.exe"))
    assert pythons.qgis_python() == ""


def test_the_newest_of_windows_pythons_comes_first(windows):
    old = put(windows, "OSGEO4W_ROOT", "apps", "Python39", "python3.exe")
    newest = put(
        windows, "LOCALAPPDATA", "Programs", "Python", "Python312", "python.exe"
    )
    middle = put(windows, "PROGRAMFILES", "Python311", "python.exe")
    assert pythons.other_pythons() == [newest, middle, old]


def test_the_newest_of_linux_pythons_comes_first(monkeypatch):
    monkeypatch.setattr(
        pythons,
        "_usual_places",
        lambda: [Path(sys.executable), Path("/nowhere/python3.99")],
    )
    assert pythons.other_pythons() == [sys.executable]
    names = [
        "/usr/bin/python3.9",
        "/usr/bin/python3.12",
        "/x/Versions/3.11/bin/python3",
    ]
    assert sorted(map(Path, names), key=pythons._version)[-1].name == "python3.12"
    assert [pythons._version(Path(name)) for name in names] == [9, 12, 11]


def test_an_environment_whose_python_is_gone_is_not_used():
    folder = environment_folder((3, 11))
    (folder / "bin").mkdir(parents=True)
    (folder / MARKER).write_text("cpu")
    (folder / "bin" / "python").symlink_to("/nowhere/python3.11")
    assert built_environment() is None


def test_a_card_is_known_by_its_driver(monkeypatch, tmp_path):
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'NVIDIA Card 9000'\necho second\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hardware.nvidia_card() == "NVIDIA Card 9000"
    program.write_text("#!/bin/sh\necho 'no devices were found'\nexit 6\n")
    monkeypatch.setattr(hardware, "_LINUX_DRIVER", tmp_path / "version")
    assert hardware.nvidia_card() == ""
    (tmp_path / "version").write_text("x")
    assert hardware.nvidia_card() == "NVIDIA"
