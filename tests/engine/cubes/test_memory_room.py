"""What is planned where less memory is free than a run would take."""

import pytest

from miaf_engine.cubes import memory_room
from miaf_engine.cubes.memory_room import room_for_tiles, warn_of_training
from miaf_engine.cubes.tiles import (
    BASE_MB,
    budget_mb,
    plan_tiles,
)
from miaf_engine.progress import Progress

SIDE, PIXEL_BYTES = 1200, 2000  # 3200 MiB with the interpreter


class Told(Progress):
    def __init__(self):
        self.texts = []

    def warning(self, message):
        self.texts.append(message)


@pytest.fixture
def free(monkeypatch):
    def set_free(mib):
        monkeypatch.setattr(memory_room, "free_memory_mb", lambda: mib)
        monkeypatch.setattr(memory_room, "used_memory_mb", lambda: 200.0)

    monkeypatch.setattr(memory_room, "budget_mb", lambda asked: asked or 4096.0)
    return set_free


@pytest.mark.parametrize("mib", [None, 3100.0, 100_000.0])
def test_with_room_nothing_depends_on_what_is_free(free, mib):
    free(mib)
    said = Told()
    assert room_for_tiles(0, SIDE**2, PIXEL_BYTES, said) == 4096
    assert said.texts == []


@pytest.mark.parametrize("mib", [2500.0, 900.0, 50.0])
def test_short_memory_makes_smaller_tiles_and_says_so(free, mib):
    free(mib)
    said = Told()
    budget = room_for_tiles(0, SIDE**2, PIXEL_BYTES, said)
    assert BASE_MB < budget <= max(0.8 * (mib + 200), BASE_MB + 130)
    tiles = plan_tiles(SIDE, SIDE, PIXEL_BYTES, budget)
    largest = max(tile.padded.height * tile.padded.width for tile in tiles)
    assert BASE_MB + largest * PIXEL_BYTES / 2**20 <= budget
    assert len(tiles) > 1
    (text,) = said.texts
    assert "3197 MiB" in text
    assert f"{mib + 200:.0f} MiB are free" in text


def test_the_budget_that_was_asked_for_is_kept_with_a_warning(free):
    free(1000.0)
    said = Told()
    assert room_for_tiles(2000, SIDE**2, PIXEL_BYTES, said) == 2000
    assert "2000 MiB is kept" in said.texts[0]
    assert room_for_tiles(1100, SIDE**2, PIXEL_BYTES, said) == 1100
    assert len(said.texts) == 1


def test_a_training_that_may_not_fit_is_announced(free):
    said = Told()
    free(3100.0)
    warn_of_training(SIDE**2, PIXEL_BYTES, said)
    assert said.texts == []
    free(1000.0)
    warn_of_training(SIDE**2, PIXEL_BYTES, said)
    assert "1200 MiB are free" in said.texts[0]


def test_this_machine_says_something_sensible():
    reachable = memory_room.reachable_mb()
    assert reachable is None or reachable > 50
    assert budget_mb(0) > 0
