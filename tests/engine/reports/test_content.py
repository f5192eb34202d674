"""The numbers beside a report are plain JSON."""

import json

import numpy as np

from miaf_engine.accuracy.metrics import assess
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.reports.content import (
    ReportContent,
    Spectra,
    figures,
)

CLASSES = ClassTable(
    (ClassEntry(1, "Wheat", "#d1b43c"), ClassEntry(4, "Grünland", "#009e73"))
)


def test_everything_missing():
    values = figures(ReportContent(title="T", classes=CLASSES))
    assert values["title"] == "T"
    assert values["spectra"] is None and "overall_accuracy" not in values
    json.dumps(values, allow_nan=False)


def test_numpy_and_nan_become_plain():
    spectra = Spectra(np.array([[1, np.nan]] * 2, np.float32), np.ones((2, 2)))
    content = ReportContent(
        title="T",
        classes=CLASSES,
        assessment=assess(np.array([1, 1]), np.array([1, 1]), CLASSES),
        history={"losses": [np.float32(1.5), float("nan")], "checks": [(1, 0.5, 2.0)]},
        spectra=spectra,
        settings={"split": {"sizes": (1, 2)}, "flag": np.bool_(True)},
        seed=np.int64(3),
    )
    values = json.loads(json.dumps(figures(content), allow_nan=False))
    assert values["overall_accuracy"] == 1.0
    assert values["kappa"] is None
    assert values["history"] == {"losses": [1.5, None], "checks": [[1, 0.5, 2.0]]}
    assert values["spectra"]["mean"] == {"Wheat": [1.0, None], "Grünland": [1.0, None]}
    assert values["settings"] == {"split": {"sizes": [1, 2]}, "flag": True}
    assert values["seed"] == 3
