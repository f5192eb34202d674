"""Classes of a reference and of a map: by name first, by value where that says it."""

import numpy as np
import pytest
import rasterio

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import SampleError
from miaf_engine.labels.class_matching import (
    classes_of_areas,
    keys_meant,
    match_classes,
    united,
    with_reference,
)
from miaf_engine.models.card import read_card
from miaf_engine.requests import SuggestAreasRequest, TrainRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.train.labels import read_training_labels
from tests import scenes, tiny
from tests.assessments import TABLE
from tests.engine.tasks.suggest_areas.test_suggest_areas import read
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
    assert "1 is 'Maize', but 'Corn' in the map" in recorder.warnings[0]


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


CODES = {"Wheat": 11, "Forest": 14, "Road": 30}


COLOURS = ["#ff0000", "#00ff00", "#0000ff"]


STYLES = [
    {"key": code, "name": name, "colour": colour}
    for (name, code), colour in zip(CODES.items(), COLOURS, strict=True)
]


def coded(path, rows=(1, 8, 17), say=CODES.get):
    """Write areas of all stripes; `say` gives what their field holds for a name."""
    shapes, names = tiny.boxes(0.0, *rows)
    return str(scenes.write_areas(path, shapes, {"code": [say(n) for n in names]}))


def number_text(name):
    return str(CODES[name])


def request_of(tmp_path, **more):
    given = {"cube": "c.tif", "rois": coded(tmp_path / "r.gpkg", (1, 8))}
    return TrainRequest(**{**given, "class_field": "code", **more})


def label_map_of(tmp_path, known=None, recorder=None, **more):
    request = request_of(tmp_path, **more)
    return read_training_labels(
        request, tiny.grid(), recorder or Recorder(), known=known
    )


def shown(classes):
    return [(entry.value, entry.name, entry.colour) for entry in classes]


EXPECTED = [
    (11, "Wheat", "#ff0000"),
    (14, "Forest", "#00ff00"),
    (30, "Road", "#0000ff"),
]


@pytest.mark.parametrize("styles", [STYLES, None], ids=["styled", "bare"])
@pytest.mark.parametrize("again", [False, True], ids=["continued", "new"])
def test_the_whole_loop_with_numbered_classes(tmp_path, styles, again):
    """Train, suggest, set classes as the list offers them, and train again."""
    given = tiny.inputs(tmp_path) | {
        "rois": coded(tmp_path / "old.gpkg", (1, 17)),
        "class_field": "code",
        "class_styles": styles,
    }
    first, last = str(tmp_path / "m.safetensors"), str(tmp_path / "n.safetensors")
    carry_out(TrainRequest(**given, model=first), Recorder())
    before = read_card(first).classes
    assert before.values == [11, 14, 30]
    asked = {"cube": given["cube"], "rois": given["rois"], "class_field": "code"}
    asked["pixels_per_superpixel"] = 12
    layer = str(tmp_path / "s.gpkg")
    carry_out(
        SuggestAreasRequest(**asked, model=first, output=layer, count=4), Recorder()
    )
    found = read(layer)
    assert found["code"].dtype == object  # text, whatever the areas hold
    filled = scenes.write_areas(
        tmp_path / "set.gpkg", found["geometry"], {"code": list(found["predicted"])}
    )
    recorder = Recorder()
    request = TrainRequest(
        **given,
        rois_more=str(filled),
        model=last,
        output=str(tmp_path / "map.tif"),
        initial_model=None if again else first,
    )
    figures = carry_out(request, recorder)["figures"]
    assert shown(read_card(last).classes) == shown(before)
    if styles:
        assert shown(before) == EXPECTED
    assert [item["value"] for item in figures["classes"]] == [11, 14, 30]
    assert not any("New classes" in text for text in recorder.infos)
    # The few epochs of a test are warned of, too.
    others = [text for text in recorder.warnings if "epochs" not in text]
    assert not any("classes" in text for text in others)
    with rasterio.open(request.output) as file:
        assert set(np.unique(file.read(1))) <= {11, 14, 30}
    # And once more, with what was set counted as labelled.
    carry_out(
        SuggestAreasRequest(
            **asked, model=last, output=str(tmp_path / "t.gpkg"), rois_more=str(filled)
        ),
        recorder,
    )
    assert "Areas that count as labelled: 10." in " ".join(recorder.infos)


@pytest.mark.parametrize("say", [str, str.upper, number_text], ids=lambda s: s.__name__)
@pytest.mark.parametrize("styles", [STYLES, None], ids=["styled", "bare"])
def test_text_of_a_second_layer_is_the_number_of_the_first(tmp_path, say, styles):
    more = coded(tmp_path / "more.gpkg", (17,), say)
    known, _ = classes_of_areas(list(CODES.values()), STYLES, None, Recorder())
    for model in (known, None):
        if not styles and model is None and say is not number_text:
            continue  # nothing says what a name means; see below
        recorder = Recorder()
        training = label_map_of(
            tmp_path, model, recorder, rois_more=more, class_styles=styles
        ).training
        assert training.classes.values == [11, 14, 30]
        if styles or model:
            assert shown(training.classes) == EXPECTED
        assert np.bincount(training.values.ravel())[1:].tolist() == [120] * 3
        assert recorder.warnings == []


@pytest.mark.parametrize("say", [str, number_text], ids=lambda s: s.__name__)
def test_numbers_of_a_second_layer_are_what_the_text_of_the_first_means(tmp_path, say):
    first = coded(tmp_path / "first.gpkg", (1, 8), say)
    more = coded(tmp_path / "more.gpkg", (17,))
    styles = STYLES if say is str else None
    training = label_map_of(
        tmp_path, rois=first, rois_more=more, class_styles=styles
    ).training
    assert training.classes.values == [11, 14, 30]
    assert np.bincount(training.values.ravel())[1:].tolist() == [120] * 3


def test_names_that_nothing_explains_are_new_and_told(tmp_path):
    more = coded(tmp_path / "more.gpkg", (17,), str)
    recorder = Recorder()
    training = label_map_of(tmp_path, None, recorder, rois_more=more).training
    assert [(e.value, e.name) for e in training.classes] == [
        (1, "Forest"), (2, "Road"), (3, "Wheat"), (11, "11"), (14, "14"), (30, "30"),
    ]  # fmt: skip
    assert any("'Forest', 'Road', 'Wheat'" in text for text in recorder.warnings)


def test_a_new_class_by_name_leaves_the_numbers_alone(tmp_path):
    more = coded(tmp_path / "more.gpkg", (17,), {"Road": "Gravel"}.get)
    known, _ = classes_of_areas([11, 14, 30, 1], STYLES, None, Recorder())
    found = label_map_of(tmp_path, known, rois_more=more).training.classes
    assert shown(found)[2:] == EXPECTED
    # 1 is a class of the model by its number alone, and not this one.
    assert [(e.value, e.name) for e in found if e.value not in CODES.values()] == [
        (1, "1"),
        (2, "Gravel"),
    ]


@pytest.mark.parametrize(
    ("training", "validation", "styles"),
    [
        (CODES.get, str, STYLES),
        (CODES.get, str.lower, STYLES),
        (CODES.get, number_text, None),
        (str, CODES.get, STYLES),
        (number_text, CODES.get, None),
    ],
)
def test_validation_areas_may_say_it_otherwise(tmp_path, training, validation, styles):
    recorder = Recorder()
    given = label_map_of(
        tmp_path,
        None,
        recorder,
        rois=coded(tmp_path / "t.gpkg", (1, 8), training),
        validation_rois=coded(tmp_path / "v.gpkg", (17,), validation),
        class_styles=styles,
    )
    names = given.training.classes.names
    truth = np.array([0, *(names.index(n) + 1 for n in classes_in_order(names))])
    known = given.test.values > 0
    assert known.sum() == 120
    expected = truth[tiny.truth()[known]]
    np.testing.assert_array_equal(given.test.values[known], expected)
    assert any("in the other are matched" in text for text in recorder.infos)
    assert recorder.warnings == []


def classes_in_order(names):
    """Return the classes of the stripes as they are called here."""
    bare = {str(code): name for name, code in CODES.items()}
    called = {bare.get(name, name): name for name in names}
    return [called[name] for name in CODES]


def test_validation_areas_of_what_is_not_there_are_refused(tmp_path):
    names = coded(tmp_path / "v.gpkg", (17,), str)
    with pytest.raises(SampleError, match="none of the map's classes"):
        label_map_of(tmp_path, validation_rois=names)
    # A model's names say it.
    known, _ = classes_of_areas(list(CODES.values()), STYLES, None, Recorder())
    given = label_map_of(tmp_path, known, validation_rois=names)
    assert (given.test.values > 0).sum() == 120


def test_validation_areas_say_values_and_names_of_a_label_raster_as_text(tmp_path):
    values = tiny.truth().astype("uint8")
    values[12:] = 0
    labels = str(scenes.write_tif(tmp_path / "l.tif", values[None], tiny.grid()))
    legend = [{"key": k, "name": n} for k, n in enumerate(CODES, 1)]
    for number, say in enumerate((str.upper, lambda n: str([*CODES].index(n) + 1))):
        request = TrainRequest(
            cube="c.tif",
            labels=labels,
            class_field="code",
            class_styles=legend,
            validation_rois=coded(tmp_path / f"v{number}.gpkg", (17,), say),
        )
        found = read_training_labels(request, tiny.grid(), Recorder()).test
        known = found.values > 0
        assert known.sum() == 120
        np.testing.assert_array_equal(found.values[known], tiny.truth()[known])


def test_what_one_class_says_in_two_ways_is_joined_where_it_touches(tmp_path):
    upper = scenes.pixel_box(tiny.grid(), 1, 1, 4, 8)
    lower = scenes.pixel_box(tiny.grid(), 5, 1, 4, 8)
    woods = scenes.pixel_box(tiny.grid(), 1, 11, 4, 8)
    rois = scenes.write_areas(tmp_path / "a.gpkg", [upper, woods], {"code": [11, 14]})
    more = scenes.write_areas(tmp_path / "b.gpkg", [lower], {"code": ["Wheat"]})
    training = label_map_of(
        tmp_path, rois=str(rois), rois_more=str(more), class_styles=STYLES
    ).training
    wheat = training.values == 1
    assert wheat.sum() == 64 and len(np.unique(training.groups[wheat])) == 1


def table_of_class_union(**names):
    return ClassTable(
        tuple(
            ClassEntry(int(value[1:]), name, f"#00{int(value[1:]):04x}")
            for value, name in names.items()
        )
    )


def matched_of_class_union(first, second):
    union = united(first, second)
    names = union.classes.names
    return (
        dict(zip(first.names, [names[k] for k in union.first], strict=True)),
        dict(zip(second.names, [names[k] for k in union.second], strict=True)),
        union,
    )


def test_names_go_before_values():
    first, second = (
        table_of_class_union(v1="Corn", v2="Woods"),
        table_of_class_union(v1="WOODS", v2="corn "),
    )
    _, second_as, union = matched_of_class_union(first, second)
    assert second_as == {"WOODS": "Woods", "corn ": "Corn"}
    assert union.notes == ()


def test_a_value_stands_for_a_class_only_without_a_name():
    first, second = (
        table_of_class_union(v1="Corn", v2="2", v3="Lake"),
        table_of_class_union(v1="1", v2="Oats", v3="Sea"),
    )
    first_as, second_as, union = matched_of_class_union(first, second)
    assert second_as == {"1": "Corn", "Oats": "Oats", "Sea": "Sea"}
    assert first_as["2"] == "Oats"
    assert union.classes.values == [1, 2, 3, 4]
    assert [note for note in union.notes if "'Sea' is only in the map after" in note]
    assert [note for note in union.notes if "'Lake' is only in the map before" in note]


def test_a_name_already_matched_is_not_matched_again_by_value():
    # Corn has moved from 1 to 2; class 1 after is another, although it bears no name.
    first, second = (
        table_of_class_union(v1="Corn"),
        table_of_class_union(v1="1", v2="Corn"),
    )
    _, second_as, union = matched_of_class_union(first, second)
    assert second_as["Corn"] == "Corn"
    assert second_as["1"] != "Corn"
    assert len(union.classes) == 2


def test_values_and_colours_stay_apart():
    union = united(
        table_of_class_union(v1="a", v2="b"), table_of_class_union(v1="c", v2="d")
    )
    assert union.classes.names == ["a", "b", "c", "d"]
    assert len(set(union.classes.colours)) == 4


def styles(**names):
    """Return styles of numbers, given as n11="Corn"."""
    return [
        {"key": int(key[1:]), "name": name, "colour": "#123456"}
        for key, name in names.items()
    ]


def table_of_number_names(**names):
    return ClassTable(
        tuple(
            ClassEntry(int(key[1:]), name, f"#00000{place}")
            for place, (key, name) in enumerate(names.items())
        )
    )


def style(key, name):
    return {"key": key, "name": name, "colour": "#123456"}


CORN = styles(n11="Corn", n14="Woods")
OATS = [style("c7", "Oats"), style("c2", "Corn")]


@pytest.mark.parametrize(
    ("keys", "given", "known", "meant"),
    [
        ([11, 14, "11", "14"], None, None, {"11": 11, "14": 14}),
        ([11, 14, " 17 "], None, None, {" 17 ": 17}),
        ([11, 14, "corn ", "WOODS"], CORN, None, {"corn ": 11, "WOODS": 14}),
        ([11, "Corn"], None, table_of_number_names(n11="Corn"), {"Corn": 11}),
        # Of a class that no area has as a number.
        ([11, "Woods"], CORN, None, {"Woods": 14}),
        ([11, "Soy"], None, table_of_number_names(n11="Corn", n15="Soy"), {"Soy": 15}),
        # As the table tells apart what is called alike.
        (
            [11, 12, "Corn (12)"],
            styles(n11="Corn", n12="Corn"),
            None,
            {"Corn (12)": 12},
        ),
        # A style of this layer goes before a model; one that is a number says nothing.
        ([1, 3, "Soy"], styles(n1="Soy"), table_of_number_names(n3="Soy"), {"Soy": 1}),
        ([3, "Soy"], styles(n3="3"), table_of_number_names(n3="Soy"), {"Soy": 3}),
        ([3, "Soy"], styles(n3="Wheat"), table_of_number_names(n3="Soy"), {}),
        # Numbers that do not keep their values are not those of a model.
        ([0, 2, "Soy"], None, table_of_number_names(n2="Soy"), {}),
        ([0, 2, "Soy"], styles(n0="Soy"), table_of_number_names(n2="Soy"), {"Soy": 0}),
        ([True, False, "true", "1"], None, None, {"true": True}),
        ([1.5, 2.5, "1.5", "2"], None, None, {"1.5": 1.5}),
        # Text codes that have names, of areas or of a style alone.
        (["c7", "c2", "Oats"], OATS, None, {"Oats": "c7"}),
        (["c2", "oats "], OATS, None, {"oats ": "c7"}),
        (["11", "Corn"], CORN, table_of_number_names(n11="Corn"), {"Corn": "11"}),
        ([11, "c7", "Oats", "Woods"], OATS + CORN, None, {"Oats": "c7", "Woods": 14}),
        (["c7", "Oats"], [*OATS, style("Oats", "Oats")], None, {"Oats": "c7"}),
        # A text that its own style gives another name is that class, and no name.
        (["c7", "Oats"], [*OATS, style("Oats", "Winter oats")], None, {}),
        (["c7", "c8", "Oats"], [*OATS, style("c8", "Oats")], None, {}),
        (
            ["c7", "c8", "Oats (c8)"],
            [*OATS, style("c8", "Oats")],
            None,
            {"Oats (c8)": "c8"},
        ),
        (["c7", "Rye"], OATS, table_of_number_names(n1="Rye"), {}),
        # No numbers, no names, or no text.
        (["11", "Corn"], None, table_of_number_names(n11="Corn"), {}),
        ([11, 14, None], CORN, None, {}),
        ([11, "0", "011", "-3", "99999", "\u0661"], None, None, {}),
    ],
)
def test_what_texts_mean(keys, given, known, meant):
    assert keys_meant(keys, given, known) == meant


def test_a_style_may_hold_its_number_as_text():
    style = [{"key": "11", "name": "Corn", "colour": "#123456"}]
    assert keys_meant([11, "Corn"], style) == {"Corn": 11}


def test_what_is_taken_for_what_is_told():
    recorder = Recorder()
    keys_meant([11, 14, "11", "corn"], CORN, None, recorder)
    assert recorder.infos == [
        "Class names stand for values of the class field: 'corn' for 11."
    ]
    assert recorder.warnings == []


def test_a_name_of_several_numbers_stands_for_none():
    recorder = Recorder()
    found = keys_meant([11, 12, "Corn"], styles(n11="Corn", n12="corn"), None, recorder)
    assert found == {}
    assert "'Corn' for 11 / 12" in recorder.warnings[0]
    # A number's name that says another number is no better.
    assert keys_meant([11, 14, "11"], styles(n14="11")) == {}


def test_which_class_of_an_initial_model_a_number_is_taken_for_is_told():
    said, known = Recorder(), table(Forest=1, Road=2, Wheat=3)
    found, index = classes_of_areas([1, 2, 7], None, known, said)
    assert list(found.names) == ["Forest", "Road", "Wheat", "7"]
    assert index == {1: 1, 2: 2, 7: 4}
    assert said.infos[0] == (
        "Numbers in the class field are the values of the initial model's classes: 1 "
        "is 'Forest'; 2 is 'Road'."
    )
    said = Recorder()
    classes_of_areas(["Forest", "Road"], None, known, said)
    classes_of_areas([1, 2], None, ClassTable(found.entries[3:]), said)
    assert not any("Numbers" in text for text in said.infos)


@pytest.mark.parametrize("reference", [["c7", "Corn"], ["Oats", "c2"], ["oats", "x"]])
def test_reference_areas_may_give_a_text_code_by_its_name(reference):
    recorder = Recorder()
    classes, index = classes_of_areas(["c2", "c7", "Oats"], OATS, None, recorder)
    assert (classes.names, index) == (["Corn", "Oats"], {"c2": 1, "c7": 2, "Oats": 2})
    assert recorder.warnings == []
    found = with_reference(reference, index, OATS, None, recorder)
    expected = {"c7": 2, "c2": 1, "Oats": 2, "Corn": 1, "oats": 2}
    assert found == {key: k for key, k in expected.items() if key in found}
    assert [found.get(key) for key in reference] == [
        expected.get(key) for key in reference
    ]


def test_a_code_matched_by_value_takes_its_name_with_it():
    found, index = classes_of_areas([11, "Corn"], CORN, None, Recorder())
    said = table_of_number_names(n11="11", n14="14")
    assert match_classes(index, found, said) == {11: 1, "Corn": 1}


def test_text_that_stands_for_nothing_is_told():
    recorder = Recorder()
    assert keys_meant([11, 14, "Corn", "Woods"], None, None, recorder) == {}
    (warning,) = recorder.warnings
    assert "'Corn', 'Woods'" in warning and "separate classes" in warning
