"""Units of wavelengths."""

import pytest

from miaf_engine.cubes.wavelength_units import nm_per_unit, plain_unit
from miaf_engine.errors import CubeError


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("Nanometers", 1), ("NM", 1), ("um", 1e3), ("Micrometers", 1e3),
        ("micron", 1e3), ("Micrometres", 1e3), ("Millimeters", 1e6), ("m", 1e9),
        ('"Nanometers"', 1),
    ],
)  # fmt: skip
def test_known_units(unit, factor):
    notes = []
    assert nm_per_unit([500, 600], unit, notes) == factor
    assert notes == []


@pytest.mark.parametrize(
    "unit", ["Wavenumber", "cm-1", "GHz", "MHz", "Gigahertz", "Megahertz", "1/cm"]
)
def test_frequencies_are_refused_by_name(unit):
    with pytest.raises(CubeError, match=f"in '{unit}'"):
        nm_per_unit([500, 600], unit, [])


@pytest.mark.parametrize("unit", ["Index", "index", "bananas"])
def test_what_is_no_length_is_ignored_and_said(unit):
    notes = []
    assert nm_per_unit([1, 2], unit, notes) is None
    assert unit in notes[0]


def test_greek_letters():
    assert {plain_unit(text) for text in ("µm", "μm", "Um", "UM")} == {"um"}
