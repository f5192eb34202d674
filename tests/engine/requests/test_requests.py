"""Requests: types are checked before anything is opened."""

import json

import pytest

from miaf_engine.errors import ConfigError
from miaf_engine.requests import TASKS, TrainRequest
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.base import DiagnosticsRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.settings import TrainConfig
from tests.repository import fresh_python

NEEDED = {
    "train": {"cube": "c"},
    "classify": {"cube": "c", "model": "m"},
    "classifyscenes": {"model": "m"},
    "classify-many": {"scene_list": "l", "model": "m", "output_folder": "f"},
    "assess": {"classification": "o"},
    "drawsample": {"classification": "o"},
    "import": {"cube": "c"},
    "inspect": {"cube": "c"},
    "superpixels": {"cube": "c"},
    "suggestareas": {"cube": "c", "model": "m"},
    "compare": {"before": "b", "after": "a"},
    "diagnostics": {},
}


def test_requests_are_loaded_by_the_package_when_one_is_asked_for():
    code = """
import sys
import miaf_engine.requests as requests
before = {name for name in sys.modules if name.startswith("miaf_engine.requests.")}
print(sorted(before))
requests.TASKS
missing = [name for name in requests.__all__ if not hasattr(requests, name)]
print(missing, hasattr(requests, "ColourRequest"))
"""
    assert fresh_python(code).splitlines() == [
        "['miaf_engine.requests.base', 'miaf_engine.requests.settings']",
        "[] False",
    ]


@pytest.mark.parametrize("task", TASKS)
def test_requests_survive_json(task):
    request = TASKS[task].from_json(NEEDED[task])
    values = json.loads(json.dumps(request.as_json()))
    assert TASKS[task].from_json(values) == request
    with pytest.raises(ConfigError, match="'colour'"):
        TASKS[task].from_json({**NEEDED[task], "colour": 1})
    for name in NEEDED[task]:
        with pytest.raises(ConfigError, match=f"incomplete.*{name}"):
            TASKS[task].from_json({k: "x" for k in NEEDED[task] if k != name})


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (TrainRequest, "cube", None),
        (TrainRequest, "cube", 3),
        (TrainRequest, "cube", ["c"]),
        (TrainRequest, "seed", True),
        (TrainRequest, "seed", 1.0),
        (TrainRequest, "seed", None),
        (TrainRequest, "seed", -1),
        (TrainRequest, "seed", 2**64),
        (TrainRequest, "memory_mb", -1),
        (TrainRequest, "settings", "epochs"),
        (TrainRequest, "class_styles", {"key": 1}),
        (TrainRequest, "class_styles", ["Wheat"]),
        (TrainRequest, "creation_options", "A=B"),
        (TrainRequest, "creation_options", [1]),
        (ClassifyRequest, "extent", "1,2,3,4"),
        (ClassifyRequest, "extent", [1, 2, "x", 4]),
        (AssessRequest, "reference", False),
    ],
)
def test_wrong_types_are_refused_by_name(kind, name, value):
    task = next(task for task, known in TASKS.items() if known is kind)
    with pytest.raises(ConfigError, match=f"'{name}'"):
        kind.from_json({**NEEDED[task], name: value})


def test_the_largest_seed_is_told():
    with pytest.raises(ConfigError, match=f"from 0 to {2**63 - 1} "):
        TrainRequest(cube="c", seed=2**63)
    assert TrainRequest(cube="c", seed=2**63 - 1).seed == 2**63 - 1


def test_settings_are_handed_out_by_class():
    request = TrainRequest(cube="c", settings={"epochs": 9, "width": 16})
    assert request.part(TrainConfig) == TrainConfig(epochs=9)
    with pytest.raises(ConfigError, match="'epoch'"):
        TrainRequest(cube="c", settings={"epoch": 9}).part(TrainConfig)


def test_diagnostics_takes_nothing():
    assert DiagnosticsRequest().as_json() == {}
