"""What a raster says of its bands, in the conventions of ENVI, GDAL and EnMAP.

Names, wavelengths and their units, widths, bad bands and scales: read from tags, lists,
band items, descriptions, or the metadata of an EnMAP product.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import CubeError
from miaf_engine.io.envi import (
    UNIT_WORD,
    is_number,
    listed,
    plain_field,
    unit_of_centres,
)
from miaf_engine.io.input_files import metadata_of
from miaf_engine.io.safe_xml import read_xml
from miaf_engine.translation import marked, tr

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

# Outside these, all bands of a cube are not: from ultraviolet to thermal infrared.
_LEAST_NM, _MOST_NM = 100.0, 100_000.0

_TRUTH = {"true": "1", "false": "0"}  # as Python writes flags

_UNKNOWN = ("", "unknown", "none", "undefined", "n/a")

_FREQUENCIES = (
    *("wavenumber", "cm-1", "cm^-1", "1/cm"),
    *("hz", "mhz", "ghz", "thz", "hertz", "megahertz", "gigahertz", "terahertz"),
)

# A whole number, not the end of one. R writes dots for blanks and brackets.
_START, _EXPONENT = r"(?<!\d)(?<!\d[.,])", r"(?:e[+-]?\d+)?"
WITH_UNIT = re.compile(
    rf"{_START}(\d+(?:[.,]\d+)?{_EXPONENT})[\s_.]*{UNIT_WORD}(?![^\W_])",
    re.IGNORECASE,
)
# R puts an X before a name that begins with a digit.
BARE = re.compile(rf"(?:^X?|\()\s*(\d+[.,]\d+{_EXPONENT})\s*\)?\s*$", re.IGNORECASE)
# Names such as b406.99 and wl_410.
_AFTER_NAME = re.compile(
    rf"{_START}(\d+[.,]\d+)\s*$|"
    r"(?:^|[\W\d_])(?:wl|wavelength|lambda|λ|nm)[\s_.:=]*(\d+(?:[.,]\d+)?)\s*$",
    re.IGNORECASE,
)
_LEAST_AFTER_NAME = 300.0  # below, it may be the number of a band
_ABBREVIATED = re.compile(r"\s*\([^()]*\)$")  # Nanometers (nm)
_ADDED_BY_GDAL = re.compile(r"\s*\(\d+(?:\.\d+)?(?:\s+[^\d()]+)?\)\s*$")
_BANDS = "specific/bandCharacterisation/bandID"


@dataclass(frozen=True)
class RasterTags:
    """What a raster says of its bands.

    Attributes:
        count: Number of bands.
        descriptions: Description of each band, or None.
        dataset: Metadata of the default domain.
        envi: Metadata of the domain `ENVI`, or the fields of an ENVI header.
        bands: Metadata of each band: the default domain, and `ENVI` where it adds.
        imagery: Metadata of each band in the domain `IMAGERY`.
        scales: Factor from stored values to physical ones, one a band.
        offsets: What is added after that, one a band.
        product: What a file beside the raster says of the bands.
        places: 0-based places in the file of the bands described here, where the file
            has others beside them; its lists have an entry for each.
        file_count: Number of bands in the file; 0 is `count`.
    """

    count: int
    descriptions: Sequence[str | None]
    dataset: Mapping[str, str] = field(default_factory=dict)
    envi: Mapping[str, str] = field(default_factory=dict)
    bands: Sequence[Mapping[str, str]] = ()
    imagery: Sequence[Mapping[str, str]] = ()
    scales: Sequence[float] = ()
    offsets: Sequence[float] = ()
    product: Found | None = None
    places: Sequence[int] = ()
    file_count: int = 0

    def __post_init__(self) -> None:
        """Write the keys as GDAL does: lower case, blanks as underscores."""
        for name in ("dataset", "envi"):
            object.__setattr__(self, name, _plain(getattr(self, name)))
        object.__setattr__(self, "bands", [_plain(band) for band in self.bands])

    def listing(self, key: str) -> str:
        """Return a list such as `{a, b}` of the whole raster, empty where absent."""
        return self.envi.get(key) or self.dataset.get(key) or ""

    def items(self, key: str) -> list[str]:
        """Return the entries of such a list, those of other bands left out."""
        entries = listed(self.listing(key))
        if entries and not entries[-1]:  # a comma at the end is forgiven
            entries = entries[:-1]
        if self.places and len(entries) == self.file_count:
            return [entries[place] for place in self.places]
        return entries

    def column(self, key: str) -> list[str]:
        """Return an item of each band, empty text where a band has none."""
        return [band.get(key, "") for band in self.bands]


@dataclass(frozen=True)
class Found:
    """Wavelengths as one convention gives them, still in its unit.

    Attributes:
        wavelengths: One a band; NaN where what is said is no possible wavelength.
        fwhm: Widths, in the same unit; NaN where none is said.
        unit: The unit of all, or one for each band.
    """

    wavelengths: list[float]
    fwhm: list[float]
    unit: str | Sequence[str]

    def unit_of(self, band: int) -> str:
        """Return the unit of a band, 0-based."""
        return self.unit if isinstance(self.unit, str) else self.unit[band]


@dataclass(frozen=True)
class Scaling:
    """How stored values become physical ones, band by band: scale, then offset."""

    scales: tuple[float, ...]
    offsets: tuple[float, ...]


@dataclass(frozen=True)
class EnmapBands:
    """The bands of an EnMAP image, in file order.

    Attributes:
        found: Wavelengths and widths in nanometres.
        scales: Factor from stored values to reflectance or radiance; empty if unknown.
        offsets: What is added after that; empty if unknown.
    """

    found: Found
    scales: list[float]
    offsets: list[float]


def read_band_table(tags: RasterTags) -> tuple[BandTable, list[str]]:
    """Return the band table and what the user should know of how it was read.

    Raises:
        CubeError: The wavelengths are wavenumbers or frequencies.
    """
    notes: list[str] = []
    wavelengths = fwhm = None
    origin = ""
    good = _good_flags(tags, notes)
    items = tags.items("wavelength")
    if items and not _are_numbers(tags, items):
        notes.append(
            tr(
                "The list of wavelengths is ignored because it has entries that are "
                "not numbers."
            )
        )
    for source in SOURCES:
        found = source(tags)
        if found is None:
            continue
        if len(found.wavelengths) != tags.count:
            notes.append(
                tr(
                    "The wavelengths in the metadata are ignored, because their "
                    "number ({wavelengths}) is not that of the bands ({count})."
                ).format(wavelengths=len(found.wavelengths), count=tags.count)
            )
            if _repeated_by_bands(tags, items):
                break
            continue
        judged = _without_impossible(found, good, notes)
        factors = judged and _factors(found, notes)
        if judged and factors:
            good = judged
            pairs = list(zip(factors, found.wavelengths))
            wavelengths = tuple(factor * value for factor, value in pairs)
            fwhm = _widths(found, factors, good)
            units = dict.fromkeys(map(found.unit_of, range(tags.count)))
            said = " and ".join(unit.strip() or "no stated unit" for unit in units)
            origin = f"{ORIGINS[source]}, in {said}"
            break
    silent = _bands_without_item(tags)
    some = any(tags.column("wavelength"))
    if wavelengths is None and not items and some and silent:
        shown = ", ".join(map(str, silent[:10])) + (" ..." if len(silent) > 10 else "")
        notes.append(
            tr(
                "Bands without an item 'wavelength': {shown} ({silent} of {count}). "
                "The wavelengths of the other bands are therefore ignored. Add the "
                "missing ones, or flag these bands as bad (bbl)."
            ).format(silent=len(silent), count=tags.count, shown=shown)
        )
    table = BandTable(_names(tags), wavelengths, fwhm, good, origin)
    return table, list(dict.fromkeys(notes))


def read_scaling(tags: RasterTags) -> tuple[Scaling | None, list[str]]:
    """Return scale and offset of each band, and what the user should know of them.

    Each spectrum is centred and scaled before the network sees it, which undoes a scale
    and an offset that all bands share: None stands for those. Where bands differ, the
    shape of a spectrum depends on them, and they are applied.
    """
    scales = list(tags.scales) or [1.0] * tags.count
    offsets = list(tags.offsets) or [0.0] * tags.count
    factors = numbers(tags.items("reflectance_scale_factor"))
    if factors and len(factors) == tags.count and all(factors):
        scales = [scale / f for scale, f in zip(scales, factors)]
    if not all(math.isfinite(value) for value in (*scales, *offsets)) or 0 in scales:
        return None, [
            tr(
                "All scales and offsets are ignored because one of them is not a "
                "number."
            )
        ]
    if len(set(scales)) == 1 and len(set(offsets)) == 1:
        return None, []
    note = tr(
        "Scale ({least_scale:g} to {largest_scale:g}) and offset ({least_offset:g} to "
        "{largest_offset:g}) differ between the bands and are applied."
    ).format(
        least_scale=min(scales),
        largest_scale=max(scales),
        least_offset=min(offsets),
        largest_offset=max(offsets),
    )
    return Scaling(tuple(scales), tuple(offsets)), [note]


def read_enmap_bands(image: Path) -> EnmapBands | None:
    """Return the bands that the metadata beside an image list, None where none is.

    Args:
        image: `NAME-SPECTRAL_IMAGE.TIF` as delivered; its metadata are expected in
            `NAME-METADATA.XML` in the same folder.

    Raises:
        RasterFileError: The metadata are there and no XML.
    """
    metadata = metadata_of(image)
    if metadata is None:
        return None
    root = read_xml(
        metadata,
        marked("Unpack the product again, or move the file to another folder."),
    )
    bands = root.findall(_BANDS)

    def column(tag: str) -> list[float]:
        return numbers([band.findtext(tag) or "" for band in bands]) or []

    found = Found(column("wavelengthCenterOfBand"), column("FWHMOfBand"), "nm")
    if not found.wavelengths:
        return None
    return EnmapBands(found, column("GainOfBand"), column("OffsetOfBand"))


def nm_per_unit(
    wavelengths: Sequence[float], unit: str, notes: list[str]
) -> float | None:
    """Return the factor to nanometres; None where the numbers are no wavelengths.

    Without a unit, and with one in which they are not possible, numbers below 100 are
    micrometres and others nanometres.

    Args:
        wavelengths: At least one, in `unit`.
        unit: As the file says it, in any case, singular or plural.
        notes: Receives what was guessed or ignored.

    Raises:
        CubeError: The unit is one of wavenumbers or frequencies.
    """
    word = plain_unit(unit)
    low, high = min(wavelengths), max(wavelengths)
    if word in _FREQUENCIES:
        raise CubeError(
            tr("The bands are given in '{unit}', not as wavelengths.").format(
                unit=unit
            ),
            hint=tr("Convert them to nanometres or micrometres in the header."),
        )
    if low <= 0:
        notes.append(
            tr("All wavelengths are ignored because {low:g} is not possible.").format(
                low=low
            )
        )
        return None
    factor = _NM_PER_UNIT.get(word)
    if factor and factor * high >= _LEAST_NM and factor * low <= _MOST_NM:
        return factor
    if (factor or word in _UNKNOWN) and (high < 100 or low >= 100):
        guess = tr("micrometres") if high < 100 else tr("nanometres")
        text = tr(
            "The wavelengths have no unit. {low:g} to {high:g} are assumed to be "
            "{guess}."
        )
        if factor:
            text = tr(
                "Wavelengths of {low:g} to {high:g} in '{unit}' are not possible. "
                "They are assumed to be {guess}."
            )
        notes.append(text.format(low=low, high=high, guess=guess, unit=unit.strip()))
        return 1e3 if high < 100 else 1.0
    text = tr("Wavelengths of {low:g} to {high:g} without a unit are ignored.")
    if unit.strip():
        text = tr("Wavelengths of {low:g} to {high:g} in '{unit}' are ignored.")
    notes.append(text.format(low=low, high=high, unit=unit))
    return None


def plain_unit(text: str) -> str:
    """Return a unit in lower case, singular, and with u for micro."""
    word = _ABBREVIATED.sub("", _bare(text)).casefold()
    word = word.replace("µ", "u").replace("μ", "u")
    if word in _NM_PER_UNIT or word in _FREQUENCIES or not word.endswith("s"):
        return word
    singular = word.removesuffix("s")
    return singular if singular in (*_NM_PER_UNIT, *_FREQUENCIES) else word


def numbers(texts: Iterable[str]) -> list[float] | None:
    """Return the numbers in `texts`, or None where one is not a finite number."""
    try:
        values = [float(_bare(text)) for text in texts]
    except ValueError:
        return None
    return values if all(math.isfinite(value) for value in values) else None


def _bare(text: str) -> str:
    """Return an item without what the lists of Python and MATLAB leave around it."""
    return text.strip(" \t\n\"'[]")


def _names(tags: RasterTags) -> tuple[str, ...]:
    given = tags.items("band_names") if tags.envi.get("band_names") else []
    if len(given) != tags.count or not all(given):
        given = _from_gdal(tags.descriptions)
    bare = [
        WITH_UNIT.fullmatch(name) or (BARE.fullmatch(name) and name[0] not in "Xx")
        for name in given
    ]
    return tuple(
        f"Band {number}" if not name.strip() or is_number else name.strip()
        for number, (name, is_number) in enumerate(zip(given, bare), 1)
    )


def _from_gdal(descriptions: Sequence[str | None]) -> list[str]:
    return [_ADDED_BY_GDAL.sub("", text or "") for text in descriptions]


def _good_flags(tags: RasterTags, notes: list[str]) -> tuple[bool, ...]:
    texts = _flags(tags)
    if not texts:
        return (True,) * tags.count
    flags = numbers(_TRUTH.get(_bare(text).casefold(), text) for text in texts)
    if flags is None:
        notes.append(
            tr(
                "The bad band list is ignored because it has entries that are not "
                "numbers."
            )
        )
        return (True,) * tags.count
    if len(flags) != tags.count:
        notes.append(
            tr(
                "The bad band list is ignored, because its length ({flags}) is not "
                "the number of bands ({count})."
            ).format(flags=len(flags), count=tags.count)
        )
        return (True,) * tags.count
    if not any(flags):
        notes.append(
            tr("The bad band list is ignored because it flags every band as bad.")
        )
        return (True,) * tags.count
    return tuple(flag != 0 for flag in flags)


def _flags(tags: RasterTags) -> list[str]:
    """Return the flag of each band as text, none where nothing is said of them.

    Flags of single bands are set by hand, in the EnMAP-Box, over those of the file.
    """
    own, of_file = tags.column("bbl"), tags.items("bbl")
    if any(own) and len(of_file) in (0, tags.count):
        return [one or other for one, other in zip(own, of_file or ["1"] * tags.count)]
    return own if own and all(own) else of_file


def _without_impossible(
    found: Found, good: tuple[bool, ...], notes: list[str]
) -> tuple[bool, ...] | None:
    """Return which bands are good if those without a possible wavelength are not.

    Returns:
        None where half of the good bands, or more, have none: then the list is wrong,
        and not a band.
    """
    known = [math.isfinite(value) for value in found.wavelengths]
    judged = tuple(g and k for g, k in zip(good, known))
    lost = [n for n, k in enumerate(known, 1) if not k]
    if not lost:
        return good
    also = [n for n in lost if good[n - 1]]
    if not any(judged) or 2 * len(also) >= sum(good):
        notes.append(
            tr(
                "All wavelengths are ignored, because too many good bands have none, "
                "or one that is not possible, such as 0: {also} of {good}."
            ).format(also=len(also), good=sum(good))
        )
        return None
    shown = ", ".join(map(str, lost[:10])) + (" ..." if len(lost) > 10 else "")
    text = tr("Bands without a possible wavelength (none, 0 or text): {bands}.")
    if also:
        text += " " + tr("Of these, left out like bad bands: {count}.")
    notes.append(text.format(bands=shown, count=len(also)))
    return judged


def _factors(found: Found, notes: list[str]) -> list[float] | None:
    """Return each band's factor to nanometres, NaN where it has no wavelength."""
    factors = [math.nan] * len(found.wavelengths)
    by_unit: dict[str, list[int]] = {}
    for band, value in enumerate(found.wavelengths):
        if math.isfinite(value):
            by_unit.setdefault(plain_unit(found.unit_of(band)), []).append(band)
    for bands in by_unit.values():
        values = [found.wavelengths[band] for band in bands]
        factor = nm_per_unit(values, found.unit_of(bands[0]), notes)
        if factor is None:
            return None
        for band in bands:
            factors[band] = factor
    if len(by_unit) > 1:
        units = ", ".join(
            found.unit_of(bands[0]) or "none" for bands in by_unit.values()
        )
        notes.append(
            tr(
                "The wavelengths are given in several units ({units}). Each is read "
                "in its own unit."
            ).format(units=units)
        )
    return factors


def _widths(
    found: Found, factors: Sequence[float], good: Sequence[bool]
) -> tuple[float, ...] | None:
    """Return the widths in nanometres; NaN for bad bands without one."""
    if len(found.fwhm) != len(good):
        return None
    if not all(math.isfinite(w) for w, g in zip(found.fwhm, good) if g):
        return None
    return tuple(f * value for f, value in zip(factors, found.fwhm))


def _from_lists(tags: RasterTags) -> Found | None:
    """ENVI headers; GeoTIFFs of the EnMAP-Box keep the same lists."""
    items = tags.items("wavelength")
    if not items or not _are_numbers(tags, items):
        return None
    unit = tags.listing("wavelength_units")
    units = tags.items("wavelength_units") if unit.startswith("{") else []
    if len(units) != len(items):
        units = [unit.strip("{}")] * len(items)
    return _with_own_units(items, tags.items("fwhm"), units)


def _with_own_units(
    centres: Sequence[str], widths: Sequence[str], units: Sequence[str]
) -> Found:
    """Return wavelengths, each in the unit written behind it or else in that of all."""
    parts = [_number_and_unit(text) for text in centres]
    units = [own or unit for (_, own), unit in zip(parts, units)]
    wide = [_number_and_unit(text) for text in widths]
    if len(wide) == len(units):
        same = [
            not own or plain_unit(own) == plain_unit(unit)
            for (_, own), unit in zip(wide, units)
        ]
        wide = [part for part, fits in zip(wide, same) if fits]
    return Found(
        _possible(number for number, _ in parts),
        _possible(number for number, _ in wide),
        units,
    )


def _number_and_unit(text: str) -> tuple[str, str]:
    """Return the parts of an item such as `406.99 nm`, the unit empty without one."""
    match = WITH_UNIT.fullmatch(_bare(text))
    return (match[1].replace(",", "."), match[2]) if match else (text, "")


def _repeated_by_bands(tags: RasterTags, items: Sequence[str]) -> bool:
    """Return whether GDAL has given the bands the first items of a list.

    It does so for an ENVI header, however many items there are, and names the bands
    after them: who knows whose they are.
    """
    column = tags.column("wavelength")
    return any(column) and column[: len(items)] == list(items)[: len(column)]


def _from_band_items(tags: RasterTags) -> Found | None:
    """What GDAL makes of an ENVI header, and the EnMAP-Box of any raster."""
    column = tags.column("wavelength")
    # Of a list that is too short GDAL gives its first bands items: who knows whose.
    if _bands_without_item(tags) or not _are_numbers(tags, column):
        return None
    units = [
        band.get("wavelength_units") or tags.listing("wavelength_units")
        for band in tags.bands
    ]
    return _with_own_units(column, _of_bands_or_list(tags, "fwhm"), units)


def _from_imagery(tags: RasterTags) -> Found | None:
    """GDAL's own convention; some programs write it to the default domain."""

    def items(key: str) -> list[str]:
        own = [band.get(key, "") for band in tags.imagery]
        return own if any(own) else tags.column(key.lower())

    centres = items("CENTRAL_WAVELENGTH_UM")
    if not any(map(is_number, centres)):
        return None
    return Found(_possible(centres), _possible(items("FWHM_UM")), "um")


def _from_other_names(tags: RasterTags) -> Found | None:
    """Items of each band, or lists, as `wavelength_nm` or `central_wavelength`."""
    names = (name for items in (*tags.bands, tags.envi, tags.dataset) for name in items)
    for name in dict.fromkeys(names):
        stated = unit_of_centres(name)
        if name == "wavelength" or stated is None:
            continue
        centres = _of_bands_or_list(tags, name)
        some = any(is_number(_number_and_unit(text)[0]) for text in centres)
        if len(centres) < 2 or not some:  # a single one is said of the whole raster
            continue
        units = [stated or tags.listing("wavelength_units").strip("{}")] * len(centres)
        widths = _of_bands_or_list(tags, f"fwhm_{stated}" if stated else "fwhm")
        return _with_own_units(centres, widths, units)
    return None


def _of_bands_or_list(tags: RasterTags, key: str) -> list[str]:
    column = tags.column(key)
    return column if any(column) else tags.items(key)


def _from_product(tags: RasterTags) -> Found | None:
    return tags.product


def _from_descriptions(tags: RasterTags) -> Found | None:
    """Descriptions as `band 1 (418.24 Nanometers)`."""
    texts = [text or "" for text in tags.descriptions]
    named = _matched(WITH_UNIT, texts)
    if named:
        return Found([_decimal(m[1]) for m in named], [], [m[2] for m in named])
    # Numbers without a unit are wavelengths only where they could be nothing else.
    bare = [_decimal(match[1]) for match in _matched(BARE, texts)]
    if bare:
        return Found(bare, [], "") if min(bare) >= 0.2 else None
    after = [_decimal(match[1] or match[2]) for match in _matched(_AFTER_NAME, texts)]
    if not after or min(after) < _LEAST_AFTER_NAME or len(set(after)) < len(after):
        return None
    return Found(after, [], "")


def _matched(pattern: re.Pattern[str], texts: Sequence[str]) -> list[re.Match[str]]:
    """Return where each text has a pattern; nothing where one has it not."""
    found = [match for match in map(pattern.search, texts) if match]
    return found if len(found) == len(texts) else []


def _decimal(text: str) -> float:
    """Return a number that may be written with a decimal comma."""
    return float(text.replace(",", "."))


ORIGINS: dict[Callable[[RasterTags], Found | None], str] = {
    _from_lists: marked("a list such as 'wavelength' in an ENVI header"),
    _from_band_items: marked("the item 'wavelength' of each band"),
    _from_imagery: marked("GDAL's metadata domain IMAGERY of each band"),
    _from_other_names: marked("a metadata item such as 'wavelength_nm'"),
    _from_product: marked("the metadata file of the product"),
    _from_descriptions: marked("the names of the bands"),
}


SOURCES: tuple[Callable[[RasterTags], Found | None], ...] = tuple(ORIGINS)


def _are_numbers(tags: RasterTags, items: Sequence[str]) -> bool:
    """Return whether a good band has a number, of whatever size, for its wavelength.

    If only some good bands have one, the others have no valid wavelength.
    """
    good = _good_flags(tags, [])
    wanted = [item for n, item in enumerate(items) if n >= len(good) or good[n]]
    return any(is_number(_bare(_number_and_unit(item)[0])) for item in wanted)


def _possible(texts: Iterable[str]) -> list[float]:
    """Return a positive number for each text, NaN where it says none."""
    found = []
    for text in texts:
        value = (numbers([text]) or [math.nan])[0]
        found.append(value if value > 0 else math.nan)
    return found


def _plain(items: Mapping[str, str]) -> dict[str, str]:
    return {plain_field(key).replace(" ", "_"): text for key, text in items.items()}


def _bands_without_item(tags: RasterTags) -> list[int]:
    """Return the numbers of the good bands that say nothing of their wavelength."""
    good = _good_flags(tags, [])
    column = tags.column("wavelength")
    return [n for n, text in enumerate(column, 1) if not text and good[n - 1]]
