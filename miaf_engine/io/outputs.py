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
import shutil
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from miaf_engine.errors import ConfigError, FileError, MiafError
from miaf_engine.io import owners
from miaf_engine.io.moves import (
    Group,
    MoveError,
    move_together,
    sync,
)
from miaf_engine.io.paths import (
    is_file,
    is_folder,
    is_there,
    why_unseen,
)
from miaf_engine.translation import tr

# Side files of GDAL and QGIS: appended to the whole name, as `map.tif.aux.xml`, or in
# place of the suffix, as `map.hdr` of `map.dat`. Any other file is not ours to touch.
_APPENDED = (".aux.xml", ".hdr", ".ovr", ".msk", ".msk.ovr")

_REPLACING = (
    *(".hdr", ".qml", ".prj", ".tfw", ".wld"),
    *(".shx", ".dbf", ".cpg"),  # parts of a Shapefile
)

# What a disk or a network drive says; not every system knows all of them.
_DISK_ERRORS = {
    getattr(errno, name)
    for name in (
        *("EACCES", "EBUSY", "EDQUOT", "EFBIG", "EHOSTDOWN", "EIO", "ENODEV", "ENOSPC"),
        *("ENOTCONN", "ENXIO", "EPERM", "EREMOTEIO", "EROFS", "ESTALE", "ETIMEDOUT"),
    )
    if hasattr(errno, name)
}
_LOCKED = {errno.EACCES, errno.EPERM, errno.EBUSY}
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_RUN_ID = re.compile(r"[0-9A-Za-z]{8,32}")


class _Run:
    """The process's own id and the temporary files that it has not finished."""

    def __init__(self) -> None:
        self.id = secrets.token_hex(6)
        self.pending: set[Path] = set()
        # Targets and where their content is, while outputs wait for each other.
        self.waiting: dict[Path, Path] | None = None
        self.afterwards: list[Callable[[], None]] = []
        self.moving = threading.Lock()


_RUN = _Run()


# What a format writes in place of the suffix.
_WRITTEN_BESIDE = {
    ".shp": (".shx", ".dbf", ".cpg", ".prj"),
    **dict.fromkeys((".dat", ".bsq", ".img", ".bil", ".bip"), (".hdr",)),
}


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


def files_of_output(target: Path) -> list[Path]:
    """Return the files that writing a file replaces or removes, itself first.

    Nothing need lie there.
    """
    appended = [target.with_name(target.name + end) for end in _APPENDED]
    beside = _WRITTEN_BESIDE.get(target.suffix.lower(), ())
    return [target, *appended, *map(target.with_suffix, beside)]


def group_of(temporary: Path, target: Path) -> Group:
    """Return the temporary file and its side files with their places.

    Raises:
        FileError: The folder is gone, or nothing was written.
    """
    if not is_folder(target.parent):
        raise FileError(
            tr("Cannot write '{target}': its folder no longer exists.").format(
                target=target
            ),
            hint=tr("Its drive may have been removed. Choose another folder."),
        )
    if not is_file(temporary):
        raise FileError(
            tr("Cannot write '{target}': nothing was written.").format(target=target)
        )
    sides = {}
    for side in appended_files(temporary):
        end = side.name[len(temporary.name) :]
        sides[side] = target.with_name(target.name + end)
    for side in replacing_files(temporary):
        sides[side] = target.with_suffix(side.suffix)
    stale = [p for p in appended_files(target) if p not in sides.values()]
    return Group(temporary, target, sides, stale)


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
            f"The run id '{run_id}' is not allowed.",
            hint="Use 8 to 32 letters or digits.",
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
        raise FileError(
            (
                tr("Cannot write '{target}': the name ends in '{suffix}'.")
                if target.suffix
                else tr("Cannot write '{target}': the name has no extension.")
            ).format(target=target, suffix=target.suffix),
            hint=tr("Use one of {names}.").format(names=", ".join(sorted(suffixes))),
        )
    if reason := why_unseen(target):
        raise FileError(
            tr("Cannot write '{target}': {reason}.").format(
                target=target, reason=reason
            ),
            hint=tr("Choose another folder or name."),
        )
    if is_folder(target):
        raise FileError(
            tr("Cannot write '{target}': it is a folder.").format(target=target),
            hint=tr("Give the name of a file in it."),
        )
    _check_plain(target)
    if is_file(target.parent):
        raise FileError(
            tr("Cannot write '{target}': '{parent}' is a file, not a folder.").format(
                target=target, parent=target.parent
            ),
            hint=tr("Choose a folder."),
        )
    if not is_folder(target.parent):
        raise FileError(
            tr("Cannot write '{target}': the folder '{parent}' does not exist.").format(
                target=target, parent=target.parent
            ),
            hint=tr("Create the folder, or choose another one."),
        )
    if is_there(target) and not os.access(target, os.W_OK):
        raise FileError(
            tr("Cannot write '{target}': the file is read-only.").format(target=target),
            hint=tr("Choose another name."),
        )
    owners.claim(target.parent, _RUN.id)
    # os.access says nothing certain about folders on Windows and network shares.
    probe = temporary_path(target.with_name(f"{target.name}.probe"))
    _RUN.pending.add(probe)
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise failure(target, error) from error
    finally:
        _RUN.pending.discard(probe)


def _check_plain(target: Path) -> None:
    """Refuse a target that is no file of its own: a link, a device or a pipe.

    A new file takes the place of the old one, and so of the link: what it led to would
    stay as it was, and the files beside it would lie in another folder.
    """
    if target.is_symlink():
        raise FileError(
            tr("Cannot write '{target}': it is a symbolic link, to '{path}'.").format(
                target=target, path=os.path.realpath(target)
            ),
            hint=tr("Choose that file, or another one."),
        )
    if is_there(target) and not is_file(target):
        raise FileError(
            tr("Cannot write '{target}': it is a device or a pipe.").format(
                target=target
            ),
            hint=tr("Choose a file on a disk."),
        )


@contextmanager
def pending(path: str | os.PathLike[str], *, at_once: bool = False) -> Iterator[Path]:
    """Give a temporary path; move what was written there to `path` at the end.

    Side files named after the temporary file move along. Appended side files of an
    older `path` (`X.tif.aux.xml`, `X.dat.hdr`) are removed; files that merely share
    its stem are not, because they may belong to another file (`X.hdr` to `X.img`).

    Args:
        path: The file to be written; one that exists is replaced at the very end.
        at_once: Move it into place although outputs wait for each other, as `together`
            has them do.

    Yields:
        The path to write to, in the same folder and with the same suffix.

    Raises:
        FileError: Nothing was written, or the system refused (disk full, no right).
    """
    target = Path(path)
    temporary = temporary_path(target)
    owners.claim(target.parent, _RUN.id)
    _RUN.pending.add(temporary)
    waits = False
    try:
        yield temporary
        group = group_of(temporary, target)
        waits = _RUN.waiting is not None and not at_once
        if _RUN.waiting is not None and waits:
            _RUN.waiting[target] = temporary
        else:
            _move([group])
    except MiafError:
        raise
    except OSError as error:
        own = error.filename is not None and Path(error.filename) == temporary
        if own or error.errno in _DISK_ERRORS:
            raise failure(target, error) from error
        raise
    finally:
        if not waits:
            _discard(temporary)


@contextmanager
def scratch_folder(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a folder for what processes hand over; it is gone at the end.

    Args:
        path: An output, beside which it lies.

    Raises:
        FileError: The system refused.
    """
    target = Path(path)
    folder = temporary_path(target.with_name(f"{target.stem}-parts"))
    owners.claim(target.parent, _RUN.id)
    _RUN.pending.add(folder)
    try:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise failure(target, error) from error
        yield folder
    finally:
        _discard(folder)


@contextmanager
def together() -> Iterator[None]:
    """Have all outputs that are written within appear at the end, or none of them.

    So a run that fails at its last output leaves the older ones as they were.

    Raises:
        FileError: An output could not be moved into place; all are as they were.
    """
    if _RUN.waiting is not None:
        yield
        return
    _RUN.waiting, _RUN.afterwards = {}, []
    waiting = _RUN.waiting
    try:
        yield
        _move([group_of(temporary, target) for target, temporary in waiting.items()])
    finally:
        _RUN.waiting = None
        for temporary in waiting.values():
            _discard(temporary)
    for action in _RUN.afterwards:
        action()


def when_in_place(action: Callable[[], None]) -> None:
    """Do something once the outputs so far are in place: at once, or after `together`.

    Args:
        action: Is not done where the outputs cannot be moved.
    """
    if _RUN.waiting is None:
        action()
    else:
        _RUN.afterwards.append(action)


def discard_all() -> None:
    """Remove every unfinished output of this process, for an exit in a hurry."""
    with _RUN.moving:  # Between two moves is no moment to end.
        for temporary in list(_RUN.pending):
            _discard(temporary)
        owners.release()


def release_folders() -> None:
    """Say that this process has nothing unfinished, at the end of a run."""
    if not _RUN.pending:
        owners.release()


def _move(groups: list[Group]) -> None:
    try:
        sync(groups)
        with _RUN.moving:
            move_together(groups)
    except MoveError as error:
        raise failure(error.target, error.reason) from error


def _discard(temporary: Path) -> None:
    if is_folder(temporary):
        shutil.rmtree(temporary, ignore_errors=True)
    for path in [temporary, *appended_files(temporary), *replacing_files(temporary)]:
        with suppress(OSError):
            path.unlink()
    _RUN.pending.discard(temporary)


def failure(target: Path, error: OSError) -> FileError:
    """Return what the system said as an error that a user can understand."""
    text = error.strerror or str(error)
    hint = ""
    if error.errno in _FULL:
        hint = tr("Free some space, or choose another disk.")
    elif error.errno in _LOCKED and is_there(target):
        hint = tr(
            "Another program may have it open. Remove its layer from QGIS, close the "
            "program, or choose another name."
        )
    return FileError(
        tr("Cannot write '{target}': {reason}.").format(target=target, reason=text),
        hint=hint,
    )
