"""What the user reads of an engine that is silent, waits, or was asleep."""

import json

import pytest

from miaf_qgis.engine import conversation as liveness
from miaf_qgis.engine.conversation import Conversation


class Clock:
    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(liveness, "time", made)
    return made


@pytest.fixture
def run(clock, listener):
    """Return what lets seconds pass, with a line every `every` seconds."""
    conversation = Conversation(listener, "run")

    def go(seconds, *, every=None, cpu=1.0, kind="alive"):
        for second in range(1, seconds + 1):
            clock.now += 1
            if every and second % every == 0:
                run.cpu += cpu * every
                line = {"type": kind, "cpu_seconds": run.cpu, "text": "x"}
                conversation.hear(json.dumps(line))
            else:
                conversation.silence()
        return listener.texts("warning")

    run = go
    run.cpu = 0.0
    return go


def test_a_busy_engine_is_left_in_peace(run, listener):
    assert run(3600, every=5) == []
    assert listener.texts("debug") == []


def test_silence_is_said_once_and_its_end(run, listener):
    (text,) = run(300)
    assert "not responded for 61 seconds" in text
    run(5, every=5)
    assert any("responds again" in text for text in listener.texts("info"))
    assert len(run(70)) == 2


def test_an_engine_that_waits_is_told_from_one_that_computes(run):
    assert run(100, every=5, cpu=0.0) == []
    (text,) = run(500, every=5, cpu=0.001)
    assert "network drive" in text


def test_progress_is_a_sign_of_work_too(run):
    for _ in range(10):
        assert run(100, every=5, cpu=0.0) == []
        run(1, every=1, kind="progress")


def test_a_night_asleep_is_no_silence(run, clock):
    run(30, every=5)
    clock.now += 8 * 3600
    assert run(50) == []
    assert run(60, every=5) == []


@pytest.mark.parametrize("kind", ["progress", "alive"])
def test_numbers_that_no_float_holds_are_none(listener, kind):
    """Found by fuzzing: a whole number of 400 digits ended the run."""
    conversation = Conversation(listener, "run")
    for value in (10**400, 1.5, -(10**400), "1", None, True):
        line = {"type": kind, "fraction": value, "cpu_seconds": value, "text": "x"}
        conversation.hear(json.dumps(line))
    assert set(listener.fractions) <= {100.0}
