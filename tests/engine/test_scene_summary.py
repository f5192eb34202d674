"""The table of many scenes, and the notes for the next run."""

import csv
import json

import pytest

from miaf_engine import scene_summary
from miaf_engine.scene_summary import (
    DONE,
    FAILED,
    SceneRow,
    is_up_to_date,
    read_summary,
    stamp,
    stamps_of_input,
    write_summary,
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
    write_summary(tmp_path / "s.csv", written)
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


def test_a_header_belongs_to_its_cube(tmp_path):
    for name in ("x.dat", "x.hdr", "x.dat.aux.xml", "y.hdr", "x.txt"):
        (tmp_path / name).touch()
    found = set(stamps_of_input(str(tmp_path / "x.dat")))
    assert found == {"x.dat", "x.hdr", "x.dat.aux.xml"}
    assert stamps_of_input(str(tmp_path / "none")) == {"none": None}


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
    write_summary(tmp_path / "s.csv", rows(tmp_path))
    monkeypatch.setattr(scene_summary, "MAX_SUMMARY_BYTES", 10)
    assert read_summary(tmp_path / "s.csv", recorder) == {}
    assert len(recorder.warnings) == 1
