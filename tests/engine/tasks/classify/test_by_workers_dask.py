"""A map whose tiles go to the workers of a Dask scheduler: the same bytes."""

import threading
import time

import pytest

from miaf_engine.errors import Cancelled, WorkerError
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import many, scenes, tiny
from tests.scenes import Recorder

BUDGET_MB = 460


def classified(model, cube, folder, progress=None, **more):
    """Classify a cube; return the figures and all files of the folder."""
    folder.mkdir(exist_ok=True)
    rasters = {name: str(folder / f"{name}.tif") for name in ("output", "entropy")}
    given = {**rasters, "device": "cpu", "memory_mb": BUDGET_MB, **more}
    request = ClassifyRequest(str(cube), model, **given)
    figures = carry_out(request, progress or Recorder())["figures"]
    return figures, {path.name: path.read_bytes() for path in folder.iterdir()}


def written(folder, name, height, width):
    values = tiny.cube(height, width, seed=3)
    values[:, :40, :50] = -1
    where = scenes.grid(height, width)
    return scenes.write_tif(folder / f"{name}.tif", values, where, nodata=-1.0)


def at_first_tile(out, action):
    """Do something, in a thread, once a tile is done."""
    return many.at_first(".miaf-*/*.npz", out, action, within_s=240)


def test_a_scheduler_gives_the_bytes_of_one_process(model, cluster, tmp_path):
    """Also where a worker is killed, and with a mask."""
    cube = written(tmp_path, "cube", 170, 230)
    mask = tiny.cube(170, 230)[:1] > tiny.cube(170, 230)[:1].mean() * 0.8
    where = scenes.grid(170, 230)
    more = {
        "mask": str(
            scenes.write_tif(tmp_path / "mask.tif", mask.astype("uint8"), where)
        )
    }
    alone, wanted = classified(model, cube, tmp_path / "alone", **more)
    out, recorder = tmp_path / "out", Recorder()
    nanny = next(iter(cluster.workers.values()))
    killer = at_first_tile(out, lambda: nanny.process.process._process.kill())
    address = cluster.scheduler_address
    figures, found = classified(model, cube, out, recorder, scheduler=address, **more)
    killer.join()
    assert figures["tiles"] == alone["tiles"] == 6
    assert found == wanted
    assert figures["map_accuracy"] == alone["map_accuracy"]
    assert recorder.texts[-1] == "Tiles done: 6 of 6"
    assert "Tiles to map: 6; workers of the scheduler: 2." in recorder.infos


def test_a_cancel_is_heard_and_nothing_is_written(model, cluster, tmp_path):
    cube, out = written(tmp_path, "cube", 700, 700), tmp_path / "out"
    asked, recorder = threading.Event(), Recorder()
    recorder.cancelled = asked.is_set
    canceller = at_first_tile(out, asked.set)
    address = cluster.scheduler_address
    with pytest.raises(Cancelled):
        classified(model, cube, out, recorder, scheduler=address)
    canceller.join()
    assert list(out.iterdir()) == []
    time.sleep(3)  # A tile that a worker still maps finds no folder any more.
    assert list(out.iterdir()) == []


def test_a_scheduler_that_does_not_answer(model, tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="Dask is not installed")
    monkeypatch.setattr("miaf_engine.tasks.workers.dask._CONNECT_S", 1)
    cube, out = written(tmp_path, "cube", 60, 80), tmp_path / "out"
    with pytest.raises(WorkerError, match="There is no Dask scheduler"):
        classified(model, cube, out, scheduler="tcp://127.0.0.1:1")
    assert list(out.iterdir()) == []
