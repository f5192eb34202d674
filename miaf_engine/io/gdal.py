"""How GDAL is reached through rasterio: local files, errors people can read."""

from __future__ import annotations

import logging
import math
import os
import re
import shutil
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import numpy as np
import rasterio

# rasterio has no public name for the errors that GDAL raises through it.
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader

from miaf_engine.errors import FileError, InputError, MiafError, RasterFileError
from miaf_engine.grid import UNPLACED, Grid
from miaf_engine.io import envi, envi_repair
from miaf_engine.io.archived_headers import check_headers
from miaf_engine.io.input_files import (
    archive_of,
    check_archive,
    check_input_files,
    check_overview,
)
from miaf_engine.io.offline import NO_NETWORK_FILES
from miaf_engine.io.paths import (
    is_file,
    is_folder,
    is_there,
    why_unseen,
)
from miaf_engine.limits import MAX_BANDS, MAX_PIXELS, MAX_XML_BYTES
from miaf_engine.translation import marked, tr

_SUBDATASET = re.compile(r"(?:HDF[45]\w*|NETCDF):", re.IGNORECASE)
_HDF5 = b"\x89HDF\r\n\x1a\n"
_VRT = b"<VRT"
# VRT because stacks of bands come as VRT; drivers for services are left out. rasterio
# takes such a list in the class, not in its function `open`.
_DRIVERS = ("GTiff", "ENVI", "HFA", "VRT")

# GDAL's cache of blocks would take a twentieth of the machine's memory, outside of any
# budget. Each pixel is read once, so that a row of blocks is enough. rasterio takes the
# number as bytes, whatever its size. With next to none, a block that is written in
# parts is compressed and stored again for each part and band.
_OPTIONS = {**NO_NETWORK_FILES, "GDAL_CACHEMAX": 32 * 2**20}

# GDAL has one cache for all files. What another thread reads while a raster is written
# would decide where its blocks lie in the file. What rasterio logs, and which warnings
# it filters, is common to all threads, too.
_ONE_AT_A_TIME = threading.RLock()

_LOCAL = re.compile(r"/vsi(zip|mem)/(?!\{?/?vsi)", re.IGNORECASE)
_PACKED = re.compile(r"/vsi(tar|gzip|7z|rar)/", re.IGNORECASE)
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:/|/vsi", re.IGNORECASE)
_FAILURES = {
    "close": marked("Cannot close '{path}': {text}"),
    "open": marked("Cannot open '{path}': {text}"),
    "read": marked("Cannot read '{path}': {text}"),
    "read the place of": marked("Cannot read the place of '{path}': {text}"),
    "transform": marked("Cannot transform '{path}': {text}"),
    "warp": marked("Cannot warp '{path}': {text}"),
}
_UNKNOWN_FORMAT = "not recognized as being in a supported file format"

# A file system keeps some blocks back.
_FULL_BYTES = 64 * 1024


def open_raster(
    path: str | os.PathLike[str], *, mend_header: bool = False
) -> DatasetReader:
    """Open a raster; an ENVI header stands for its data file.

    Args:
        path: The file.
        mend_header: Whether an ENVI header that GDAL would misread is rewritten in
            memory; the dataset's name is then none of a file.

    Raises:
        FileError: The path is not local.
        RasterFileError: The file is missing, of an unknown format, or cut short.
    """
    refuse_network(path)
    if (found := _LOCAL.match(os.fspath(path))) is not None:
        if found[1].lower() == "zip":
            archive = archive_of(os.fspath(path))
            check_archive(archive)
            check_headers(archive)
        with gdal_call(path, "open"):
            return _opened(os.fspath(path))
    check_file(path)
    file = Path(path)
    if not is_there(file):
        raise RasterFileError(
            tr("There is no file '{path}'.").format(path=file),
            hint=tr("Check the path."),
        )
    file = envi.file_of(file)
    check_input_files(file)
    try:
        with gdal_call(file, "open"), ExitStack() as stack:
            source = os.fspath(file)
            if mend_header:
                source = stack.enter_context(envi_repair.readable(file))
            dataset = _opened(source)
    except RasterFileError:
        _check_envi_header(file)  # which says more than GDAL does
        raise
    try:
        check_size(dataset, file)
        _check_envi(dataset, file)
        if overviews := dataset.tags(ns="OVERVIEWS").get("OVERVIEW_FILE"):
            check_overview(overviews, file)
    except MiafError:
        dataset.close()
        raise
    return dataset


@contextmanager
def gdal_call(
    path: str | os.PathLike[str], action: str, *, strict: bool = False
) -> Iterator[None]:
    """Run calls of rasterio with errors translated, one thread at a time.

    Args:
        path: The file that the user knows, for the message.
        action: What is being done, of `_FAILURES`, or 'write'.
        strict: Whether an error that GDAL only logs counts too; for writing, because
            a full disk shows in no other way.

    Raises:
        RasterFileError: GDAL failed; carries GDAL's own text.
    """
    with _ONE_AT_A_TIME, _logged_errors() as log:
        try:
            with rasterio.Env(**_OPTIONS), warnings.catch_warnings():
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                yield
        except MiafError:
            raise
        except (RasterioError, CPLE_BaseError, OSError) as error:
            # rasterio's own text is often just "Read failed. See previous exception".
            text = str(error.__cause__ or error)
            if action == "write":
                raise _write_failure(path, text) from error
            if _UNKNOWN_FORMAT in text:
                raise RasterFileError(
                    tr(
                        "Cannot open '{path}': it is not a GeoTIFF, ENVI, VRT or HFA "
                        "raster."
                    ).format(path=path),
                    hint=tr("Unpack it and choose the raster from it.")
                    if os.fspath(path).lower().endswith(_ARCHIVES)
                    else tr("Choose another file, or convert it to GeoTIFF."),
                ) from error
            raise RasterFileError(
                tr(_FAILURES[action]).format(path=path, text=text)
            ) from error
    if strict and log.messages:
        raise _write_failure(path, log.messages[0])


def empty_cache() -> None:
    """Have GDAL write and forget all blocks in its cache; rasterio has no flush."""
    with rasterio.Env(GDAL_CACHEMAX=0):
        pass


def refuse_network(path: str | os.PathLike[str]) -> None:
    """Refuse an address on a network; the engine reads local files only.

    Raises:
        FileError: The path is a URL or in one of GDAL's file systems, but for an
            archive or a file in memory that the caller names.
    """
    text = os.fspath(path)
    if _PACKED.match(text) and "://" not in text and text.lower().count("/vsi") == 1:
        raise FileError(
            tr(
                "'{path}' is in an archive of a kind that is not read. Only .zip "
                "archives are, with /vsizip/."
            ).format(path=path),
            hint=tr("Unpack it and choose the file from it."),
        )
    if _ADDRESS.search(text) or (_ELSEWHERE.match(text) and not _LOCAL.match(text)):
        raise FileError(
            tr("'{path}' is not a local file.").format(path=path),
            hint=tr("Download it and choose the copy."),
        )


def check_file(path: str | os.PathLike[str]) -> None:
    """Refuse what GDAL should not try.

    Raises:
        RasterFileError: It is a device or a pipe, where opening may wait for ever, a
            file with several arrays, or a VRT too large for one; or it cannot be read.
    """
    file, start, size = Path(path), b"", 0
    if reason := why_unseen(file):
        raise RasterFileError(
            tr("Cannot open '{path}': {reason}.").format(path=path, reason=reason),
            hint=tr("Check the path."),
        )
    if is_there(file) and not (is_file(file) or is_folder(file)):
        raise RasterFileError(
            tr("'{path}' is a device or a pipe.").format(path=path),
            hint=tr("Choose a file on a disk."),
        )
    if is_file(file):
        try:
            size = file.stat().st_size
            with file.open("rb") as opened:
                start = opened.read(8)
        except OSError as error:
            raise RasterFileError(
                tr("Cannot open '{path}': {reason}.").format(
                    path=path, reason=error.strerror or error
                )
            ) from error
    if start == _HDF5 or _SUBDATASET.match(os.fspath(path)):
        raise RasterFileError(
            tr(
                "'{path}' is an HDF5 or netCDF file, which holds several arrays."
            ).format(path=path),
            hint=tr(
                "Export its cube as GeoTIFF or ENVI first, for example with the "
                "EnMAP-Box."
            ),
        )
    if start.lstrip().startswith(_VRT) and size > MAX_XML_BYTES:
        raise RasterFileError(
            tr("The VRT '{path}' has {size} bytes.").format(path=path, size=size),
            hint=tr("At most {most} bytes are read. Save it as GeoTIFF.").format(
                most=MAX_XML_BYTES
            ),
        )


def check_size(dataset: DatasetReader, path: str | os.PathLike[str]) -> None:
    """Refuse a raster of a size that no scene has; a header may claim anything.

    Raises:
        RasterFileError: It has too many bands or pixels.
    """
    height, width, bands = dataset.height, dataset.width, dataset.count
    if bands > MAX_BANDS or height * width > MAX_PIXELS:
        raise RasterFileError(
            tr(
                "'{path}' states {height} rows, {width} columns and {bands} bands."
            ).format(path=path, height=height, width=width, bands=bands),
            hint=tr(
                "At most {pixels} pixels and {bands} bands are read. Use a smaller "
                "part."
            ).format(pixels=MAX_PIXELS, bands=MAX_BANDS),
        )


def envi_size(dataset: DatasetReader) -> int:
    """Return the number of bytes that the pixels of an ENVI file take."""
    item = np.dtype(dataset.dtypes[0]).itemsize
    return int(dataset.height * dataset.width * dataset.count * item)


def grid_of(dataset: DatasetReader) -> Grid:
    """Return the grid of an open raster.

    Raises:
        RasterFileError: What it says of its CRS or place cannot be read, or its pixels
            have no size.
    """
    with gdal_call(dataset.name, "read the place of"):
        crs = dataset.crs.to_wkt() if dataset.crs else None
    # GDAL makes this up for an ENVI header whose map info names no projection.
    if crs and dataset.driver == "ENVI" and crs.startswith('LOCAL_CS["Arbitrary"'):
        crs = None
    a, b, c, d, e, f = tuple(dataset.transform)[:6]
    known = _has_geotransform(dataset)
    transform = (a, b, c, d, e, f) if known else UNPLACED
    size = a * e - b * d
    if not (math.isfinite(size + c + f) and size):
        raise RasterFileError(
            tr(
                "The pixels of '{name}' have no size or no place: its geotransform is "
                "{transform}."
            ).format(name=Path(dataset.name).name, transform=transform),
            hint=tr(
                "Correct it ('map info' in an ENVI header), or remove it if the image "
                "has no place on a map."
            ),
        )
    return Grid(transform, crs, dataset.height, dataset.width, known)


def read_crs(text: str) -> CRS:
    """Return a coordinate reference system from WKT or an authority code.

    Raises:
        InputError: PROJ does not understand it.
    """
    try:
        with rasterio.Env():
            return CRS.from_user_input(text)
    except (RasterioError, CPLE_BaseError, ValueError) as error:
        raise InputError(
            tr("The CRS '{crs}' is not known: {error}.").format(
                crs=crs_name(text), error=error
            ),
            hint=tr("Assign a standard CRS and save the file again."),
        ) from error


def epsg_code(text: str) -> int | None:
    """Return the EPSG code of a CRS, also where its WKT does not name it."""
    with rasterio.Env():
        code: int | None = read_crs(text).to_epsg()
    return code


def crs_name(text: str | None) -> str:
    """Return how a message calls a CRS: authority code or name."""
    if text is None:
        return tr("no CRS")
    name = re.search(r'"([^"]+)"', text)
    codes = re.findall(r'(?:AUTHORITY|ID)\["(\w+)",\s*"?(\d+)"?\]\]\s*$', text)
    code = f"{codes[-1][0]}:{codes[-1][1]}" if codes else ""
    if name is None:
        return text[:60]
    return f"{name[1]} ({code})" if code else name[1]


def same_crs(first: str | None, second: str | None) -> bool:
    """Return whether two CRS, as WKT or None, are one and the same."""
    if first is None or second is None or first == second:
        return first == second
    with rasterio.Env():
        return bool(read_crs(first) == read_crs(second))


class _ErrorLog(logging.Handler):
    """Collects errors that GDAL reports without failing, as when the disk is full."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.messages.append(record.getMessage())


@contextmanager
def _logged_errors() -> Iterator[_ErrorLog]:
    """Collect what is logged in the meantime, from whichever thread."""
    log, logger = _ErrorLog(), logging.getLogger("rasterio")
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.removeHandler(log)


def _write_failure(path: str | os.PathLike[str], text: str) -> RasterFileError:
    """Return the error for a raster that was not written; GDAL hides a full disk."""
    with suppress(OSError):
        if shutil.disk_usage(Path(path).parent).free < _FULL_BYTES:
            return RasterFileError(
                tr("Cannot write '{path}': the disk is full.").format(path=path),
                hint=tr("Free some space, or choose another disk."),
            )
    if _UNKNOWN_FORMAT in text:
        text = tr("the file was cut short.")
    return RasterFileError(
        tr("Cannot write '{path}': {text}").format(path=path, text=text)
    )


def _opened(source: str) -> DatasetReader:
    dataset = DatasetReader(source, driver=list(_DRIVERS))
    try:
        # Reads the side file now, whose faults would otherwise show anywhere.
        _ = dataset.colorinterp
    except Exception:
        dataset.close()
        raise
    return dataset


def _check_envi_header(file: Path) -> None:
    """Raise RasterFileError for a wrong ENVI header beside what GDAL cannot open."""
    header = envi.header_of(file)
    if header is None or not envi.is_header(envi.read_text(header)):
        return
    envi_repair.check_header(header)
    if not envi_repair.needs_no_header(file) and not envi_repair.implied_size(header):
        raise RasterFileError(
            tr(
                "Cannot open '{file}': its header '{name}' states that it is "
                "compressed ('file compression'), but it is not a gzip file that GDAL "
                "can read."
            ).format(file=file, name=header.name),
            hint=tr("Unpack it and remove that field, or export it as GeoTIFF."),
        )


def _check_envi(dataset: DatasetReader, file: Path) -> None:
    """Raise RasterFileError for an ENVI file that is not as its header says.

    GDAL reads what is missing as zeros, and takes defaults for fields that are. The
    files that a virtual raster is made of are looked at as well.
    """
    files = [file] if dataset.driver == "ENVI" else []
    if dataset.driver == "VRT":
        files = [Path(name) for name in dataset.files if is_file(Path(name))]
    for each in files:
        header = envi.header_of(each)
        if header is None or not envi.is_header(envi.read_text(header)):
            continue
        if not envi_repair.needs_no_header(each):
            envi_repair.check_header(header)
            _check_envi_size(each, header)


def _check_envi_size(file: Path, header: Path) -> None:
    needed, size = envi_repair.implied_size(header), file.stat().st_size
    # GDAL makes no file of less than two bytes.
    if needed is None or size == max(needed, 2):
        return
    if size < needed:
        raise RasterFileError(
            tr(
                "'{file}' is cut short: it has {size} bytes, but its header states "
                "{needed}."
            ).format(file=file, size=size, needed=needed),
            hint=tr("Copy or download the file again."),
        )
    raise RasterFileError(
        tr(
            "'{file}' has {size} bytes, {more} more than the {needed} that its header "
            "'{name}' states."
        ).format(
            file=file, size=size, more=size - needed, needed=needed, name=header.name
        ),
        hint=tr(
            "Check samples, lines, bands, data type and header offset in the header. "
            "It may belong to another file."
        ),
    )


def _has_geotransform(dataset: DatasetReader) -> bool:
    """Return whether the file has one; a missing one reads as the identity."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", NotGeoreferencedWarning)
        dataset.read_transform()
    return not any(issubclass(w.category, NotGeoreferencedWarning) for w in said)
