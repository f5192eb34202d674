"""Reads numeric arrays from MATLAB files of version 5, the format up to -v7.

The format: "MAT-File Format", The MathWorks, sections "Level 5 MAT-File". SciPy reads
the values. It takes the sizes in a file for granted, reserves memory for them and may
read past the end, so the heads of all arrays are looked at before: sizes against what
is there, and kinds, of which it only ever meets plain numbers.
"""

from __future__ import annotations

import io
import math
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import RasterFileError
from miaf_engine.translation import tr

_HEADER = 128
_MATRIX, _COMPRESSED = 14, 15
# Bytes of a value, by the type that it is stored in.
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4, 9: 8, 12: 8, 13: 8}
_CLASSES = {1: "cell", 2: "struct", 3: "object", 4: "char", 5: "sparse array"}
_CLASSES |= {16: "function", 17: "object"}
_NUMERIC = range(6, 16)
_COMPLEX = 0x0800
# Flags, sizes and the name of an array, before its values.
_HEAD_BYTES = 4096
_MAX_AXES = 32
# Bytes that one byte of zlib can stand for; memory for more is not to be reserved.
_MOST_PACKED = 1032


@dataclass(frozen=True)
class Entry:
    """One array of a file.

    Attributes:
        name: Its name.
        shape: Its shape.
        kind: Empty for real numbers, else what it is.
    """

    name: str
    shape: tuple[int, ...]
    kind: str


def entries(path: Path) -> list[Entry]:
    """Return the arrays of a file; values are not read.

    Raises:
        RasterFileError: The file is damaged, cut short, or of another version.
    """
    with path.open("rb") as stream:
        order = _byte_order(stream, path)
        size = stream.seek(0, os.SEEK_END)
        found = [
            _entry(stream, order, start, length, packed, path)
            for start, length, packed in _elements(stream, order, size, path)
        ]
    # A nameless one at the end is MATLAB's own, for objects.
    return [entry for entry in found if entry.name or entry.kind]


def read_entry(path: Path, entry: Entry) -> NDArray[Any]:
    """Return the values of an array, in the type in which they are stored.

    Raises:
        RasterFileError: The values are damaged or cut short.
    """
    # Here, because other kinds of file need none of it.
    from scipy.io import loadmat

    # Opened here: a path without the ending .mat would be given one.
    with path.open("rb") as stream:
        values = loadmat(stream, variable_names=[entry.name]).get(entry.name)
    # SciPy puts a text in the place of an array that it cannot read.
    if not isinstance(values, np.ndarray) or values.shape != entry.shape:
        raise _damaged(path, f"'{entry.name}' has other values than it says")
    return values


def _byte_order(stream: BinaryIO, path: Path) -> str:
    head = stream.read(_HEADER)
    order = {b"IM": "<", b"MI": ">"}.get(head[126:128])
    # SciPy takes a file with a zero among the first four bytes for one of version 4.
    if order is None or 0 in head[:4]:
        raise RasterFileError(
            tr("'{path}' is not a MATLAB file of version 5 or 7.3.").format(path=path),
            hint=tr("Save it from MATLAB with -v7, or copy the file again."),
        )
    return order


def _elements(
    stream: BinaryIO, order: str, size: int, path: Path
) -> Iterator[tuple[int, int, bool]]:
    """Yield start, length and whether it is compressed, of each array."""
    place = _HEADER
    while place < size:
        stream.seek(place)
        kind, length, _ = _tag(stream, order, path)
        if place + 8 + length > size:
            raise _damaged(path, "it ends early")
        if kind in (_MATRIX, _COMPRESSED):
            yield place, length, kind == _COMPRESSED
        place += 8 + length
        if kind != _COMPRESSED:
            place += -length % 8


def _entry(
    stream: BinaryIO, order: str, start: int, length: int, packed: bool, path: Path
) -> Entry:
    stream.seek(start + 8)
    head = stream.read(min(length, _HEAD_BYTES))
    if packed:
        head = _inflated(head, path)
        inner, unpacked, _ = _tag(io.BytesIO(head), order, path)
        if inner != _MATRIX or unpacked > _MOST_PACKED * length:
            raise _damaged(path, "a compressed element is no array")
        head, length = head[8:], unpacked
    parts = io.BytesIO(head)
    flags = np.frombuffer(_part(parts, order, path)[1], dtype=f"{order}u4")
    if flags.size != 2:
        raise _damaged(path, "an array has no flags")
    number = int(flags[0]) & 0xFF
    if number == 17:  # has no sizes
        return Entry("", (), _CLASSES[number])
    sizes = np.frombuffer(_part(parts, order, path)[1], dtype=f"{order}i4").tolist()
    name = bytes(_part(parts, order, path)[1]).decode("latin-1")
    if not 2 <= len(sizes) <= _MAX_AXES or min(sizes) < 0:
        raise _damaged(path, "an array has impossible sizes")
    kind = "" if number in _NUMERIC else _CLASSES.get(number, "unknown kind of value")
    if not kind and int(flags[0]) & _COMPLEX:
        kind = "complex"
    if not kind:
        _check_values(parts, order, sizes, length, path)
    return Entry(name, tuple(sizes), kind)


def _check_values(
    parts: io.BytesIO, order: str, sizes: Sequence[int], length: int, path: Path
) -> None:
    """Refuse values that are not as many as the sizes say, or end after their array."""
    stored, size, small = _tag(parts, order, path)
    if stored not in _WIDTHS:
        raise _damaged(path, f"values of the unknown type {stored}")
    wanted = math.prod(sizes) * _WIDTHS[stored]
    if size != wanted or size > (4 if small else length - parts.tell()):
        raise _damaged(path, f"an array has {size} bytes and not {wanted}")


def _tag(stream: BinaryIO, order: str, path: Path) -> tuple[int, int, bool]:
    """Return type and length of the next element, and whether it is a small one."""
    first = int.from_bytes(_exactly(stream, 4, path), _endian(order))
    if first >> 16:  # a small element: length, type, and up to 4 bytes of data
        return first & 0xFFFF, first >> 16, True
    return first, int.from_bytes(_exactly(stream, 4, path), _endian(order)), False


def _part(stream: BinaryIO, order: str, path: Path) -> tuple[int, bytes]:
    """Return type and data of the next element within an array."""
    kind, length, small = _tag(stream, order, path)
    if small and length > 4:
        raise _damaged(path, "an element has an impossible length")
    data = _exactly(stream, length, path)
    stream.read(-length % (4 if small else 8))
    return kind, data


def _exactly(stream: BinaryIO, length: int, path: Path) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise _damaged(path, "it ends early")
    return data


def _inflated(packed: bytes, path: Path) -> bytes:
    """Return the first `_HEAD_BYTES` of a compressed array."""
    try:
        return zlib.decompressobj().decompress(packed, _HEAD_BYTES)
    except zlib.error as error:
        raise _damaged(path, str(error)) from error


def _endian(order: str) -> Any:
    return "little" if order == "<" else "big"


def _damaged(path: Path, why: str) -> RasterFileError:
    return RasterFileError(
        tr("Cannot read '{path}': the file is damaged or cut short ({why}).").format(
            path=path, why=why
        ),
        hint=tr("Copy or download the file again."),
    )
