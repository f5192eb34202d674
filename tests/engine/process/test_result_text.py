"""What a person reads at the end of a command."""

from miaf_engine.io.paths import side_files
from miaf_engine.process.result_text import result_text

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
    text = result_text({"figures": FIGURES, "outputs": {"report": str(report)}})
    assert text.splitlines() == [
        "Overall accuracy 87.1% (95 % interval 72.0% to 94.5%), "
        "average accuracy 80.0%, kappa 0.750",
        "  on 844 pixels.",
        "  interval: Wilson",
        "  Few areas.",
        f"report: {report}",
        f"  numbers: {beside['numbers']}",
    ]


def test_undefined_figures():
    figures = FIGURES | {"kappa": None, "overall_accuracy_interval": [None, None]}
    text = result_text({"figures": figures, "outputs": {}})
    assert "kappa undefined" in text and "interval" not in text
    assert result_text({"figures": {"overall_accuracy": None}, "outputs": {}}) == ""


def test_text_of_diagnostics():
    assert result_text({"figures": {"text": "CPU"}, "outputs": {}}) == "CPU\n"


def test_names_beside_a_report(tmp_path):
    names = [path.name for path in side_files(tmp_path / "a.b.html").values()]
    assert names == ["a.b.json", "a.b_matrix.csv", "a.b_classes.csv"]
