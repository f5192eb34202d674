"""Areas with numbered classes, and layers whose classes are set by name."""

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import SampleError
from miaf_engine.labels.area_classes import classes_of_areas
from miaf_engine.models.card import read_card
from miaf_engine.requests import SuggestAreasRequest, TrainRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.train.labels import read_given_labels
from tests import scenes, tiny
from tests.engine.tasks.suggest_areas.test_suggest_areas import read
from tests.scenes import Recorder

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


def labels_of(tmp_path, known=None, recorder=None, **more):
    request = request_of(tmp_path, **more)
    return read_given_labels(request, tiny.grid(), recorder or Recorder(), known=known)


def shown(classes):
    return [(entry.value, entry.name, entry.colour) for entry in classes]


EXPECTED = [
    (11, "Wheat", "#ff0000"),
    (14, "Forest", "#00ff00"),
    (30, "Road", "#0000ff"),
]


@pytest.mark.parametrize("styles", [STYLES, None], ids=["styled", "bare"])
@pytest.mark.parametrize("anew", [False, True], ids=["going on", "anew"])
def test_the_whole_loop_with_numbered_classes(tmp_path, styles, anew):
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
        initial_model=None if anew else first,
    )
    figures = carry_out(request, recorder)["figures"]
    assert shown(read_card(last).classes) == shown(before)
    if styles:
        assert shown(before) == EXPECTED
    assert [item["value"] for item in figures["classes"]] == [11, 14, 30]
    assert not any("New classes" in text for text in recorder.infos)
    assert not any("classes" in text for text in recorder.warnings)
    with rasterio.open(request.output) as file:
        assert set(np.unique(file.read(1))) <= {11, 14, 30}
    # And once more, with what was set counted as labelled.
    carry_out(
        SuggestAreasRequest(
            **asked, model=last, output=str(tmp_path / "t.gpkg"), rois_more=str(filled)
        ),
        recorder,
    )
    assert "10 count as labelled" in " ".join(recorder.infos)


@pytest.mark.parametrize("say", [str, str.upper, number_text], ids=lambda s: s.__name__)
@pytest.mark.parametrize("styles", [STYLES, None], ids=["styled", "bare"])
def test_text_of_a_second_layer_is_the_number_of_the_first(tmp_path, say, styles):
    more = coded(tmp_path / "more.gpkg", (17,), say)
    known, _ = classes_of_areas(list(CODES.values()), STYLES, None, Recorder())
    for model in (known, None):
        if not styles and model is None and say is not number_text:
            continue  # nothing says what a name means; see below
        recorder = Recorder()
        training = labels_of(
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
    training = labels_of(
        tmp_path, rois=first, rois_more=more, class_styles=styles
    ).training
    assert training.classes.values == [11, 14, 30]
    assert np.bincount(training.values.ravel())[1:].tolist() == [120] * 3


def test_names_that_nothing_explains_are_new_and_told(tmp_path):
    more = coded(tmp_path / "more.gpkg", (17,), str)
    recorder = Recorder()
    training = labels_of(tmp_path, None, recorder, rois_more=more).training
    assert [(e.value, e.name) for e in training.classes] == [
        (1, "Forest"), (2, "Road"), (3, "Wheat"), (11, "11"), (14, "14"), (30, "30"),
    ]  # fmt: skip
    assert any("'Forest', 'Road', 'Wheat'" in text for text in recorder.warnings)


def test_a_new_class_by_name_leaves_the_numbers_alone(tmp_path):
    more = coded(tmp_path / "more.gpkg", (17,), {"Road": "Gravel"}.get)
    known, _ = classes_of_areas([11, 14, 30, 1], STYLES, None, Recorder())
    found = labels_of(tmp_path, known, rois_more=more).training.classes
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
    given = labels_of(
        tmp_path,
        None,
        recorder,
        rois=coded(tmp_path / "t.gpkg", (1, 8), training),
        validation_rois=coded(tmp_path / "v.gpkg", (17,), validation),
        class_styles=styles,
    )
    names = given.training.classes.names
    truth = np.array([0, *(names.index(n) + 1 for n in classes_in_order(names))])
    known = given.reference.values > 0
    assert known.sum() == 120
    expected = truth[tiny.truth()[known]]
    np.testing.assert_array_equal(given.reference.values[known], expected)
    assert any("taken for the same" in text for text in recorder.infos)
    assert recorder.warnings == []


def classes_in_order(names):
    """Return the classes of the stripes as they are called here."""
    bare = {str(code): name for name, code in CODES.items()}
    called = {bare.get(name, name): name for name in names}
    return [called[name] for name in CODES]


def test_validation_areas_of_what_is_not_there_are_refused(tmp_path):
    names = coded(tmp_path / "v.gpkg", (17,), str)
    with pytest.raises(SampleError, match="none of the map's classes"):
        labels_of(tmp_path, validation_rois=names)
    # A model's names say it.
    known, _ = classes_of_areas(list(CODES.values()), STYLES, None, Recorder())
    given = labels_of(tmp_path, known, validation_rois=names)
    assert (given.reference.values > 0).sum() == 120


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
        found = read_given_labels(request, tiny.grid(), Recorder()).reference
        known = found.values > 0
        assert known.sum() == 120
        np.testing.assert_array_equal(found.values[known], tiny.truth()[known])


def test_what_one_class_says_in_two_ways_is_joined_where_it_touches(tmp_path):
    upper = scenes.pixel_box(tiny.grid(), 1, 1, 4, 8)
    lower = scenes.pixel_box(tiny.grid(), 5, 1, 4, 8)
    woods = scenes.pixel_box(tiny.grid(), 1, 11, 4, 8)
    rois = scenes.write_areas(tmp_path / "a.gpkg", [upper, woods], {"code": [11, 14]})
    more = scenes.write_areas(tmp_path / "b.gpkg", [lower], {"code": ["Wheat"]})
    training = labels_of(
        tmp_path, rois=str(rois), rois_more=str(more), class_styles=STYLES
    ).training
    wheat = training.values == 1
    assert wheat.sum() == 64 and len(np.unique(training.groups[wheat])) == 1
