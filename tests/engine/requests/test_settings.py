"""Settings: what is taken, what is refused, and that nothing is lost."""

import json
from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.errors import ConfigError
from miaf_engine.requests import SETTINGS_CLASSES, TrainRequest
from miaf_engine.requests.settings import (
    PRESETS,
    WATER_VAPOUR,
    NetworkConfig,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
    inside,
    parse_ranges,
    shown,
)


@pytest.mark.parametrize("kind", SETTINGS_CLASSES)
def test_defaults_are_valid_and_survive_json(kind):
    config = kind()
    assert kind.from_json(json.loads(json.dumps(config.as_json()))) == config
    assert kind.from_json({}) == config
    for item in fields(kind):
        assert item.metadata["help"].endswith(".")
        assert isinstance(item.metadata["advanced"], bool)
        # Text as from a command line gives the same value.
        value = config.as_json()[item.name]
        text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        assert kind.from_json({item.name: text}) == config


def test_defaults_are_those_of_the_method():
    """Another value is another method: docs/decisions say what each rests on."""
    assert SuperpixelConfig().as_json() == {
        "pixels_per_superpixel": "auto",
        "compactness": 4.0,
        "components": 8,
        "projection": "lda",
    }
    assert NetworkConfig().as_json() == {
        "width": 48,
        "kernel_sizes": [3, 5, 7],
        "dropout": 0.2,
        "graph_branch": True,
        "convolution_branch": True,
        "interactive_attention": True,
        "hierarchical_fusion": True,
        "committee": True,
    }
    assert TrainConfig().as_json() == {
        "epochs": 150,
        "final_percent": 100.0,
        "continue_percent": 13.0,
        "continue_rate_percent": 50.0,
        "learning_rate": 0.01,
        "weight_decay": 0.01,
        "label_smoothing": 0.1,
        "class_weight_power": 0.5,
        "input_noise": 0.3,
    }
    assert SplitConfig().as_json() == {
        "holdout": "matched",
        "holdout_percent": 30.0,
        "validation_percent": 0.0,
        "folds": 1,
        "refit": False,
    }


def test_a_message_calls_a_setting_as_the_dialog_does():
    with pytest.raises(ConfigError, match=r"^'Share held out \(%\)' \(holdout_perc"):
        SplitConfig(holdout_percent=0)
    with pytest.raises(ConfigError, match=r"^'Epochs' \(epochs\) must be at least 1"):
        TrainConfig(epochs=0)


def test_a_preset_sets_what_nobody_gave():
    asked = {"cube": "c.tif", "rois": "r.gpkg"}
    epochs = {
        preset: TrainRequest(**asked, preset=preset).part(TrainConfig).epochs
        for preset in PRESETS
    }
    assert epochs["quick"] < epochs["standard"] < epochs["best"]
    assert epochs["standard"] == TrainConfig().epochs
    given = TrainRequest(**asked, preset="quick", settings={"epochs": 7})
    assert given.part(TrainConfig) == TrainConfig(epochs=7)
    names = {item.name for kind in SETTINGS_CLASSES for item in fields(kind)}
    assert all(set(values) <= names for values in PRESETS.values())
    with pytest.raises(ConfigError, match="quick, standard, best"):
        TrainRequest(**asked, preset="fast")


def test_names_are_used_once():
    names = [item.name for kind in SETTINGS_CLASSES for item in fields(kind)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (TrainConfig, "epochs", 0),
        (TrainConfig, "epochs", 2.5),
        (TrainConfig, "epochs", "2.5"),
        (TrainConfig, "epochs", True),
        (TrainConfig, "epochs", None),
        (TrainConfig, "epochs", []),
        (TrainConfig, "epochs", "inf"),
        (TrainConfig, "epochs", float("inf")),
        (TrainConfig, "epochs", float("nan")),
        (TrainConfig, "learning_rate", float("nan")),
        (TrainConfig, "learning_rate", "nan"),
        (TrainConfig, "learning_rate", float("inf")),
        (TrainConfig, "learning_rate", -1),
        (TrainConfig, "input_noise", "a"),
        (NetworkConfig, "graph_branch", "maybe"),
        (NetworkConfig, "graph_branch", 2),
        (NetworkConfig, "kernel_sizes", ""),
        (NetworkConfig, "kernel_sizes", []),
        (NetworkConfig, "kernel_sizes", [4]),
        (NetworkConfig, "kernel_sizes", 3),
        (NetworkConfig, "kernel_sizes", "3;5"),
        (NetworkConfig, "width", 1e9),
        (SplitConfig, "holdout", "fields"),
        (SplitConfig, "holdout", 1),
        (SplitConfig, "holdout_percent", 0),
        (SuperpixelConfig, "pixels_per_superpixel", [50, 2]),
        (SuperpixelConfig, "projection", None),
    ],
)
def test_wrong_values_are_refused_by_name(kind, name, value):
    with pytest.raises(ConfigError, match=name):
        kind.from_json({name: value})


def test_unknown_settings_are_refused():
    with pytest.raises(ConfigError, match="epoch") as caught:
        TrainConfig.from_json({"epoch": 3})
    assert "epochs" in caught.value.hint


def test_both_branches_off_is_no_network():
    with pytest.raises(ConfigError, match="Both branches"):
        NetworkConfig(graph_branch=False, convolution_branch=False)


def test_settings_cannot_be_changed_later():
    with pytest.raises(FrozenInstanceError):
        TrainConfig().epochs = 3


NUMBERS = st.integers(100, 99_999)


def test_water_vapour():
    assert parse_ranges(WATER_VAPOUR) == ((1350, 1430), (1800, 1970))


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing(text):
    assert parse_ranges(text) == ()


@pytest.mark.parametrize(
    "text", ["400-500;900.5-1000", " 400 - 500 , 900.5\u20131000 "]
)
def test_ways_of_writing(text):
    assert parse_ranges(text) == ((400, 500), (900.5, 1000))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("water", "'water' is not understood"),
        ("400", "'400' is not understood"),
        ("400-500,", "'' is not understood"),
        ("500-400", "'500-400' is not possible"),
        ("1.35-1.43", "'1.35-1.43' is not possible"),
        ("400-1e9", "not understood"),
    ],
)
def test_refusals(text, word):
    with pytest.raises(ConfigError, match=word):
        parse_ranges(text)


@given(st.lists(st.tuples(NUMBERS, NUMBERS).map(sorted), max_size=5))
def test_what_is_written_is_read(pairs):
    text = ",".join(f"{low}-{high}" for low, high in pairs)
    ranges = parse_ranges(text)
    assert ranges == tuple((float(low), float(high)) for low, high in pairs)
    for low, high in pairs:
        assert inside(low, ranges)
        assert inside(high, ranges)
    assert not inside(99.9, ranges)


@pytest.mark.parametrize("value", ["auto", ()])
def test_sizes_that_follow_from_the_scene(value):
    config = SuperpixelConfig.from_json({"pixels_per_superpixel": value})
    assert config.pixels_per_superpixel == ()
    assert config == SuperpixelConfig()
    assert config.as_json()["pixels_per_superpixel"] == "auto"
    assert SuperpixelConfig.from_json(config.as_json()) == config
    assert shown(config.pixels_per_superpixel) == "auto"


@pytest.mark.parametrize("value", ["", [], "auto,50"])
def test_no_size_is_not_auto(value):
    with pytest.raises(ConfigError, match="pixels_per_superpixel"):
        SuperpixelConfig.from_json({"pixels_per_superpixel": value})


def test_kernel_sizes_cannot_follow_from_the_scene():
    with pytest.raises(ConfigError, match="kernel_sizes"):
        NetworkConfig(kernel_sizes="auto")
