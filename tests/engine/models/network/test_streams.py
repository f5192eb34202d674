"""Parts of a network run side by side where CUDA records them, else in turn."""

from contextlib import contextmanager

import torch

from miaf_engine.models.network.streams import side_by_side


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
