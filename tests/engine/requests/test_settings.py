"""Settings: what is taken, what is refused, and that nothing is lost."""

import json
from dataclasses import FrozenInstanceError, fields

import pytest

from miaf_engine.errors import ConfigError
from miaf_engine.requests import SETTINGS_CLASSES
from miaf_engine.requests.settings import (
    NetworkConfig,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
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
