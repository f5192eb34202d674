"""What became of each scene of a list, and whether its input files have changed.

The table is a CSV. The notes, a JSON file beside it, tell the next run with the same
list and folder which maps are there and made from files that have not changed since.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from miaf_engine.errors import FileError, listed
from miaf_engine.io.input_files import files_of_input
from miaf_engine.io.outputs import pending
from miaf_engine.io.paths import is_file
from miaf_engine.limits import MAX_SUMMARY_BYTES
from miaf_engine.progress import SILENT, Progress
from miaf_engine.reports.matrix import harmless
from miaf_engine.translation import tr

DONE, KEPT, FAILED, NOT_RUN = "done", "kept", "failed", "not run"
FORMAT, VERSION = "miaf-scenes", 1
COLUMNS = ("scene", "outcome", "seconds", "worker", "attempts", "map", "error")

# Size in bytes and time of change in nanoseconds.
Stamp = list[int]


@dataclass(frozen=True)
class SceneRow:
    """What became of a scene.

    Attributes:
        scene: Path of its cube.
        outcome: done, kept (its map of an earlier run is up to date), failed, or
            not run, where the user cancelled before.
        map: Path of its class map.
        seconds: Time that classifying and writing took.
        worker: Machine and process that did it.
        attempts: How often it was begun; None where a scheduler saw to that.
        error: Why it failed, a sentence.
        warnings: What the user should look at.
        made_from: What decided the outputs: a digest of model and options, and by name
            the stamps of the cube's files. None where it is not known.
        outputs: Stamp of each output, by its path.
    """

    scene: str
    outcome: str
    map: str
    seconds: float | None = None
    worker: str | None = None
    attempts: int | None = None
    error: str | None = None
    warnings: Sequence[str] = ()
    made_from: dict[str, Any] | None = None
    outputs: dict[str, Stamp] | None = None

    def as_table(self) -> dict[str, Any]:
        """Return what people are shown, by column; a map only where there is one."""
        cells = {name: getattr(self, name) for name in COLUMNS}
        if self.outcome not in (DONE, KEPT):
            cells["map"] = None
        return {**cells, "warnings": " ".join(self.warnings)}


def stamp(path: str | Path) -> Stamp | None:
    """Return size and time of change of a file, or None where there is none."""
    try:
        facts = Path(path).stat()
    except (OSError, ValueError):
        return None
    return [facts.st_size, facts.st_mtime_ns]


def is_up_to_date(
    row: SceneRow, made_from: dict[str, Any], paths: Sequence[str]
) -> bool:
    """Return whether a row's outputs are there, unchanged, and of the same making.

    Args:
        row: What an earlier run noted.
        made_from: What would decide the outputs now.
        paths: The outputs that are asked for.
    """
    if row.outcome not in (DONE, KEPT) or row.made_from != made_from:
        return False
    noted = row.outputs or {}
    return set(paths) == set(noted) and all(stamp(p) == noted[p] for p in paths)


class Summary:
    """The table and the notes of a run, rewritten while it runs.

    Args:
        table: Where the table lies.
        progress: Warned where one of them cannot be written.
    """

    def __init__(self, table: Path, progress: Progress) -> None:
        self._table, self._progress = table, progress
        self._warned = False

    def save(self, rows: Sequence[SceneRow]) -> None:
        """Write both; what another program has open now may be written later.

        The notes come first: the next run needs them, and people the table.
        """
        for write in (write_notes, write_table):
            try:
                write(self._table, rows)
            except FileError as error:
                if not self._warned:
                    self._warned = True
                    self._progress.warning(
                        tr("{error} The run continues and tries again later.").format(
                            error=error
                        )
                    )

    def finish(self, rows: Sequence[SceneRow]) -> Path:
        """Write both for the last time, and return where the table lies.

        A table that cannot be replaced stays, and the new one gets another name.

        Raises:
            FileError: The notes cannot be written, or no table.
        """
        try:
            write_notes(self._table, rows)
        finally:
            place = self._tabulate(rows)
        return place

    def _tabulate(self, rows: Sequence[SceneRow]) -> Path:
        try:
            write_table(self._table, rows)
        except FileError as error:
            other = self._table.with_name(f"{self._table.stem}_new.csv")
            write_table(other, rows)
            self._progress.warning(
                tr(
                    "{message} The outcome of each scene is in '{other}', but "
                    "'{name}' is out of date."
                ).format(message=error.message, other=other, name=self._table.name)
            )
            return other
        return self._table


def write_notes(table: Path, rows: Sequence[SceneRow]) -> None:
    """Write the notes beside a table, whole or not at all.

    Raises:
        FileError: They cannot be written.
    """
    notes = {"format": FORMAT, "version": VERSION, "scenes": [asdict(r) for r in rows]}
    with pending(notes_beside(table), at_once=True) as temporary:
        text = json.dumps(notes, allow_nan=False)
        Path(temporary).write_text(text, encoding="utf-8")


def write_table(table: Path, rows: Sequence[SceneRow]) -> None:
    """Write the table, whole or not at all.

    UTF-8 with a byte order mark, without which Excel garbles letters beyond ASCII.

    Raises:
        FileError: It cannot be written.
    """
    with pending(table, at_once=True) as temporary:
        with Path(temporary).open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow([*COLUMNS, "warnings"])
            for row in rows:
                lines.writerow([_cell(cell) for cell in row.as_table().values()])


def read_summary(table: Path, progress: Progress = SILENT) -> dict[str, SceneRow]:
    """Return the rows of an earlier run by scene; none where it left no notes.

    Notes that are damaged count as none, with a warning: all scenes are done then.
    """
    notes = notes_beside(table)
    if not is_file(notes):
        return {}
    try:
        if notes.stat().st_size > MAX_SUMMARY_BYTES:
            raise ValueError  # noqa: TRY301 - as any other damage
        content = json.loads(notes.read_text(encoding="utf-8"))
        if (content["format"], content["version"]) != (FORMAT, VERSION):
            raise ValueError  # noqa: TRY301 - as any other damage
        rows = [_row(values) for values in content["scenes"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        progress.warning(
            tr(
                "'{notes}' of an earlier run cannot be read, so all scenes are "
                "classified."
            ).format(notes=notes)
        )
        return {}
    return {row.scene: row for row in rows}


def warn_of_unlisted_maps(
    known: Mapping[str, SceneRow],
    scenes: Collection[str],
    written: Collection[str],
    progress: Progress,
) -> None:
    """Warn of maps of an earlier run whose scenes the list no longer names.

    Args:
        known: Rows of the earlier run by scene.
        scenes: The list.
        written: All outputs of this run.
        progress: Warned.
    """
    now, new = set(scenes), set(written)
    gone = [row for row in known.values() if row.scene not in now]
    maps = [row.map for row in gone if is_file(row.map)]
    texts = {
        False: tr(
            "Maps of an earlier run, whose scenes the list no longer names, stay as "
            "they are: {names}."
        ),
        True: tr(
            "Maps of an earlier run, whose scenes the list no longer names, are "
            "replaced by others: {names}."
        ),
    }
    for taken, text in texts.items():
        names = [Path(path).name for path in maps if (path in new) == taken]
        if names:
            progress.warning(text.format(names=listed(names)))


def notes_beside(table: Path) -> Path:
    """Return where the notes for the next run lie."""
    return table.with_suffix(".json")


def _row(values: dict[str, Any]) -> SceneRow:
    given = {item.name: values[item.name] for item in fields(SceneRow)}
    row = SceneRow(**{**given, "warnings": tuple(given["warnings"])})
    texts = [row.scene, row.map, *row.warnings]
    if not all(isinstance(text, str) for text in texts) or not isinstance(
        row.outputs, (dict, type(None))
    ):
        raise ValueError
    return row


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


def stamps_of_input(
    path: str, files: Sequence[Path] | None = None
) -> dict[str, Stamp | None]:
    """Return the stamps of an input and of all files that it is read from.

    A file in the input's own folder goes by its name, any other by its path.

    Args:
        path: The input.
        files: What it is read from, where that is known already.
    """
    main = Path(os.path.abspath(path))
    return {
        file.name if file.parent == main.parent else str(file): stamp(file)
        for file in (files_of_input(main) if files is None else files)
    }
