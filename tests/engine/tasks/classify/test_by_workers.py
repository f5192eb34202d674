"""A map whose tiles are shared out among processes: the bytes of a single process."""

import signal
import sys
import threading
import time

import numpy as np
import pytest
import rasterio

from miaf_engine.errors import Cancelled, ConfigError, FileError, WorkerError
from miaf_engine.grid import Window
from miaf_engine.models.facts import ModelFacts
from miaf_engine.models.tie_points import corner_in
from miaf_engine.process.command_line import main
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.classify import by_workers
from miaf_engine.tasks.workers import local, worker_count
from tests import many, scenes, tiny
from tests.scenes import Recorder

HEIGHT, WIDTH = 170, 230
BUDGET_MB = 460  # tiles of at most 77 pixels a side
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture(scope="module")
def cube(tmp_path_factory):
    """A scene whose left and lower edges are slanted, as those of a strip that was
    turned to north; one tile has no data."""
    values = tiny.cube(HEIGHT, WIDTH, seed=4)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    values[:, columns < 90 - 0.7 * rows] = -1
    values[:, rows > 165 - 0.2 * columns] = -1
    values[:, 118:, 160:] = -1
    path = tmp_path_factory.mktemp("scene") / "strip.tif"
    where = scenes.grid(HEIGHT, WIDTH, rotation=12.0)
    return str(scenes.write_tif(path, values, where, nodata=-1.0))


@pytest.fixture(scope="module")
def mask(tmp_path_factory):
    path = tmp_path_factory.mktemp("mask") / "mask.tif"
    where = scenes.grid(HEIGHT, WIDTH, rotation=12.0)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    kept = (rows // 7 + columns // 5) % 4 > 0
    return str(scenes.write_tif(path, kept[np.newaxis].astype("uint8"), where))


def classified(model, cube, folder, progress=None, **more):
    """Classify with all rasters; return the figures and all files of the folder."""
    folder.mkdir(exist_ok=True)
    rasters = {name: str(folder / f"{name}.tif") for name in RASTER_NAMES}
    given = {**rasters, "device": "cpu", "memory_mb": BUDGET_MB}
    request = ClassifyRequest(cube, model, **given | more)
    figures = carry_out(request, progress or Recorder())["figures"]
    return figures, files_of(folder)


@pytest.fixture(scope="module")
def alone(model, cube, tmp_path_factory):
    """Figures and files of a single process."""
    return classified(model, cube, tmp_path_factory.mktemp("alone"))


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def same(figures, others):
    """Return whether figures are the same to the last bit, but for what they cost."""
    costs = {"seconds", "peak_memory_mb"}
    return {k: v for k, v in figures.items() if k not in costs} == {
        k: v for k, v in others.items() if k not in costs
    }


def inner_extent():
    where = scenes.grid(HEIGHT, WIDTH, rotation=12.0)
    return list(scenes.pixel_box(where, 25.5, 60.5, 100, 120).bounds)


@pytest.mark.parametrize(
    "asked",
    [{}, {"extent": True}, {"mask": True}, {"rules": True}],
    ids=["whole", "extent", "mask", "rules"],
)
def test_two_workers_give_the_bytes_of_one_process(model, cube, mask, tmp_path, asked):
    more = {}
    if "extent" in asked:
        more = {"extent": inner_extent()}
    elif "mask" in asked:
        more = {"mask": mask, "extent": inner_extent()}
    elif "rules" in asked:
        more = {"normalise_by": "scene", "min_confidence": 0.6}
        more |= {"leave_out_unlike": True, "probabilities": str(tmp_path / "p.dat")}
    alone, wanted = classified(model, cube, tmp_path / "alone", **more)
    recorder = Recorder()
    figures, found = classified(
        model, cube, tmp_path / "shared", recorder, workers=2, **more
    )
    assert figures["tiles"] >= 4
    assert len(wanted) >= 6
    assert found.keys() == wanted.keys()
    assert not [name for name in wanted if found[name] != wanted[name]]
    assert same(figures, alone)
    count = figures["tiles"]
    assert recorder.texts[-1] == f"Tiles done: {count} of {count}; in progress: 0"
    assert recorder.fractions[-1] == pytest.approx(1.0)


def test_workers_cut_superpixels_from_the_grid_of_the_training_scene(model, tmp_path):
    where = scenes.grid(HEIGHT, WIDTH).cut(Window(3, 5, HEIGHT, WIDTH))
    assert corner_in(ModelFacts.read(model).tie_points, where) == (3, 5)
    path = tmp_path / "beside.tif"
    cube = str(scenes.write_tif(path, tiny.cube(HEIGHT, WIDTH, seed=4), where))
    _, wanted = classified(model, cube, tmp_path / "alone")
    _, found = classified(model, cube, tmp_path / "shared", workers=2)
    assert found == wanted
    elsewhere = scenes.grid(HEIGHT, WIDTH, crs=None).cut(Window(3, 5, HEIGHT, WIDTH))
    scenes.write_tif(path, tiny.cube(HEIGHT, WIDTH, seed=4), elsewhere)
    classified(model, cube, tmp_path / "elsewhere")
    with rasterio.open(tmp_path / "alone" / "confidence.tif") as one:
        with rasterio.open(tmp_path / "elsewhere" / "confidence.tif") as two:
            assert (one.read() != two.read()).any()


def test_one_tile_and_a_single_raster(model, cube, tmp_path):
    more = dict.fromkeys(name for name in RASTER_NAMES if name != "confidence")
    more["memory_mb"] = 600
    alone, wanted = classified(model, cube, tmp_path / "alone", **more)
    figures, found = classified(model, cube, tmp_path / "shared", workers=2, **more)
    assert figures["tiles"] == 1
    assert list(wanted) == ["confidence.tif"]
    assert found == wanted
    assert same(figures, alone)


@posix
def test_a_killed_worker_costs_no_tile(model, cube, alone, tmp_path, monkeypatch):
    command = many.worker_command(many.DIES_AT_A_TILE, tmp_path)
    monkeypatch.setattr(local, "_COMMAND", command)
    recorder = Recorder()
    _, found = classified(model, cube, tmp_path / "shared", recorder, workers=2)
    assert (tmp_path / "died").exists()
    repeated = [text for text in recorder.warnings if "SIGKILL" in text]
    assert len(repeated) == 1
    assert "worker process for tile 4 ended" in repeated[0]
    assert found == alone[1]


@posix
def test_a_tile_that_ends_its_workers_ends_the_run(model, cube, tmp_path, monkeypatch):
    command = many.worker_command(many.DIES_AT_A_TILE_EACH_TIME, tmp_path)
    monkeypatch.setattr(local, "_COMMAND", command)
    with pytest.raises(WorkerError, match=r"2 times while it was at work \(SIGKILL\)"):
        classified(model, cube, tmp_path / "shared", workers=2)
    assert files_of(tmp_path / "shared") == {}


def test_a_failing_tile_gives_its_error_and_no_file(model, cube, tmp_path, monkeypatch):
    command = many.worker_command(many.FAILS_AT_A_TILE, tmp_path)
    monkeypatch.setattr(local, "_COMMAND", command)
    older = tmp_path / "shared" / "map.tif"
    older.parent.mkdir()
    older.write_bytes(b"an older map")
    with pytest.raises(FileError, match="The disk is full") as caught:
        classified(model, cube, tmp_path / "shared", workers=2)
    assert caught.value.hint == "Free some."
    assert files_of(tmp_path / "shared") == {"map.tif": b"an older map"}


def test_a_cancel_leaves_nothing(model, cube, tmp_path):
    before = threading.active_count()
    with pytest.raises(Cancelled):
        classified(model, cube, tmp_path / "x", Recorder(cancel_at=0.3), workers=2)
    assert files_of(tmp_path / "x") == {}
    assert threading.active_count() <= before


@pytest.fixture
def at_work(model, tmp_path):
    """Start a run over a scene that takes many seconds; give it with its workers."""
    values = tiny.cube(900, 900)
    cube = scenes.write_tif(tmp_path / "large.tif", values, scenes.grid(900, 900))
    out = tmp_path / "out"
    out.mkdir()
    words = [
        *("classify", "--cube", str(cube), "--model", model, "--workers", "2"),
        *("--memory-mb", str(BUDGET_MB), "--output", str(out / "map.tif")),
        *("--device", "cpu"),
    ]

    def begun():
        return list(out.glob(".miaf-*-parts/*.npz"))

    with many.at_work(*words, begun=begun, seconds=240) as (process, workers):
        assert len(workers) == 2
        yield process, workers, out


@linux
def test_a_signal_ends_all_processes(at_work):
    process, workers, out = at_work
    process.send_signal(signal.SIGINT)
    asked = time.monotonic()
    errors = process.communicate(timeout=60)[1]
    took = time.monotonic() - asked
    assert process.returncode == 3
    assert not any(map(many.lives, workers))
    assert list(out.iterdir()) == []
    assert "Cancelled; nothing was written." in errors
    assert took < 10  # Two seconds on a machine that does nothing else.


@linux
def test_a_killed_run_leaves_no_process_and_the_next_clears_up(at_work, model, cube):
    process, workers, out = at_work
    process.kill()
    process.wait()
    until = time.monotonic() + 30
    while any(map(many.lives, workers)):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert list(out.glob(".miaf-*"))
    classified(model, cube, out)
    assert not list(out.glob(".*"))


def test_bad_numbers_of_workers_are_refused(model, cube, tmp_path, capsys):
    command = ["classify", "--cube", cube, "--model", model]
    command += ["--output", str(tmp_path / "map.tif"), "--device", "cpu"]
    assert main([*command, "--workers", "-1"]) == 1
    assert "'workers' must be a whole number from 0" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main([*command, "--workers", "two"])
    assert ended.value.code == 1
    assert "invalid int value: 'two'" in capsys.readouterr().err
    assert main([*command, "--threads", "4"]) == 1
    assert "each worker (4), but there are no workers" in capsys.readouterr().err
    with pytest.raises(ConfigError, match="workers"):
        ClassifyRequest(cube, model, threads=0)
    assert list(tmp_path.iterdir()) == []


def test_workers_that_have_to_do_with_less_memory_get_smaller_tiles(
    model, cube, alone, tmp_path, monkeypatch
):
    def less(_request, jobs, _progress):
        assert jobs == 1  # the tiles that the budget of the request makes
        return worker_count.WorkerCount(2, 1, BUDGET_MB)

    monkeypatch.setattr(by_workers.WorkerCount, "of", less)
    figures, found = classified(
        model, cube, tmp_path / "shared", workers=2, memory_mb=0
    )
    assert figures["tiles"] == 6
    assert found == alone[1]


@posix
def test_only_so_many_tiles_wait_for_a_late_one(
    model, cube, alone, tmp_path, monkeypatch
):
    """The first tile takes long; the other worker stops when enough are waiting."""
    change = """
from miaf_engine.tasks.classify import one_tile
import time
whole = one_tile.write_arrays
def late(path, arrays):
    if path.endswith("tile_000000.npz"):
        for _ in range(100):
            time.sleep(0.1)
            done = len(list(Path(path).parent.glob("*.npz")))
            Path({folder!r}, "seen").write_text(str(done))
            if done > 2:
                break
    whole(path, arrays)
one_tile.write_arrays = late
"""
    monkeypatch.setattr(local, "_COMMAND", many.worker_command(change, tmp_path))
    monkeypatch.setattr(by_workers, "_AHEAD", 1)
    _, found = classified(model, cube, tmp_path / "shared", workers=2)
    assert int((tmp_path / "seen").read_text()) == 1  # tile 1; tile 2 is not begun
    assert found == alone[1]
