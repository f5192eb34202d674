"""Many scenes over months: files that change, lists that grow, tables left open."""

import os
from pathlib import Path

import pytest
from rasterio.shutil import copy

from miaf_engine.errors import FileError
from miaf_engine.tasks.classify_many import classify_many
from miaf_engine.tasks.classify_many.plan import ManyPlan
from tests import many, scenes, tiny
from tests.scenes import Recorder


@pytest.fixture
def run(model, tmp_path, in_this_process):
    """Return a function that writes a list, carries it out, and returns its rows."""

    def carried_out(*lines, recorder=None, name="list.txt", **more):
        scene_list = tmp_path / name
        scene_list.write_text("\n".join(lines))
        out = tmp_path / "out"
        given = {"workers": 1, "probabilities": False, **more}
        request = many.asked(model, str(scene_list), out, **given)
        result = classify_many.classify_many(request, recorder or Recorder())
        rows = result["figures"]["scenes"]
        return {row["scene"].removeprefix(f"{tmp_path}{os.sep}"): row for row in rows}

    return carried_out


def outcomes(rows):
    return [row["outcome"] for row in rows.values()]


def maps(folder):
    return {path.name for path in folder.glob("*.tif")}


def warnings_in(recorder):
    return [text for text in recorder.warnings if "earlier run" in text]


def write(path, seed=0):
    path.parent.mkdir(exist_ok=True)
    return scenes.write_tif(path, tiny.cube(seed=seed), tiny.grid())


def test_files_behind_a_vrt_or_a_header_that_are_replaced_count(run, tmp_path):
    source = write(tmp_path / "in" / "a.tif")
    copy(str(source), str(tmp_path / "a.vrt"), driver="VRT")
    text = (tmp_path / "a.vrt").read_text()
    assert "in/a.tif" in text
    (tmp_path / "b.vrt").write_text(text.replace("in/a.tif", "a.vrt"))
    scenes.write_envi(tmp_path / "c.img", tiny.cube(), tiny.grid())
    kept = scenes.write_tif(tmp_path / "in" / "m.tif", tiny.truth()[None], tiny.grid())
    mask = str(tmp_path / "m.vrt")
    copy(str(kept), mask, driver="VRT")
    names = ("a.vrt", "b.vrt", "c.hdr")
    maps = [tmp_path / "out" / f"{name}_map.tif" for name in "abc"]

    def done():
        """Return which scenes were done, all others kept, and the maps."""
        rows = run(*names, mask=mask)
        assert {*outcomes(rows)} <= {"done", "kept"}
        again = [name for name in names if rows[name]["outcome"] == "done"]
        return again, [path.read_bytes() for path in maps]

    again, first = done()
    assert again == [*names]
    assert done() == ([], first)
    scenes.write_tif(source, tiny.cube()[:, :, ::-1].copy(), tiny.grid())
    again, second = done()
    assert again == ["a.vrt", "b.vrt"]
    assert second[0] == second[1] != first[0]
    values = tiny.cube(seed=3).tobytes()
    assert len(values) == (tmp_path / "c.img").stat().st_size
    (tmp_path / "c.img").write_bytes(values)
    assert done()[0] == ["c.hdr"]
    scenes.write_tif(kept, (tiny.truth() == 1)[None].astype("uint16"), tiny.grid())
    assert done()[0] == [*names]


@pytest.fixture
def open_table(monkeypatch):
    """Have the table refuse to be replaced, as on Windows while Excel has it open."""
    monkeypatch.setattr(classify_many, "_SAVED_EVERY_S", 0.0)
    whole = Path.replace

    def replace(self, target):
        if str(target).endswith("_summary.csv"):
            raise PermissionError(13, "Permission denied", str(target))
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_table_that_is_open_ends_no_run(run, tmp_path, open_table):
    names = [write(tmp_path / f"s{i}.tif", i).name for i in range(3)]
    recorder, out = Recorder(), tmp_path / "out"
    assert outcomes(run(*names, recorder=recorder)) == ["done"] * 3
    assert len([w for w in recorder.warnings if "continues" in w]) == 1
    (last,) = [w for w in recorder.warnings if "out of date" in w]
    assert "list_summary_new.csv" in last
    assert not (out / "list_summary.csv").exists()
    assert (out / "list_summary_new.csv").read_text("utf-8-sig").count("done") == 3
    assert outcomes(run(*names)) == ["kept"] * 3


def test_a_run_that_ends_early_leaves_its_notes(run, tmp_path, open_table, monkeypatch):
    class FakeWorkers:
        device = "cpu"

        def __init__(self, *_, **__):
            pass

        def answers(self, jobs, _):
            yield jobs[0], {"outcome": "failed", "error": "No."}
            raise FileError("Gone.")

    monkeypatch.setattr(classify_many, "LocalWorkers", FakeWorkers)
    names = [write(tmp_path / f"s{i}.tif", i).name for i in range(2)]
    with pytest.raises(FileError, match="Gone"):
        run(*names)
    assert "No." in (tmp_path / "out" / "list_summary.json").read_text()


def test_an_entry_that_the_system_refuses_is_one_failed_scene(
    run, tmp_path, monkeypatch
):
    write(tmp_path / "a.tif")
    barred, whole = str(tmp_path / "barred" / "b.tif"), os.stat

    def stat(path, **more):
        if str(path) == barred:
            raise PermissionError(13, "Permission denied", barred)
        return whole(path, **more)

    monkeypatch.setattr(os, "stat", stat)
    recorder = Recorder()
    rows = run("x" * 300, "a.tif", barred, "/", recorder=recorder)
    assert outcomes(rows) == ["failed", "done", "failed", "failed"]
    errors = [row["error"] for row in rows.values()]
    assert "name too long" in errors[0]
    assert not any("engine failed" in (error or "") for error in errors)
    assert any(
        "Scenes that do not exist: 2 of 4." in text for text in recorder.warnings
    )


def test_a_list_that_grows_keeps_the_names_of_its_maps(run, model, tmp_path):
    def plan(*lines, **more):
        (tmp_path / "list.txt").write_text("\n".join(lines))
        request = many.asked(model, str(tmp_path / "list.txt"), out, **more)
        recorder = Recorder()
        rows = ManyPlan.of(request, recorder).rows
        return [Path(row.map).name for row in rows], recorder

    for seed, place in enumerate(("n", "s", "t")):
        write(tmp_path / place / "line.tif", seed)
    out, recorder = tmp_path / "out", Recorder()
    run("n/line.tif")
    before = (out / "line_map.tif").stat().st_mtime_ns
    rows = run("s/line.tif", "n/line.tif", recorder=recorder)
    assert outcomes(rows) == ["done", "kept"]
    assert maps(out) == {"line_map.tif", "s_line_map.tif"}
    assert (out / "line_map.tif").stat().st_mtime_ns == before
    assert not warnings_in(recorder)
    names, recorder = plan("s/line.tif", "n/line.tif", again=True)
    assert names == ["s_line_map.tif", "line_map.tif"]
    assert not warnings_in(recorder)
    # A scene that leaves the list leaves its map, and the user hears of it.
    names, recorder = plan("s/line.tif", "t/line.tif")
    assert names == ["s_line_map.tif", "line_map.tif"]
    (warning,) = warnings_in(recorder)
    assert "are replaced" in warning and "'line_map.tif'" in warning
    names, recorder = plan("n/line.tif")
    assert names == ["line_map.tif"]
    (warning,) = warnings_in(recorder)
    assert "stay" in warning and "'s_line_map.tif'" in warning
