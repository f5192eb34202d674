"""Tiles cover the scene once and keep within the budget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes import tiles
from miaf_engine.cubes.tiles import (
    MARGIN,
    SMALLEST_TILE,
    plan_tiles,
)
from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Grid, Window
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
