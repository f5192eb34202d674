"""An inspection of the demo scene, by `qgis_process` and on the command line."""

import json
import shutil
from pathlib import Path

from tests.end_to_end.programs import DEMO, engine

INPUTS = {name: DEMO[name] for name in ("CUBE", "ROIS", "CLASS_FIELD")}


def test_the_demo_scene_in_both_ways(qgis_process, tmp_path):
    report = tmp_path / "Prüfung.html"
    results = qgis_process.run("miaf:inspect", **INPUTS, REPORT=report).results
    assert results == {
        "HAS_PROBLEMS": False,
        "PROBLEM_COUNT": 0,
        "REPORT": str(report),
    }
    shown = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert "Jeffries-Matusita" in report.read_text(encoding="utf-8")
    done = engine("inspect", **INPUTS)
    assert done.status == 0, done.said
    figures = done.json
    assert figures["separability"] == shown["separability"]
    assert figures["problems"] == shown["problems"]
    assert len(figures["classes"]) == 16
    assert sum(item["pixels"] for item in figures["classes"]) == 991
    nearest = figures["separability"]["pairs"][0]
    assert nearest["classes"] == ["Corn-mintill", "Corn-notill"]
    assert 1.0 < nearest["jeffries_matusita"] < 1.7
    assert not list(Path(tmp_path).glob(".miaf-*"))


def test_nothing_appears_beside_what_was_read(qgis_process, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("CUBE", "ROIS"):
        shutil.copy(DEMO[name], folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    given = {name: folder / Path(DEMO[name]).name for name in ("CUBE", "ROIS")}
    report = tmp_path / "report.html"
    done = qgis_process.run(
        "miaf:inspect", **given, CLASS_FIELD=DEMO["CLASS_FIELD"], REPORT=report
    )
    assert done.status == 0, done.said
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
