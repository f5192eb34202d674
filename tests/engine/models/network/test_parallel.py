"""Parts of a network run side by side in a recording for CUDA and in a map."""

import threading
from contextlib import contextmanager

import pytest
import torch

from miaf_engine.models.network.parallel import (
    calls_in_threads,
    side_by_side,
    threads,
)


class Stream:
    """A stream of CUDA that notes whom it waits for."""

    def __init__(self, notes, name):
        self.notes, self.name = notes, name

    def wait_stream(self, other):
        self.notes.append(f"{self.name} waits for {other.name}")


def pretend(monkeypatch, *, capturing):
    """Let torch say that it records; return what is done on which stream."""
    notes = []
    main, others = Stream(notes, "main"), iter("abc")
    current = [main]

    @contextmanager
    def on(stream):
        current.append(stream)
        yield
        current.pop()

    cuda = torch.cuda
    monkeypatch.setattr(cuda, "is_available", lambda: True)
    monkeypatch.setattr(cuda, "is_current_stream_capturing", lambda: capturing)
    monkeypatch.setattr(cuda, "current_stream", lambda: current[-1])
    monkeypatch.setattr(cuda, "Stream", lambda: Stream(notes, next(others)))
    monkeypatch.setattr(cuda, "stream", on)

    def call(number):
        notes.append(f"{number} on {current[-1].name}")
        return number

    return notes, [lambda n=n: call(n) for n in range(3)]


def test_in_a_recording_each_has_a_stream_that_begins_and_ends_with_the_main_one(
    monkeypatch,
):
    notes, calls = pretend(monkeypatch, capturing=True)
    assert side_by_side(calls) == [0, 1, 2]
    assert notes == [
        "a waits for main",
        "b waits for main",
        "0 on main",
        "1 on a",
        "2 on b",
        "main waits for a",
        "main waits for b",
    ]


def test_elsewhere_they_run_in_turn(monkeypatch):
    notes, calls = pretend(monkeypatch, capturing=False)
    assert side_by_side(calls) == [0, 1, 2]
    assert notes == ["0 on main", "1 on main", "2 on main"]
    assert side_by_side([]) == []


@pytest.fixture
def three_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def meeting(parties):
    """Return a call that ends only when so many run at once, and what it saw."""
    together, seen = threading.Barrier(parties, timeout=20), []

    def call():
        together.wait()
        seen.append((torch.is_grad_enabled(), torch.get_num_threads()))
        return len(seen)

    return call, seen


@pytest.mark.usefixtures("three_threads")
def test_in_a_map_calls_run_at_once_each_on_one_thread():
    call, seen = meeting(2)
    with torch.no_grad(), calls_in_threads(2):
        assert threads() == 2
        assert sorted(side_by_side([call, call])) == [1, 2]
        order = side_by_side([lambda n=n: n for n in range(50)])
    assert seen == [(False, 1)] * 2
    assert order == list(range(50))
    assert threads() == torch.get_num_threads() == 3


@pytest.mark.usefixtures("three_threads")
def test_a_map_within_a_map_leaves_the_threads_of_the_first():
    with calls_in_threads(3), calls_in_threads(1):
        assert threads() == 1
        mine = side_by_side([threading.current_thread] * 2)
        assert mine == [threading.current_thread()] * 2
    assert torch.get_num_threads() == 3
    with calls_in_threads(3):
        with calls_in_threads(2):
            pass
        assert threads() == 3


@pytest.mark.usefixtures("three_threads")
def test_with_gradients_they_run_in_turn():
    with torch.enable_grad(), calls_in_threads(3):
        ran = side_by_side([threading.current_thread] * 3)
    assert set(ran) == {threading.current_thread()}


@pytest.mark.usefixtures("three_threads")
def test_an_error_of_a_call_comes_out_and_the_threads_are_given_back():
    def fail():
        raise ValueError("no")

    with (
        pytest.raises(ValueError, match="no"),
        torch.no_grad(),
        calls_in_threads(2),
    ):
        side_by_side([fail, fail])
    assert torch.get_num_threads() == threads() == 3
