"""Ranges of wavelengths as a user writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.errors import ConfigError
from miaf_engine.requests.wavelength_ranges import (
    WATER_VAPOUR,
    inside,
    parse_ranges,
)

NUMBERS = st.integers(100, 99_999)


def test_water_vapour():
    assert parse_ranges(WATER_VAPOUR) == ((1350, 1430), (1800, 1970))


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing(text):
    assert parse_ranges(text) == ()


@pytest.mark.parametrize(
    "text", ["400-500;900.5-1000", " 400 - 500 , 900.5\u20131000 "]
)
def test_ways_of_writing(text):
    assert parse_ranges(text) == ((400, 500), (900.5, 1000))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("water", "'water' is not understood"),
        ("400", "'400' is not understood"),
        ("400-500,", "'' is not understood"),
        ("500-400", "'500-400' is not possible"),
        ("1.35-1.43", "'1.35-1.43' is not possible"),
        ("400-1e9", "not understood"),
    ],
)
def test_refusals(text, word):
    with pytest.raises(ConfigError, match=word):
        parse_ranges(text)


@given(st.lists(st.tuples(NUMBERS, NUMBERS).map(sorted), max_size=5))
def test_what_is_written_is_read(pairs):
    text = ",".join(f"{low}-{high}" for low, high in pairs)
    ranges = parse_ranges(text)
    assert ranges == tuple((float(low), float(high)) for low, high in pairs)
    for low, high in pairs:
        assert inside(low, ranges)
        assert inside(high, ranges)
    assert not inside(99.9, ranges)
