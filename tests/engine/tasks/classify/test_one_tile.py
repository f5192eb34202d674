"""A tile as a worker maps it: what it answers where something is wrong."""

import numpy as np
import pytest

from miaf_engine import __version__
from miaf_engine.cubes.tiles import Margins, Tile
from miaf_engine.errors import Cancelled
from miaf_engine.grid import Window
from miaf_engine.models.card import read_card
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks.classify import one_tile
from miaf_engine.tasks.workers.doing import do_task, kept_model
from tests import tiny
from tests.scenes import Recorder


@pytest.fixture
def task(trained, tmp_path):
    request = ClassifyRequest(
        trained.given["cube"], trained.made["model"], entropy="e", device="cpu"
    )
    core = Window(0, 0, tiny.HEIGHT, 10)
    tile = Tile.around(core, Margins(12, 6), tiny.HEIGHT, tiny.WIDTH)
    return {
        "kind": "tile",
        "engine": __version__,
        "digest": "0",
        "request": request.as_json(),
        "normalisation": read_card(trained.made["model"]).normalisation,
        "gain": {"factor": 1.0, "offset": 0.0},
        "corner": [0, 0],
        "mask": None,
        "tile": tile.as_json(),
        "file": str(tmp_path / "tile.npz"),
    }


def test_a_tile_is_written_with_its_layers(task):
    answer = do_task(task)
    assert answer["device"] == "cpu"
    assert answer["warnings"] == []
    with np.load(task["file"]) as file:
        shapes = {name: (file[name].shape, str(file[name].dtype)) for name in file}
    shape = (tiny.HEIGHT, 10)
    assert shapes == {
        "valid": (shape, "bool"),
        "classes": (shape, "uint16"),
        "confidence": (shape, "float32"),
        "unlikeness": (shape, "float32"),
        "entropy": (shape, "float32"),
    }


def test_a_tile_that_a_short_card_maps_in_parts_is_put_together(task):
    do_task(task)
    with np.load(task["file"]) as file:
        whole = dict(file)
    halves = [Window(0, 0, 7, 10), Window(7, 0, tiny.HEIGHT - 7, 10)]
    whole["probabilities"] = np.stack([whole["entropy"]] * 3)
    parts = [
        (half, {name: each[..., half.slices[0], :] for name, each in whole.items()})
        for half in reversed(halves)
    ]
    joined = one_tile._joined(parts, Window(40, 5, tiny.HEIGHT, 10))
    assert joined.keys() == whole.keys()
    for name, values in whole.items():
        np.testing.assert_array_equal(joined[name], values)


def test_windows_of_a_tile_come_back():
    tile = Tile(Window(4, 5, 6, 7), Window(2, 3, 10, 11), Window(1, 2, 12, 13))
    assert Tile.from_json(tile.as_json()) == tile


def test_errors_are_answers(task, monkeypatch, capsys):
    failed = do_task({**task, "request": {**task["request"], "cube": "gone.tif"}})
    assert failed["failure"]["kind"] == "RasterFileError"
    assert "gone.tif" in failed["failure"]["message"]
    older = do_task({**task, "engine": "0.0.1"})
    assert older["failure"]["kind"] == "WorkerError"
    assert "0.0.1 is needed" in older["failure"]["message"]

    def defect(*_, **__):
        raise KeyError("x")

    monkeypatch.setattr(one_tile, "matched_cube", defect)
    assert do_task(task)["error"] == "The worker failed: KeyError: 'x'"
    assert "Traceback" in capsys.readouterr().err


def test_a_cancelled_tile_is_not_written(task, tmp_path):
    with pytest.raises(Cancelled):
        do_task(task, Recorder(cancel_at=1.0))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_has_gone_is_an_error_and_no_folder(task, tmp_path):
    answer = do_task({**task, "file": str(tmp_path / "gone" / "tile.npz")})
    assert answer["failure"]["kind"] == "FileError"
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_was_replaced_is_loaded_again(task):
    first = kept_model(task["request"]["model"], "cpu", "1")
    assert kept_model(task["request"]["model"], "cpu", "1") is first
    assert kept_model(task["request"]["model"], "cpu", "2") is not first
