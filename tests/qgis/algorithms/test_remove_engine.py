"""The engine's packages and logs go, and nothing else."""

import pytest
from qgis.core import QgsSettings

from miaf_qgis.engine.environment import built_environment, data_folder
from miaf_qgis.settings import LOG_FOLDER

LOG = "20260101-101010-train-abcdef.log"


@pytest.fixture
def folder(user_folders):
    """A user's folder with two environments, logs, and what is none of it."""
    folder = data_folder()
    for name in ("environments/py3.11-a/lib", "environments/py3.12-b", "logs", "demo"):
        (folder / name).mkdir(parents=True)
    (folder / "environments/py3.11-a/lib/torch.so").write_bytes(b"x" * 2_000_000)
    for name in (f"logs/{LOG}", "logs/mine.log", "demo/rois.gpkg"):
        (folder / name).write_bytes(b"y" * 500_000)
    return folder


def left(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_environments_and_logs_go(algorithm, context, listener, folder):
    results, fine = algorithm("removeengine").run({}, context, listener)
    assert fine and results == {"FREED_MB": 2.5}
    assert left(folder) == {"logs/mine.log", "demo/rois.gpkg"}
    assert list((folder / "environments").iterdir()) == []
    assert built_environment() is None
    results, fine = algorithm("removeengine").run({}, context, listener)
    assert fine and results == {"FREED_MB": 0.0}


def test_logs_may_stay_or_be_elsewhere(algorithm, context, listener, folder, tmp_path):
    run = algorithm("removeengine").run
    assert run({"LOGS": False}, context, listener)[0] == {"FREED_MB": 2.0}
    assert f"logs/{LOG}" in left(folder)
    (tmp_path / LOG).write_bytes(b"z" * 1_000_000)
    (tmp_path / "thesis.log").touch()
    settings, key = QgsSettings(), f"Processing/Configuration/{LOG_FOLDER}"
    settings.setValue(key, str(tmp_path))
    try:
        assert run({}, context, listener)[0] == {"FREED_MB": 1.0}
    finally:
        settings.remove(key)
    assert (tmp_path / "thesis.log").exists() and not (tmp_path / LOG).exists()


def test_what_cannot_be_removed_is_said(
    algorithm, context, listener, folder, monkeypatch
):
    from miaf_qgis.engine import removal

    def refuse(_path):
        raise PermissionError("in use")

    monkeypatch.setattr(removal.shutil, "rmtree", refuse)
    assert algorithm("removeengine").run({}, context, listener) == ({}, False)
    assert "in use" in listener.texts("error")[0]
    assert built_environment() is None


def test_a_cancel_keeps_what_is_not_removed_yet(
    algorithm, context, new_listener, folder
):
    listener = new_listener(cancel_at="py3.11-a")
    assert algorithm("removeengine").run({}, context, listener)[0] == {}
    assert [p.name for p in (folder / "environments").iterdir()] == ["py3.12-b"]
