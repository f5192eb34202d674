"""What a model file tells of its making."""

from datetime import datetime

from miaf_engine.models.card import read_card
from miaf_engine.reports.content import versions
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.card import created_utc


def test_time_stamp_is_the_one_asked_for_or_now():
    assert created_utc(TrainRequest(cube="c", created_utc="then")) == "then"
    now = datetime.fromisoformat(created_utc(TrainRequest(cube="c")))
    assert now.utcoffset().total_seconds() == 0


def test_versions_are_those_that_change_a_map(trained):
    assert {"miaf", "torch", "numpy", "scikit-image"} <= set(versions())
    card = read_card(trained.made["model"])
    assert card.provenance["versions"] == versions()
    assert card.provenance["device"] == "cpu"
    assert card.provenance["cube"]["shape"] == [12, 24, 30]
    labels = {"file": "rois.gpkg", "class_field": "cover"}
    assert card.provenance["labels"] == labels
    assert card.training["best_epoch"] == trained.figures["best_epoch"]
    assert card.scores["pixels_per_class"] == trained.figures["pixels_per_class"]
