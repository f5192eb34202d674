"""Windows and grids."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.grid import Grid, Window
from tests import scenes


@given(
    row=st.integers(0, 40), column=st.integers(0, 40), height=st.integers(1, 20),
    width=st.integers(1, 20), margin=st.integers(0, 50),
)  # fmt: skip
def test_a_grown_window_holds_the_old_one_and_stays_inside(
    row, column, height, width, margin
):
    window = Window(row, column, height, width)
    grown = window.grown(margin, 60, 60)
    assert 0 <= grown.row <= row
    assert 0 <= grown.column <= column
    assert row + height <= grown.row + grown.height <= 60
    assert column + width <= grown.column + grown.width <= 60
    assert window.grown(0, 60, 60) == window
    inner = window.within(grown)
    assert (inner.height, inner.width) == (height, width)
    assert (inner.row, inner.column) == (row - grown.row, column - grown.column)


@pytest.mark.parametrize("rotation", [0.0, 33.0])
@pytest.mark.parametrize("turned", [(1, 1), (-1, 1), (1, -1), (-1, -1)])
def test_a_grid_turned_like_another_keeps_its_pixels(rotation, turned):
    grid = scenes.grid(3, 4, rotation=rotation)
    a, b, c, d, e, f = grid.transform
    rows, columns = turned
    if rows < 0:
        b, e, c, f = -b, -e, c + 3 * b, f + 3 * e
    if columns < 0:
        a, d, c, f = -a, -d, c + 4 * a, f + 4 * d
    other = Grid((a, b, c, d, e, f), grid.crs, 3, 4)
    found, index = other.turned_like(grid)
    assert found.transform == pytest.approx(grid.transform)
    numbers = np.arange(12).reshape(3, 4)
    assert np.array_equal(numbers[::rows, ::columns][index], numbers)
    assert other.pixel == pytest.approx((20.0, 20.0))


@pytest.mark.parametrize("rotation", [0.0, 33.0])
def test_a_cut_grid_has_its_pixels_where_they_were(rotation):
    grid = scenes.grid(10, 12, rotation=rotation)
    part = grid.cut(Window(3, 5, 4, 2))
    assert (part.height, part.width, part.crs) == (4, 2, grid.crs)
    corner = scenes.pixel_box(grid, 3, 5, 4, 2).exterior.coords[0]
    assert part.transform[2] == pytest.approx(corner[0])
    assert part.transform[5] == pytest.approx(corner[1])
    assert grid.cut(grid.window) == grid


def test_a_cut_of_a_grid_without_georeference():
    grid = scenes.unplaced(10, 12)
    assert not grid.cut(Window(0, 0, 4, 2)).georeferenced
    part = grid.cut(Window(3, 5, 4, 2))
    assert part.georeferenced
    assert part.transform == (1, 0, 5, 0, -1, -3)


def test_bounds_hold_all_corners():
    grid = Grid((0.0, 2.0, 10.0, 3.0, 0.0, 20.0), None, 4, 5)  # a transposed grid
    assert grid.bounds == (10.0, 20.0, 18.0, 35.0)
    assert grid.corners == [(10, 20), (10, 35), (18, 35), (18, 20)]
