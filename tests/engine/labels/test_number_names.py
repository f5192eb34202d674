"""Texts that stand for the class numbers of another layer."""

import pytest

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.labels.number_names import numbers_meant
from tests.scenes import Recorder


def styles(**names):
    """Return styles of numbers, given as n11="Corn"."""
    return [
        {"key": int(key[1:]), "name": name, "colour": "#123456"}
        for key, name in names.items()
    ]


def table(**names):
    return ClassTable(
        tuple(
            ClassEntry(int(key[1:]), name, f"#00000{place}")
            for place, (key, name) in enumerate(names.items())
        )
    )


CORN = styles(n11="Corn", n14="Woods")


@pytest.mark.parametrize(
    ("keys", "given", "known", "meant"),
    [
        ([11, 14, "11", "14"], None, None, {"11": 11, "14": 14}),
        ([11, 14, " 17 "], None, None, {" 17 ": 17}),
        ([11, 14, "corn ", "WOODS"], CORN, None, {"corn ": 11, "WOODS": 14}),
        ([11, "Corn"], None, table(n11="Corn"), {"Corn": 11}),
        # Of a class that no area has as a number.
        ([11, "Woods"], CORN, None, {"Woods": 14}),
        ([11, "Soy"], None, table(n11="Corn", n15="Soy"), {"Soy": 15}),
        # As the table tells apart what is called alike.
        (
            [11, 12, "Corn (12)"],
            styles(n11="Corn", n12="Corn"),
            None,
            {"Corn (12)": 12},
        ),
        # A style of this layer goes before a model; one that is a number says nothing.
        ([1, 3, "Soy"], styles(n1="Soy"), table(n3="Soy"), {"Soy": 1}),
        ([3, "Soy"], styles(n3="3"), table(n3="Soy"), {"Soy": 3}),
        ([3, "Soy"], styles(n3="Wheat"), table(n3="Soy"), {}),
        # Numbers that do not keep their values are not those of a model.
        ([0, 2, "Soy"], None, table(n2="Soy"), {}),
        ([0, 2, "Soy"], styles(n0="Soy"), table(n2="Soy"), {"Soy": 0}),
        ([True, False, "true", "1"], None, None, {"true": True}),
        ([1.5, 2.5, "1.5", "2"], None, None, {"1.5": 1.5}),
        # No numbers, or no text.
        (["11", "Corn"], CORN, table(n11="Corn"), {}),
        ([11, 14, None], CORN, None, {}),
        ([11, "0", "011", "-3", "99999", "\u0661"], None, None, {}),
    ],
)
def test_what_texts_mean(keys, given, known, meant):
    assert numbers_meant(keys, given, known) == meant


def test_a_style_may_hold_its_number_as_text():
    style = [{"key": "11", "name": "Corn", "colour": "#123456"}]
    assert numbers_meant([11, "Corn"], style) == {"Corn": 11}


def test_what_is_taken_for_what_is_told():
    recorder = Recorder()
    numbers_meant([11, 14, "11", "corn"], CORN, None, recorder)
    assert recorder.infos == ["Names of classes stand for numbers: 'corn' for 11."]
    assert recorder.warnings == []


def test_a_name_of_several_numbers_stands_for_none():
    recorder = Recorder()
    found = numbers_meant(
        [11, 12, "Corn"], styles(n11="Corn", n12="corn"), None, recorder
    )
    assert found == {}
    assert "'Corn' for 11 or 12" in recorder.warnings[0]
    # A number's name that says another number is no better.
    assert numbers_meant([11, 14, "11"], styles(n14="11")) == {}


def test_text_that_stands_for_nothing_is_told():
    recorder = Recorder()
    assert numbers_meant([11, 14, "Corn", "Woods"], None, None, recorder) == {}
    (told,) = recorder.warnings
    assert "'Corn', 'Woods'" in told and "classes of their own" in told
