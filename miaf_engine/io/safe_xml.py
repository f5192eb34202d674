"""XML, made and read; read without what XML can do to its reader.

The one module that imports Python's parser, so that nothing is parsed but here.
"""

from __future__ import annotations

# Parsing refuses document types, as here, or has refused them, as in `input_files`.
import xml.etree.ElementTree as ElementTree  # nosec B405
from pathlib import Path

from miaf_engine.errors import RasterFileError
from miaf_engine.limits import MAX_XML_BYTES
from miaf_engine.translation import marked, tr

__all__ = ["ElementTree", "parsed", "read_xml"]

_HINT = marked("Delete the file or restore it.")


def read_xml(path: Path, hint: str = _HINT) -> ElementTree.Element:
    """Return the root of an XML file.

    A document type is refused, since its entities may unfold a small file into
    gigabytes or name other files; neither GDAL nor a sensor's product has one.

    Args:
        path: The file.
        hint: What the user can do about a damaged one, in English.

    Raises:
        RasterFileError: It cannot be read, is too large, has a document type, or is no
            XML.
    """
    try:
        size = path.stat().st_size
        if size > MAX_XML_BYTES:
            raise RasterFileError(
                tr(
                    "'{path}' has {size} bytes, but XML beside a raster may have at "
                    "most {most}."
                ).format(path=path, size=size, most=MAX_XML_BYTES),
                hint=tr(hint),
            )
        return parsed(path.read_bytes(), _Builder(path, hint))
    # ValueError and LookupError: text encodings that Python does not know.
    except (ElementTree.ParseError, OSError, ValueError, LookupError) as error:
        if isinstance(error, RasterFileError):
            raise
        raise RasterFileError(
            tr("Cannot read '{path}': {reason}.").format(path=path, reason=error),
            hint=tr(hint),
        ) from error


def parsed(text: str | bytes, builder: ElementTree.TreeBuilder) -> ElementTree.Element:
    """Return the root of XML in which entities are refused, by `builder` or before.

    Raises:
        ElementTree.ParseError: It is no XML.
        ValueError, LookupError: Its encoding is not known.
    """
    # Entities are what the scanner warns of, and there are none here.
    parser = ElementTree.XMLParser(target=builder)  # nosec B314
    parser.feed(text)
    return parser.close()


class _Builder(ElementTree.TreeBuilder):
    def __init__(self, path: Path, hint: str) -> None:
        super().__init__()
        self._path, self._hint = path, hint

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        """Refuse; called before any entity is unfolded."""
        raise RasterFileError(
            tr(
                "Cannot read '{path}': it has a document type declaration ('{name}')."
            ).format(path=self._path, name=name[:40]),
            hint=tr(self._hint),
        )
