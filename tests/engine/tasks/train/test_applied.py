"""The report shows the settings that had an effect, in the words of the dialog."""

from types import SimpleNamespace

import pytest

from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import (
    NetworkConfig,
    SplitConfig,
    SuperpixelConfig,
    TrainConfig,
)
from miaf_engine.tasks.train.applied import applied_settings

FOLDS, METHOD = "Folds of the cross-validation", "Hold-out method"
SHARE, REFIT = "Share held out (%)", "Train on the test areas before mapping"
STOPPING = "Validation set for early stopping (%)"
FINAL = "Final epochs with all training areas (%)"
AGAIN = "Epochs of continued training (%)"


def shown(folds=None, split=None, before=(), **request):
    """Return what is shown of a training, by title."""
    card = SimpleNamespace(
        split={**SplitConfig(**(split or {})).as_json(), "description": "all"},
        training={**TrainConfig().as_json(), "best_epoch": 150},
        network=NetworkConfig().as_json(),
        superpixels=SuperpixelConfig(pixels_per_superpixel=(50, 100)).as_json(),
    )
    figures = {
        "folds": folds,
        "scene_range_pixels": 10.0,
        "initial_models": list(before),
    }
    found = applied_settings(TrainRequest(cube="c", **request), card, figures)
    assert len(dict(found)) == len(found)
    return dict(found)


def test_with_folds_their_number_is_shown_and_no_share():
    found = shown(folds=3)
    assert (found[METHOD], found[FOLDS]) == ("matched", "3")
    assert not {SHARE, REFIT, STOPPING, FINAL, AGAIN} & set(found)
    assert not any("_" in title or "False" in value for title, value in found.items())
    assert found["Convolution kernel sizes, small to large"] == "3, 5, 7"
    assert found["Ensemble of heads"] == "yes"
    assert "150" in found.values() and "all" not in found.values()


@pytest.mark.parametrize("refit", [False, True])
def test_of_a_share_held_out(refit):
    found = shown(split={"holdout": "polygons", "refit": refit})
    assert found[SHARE] == "30"
    assert FOLDS not in found
    assert (found.get(REFIT), AGAIN in found) == (("yes" if refit else None), refit)


def test_of_test_areas_no_hold_out():
    found = shown(split={"refit": True}, validation_rois="v")
    assert not {METHOD, SHARE, FOLDS, REFIT} & set(found)


def test_of_nothing_held_out():
    found = shown(split={"holdout": "none"})
    assert found[METHOD] == "none"
    assert SHARE not in found


def test_of_a_validation_set():
    found = shown(folds=3, split={"validation_percent": 10})
    assert (found[STOPPING], FINAL in found) == ("10", True)


def test_of_a_continued_training():
    before = {
        "file": "m", "sha256": "ab", "created_utc": "2026", "seed": 0, "cube": "c.tif",
        "labels": "a.gpkg", "training": {"epochs": 60, "best_epoch": 60},
    }  # fmt: skip
    found = shown(before=[before], initial_model="m", split={"validation_percent": 10})
    assert AGAIN in found and STOPPING not in found
    assert found["earlier model 1: training areas"] == "a.gpkg"
    assert found["earlier model 1: Epochs"] == "60"
