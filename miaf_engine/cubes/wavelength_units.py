"""Units that wavelengths come in, and the factor to nanometres."""

from __future__ import annotations

from collections.abc import Sequence

from miaf_engine.errors import CubeError

_NM_PER_UNIT = {
    "nm": 1.0,
    "nanometer": 1.0,
    "nanometre": 1.0,
    "um": 1e3,
    "micrometer": 1e3,
    "micrometre": 1e3,
    "micron": 1e3,
    "mm": 1e6,
    "millimeter": 1e6,
    "millimetre": 1e6,
    "m": 1e9,
    "meter": 1e9,
    "metre": 1e9,
    "angstrom": 0.1,
}
_UNKNOWN = ("", "unknown", "none", "undefined", "n/a")
_FREQUENCIES = (
    *("wavenumber", "cm-1", "cm^-1", "1/cm"),
    *("hz", "mhz", "ghz", "thz", "hertz", "megahertz", "gigahertz", "terahertz"),
)


def nm_per_unit(
    wavelengths: Sequence[float], unit: str, notes: list[str]
) -> float | None:
    """Return the factor to nanometres; None where the numbers are no wavelengths.

    Without a unit, numbers below 100 are micrometres and others nanometres.

    Args:
        wavelengths: At least one, in `unit`.
        unit: As the file says it, in any case, singular or plural.
        notes: Told what was guessed or ignored.

    Raises:
        CubeError: The unit is one of wavenumbers or frequencies.
    """
    word = plain_unit(unit)
    low, high = min(wavelengths), max(wavelengths)
    if word in _FREQUENCIES:
        raise CubeError(
            f"The bands are given in '{unit}', not as wavelengths.",
            hint="Convert them to nanometres or micrometres in the header.",
        )
    if low <= 0:
        notes.append(f"A wavelength of {low:g} is not possible; all are ignored.")
        return None
    if word in _NM_PER_UNIT:
        return _NM_PER_UNIT[word]
    if word in _UNKNOWN and (high < 100 or low >= 100):
        guess = "micrometres" if high < 100 else "nanometres"
        notes.append(
            f"The wavelengths have no unit; {low:g} to {high:g} are taken for {guess}."
        )
        return 1e3 if high < 100 else 1.0
    notes.append(
        f"Wavelengths of {low:g} to {high:g} in the unit '{unit}' are ignored."
    )
    return None


def plain_unit(text: str) -> str:
    """Return a unit in lower case, singular, and with u for micro."""
    word = text.strip().strip('"').casefold().replace("µ", "u").replace("μ", "u")
    if word in _NM_PER_UNIT or word in _FREQUENCIES or not word.endswith("s"):
        return word
    singular = word.removesuffix("s")
    return singular if singular in (*_NM_PER_UNIT, *_FREQUENCIES) else word
