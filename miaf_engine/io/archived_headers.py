"""ENVI headers in an archive, which GDAL reads as they are.

Beside a file on a disk a header is checked, and mended for GDAL where need be. In an
archive nothing is mended: what GDAL would misread there is refused.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from miaf_engine.errors import RasterFileError
from miaf_engine.io import envi, envi_repair
from miaf_engine.limits import MAX_ENVI_HEADER_BYTES
from miaf_engine.translation import marked, tr

_UNPACK = marked("Unpack the archive and choose the file from it.")


def check_headers(archive: Path) -> None:
    """Refuse an archive with an ENVI header that GDAL would not take for what it says.

    Raises:
        RasterFileError: It cannot be read, a header is wrong, needs mending, belongs
            to a file of another size, or lies beside a raster of another format.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = {member.filename: member for member in opened.infolist()}
            for name in members:
                if name.lower().endswith(".hdr"):
                    _check(archive, opened, name, members)
    except RasterFileError:
        raise
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise RasterFileError(
            tr("Cannot read the archive '{archive}': {error}.").format(
                archive=archive, error=error
            ),
            hint=tr(_UNPACK),
        ) from error


def _check(
    archive: Path,
    opened: zipfile.ZipFile,
    name: str,
    members: dict[str, zipfile.ZipInfo],
) -> None:
    with opened.open(name) as stream:
        content = stream.read(MAX_ENVI_HEADER_BYTES + 1)
    where = f"{archive}/{name}"
    with TemporaryDirectory() as folder:
        header = Path(folder, "header.hdr")
        header.write_bytes(content)
        if not envi.is_header(envi.read_text(header)):
            return
        try:
            envi_repair.check_header(header)
            odd = envi_repair.mended(header) is not None
            needed = envi_repair.implied_size(header)
        except RasterFileError as error:
            text = error.message.replace(str(header), where)
            raise RasterFileError(text, hint=error.hint) from error
    if odd:
        raise RasterFileError(
            tr(
                "GDAL would misread the header '{where}'. Inside an archive it cannot "
                "be corrected."
            ).format(where=where),
            hint=tr(_UNPACK),
        )
    for data in envi.data_names(name):
        if data not in members or needed is None:
            continue
        with opened.open(data) as stream:
            other = envi_repair.begins_as_another(stream.read(16))
        if other:
            raise RasterFileError(
                tr(
                    "The header '{where}' lies beside a raster of another format. "
                    "Inside an archive it is not read."
                ).format(where=where),
                hint=tr(_UNPACK),
            )
        if members[data].file_size != max(needed, 2):
            raise RasterFileError(
                tr(
                    "'{archive}/{data}' has {size} bytes, but its header states "
                    "{needed}."
                ).format(
                    archive=archive,
                    data=data,
                    size=members[data].file_size,
                    needed=needed,
                ),
                hint=tr(
                    "Check samples, lines, bands, data type and header offset in the "
                    "header."
                ),
            )
