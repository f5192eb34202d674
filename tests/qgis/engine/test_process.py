"""The engine dies, lies, hangs or works: QGIS gets one sentence or a result."""

import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.engine import process
from miaf_qgis.engine.child_process import Stopped, clean_environment
from miaf_qgis.engine.process import (
    Job,
    new_log,
    run_engine,
)
from miaf_qgis.engine.training_signals import TRAINING, Epoch


@pytest.fixture
def output(tmp_path):
    folder = tmp_path / "Ausgabe [1] für alle"
    folder.mkdir()
    return folder / "kärte.tif"


@pytest.fixture
def job(output):
    return Job("train", {"output": str(output)}, (str(output),))


@pytest.fixture
def note(tmp_path, monkeypatch):
    path = tmp_path / "note.json"
    monkeypatch.setenv("MIAF_FAKE_NOTE", str(path))
    return path


def leftovers(output):
    return [
        path.name for path in output.parent.iterdir() if path.name.startswith(".miaf")
    ]


def is_alive(pid):
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def failure(python, job, listener):
    with pytest.raises(QgsProcessingException) as caught:
        run_engine(python, job, listener)
    return str(caught.value)


def test_a_good_run_reports_everything(fake_python, job, listener, output):
    answer = run_engine(fake_python, job, listener)
    assert answer.outputs == {"output": str(output)}
    assert answer.figures["overall_accuracy"] == 0.875
    assert listener.texts("stage") == ["Reading the cube", "Training"]
    assert listener.fractions == [25.0, 75.0]
    assert listener.texts("info") == ["Device: CPU; größe"]
    assert listener.texts("warning") == ["Class 'Oats' is small"]
    assert not job.folder.exists()


def test_the_request_is_what_the_protocol_says(
    fake_python, job, listener, note, user_folders
):
    run_engine(fake_python, job, listener)
    seen = json.loads(note.read_text(encoding="utf-8"))
    envelope = seen["envelope"]
    assert envelope["format"] == "miaf-request"
    assert envelope["version"] == 1
    assert envelope["task"] == "train"
    assert envelope["request"] == job.request
    assert envelope["run_id"].isalnum()
    assert 8 <= len(envelope["run_id"]) <= 32
    assert Path(envelope["log"]).parent == user_folders / "miaf-engine" / "logs"
    assert Path(seen["cwd"]) == PLUGIN_FOLDER.resolve()


def test_the_environment_is_cleaned(fake_python, job, listener, note, monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "GDAL_DATA", "PROJ_LIB", "QT_PLUGIN_PATH"):
        monkeypatch.setenv(name, "/qgis")
    monkeypatch.setenv("LD_PRELOAD_X", "kept")
    # The fake is a script of this Python: PYTHONHOME would break it.
    run_engine(fake_python, job, listener)
    seen = json.loads(note.read_text(encoding="utf-8"))["environment"]
    assert not {"PYTHONHOME", "PYTHONPATH", "GDAL_DATA", "PROJ_LIB"} & set(seen)
    assert not [name for name in seen if name.startswith("QT_")]
    assert seen["LD_PRELOAD_X"] == "kept"
    assert seen["PYTHONUTF8"] == "1"


def test_clean_environment_ignores_case_as_windows_does():
    cleaned = clean_environment({"PythonHome": "x", "Proj_Data": "y", "Path": "z"})
    assert "Path" in cleaned
    assert not {"PythonHome", "Proj_Data"} & set(cleaned)


def test_garbage_on_standard_output_is_no_harm(fake_python, job, listener, monkeypatch):
    monkeypatch.setenv("MIAF_FAKE", "garbage")
    run_engine(fake_python, job, listener)
    debug = "\n".join(listener.texts("debug"))
    assert "not json" in debug
    assert "[1, 2]" in debug
    assert "novel" in debug
    assert listener.fractions == [25.0, 100.0]


def test_many_lines_do_not_block(fake_python, job, listener, monkeypatch):
    monkeypatch.setenv("MIAF_FAKE", "many_lines")
    assert run_engine(fake_python, job, listener).outputs


def test_a_user_error_is_its_message_and_hint(fake_python, job, listener, monkeypatch):
    monkeypatch.setenv("MIAF_FAKE", "user_error")
    assert failure(fake_python, job, listener) == "Class 'Oats' has 1 pixel. Draw more."


def test_messages_name_a_layer_and_not_the_copy_that_the_engine_reads(
    fake_python, job, listener, monkeypatch
):
    monkeypatch.setenv("MIAF_FAKE", "names_the_areas")
    own = {
        "rois": str(job.folder / "rois.gpkg"),
        "sources": {"rois": {"name": "Äcker"}},
    }
    job = replace(job, request={**job.request, **own})
    assert failure(fake_python, job, listener) == "'Äcker' is one class."
    assert listener.texts("warning") == ["'Äcker' has a hole."]


def test_a_defect_names_the_log_and_keeps_the_traceback(
    fake_python, job, listener, monkeypatch, user_folders
):
    monkeypatch.setenv("MIAF_FAKE", "defect")
    message = failure(fake_python, job, listener)
    (log,) = (user_folders / "miaf-engine" / "logs").iterdir()
    assert "nought" in message
    assert str(log) in message
    assert "Traceback" not in message
    assert "ZeroDivisionError: nought" in listener.texts("debug")
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_signal_9_reads_as_memory_and_leaves_nothing(
    fake_python, job, listener, monkeypatch, output
):
    monkeypatch.setenv("MIAF_FAKE", "killed")
    message = failure(fake_python, job, listener)
    assert "signal 9" in message
    assert "memory" in message
    assert leftovers(output) == []
    assert not job.folder.exists()


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("segfault", "crashed (signal 11"),
        ("silent", "No module named torch"),
        ("nothing", "code 0"),
    ],
)
def test_other_deaths(fake_python, job, listener, monkeypatch, behaviour, words):
    monkeypatch.setenv("MIAF_FAKE", behaviour)
    message = failure(fake_python, job, listener)
    assert words in message
    assert "log file" in message


def test_a_crash_after_the_result_does_not_lose_it(
    fake_python, job, listener, monkeypatch
):
    monkeypatch.setenv("MIAF_FAKE", "after_result")
    assert run_engine(fake_python, job, listener).outputs


@pytest.mark.parametrize(
    ("behaviour", "seconds"), [("obedient", 2.0), ("deaf", 4.0), ("chatty", 4.0)]
)
def test_cancel(
    fake_python, job, new_listener, monkeypatch, note, output, behaviour, seconds
):
    monkeypatch.setenv("MIAF_FAKE", behaviour)
    listener = new_listener()
    asked = []

    def cancel():
        while "busy" not in listener.texts("info"):
            time.sleep(0.01)
        asked.append(time.monotonic())
        listener.cancel()

    threading.Thread(target=cancel).start()
    with pytest.raises(Stopped):
        run_engine(fake_python, job, listener)
    assert time.monotonic() - asked[0] < seconds
    assert leftovers(output) == []
    assert not is_alive(json.loads(note.read_text(encoding="utf-8"))["pid"])
    if behaviour == "deaf":
        assert not is_alive(int(Path(f"{note}.child").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("behaviour", "stage", "words"),
    [
        ("training", "", "Cancelled. Run again to continue at epoch 43."),
        (
            *("training", "Fold 2 of 5"),
            "Cancelled. Run again to continue at epoch 43 of 'Fold 2 of 5'.",
        ),
        ("obedient", "", "Cancelled."),
        ("trained", "", "Cancelled. Run again to continue where it stopped."),
    ],
)
def test_a_cancelled_training_says_where_it_would_continue(
    fake_python, job, new_listener, monkeypatch, behaviour, stage, words
):
    monkeypatch.setenv("MIAF_FAKE", behaviour)
    monkeypatch.setenv("MIAF_FAKE_STAGE", stage)
    begun, epochs, ends = [], [], []
    TRAINING.begun.connect(begin := lambda *told: begun.append(told))
    TRAINING.epoch.connect(epochs.append)
    TRAINING.ended.connect(end := lambda *told: ends.append(told))
    with pytest.raises(Stopped) as stopped:
        run_engine(fake_python, job, new_listener("busy"))
    TRAINING.epoch.disconnect(epochs.append)
    TRAINING.begun.disconnect(begin)
    TRAINING.ended.disconnect(end)
    assert str(stopped.value) == words
    ((run, _task),) = begun
    assert ends == [(run, words)]
    if behaviour == "training":
        assert epochs == [
            Epoch(run, "", 40, 75, 0.5, None),
            Epoch(run, "", 41, 75, 0.4, 0.75),
        ]


@pytest.mark.parametrize("followed", [False, True])
def test_a_coarse_map_is_shown_to_whoever_follows_and_removed(
    fake_python, job, new_listener, monkeypatch, followed
):
    monkeypatch.setenv("MIAF_FAKE", "training")
    monkeypatch.setattr(TRAINING, "followed", followed)
    shown, listener = [], new_listener("busy")
    TRAINING.previewed.connect(show := lambda _run, picture: shown.append(picture))
    with pytest.raises(Stopped):
        run_engine(fake_python, job, listener)
    TRAINING.previewed.disconnect(show)
    assert shown == ([b"a picture"] if followed else [])
    assert not job.folder.exists()
    assert "preview" not in " ".join(text for _, text in listener.told)


def test_a_descendant_does_not_outlive_or_hold_up_the_run(
    fake_python, job, listener, monkeypatch, note
):
    monkeypatch.setenv("MIAF_FAKE", "lingering_child")
    begin = time.monotonic()
    assert run_engine(fake_python, job, listener).outputs
    assert time.monotonic() - begin < 10
    assert not is_alive(int(Path(f"{note}.child").read_text(encoding="utf-8")))


def test_threads_and_pipes_are_given_back(fake_python, output, listener):
    def open_files():
        return len(list(Path("/proc/self/fd").iterdir()))

    run_engine(fake_python, Job("train", {}), listener)
    # Threads of an earlier test may end meanwhile; none may be added.
    threads, files = set(threading.enumerate()), open_files()
    for _ in range(3):
        run_engine(fake_python, Job("train", {}), listener)
    assert not set(threading.enumerate()) - threads
    assert open_files() <= files


def test_an_interpreter_that_is_none(tmp_path, job, listener):
    assert "Settings" in failure(str(tmp_path / "none"), job, listener)
    text = tmp_path / "text"
    text.write_text("hello")
    assert str(text) in failure(str(text), Job("train", {}), listener)


def test_other_runs_keep_their_files(fake_python, job, listener, monkeypatch, output):
    other = output.parent / ".miaf-another0run-map.tif"
    other.write_text("x")
    monkeypatch.setenv("MIAF_FAKE", "killed")
    failure(fake_python, job, listener)
    assert leftovers(output) == [other.name]


def test_twenty_logs_are_kept(user_folders):
    folder = user_folders / "miaf-engine" / "logs"
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"20200101-0000{number:02d}-train-x.log").write_text("x")
    path = new_log("train", "abc")
    path.write_text("new")
    names = sorted(item.name for item in folder.iterdir())
    assert len(names) == process.LOGS_KEPT
    assert names[0] == "20200101-000011-train-x.log"


def test_no_log_is_no_reason_to_fail(fake_python, job, listener, user_folders):
    user_folders.write_text("a file where the folder should be")
    assert run_engine(fake_python, job, listener).outputs


def test_the_engine_speaks_the_language_of_qgis(fake_python, job, listener, note, qgis):
    before = qgis.translation()
    try:
        for language in ("de", "zh"):
            qgis.setTranslation(language)
            run_engine(fake_python, job, listener)
            seen = json.loads(note.read_text(encoding="utf-8"))["environment"]
            assert seen["MIAF_LANGUAGE"] == language
    finally:
        qgis.setTranslation(before)
