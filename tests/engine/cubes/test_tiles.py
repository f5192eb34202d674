"""Tiles cover the scene once and keep within the budget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes import tiles
from miaf_engine.cubes import tiles as memory_room
from miaf_engine.cubes.tiles import (
    BASE_MB,
    SMALLEST_TILE,
    Margins,
    PixelBytes,
    TrainingBytes,
    budget_mb,
    plan_tiles,
    room_for_tiles,
    warn_of_training,
)
from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Grid, Window
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig

MARGINS = Margins(segmented=114, padded=57)  # of the default settings
lengths = st.integers(1, 2000)
bytes_of_pixel = st.builds(
    PixelBytes,
    st.integers(100, 10_000),
    st.integers(400, 10_000),
    st.integers(400, 50_000),
)


def test_margins_follow_the_largest_superpixel_and_kernel():
    def margins(sizes, kernels):
        return Margins.of(
            SuperpixelConfig(pixels_per_superpixel=sizes),
            NetworkConfig(kernel_sizes=kernels),
        )

    assert margins((50, 100, 200), (7, 9, 11)) == MARGINS
    assert margins((100, 25), (3, 3)) == Margins(80, 40)
    # Two convolutions of 31 x 31 pixels reach beyond small superpixels.
    assert margins((4,), (31,)) == Margins(32, 32)


def assert_cover(found, part, height, width):
    """Check that the cores cover `part` once, each inside both of its margins."""
    count = np.zeros((height, width), dtype=np.uint8)
    for tile in found:
        assert tile.core.height > 0
        assert tile.core.width > 0
        count[tile.core.slices] += 1
        for window, margin in (
            (tile.padded, MARGINS.padded),
            (tile.segmented, MARGINS.segmented),
        ):
            rows, columns = tile.core.slices
            wider_rows, wider_columns = window.slices
            assert wider_rows.start == max(rows.start - margin, 0)
            assert wider_columns.start == max(columns.start - margin, 0)
            assert wider_rows.stop == min(rows.stop + margin, height)
            assert wider_columns.stop == min(columns.stop + margin, width)
    expected = np.zeros_like(count)
    expected[part.slices] = 1
    np.testing.assert_array_equal(count, expected)


@given(height=lengths, width=lengths, side=st.integers(64, 700))
def test_tiles_of_a_side_cover_the_scene_once(height, width, side):
    found = tiles.tiles_of_side(height, width, side, MARGINS)
    assert_cover(found, Window(0, 0, height, width), height, width)
    assert max(max(t.core.height, t.core.width) for t in found) <= side
    heights = {t.core.height for t in found}
    assert max(heights) - min(heights) <= 1


def test_without_margins_a_tile_sees_its_core():
    for tile in tiles.tiles_of_side(300, 400, 100):
        assert tile == tiles.Tile.whole(tile.core)


@given(
    height=lengths,
    width=lengths,
    pixel_bytes=bytes_of_pixel,
    budget=st.integers(451, 8000),
)
def test_tiles_fit_the_budget_with_their_margins(height, width, pixel_bytes, budget):
    room = (budget - tiles.BASE_MB) * 2**20
    try:
        found = plan_tiles(height, width, pixel_bytes, budget, MARGINS)
    except MemoryShortError as error:
        middle = Window(500, 500, SMALLEST_TILE, SMALLEST_TILE)
        smallest = tiles.Tile.around(middle, MARGINS, 2000, 2000)
        assert pixel_bytes.most(smallest) > room
        assert "MiB" in error.hint
        return
    largest = max(map(pixel_bytes.most, found))
    assert largest <= room
    if len(found) > 1:
        assert_cover(found, Window(0, 0, height, width), height, width)
        assert height * width * pixel_bytes.whole > room
        assert 2 * largest <= room or not two_fit(pixel_bytes, room)


def two_fit(pixel_bytes, room):
    """Return whether two smallest tiles fit beside each other."""
    middle = Window(500, 500, SMALLEST_TILE, SMALLEST_TILE)
    return 2 * pixel_bytes.most(tiles.Tile.around(middle, MARGINS, 2000, 2000)) <= room


def test_a_tile_takes_what_its_steps_take():
    """140 x 140 pixels are read and cut, and 120 x 120 are seen by the network."""
    tile = tiles.Tile.around(Window(50, 50, 100, 100), Margins(20, 10), 200, 200)
    of_pixel = PixelBytes(image=10, cutting=3, network=5)
    assert of_pixel.cut(tile) == 13 * 140 * 140
    assert of_pixel.most(tile) == 10 * 140 * 140 + 5 * 120 * 120
    assert PixelBytes(10, 4, 5).most(tile) == 14 * 140 * 140
    assert of_pixel.whole == 15


def test_the_side_of_tiles_is_the_largest_of_which_two_fit():
    """Cores of 100: 140 x 140 pixels of 10 bytes, 120 x 120 of 100."""
    of_pixel, margins = PixelBytes(10, 1, 100), tiles.Margins(20, 10)
    room = 2 * (140 * 140 * 10 + 120 * 120 * 100)
    budget = tiles.BASE_MB + room / 2**20
    found = plan_tiles(1000, 1000, of_pixel, budget, margins)
    assert {(tile.core.height, tile.core.width) for tile in found} == {(100, 100)}
    less = plan_tiles(1000, 1000, of_pixel, budget - 2 / 2**20, margins)
    assert max(tile.core.height for tile in less) < 100


def test_small_superpixels_are_cut_with_less_around():
    superpixels = SuperpixelConfig(pixels_per_superpixel=(25, 100, 196))
    margins = tiles.Margins.of(superpixels, NetworkConfig(kernel_sizes=(3, 5, 7)))
    assert margins == tiles.Margins(112, 56)  # eight and four sides of 14 pixels
    assert [margins.beyond(size) for size in (25, 100, 196)] == [0, 24, 56]


@given(row=st.integers(0, 400), size=st.integers(1, 500), pixel_bytes=bytes_of_pixel)
def test_tiles_of_a_part_fit_the_budget_with_their_margins(row, size, pixel_bytes):
    grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, 900, 900)
    part = Window(row, 400 - row, size, size)
    room = 300 * 300 * pixel_bytes.whole
    budget = tiles.BASE_MB + room / 2**20
    for planned in plan_tiles(size, size, pixel_bytes, budget, MARGINS, part=True):
        tile = tiles.shifted(planned, part, grid, MARGINS)
        assert pixel_bytes.most(tile) <= room


@pytest.mark.parametrize("of_each", [(1000, 1000, 20_000), (1000, 9000, 9000)])
def test_what_the_hint_asks_for_is_enough(of_each):
    with pytest.raises(MemoryShortError) as caught:
        plan_tiles(5000, 5000, PixelBytes(*of_each), 500, MARGINS)
    needed = int("".join(c for c in caught.value.hint if c.isdigit()))
    found = plan_tiles(5000, 5000, PixelBytes(*of_each), needed + 1, MARGINS)
    assert len(found) > 1


def test_a_scene_that_fits_is_one_tile():
    (tile,) = plan_tiles(145, 145, PixelBytes(1000, 1000, 4000), 4096, MARGINS)
    assert tile == tiles.Tile.whole(Window(0, 0, 145, 145))


@given(row=st.integers(0, 900), column=st.integers(0, 900), size=st.integers(1, 700))
def test_tiles_of_a_part_cover_the_part_and_see_beyond(row, column, size):
    grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, 1600, 1600)
    part = Window(row, column, size, size)
    planned = tiles.tiles_of_side(size, size, 300)
    found = [tiles.shifted(tile, part, grid, MARGINS) for tile in planned]
    assert_cover(found, part, 1600, 1600)


@given(height=st.integers(1, 400), width=st.integers(1, 400))
def test_quarters_cover_the_tile(height, width):
    grid = Grid((1.0, 0.0, 0.0, 0.0, -1.0, 0.0), None, 1000, 1000)
    core = Window(30, 500, height, width)
    found = tiles.quarters(tiles.Tile.around(core, MARGINS, 1000, 1000), grid, MARGINS)
    assert_cover(found, core, 1000, 1000)
    assert len(found) == (1 + (height > 1)) * (1 + (width > 1))


def test_core_in_padded_cuts_the_core_out():
    scene = np.arange(300 * 400).reshape(300, 400)
    for tile in tiles.tiles_of_side(300, 400, 100, MARGINS):
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
    def needed(bands=200, **more):
        found = tiles.mapping_bytes(bands, 16, 8, NetworkConfig(**more))
        assert found.cutting < found.network
        return found.whole

    assert needed(bands=400) > needed()
    assert needed(width=64) > needed()
    assert needed(kernel_sizes=(3,)) < needed()


def test_bytes_of_a_pixel_of_a_map():
    config = NetworkConfig(width=48, kernel_sizes=(3, 5, 7))
    found = tiles.mapping_bytes(200, 16, 8, config)
    assert found == PixelBytes(image=800, cutting=504, network=2608)
    # So few bands make no room for a second scale that is cut at the same time.
    assert tiles.mapping_bytes(20, 16, 8, config).cutting == 248


def test_bytes_of_a_pixel_of_a_training():
    config = NetworkConfig(width=48, kernel_sizes=(3, 5, 7))
    found = tiles.training_bytes(200, 16, 8, config)
    assert found == TrainingBytes(read=2968, seen=10_560, labelled=17_472)
    assert found.most(1000, 10) == 2_968_000 + 10_560_000 + 174_720
    assert found.most(1000, 10, 0.25) == 2_968_000 + 2_640_000 + 43_680


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
    of_pixel = PixelBytes(PIXEL_BYTES // 3, 0, PIXEL_BYTES - PIXEL_BYTES // 3)
    tiles = plan_tiles(SIDE, SIDE, of_pixel, budget, MARGINS)
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
    warn_of_training(SIDE**2 * PIXEL_BYTES, said)
    assert said.texts == []
    free(1000.0)
    warn_of_training(SIDE**2 * PIXEL_BYTES, said)
    assert "1200 MiB are free" in said.texts[0]


def test_this_machine_says_something_sensible():
    reachable = memory_room.reachable_mb()
    assert reachable is None or reachable > 50
    assert budget_mb(0) > 0
