"""Nodata values that are written as text, which GDAL takes for 0 where it is none.

A GeoTIFF holds the value as text in a tag, a VRT and a side file in an element. GDAL
reads all of them by C's `atof`: "none" and "{-9999}" become 0, and "-3,4e38" -3.
"""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from pathlib import Path

from miaf_engine.errors import RasterFileError
from miaf_engine.io.safe_xml import ElementTree
from miaf_engine.translation import tr

_TAG = 42113  # GDAL_NODATA
_TEXT = 2  # the type of a tag
# Struct codes of TIFF and BigTIFF: number of tags, count of values, place in the file.
_LAYOUTS = {42: "HII", 43: "QQQ"}
_MOST_ENTRIES, _MOST_TEXT = 4096, 4096
_ELEMENTS = ("nodatavalue", "nodata")
# How C programs write what is no number or infinite, with Microsoft's among them.
_NUMBER = re.compile(
    r"[+-]?((\d+\.?\d*|\.\d+)([ed][+-]?\d+)?|nan(\(\w*\))?|inf(inity)?|1\.#\w+)",
    re.IGNORECASE,
)


def check_tiff(path: Path) -> None:
    """Refuse a GeoTIFF whose nodata value is no number.

    Raises:
        RasterFileError: The text in its tag is none.
    """
    text = _in_tiff(path)
    if text is not None and not _NUMBER.fullmatch(text):
        raise _odd(text, path)


def check_xml(root: ElementTree.Element, path: Path) -> None:
    """Refuse a VRT or a side file with a nodata value that is no number.

    Args:
        root: The root of its XML.
        path: The file, for the message.

    Raises:
        RasterFileError: The text of such an element is none.
    """
    for element in root.iter():
        tag = element.tag
        if isinstance(tag, str) and tag.rpartition("}")[2].lower() in _ELEMENTS:
            text = (element.text or "").strip()
            if text and not _NUMBER.fullmatch(text):
                raise _odd(text, path)


def _odd(text: str, path: Path) -> RasterFileError:
    return RasterFileError(
        tr(
            "'{path}' states the nodata value '{text}', which is not a number. GDAL "
            "would read it as another number, often 0."
        ).format(path=path, text=text[:40]),
        hint=tr(
            "Write the one number there that means no data (gdal_edit.py -a_nodata "
            "VALUE FILE), or remove it (gdal_edit.py -unsetnodata FILE)."
        ),
    )


def _in_tiff(path: Path) -> str | None:
    """Return the text of the tag in the first directory, None where there is none."""
    with suppress(OSError, struct.error, ValueError), path.open("rb") as file:
        start = file.read(16)
        order = {b"II": "<", b"MM": ">"}.get(start[:2])
        kind = struct.unpack(f"{order}H", start[2:4])[0] if order else 0
        if kind not in _LAYOUTS:
            return None
        number, count_of, place = (f"{order}{code}" for code in _LAYOUTS[kind])
        # The place of the directory is in the last bytes of the head.
        size = struct.calcsize(place)
        file.seek(struct.unpack_from(place, start, size)[0])
        head = file.read(struct.calcsize(number))
        entries = min(struct.unpack(number, head)[0], _MOST_ENTRIES)
        entry = struct.Struct(f"{order}HH{count_of[1:]}{size}s")
        content = file.read(entries * entry.size)
        for tag, code, count, value in entry.iter_unpack(content):
            if (tag, code) == (_TAG, _TEXT):
                if count > size:
                    file.seek(struct.unpack(place, value)[0])
                    value = file.read(min(count, _MOST_TEXT))
                text: str = value[:count].split(b"\0")[0].decode("latin-1")
                return text.strip()
    return None
