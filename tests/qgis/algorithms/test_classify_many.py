"""Several cubes in one run: one that fails, the dialog, the message at the end."""

import json
from pathlib import Path

import pytest
from qgis.PyQt.QtWidgets import QApplication, QDialog

from miaf_qgis.algorithms import classify, classify_many
from miaf_qgis.engine.closing import OnClose
from miaf_qgis.engine.training_signals import TRAINING


@pytest.fixture
def given(fake_python, new_raster, tmp_path, monkeypatch):
    """Parameters with two cubes; the model is not looked into."""
    for module in (classify, classify_many):
        monkeypatch.setattr(module, "check_model", lambda path: None)
    model = tmp_path / "m.miaf.safetensors"
    model.touch()
    return {
        "CUBES": [new_raster(tmp_path / name) for name in ("a.tif", "c.tif")],
        "MODEL": str(model),
        "FOLDER": str(tmp_path / "maps"),
    }


@pytest.fixture
def dialog(listener):
    """A dialog that runs are started from, by its feedback."""
    if not isinstance(QApplication.instance(), QApplication):
        pytest.skip("no widgets in this run")
    dialog = QDialog()
    dialog.feedback = listener
    return dialog


@pytest.fixture
def told():
    """Return what the window hears about maps, as (request, figures)."""
    found = []

    def hear(request, figures):
        found.append((request, figures))

    TRAINING.mapped.connect(hear)
    yield found
    TRAINING.mapped.disconnect(hear)


def test_a_folder_that_cannot_be_made_is_refused(given, algorithm, context, listener):
    Path(given["FOLDER"]).touch()
    _, fine = algorithm("classifymany").run(given, context, listener)
    assert not fine
    (said,) = listener.texts("error")
    assert said.startswith(f"The folder '{given['FOLDER']}' cannot be made: ")


def test_many_cubes_and_one_that_fails(
    given, algorithm, context, listener, new_raster, tmp_path, monkeypatch
):
    (tmp_path / "more").mkdir()
    one_band = new_raster(tmp_path / "b.tif", bands=1)
    again = new_raster(tmp_path / "more" / "a.tif")
    given["CUBES"][1:1] = [one_band]
    given["CUBES"].append(again)
    results, fine = algorithm("classifymany").run(given, context, listener)
    assert fine, listener.told
    assert (results["MAP_COUNT"], results["FAILED_COUNT"]) == (3, 1)
    assert [Path(path).name for path in results["MAPS"]] == [
        "a_map.tif", "c_map.tif", "a_2_map.tif",
    ]  # fmt: skip
    assert all(Path(path).is_file() for path in results["MAPS"])
    (message,) = listener.texts("error")
    assert "'b'" in message
    assert "has 1 band" in message
    monkeypatch.setenv("MIAF_FAKE", "user_error")
    results, fine = algorithm("classifymany").run(given, context, listener)
    assert fine is False
    assert "No cube was classified" in listener.texts("error")[-1]


@pytest.mark.parametrize("acts", ["good", "user_error"])
def test_the_dialog_of_a_run_that_has_ended_closes_unasked(
    acts, given, dialog, algorithm, context, listener, monkeypatch
):
    monkeypatch.setenv("MIAF_FAKE", acts)
    asked = []
    monkeypatch.setattr(OnClose, "_ask", lambda self, _: asked.append(self))
    dialog.show()
    algorithm("classifymany").run(given, context, listener)
    watchers = dialog.findChildren(OnClose)
    assert [watcher.running for watcher in watchers] == [False]
    dialog.close()
    assert asked == []
    assert not dialog.isVisible()


def test_the_window_is_told_once_of_all_maps(
    given, dialog, told, algorithm, context, listener, monkeypatch
):
    maps = [{"map_accuracy": 0.9, "classified_pixels": 30}]
    maps.append({"map_accuracy": 0.5, "classified_pixels": 10})
    engine_says(monkeypatch, maps, given)
    _, fine = algorithm("classifymany").run(given, context, listener)
    assert fine, listener.told
    ((request, figures),) = told
    assert request == {"model": given["MODEL"]}
    assert figures["map_accuracy"] == pytest.approx(0.8)
    maps[1]["map_accuracy"] = None
    engine_says(monkeypatch, maps, given)
    algorithm("classifymany").run(given, context, listener)
    assert told[1][1]["map_accuracy"] is None


def engine_says(monkeypatch, maps, given):
    """Have the fake engine say that it has made maps of these figures."""
    folder = Path(given["FOLDER"])
    folder.mkdir(exist_ok=True)
    entries = []
    for name, figures in zip("ac", maps, strict=True):
        path = folder / f"{name}_map.tif"
        path.touch()
        entries.append(
            {"outputs": {"output": str(path)}, "figures": {"classes": [], **figures}}
        )
    said = {"outputs": {}, "figures": {"maps": entries}}
    monkeypatch.setenv("MIAF_FAKE", "liar")
    monkeypatch.setenv("MIAF_FAKE_RESULT", json.dumps(said))


def test_a_single_cube_is_told_of_as_by_classify(
    given, dialog, told, algorithm, context, listener
):
    given = {**given, "CUBES": given["CUBES"][:1], "WITH_CONFIDENCE": True}
    algorithm("classifymany").run(given, context, listener)
    ((request, _),) = told
    assert Path(request["output"]).name == "a_map.tif"
    assert Path(request["confidence"]).name == "a_confidence.tif"


def test_a_cancelled_run_is_not_said_to_have_failed(
    given, dialog, algorithm, context, new_listener, monkeypatch
):
    monkeypatch.setenv("MIAF_FAKE", "obedient")
    dialog.feedback = new_listener("busy")
    results, fine = algorithm("classifymany").run(given, context, dialog.feedback)
    assert (results, fine) == ({}, True)
    dialog.feedback.reportError("Execution failed after 2.00 seconds")  # As QGIS does.
    assert dialog.feedback.texts("error") == []
    assert dialog.feedback.told[-1] == ("info", "Cancelled.")
