"""Lets GDAL read ENVI headers that it would misread.

GDAL stops at a line of about 10 000 characters and silently does without all that
follows, and rasterio takes every text for UTF-8. Such a header is rewritten in memory:
long lists broken into lines, text in UTF-8. The pixels stay where they are.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from rasterio.io import MemoryFile

from miaf_engine.errors import RasterFileError
from miaf_engine.io import envi, pam
from miaf_engine.io.paths import is_file

# GDAL 3.6 to 3.10 read lines of up to 9999 bytes.
_LONGEST_LINE = 9_000
_LONG_LIST = re.compile(r"\{[^}]*\}")
_SPARSE = (
    "<VSISparseFile><Length>{size}</Length><SubfileRegion>"
    "<Filename relative='0'>{path}</Filename><DestinationOffset>0</DestinationOffset>"
    "<SourceOffset>0</SourceOffset><RegionLength>{size}</RegionLength>"
    "</SubfileRegion></VSISparseFile>"
)


@contextmanager
def readable(data: Path) -> Iterator[str]:
    """Yield what GDAL is to open for a file: itself, or its twin in memory.

    The twin is there while the context is; an open dataset does not need it further.

    Raises:
        RasterFileError: The header cannot be read, or one of its items is too long.
    """
    header = envi.header_of(data)
    text = None if header is None else mended(header)
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


def mended(header: Path) -> str | None:
    """Return the text that a header should have for GDAL; None where it is fine.

    Raises:
        RasterFileError: It cannot be read, or one item of a list is too long.
    """
    text = envi.read_text(header)
    if not text.startswith("ENVI"):
        return None
    long = _longest_line(text) > _LONGEST_LINE
    if not long and _is_utf8(header):
        return None
    if long:
        # No list ends beyond the last brace; looking for one there takes minutes.
        ends = text.rfind("}") + 1
        lists = _LONG_LIST.sub(lambda list_: list_[0].replace(",", ",\n"), text[:ends])
        text = lists + text[ends:]
    if _longest_line(text) > _LONGEST_LINE:
        raise RasterFileError(
            f"The header '{header}' has a line of {_longest_line(text)} characters.",
            hint=f"Break it: no line may have more than {_LONGEST_LINE}.",
        )
    return text


def _longest_line(text: str) -> int:
    return max(map(len, text.encode().splitlines()), default=0)


def _is_utf8(header: Path) -> bool:
    try:
        header.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sparse(path: str, size: int) -> bytes:
    return _SPARSE.format(path=escape(path), size=size).encode()


def _put(stack: ExitStack, folder: str, name: str, content: bytes) -> None:
    stack.enter_context(MemoryFile(content, dirname=folder, filename=name))
