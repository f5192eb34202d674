"""Which processes have unfinished outputs where, so that dead ones can be cleared up.

A process that is killed leaves `.miaf-RUNID-*` files, and perhaps moves half done. A
file of such a name, found in a folder, proves nothing: it may be another user's, or a
stranger's. So each process notes its run id and its folders in the user's own cache
folder and holds a lock on that note as long as it lives, which the system lets go
however it ends. What a note without an owner tells of is ours, and of the dead.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from miaf_engine.io.move_journal import journal_of, undo

FOLDER_VARIABLE = "MIAF_RUNS_FOLDER"  # for tests
KEEP_DAYS = 60  # of a note of a folder that is not written to any more
_DAY_S = 86_400.0
_NOTE = re.compile(r"([0-9A-Za-z]{8,32})\.run")


def notes_folder() -> Path:
    """Return where the notes lie."""
    named = os.environ.get(FOLDER_VARIABLE)
    # Without the opinion, which on Windows adds a folder "Cache" below this one.
    # Imported here, so that the names of tasks can be read without the package.
    import platformdirs

    cache = platformdirs.user_cache_path("miaf-engine", appauthor=False, opinion=False)
    return Path(named) if named else cache / "runs"


class _Note:
    """The note of this process: one line of JSON for each folder."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.run_id: str | None = None
        self.stream: IO[str] | None = None
        self.folders: set[str] = set()


_OWN = _Note()


def claim(folder: Path, run_id: str) -> list[str]:
    """Note that a run writes in a folder, and clear up there after dead ones.

    A note that cannot be written stops nothing: what a kill leaves then stays.

    Args:
        folder: Where outputs go.
        run_id: In the names of this process's temporary files.

    Returns:
        The run ids of the dead whose files were removed or put back.
    """
    place = os.path.realpath(folder)
    with _OWN.lock, suppress(OSError, ValueError):
        if _OWN.run_id != run_id:
            _let_go()
        if place in _OWN.folders:
            return []
        cleared = clear_up_after_dead(place)
        if _OWN.stream is None:
            _OWN.stream, _OWN.run_id = _opened(run_id), run_id
        _OWN.stream.write(json.dumps(place) + "\n")
        _OWN.stream.flush()
        _OWN.folders.add(place)
        return cleared
    return []


def release() -> None:
    """Remove this process's note: nothing of it is unfinished."""
    with _OWN.lock:
        _let_go()


def clear_up_after_dead(place: str) -> list[str]:
    """Remove what dead processes of this user left where they wrote to a folder.

    Moves into place that were broken off are undone, in all folders of that run.

    Args:
        place: The folder, without links.

    Returns:
        Their run ids.
    """
    cleared = []
    for path in sorted(notes_folder().glob("*.run")):
        named = _NOTE.fullmatch(path.name)
        if named is None or named[1] == _OWN.run_id:
            continue
        with suppress(OSError, ValueError), path.open("r+", encoding="utf-8") as note:
            if not _locked(note):
                continue
            folders = [json.loads(line) for line in note.read().splitlines()]
            old = time.time() - path.stat().st_mtime > KEEP_DAYS * _DAY_S
            if place in folders:
                for folder in filter(_is_text, folders):
                    _clear(Path(folder), named[1])
                cleared.append(named[1])
            if place in folders or old:
                path.unlink()
    return cleared


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _clear(folder: Path, run_id: str) -> None:
    undo(journal_of(folder, run_id))
    # The dash: another run's id may begin like this one.
    for path in folder.glob(f".miaf-{run_id}-*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
            continue
        with suppress(OSError):
            path.unlink()


def _opened(run_id: str) -> IO[str]:
    folder = notes_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / f"{run_id}.run").open("a+", encoding="utf-8")
    if not _locked(stream):
        stream.close()
        raise OSError
    return stream


def _let_go() -> None:
    if _OWN.stream is not None:
        path = notes_folder() / f"{_OWN.run_id}.run"
        # On Windows an open file cannot be removed.
        with suppress(OSError):
            if sys.platform != "win32":
                path.unlink()
            _OWN.stream.close()
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()
    _OWN.run_id, _OWN.stream, _OWN.folders = None, None, set()


def _locked(stream: IO[Any]) -> bool:
    """Lock a note without waiting; return False where its owner lives."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # Far behind the text, which others may read.
            stream.seek(1 << 30)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            stream.seek(0)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
