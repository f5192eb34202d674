"""Classes of two maps in one table."""

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.class_union import united


def table(**names):
    return ClassTable(
        tuple(
            ClassEntry(int(value[1:]), name, f"#00{int(value[1:]):04x}")
            for value, name in names.items()
        )
    )


def matched(first, second):
    union = united(first, second)
    names = union.classes.names
    return (
        dict(zip(first.names, [names[k] for k in union.first], strict=True)),
        dict(zip(second.names, [names[k] for k in union.second], strict=True)),
        union,
    )


def test_names_go_before_values():
    first, second = table(v1="Corn", v2="Woods"), table(v1="WOODS", v2="corn ")
    _, second_as, union = matched(first, second)
    assert second_as == {"WOODS": "Woods", "corn ": "Corn"}
    assert union.notes == ()


def test_a_value_stands_for_a_class_only_without_a_name():
    first, second = (
        table(v1="Corn", v2="2", v3="Lake"),
        table(v1="1", v2="Oats", v3="Sea"),
    )
    first_as, second_as, union = matched(first, second)
    assert second_as == {"1": "Corn", "Oats": "Oats", "Sea": "Sea"}
    assert first_as["2"] == "Oats"
    assert union.classes.values == [1, 2, 3, 4]
    assert [note for note in union.notes if "'Sea' is in the map after alone" in note]
    assert [note for note in union.notes if "'Lake' is in the map before alone" in note]


def test_a_name_already_matched_is_not_matched_again_by_value():
    # Corn has moved from 1 to 2; class 1 after is another, although it bears no name.
    first, second = table(v1="Corn"), table(v1="1", v2="Corn")
    _, second_as, union = matched(first, second)
    assert second_as["Corn"] == "Corn"
    assert second_as["1"] != "Corn"
    assert len(union.classes) == 2


def test_values_and_colours_stay_apart():
    union = united(table(v1="a", v2="b"), table(v1="c", v2="d"))
    assert union.classes.names == ["a", "b", "c", "d"]
    assert len(set(union.classes.colours)) == 4
