"""The table of many scenes, and the notes for the next run."""

import csv
import json
from pathlib import Path

import pytest

from miaf_engine.errors import FileError
from miaf_engine.tasks.classify_many import summary as scene_summary
from miaf_engine.tasks.classify_many.summary import (
    DONE,
    FAILED,
    SceneRow,
    Summary,
    is_up_to_date,
    read_summary,
    stamp,
    tell_of_others,
    write_notes,
)
from tests.scenes import Recorder

MADE = {"options": "0", "files": {"a.tif": [1, 2]}}


def rows(folder):
    out = folder / "a_map.tif"
    out.write_bytes(b"map")
    done = SceneRow(
        *("=a.tif", DONE, str(out), 1.5, "here:1", 1, None, ("Look, here.", "There.")),
        made_from=MADE,
        outputs={str(out): stamp(out)},
    )
    return [done, SceneRow("ö, b.tif", FAILED, "b_map.tif", error="No;\nno.")]


def test_table_and_notes_come_back(tmp_path):
    written = rows(tmp_path)
    recorder = Recorder()
    assert Summary(tmp_path / "s.csv", recorder).finish(written) == tmp_path / "s.csv"
    assert recorder.warnings == []
    text = (tmp_path / "s.csv").read_text(encoding="utf-8-sig")
    table = list(csv.DictReader(text.splitlines(keepends=True)))
    assert [row["outcome"] for row in table] == ["done", "failed"]
    assert table[0]["scene"] == "'=a.tif"  # no formula to a spreadsheet
    assert table[0]["warnings"] == "Look, here. There."
    assert (table[1]["map"], table[1]["error"]) == ("", "No;\nno.")
    found = read_summary(tmp_path / "s.csv")
    assert found == {row.scene: row for row in written}
    assert {p.name for p in tmp_path.iterdir()} == {"s.csv", "s.json", "a_map.tif"}


def test_up_to_date_is_what_has_not_changed(tmp_path):
    done, failed = rows(tmp_path)
    paths = list(done.outputs)
    assert is_up_to_date(done, MADE, paths)
    assert not is_up_to_date(done, {**MADE, "options": "1"}, paths)
    assert not is_up_to_date(done, {**MADE, "files": {"a.tif": [1, 3]}}, paths)
    assert not is_up_to_date(done, MADE, [*paths, "more.tif"])
    assert not is_up_to_date(failed, MADE, [])
    (tmp_path / "a_map.tif").write_bytes(b"mop!")
    assert not is_up_to_date(done, MADE, paths)


@pytest.fixture
def locked(monkeypatch):
    """Return names of files that cannot be replaced, as on Windows while open."""
    names, whole = set(), Path.replace

    def replace(self, target):
        if Path(target).name in names:
            raise PermissionError(13, "Permission denied", str(target))
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return names


def test_a_table_that_is_open_elsewhere_stops_nothing(tmp_path, locked):
    table, written, recorder = tmp_path / "s.csv", rows(tmp_path), Recorder()
    table.write_text("old")
    locked |= {"s.csv"}
    summary = Summary(table, recorder)
    summary.save(written[:1])
    summary.save(written)
    (warning,) = recorder.warnings
    assert "'" + str(table) in warning and "goes on" in warning
    assert len(read_summary(table)) == 2  # the notes are there all the same
    other = summary.finish(written)
    assert other == tmp_path / "s_new.csv"
    assert other.read_text(encoding="utf-8-sig").count("\n") > 2
    assert table.read_text() == "old"
    assert len(recorder.warnings) == 2
    assert "'s.csv' is out of date" in recorder.warnings[1]
    locked.clear()
    assert summary.finish(written) == table
    assert table.read_text(encoding="utf-8-sig") == other.read_text("utf-8-sig")
    assert not list(tmp_path.glob(".miaf-*"))


def test_what_cannot_be_written_in_the_end_is_an_error(tmp_path, locked):
    table, written, recorder = tmp_path / "s.csv", rows(tmp_path), Recorder()
    locked |= {"s.json"}
    summary = Summary(table, recorder)
    summary.save(written)
    assert len(recorder.warnings) == 1
    table.unlink()
    with pytest.raises(FileError, match=r"s\.json"):
        summary.finish(written)
    assert table.is_file()
    locked |= {"s.csv", "s_new.csv"}
    with pytest.raises(FileError, match="s_new"):
        summary.finish(written)


def test_maps_of_scenes_that_left_the_list_are_told_of(tmp_path):
    done, _ = rows(tmp_path)
    gone = SceneRow("gone.tif", DONE, str(tmp_path / "gone_map.tif"))
    known = {row.scene: row for row in (done, gone)}

    def told(scenes, written=()):
        recorder = Recorder()
        tell_of_others(known, scenes, written, recorder)
        return recorder.warnings

    assert told([done.scene]) == []  # the other map is gone as well
    assert told([done.scene, "new.tif"]) == []
    (warning,) = told(["new.tif"])
    assert "stay" in warning and "'a_map.tif'" in warning
    (warning,) = told(["new.tif"], [done.map])
    assert "replaced" in warning and "'a_map.tif'" in warning


GOOD = {"format": "miaf-scenes", "version": 1, "scenes": []}


@pytest.mark.parametrize(
    "text",
    [
        "", "[", "[]", "null", "{}", '"x"', "[" * 100_000, "\ud800",
        json.dumps({**GOOD, "version": 2}),
        json.dumps({**GOOD, "scenes": 3}),
        json.dumps({**GOOD, "scenes": [3]}),
        json.dumps({**GOOD, "scenes": [{"scene": "a"}]}),
        json.dumps({**GOOD, "scenes": [dict.fromkeys(vars(SceneRow("a", "b", "c")))]}),
        json.dumps({**GOOD, "scenes": [vars(SceneRow("a", "b", "c", warnings=[1]))]}),
    ],
)  # fmt: skip
def test_damaged_notes_are_none(tmp_path, text):
    data = text.encode("utf-8", "surrogatepass")
    (tmp_path / "s.json").write_bytes(data)
    recorder = Recorder()
    assert read_summary(tmp_path / "s.csv", recorder) == {}
    assert len(recorder.warnings) == 1


def test_absent_notes_are_none_and_large_ones_are_not_read(tmp_path, monkeypatch):
    recorder = Recorder()
    assert read_summary(tmp_path / "s.csv", recorder) == {}
    assert recorder.warnings == []
    write_notes(tmp_path / "s.csv", rows(tmp_path))
    monkeypatch.setattr(scene_summary, "MAX_SUMMARY_BYTES", 10)
    assert read_summary(tmp_path / "s.csv", recorder) == {}
    assert len(recorder.warnings) == 1
