"""An engine killed between two moves: the old files come back."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from miaf_engine.io import move_journal
from miaf_qgis.engine.leftovers import remove_leftovers
from tests.engine.io.test_moves import (
    NEW,
    texts,
    write_all,
)
from tests.repository import ROOT

KILLED = """
import os, sys
from pathlib import Path
from miaf_engine.io import outputs
from tests.engine.io.test_moves import write_all
left, move, unlink = int(sys.argv[2]), Path.replace, Path.unlink
def count(act):
    def one(self, *more, **options):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return act(self, *more, **options)
    return one
Path.replace, Path.unlink = count(move), count(unlink)
if sys.argv[3] == "copies":
    def link(*_):
        raise OSError(1, "no links here")
    os.link = link
outputs.set_run_id("abcdefgh")
write_all(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("how", ["links", "copies"])
def test_a_kill_between_two_moves_is_undone(tmp_path, how):
    """Found by `make faults`: a map stood beside the legend of the run before.

    The engine is killed before its first move, its second and so on, up to the end.
    """
    names = ["map.tif", "map.tif.aux.xml", "map.tif.ovr", "m.safetensors", "r.html"]
    before = {name: f"old {name}" for name in names}
    codes, seen = [], []
    while 9 in codes[-1:] or not codes:
        folder = tmp_path / str(len(codes))
        folder.mkdir()
        for name, text in before.items():
            (folder / name).write_text(text)
        words = [sys.executable, "-c", KILLED, str(folder), str(len(codes) + 1), how]
        codes.append(subprocess.run(words, cwd=ROOT, check=False).returncode)
        remove_leftovers("abcdefgh", [str(folder / "map.tif")])
        seen.append(texts(folder))
    assert codes[-1] == 0
    assert len(codes) > 6
    if how == "links":
        assert all(found in (before, NEW) for found in seen)
    # Without links a large file is not kept; each is whole, and has its own legend.
    for found in seen:
        assert found["map.tif"][:3] == found["map.tif.aux.xml"][:3]
        assert all(text in (before[n], NEW.get(n)) for n, text in found.items())
    assert seen[0] == before
    assert seen[-1] == NEW


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[{",
        "[" * 100_000,
        "[1, null, {}]",
        '[{"kept": {"../secret": null, "": null, "..": null}}]',
        '[{"kept": {"mine": "../secret", "other": "mine", "a": 5}}]',
        json.dumps(
            [{"target": "mine", "temporary": "../secret", "kept": {"mine": "mine"}}]
        ),
    ],
)
def test_a_note_moves_nothing_but_files_of_its_run(tmp_path, content):
    folder = tmp_path / "results"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    (folder / "mine").write_text("mine")
    note = move_journal.journal_of(folder, "abcdefgh")
    note.write_text(content)
    assert move_journal.undo(note)
    assert texts(folder) == {"mine": "mine"}
    assert (tmp_path / "secret").read_text() == "secret"
    assert not move_journal.undo(note)


def test_a_disk_without_room_for_a_note_takes_the_files_all_the_same(
    tmp_path, monkeypatch
):
    write = Path.write_text

    def full(self, text, *more, **options):
        if self.name.endswith("-moves.json"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, text, *more, **options)

    monkeypatch.setattr(Path, "write_text", full)
    write_all(tmp_path)
    assert texts(tmp_path) == NEW
