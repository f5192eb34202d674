"""Class tables made from the values of a class field."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.classes import ClassTable
from miaf_engine.errors import InputError, SampleError
from miaf_engine.labels.class_keys import class_an_area, class_table
from tests.scenes import Recorder


def test_text_is_numbered_naturally_whatever_the_order_of_the_legend():
    styles = [
        {"key": "Woods", "name": "Deep\x00 woods", "colour": "#00FF00"},
        {"key": "gone", "name": "Gone", "colour": "#000000"},
        {"key": "", "name": "all other values", "colour": "#ffffff"},
    ]
    keys = ["field 10", "Woods", "field 2", "Woods"]
    table, index = class_table(keys, styles)
    assert table.names == ["field 2", "field 10", "Deep woods"]
    assert table.values == [1, 2, 3]
    assert table.colours[2] == "#00ff00"
    assert len(set(table.colours)) == 3
    assert index == {"field 2": 1, "field 10": 2, "Woods": 3}
    assert class_table(keys)[1] == index


def test_whole_numbers_keep_their_values():
    progress = Recorder()
    styles = [{"key": "30", "name": "Wheat", "colour": "#d1b43c"}]
    table, index = class_table([30, 2, 65_535], styles, progress)
    assert table.values == [2, 30, 65_535]
    assert table.names == ["2", "Wheat", "65535"]
    assert index == {2: 1, 30: 2, 65_535: 3}
    assert progress.warnings == []


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ([0, 1, 5], [0, 1, 5]),
        ([-1, 3], [-1, 3]),
        ([1.5, 1.0], [1.0, 1.5]),
        ([True, False], [False, True]),
        ([70_000, 3], [3, 70_000]),
    ],
)
def test_other_numbers_are_renumbered_and_said(keys, order):
    progress = Recorder()
    table, index = class_table(keys, None, progress)
    assert table.values == list(range(1, len(keys) + 1))
    assert [index[key] for key in order] == table.values
    assert "not all whole numbers" in progress.warnings[0]


def test_text_beside_numbers_gets_the_values_that_are_left():
    progress = Recorder()
    table, index = class_table([3, "b", 1, "a"], None, progress, avoid={2})
    assert table.names == ["1", "3", "a", "b"]
    assert table.values == [1, 3, 4, 5]
    assert index == {1: 1, 3: 2, "a": 3, "b": 4}
    assert progress.warnings == []
    # Beside numbers that no value can be, all are numbered.
    table, _ = class_table([0, "a"], None, progress)
    assert (table.names, table.values) == (["0", "a"], [1, 2])
    assert "not all whole numbers" in progress.warnings[0]


def test_names_and_colours_alike_are_told_apart():
    progress = Recorder()
    styles = [{"key": k, "name": "Forest", "colour": "#00ff00"} for k in ("a", "b")]
    table, _ = class_table(["a", "b"], styles, progress)
    assert table.names == ["Forest (a)", "Forest (b)"]
    assert "Forest" in progress.warnings[0]
    with pytest.raises(InputError, match="colour"):
        class_table(["a"], [{"key": "a", "name": "A", "colour": "green"}])
    with pytest.raises(SampleError, match="No area has a class"):
        class_table([None])


@given(st.sets(st.text(min_size=1).filter(lambda text: text.strip()), min_size=1))
def test_any_text_makes_a_table(keys):
    table, index = class_table(sorted(keys))
    assert sorted(index.values()) == list(range(1, len(keys) + 1))
    assert ClassTable.from_json(table.as_json()) == table


@pytest.mark.parametrize("seed", range(4))
def test_order_follows_from_the_values_alone(seed):
    """Names that differ in case only, or in leading zeros, are no tie."""
    keys = ["corn", "Corn", "CORN", "field 2", "field 10", "field 02", "1", "01"]
    expected = class_table(keys)[0].names
    np.random.default_rng(seed).shuffle(keys)
    assert class_table(keys)[0].names == expected
    assert expected == [
        "01", "1", "CORN", "Corn", "corn", "field 02", "field 2", "field 10",
    ]  # fmt: skip


def test_false_comes_before_true_and_both_take_styles():
    table, index = class_table(
        [True, False], [{"key": "true", "name": "Forest", "colour": "#00ff00"}]
    )
    assert table.names == ["false", "Forest"]
    assert index == {False: 1, True: 2}


@pytest.mark.parametrize(
    ("keys", "alike"),
    [
        (["Wheat", "wheat", "WHEAT", "Rye"], "'WHEAT' and 'Wheat' and 'wheat'"),
        (["Corn notill", "Corn-notill", "corn_notill"], "'Corn notill' and"),
        (["Maïs", "MAÏS"], "'MAÏS' and 'Maïs'"),
    ],
)
def test_names_that_differ_in_case_or_signs_are_said(keys, alike):
    said = Recorder()
    table, _ = class_table(keys, None, said)
    assert len(table) == len(keys)
    assert alike in said.warnings[0]
    said = Recorder()
    class_table(["Wheat", "Rye", "C1", "C2", "C-3", "+", "-", 4, 5], None, said)
    assert said.warnings == []


def test_a_field_that_numbers_the_areas_is_said():
    assert class_an_area(range(10), "id")[0].startswith(
        "Each of the 10 areas has its own class"
    )
    assert "18 classes" in class_an_area([*range(18), 3, 4], "id")[0]
    assert class_an_area([*range(9)], "id") == ("", "")
    assert class_an_area([*range(12)] * 2, "cover") == ("", "")
