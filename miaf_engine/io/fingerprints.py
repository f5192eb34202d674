"""What tells one input file from another, in well under a second for any size."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from miaf_engine.io.paths import is_file
from miaf_engine.requests import Request
from miaf_engine.translation import tr

WHOLE_BYTES = 32 * 2**20  # up to here a file is hashed as it is
BLOCKS, BLOCK_BYTES = 128, 65_536  # above, so many blocks of this size, evenly spread


@dataclass(frozen=True)
class Fingerprint:
    """Facts of a file, without its folder.

    Attributes:
        role: What it was read as.
        file: Its name.
        bytes: Its size; None where the input is no plain file.
        modified_utc: When it was last changed, ISO 8601.
        sha256: Digest of what `sha256_of` says, in hexadecimal digits.
        sha256_of: What went into it; or why there is none, where that is known.
    """

    role: str
    file: str
    bytes: int | None = None
    modified_utc: str | None = None
    sha256: str | None = None
    sha256_of: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the facts as JSON values."""
        return asdict(self)


def fingerprint(role: str, path: str) -> Fingerprint:
    """Return the fingerprint of a file; of what is no plain file just its name.

    Of a file above 32 MiB the digest is of its size in decimal digits and of 128 blocks
    of 64 KiB, the first and the last among them. The header beside an ENVI raster is
    digested first.

    Args:
        role: What the file is read as, for the report.
        path: Where it lies; its folder goes nowhere.
    """
    target = Path(path)
    try:
        facts = target.stat()
        changed = datetime.fromtimestamp(int(facts.st_mtime), timezone.utc).isoformat()
        if (log := Path(f"{target}-wal")).exists():
            # SQLite changes the file itself when that log is closed.
            reason = tr("no hash, because the file is being edited ({name} exists)")
            return Fingerprint(
                role,
                target.name,
                facts.st_size,
                changed,
                sha256_of=reason.format(name=log.name),
            )
        header = _header_beside(target)
        digest = hashlib.sha256(header.read_bytes() if header else b"")
        content = _digest_file(target, facts.st_size, digest)
    except OSError:
        # A source inside an archive, or gone by now: the run itself has read it.
        return Fingerprint(role, target.name)
    what = content
    if header:
        what = tr("header {name} and {content}").format(
            name=header.name, content=content
        )
    return Fingerprint(
        role, target.name, facts.st_size, changed, digest.hexdigest(), what
    )


def fingerprint_of_source(role: str, source: Mapping[str, Any]) -> Fingerprint:
    """Return the fingerprint of what a program copied an input from.

    QGIS hands over copies of its layers. Nobody could look up the hash of such a copy.

    Args:
        role: What the input is read as, for the report.
        source: `name` of the layer, `file` that it shows or None, and `as_stored`:
            whether the copy has what the file has, and all of it.
    """
    if not source.get("file"):
        reason = tr("no hash: a layer of QGIS without a file of its own")
        return Fingerprint(role, str(source.get("name")), sha256_of=reason)
    found = fingerprint(role, str(source["file"]))
    if found.sha256 is None or source.get("as_stored", True):
        return found
    what = tr(
        "{content}; a filter, a selection, a join or unsaved edits in QGIS decided "
        "what was read"
    ).format(content=found.sha256_of)
    return replace(found, sha256_of=what)


def input_fingerprints(
    request: Request, entries: Mapping[str, str]
) -> list[Fingerprint]:
    """Return the fingerprints of the inputs that a request names.

    Args:
        request: Has paths, and the sources of those that are copies.
        entries: Its entries by role; those without a path are left out.
    """
    found = []
    for role, entry in entries.items():
        path, source = getattr(request, entry), request.source_of(entry)
        if path and source:
            found.append(fingerprint_of_source(role, source))
        elif path:
            found.append(fingerprint(role, path))
    return found


def _digest_file(path: Path, size: int, digest: Any) -> str:
    """Put a file, or blocks of it, into a digest, and return which."""
    with path.open("rb") as file:
        if size <= WHOLE_BYTES:
            digest.update(file.read())
            return tr("whole file")
        digest.update(str(size).encode("ascii"))
        for number in range(BLOCKS):
            file.seek((size - BLOCK_BYTES) * number // (BLOCKS - 1))
            digest.update(file.read(BLOCK_BYTES))
    return tr("file size and {count} blocks of {size} KiB").format(
        count=BLOCKS, size=BLOCK_BYTES // 1024
    )


def _header_beside(path: Path) -> Path | None:
    """Return the ENVI header of a raster, where there is one."""
    if path.suffix.lower() in (".hdr", ".gpkg", ".shp", ".tif", ".tiff"):
        return None
    names = (path.with_suffix(".hdr"), Path(f"{path}.hdr"))
    return next((name for name in names if is_file(name)), None)
