"""What an engine says at its end is believed as far as it can be true."""

import json
import resource

import pytest
from qgis.core import QgsProcessingException

from miaf_qgis.engine.answer import Answer
from miaf_qgis.engine.many_scenes import classify_together
from miaf_qgis.engine.process import Job, run_engine

CLASS = {"value": 1, "name": "Wheat", "colour": "#d1b43c"}
GOOD = {
    "compare": {
        "changed_share": 0.5,
        "changed_area": None,
        "changed_pixels": 3,
        "compared_pixels": 6,
        "area_unit": "pixels",
        "classes": [CLASS],
    },
    "inspect": {"has_problems": True, "problem_count": 2, "text": "Look."},
    "superpixels": {"superpixels": 12},
    "suggestareas": {"suggestions": 10},
    "classifyscenes": {"maps": [{"error": {"message": "no"}}]},
    "classify": {"classes": [CLASS], "kappa": None, "overall_accuracy": 1},
}
WRONG = ("text", -1, 1.5, [], {}, True, float("nan"), 10**400, None, [[]])


@pytest.mark.parametrize("task", GOOD)
def test_good_figures_are_taken_as_they_are(task):
    answer = Answer.of({"outputs": {}, "figures": GOOD[task]}, task)
    assert answer.figures == GOOD[task]


def fits(key, value):
    if key in ("superpixels", "suggestions", "problem_count"):
        return False  # none of the wrong ones is a count
    if key in ("changed_pixels", "compared_pixels"):
        return type(value) is int and value >= 0 and value < 10**300
    if key in ("changed_share", "changed_area", "kappa", "overall_accuracy"):
        return value is None or (type(value) in (int, float) and value in (-1, 1.5))
    if key == "has_problems":
        return value is True
    if key in ("area_unit", "text"):
        return value == "text"
    return value == []


@pytest.mark.parametrize("task", GOOD)
def test_a_figure_of_another_kind_or_none_is_refused_in_a_sentence(task):
    for key in GOOD[task]:
        for value in WRONG:
            if fits(key, value) or (value == 10**400 and "pixels" in key):
                continue
            if key in ("superpixels", "suggestions", "problem_count") and (
                value == 10**400
            ):
                continue
            figures = {**GOOD[task], key: value}
            with pytest.raises(QgsProcessingException, match=f"'{key}' is .*Set up"):
                Answer.of({"outputs": {}, "figures": figures}, task)


@pytest.mark.parametrize("task", [t for t in GOOD if t != "classify"])
def test_a_figure_that_an_algorithm_needs_is_there(task):
    for key in set(GOOD[task]) - {"classes", "text"}:
        figures = {k: v for k, v in GOOD[task].items() if k != key}
        with pytest.raises(QgsProcessingException, match=f"'{key}' is None"):
            Answer.of({"outputs": {}, "figures": figures}, task)


@pytest.mark.parametrize(
    "entry",
    [
        "Wheat",
        {**CLASS, "value": "1"},
        {**CLASS, "value": 1 << 40},
        {**CLASS, "name": 5},
        {**CLASS, "colour": "red"},
        {**CLASS, "colour": "#12345"},
        {"value": 1, "name": "Wheat"},
    ],
)
def test_classes_that_no_style_can_be_made_of(entry):
    with pytest.raises(QgsProcessingException, match="'classes' is"):
        Answer.of({"outputs": {}, "figures": {"classes": [CLASS, entry]}}, "classify")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "'outputs' is None"),
        ({"outputs": [], "figures": {}}, "'outputs' is"),
        ({"outputs": {}}, "'figures' is None"),
        ({"outputs": {}, "figures": "many"}, "'figures' is 'many'"),
        ({"outputs": {"output": 5}, "figures": {}}, "'output' is 5"),
        ({"outputs": {"output": "a\0b"}, "figures": {}}, "'output' is"),
        (
            {"outputs": {"output": "{folder}/gone.tif"}, "figures": {}},
            "file is missing",
        ),
        ({"outputs": {"output": "{folder}"}, "figures": {}}, "file is missing"),
        ({"outputs": {"output": "x" * 5000}, "figures": {}}, "file is missing"),
    ],
)
def test_a_result_line_that_is_not_true(
    fake_python, listener, monkeypatch, tmp_path, fields, words
):
    text = json.dumps(fields).replace("{folder}", str(tmp_path))
    monkeypatch.setenv("MIAF_FAKE", "liar")
    monkeypatch.setenv("MIAF_FAKE_RESULT", text)
    with pytest.raises(QgsProcessingException, match=words) as caught:
        run_engine(fake_python, Job("train", {}), listener)
    assert len(str(caught.value)) < 600


def test_a_scene_whose_map_is_not_there_fails_alone(
    fake_python, listener, monkeypatch, tmp_path
):
    there = tmp_path / "a.tif"
    there.touch()
    maps = [
        {"outputs": {"output": str(there)}, "figures": {"classes": [CLASS]}},
        {"outputs": {"output": str(tmp_path / "gone.tif")}, "figures": {}},
        {"outputs": {}, "figures": 3},
        {"error": "too small"},
    ]
    said = {"outputs": {}, "figures": {"maps": maps}}
    monkeypatch.setenv("MIAF_FAKE", "liar")
    monkeypatch.setenv("MIAF_FAKE_RESULT", json.dumps(said))
    jobs = [Job("classify", {"model": "m", "device": "cpu"}) for _ in maps]
    found = classify_together(fake_python, jobs, listener)
    assert found[0]["outputs"] == {"output": str(there)}
    assert "file is missing" in found[1]["error"]["message"]
    assert "'figures' is 3" in found[2]["error"]["message"]
    assert found[3] == {"error": {"message": "too small"}}


def test_a_line_of_300_megabytes_is_passed_over(
    fake_python, listener, monkeypatch, tmp_path
):
    monkeypatch.setenv("MIAF_FAKE", "endless_line")
    target = tmp_path / "a.tif"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    job = Job("train", {"output": str(target)}, (str(target),))
    answer = run_engine(fake_python, job, listener)
    assert answer.outputs == {"output": str(target)}
    shown = listener.texts("debug")
    assert [len(text) < 100 for text in shown] == [True] * len(shown)
    assert any("314572801 bytes is left out" in text for text in shown)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150 * 1024  # kibibytes
