"""An ENVI header as GDAL should see it: checked, and mended in memory where need be.

GDAL takes what is missing for a default, a number that it cannot read for 0, and knows
nothing of frame offsets; the pixels are then garbage, without a warning.
"""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from html import escape
from pathlib import Path

from rasterio.io import MemoryFile

from miaf_engine.errors import RasterFileError
from miaf_engine.io import pam
from miaf_engine.io.envi import (
    fields,
    header_of,
    is_header,
    is_number,
    listed,
    plain_field,
    read_fields,
    read_text,
    unit_of_centres,
)
from miaf_engine.io.paths import is_file
from miaf_engine.translation import marked, tr

IGNORE_VALUE = "data ignore value"
_BYTES = {1: 1, 2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 9: 16, 12: 2, 13: 4, 14: 8, 15: 8}
_INTERLEAVES = ("bsq", "bil", "bip")
_FRAMES = ("major frame offsets", "minor frame offsets")
_WHOLE = ("samples", "lines", "bands", "header offset", "data type", "byte order")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[edED][+-]?\d+)?|[+-]?(?:nan|inf)\w*")
# Fields that say how bands and values are to be read; a misspelt one would be lost.
_TELLING = (
    *("wavelength", "wavelength units", "fwhm", "bbl", "band names", IGNORE_VALUE),
    *("reflectance scale factor", "data gain values", "data offset values"),
    *("map info", "coordinate system string", "class names", "class lookup"),
)
_OTHERS_BEGIN = (
    *(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"EHFA_HEADER_TAG", b"<VRT"),
)
# What other programs and people call those fields.
_OTHERS = {
    **dict.fromkeys(("bad band list", "bad bands list", "bad bands"), "bbl"),
    **dict.fromkeys(("bbl list", "bad band multiplier", "good bands"), "bbl"),
    **dict.fromkeys(("nodata", "no data", "nodata value"), IGNORE_VALUE),
    **dict.fromkeys(("no data value", "ignore value", "fill value"), IGNORE_VALUE),
    **dict.fromkeys(("fillvalue", "missing value", "background value"), IGNORE_VALUE),
    **dict.fromkeys(("lambda", "lambdas", "wvl", "band centers"), "wavelength"),
    **dict.fromkeys(("band centres", "band center", "band centre"), "wavelength"),
    **dict.fromkeys(("bandwidth", "bandwidths", "band widths"), "fwhm"),
    **dict.fromkeys(("bandnames", "channel names"), "band names"),
}

# GDAL 3.6 to 3.10 read lines of up to 9999 bytes.
_LONGEST_LINE = 9_000
_SPARSE = (
    "<VSISparseFile><Length>{size}</Length><SubfileRegion>"
    "<Filename relative='0'>{path}</Filename><DestinationOffset>0</DestinationOffset>"
    "<SourceOffset>0</SourceOffset><RegionLength>{size}</RegionLength>"
    "</SubfileRegion></VSISparseFile>"
)


def check_header(header: Path) -> None:
    """Refuse a header that does not say how the bytes of its pixels lie.

    Raises:
        RasterFileError: It cannot be read, a mandatory field is missing or none of
            the values that it may have, or there are bytes between the lines or bands.
    """
    stated = read_fields(header)
    _check_lists(stated, header)
    for name in ("samples", "lines", "bands", "data type", "interleave"):
        if not stated.get(name):
            raise _lacking(header, name)
    _check_numbers(stated, header)
    if _bare(stated["interleave"]).lower() not in _INTERLEAVES:
        raise _wrong(header, "interleave", stated["interleave"])
    for name in _FRAMES:
        if any(_bare(item).strip("0") for item in listed(stated.get(name, ""))):
            raise RasterFileError(
                tr(
                    "The header '{header}' states '{name} = {stated}': there are bytes "
                    "between the parts of the image that would be read as pixels."
                ).format(header=header, name=name, stated=stated[name]),
                hint=tr(
                    "Write the file again without them, for example with Save As in "
                    "ENVI or save_image of the Python package spectral."
                ),
            )


def implied_size(header: Path) -> int | None:
    """Return how many bytes a sound header says that its file has; None if compressed.

    Raises:
        RasterFileError: A number in it is none.
    """
    stated = read_fields(header)
    if _bare(stated.get("file compression", "0")) not in ("", "0"):
        return None
    samples, lines, bands, offset, kind = (
        _whole(stated, name, header, 0)
        for name in ("samples", "lines", "bands", "header offset", "data type")
    )
    return offset + samples * lines * bands * _BYTES[kind]


def ignore_value(stated: Mapping[str, str]) -> tuple[float | None, str]:
    """Return the value that stands for no data, and what the user should know of it.

    Braces and quotes are taken off; a list must hold one value only.
    """
    text = stated.get(IGNORE_VALUE)
    if text is None:
        return None, ""
    values = {_number(item) for item in listed(text)} or {None}
    value = values.pop()
    if value is not None and not values:
        return value, ""
    # A decimal comma makes two items of one number.
    value = _number(_bare(text).replace(",", ".")) if text.count(",") == 1 else None
    if value is not None and not text.startswith("{"):
        return value, ""
    return None, (
        tr(
            "The header states '{ignore_value} = {text}', which is not a number, so "
            "no value counts as nodata. Write the one number there that means no "
            "data."
        ).format(ignore_value=IGNORE_VALUE, text=text[:40])
    )


def header_notes(names: Mapping[str, str]) -> list[str]:
    """Return a sentence for each field that is a known one but for its spelling.

    Args:
        names: Fields by their name, as of a header or of a raster's metadata.
    """
    present = {plain_field(name) for name in names}
    notes = []
    for name in sorted(present.difference(_TELLING)):
        if unit_of_centres(name) is not None:
            continue
        near = get_close_matches(name, _TELLING, n=1, cutoff=0.85)
        meant = _OTHERS.get(name) or (near[0] if near else None)
        if meant is None and "wavelen" in name and "unit" not in name:
            meant = "wavelength"
        if meant and meant not in present:
            notes.append(
                tr(
                    "The metadata field '{name}' is ignored. Rename it to '{meant}', "
                    "which is the name that is read."
                ).format(name=name, meant=meant)
            )
    return notes


@contextmanager
def readable(data: Path) -> Iterator[str]:
    """Yield what GDAL is to open for a file: itself, or a copy in memory.

    The copy exists within the context; an open dataset does not need it further.

    Raises:
        RasterFileError: The header cannot be read, or one of its items is too long.
    """
    header = header_of(data)
    text = None if header is None or needs_no_header(data) else mended(header)
    if text is None:
        yield str(data)
        return
    folder = f"miaf-{uuid.uuid4().hex}"
    files = {f"{data.stem}.hdr": text.encode()}
    side = pam.pam_of(data)
    if is_file(side):
        files[side.name] = side.read_bytes()
    with ExitStack() as stack:
        for name, content in files.items():
            _put(stack, folder, f"{name}.real", content)
            where = f"/vsimem/{folder}/{name}.real"
            _put(stack, folder, name, _sparse(where, len(content)))
        _put(
            stack, folder, data.name, _sparse(str(data.absolute()), data.stat().st_size)
        )
        yield f"/vsisparse//vsimem/{folder}/{data.name}"


def needs_no_header(data: Path) -> bool:
    """Return whether a file is of a format that needs no header: TIFF, HFA or VRT."""
    try:
        with data.open("rb") as opened:
            return begins_as_another(opened.read(15))
    except OSError:
        return False  # GDAL says why


def begins_as_another(start: bytes) -> bool:
    """Return whether a file's first bytes are of TIFF, HFA or VRT."""
    return start.lstrip().startswith(_OTHERS_BEGIN)


def mended(header: Path) -> str | None:
    """Return the text that a header should have for GDAL; None where it is fine.

    Raises:
        RasterFileError: It cannot be read, or one item of a list is too long.
    """
    text = read_text(header)
    if not is_header(text):
        return None
    stated = fields(text)
    long = _longest_line(text) > _LONGEST_LINE
    plain = {**stated, **_plain_numbers(stated)}
    if not long and _is_plain(header) and _seen_by_gdal(text) == _collapsed(plain):
        return None
    lines = ["ENVI"]
    for name, value in plain.items():
        if name == IGNORE_VALUE and not value:  # what stood there is no number
            continue
        if not value.startswith("{"):  # GDAL would look for the end of a list
            value = value.replace("{", "(").replace("}", ")")
        elif long:
            value = value.replace(",", ",\n")
        lines.append(f"{name} = {value}")
    text = "\n".join(lines) + "\n"
    if _longest_line(text) > _LONGEST_LINE:
        raise RasterFileError(
            tr("The header '{header}' has a line of {count} characters.").format(
                header=header, count=_longest_line(text)
            ),
            hint=tr("Break the line: at most {most} characters are read.").format(
                most=_LONGEST_LINE
            ),
        )
    return text


def _check_numbers(stated: Mapping[str, str], header: Path) -> None:
    size = _BYTES.get(_whole(stated, "data type", header), 0)
    if size > 1 and "byte order" not in stated:
        raise _lacking(header, "byte order")
    possible = {
        "data type": size > 0,
        "header offset": _whole(stated, "header offset", header, 0) >= 0,
        "byte order": _whole(stated, "byte order", header, 0) in (0, 1),
        **{
            name: _whole(stated, name, header) > 0
            for name in ("samples", "lines", "bands")
        },
    }
    for name, fine in possible.items():
        if not fine:
            raise _wrong(header, name, stated[name])


def _check_lists(stated: Mapping[str, str], header: Path) -> None:
    for name, value in stated.items():
        if re.search(r"\n[^\n={}]+=\s*\{", value) or (
            value.startswith("{") and not value.endswith("}")
        ):
            raise RasterFileError(
                tr(
                    "The list '{name}' in the header '{header}' has no closing brace."
                ).format(name=name, header=header),
                hint=tr("Put a } at its end."),
            )


_VALUES = {
    "data type": marked(
        "It is 1 for bytes, 2 and 12 for 16-bit integers (signed, unsigned), 3 and 13 "
        "for 32-bit ones, 4 and 5 for 32-bit and 64-bit floats."
    ),
    "interleave": marked("It is bsq, bil or bip."),
    "byte order": marked("It is 0 for little endian, as on PCs, or 1 for big endian."),
    "header offset": marked(
        "It is the number of bytes before the first pixel, often 0."
    ),
}


def _lacking(header: Path, field: str) -> RasterFileError:
    return RasterFileError(
        tr(
            "The header '{header}' has no field '{field}', so that the pixels cannot "
            "be read."
        ).format(header=header, field=field),
        hint=_hint(field),
    )


def _wrong(header: Path, field: str, stated: str) -> RasterFileError:
    return RasterFileError(
        tr(
            "The header '{header}' says '{field} = {stated}', so that the pixels "
            "cannot be read."
        ).format(header=header, field=field, stated=stated[:40]),
        hint=_hint(field),
    )


def _hint(field: str) -> str:
    if field in _VALUES:
        return tr(_VALUES[field])
    return tr("Enter the correct '{field}' there.").format(field=field)


def _whole(
    stated: Mapping[str, str], name: str, header: Path, otherwise: int | None = None
) -> int:
    text = _bare(stated.get(name, ""))
    if not text and otherwise is not None:
        return otherwise
    if not re.fullmatch(r"\+?\d{1,18}", text, re.ASCII):
        raise _wrong(header, name, stated.get(name, ""))
    return int(text)


def _bare(value: str) -> str:
    """Return a value without braces, quotes, and a comment after it."""
    return value.split(";")[0].strip(" \t\n{}()\"'")


def _number(text: str) -> float | None:
    found = _NUMBER.match(_bare(text).lower())
    rest = _bare(text)[found.end() :] if found else ""
    if found is None or (rest and not rest[0].isspace()):
        return None
    try:
        return float(found[0].replace("d", "e"))
    except ValueError:  # as 'nanometers'
        return None


def _plain_numbers(stated: Mapping[str, str]) -> dict[str, str]:
    """Return fields whose number GDAL would not find, as plain numbers."""
    changed = {}
    for name in (*_WHOLE, "interleave"):
        if name in stated and _bare(stated[name]) != stated[name]:
            changed[name] = _bare(stated[name])
    if IGNORE_VALUE in stated:
        value, text = ignore_value(stated)[0], stated[IGNORE_VALUE]
        if value is None:
            changed[IGNORE_VALUE] = ""
        elif not (is_number(text) and (float(text) == value or math.isnan(value))):
            changed[IGNORE_VALUE] = repr(value)
    return changed


def _seen_by_gdal(text: str) -> dict[str, str]:
    """Return the fields that GDAL finds in a header."""
    found: dict[str, str] = {}
    lines = iter(text.split("\n"))
    for first in lines:
        parts = [first]
        if "=" not in first:
            continue
        if "{" in first and "}" not in first:
            for line in lines:
                parts.append(line)
                if "}" in line:
                    break
        name, _, value = "\n".join(parts).partition("=")
        if name:
            found[name.strip().lower().replace("_", " ")] = value
    return _collapsed(found)


def _collapsed(stated: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(value.split()) for name, value in stated.items()}


def _longest_line(text: str) -> int:
    return max(map(len, text.encode().splitlines()), default=0)


def _is_plain(header: Path) -> bool:
    """Return whether a header is UTF-8 and begins as GDAL wants it."""
    content = header.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return content.startswith(b"ENVI")


def _sparse(path: str, size: int) -> bytes:
    return _SPARSE.format(path=escape(path), size=size).encode()


def _put(stack: ExitStack, folder: str, name: str, content: bytes) -> None:
    stack.enter_context(MemoryFile(content, dirname=folder, filename=name))
