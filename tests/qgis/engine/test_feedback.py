"""What a person reads during a run."""

import json
from itertools import pairwise

import pytest

from miaf_qgis.engine import conversation as remaining_time
from miaf_qgis.engine.conversation import Conversation, RemainingTime, in_words


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
        if percent < 5:
            assert left is None
        else:
            assert left == pytest.approx(100 - percent)


def test_the_pace_of_the_last_part_counts():
    clock = Clock()
    remaining = RemainingTime(clock)
    for percent in range(1, 51):  # a second each, then ten
        clock.now += 1.0
        remaining.seconds(percent / 100)
    for percent in range(51, 91):
        clock.now += 10.0
        left = remaining.seconds(percent / 100)
    assert left == pytest.approx(100, rel=0.05)


def test_nothing_is_foretold_from_one_step_or_of_a_run_that_is_done():
    clock = Clock()
    remaining = RemainingTime(clock)
    clock.now += 60
    assert remaining.seconds(0.0) is None
    assert remaining.seconds(0.5) is None
    for percent in range(51, 61):
        clock.now += 1
        left = remaining.seconds(percent / 100)
    assert left is not None
    assert remaining.seconds(1.0) is None


def largest_move():
    """Return by how many seconds the end moved at most, with uneven steps."""
    clock = Clock()
    remaining = RemainingTime(clock)
    ends = []
    for step in range(1, 200):
        clock.now += 8.0 if step % 20 == 0 else 1.0  # a validation now and then
        left = remaining.seconds(step / 200)
        if left is not None and left > 20:
            ends.append(clock.now + left)
    return max(abs(after - before) for before, after in pairwise(ends))


def test_uneven_steps_do_not_make_it_jump(monkeypatch):
    smoothed = largest_move()
    monkeypatch.setattr(remaining_time, "_SMOOTHING", 0.0)
    monkeypatch.setattr(remaining_time, "_LEAST_SMOOTHING", 1e-9)
    assert smoothed < largest_move() / 2


def training(epochs, seconds_per_epoch):
    """Yield (seconds, fraction, text) of a training as the engine tells of one.

    Seconds and shares of the first stages are those of the demo scene on 2 CPU cores.
    """
    yield 0.1, 0.0, "Starting the engine"
    yield 2.7, 0.0, "Rasterising areas"
    yield 0.2, 0.01, "Reading the cube"
    yield 0.5, 0.03, "Dividing the scene into superpixels"
    preparing = 2.3
    learning, ending = epochs * seconds_per_epoch, 4.0
    scale = 0.97 / (preparing + learning + ending)
    yield preparing, 0.03 + preparing * scale, f"Training, epoch 1 of {epochs}"
    for epoch in range(2, epochs + 1):
        done = preparing + epoch * seconds_per_epoch
        yield seconds_per_epoch, 0.03 + done * scale, f"Training, epoch {epoch}"
    for step in range(10):
        done = preparing + learning + ending * step / 10
        yield ending / 10, 0.03 + done * scale, "Drawing the report"


@pytest.mark.parametrize("pace", [0.02, 0.2, 3.0])
@pytest.mark.parametrize("epochs", [40, 150, 5000])
def test_from_the_first_one_on_estimates_are_near_the_truth(epochs, pace):
    clock = Clock()
    remaining = RemainingTime(clock)
    steps = list(training(epochs, pace))
    left_over = sum(seconds for seconds, *_ in steps)
    estimates = []
    for seconds, fraction, text in steps:
        clock.now += seconds
        left_over -= seconds
        stage = text.partition(",")[0]
        estimate = remaining.seconds(fraction, stage)
        if estimate is not None:
            estimates.append((estimate, left_over, stage))
    assert estimates
    for estimate, truth, stage in estimates:
        assert stage in ("Training", "Drawing the report")
        assert 0.6 * truth - 2 <= estimate <= 1.6 * truth + 2


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
    conversation = Conversation(listener, "run")
    for epoch in range(1, 1001):
        clock.now += 0.1
        text = f"Training, epoch {epoch} of 1000, loss {1 / epoch:.3f}"
        say(conversation, fraction=epoch / 1000, text=text)
    lines = listener.texts("stage")
    assert 20 <= len(lines) <= 30
    assert lines[1].endswith("about 100 s left")
    assert lines[0].startswith("Training, epoch 1 ")
    assert all("loss" in line for line in lines)
    assert "about 50 s left" in " ".join(lines)
    assert len(listener.fractions) > 900, "the bar itself moves with each epoch"


def test_each_stage_is_told_at_once(listener, clock):
    conversation = Conversation(listener, "run")
    stages = ["Reading the cube", "Dividing the scene into superpixels", "Training"]
    for number, text in enumerate(stages):
        say(conversation, fraction=number / 1000, text=text)
        say(conversation, fraction=number / 1000, text=text)
    assert listener.texts("stage") == stages


def test_a_text_that_says_nothing_new_is_told_once(listener, clock):
    conversation = Conversation(listener, "run")
    for step in range(50, 100):
        clock.now += 1.0
        say(conversation, fraction=step / 100, text="Drawing the report")
    lines = listener.texts("stage")
    assert len(lines) == 2, "at its start, and with the time that is left"
    assert lines[1] == "Drawing the report, a few seconds left"


def test_messages_without_a_fraction_are_heard(listener):
    conversation = Conversation(listener, "run")
    say(conversation, fraction=None, text="Waiting")
    say(conversation, fraction="half", text="Waiting longer")
    assert listener.texts("stage") == ["Waiting", "Waiting longer"]
