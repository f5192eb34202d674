"""Which bands are used."""

import pytest

from miaf_engine.cubes.band_selection import BandChoice
from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import CubeError
from miaf_engine.requests.settings import BandConfig

CENTRES = (450.0, 1340.0, 1350.0, 1400.0, 1430.0, 1431.0, 1900.0, 2200.0)
NAMES = tuple(f"Band {n}" for n in range(1, 9))
GOOD = (True, True, True, False, True, True, True, True)


def choice(ranges=None, good=GOOD, centres=CENTRES):
    config = BandConfig() if ranges is None else BandConfig(exclude_wavelengths=ranges)
    return BandChoice.of(BandTable(NAMES, centres, None, good), config)


def test_water_vapour_is_left_out_by_default():
    found = choice()
    assert found.used == (0, 1, 5, 7)
    assert found.bad == (3,)
    assert found.excluded == (2, 4, 6)
    assert found.as_json() == {
        "read": 8, "used": 4, "bad": 1, "excluded": 3, "empty": 0,
    }  # fmt: skip


def test_nothing_left_out_when_asked_or_without_wavelengths():
    assert choice("").used == (0, 1, 2, 4, 5, 6, 7)
    assert choice(centres=None).used == (0, 1, 2, 4, 5, 6, 7)
    assert choice("", good=(True,) * 8).lines() == ["8 of 8 bands are used."]


def test_the_log_names_them():
    lines = choice().without({5}).lines()
    assert lines == [
        "3 of 8 bands are used.",
        "1 left out for the bad band list: band 4 (1400 nm).",
        "3 left out for the setting exclude_wavelengths: band 3 (1350 nm), band 5 "
        "(1430 nm), band 7 (1900 nm).",
        "1 left out for holding one value or none around the training areas: band 6 "
        "(1431 nm).",
    ]
    lines = choice("1300-2000", centres=tuple(range(400, 1200, 100))).lines()
    assert lines[1] == "1 left out for the bad band list: band 4 (700 nm)."
    runs = choice("440-1345").lines()[2]
    assert "bands 1-2 (450-1340 nm)" in runs


def test_too_few_are_refused():
    with pytest.raises(CubeError, match="of 400-2000 nm leaves 1 of 8 bands"):
        choice("400-2000")
    with pytest.raises(CubeError, match="bad band list leaves 1 of 8"):
        choice("", good=(True, *(False,) * 7))
    with pytest.raises(CubeError, match="one value or none leaves 1 of 8"):
        choice().without({0, 1, 5})
