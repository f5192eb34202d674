"""The class table."""

import pytest

from miaf_engine.classes import (
    ClassEntry,
    ClassTable,
    distinct_colours,
    natural_key,
)
from miaf_engine.errors import InputError


def test_classes_are_ordered_by_value():
    table = ClassTable((ClassEntry(7, "b", "#ABCDEF"), ClassEntry(3, "a", "#000000")))
    assert table.values == [3, 7]
    assert table.names == ["a", "b"]
    assert table.colours == ["#000000", "#abcdef"]
    assert [entry.name for entry in table] == ["a", "b"]
    assert len(table) == 2
    assert ClassTable.from_json(table.as_json()) == table


@pytest.mark.parametrize(
    ("value", "name", "colour"),
    [
        (0, "a", "#000000"),
        (-1, "a", "#000000"),
        (65536, "a", "#000000"),
        (1, "", "#000000"),
        (1, "  ", "#000000"),
        (1, "a", "red"),
        (1, "a", "#00000"),
        (1, "a", "#0000000"),
        (1, "a", "#000000\n"),
        (1, "a", ""),
    ],
)
def test_what_no_file_can_carry_is_refused(value, name, colour):
    with pytest.raises(InputError):
        ClassEntry(value, name, colour)


def test_doubled_values_and_names_are_refused():
    one = ClassEntry(1, "a", "#000000")
    with pytest.raises(InputError, match="value 1"):
        ClassTable((one, ClassEntry(1, "b", "#000000")))
    with pytest.raises(InputError, match="name 'a'"):
        ClassTable((one, ClassEntry(2, "a", "#000000")))


@pytest.mark.parametrize(
    "items", [[{}], [{"value": "x", "name": "a", "colour": "#000000"}], [3], [None]]
)
def test_a_damaged_table_is_refused(items):
    with pytest.raises(InputError, match="damaged"):
        ClassTable.from_json(items)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 60, 300])
def test_colours_are_distinct_and_repeat(count):
    colours = distinct_colours(count)
    assert len(set(colours)) == count
    assert distinct_colours(count + 5)[:count] == colours
    for number, colour in enumerate(colours, 1):
        ClassEntry(number, f"class {number}", colour)


def test_numbers_in_names_count():
    names = ["field 10", "Field 2", "field 1b", "field 1", "2 x", "x"]
    expected = ["2 x", "field 1", "field 1b", "Field 2", "field 10", "x"]
    assert sorted(names, key=natural_key) == expected
