"""Band tables and matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.cubes.bands import BandTable, match_bands, warn_without_wavelengths
from miaf_engine.errors import BandMismatchError, InputError
from tests.scenes import Recorder


def table(*centres: float, good: tuple[bool, ...] = ()) -> BandTable:
    names = tuple(f"B{i}" for i in range(1, len(centres) + 1))
    return BandTable(names, centres, None, good)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=5),
            st.floats(1, 20000),
            st.floats(0.1, 100),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
    st.booleans(),
)
def test_json_round_trip(rows, with_wavelengths, with_fwhm):
    names, centres, widths, good = zip(*rows, strict=True)
    bands = BandTable(
        names,
        centres if with_wavelengths else None,
        widths if with_fwhm else None,
        good,
    )
    assert BandTable.from_json(bands.as_json()) == bands


def test_parts_must_fit():
    with pytest.raises(InputError, match="3 entries in 'wavelengths_nm'"):
        BandTable(("a", "b"), (1.0, 2.0, 3.0))
    with pytest.raises(InputError, match="damaged"):
        BandTable.from_json([{"name": "a", "wavelength_nm": 1.0}, {"name": "b"}])


def test_nearest_band_within_tolerance():
    found = table(400, 404, 410, 420, 430)
    assert match_bands(table(403, 429), found, 2) == [1, 4]
    assert match_bands(table(430, 400), found, 0) == [4, 0]


def test_bands_flagged_bad_are_not_used():
    found = table(400, 410, 411, good=(True, False, True))
    assert match_bands(table(400, 410), found, 2) == [0, 2]
    with pytest.raises(BandMismatchError, match=r"'B2' at 410\.00 nm"):
        match_bands(table(400, 410), found, 0.5)


def test_overlapping_detectors_go_by_order():
    bands = table(650, 655, 655, 654, 660)
    assert match_bands(bands, bands, 1) == [0, 1, 2, 3, 4]


def test_two_bands_may_not_share_one():
    with pytest.raises(BandMismatchError, match="match the same band"):
        match_bands(table(400, 402), table(401, 500, 600), 5)


def test_wavelengths_on_one_side_only():
    bare = BandTable(("a", "b"))
    with pytest.raises(BandMismatchError, match="cube has no wavelengths"):
        match_bands(table(1, 2), bare, 5)
    with pytest.raises(BandMismatchError, match="model has no wavelengths"):
        match_bands(bare, table(1, 2), 5)


def test_no_wavelengths_go_by_position():
    bare = BandTable(("a", "b"))
    assert match_bands(bare, BandTable(("x", "y")), 5) == [0, 1]
    with pytest.raises(BandMismatchError, match="2 bands and the cube 3"):
        match_bands(bare, BandTable(("x", "y", "z")), 5)


NAMES = ("B02", "B03", "B04", "B8A")


@pytest.mark.parametrize(
    ("found", "places"),
    [
        (("B8A", "B04", "B03", "B02"), [3, 2, 1, 0]),
        (("B01", "B02", "B03", "B04", "B05", "B8A"), [1, 2, 3, 5]),
        (("b2", "B 3", "B_04", "b8a"), [0, 1, 2, 3]),
    ],
)
def test_without_wavelengths_names_are_matched(found, places):
    said = Recorder()
    wanted, found = BandTable(NAMES), BandTable(found)
    assert match_bands(wanted, found, 5) == places
    warn_without_wavelengths(wanted, found, "the model", said)
    assert said.warnings == [] and "by name" in said.infos[0]


@pytest.mark.parametrize(
    "found", [("B02", "B03", "B04", "B05"), ("B8A", "B03", "x", "y"), ("B04", "B03")]
)
def test_names_that_contradict_positions_are_refused(found):
    with pytest.raises(BandMismatchError, match=r"lacks . of . bands by name"):
        match_bands(BandTable(NAMES), BandTable(found), 5)


@pytest.mark.parametrize(
    "found",
    [
        ("blue", "green", "red", "nir"),
        ("Band 1", "Band 2", "Band 3", "Band 4"),
        ("B02", "B02", "B03", "B04"),
    ],
)
def test_names_that_tell_nothing_leave_the_positions(found):
    said = Recorder()
    wanted, found = BandTable(NAMES), BandTable(found)
    assert match_bands(wanted, found, 5) == [0, 1, 2, 3]
    warn_without_wavelengths(wanted, found, "the model", said)
    assert "by position" in said.warnings[0]


def test_bands_of_a_part_know_their_place_in_the_cube():
    part = BandTable(tuple("abcd")).take([0, 2, 3])
    assert (part.positions, part.cube_bands) == ((0, 2, 3), 4)
    again = part.take([1, 2])
    assert (again.positions, again.cube_bands) == ((2, 3), 4)
    read = BandTable.from_json(again.as_json())
    assert (read.positions, read.cube_bands) == ((2, 3), 4)
    assert again.as_json()[0] == {
        "name": "c", "good": True, "position": 3, "cube_bands": 4,
    }  # fmt: skip


def test_bands_without_wavelengths_keep_their_positions():
    wanted = BandTable(tuple("abcd")).take([0, 2, 3])
    assert match_bands(wanted, BandTable(tuple("wxyz")), 5.0) == [0, 2, 3]
    assert match_bands(wanted, BandTable(tuple("xyz")), 5.0) == [0, 1, 2]
    with pytest.raises(BandMismatchError, match="3 of its cube's 4 bands"):
        match_bands(wanted, BandTable(tuple("vwxyz")), 5.0)


def test_positions_tell_bands_of_one_wavelength_apart():
    whole = BandTable(tuple("abcd"), (400.0, 500.0, 500.0, 600.0))
    assert match_bands(whole.take([0, 2, 3]), whole, 5.0) == [0, 2, 3]
    assert match_bands(whole.take([1, 2]), whole, 5.0) == [1, 2]


def test_a_nearer_band_or_a_bad_one_goes_before_the_position():
    wanted = BandTable(tuple("abc"), (400.0, 410.0, 420.0)).take([0, 1])
    shifted = BandTable(tuple("abc"), (390.0, 401.0, 409.0))
    assert match_bands(wanted, shifted, 20.0) == [1, 2]
    flagged = BandTable(tuple("abc"), (400.0, 410.0, 420.0), good=(False, True, True))
    with pytest.raises(BandMismatchError, match="no good band"):
        match_bands(wanted, flagged, 5.0)


@pytest.mark.parametrize(
    "change",
    [
        {"position": 9}, {"position": 0}, {"position": 3}, {"position": "x"},
        {"cube_bands": 5}, {"cube_bands": None},
    ],
)  # fmt: skip
def test_damaged_positions_are_refused(change):
    items = BandTable(tuple("abcd")).take([0, 2]).as_json()
    items[0] |= change
    with pytest.raises(InputError, match="damaged"):
        BandTable.from_json(items)
