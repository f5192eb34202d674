"""A bounded number of things is made ahead, in turn, and a cancel does not wait."""

import threading
import time

import pytest

from miaf_engine.errors import Cancelled
from miaf_engine.prediction.ahead import Ahead
from tests.scenes import Recorder


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_what_is_made_comes_in_turn(depth):
    waiting, found = list(range(10)), []
    with Ahead(depth) as ahead:
        while waiting or len(ahead):
            while waiting and not ahead.full:
                item = waiting.pop(0)
                ahead.put(item, lambda item=item: time.sleep(0.01 * (item % 3)) or item)
            assert len(ahead) <= depth + 1
            item, made = ahead.take(Recorder())
            assert item == made
            found.append(item)
    assert found == list(range(10))


def test_without_depth_nothing_is_made_before_it_is_taken():
    made = []
    with Ahead(0) as ahead:
        ahead.put("one", lambda: made.append(threading.current_thread()))
        assert ahead.full
        assert made == []
        ahead.take(Recorder())
    assert made == [threading.main_thread()]


def test_with_depth_it_is_made_meanwhile():
    made = threading.Event()
    with Ahead(1) as ahead:
        ahead.put("one", made.set)
        assert made.wait(20)
        ahead.take(Recorder())


@pytest.mark.parametrize("depth", [0, 2])
def test_an_error_comes_with_the_item_it_is_of(depth):
    def fails():
        raise ValueError("no scene")

    with Ahead(depth) as ahead:
        ahead.put("sound", lambda: 1)
        if depth:
            ahead.put("broken", fails)
        assert ahead.take(Recorder()) == ("sound", 1)
        if not depth:
            ahead.put("broken", fails)
        with pytest.raises(ValueError, match="no scene"):
            ahead.take(Recorder())


def test_a_cancel_waits_for_nothing():
    going_on, begun, later = threading.Event(), threading.Event(), []
    progress = Recorder(cancel_at=0.5)
    progress.advance(0.6)

    def slow():
        begun.set()
        going_on.wait(60)

    started = time.perf_counter()
    with pytest.raises(Cancelled), Ahead(1) as ahead:
        ahead.put("slow", slow)
        ahead.put("later", lambda: later.append(1))
        assert begun.wait(20)
        ahead.take(progress)
    # Far less than what was begun takes.
    assert time.perf_counter() - started < 30
    going_on.set()
    assert later == []


def test_dropped_items_come_back_in_turn():
    with Ahead(1) as ahead:
        ahead.put("one", lambda: 1)
        ahead.put("two", lambda: 2)
        assert ahead.drop() == ["one", "two"]
        assert len(ahead) == 0
        ahead.put("three", lambda: 3)
        assert ahead.take(Recorder()) == ("three", 3)


def test_no_more_is_in_the_queue_than_is_allowed():
    with Ahead(2, most=2) as ahead:
        ahead.put("one", lambda: 1)
        assert not ahead.full
        ahead.put("two", lambda: 2)
        assert ahead.full
        assert ahead.take(Recorder()) == ("one", 1)
        assert not ahead.full
