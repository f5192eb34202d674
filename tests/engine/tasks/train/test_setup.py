"""The bar of a training goes on evenly enough, whatever is asked for."""

import itertools

import pytest

from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.train import train
from miaf_engine.training.stage_costs import Shares, preparing_shares
from tests import tiny


@pytest.mark.parametrize(
    ("pixels", "epochs", "mapped", "report", "card"),
    list(
        itertools.product(
            [500, 2_000_000], [1, 2000], [500, 10**8], [True, False], [0, 1]
        )
    ),
)
def test_stages_follow_each_other(pixels, epochs, mapped, report, card):
    found = Shares.of(
        0.03, pixels=pixels, epochs=epochs, mapped=mapped, report=report, card=card
    )
    assert 0.03 <= found.trained < found.mapped < 1


def test_shares_of_indian_pines():
    facts = {"pixels": 21_025, "mapped": 21_025, "report": True}
    slow = Shares.of(0.03, epochs=195, card=False, **facts)
    assert 0.85 < slow.trained < 0.93
    assert 0.04 < 1 - slow.mapped < 0.10
    # Where training is a moment, the report is most of the time.
    quick = Shares.of(0.03, epochs=195, card=True, **facts)
    assert 1 - quick.mapped > 0.5


def test_the_longer_a_training_the_smaller_the_share_of_what_precedes_it():
    read, cut = preparing_shares(195, reads=True)
    assert 0 < read < 0.01
    assert 0.03 < cut < 0.06  # 2.8 s of 65
    assert preparing_shares(195, reads=False)[0] == 0
    assert preparing_shares(6000, reads=True)[1] < 0.002
    assert preparing_shares(195, reads=True, card=True)[1] > 0.4


class Steps(Progress):
    def __init__(self):
        self.seen = []

    def advance(self, fraction, text=""):
        self.seen.append((fraction, text.partition(",")[0].partition(":")[0]))


def test_a_training_never_goes_back_and_shows_the_report_being_drawn(tmp_path):
    steps = Steps()
    files = {"model": "m.miaf.safetensors", "report": "r.html", "output": "map.tif"}
    paths = {name: str(tmp_path / file) for name, file in files.items()}
    train(TrainRequest(**tiny.inputs(tmp_path), **paths), steps)
    fractions = [fraction for fraction, _ in steps.seen]
    assert fractions == sorted(fractions)
    drawn = [f for f, text in steps.seen if text == "Drawing the report"]
    assert len(drawn) >= 5
    assert len(set(drawn)) == len(drawn)
