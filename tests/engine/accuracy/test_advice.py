"""Advice names what counts, in order, and is never a wall of text."""

import numpy as np
import pytest

from miaf_engine.accuracy.advice import MOST, advice
from miaf_engine.accuracy.metrics import Assessment, assess
from miaf_engine.classes import ClassEntry, ClassTable, distinct_colours


def table(names):
    rows = zip(
        range(1, len(names) + 1), names, distinct_colours(len(names)), strict=True
    )
    return ClassTable(tuple(ClassEntry(*row) for row in rows))


CROPS = table(["Corn-notill", "Corn-min", "Woods"])


def scored(matrix, classes=CROPS):
    return Assessment(np.array(matrix), classes)


def by_area(areas_of_class, pixels=20, wrong=0):
    """Return an assessment of so many areas of each class, some pixels wrong."""
    reference, areas = [], []
    for k, count in enumerate(areas_of_class, start=1):
        for _ in range(count):
            areas += [len(set(areas)) + 1] * pixels
            reference += [k] * pixels
    predicted = np.array(reference)
    predicted[: wrong * pixels] = 2
    return assess(predicted, np.array(reference), CROPS, np.array(areas))


def test_most_confused_pair_first():
    found = advice(scored([[300, 70, 1, 0], [42, 200, 3, 0], [2, 8, 500, 0]]))
    assert found[0] == (
        "Corn-notill and Corn-min are confused in 112 scored pixels (89 % of all "
        "confusions): more areas of these would help most."
    )
    assert found[1].startswith("Corn-min and Woods are confused in 11 scored pixels")
    assert len([text for text in found if "would help most" in text]) == 1


def test_good_map_needs_nothing():
    assert advice(scored([[900, 0, 1, 0], [0, 900, 0, 0], [1, 0, 900, 0]])) == []


def test_nothing_scored():
    for found in (None, scored(np.zeros((3, 4), int))):
        assert "Nothing was scored" in advice(found)[0]


def test_class_never_mapped():
    found = advice(scored([[0, 80, 0, 3], [0, 500, 0, 0], [0, 0, 500, 0]]))
    assert found[0].startswith(
        "Classes that the map shows on no scored pixel: 'Corn-notill'."
    )
    assert "'Woods'" not in found[0]


def test_few_test_areas_recommend_matched_folds():
    single = advice(by_area([2, 5, 5]), could_fold=True)
    assert single[0].startswith(
        "Classes with fewer than 3 scored areas: 'Corn-notill'."
    )
    assert "matched" in single[0] and "'Woods'" not in single[0]
    other = advice(by_area([2, 5, 5]))[0]
    assert "matched" not in other and "Draw more areas to score" in other
    assert not any(
        "matched" in text for text in advice(by_area([3, 3, 3]), could_fold=True)
    )
    total = advice(by_area([3, 3, 0], wrong=3), could_fold=True)
    assert total[0].startswith("Only 6 areas were scored. Cross-validation")
    assert "on no scored pixel" in total[1]


def test_few_training_areas():
    areas = {
        "Corn-notill": {"training": 1, "validation": 1, "test": 9},
        "Corn-min": {"training": 2, "validation": 1},
        "Woods": {"training": 0},
    }
    found = advice(by_area([4, 4, 4]), areas)
    assert found[0] == (
        "Trained on fewer than 3 areas: 'Corn-notill'. Areas in other places show the "
        "network how much a class varies."
    )


def test_wide_intervals():
    found = advice(by_area([4, 4, 4], wrong=2))
    wide = [text for text in found if "interval" in text]
    assert "'Corn-notill'" in wide[0] and "areas" in wide[0]


def test_advice_on_wide_intervals_can_be_followed():
    """Of eight areas, all right, the interval is 59 to 100 %; of twelve, 71 to 100."""
    (text,) = advice(by_area([8, 8, 12]))
    assert text == (
        "So few areas of some classes were scored that the intervals of their "
        "producer's accuracies are wider than 30 points. Draw more areas of these, in "
        "other places: 'Corn-notill' (8 scored, about 12 needed), 'Corn-min' (8 "
        "scored, about 12 needed)."
    )
    assert advice(by_area([12, 12, 12])) == []
    assert advice(by_area([11, 12, 12])) != []


def test_advice_on_wide_intervals_of_single_pixels():
    (text,) = advice(scored([[8, 0, 0, 0], [0, 90, 0, 0], [0, 0, 90, 0]]))
    assert "Label more pixels of these" in text
    assert "'Corn-notill' (8 scored, about 9 needed)" in text
    assert advice(scored([[9, 0, 0, 0], [0, 90, 0, 0], [0, 0, 90, 0]])) == []


@pytest.mark.parametrize("count", [2, 60, 300])
def test_many_classes_make_few_sentences(count):
    rng = np.random.default_rng(0)
    classes = table([f"class number {k}" for k in range(count)])
    matrix = rng.integers(0, 3, (count, count + 1))
    matrix[:, : count // 3] = 0
    areas = {name: {"training": 1} for name in classes.names}
    found = advice(Assessment(matrix, classes), areas, could_fold=True)
    assert 1 <= len(found) <= MOST
    assert max(map(len, found)) < 500
