"""Which files go with an output: those that GDAL and QGIS name after it."""

from __future__ import annotations

from pathlib import Path

from miaf_engine.errors import FileError
from miaf_engine.io.moves import Group
from miaf_engine.io.paths import is_file, is_folder

# Side files of GDAL and QGIS: appended to the whole name, as `map.tif.aux.xml`, or in
# place of the suffix, as `map.hdr` of `map.dat`. Any other file is not ours to touch.
_APPENDED = (".aux.xml", ".hdr", ".ovr", ".msk", ".msk.ovr")
_REPLACING = (
    *(".hdr", ".qml", ".prj", ".tfw", ".wld"),
    *(".shx", ".dbf", ".cpg"),  # parts of a Shapefile
)


def appended_files(path: Path) -> list[Path]:
    """Return the files there that are named after the whole of a file's name."""
    candidates = [path.with_name(path.name + end) for end in _APPENDED]
    return [p for p in candidates if is_file(p)]


def replacing_files(path: Path) -> list[Path]:
    """Return the files there that are named as a file with another suffix."""
    # A GeoTIFF has no header: one of its stem belongs to an ENVI output of this run.
    taken = _REPLACING[1:] if path.suffix.lower() in (".tif", ".tiff") else _REPLACING
    candidates = [path.with_suffix(suffix) for suffix in taken]
    return [p for p in candidates if p != path and is_file(p)]


def group_of(temporary: Path, target: Path) -> Group:
    """Return the temporary file and its side files with their places.

    Raises:
        FileError: The folder is gone, or nothing was written.
    """
    if not is_folder(target.parent):
        raise FileError(
            f"Cannot write '{target}': its folder is no longer there.",
            hint="Is it on a drive that was removed? Choose another folder.",
        )
    if not is_file(temporary):
        raise FileError(f"Cannot write '{target}': nothing was written.")
    sides = {}
    for side in appended_files(temporary):
        end = side.name[len(temporary.name) :]
        sides[side] = target.with_name(target.name + end)
    for side in replacing_files(temporary):
        sides[side] = target.with_suffix(side.suffix)
    stale = [p for p in appended_files(target) if p not in sides.values()]
    return Group(temporary, target, sides, stale)
