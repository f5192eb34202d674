"""Clears up after an engine that was killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from miaf_engine.io import move_journal


def remove_leftovers(run_id: str, targets: Iterable[str]) -> None:
    """Remove the temporary files of a run from the folders of its targets.

    Where the engine was killed between two moves into place, the old files come back.
    """
    for folder in {Path(target).absolute().parent for target in targets}:
        move_journal.undo(move_journal.journal_of(folder, run_id))
        for path in folder.glob(f".miaf-{run_id}-*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
                continue
            try:
                path.unlink()
            except OSError:
                pass  # Held by a virus scanner, say: nothing more can be done.
