"""What a person at a terminal reads after a run."""

import pytest

from miaf_engine.io.paths import side_files
from miaf_engine.process.summary import result_text, scene_lines

FIGURES = {
    "overall_accuracy": 0.871,
    "overall_accuracy_interval": [0.72, 0.945],
    "interval_method": "Wilson",
    "interval_notes": ["Few areas."],
    "average_accuracy": 0.8,
    "kappa": 0.75,
    "accuracy_definition": "844 pixels.",
}


def test_figures_with_interval_and_files(tmp_path):
    report = tmp_path / "r.html"
    beside = side_files(report)
    beside["numbers"].write_text("{}")
    text = result_text(
        "train", {"figures": FIGURES, "outputs": {"report": str(report)}}
    )
    assert text.splitlines() == [
        "Overall accuracy is 87.1 % (95 % interval 72.0 to 94.5 %), "
        "average accuracy 80.0 % and kappa 0.750.",
        "  844 pixels.",
        "  Interval: Wilson",
        "  Few areas.",
        f"Report: {report}",
        f"  its numbers: {beside['numbers']}",
    ]


def test_undefined_figures():
    figures = FIGURES | {"kappa": None, "overall_accuracy_interval": [None, None]}
    text = result_text("train", {"figures": figures, "outputs": {}})
    assert "kappa undefined" in text and "nterval" not in text
    assert (
        result_text("train", {"figures": {"overall_accuracy": None}, "outputs": {}})
        == ""
    )


def test_text_of_diagnostics():
    assert result_text("train", {"figures": {"text": "CPU"}, "outputs": {}}) == "CPU\n"


def test_names_beside_a_report(tmp_path):
    names = [path.name for path in side_files(tmp_path / "a.b.html").values()]
    assert names == ["a.b.json", "a.b_matrix.csv", "a.b_classes.csv"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"head_weights": {}}, "About 81.3 % of the map should be right"),
        ({"unlike_share": 0.1}, "About 81.3 % of the map should be right"),
        ({}, "According to the sample, 81.3 % of the map is right"),
    ],
)
def test_accuracy_of_the_map_is_expected_or_of_a_sample(more, expected):
    figures = {"map_accuracy": 0.8134, "map_accuracy_interval": (0.67, 0.921), **more}
    text = result_text("assess", {"figures": figures, "outputs": {}})
    assert text == f"{expected} (95 % interval 67.0 to 92.1 %).\n"


def test_a_doubt_follows_the_accuracy_of_the_map():
    expected = {"map_accuracy": 0.81, "map_accuracy_interval": [None, None]}
    figures = {**expected, "unlike_share": 0, "map_accuracy_doubt": "Too few epochs."}
    text = result_text("classify", {"figures": figures, "outputs": {}})
    assert text == "About 81.0 % of the map should be right.\n  Too few epochs.\n"


def test_an_output_is_called_what_it_is_in_its_task():
    result = {"figures": {}, "outputs": {"output": "a", "matrix": "b"}}
    assert result_text("compare", result) == "Change map: a\nChange matrix: b\n"
    assert result_text("assess", result) == "Class map: a\nConfusion matrix: b\n"


def test_scenes_that_failed_come_first():
    rows = [
        {"outcome": "done", "seconds": 1.25, "scene": "a.tif", "map": "m", "error": ""},
        {"outcome": "kept", "seconds": None, "scene": "b.tif", "map": "n", "error": ""},
        {"outcome": "failed", "seconds": 2.0, "scene": "c", "map": "", "error": "No."},
    ]
    counts = {"done_count": 1, "kept_count": 1, "failed_count": 1}
    lines = scene_lines({"scenes": rows, **counts})
    assert [line.split() for line in lines[:3]] == [
        ["failed", "2.0", "s", "c:", "No."],
        ["classified", "1.2", "s", "a.tif:", "m"],
        ["up", "to", "date", "b.tif:", "n"],
    ]
    assert lines[3] == "Scenes: 3; classified: 1; up to date: 1; failed: 1."
    assert scene_lines({"scenes": rows, **counts}, most=1)[1] == (
        "and 2 more, listed in the summary"
    )
