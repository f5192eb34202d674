"""Which share of what is scored lies beside training pixels."""

import numpy as np
import pytest

from miaf_engine.accuracy.nearness import Nearness


def masks(*places):
    found = []
    for row, column in places:
        mask = np.zeros((9, 12), bool)
        mask[row, column] = True
        found.append(mask)
    return found


def test_three_rows_and_columns_are_near():
    (training,) = masks((4, 0))
    scored = np.zeros((9, 12), bool)
    scored[4, 1:] = True
    found = Nearness.of([(scored, training)])
    assert (found.pixels, found.scored) == (3, 11)
    assert found.share == pytest.approx(3 / 11) and not found.is_high
    text = found.text("{share} % lie within {near} pixels of the training areas.")
    assert text == "27 % lie within 3 pixels of the training areas."
    assert found.as_json() == {
        "near_training_pixels": 3,
        "near_training_share": pytest.approx(3 / 11),
    }


def test_corners_count_as_sides():
    training, near, far = masks((4, 4), (7, 7), (8, 4))
    assert Nearness.of([(near, training)]).share == 1
    assert Nearness.of([(far, training)]).share == 0


def test_several_trainings_are_added_up():
    first, second = masks((0, 0), (8, 11))
    found = Nearness.of([(first, first), (first, second)])
    assert (found.pixels, found.scored) == (1, 2) and not found.is_high


def test_more_than_half_near_is_high():
    (training,) = masks((4, 0))
    for columns, high in ((6, False), (5, True)):
        scored = np.zeros((9, 12), bool)
        scored[4, 1 : columns + 1] = True
        assert Nearness.of([(scored, training)]).is_high == high


def test_nothing_scored_has_no_share():
    nothing = np.zeros((9, 12), bool)
    assert Nearness.of([(nothing, ~nothing)]).as_json() == {
        "near_training_pixels": 0,
        "near_training_share": None,
    }
