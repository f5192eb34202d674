"""What a person reads while a run goes on."""

import json

import pytest

from miaf_qgis import remaining_time
from miaf_qgis.protocol import Conversation
from miaf_qgis.remaining_time import RemainingTime, in_words


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(remaining_time.time, "monotonic", clock)
    return clock


def test_an_even_run_is_foretold():
    clock = Clock()
    remaining = RemainingTime(clock)
    for percent in range(1, 100):
        clock.now += 1.0
        left = remaining.seconds(percent / 100)
        if percent < 4:
            assert left is None
        else:
            assert left == pytest.approx(100 - percent)


def test_the_pace_of_the_last_stage_counts():
    clock = Clock()
    remaining = RemainingTime(clock)
    for percent in range(1, 51):  # a second each, then ten
        clock.now += 1.0
        remaining.seconds(percent / 100)
    for percent in range(51, 91):
        clock.now += 10.0
        left = remaining.seconds(percent / 100)
    assert left == pytest.approx(100, rel=0.05)


def test_nothing_is_foretold_of_a_run_that_stands_still_or_is_done():
    clock = Clock()
    remaining = RemainingTime(clock)
    clock.now += 60
    assert remaining.seconds(0.0) is None
    assert remaining.seconds(0.5) == pytest.approx(60)
    assert remaining.seconds(1.0) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a few seconds left"),
        (38, "about 40 s left"),
        (95, "about 100 s left"),
        (100, "about 2 min left"),
        (600, "about 10 min left"),
        (9000, "about 2.5 h left"),
    ],
)
def test_words(seconds, words):
    assert in_words(seconds) == words


def say(conversation, **message):
    conversation.hear(json.dumps({"type": "progress", **message}))


def test_a_long_training_is_a_few_lines_in_the_log(listener, clock):
    conversation = Conversation(listener)
    for epoch in range(1, 1001):
        clock.now += 0.1
        text = f"Training, epoch {epoch} of 1000, loss {1 / epoch:.3f}"
        say(conversation, fraction=epoch / 1000, text=text)
    lines = listener.texts("stage")
    assert 20 <= len(lines) <= 30
    assert lines[0].startswith("Training, epoch 1 ")
    assert all("loss" in line for line in lines)
    assert "about 50 s left" in " ".join(lines)
    assert len(listener.fractions) > 900, "the bar itself moves with each epoch"


def test_each_stage_is_told_at_once(listener, clock):
    conversation = Conversation(listener)
    stages = ["Reading the cube", "Cutting the scene into superpixels", "Training"]
    for number, text in enumerate(stages):
        say(conversation, fraction=number / 1000, text=text)
        say(conversation, fraction=number / 1000, text=text)
    assert listener.texts("stage") == stages


def test_messages_without_a_fraction_are_heard(listener):
    conversation = Conversation(listener)
    say(conversation, fraction=None, text="Waiting")
    say(conversation, fraction="half", text="Waiting longer")
    assert listener.texts("stage") == ["Waiting", "Waiting longer"]
