"""Losses are read from the device at times, and none is lost."""

import pytest
import torch

from miaf_engine.training import history as module
from miaf_engine.training.history import History, UnreadLosses


def losses(*values):
    return [torch.tensor(value) for value in values]


def test_each_epoch_has_the_mean_of_its_steps():
    history = History(losses=[3.0])
    unread = UnreadLosses(history)
    unread.add(losses(1.0, 2.0))
    unread.add(losses(0.5, 0.0))
    assert history.losses == [3.0]
    unread.read()
    assert history.losses == [3.0, 1.5, 0.25]
    unread.add(losses(4.0, 4.0))
    unread.read()
    assert history.losses[3:] == [4.0]


@pytest.mark.parametrize(("on_cpu", "passed", "due"), [
    (True, 0.0, True), (False, 0.05, False), (False, 0.2, True),
])  # fmt: skip
def test_a_card_is_read_some_times_a_second(monkeypatch, on_cpu, passed, due):
    now = [100.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    unread = UnreadLosses(History())
    place = "cpu" if on_cpu else "meta"
    unread.add([torch.zeros((), device=place)])
    now[0] += passed
    assert unread.due() == due
