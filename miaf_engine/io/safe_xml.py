"""XML that came with a raster, read without what XML can do to its reader."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from miaf_engine.errors import RasterFileError
from miaf_engine.limits import MAX_XML_BYTES

_HINT = "Delete the file or restore it."


def read_xml(path: Path, hint: str = _HINT) -> ElementTree.Element:
    """Return the root of an XML file.

    A document type is refused, since its entities may unfold a small file into
    gigabytes or name other files; neither GDAL nor a sensor's product has one.

    Args:
        path: The file.
        hint: What the user can do about a damaged one.

    Raises:
        RasterFileError: It cannot be read, is too large, has a document type, or is no
            XML.
    """
    try:
        size = path.stat().st_size
        if size > MAX_XML_BYTES:
            raise RasterFileError(
                f"'{path}' has {size} bytes; XML beside a raster has at most "
                f"{MAX_XML_BYTES}.",
                hint=hint,
            )
        return ElementTree.fromstring(path.read_bytes(), parser=_parser(path, hint))
    # ValueError and LookupError: text encodings that Python does not know.
    except (ElementTree.ParseError, OSError, ValueError, LookupError) as error:
        if isinstance(error, RasterFileError):
            raise
        raise RasterFileError(f"Cannot read '{path}': {error}.", hint=hint) from error


def _parser(path: Path, hint: str) -> ElementTree.XMLParser:
    return ElementTree.XMLParser(target=_Builder(path, hint))


class _Builder(ElementTree.TreeBuilder):
    def __init__(self, path: Path, hint: str) -> None:
        super().__init__()
        self._path, self._hint = path, hint

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        """Refuse; called before any entity is unfolded."""
        raise RasterFileError(
            f"Cannot read '{self._path}': it has a document type ('{name[:40]}').",
            hint=self._hint,
        )
