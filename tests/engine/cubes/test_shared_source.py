"""One cube is read by one thread at a time, and by none after its end."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from miaf_engine.cubes.shared_source import SharedSource
from miaf_engine.errors import Cancelled
from miaf_engine.grid import Window
from miaf_engine.progress import Progress
from tests import scenes

WINDOW = Window(0, 0, 4, 4)


class Source:
    """Takes some pieces to read a window, and notes how many threads are within."""

    def __init__(self, pieces=1):
        self.pieces, self.within, self.most, self.asked = pieces, 0, 0, []
        self.begun = threading.Event()
        self.grid = scenes.grid(4, 4)

    def read(self, window=None, bands=None, progress=None):
        self.within += 1
        self.most = max(self.most, self.within)
        self.asked.append((window, list(bands)))
        self.begun.set()
        try:
            for piece in range(self.pieces):
                progress.step(piece / self.pieces)
                time.sleep(0.01)
        finally:
            self.within -= 1
        return "cube"


def test_threads_read_in_turn():
    source = Source()
    shared = SharedSource(source, [2, 0], Progress())
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(shared.read, [WINDOW] * 8))
    assert found == ["cube"] * 8
    assert source.most == 1
    assert source.asked == [(WINDOW, [2, 0])] * 8


def test_closing_ends_what_is_read_and_lets_nothing_begin():
    source = Source(pieces=10_000)
    shared = SharedSource(source, [0], Progress())
    with ThreadPoolExecutor(2) as pool:
        reading = [pool.submit(shared.read, WINDOW) for _ in range(2)]
        assert source.begun.wait(20)
        shared.close()
        assert source.within == 0  # the file may be closed now
        for each in reading:
            with pytest.raises(Cancelled):
                each.result(20)
    assert len(source.asked) == 1
    with pytest.raises(Cancelled):
        shared.read(WINDOW)


def test_a_caller_who_asks_to_stop_need_not_wait_for_the_whole_window():
    progress = scenes.Recorder()
    progress.cancelled = lambda: True
    source = Source()
    with pytest.raises(Cancelled):
        SharedSource(source, [0], progress).read(WINDOW)
    assert not source.asked
