"""Figures against scikit-learn and against tables worked by hand."""

import csv
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from miaf_engine.accuracy.metrics import assess, joined
from miaf_engine.classes import ClassEntry, ClassTable, distinct_colours
from miaf_engine.errors import GridMismatchError, InputError
from miaf_engine.reports.matrix import write_matrix_csv


def table(count, names=None):
    names = names or [f"class {k}" for k in range(1, count + 1)]
    entries = zip(range(1, count + 1), names, distinct_colours(count), strict=True)
    return ClassTable(tuple(ClassEntry(*entry) for entry in entries))


def from_matrix(matrix):
    """Return label vectors that make this matrix; last column = unclassified."""
    pairs = [
        (0 if j == len(matrix) else j + 1, i + 1)
        for i, row in enumerate(matrix)
        for j, count in enumerate(row)
        for _ in range(count)
    ]
    predicted, reference = np.array(pairs).T
    return predicted, reference


@st.composite
def label_pairs(draw):
    count = draw(st.integers(1, 6))
    size = draw(st.integers(1, 60))
    labels = st.lists(st.integers(0, count), min_size=size, max_size=size)
    return count, np.array(draw(labels)), np.array(draw(labels))


@settings(deadline=None)
@given(label_pairs())
@pytest.mark.filterwarnings("ignore")
def test_against_scikit_learn(pair):
    count, predicted, reference = pair
    found = assess(predicted, reference, table(count))
    scored = reference > 0
    if not scored.any():
        assert math.isnan(found.overall_accuracy) and math.isnan(found.kappa)
        assert math.isnan(found.average_accuracy)
        return
    truth, guess = reference[scored], predicted[scored]
    every, real = list(range(count + 1)), list(range(1, count + 1))
    matrix = sk.confusion_matrix(truth, guess, labels=every)
    assert np.array_equal(found.matrix[:, :-1], matrix[1:, 1:])
    assert np.array_equal(found.matrix[:, -1], matrix[1:, 0])
    precision, recall, f1, support = sk.precision_recall_fscore_support(
        truth, guess, labels=real, zero_division=np.nan
    )
    close = {"rtol": 0, "atol": 1e-12, "equal_nan": True}
    assert np.allclose(found.overall_accuracy, sk.accuracy_score(truth, guess), **close)
    kappa = sk.cohen_kappa_score(truth, guess, labels=every)
    assert np.allclose(found.kappa, kappa, **close)
    assert np.allclose(found.producers_accuracy, recall, **close)
    assert np.allclose(found.users_accuracy, precision, **close)
    assert np.allclose(found.f1, f1, **close)
    iou = sk.jaccard_score(truth, guess, labels=real, average=None, zero_division=0)
    there = found.reference_pixels + found.map_pixels > 0
    assert np.allclose(found.iou[there], iou[there], **close)
    assert np.isnan(found.iou[~there]).all()
    assert np.allclose(found.average_accuracy, recall[support > 0].mean(), **close)
    assert np.array_equal(found.reference_pixels, support)
    assert np.array_equal(found.map_pixels, matrix[1:, 1:].sum(0))


def test_worked_by_hand():
    # Reference 1: 45 right, 5 as 2. Reference 2: 10 as 1, 35 right, 5 unclassified.
    found = assess(*from_matrix([[45, 5, 0], [10, 35, 5]]), table(2))
    assert found.matrix.tolist() == [[45, 5, 0], [10, 35, 5]]
    assert found.overall_accuracy == 0.8
    assert found.average_accuracy == pytest.approx((0.9 + 0.7) / 2)
    chance = 0.5 * 0.55 + 0.5 * 0.4
    assert found.kappa == pytest.approx((0.8 - chance) / (1 - chance))
    assert found.producers_accuracy.tolist() == [0.9, 0.7]
    assert found.users_accuracy.tolist() == pytest.approx([45 / 55, 35 / 40])
    assert found.f1.tolist() == pytest.approx([90 / 105, 70 / 90])
    assert found.iou.tolist() == pytest.approx([45 / 60, 35 / 55])
    assert found.map_pixels.tolist() == [55, 40]


def test_class_absent_from_the_reference():
    found = assess(*from_matrix([[3, 1, 0], [0, 0, 0]]), table(2))
    assert found.average_accuracy == 0.75
    assert math.isnan(found.producers_accuracy[1])
    assert found.users_accuracy[1] == 0
    assert found.f1[1] == 0
    entry = found.as_json()["classes"][1]
    assert entry["producers_accuracy"] is None
    json.dumps(found.as_json(), allow_nan=False)


def test_single_class_has_no_kappa():
    found = assess(np.ones(4, int), np.ones(4, int), table(1))
    assert found.overall_accuracy == 1
    assert math.isnan(found.kappa)
    assert found.as_json()["kappa"] is None


def test_no_reference_at_all():
    found = assess(np.ones((2, 2), int), np.zeros((2, 2), int), table(3))
    figures = found.as_json()
    assert figures["overall_accuracy"] is None
    assert figures["overall_accuracy_interval"] == [None, None]
    json.dumps(figures, allow_nan=False)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int32, np.int64])
def test_dtype_does_not_matter(dtype):
    predicted, reference = from_matrix([[200, 90, 0], [40, 250, 3]])
    found = assess(predicted.astype(dtype), reference.astype(dtype), table(2))
    assert found.matrix.tolist() == [[200, 90, 0], [40, 250, 3]]


def test_json_has_the_agreed_keys():
    figures = assess(*from_matrix([[45, 5, 0], [10, 35, 5]]), table(2)).as_json()
    assert {
        "overall_accuracy",
        "average_accuracy",
        "kappa",
        "classes",
        "matrix",
    } <= set(figures)
    assert figures["matrix"] == [[45, 5, 0], [10, 35, 5]]
    assert set(figures["classes"][0]) == {
        "name",
        "value",
        "colour",
        "producers_accuracy",
        "producers_accuracy_interval",
        "users_accuracy",
        "users_accuracy_interval",
        "f1",
        "iou",
        "reference_pixels",
        "reference_areas",
        "map_pixels",
    }


def test_input_is_checked():
    with pytest.raises(GridMismatchError, match="differ in size"):
        assess(np.ones((2, 3), int), np.ones((3, 2), int), table(1))
    with pytest.raises(InputError, match="label 3, but there are 2"):
        assess(np.full(4, 3), np.ones(4, int), table(2))


def test_areas_change_the_intervals_alone():
    predicted, reference = from_matrix([[40, 10, 0], [5, 45, 0]])
    areas = np.repeat(np.arange(1, 11), 10)
    plain = assess(predicted, reference, table(2))
    found = assess(predicted, reference, table(2), areas)
    assert np.array_equal(found.matrix, plain.matrix)
    assert np.array_equal(found.by_area.matrix, plain.matrix)
    figures = found.as_json()
    assert "jackknife over 10 areas" in figures["interval_method"]
    assert figures["interval_reliable"] is True
    assert figures["reference_areas"] == 10
    assert [c["reference_areas"] for c in figures["classes"]] == [5, 5]
    assert "Wilson" in plain.as_json()["interval_method"]
    assert plain.as_json()["reference_areas"] is None
    wide, narrow = (np.ptp(f.uncertainty.overall) for f in (found, plain))
    assert wide > narrow


def test_parts_of_a_map_add_up():
    rng = np.random.default_rng(3)
    predicted, reference = rng.integers(0, 4, (2, 40, 30))
    areas = np.kron(np.arange(1, 13).reshape(4, 3), np.ones((10, 10), int))
    whole = assess(predicted, reference, table(3), areas)
    parts = [
        assess(predicted[part], reference[part], table(3), areas[part])
        for part in (np.s_[:7], np.s_[7:26, :13], np.s_[7:26, 13:], np.s_[26:])
    ]
    assert joined(parts, table(3)).as_json() == whole.as_json()
    plain = [
        assess(predicted[part], reference[part], table(3))
        for part in (np.s_[:7], np.s_[7:])
    ]
    assert np.array_equal(joined(plain, table(3)).matrix, whole.matrix)
    assert joined([], table(3)).as_json()["overall_accuracy"] is None


def test_matrix_csv(tmp_path):
    names = ['=HYPERLINK("x")', "Grünland, nass", "@sum"]
    found = assess(
        *from_matrix([[4, 1, 0, 0], [0, 5, 2, 0], [0, 0, 3, 1]]), table(3, names)
    )
    path = tmp_path / "Matrix ä.csv"
    write_matrix_csv(path, found)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [
        "rows = reference, columns = map",
        '\'=HYPERLINK("x")',
        "Grünland, nass",
        "'@sum",
        "unclassified",
        "sum",
    ]
    assert rows[1] == ['\'=HYPERLINK("x")', "4", "1", "0", "0", "5"]
    assert rows[-1] == ["sum", "4", "6", "5", "1", "16"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["Matrix ä.csv"]


def test_nothing_scored_has_no_reliable_interval():
    nothing = np.zeros((2, 3), np.uint8)
    for areas in (None, np.ones((2, 3), int)):
        figures = assess(nothing, nothing, table(2), areas).as_json()
        assert figures["overall_accuracy_interval"] == [None, None]
        assert figures["interval_reliable"] is False
