"""A note of moves under way, by which whoever finds it has all old files back.

Moves take milliseconds, but an engine may be killed between two: then some files are
new and others old, until the plugin, which knows of the run's end, undoes the moves.
Needs the standard library alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # QGIS 3.22 on Windows reads this with Python 3.9, which has none
    from typing import TypeGuard

_START, _END = ".miaf-", "-moves.json"


class Move(NamedTuple):
    """Files that go into place as one.

    Attributes:
        temporary: The new main file.
        target: Its place.
        kept: Every place that changes, with the second name of the old file there: None
            where there was none, the place itself where it could not be kept.
    """

    temporary: Path
    target: Path
    kept: Mapping[Path, Path | None]


def journal_of(folder: Path, run_id: str) -> Path:
    """Return where a run notes its moves in a folder."""
    return folder / f"{_START}{run_id}{_END}"


def write(moves: Sequence[Move]) -> list[Path]:
    """Note moves that are about to begin, in each folder those in it.

    Returns:
        The notes, to be removed when all is in place. Fewer where the disk is full: the
        moves need no room, so they continue.
    """
    notes: dict[Path, list[dict[str, Any]]] = {}
    for move in moves:
        run = move.temporary.name[: -len(move.target.name)]
        note = move.target.with_name(f"{run.rstrip('-')}{_END}")
        kept = {p.name: second and second.name for p, second in move.kept.items()}
        names = {"temporary": move.temporary.name, "target": move.target.name}
        notes.setdefault(note, []).append({**names, "kept": kept})
    for note, entries in notes.items():
        with suppress(OSError):
            note.write_text(json.dumps(entries), encoding="ascii")
    return list(notes)


def remove(notes: Sequence[Path]) -> None:
    """Let the notes go: from here on the new files stay."""
    for note in notes:
        with suppress(OSError):
            note.unlink()


def undo(note: Path) -> bool:
    """Put back the old files that a note lists, and remove it.

    An incomplete note lists moves that had not begun.

    Returns:
        Whether there was a note.
    """
    try:
        content = note.read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    run = note.name[: -len(_END)] + "-"
    for entry in _entries(content):
        _undo(note.parent, entry, run)
    remove([note])
    return True


def _entries(content: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return []
    entries = found if isinstance(found, list) else []
    return [
        e for e in entries if isinstance(e, dict) and isinstance(e.get("kept"), dict)
    ]


def _undo(folder: Path, entry: dict[str, Any], run: str) -> None:
    """Put back one group; names that are paths, or not the run's, are left alone."""
    target, temporary = entry.get("target"), entry.get("temporary")
    unkept = entry["kept"].get(target) == target
    waits = _is_name(temporary) and (folder / temporary).exists()
    if unkept and not waits:
        return  # The new main file is in place for good, and keeps what goes beside it.
    for name, second in entry["kept"].items():
        if not _is_name(name):
            continue
        # What cannot be put back, as on a disk that is gone, is left as it is.
        with suppress(OSError):
            if second is None:
                (folder / name).unlink()
            elif second != name and _is_name(second) and second.startswith(run):
                (folder / second).replace(folder / name)


def _is_name(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and text not in ("", "..") and Path(text).name == text
