"""Output files that appear whole or not at all.

Work goes to `.miaf-RUNID-NAME` beside the target and is moved into place at the end, so
a run that fails or is stopped leaves the folder as it found it. The suffix stays the
target's own, because GDAL drivers name their side files after it.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from miaf_engine.errors import ConfigError, FileError, MiafError

# Side files of GDAL and QGIS: appended to the whole name, as `map.tif.aux.xml`, or in
# place of the suffix, as `map.hdr` of `map.dat`. Any other file is not ours to touch.
_APPENDED = (".aux.xml", ".hdr", ".ovr", ".msk", ".msk.ovr")
_REPLACING = (
    *(".hdr", ".qml", ".prj", ".tfw", ".wld"),
    *(".shx", ".dbf", ".cpg"),  # parts of a Shapefile
)
_DISK_ERRORS = {
    errno.EACCES,
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC,
    errno.EFBIG,
    errno.EIO,
    errno.ENOSPC,
    errno.EPERM,
    errno.EROFS,
}
_RUN_ID = re.compile(r"[0-9A-Za-z]{8,32}")


class _Run:
    """The process's own id and the temporary files that it has not finished."""

    def __init__(self) -> None:
        self.id = secrets.token_hex(6)
        self.pending: set[Path] = set()


_RUN = _Run()


def set_run_id(run_id: str) -> None:
    """Name the temporary files of this process after `run_id`.

    Args:
        run_id: 8 to 32 letters or digits, so that whoever ends this process can remove
            what it left by `.miaf-RUNID-*`.

    Raises:
        ConfigError: `run_id` has other characters or another length.
    """
    if not _RUN_ID.fullmatch(run_id):
        raise ConfigError(
            f"The run id '{run_id}' is not usable.",
            hint="A run id is 8 to 32 letters or digits.",
        )
    _RUN.id = run_id


def run_id() -> str:
    """Return the id in the names of this process's temporary files."""
    return _RUN.id


def temporary_path(path: str | os.PathLike[str]) -> Path:
    """Return where the content of `path` is written before it is whole."""
    target = Path(path)
    return target.with_name(f".miaf-{_RUN.id}-{target.name}")


def check_writable(
    path: str | os.PathLike[str], suffixes: Collection[str] | None = None
) -> None:
    """Refuse, before any long work, a target that could not be written at its end.

    Args:
        path: The file to be written.
        suffixes: Suffixes that the writer knows, lower case with the dot; None for any.

    Raises:
        FileError: The suffix is unknown, the folder is missing or takes no new file,
            the target is a folder or read-only.
    """
    target = Path(path)
    if suffixes is not None and target.suffix.lower() not in suffixes:
        found = f"ends in '{target.suffix}'" if target.suffix else "has no suffix"
        raise FileError(
            f"Cannot write '{target}': the name {found}.",
            hint=f"Use one of {', '.join(sorted(suffixes))}.",
        )
    if target.is_dir():
        raise FileError(
            f"Cannot write '{target}': it is a folder.", hint="Name a file in it."
        )
    if target.parent.is_file():
        raise FileError(
            f"Cannot write '{target}': '{target.parent}' is a file and no folder.",
            hint="Choose a folder.",
        )
    if not target.parent.is_dir():
        raise FileError(
            f"Cannot write '{target}': there is no folder '{target.parent}'.",
            hint="Make the folder or choose another one.",
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise FileError(
            f"Cannot write '{target}': the file is read-only.",
            hint="Choose another name.",
        )
    # os.access says nothing certain about folders on Windows and network shares.
    probe = temporary_path(target.with_name(f"{target.name}.probe"))
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _failure(target, error) from error


@contextmanager
def pending(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path; move what was written there to `path` at the end.

    Side files named after the temporary file move along. Appended side files of an
    older `path` (`X.tif.aux.xml`, `X.dat.hdr`) are removed; files that merely share
    its stem are not, because they may belong to another file (`X.hdr` to `X.img`).

    Args:
        path: The file to be written; one that exists is replaced at the very end.

    Yields:
        The path to write to, in the same folder and with the same suffix.

    Raises:
        FileError: Nothing was written, or the system refused (disk full, no right).
    """
    target = Path(path)
    temporary = temporary_path(target)
    _RUN.pending.add(temporary)
    try:
        yield temporary
        _move(temporary, target)
    except MiafError:
        raise
    except OSError as error:
        own = error.filename is not None and Path(error.filename) == temporary
        if own or error.errno in _DISK_ERRORS:
            raise _failure(target, error) from error
        raise
    finally:
        _discard(temporary)


def discard_all() -> None:
    """Remove every unfinished output of this process, for an exit in a hurry."""
    for temporary in list(_RUN.pending):
        _discard(temporary)


def _appended_files(path: Path) -> list[Path]:
    candidates = [path.with_name(path.name + end) for end in _APPENDED]
    return [p for p in candidates if p.is_file()]


def _replacing_files(path: Path) -> list[Path]:
    # A GeoTIFF has no header: one of its stem belongs to an ENVI output of this run.
    taken = _REPLACING[1:] if path.suffix.lower() in (".tif", ".tiff") else _REPLACING
    candidates = [path.with_suffix(suffix) for suffix in taken]
    return [p for p in candidates if p != path and p.is_file()]


def _move(temporary: Path, target: Path) -> None:
    """Put the temporary file and its side files in place of the target and its own."""
    if not temporary.is_file():
        raise FileError(f"Cannot write '{target}': nothing was written.")
    moves = {temporary: target}
    for side in _appended_files(temporary):
        end = side.name[len(temporary.name) :]
        moves[side] = target.with_name(target.name + end)
    for side in _replacing_files(temporary):
        moves[side] = target.with_suffix(side.suffix)
    for source in moves:
        _sync(source)
    stale = [p for p in _appended_files(target) if p not in moves.values()]
    # The data file goes first: where it is locked, as by QGIS on Windows, the move
    # fails there and the old files are all still in place.
    for source, destination in moves.items():
        source.replace(destination)
    for old in stale:
        old.unlink()


def _sync(path: Path) -> None:
    # Opened for update because Windows flushes only handles that may write.
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _discard(temporary: Path) -> None:
    for path in [temporary, *_appended_files(temporary), *_replacing_files(temporary)]:
        with suppress(OSError):
            path.unlink()
    _RUN.pending.discard(temporary)


def _failure(target: Path, error: OSError) -> FileError:
    text = error.strerror or str(error)
    full = error.errno == errno.ENOSPC
    hint = "Free some space, or choose another disk." if full else ""
    return FileError(f"Cannot write '{target}': {text}.", hint=hint)
