"""Several files move into place as one, or none does."""

import errno
import os
from pathlib import Path

import pytest

from miaf_engine.errors import FileError
from miaf_engine.io import moves as file_moves
from miaf_engine.io import outputs
from miaf_engine.io.outputs import (
    pending,
    together,
    when_in_place,
)


@pytest.fixture
def old(tmp_path):
    """Write the results of an earlier run; return name and text of each file."""
    names = ["map.tif", "map.tif.aux.xml", "map.tif.ovr", "m.safetensors", "r.html"]
    for name in names:
        (tmp_path / name).write_text(f"old {name}")
    return texts(tmp_path)


def texts(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def write_all(folder):
    """Write a map with a legend, a model and a report; the new map has no overview."""
    with together():
        with pending(folder / "map.tif") as path:
            path.write_text("new map")
            path.with_name(f"{path.name}.aux.xml").write_text("new legend")
        for name in ("m.safetensors", "r.html"):
            with pending(folder / name) as path:
                path.write_text(f"new {name}")


NEW = {
    "map.tif": "new map",
    "map.tif.aux.xml": "new legend",
    "m.safetensors": "new m.safetensors",
    "r.html": "new r.html",
}


@pytest.mark.usefixtures("old")
def test_all_appear_and_what_was_of_the_old_goes(tmp_path):
    write_all(tmp_path)
    assert texts(tmp_path) == NEW


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("nth", range(4))
def test_a_file_held_open_leaves_everything_as_it_was(
    tmp_path, monkeypatch, old, nth, links
):
    """The old files come back whichever of the four moves Windows refuses."""
    moves, move = [], Path.replace

    def replace(self, target):
        moves.append(target)
        if len(moves) == nth + 1:
            raise PermissionError(errno.EACCES, "Access is denied", str(self))
        return move(self, target)

    def link(*_):
        raise OSError(errno.EPERM, "no links here")

    if not links:
        monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(FileError, match=r"Access is denied.*may have it open"):
        write_all(tmp_path)
    found = texts(tmp_path)
    if links or nth < 2:
        assert found == old
    # Without links large files are not kept: each is whole, of one run or the other,
    # and a map has the legend of its run.
    assert found.keys() <= old.keys()
    for name, text in found.items():
        assert text in (old[name], NEW.get(name)), name
    if not links:
        assert found["map.tif"][:3] == found["map.tif.aux.xml"][:3]


def test_a_file_that_was_not_there_does_not_stay(tmp_path, monkeypatch):
    move = Path.replace

    def replace(self, target):
        if target.name == "r.html":
            raise PermissionError(errno.EACCES, "Access is denied", str(self))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(FileError):
        write_all(tmp_path)
    assert texts(tmp_path) == {}


def test_a_file_held_for_a_moment_is_tried_again(tmp_path, monkeypatch, old):
    refusals, move = [1, 2], Path.replace

    def replace(self, target):
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "Access is denied", str(self))
        return move(self, target)

    monkeypatch.setattr(file_moves, "_ATTEMPTS", 6)
    monkeypatch.setattr(file_moves, "_PAUSE_S", 0.0)
    monkeypatch.setattr(Path, "replace", replace)
    write_all(tmp_path)
    assert texts(tmp_path) == NEW


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_after_the_first_output_leaves_the_old(tmp_path, old, error):
    done = []
    with pytest.raises(error), together():
        with pending(tmp_path / "map.tif") as path:
            path.write_text("new map")
        when_in_place(lambda: done.append(1))
        assert (tmp_path / "map.tif").read_text() == old["map.tif"]
        raise error
    assert texts(tmp_path) == old
    assert not done
    with pending(tmp_path / "r.html") as path:  # No longer waits for others.
        path.write_text("new")
    assert (tmp_path / "r.html").read_text() == "new"


def test_what_is_to_follow_follows_the_moves(tmp_path):
    seen = []
    with together():
        with pending(tmp_path / "a") as path:
            path.write_text("a")
        when_in_place(lambda: seen.append((tmp_path / "a").exists()))
        with pending(tmp_path / "now", at_once=True) as path:
            path.write_text("now")
        assert texts(tmp_path).get("now") == "now"
        assert not seen
    assert seen == [True]
    when_in_place(lambda: seen.append("at once"))
    assert seen[-1] == "at once"


def test_a_folder_that_has_gone_is_named(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    with (
        pytest.raises(FileError, match=r"folder no longer exists.*drive"),
        pending(folder / "a.html") as path,
    ):
        path.write_text("x")
        path.unlink()
        folder.rmdir()


def test_no_exit_between_two_moves(tmp_path, monkeypatch):
    """Whoever ends the process in a hurry waits until the moves are through."""
    import threading

    begun, ended, move = threading.Event(), [], Path.replace

    def hurry():
        begun.wait(10)
        outputs.discard_all()
        ended.append(texts(tmp_path))

    def replace(self, target):
        begun.set()
        watcher.join(0.2)
        return move(self, target)

    watcher = threading.Thread(target=hurry)
    watcher.start()
    monkeypatch.setattr(Path, "replace", replace)
    write_all(tmp_path)
    watcher.join()
    assert ended == [NEW]
