"""The options of each command: what they become, and what their help says."""

import re
import shlex
from dataclasses import fields

import pytest

from miaf_engine.process.options import (
    EXAMPLES,
    build_parser,
    joined_extent,
    request_values,
)
from miaf_engine.requests import SETTINGS_CLASSES, TASKS, TrainRequest


def help_of(capsys, *command):
    """Return the help that a command prints before it leaves."""
    with pytest.raises(SystemExit) as caught:
        build_parser().parse_args([*command, "--help"])
    assert caught.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "task", [None, *(t for t in TASKS if t != "classifyscenes"), "run"]
)
def test_help_of_each_command(task, capsys):
    text = help_of(capsys, *([task] if task else []))
    assert text.startswith("usage: python -m miaf_engine")


def test_help_of_train_names_every_option_and_setting(capsys):
    text = help_of(capsys, "train")
    names = [item.name for kind in SETTINGS_CLASSES for item in fields(kind)]
    for name in names:
        assert f"-{name.replace('_', '-')}" in text
    assert "%%" not in text
    hidden = {"settings", "class_styles", "created_utc", "creation_options", "sources"}
    for item in fields(TrainRequest):
        flag = rf"--{item.name.replace('_', '-')}\b(?!-)"
        assert bool(re.search(flag, text)) is (item.name not in hidden)


def entry(text, flag):
    """Return the lines of an option in a help, as one."""
    found = re.search(rf"^  {re.escape(flag)}\b.*\n(?:   +.*\n)*", text, re.MULTILINE)
    return " ".join(found.group().split())


def test_an_option_shows_its_type_range_and_default(capsys):
    text = help_of(capsys, "train")
    assert entry(text, "--device").startswith("--device {auto,cpu,cuda,cuda:N,mps} ")
    assert entry(text, "--device").endswith("[default auto]")
    assert entry(text, "--epochs").startswith("--epochs N ")
    assert entry(text, "--epochs").endswith("[1 to 100000, default 150]")
    assert entry(text, "--projection").startswith("--projection {lda,pca} ")
    assert entry(text, "--refit").startswith("--refit, --no-refit After")
    assert entry(text, "--graph-branch").endswith("[default on]")
    assert "VALUE" not in text.replace("NAME=VALUE", "")


def test_common_options_come_first(capsys):
    text = help_of(capsys, "train")
    titles = re.findall(r"^([a-z ]+):$", text, re.MULTILINE)
    assert titles == [
        *("options", "input", "output", "common options", "more options", "accuracy"),
        *("training", "network", "superpixels", "bands", "example"),
    ]
    input_part = text.partition("\ninput:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  (--[a-z-]+)", input_part, re.MULTILINE) == [
        *("--cube", "--rois", "--class-field", "--labels"),
    ]
    assert text.index("--epochs") < text.index("--weight-decay")


@pytest.mark.parametrize("task", EXAMPLES)
def test_the_example_of_a_command_is_a_request(task, capsys):
    options = vars(build_parser().parse_args([task, *shlex.split(EXAMPLES[task])]))
    assert options.pop("command") == task
    assert options.pop("json") is False
    assert options.pop("language") is None
    assert TASKS[task].from_json(request_values(options, TASKS[task]))
    shown = help_of(capsys, task).partition("example:\n")[2].replace("\\\n", "")
    assert shlex.split(shown) == [
        *("python", "-m", "miaf_engine", task),
        *shlex.split(EXAMPLES[task]),
    ]


def test_options_become_a_request():
    arguments = [
        "train", "--cube", "c", "--rois", "r", "--class-field", "f", "--epochs", "7",
        "--no-graph-branch", "--kernel-sizes", "3,5", "--holdout", "none",
        "--creation-option", "COMPRESS=LZW", "--creation-option", "TILED=NO",
    ]  # fmt: skip
    options = vars(build_parser().parse_args(arguments))
    assert options.pop("command") == "train"
    options.pop("json")
    options.pop("language")
    values = request_values(options)
    assert values == {
        "cube": "c",
        "rois": "r",
        "class_field": "f",
        "creation_options": ["COMPRESS=LZW", "TILED=NO"],
        "settings": {
            "epochs": "7",
            "graph_branch": False,
            "kernel_sizes": "3,5",
            "holdout": "none",
        },
    }
    request = TrainRequest.from_json(values)
    parts = [request.part(kind) for kind in SETTINGS_CLASSES]
    assert parts[1].epochs == 7
    assert parts[2].kernel_sizes == (3, 5)
    assert parts[2].graph_branch is False


def test_extent_may_begin_with_a_minus():
    given = ["classify", "--extent", "-1,2,3,4", "--cube", "c"]
    expected = ["classify", "--extent=-1,2,3,4", "--cube", "c"]
    assert joined_extent(given) == expected
    assert joined_extent(expected) == expected
