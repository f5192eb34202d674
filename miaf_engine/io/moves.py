"""Puts several new files in place of old ones: all of them, or none.

A single move is atomic, several are not. So the old files are kept under second names
until the last new one is in place; where a move fails, as when another program has a
file open, they come back. A note lists the moves under way, for whoever finds them half
done.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from miaf_engine.io import move_journal

# On Windows a virus scanner or a preview may hold a new file for a moment.
_ATTEMPTS = 6 if sys.platform == "win32" else 1
_PAUSE_S = 0.3


@dataclass(frozen=True)
class Group:
    """A new file with those that go beside it.

    Attributes:
        temporary: The new file.
        target: Its place, in the same folder.
        sides: New files that go beside it, each with its place.
        stale: Files beside the old one that the new one does not have.
    """

    temporary: Path
    target: Path
    sides: Mapping[Path, Path]
    stale: Sequence[Path]

    def keep(self) -> dict[Path, Path | None]:
        """Give the old files second names, which whoever clears up knows."""
        kept: dict[Path, Path | None] = {}
        for number, place in enumerate((*self.sides.values(), *self.stale)):
            kept[place] = _keep(place, self.temporary, number, copy=True)
        # Never copied: it may be as large as the disk.
        kept[self.target] = _keep(self.target, self.temporary, len(kept), copy=False)
        return kept

    def move(self) -> None:
        """Move all into place, the main file last."""
        for source, place in self.sides.items():
            _replace(source, place)
        for place in self.stale:
            place.unlink()
        _replace(self.temporary, self.target)


def sync(groups: Sequence[Group]) -> None:
    """Have the content of all new files on the disk, which may take a while.

    Raises:
        MoveError: The disk is full, or failed.
    """
    for group in groups:
        with _of(group):
            for source in (group.temporary, *group.sides):
                # Opened for update: Windows flushes only handles that may write.
                with source.open("rb+") as stream:
                    os.fsync(stream.fileno())


def move_together(groups: Sequence[Group]) -> None:
    """Move all groups into place.

    Raises:
        MoveError: A move failed; everything is as it was, save that a main file on a
            disk that knows no links may be the new one already.
    """
    kept: list[dict[Path, Path | None]] = []
    moved, notes = 0, []
    try:
        for group in groups:
            with _of(group):
                kept.append(group.keep())
        notes = _note(groups, kept)
        for group in groups:
            with _of(group):
                group.move()
            moved += 1
    except MoveError:
        for number, (group, old) in enumerate(zip(groups, kept, strict=False)):
            # A new main file that cannot go back keeps the new files beside it.
            if number >= moved or old[group.target] != group.target:
                _restore(old)
        raise
    finally:
        move_journal.remove(notes)
        for old in kept:
            _forget(old)
    for folder in {group.target.parent for group in groups}:
        _sync_folder(folder)


def _note(
    groups: Sequence[Group], kept: Sequence[Mapping[Path, Path | None]]
) -> list[Path]:
    """Note the moves to come, where there are several: one alone is atomic."""
    if sum(map(len, kept)) < 2:
        return []
    pairs = zip(groups, kept, strict=True)
    return move_journal.write(
        [move_journal.Move(g.temporary, g.target, old) for g, old in pairs]
    )


class MoveError(Exception):
    """Says which target could not be had, and what the system said."""

    def __init__(self, target: Path, reason: OSError) -> None:
        super().__init__(f"{target}: {reason}")
        self.target, self.reason = target, reason


@contextmanager
def _of(group: Group) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MoveError(group.target, error) from error


def _keep(place: Path, temporary: Path, number: int, *, copy: bool) -> Path | None:
    """Give a file a second name; None where there is none, or none can be given."""
    if not place.exists():
        return None
    second = temporary.with_name(f"{temporary.name}.kept{number}")
    with suppress(FileNotFoundError):
        second.unlink()
    try:
        os.link(place, second)
    except OSError:  # FAT and some network drives know no links.
        if not copy:
            return place
        shutil.copy2(place, second)
    return second


def _restore(kept: Mapping[Path, Path | None]) -> None:
    for place, second in kept.items():
        # The user must see the failure that led here.
        with suppress(OSError):
            if second is None:
                place.unlink(missing_ok=True)
            elif second != place:
                second.replace(place)


def _forget(kept: Mapping[Path, Path | None]) -> None:
    for place, second in kept.items():
        if second is not None and second != place:
            with suppress(OSError):
                second.unlink()


def _replace(source: Path, place: Path) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            source.replace(place)
        except PermissionError:
            if attempt == _ATTEMPTS:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Have the new names on the disk too, where the system can do that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
