"""Tiles cover the scene once and keep within the budget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes import tiles
from miaf_engine.cubes import tiles as memory_room
from miaf_engine.cubes.tiles import (
    BASE_MB,
    MARGIN,
    SMALLEST_TILE,
    budget_mb,
    plan_tiles,
    room_for_tiles,
    warn_of_training,
)
from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Grid, Window
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import NetworkConfig

lengths = st.integers(1, 2000)


def assert_cover(found, part, height, width):
    """Check that the cores cover `part` once, each inside its padded window."""
    count = np.zeros((height, width), dtype=np.uint8)
    for tile in found:
        assert tile.core.height > 0
        assert tile.core.width > 0
        count[tile.core.slices] += 1
        rows, columns = tile.core.slices
        padded_rows, padded_columns = tile.padded.slices
        assert padded_rows.start == max(rows.start - MARGIN, 0)
        assert padded_columns.start == max(columns.start - MARGIN, 0)
        assert padded_rows.stop == min(rows.stop + MARGIN, height)
        assert padded_columns.stop == min(columns.stop + MARGIN, width)
    expected = np.zeros_like(count)
    expected[part.slices] = 1
    np.testing.assert_array_equal(count, expected)


@given(height=lengths, width=lengths, side=st.integers(64, 700))
def test_tiles_of_a_side_cover_the_scene_once(height, width, side):
    found = tiles.tiles_of_side(height, width, side)
    assert_cover(found, Window(0, 0, height, width), height, width)
    assert max(max(t.core.height, t.core.width) for t in found) <= side
    heights = {t.core.height for t in found}
    assert max(heights) - min(heights) <= 1


@given(
    height=lengths,
    width=lengths,
    pixel_bytes=st.integers(500, 60_000),
    budget=st.integers(451, 8000),
)
def test_padded_tiles_fit_the_budget(height, width, pixel_bytes, budget):
    room = (budget - tiles.BASE_MB) * 2**20
    try:
        found = plan_tiles(height, width, pixel_bytes, budget)
    except MemoryShortError as error:
        smallest = (SMALLEST_TILE + 2 * MARGIN) ** 2 * pixel_bytes
        assert smallest > room
        assert "MiB" in error.hint
        return
    for tile in found:
        assert tile.padded.height * tile.padded.width * pixel_bytes <= room
    if len(found) > 1:
        assert_cover(found, Window(0, 0, height, width), height, width)
        assert height * width * pixel_bytes > room


@given(
    row=st.integers(0, 400),
    size=st.integers(1, 500),
    pixel_bytes=st.integers(500, 20_000),
)
def test_tiles_of_a_part_fit_the_budget_with_their_margin(row, size, pixel_bytes):
    grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, 900, 900)
    part = Window(row, 400 - row, size, size)
    budget = tiles.BASE_MB + 200 * 200 * pixel_bytes / 2**20
    for tile in plan_tiles(size, size, pixel_bytes, budget, part=True):
        padded = tiles.shifted(tile, part, grid).padded
        assert padded.height * padded.width <= 200 * 200


def test_what_the_hint_asks_for_is_enough():
    with pytest.raises(MemoryShortError) as caught:
        plan_tiles(5000, 5000, 20_000, 500)
    needed = int("".join(c for c in caught.value.hint if c.isdigit()))
    assert len(plan_tiles(5000, 5000, 20_000, needed + 1)) > 1


def test_a_scene_that_fits_is_one_tile():
    (tile,) = plan_tiles(145, 145, 5000, 4096)
    assert tile.core == tile.padded == Window(0, 0, 145, 145)


@given(row=st.integers(0, 900), column=st.integers(0, 900), size=st.integers(1, 700))
def test_tiles_of_a_part_cover_the_part_and_see_beyond(row, column, size):
    grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, 1600, 1600)
    part = Window(row, column, size, size)
    planned = tiles.tiles_of_side(size, size, 300)
    found = [tiles.shifted(tile, part, grid) for tile in planned]
    assert_cover(found, part, 1600, 1600)


@given(height=st.integers(1, 400), width=st.integers(1, 400))
def test_quarters_cover_the_tile(height, width):
    core = Window(30, 500, height, width)
    tile = tiles.Tile(core, core.grown(MARGIN, 1000, 1000))
    found = tiles.quarters(tile, 1000, 1000)
    assert_cover(found, core, 1000, 1000)
    assert len(found) == (1 + (height > 1)) * (1 + (width > 1))


def test_core_in_padded_cuts_the_core_out():
    scene = np.arange(300 * 400).reshape(300, 400)
    for tile in tiles.tiles_of_side(300, 400, 100):
        seen = scene[tile.padded.slices]
        np.testing.assert_array_equal(
            seen[tile.core_in_padded], scene[tile.core.slices]
        )


def test_budget_is_what_was_asked_or_follows_the_machine(monkeypatch):
    assert tiles.budget_mb(1234) == 1234
    for total, expected in (
        (65536.0, 4096),
        (4000.0, 2000),
        (600.0, 900),
        (None, 4096),
    ):
        monkeypatch.setattr(tiles, "total_memory_mb", lambda total=total: total)
        assert tiles.budget_mb(0) == expected


def test_training_and_more_bands_or_features_need_more():
    def needed(training=False, bands=200, **more):
        config = NetworkConfig(**more)
        return tiles.bytes_per_pixel(bands, 16, 8, config, training=training)

    assert needed(training=True) > needed()
    assert needed(bands=400) > needed()
    assert needed(width=64) > needed()
    assert needed(kernel_sizes=(3,)) < needed()


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
