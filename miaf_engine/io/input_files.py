"""The files that an input is read from, beyond the one that the user names.

A VRT names its sources, which may be VRTs too; GDAL takes overviews, masks and metadata
from files beside a raster, which may be VRTs again. `files_of_input` lists them all, so
that none is ever an output; `check_input_files` holds them to what the user's own file
is held to. Both read the text themselves and have GDAL open nothing.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from miaf_engine.errors import MiafError, RasterFileError
from miaf_engine.io import nodata_text
from miaf_engine.io.envi import data_of, header_of
from miaf_engine.io.outputs import appended_files, replacing_files
from miaf_engine.io.paths import is_file, is_folder, is_there
from miaf_engine.io.safe_xml import ElementTree, parsed
from miaf_engine.limits import MAX_XML_BYTES
from miaf_engine.translation import marked, tr

if TYPE_CHECKING:
    from miaf_engine.io.paths import AnyPath

_VRT, _VRT_BYTES = b"<VRTDataset", 4096
_MOST_DEEP, _MOST_FILES = 8, 50_000
_EXPORT = marked(
    "Export it as GeoTIFF (in QGIS: Export > Save As) and choose the copy."
)
# Rasters that GDAL looks for beside one: after the whole name, or for the suffix.
_PARTS = (".ovr", ".msk", ".aux.xml")
_AUXILIARY = (".aux", ".rrd")
_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"EHFA_HEADER_TAG")
# What names a file in a VRT or a side file: an element, or an item of metadata.
_NAMING = re.compile(r"filename|dataset$|path$")
_NAMING_KEYS = frozenset({"OVERVIEW_FILE", "X_DATASET", "Y_DATASET"})
# A header of such a name belongs to another file.
_NO_RASTERS = (
    *(".shp", ".gpkg", ".geojson", ".json", ".kml", ".kmz", ".csv", ".gpx", ".fgb"),
    *(".tab", ".mif", ".dxf", ".sqlite", ".txt", ".safetensors", ".html"),
)
# What GDAL takes for no path, whatever lies there; and what else is likely none.
_NO_PATH = re.compile(r"/vsi|[<{]|(gtiff_\w+|mem|vrt):|\w[\w+.-]*://", re.IGNORECASE)
_PREFIX = re.compile(r"\w[\w+.-]+:", re.IGNORECASE)
_ODD_XML = re.compile(rb"<!DOCTYPE|<!\[CDATA\[|<!ENTITY")
_ARCHIVE = re.compile(r"/vsi\w+/")
_ODD = "/"  # no name of a file
_IMAGE = re.compile(r"(?P<product>.+)-SPECTRAL_IMAGE[^.]*\.\w+", re.IGNORECASE)


# Names in each folder by their lower case, and below _ODD those of devices and pipes.
Folders = dict[Path, dict[str, list[str]]]


class _Name(NamedTuple):
    """A file that another one names: as it does, and where that is."""

    text: str
    file: Path
    raw: bool = False  # Read as numbers, of no format


def metadata_of(image: Path) -> Path | None:
    """Return the metadata beside an EnMAP image as delivered, None where none are."""
    named = _IMAGE.fullmatch(image.name)
    if named is None:
        return None
    metadata = image.with_name(f"{named['product']}-METADATA.XML")
    return metadata if is_file(metadata) else None


def files_of_input(main: AnyPath, folders: Folders | None = None) -> list[Path]:
    """Return an input with what lies beside it, stands behind it, or is a part of it.

    That is the data file of an ENVI header, the sources of a VRT, of VRTs in it too,
    and the files of a folder.

    Args:
        main: Nothing need lie there.
        folders: What folders hold, kept for the next input.
    """
    folders = {} if folders is None else folders
    found: dict[Path, None] = {}
    waiting = [_on_disk(os.fspath(main))]
    while waiting and len(found) < _MOST_FILES:
        file = waiting.pop()
        if file not in found:
            beside = _beside(file, folders)
            found |= dict.fromkeys([file, *beside])
            waiting += [*filter(_may_name, beside), *_behind(file)]
    return list(found)


class InputFiles:
    """All files that a run reads, known by what they are and not by their names.

    A link, another spelling of a path and another name of the same file are that file.

    Args:
        inputs: What is read, as the user names it; None is left out.
    """

    def __init__(self, inputs: Iterable[str | None]) -> None:
        self._folders: Folders = {}
        self._files: dict[str, list[Path]] = {}
        self._inputs: dict[object, str] = {}
        for path in filter(None, inputs):
            for file in self.files_of(path):
                self._inputs.setdefault(_identity(file), path)

    def files_of(self, path: str) -> list[Path]:
        """Return an input with the files that it is read from; see `files_of_input`."""
        if path not in self._files:
            self._files[path] = files_of_input(path, self._folders)
        return self._files[path]

    def input_of(self, file: Path) -> str | None:
        """Return the input that is read from a file, as the user names it, or None."""
        return self._inputs.get(_identity(file))


def _identity(file: Path) -> object:
    """Return what two names of one file have in common."""
    try:
        # Path.resolve raises for a link that leads to itself.
        real = os.path.realpath(file)
    except ValueError:  # a null byte in the text
        return os.fspath(file)
    with suppress(OSError, ValueError):
        facts = Path(real).stat()
        if facts.st_ino:  # Some network drives number no files.
            return facts.st_dev, facts.st_ino
    return os.path.normcase(real)


def check_input_files(path: Path) -> None:
    """Refuse a raster that GDAL would read from anything but local files of its kinds.

    All VRTs that it stands on, at any depth, and all side files are looked through:
    what they name must be there, and be a plain file of a format that is read.

    Raises:
        RasterFileError: One of them names what is no local file, is missing, is of
            another format, cannot be read, or stands on itself.
    """
    _Check().follow(path, ())


def check_overview(text: str, raster: Path) -> None:
    """Refuse a raster whose own metadata name a file of overviews that is none.

    Args:
        text: The name, as in the metadata.
        raster: The raster.

    Raises:
        RasterFileError: The file is not there, or not of a format that is read.
    """
    _check_name(_Name(*_placed(text, raster.parent, beside=False)), raster)


def archive_of(name: str) -> Path:
    """Return the file on a disk that a name in one of GDAL's archives begins with."""
    return _on_disk(name)


def check_archive(archive: Path) -> None:
    """Refuse an archive in which a file names what does not lie in it.

    Raises:
        RasterFileError: It cannot be read, or one of its VRTs names something else.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            names = set(opened.namelist())
            for member in opened.infolist():
                _check_member(archive, opened, member, names)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise RasterFileError(
            tr("Cannot read the archive '{archive}': {error}.").format(
                archive=archive, error=error
            ),
            hint=tr("Unpack it and choose the file from it."),
        ) from error


class _Check:
    """Follows what a raster stands on, each file once."""

    def __init__(self) -> None:
        self._done: set[Path] = set()
        self._folders: Folders = {}

    def follow(self, path: Path, above: tuple[Path, ...]) -> None:
        """Check a file and all that it stands on; `above` stand on it."""
        real = Path(os.path.realpath(path))
        if real in above:
            raise RasterFileError(
                tr("'{source}' refers to '{path}', which refers back to it.").format(
                    source=above[-1], path=path
                ),
                hint=tr("Create the VRT again from the rasters themselves."),
            )
        if real in self._done:
            return
        self._done.add(real)
        if len(above) > _MOST_DEEP or len(self._done) > _MOST_FILES:
            raise RasterFileError(
                tr(
                    "'{path}' is file number {number} to be read for '{source}', "
                    "{levels} VRTs deep."
                ).format(
                    path=path,
                    number=len(self._done),
                    source=(*above, real)[0],
                    levels=len(above),
                ),
                hint=tr(
                    "At most {files} files and {levels} levels are followed. {export}"
                ).format(files=_MOST_FILES, levels=_MOST_DEEP, export=tr(_EXPORT)),
            )
        _check_plain_beside(path, self._folders)
        for side in _parts_beside(path, self._folders):
            if not side.name.lower().endswith((".aux.xml", *_AUXILIARY)):
                _check_kind(side, tr("beside '{path}'").format(path=path))
            self.follow(side, (*above, real))
        nodata_text.check_tiff(path)
        root = _root_of(path)
        if root is None:
            return
        nodata_text.check_xml(root, path)
        for name in list(_names(root, path.parent)):
            _check_name(name, path)
            self.follow(name.file, (*above, real))


def _check_name(name: _Name, source: Path) -> None:
    """Raise RasterFileError for a name that is none of a plain file of our formats."""
    prefixed = _PREFIX.match(name.text) and not is_there(name.file)
    if _NO_PATH.match(name.text) or prefixed:
        raise RasterFileError(
            tr("'{source}' refers to '{text}', which is not a file on a disk.").format(
                source=source, text=name.text[:200]
            ),
            hint=tr(_EXPORT),
        )
    if not is_there(name.file):
        raise RasterFileError(
            tr("'{source}' refers to '{text}', which does not exist.").format(
                source=source, text=name.text[:200]
            ),
            hint=tr("Put the file back, or create the VRT again."),
        )
    if not is_file(name.file):
        raise RasterFileError(
            tr(
                "'{source}' refers to '{text}', which is a folder, a device or a pipe."
            ).format(source=source, text=name.text[:200]),
            hint=tr("Create the VRT again, from files."),
        )
    if not name.raw:
        _check_kind(name.file, tr("referred to by '{source}'").format(source=source))
        return
    # Bare numbers may be of any file: none that is elsewhere gets into a map.
    folder = Path(os.path.realpath(source)).parent
    if folder not in Path(os.path.realpath(name.file)).parents:
        raise RasterFileError(
            tr(
                "'{source}' reads data from '{text}', which is in another folder."
            ).format(source=source, text=name.text[:200]),
            hint=tr("Put that file beside the VRT. {export}").format(
                export=tr(_EXPORT)
            ),
        )


def _check_kind(file: Path, where: str) -> None:
    start = _start_of(file)
    if start.startswith(_STARTS) or _VRT in start:
        return
    if header_of(file) is None:
        raise RasterFileError(
            tr("'{file}', {where}, is not a GeoTIFF, ENVI, VRT or HFA raster.").format(
                file=file, where=where
            ),
            hint=tr("Convert it to GeoTIFF, or remove it."),
        )


def _start_of(file: Path) -> bytes:
    with suppress(OSError):
        if is_file(file):
            with file.open("rb") as opened:
                return opened.read(_VRT_BYTES)
    return b""


def _parts_beside(file: Path, folders: Folders) -> list[Path]:
    """Return the files there that GDAL opens together with a raster.

    It does not care for upper and lower case.
    """
    own, stem = file.name.casefold(), file.stem.casefold()
    wanted = [own + end for end in (*_PARTS, *_AUXILIARY)]
    wanted += [stem + end for end in _AUXILIARY]
    there = _listing(file.parent, folders)
    names = [name for one in wanted for name in there.get(one, ())]
    found = dict.fromkeys(file.with_name(name) for name in names)
    return [one for one in found if one != file and is_there(one)]


def _check_plain_beside(file: Path, folders: Folders) -> None:
    """Raise RasterFileError for a pipe or a device that GDAL may open with a raster."""
    stem = f"{file.stem.casefold()}."
    for name in _listing(file.parent, folders).get(_ODD, ()):
        side = file.with_name(name)
        if name.casefold().startswith(stem) and side != file and is_there(side):
            raise RasterFileError(
                tr("'{side}', beside '{file}', is a device or a pipe.").format(
                    side=side, file=file
                ),
                hint=tr("Remove it."),
            )


def _listing(folder: Path, folders: Folders) -> dict[str, list[str]]:
    """Return the names in a folder by their lower case, read once."""
    if folder not in folders:
        names: dict[str, list[str]] = {}
        with suppress(OSError, ValueError), os.scandir(folder) as there:
            for one in there:
                names.setdefault(one.name.casefold(), []).append(one.name)
                if not (one.is_file() or one.is_dir()):
                    names.setdefault(_ODD, []).append(one.name)
        folders[folder] = names
    return folders[folder]


def _root_of(file: Path) -> ElementTree.Element | None:
    """Return the XML of a VRT or a side file; None for any other file.

    Raises:
        RasterFileError: It is one of them and cannot be read.
    """
    if not _may_name(file) or not is_file(file):
        return None
    try:
        if file.stat().st_size > MAX_XML_BYTES:
            raise RasterFileError(
                tr("'{file}' has {size} bytes.").format(
                    file=file, size=file.stat().st_size
                ),
                hint=tr("At most {most} bytes are read. {export}").format(
                    most=MAX_XML_BYTES, export=tr(_EXPORT)
                ),
            )
        content = file.read_bytes()
    except OSError as error:
        if isinstance(error, RasterFileError):
            raise
        reason = error.strerror or error
        raise RasterFileError(
            tr("Cannot read '{path}': {reason}.").format(path=file, reason=reason)
        ) from error
    return _root(content, str(file))


def _may_name(file: Path) -> bool:
    return file.name.lower().endswith(".aux.xml") or _VRT in _start_of(file)


def _root(content: bytes, where: str) -> ElementTree.Element:
    """Parse XML as GDAL does: as UTF-8 whatever it says, and without entities.

    Raises:
        RasterFileError: It is no XML, or has what the two would read differently.
    """
    hint = tr("Delete the file or restore it.")
    if (odd := _ODD_XML.search(content)) is not None:
        raise RasterFileError(
            tr("Cannot read '{where}': it holds '{odd}'.").format(
                where=where, odd=odd[0].decode()
            ),
            hint=hint,
        )
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        builder = ElementTree.TreeBuilder(insert_comments=True, insert_pis=True)
        root = parsed(text, builder)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise RasterFileError(
            tr("Cannot read '{path}': {reason}.").format(path=where, reason=error),
            hint=hint,
        ) from error
    return root


def _names(parent: ElementTree.Element, folder: Path) -> Iterator[_Name]:
    """Yield the files that an element names, at any depth."""
    above = _tag(parent)
    for element in parent:
        tag = _tag(element)
        key = _attribute(element, "key") or _attribute(element, "name")
        if tag == "ooi" and key.upper() == "ROOT_PATH":
            raise RasterFileError(
                tr("A VRT in '{folder}' has the open option 'ROOT_PATH'.").format(
                    folder=folder
                ),
                hint=tr(_EXPORT),
            )
        if _is_naming(tag, key):
            # In a band itself, and not in a source, it is a file of bare numbers.
            raw = above == "vrtrasterband"
            yield _named(element, folder)._replace(raw=raw)
        # What a product says of itself is nothing that GDAL opens, but for some items.
        elif above != "metadata":
            yield from _names(element, folder)


def _tag(element: ElementTree.Element) -> str:
    # Comments and instructions have functions as their tags.
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _is_naming(tag: str, key: str) -> bool:
    if tag == "mdi":
        return key.upper() in _NAMING_KEYS
    if tag == "argument":
        return _NAMING.search(key.lower()) is not None
    return tag != "vrtdataset" and _NAMING.search(tag) is not None


def _named(element: ElementTree.Element, folder: Path) -> _Name:
    """Return what an element names; nothing within it may interrupt the name."""
    text = (element.text or "").strip()
    if len(element):
        raise RasterFileError(
            tr("A VRT in '{folder}' splits the name '{text}'.").format(
                folder=folder, text=text[:200]
            ),
            hint=tr(_EXPORT),
        )
    relative = re.match(r"\s*\+?0*[1-9]", _attribute(element, "relativeToVRT"))
    return _Name(*_placed(text, folder, beside=relative is not None))


def _placed(text: str, folder: Path, *, beside: bool) -> tuple[str, Path]:
    """Return a name, and where it leads: in the folder, or as the system takes it."""
    name = text.removeprefix(":::BASE:::")
    where = folder / name if beside or name != text else Path(name)
    return name, Path(os.path.abspath(where))


def _attribute(element: ElementTree.Element, name: str) -> str:
    wanted = name.lower()
    return next((v for k, v in element.items() if k.lower() == wanted), "")


def _check_member(
    archive: Path, opened: zipfile.ZipFile, member: zipfile.ZipInfo, names: set[str]
) -> None:
    with opened.open(member) as stream:
        content = stream.read(_VRT_BYTES)
        side = member.filename.lower().endswith(".aux.xml")
        if not side and _VRT not in content:
            return
        content += stream.read(MAX_XML_BYTES)
    where = f"{archive}/{member.filename}"
    root = Path(os.path.abspath(os.sep))
    for name in _names(_root(content, where), (root / member.filename).parent):
        inside = name.file.relative_to(root).as_posix() if name.file.anchor else ""
        absolute = Path(name.text).is_absolute() or _NO_PATH.match(name.text)
        if absolute or inside not in names:
            raise RasterFileError(
                tr("'{where}' refers to '{text}', which is not in the archive.").format(
                    where=where, text=name.text[:200]
                ),
                hint=tr("Unpack the archive. {export}").format(export=tr(_EXPORT)),
            )


def _beside(file: Path, folders: Folders) -> list[Path]:
    """Return the files there that belong to one by their names."""
    if not file.name:  # the root of a disk
        return []
    more = [
        file.with_name(f"{file.name}-wal"),  # edits that are not in a GeoPackage yet
        file.with_suffix(".ige"),  # pixels of a large HFA raster
        metadata_of(file),
        header_of(file),  # also beside a GeoTIFF, whose bands it may describe
        *_parts_beside(file, folders),
    ]
    there = [one for one in more if one is not None and is_file(one)]
    found = [*appended_files(file), *replacing_files(file), *there]
    if file.suffix.lower() not in _NO_RASTERS:
        return found
    return [one for one in found if one.suffix.lower() != ".hdr"]


def _behind(file: Path) -> list[Path]:
    """Return the files that one stands for."""
    if file.suffix.lower() == ".hdr":
        with suppress(MiafError):
            return [data_of(file)]
    with suppress(OSError):
        if is_folder(file):
            return sorted(filter(is_file, file.iterdir()))
    # A VRT that cannot be read fails where it is opened.
    with suppress(MiafError):
        if (root := _root_of(file)) is not None:
            return [_on_disk(n.text, n.file) for n in _names(root, file.parent)]
    return []


def _on_disk(name: str, file: Path | None = None) -> Path:
    """Return the file that a name stands for, or the archive in which it lies."""
    inside = _ARCHIVE.sub("", name, count=1).strip("{") if name[:4] == "/vsi" else name
    if inside == name:
        return Path(os.path.abspath(name)) if file is None else file
    # Two slashes that tell an absolute path apart are one in a path made plain.
    for path in (Path(os.path.abspath(inside)), Path(os.sep, inside)):
        for one in (path, *path.parents):
            if is_file(one):
                return one
    return Path(os.path.abspath(inside))
