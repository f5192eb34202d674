"""Which files a cube or a mask is read from, and what tells that one has changed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from miaf_engine.cubes.band_metadata import metadata_of
from miaf_engine.errors import MiafError
from miaf_engine.io.envi import data_of, header_of
from miaf_engine.io.gdal import gdal_call, open_raster
from miaf_engine.io.outputs import appended_files, replacing_files
from miaf_engine.io.paths import is_file, is_folder
from miaf_engine.tasks.classify_many.summary import Stamp, stamp

# How GDAL knows a VRT, and in how many bytes.
_VRT, _VRT_BYTES = b"<VRTDataset", 1024
_ARCHIVE = re.compile(r"/vsi\w+/")


def stamps_of_input(path: str) -> dict[str, Stamp | None]:
    """Return the stamps of an input and of all files that it is read from.

    A file in the input's own folder goes by its name, any other by its path.
    """
    main = Path(os.path.abspath(path))
    return {
        file.name if file.parent == main.parent else str(file): stamp(file)
        for file in files_of_input(main)
    }


def files_of_input(main: Path) -> list[Path]:
    """Return an input with what lies beside it, stands behind it, or is a part of it.

    That is the data file of an ENVI header, the sources of a VRT, of VRTs in it too,
    and the files of a folder. Only VRTs are opened, and no pixel is read.

    Args:
        main: Absolute path; nothing need lie there.
    """
    found: dict[Path, None] = {}
    waiting = [main]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found |= dict.fromkeys([file, *_beside(file)])
            waiting += _behind(file)
    return list(found)


def _beside(file: Path) -> list[Path]:
    """Return the files there that belong to one by their names."""
    if not file.name:  # the root of a disk
        return []
    more = [
        file.with_name(f"{file.name}-wal"),  # edits that are not in a GeoPackage yet
        file.with_suffix(".ige"),  # pixels of a large HFA raster
        metadata_of(file),
    ]
    if file.suffix.lower() not in (".tif", ".tiff", ".vrt"):
        more.append(header_of(file))
    there = [one for one in more if one is not None and is_file(one)]
    return [*appended_files(file), *replacing_files(file), *there]


def _behind(file: Path) -> list[Path]:
    """Return the files that one stands for."""
    if file.suffix.lower() == ".hdr":
        with suppress(MiafError):
            return [data_of(file)]
    with suppress(OSError):
        if is_folder(file):
            return sorted(filter(is_file, file.iterdir()))
    return _sources(file) if _is_vrt(file) else []


def _is_vrt(file: Path) -> bool:
    if not is_file(file):
        return False
    with suppress(OSError), file.open("rb") as opened:
        return _VRT in opened.read(_VRT_BYTES)
    return False


def _sources(vrt: Path) -> list[Path]:
    """Return the files that GDAL lists for a VRT; of one in it, only the VRT."""
    try:
        with open_raster(vrt) as dataset, gdal_call(vrt, "read"):
            return [_on_disk(name) for name in dataset.files]
    except MiafError:  # Its scene fails, and is done again in the next run.
        return []


def _on_disk(name: str) -> Path:
    """Return a file that GDAL names, or the archive in which it lies."""
    inside = _ARCHIVE.sub("", name, count=1).strip("{") if name[:4] == "/vsi" else name
    path = Path(os.path.abspath(inside))
    if inside == name:
        return path
    return next(filter(is_file, [path, *path.parents]), path)
