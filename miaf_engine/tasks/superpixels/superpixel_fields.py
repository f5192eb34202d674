"""The fields of a layer of superpixels; their names have ten letters at most."""

from __future__ import annotations

from collections.abc import Sequence

from miaf_engine.cubes.bands import BandTable

_LONGEST = 10  # of a Shapefile


def band_fields(bands: BandTable) -> list[str]:
    """Return a name for each band: `nm_` and its wavelength, or `band_` and its number.

    Wavelengths get as many digits as they need to differ; the point becomes a line.
    """
    if bands.wavelengths_nm is not None:
        for digits in range(3):
            names = [
                f"nm_{wave:.{digits}f}".replace(".", "_")
                for wave in bands.wavelengths_nm
            ]
            fit = max(map(len, names)) <= _LONGEST
            if fit and len(set(names)) == len(names):
                return names
    return [f"band_{number}" for number in range(1, bands.count + 1)]


def listed(numbers: Sequence[int], longest: int | None) -> str:
    """Return numbers with commas, cut after a whole one where the text is too long."""
    text = ",".join(map(str, numbers))
    if longest is None or len(text) <= longest:
        return text
    return text[: longest + 1].rpartition(",")[0]
