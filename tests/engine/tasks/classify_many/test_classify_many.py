"""Many scenes in several processes: the same bytes as one by one, and what is done."""

import os
from dataclasses import fields

import pytest

from miaf_engine.errors import ConfigError, InputError, ModelFormatError
from miaf_engine.process.command_line import main
from miaf_engine.requests.classify import ClassifyManyRequest, ClassifyRequest
from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.classify_many import classify_many, plan
from miaf_engine.tasks.workers import worker_count as workers_module
from miaf_engine.tasks.workers.worker_count import WorkerCount
from tests import many, scenes, tiny
from tests.scenes import Recorder


def outcomes(folder):
    return [(row["scene"][-5:], row["outcome"]) for row in many.table(folder)]


@pytest.mark.parametrize("workers", [1, 2])
def test_maps_have_the_bytes_of_single_runs(model, tmp_path, workers):
    out, recorder = tmp_path / "out" / "maps", Recorder()
    scene_list = many.write_list(tmp_path, "abc")
    request = many.asked(model, scene_list, out, workers=workers)
    result = carry_out(request, recorder)
    wanted = {}
    for name in "abc":
        wanted |= many.serial(model, tmp_path, name)
    assert len(wanted) == 9  # map, its side file and probabilities of three scenes
    assert many.written(out) == wanted
    figures = result["figures"]
    assert (figures["done_count"], figures["failed_count"]) == (3, 0)
    assert result["outputs"] == {"summary": str(out / "list_summary.csv")}
    assert outcomes(out) == [("a.tif", "done"), ("b.tif", "done"), ("c.tif", "done")]
    assert {row["attempts"] for row in many.table(out)} == {"1"}
    assert len({row["worker"] for row in many.table(out)}) <= workers
    assert recorder.fractions[-1] == 1.0


def test_a_warning_that_scenes_share_is_shown_once_and_recorded_for_each(
    model, tmp_path
):
    recorder, shown = Recorder(), "A warning that several scenes share is shown for"
    request = many.asked(model, many.write_list(tmp_path, "abc"), tmp_path, workers=1)
    carry_out(request, recorder)
    of_model = [text for text in recorder.warnings if "fewer than the standard" in text]
    assert len(of_model) == 1 and "a.tif': The model" in of_model[0]
    rows = many.table(tmp_path)
    assert all("fewer than the standard" in row["warnings"] for row in rows)
    assert shown in recorder.infos[-1]
    alone, one = tmp_path / "one", Recorder()
    alone.mkdir()
    carry_out(many.asked(model, many.write_list(alone, "a"), alone), one)
    assert any("fewer than the standard" in text for text in one.warnings)
    assert not any(shown in text for text in one.infos)


def test_a_scene_that_fails_stops_no_other_and_is_done_alone_again(model, tmp_path):
    out = tmp_path / "out"
    scene_list = many.write_list(tmp_path, "abc", bad="b")
    request = many.asked(model, scene_list, out)
    figures = carry_out(request, Recorder())["figures"]
    assert (figures["done_count"], figures["failed_count"]) == (2, 1)
    rows = many.table(out)
    assert outcomes(out) == [("a.tif", "done"), ("b.tif", "failed"), ("c.tif", "done")]
    assert "5" in rows[1]["error"]
    assert rows[1]["map"] == ""
    before = {p.name: p.stat().st_mtime_ns for p in out.glob("*.tif")}
    assert set(before) == {
        f"{n}_{kind}.tif" for n in "ac" for kind in ("map", "probabilities")
    }
    # The scene is mended; the others are not touched.
    scenes.write_tif(tmp_path / "b.tif", tiny.cube(seed=7), tiny.grid())
    figures = carry_out(request, Recorder())["figures"]
    assert (figures["done_count"], figures["kept_count"]) == (1, 2)
    assert outcomes(out) == [("a.tif", "kept"), ("b.tif", "done"), ("c.tif", "kept")]
    assert all((out / n).stat().st_mtime_ns == t for n, t in before.items())
    assert carry_out(request, Recorder())["figures"]["kept_count"] == 3


def test_what_makes_a_map_be_made_again(model, tmp_path, in_this_process):
    out = tmp_path / "out"
    scene_list = many.write_list(tmp_path, "ab")

    def done(**more):
        request = many.asked(model, scene_list, out, workers=1, **more)
        classify_many.classify_many(request, Recorder())
        return [row["scene"][-5] for row in many.table(out) if row["outcome"] == "done"]

    assert done() == ["a", "b"]
    assert done() == []
    assert done(memory_mb=3000, threads=2) == []  # costs, as after a lack of memory
    scenes.write_tif(tmp_path / "a.tif", tiny.cube(seed=9), tiny.grid())
    assert done() == ["a"]
    (out / "b_map.tif").unlink()
    assert done() == ["b"]
    (out / "b_map.tif").write_bytes(b"cut off")
    assert done() == ["b"]
    assert done(normalise_by="scene") == ["a", "b"]
    assert done(normalise_by="scene", again=True) == ["a", "b"]
    (out / "list_summary.json").write_text("[[[")
    recorder = Recorder()
    request = many.asked(model, scene_list, out, normalise_by="scene")
    found = classify_many.classify_many(request, recorder)["figures"]
    assert found["done_count"] == 2
    assert any("earlier run" in text for text in recorder.warnings)


def test_bad_input_is_refused_before_a_worker_starts(model, tmp_path, monkeypatch):
    scene_list, out = many.write_list(tmp_path, "ab"), tmp_path / "out"

    def no_worker(*_, **__):
        raise AssertionError

    monkeypatch.setattr("miaf_engine.tasks.workers.local.WorkerProcess", no_worker)
    other = tmp_path / "none" / "list.txt"
    other.parent.mkdir()
    other.write_text("x.tif\ny.tif\n")
    with pytest.raises(InputError, match="No scene in the list exists"):
        carry_out(many.asked(model, str(other), out), Recorder())
    with pytest.raises(ModelFormatError):
        carry_out(many.asked(scene_list, scene_list, out), Recorder())
    # The map of `a` would take the place of another scene.
    (tmp_path / "a_map.tif").write_bytes((tmp_path / "b.tif").read_bytes())
    (tmp_path / "list.txt").write_text("a.tif\na_map.tif\n")
    with pytest.raises(ConfigError, match="is an input"):
        carry_out(many.asked(model, scene_list, tmp_path), Recorder())


def test_scenes_of_one_name_have_maps_of_their_own(model, tmp_path, in_this_process):
    for year in ("2019", "2020"):
        (tmp_path / year).mkdir()
        seed = int(year) - 2018
        scenes.write_tif(tmp_path / year / "x.tif", tiny.cube(seed=seed), tiny.grid())
    scene_list = tmp_path / "list.txt"
    scene_list.write_text("2019/x.tif\n2020/x.tif\n2019/../2019/x.tif\nnone.tif\n")
    out, recorder = tmp_path / "out", Recorder()
    request = many.asked(model, str(scene_list), out, probabilities=False)
    figures = classify_many.classify_many(request, recorder)["figures"]
    assert (figures["done_count"], figures["failed_count"]) == (2, 1)
    assert {p.name for p in out.glob("*.tif")} == {"2019_x_map.tif", "2020_x_map.tif"}
    assert any("several times" in text for text in recorder.warnings)
    assert any(
        "Scenes that do not exist: 1 of 3." in text for text in recorder.warnings
    )


def test_the_command_line_tells_of_failures(model, tmp_path, capsys):
    scene_list = many.write_list(tmp_path, "ab", bad="b")
    command = ["classify-many", scene_list, "--model", model, "--workers", "1"]
    command += ["--output-folder", str(tmp_path / "out"), "--device", "cpu"]
    assert main(command) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("failed")
    assert "Scenes: 2; classified: 1; up to date: 0; failed: 1." in lines
    assert lines[-1] == f"Summary: {tmp_path / 'out' / 'list_summary.csv'}"


def test_options_of_a_scene_are_those_of_classify():
    own = {item.name: (item.type, item.default) for item in fields(ClassifyRequest)}
    shared = 0
    for item in fields(ClassifyManyRequest):
        if item.name in set(own) - plan._OF_THE_LIST and item.type != "bool":
            assert own[item.name] == (item.type, item.default), item.name
            shared += 1
    rasters = set(RASTER_NAMES)
    # Not cube; switches are bools; the workers are those of the list.
    assert shared == len(own) - len(rasters) - 1 - 2 - len(plan._OF_THE_LIST)
    assert plan._OF_THE_LIST <= set(own)
    assert rasters - {"output"} <= {item.name for item in fields(ClassifyManyRequest)}


@pytest.mark.parametrize(
    ("given", "cores", "memory", "wanted"),
    [
        ({}, 8, 64_000, (8, 1, 0)),
        ({}, 8, 16_000, (3, 1, 0)),  # 4096 MiB each, of 80 %
        ({"threads": 4}, 8, 64_000, (2, 4, 0)),
        ({"workers": 2, "threads": 0}, 8, 64_000, (2, 4, 0)),
        ({"workers": 4, "memory_mb": 2000}, 8, 16_000, (4, 1, 2000)),
        ({"workers": 8}, 8, 16_000, (8, 1, 1600)),
        ({"workers": 8, "memory_mb": 9000}, 8, 16_000, (8, 1, 9000)),
    ],
)
def test_threads_and_memory_are_shared_out(monkeypatch, given, cores, memory, wanted):
    monkeypatch.setenv("OMP_NUM_THREADS", str(cores))
    monkeypatch.setattr(workers_module, "total_memory_mb", lambda: memory)
    recorder = Recorder()
    size = WorkerCount.of(ClassifyManyRequest("l", "m", "f", **given), 100, recorder)
    assert (size.workers, size.threads, size.memory_mb) == wanted
    assert bool(recorder.warnings) == (wanted[0] == 8 and memory == 16_000)
    few = WorkerCount.of(ClassifyManyRequest("l", "m", "f", **given), 1, Recorder())
    assert few.workers == 1


def test_one_worker_that_is_too_large_is_one(monkeypatch):
    monkeypatch.setattr(workers_module, "total_memory_mb", lambda: 16_000)
    request = ClassifyManyRequest("l", "m", "f", workers=1, memory_mb=15_000)
    recorder = Recorder()
    WorkerCount.of(request, 100, recorder)
    assert "15000 MiB for each worker (workers: 1)." in recorder.warnings[0]


def test_threads_are_those_that_may_be_used(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert 1 <= workers_module.usable_threads() <= (os.cpu_count() or 1)
