"""The options page, and that each of its lines reaches the engine."""

import json
import os
import sys
from pathlib import Path

import pytest
from qgis.core import QgsSettings

from miaf_qgis import settings
from miaf_qgis.engine.process import (
    Job,
    new_log,
    run_engine,
)

VENV = Path(__file__).parents[2] / ".venv" / "bin" / "python"


@pytest.fixture
def option():
    """Return a function that sets a line of the page as QGIS keeps it."""
    yield lambda name, value: QgsSettings().setValue(
        f"Processing/Configuration/{name}", value
    )
    for name in settings.NAMES:
        QgsSettings().remove(f"Processing/Configuration/{name}")


@pytest.fixture
def page():
    """Processing's own class for the options."""
    folder = "/usr/share/qgis/python/plugins"
    sys.path.append(folder)
    yield pytest.importorskip("processing.core.ProcessingConfig").ProcessingConfig
    sys.path.remove(folder)


@pytest.fixture
def seen(fake_python, tmp_path, monkeypatch, listener):
    """Return a function that runs the fake engine and returns what it saw."""
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(tmp_path / "note"))
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)

    def run():
        run_engine(fake_python, Job("train", {}), listener)
        return json.loads((tmp_path / "note").read_text(encoding="utf-8"))

    return run


def test_all_lines_are_on_the_page_and_gone_after_unload(provider, page):
    settings.register_settings(provider.icon())
    assert set(settings.NAMES) <= set(page.settings)
    assert {page.settings[name].group for name in settings.NAMES} == {"MIAF-Net"}
    settings.unregister_settings()
    assert not set(settings.NAMES) & set(page.settings)


def test_what_the_page_writes_is_what_is_read(provider, page, option, tmp_path):
    settings.register_settings(provider.icon())
    given = {
        settings.DEVICE: "cuda:1",
        settings.MEMORY_MB: "2048",
        settings.THREADS: "3",
        settings.LOG_FOLDER: str(tmp_path),
    }
    for name, value in given.items():
        page.settings[name].setValue(value)
        page.settings[name].save()
    assert settings.device_setting() == "cuda:1"
    assert settings.memory_setting() == 2048
    assert settings.thread_environment()["OMP_NUM_THREADS"] == "3"
    assert settings.log_folder_setting() == tmp_path
    settings.unregister_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (settings.MEMORY_MB, "-1"),
        (settings.MEMORY_MB, "much"),
        (settings.THREADS, "1.5"),
        (settings.THREADS, "100000"),
        (settings.LOG_FOLDER, "/nowhere"),
        (settings.INTERPRETER, "/nowhere/python"),
    ],
)
def test_what_cannot_work_is_refused(provider, page, name, value):
    settings.register_settings(provider.icon())
    with pytest.raises(ValueError, match=r"0 or a positive|at most|There is no"):
        page.settings[name].setValue(value)
    settings.unregister_settings()


@pytest.mark.parametrize("value", ["nonsense", "99", "", None])
def test_a_damaged_profile_does_no_harm(option, value):
    for name in settings.NAMES:
        option(name, value)
    assert settings.device_setting() == "auto"
    assert settings.memory_setting() in (0, 99)
    assert isinstance(settings.thread_environment(), dict)


def test_threads_reach_the_engine_and_nothing_is_set_without(seen, option):
    assert "OMP_NUM_THREADS" not in seen()["environment"]
    option(settings.THREADS, 3)
    environment = seen()["environment"]
    assert environment["OMP_NUM_THREADS"] == environment["MKL_NUM_THREADS"] == "3"


@pytest.mark.skipif(not VENV.is_file(), reason="the engine's environment is not built")
def test_torch_takes_the_threads(option, listener):
    """The real engine says how many threads it has."""
    option(settings.THREADS, 1)
    text = run_engine(str(VENV), Job("diagnostics", {}), listener).figures["text"]
    option(settings.THREADS, 2)
    other = run_engine(str(VENV), Job("diagnostics", {}), listener).figures["text"]
    if "CPU" not in text:
        pytest.skip("a GPU is taken here")
    assert "CPU, 1 thread" in text and "1 threads" not in text
    assert "CPU, 2 threads" in other


def test_logs_go_to_the_folder_and_other_files_stay(option, tmp_path, seen):
    folder = tmp_path / "Löge here"
    folder.mkdir()
    strangers = [folder / f"mine {number}.log" for number in range(30)]
    for path in strangers:
        path.write_text("x")
    option(settings.LOG_FOLDER, str(folder))
    assert Path(seen()["envelope"]["log"]).parent == folder
    new_log("train", "0" * 16)
    assert all(path.exists() for path in strangers)


def test_a_log_folder_that_is_gone_is_no_reason_to_fail(option, tmp_path, seen):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    option(settings.LOG_FOLDER, str(blocked / "below"))
    assert seen()["envelope"]["log"] is None


def run_training(algorithm, context, listener, cube, areas, tmp_path, **more):
    parameters = {
        "CUBE": cube,
        "ROIS": areas,
        "CLASS_FIELD": "cover",
        "MODEL": str(tmp_path / "m.miaf.safetensors"),
        **more,
    }
    assert algorithm("train").run(parameters, context, listener)[1], listener.told
    note = json.loads(Path(os.environ["MIAF_FAKE_NOTE"]).read_text(encoding="utf-8"))
    return note["envelope"]["request"]


def test_device_and_memory_stand_for_what_a_dialog_leaves_open(
    algorithm, context, listener, cube, new_areas, fake_python, option, tmp_path,
    monkeypatch,
):  # fmt: skip
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(tmp_path / "note"))
    areas = new_areas(["Wheat", "Corn", "Wheat", "Corn"])
    given = (algorithm, context, listener, cube, areas, tmp_path)
    request = run_training(*given)
    assert (request["device"], request["memory_mb"]) == ("auto", 0)
    option(settings.DEVICE, settings.DEVICES.index("cuda:1"))
    option(settings.MEMORY_MB, 3000)
    request = run_training(*given)
    assert (request["device"], request["memory_mb"]) == ("cuda:1", 3000)
    assert "Device from the options: cuda:1" in listener.texts("info")
    request = run_training(*given, DEVICE="cpu", MEMORY_MB=500)
    assert (request["device"], request["memory_mb"]) == ("cpu", 500)


@pytest.mark.parametrize(
    ("name", "decimals"), [("LEARNING_RATE", 6), ("VALIDATION_PERCENT", 2)]
)
def test_a_dialog_has_as_many_decimals_as_a_setting_needs(algorithm, name, decimals):
    train = algorithm("train")
    facts = train.parameterDefinition(name).metadata()
    assert facts["widget_wrapper"] == {"decimals": decimals}
