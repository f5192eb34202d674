"""Classes of a reference and of a map: by name first, by value where that says it."""

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.class_matching import match_classes
from tests.assessments import TABLE
from tests.scenes import Recorder


def table(**values):
    """Return classes with these names and values."""
    entries = (ClassEntry(v, n, f"#0000{v:02x}") for n, v in values.items())
    return ClassTable(tuple(entries))


def matched(found, wanted, recorder=None):
    index = {value: k for k, value in enumerate(found.values, 1)}
    return match_classes(index, found, wanted, recorder or Recorder())


def test_names_match_first_and_whole_numbers_by_value():
    found = ClassTable(
        (ClassEntry(1, " road ", "#000000"), ClassEntry(2, "7", "#000000"))
    )
    assert match_classes({"x": 1, 7: 2}, found, TABLE) == {"x": 3, 7: 2}


def test_number_of_a_text_class_means_nothing():
    """It is the class's place in the alphabet; so is that of false and true."""
    text = ClassTable((ClassEntry(4, "Lake", "#000000"),))
    assert match_classes({"Lake": 1}, text, TABLE) == {}
    assert match_classes({True: 1}, table(yes=1), table(Water=1)) == {}


def test_a_class_that_another_has_by_name_is_not_given_away_by_value():
    """Forest was scored as Water, since it had the map's value of Water."""
    wanted = table(Water=1, Crop=2)
    assert matched(table(Forest=1, Water=2), wanted) == {2: 1}
    assert matched(table(Water=2, Forest=1), wanted) == {2: 1}


def test_same_value_and_another_name_is_said():
    recorder = Recorder()
    assert matched(table(Maize=1, Meadow=2), table(Corn=1, Meadow=5), recorder) == {
        1: 1,
        2: 2,
    }
    assert len(recorder.warnings) == 1
    assert "1 is 'Maize', on the map 'Corn'" in recorder.warnings[0]


def test_bare_numbers_need_no_word():
    recorder = Recorder()
    bare = ClassTable((ClassEntry(1, "1", "#000001"), ClassEntry(2, "2", "#000002")))
    for found, wanted in ((bare, table(a=1, b=2)), (table(a=1, b=2), bare)):
        assert matched(found, wanted, recorder) == {1: 1, 2: 2}
    assert not recorder.warnings


def test_a_long_list_is_cut():
    recorder = Recorder()
    many = [{f"{start}{k}": k for k in range(1, 13)} for start in "ab"]
    matched(table(**many[0]), table(**many[1]), recorder)
    assert "and 4 more" in recorder.warnings[0]
