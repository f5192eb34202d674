"""The table of many scenes, and the notes for the next run."""

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest
from rasterio.shutil import copy

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
    stamps_of_input,
    warn_of_unlisted_maps,
    write_notes,
)
from tests import scenes
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
    assert "'" + str(table) in warning and "continues" in warning
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

    def warnings_for(scenes, written=()):
        recorder = Recorder()
        warn_of_unlisted_maps(known, scenes, written, recorder)
        return recorder.warnings

    assert warnings_for([done.scene]) == []  # the other map is gone as well
    assert warnings_for([done.scene, "new.tif"]) == []
    (warning,) = warnings_for(["new.tif"])
    assert "stay" in warning and "'a_map.tif'" in warning
    (warning,) = warnings_for(["new.tif"], [done.map])
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


def write_vrt(path, source):
    """Write a VRT; of another VRT it would be a copy, so that one is put in by name."""
    copy(str(source), str(path), driver="VRT")
    if str(source).endswith(".vrt"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r">[^<>]*\.tif<", f">{source}<", text), "utf-8")
        assert str(source) in path.read_text("utf-8")
    return path


def tif(path):
    path.parent.mkdir(exist_ok=True)
    return scenes.write_tif(path, scenes.spectra(), scenes.grid())


def test_what_lies_beside_a_cube(tmp_path):
    for name in ("x.dat", "x.hdr", "x.dat.aux.xml", "y.hdr", "x.txt", "x.ige"):
        (tmp_path / name).touch()
    found = stamps_of_input(str(tmp_path / "x.dat"))
    assert set(found) == {"x.dat", "x.hdr", "x.dat.aux.xml", "x.ige"}
    assert stamps_of_input(str(tmp_path / "none")) == {"none": None}
    for name in ("a-SPECTRAL_IMAGE.TIF", "a-METADATA.XML", "m.gpkg", "m.gpkg-wal"):
        (tmp_path / name).touch()
    found = stamps_of_input(str(tmp_path / "a-SPECTRAL_IMAGE.TIF"))
    assert set(found) == {"a-SPECTRAL_IMAGE.TIF", "a-METADATA.XML"}
    assert set(stamps_of_input(str(tmp_path / "m.gpkg"))) == {"m.gpkg", "m.gpkg-wal"}
    assert stamps_of_input("/")


@pytest.mark.parametrize("name", ["c", "c.dat", "c.img"])
def test_a_header_stands_for_its_data(tmp_path, name):
    scenes.write_envi(tmp_path / "c.dat", scenes.spectra(), scenes.grid())
    (tmp_path / "c.dat").rename(tmp_path / name)
    before = stamps_of_input(str(tmp_path / "c.hdr"))
    assert set(before) == {"c.hdr", name}
    (tmp_path / name).write_bytes(b"other")
    after = stamps_of_input(str(tmp_path / "c.hdr"))
    assert after[name] != before[name] and after["c.hdr"] == before["c.hdr"]


def test_the_files_of_a_vrt_count_at_any_depth(tmp_path):
    far = tif(tmp_path / "far" / "ö.tif")
    envi = scenes.write_envi(tmp_path / "e.img", scenes.spectra(), scenes.grid())
    inner = write_vrt(tmp_path / "far" / "inner.vrt", far)
    outer = write_vrt(tmp_path / "outer.vrt", inner)
    names = {"outer.vrt", str(inner), str(far)}
    before = stamps_of_input(str(outer))
    assert set(before) == names
    assert all(before.values())
    far.write_bytes(far.read_bytes() + b"more")
    after = stamps_of_input(str(outer))
    assert {name for name in names if before[name] != after[name]} == {str(far)}
    of_envi = stamps_of_input(str(write_vrt(tmp_path / "e.vrt", envi)))
    assert set(of_envi) == {"e.vrt", "e.img", "e.hdr"}


def test_the_archive_of_a_source_counts(tmp_path):
    source = tif(tmp_path / "in" / "a.tif")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(source, "sub/a.tif")
    vrt = write_vrt(tmp_path / "z.vrt", f"/vsizip/{tmp_path}/z.zip/sub/a.tif")
    assert set(stamps_of_input(str(vrt))) == {"z.vrt", "z.zip"}


def test_a_vrt_of_itself_or_of_nothing_ends(tmp_path):
    source = tif(tmp_path / "in" / "a.tif")
    vrt = write_vrt(tmp_path / "v.vrt", source)
    text = vrt.read_text().replace("in/a.tif", "v.vrt")
    vrt.write_text(text)
    assert set(stamps_of_input(str(vrt))) == {"v.vrt"}
    vrt.write_text("<VRTDataset")
    assert set(stamps_of_input(str(vrt))) == {"v.vrt"}
    write_vrt(vrt, source)
    source.unlink()
    assert stamps_of_input(str(vrt)).get(str(source)) is None


def test_a_folder_is_its_files(tmp_path):
    folder = tmp_path / "m.gdb"
    folder.mkdir()
    (folder / "a1.gdbtable").touch()
    found = stamps_of_input(str(folder))
    assert set(found) == {"m.gdb", str(folder / "a1.gdbtable")}
