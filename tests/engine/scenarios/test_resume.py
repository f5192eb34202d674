"""The engine is killed in training, at any moment, and its next run continues."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
import torch

from miaf_engine.errors import MemoryShortError
from miaf_engine.models import devices
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.train import train
from miaf_engine.training import checkpoint_files, trainer
from tests import tiny
from tests.repository import ROOT

EPOCHS = 60


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    return tiny.inputs(tmp_path_factory.mktemp("resume inputs"))


@pytest.fixture
def start(given, tmp_path):
    """Return what starts the worker with a checkpoint an epoch."""
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        checkpoint_files.FOLDER_VARIABLE: str(tmp_path / "kept"),
        checkpoint_files.INTERVAL_VARIABLE: "0",
    }

    def run(name, **settings):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        files = {"model": "m.miaf.safetensors", "output": "map.tif"}
        request = {
            **given,
            **{key: str(folder / file) for key, file in files.items()},
            "settings": tiny.SMALL | {"epochs": EPOCHS} | settings,
            "created_utc": "2026-01-01T00:00:00+00:00",
        }
        content = {"format": "miaf-request", "version": 1, "task": "train"}
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({**content, "request": request}), encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, "-m", "miaf_engine", "run", str(path)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    return run


def lines(process):
    # The end of its input would cancel it.
    found = [json.loads(line) for line in process.stdout]
    process.communicate()
    assert process.returncode == 0, found
    return [line["text"] for line in found if line["type"] == "info"]


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def kill_in_training(process, kept, epochs, rng):
    """Kill once a state is kept and so many epochs are reported, milliseconds later."""
    seen = 0
    for line in process.stdout:
        seen += b"epoch" in line
        if seen >= epochs and any(kept.glob("[!.]*.checkpoint.*")):
            break
    time.sleep(rng.uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(
    "settings",
    [{}, {"validation_percent": 0}, {"folds": 2}],
    ids=str,
)
def test_killed_at_random_it_ends_with_the_same_bytes(start, tmp_path, settings):
    lines(start("whole", **settings))
    assert not any((tmp_path / "kept").iterdir())
    rng, told = random.Random(7), []
    for _ in range(2):
        # A line comes ten times a second, so a few lines are many epochs.
        process, epochs = start("killed", **settings), rng.choice([1, 2])
        if not kill_in_training(process, tmp_path / "kept", epochs, rng):
            break
        assert not (tmp_path / "killed" / "m.miaf.safetensors").exists()
        assert not (tmp_path / "killed" / "map.tif").exists()
    told = lines(start("killed", **settings))
    assert any(
        t.startswith(("Continuing the", "An interrupted run had finished the training"))
        for t in told
    )
    found = contents(tmp_path / "killed")
    whole = contents(tmp_path / "whole")
    # Without a run's id from QGIS nobody removes what a killed engine left half-done.
    assert {n: c for n, c in found.items() if not n.startswith(".miaf-")} == whole
    assert not any(".checkpoint" in path.name for path in (tmp_path / "kept").iterdir()
                   if not path.name.startswith("."))  # fmt: skip


class Told(Progress):
    def __init__(self):
        self.texts = []

    def warning(self, message):
        self.texts.append(message)


def on_a_small_gpu(monkeypatch, error, **more):
    """Give the engine a graphics card whose memory is too small at the third step."""
    card = devices.Device("cuda:0", "CUDA device 0", **more)
    fit, tried = trainer.fit, []

    def short(network, areas, *arguments, device, **others):
        tried.append(str(device))
        if torch.device(device).type == "cuda":
            with torch.no_grad():
                next(network.parameters()).add_(1)  # as if steps were done
            raise error
        return fit(network, areas, *arguments, device=device, **others)

    monkeypatch.setattr(trainer, "fit", short)
    choose = "miaf_engine.tasks.train.setup.choose_device"
    monkeypatch.setattr(choose, lambda *_: card)
    return tried


SHORT = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
APPLE = RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)")


@pytest.mark.parametrize("error", [SHORT, APPLE], ids=["cuda", "mps"])
def test_a_short_gpu_lets_the_cpu_train_and_says_so(
    given, tmp_path, monkeypatch, error
):
    files = [tmp_path / f"{name}.miaf.safetensors" for name in ("cpu", "gpu")]
    more = {"created_utc": "2026-01-01T00:00:00+00:00"}
    train(TrainRequest(**given, model=str(files[0]), **more), Progress())
    tried = on_a_small_gpu(monkeypatch, error, may_fall_back=True)
    listener = Told()
    request = TrainRequest(**given, model=str(files[1]), **more)
    figures = train(request, listener)["figures"]
    # The models of three folds, and the map's: the card is tried once.
    assert tried == ["cuda:0", *["cpu"] * 4]
    assert figures["device"] == "cpu"
    assert "in place of cuda:0: its memory is too small" in figures["device_reason"]
    assert sum("The CPU takes over from cuda:0" in text for text in listener.texts) == 1
    # The weights are those of a training on the CPU; the card of the model says more.
    one, two = (devices.torch.tensor(list(path.read_bytes()[-2000:])) for path in files)
    assert torch.equal(one, two)


def test_a_short_gpu_that_was_asked_for_is_an_error(given, tmp_path, monkeypatch):
    tried = on_a_small_gpu(monkeypatch, SHORT)
    model = tmp_path / "m.miaf.safetensors"
    with pytest.raises(MemoryShortError, match="cuda:0") as caught:
        train(TrainRequest(**given, model=str(model)), Progress())
    assert "auto" in caught.value.hint
    assert tried == ["cuda:0"]
    assert not model.exists()


def test_other_errors_of_a_gpu_are_not_hidden(given, tmp_path, monkeypatch):
    on_a_small_gpu(
        monkeypatch, RuntimeError("CUDA error: misaligned"), may_fall_back=True
    )
    with pytest.raises(RuntimeError, match="misaligned"):
        train(TrainRequest(**given, model=str(tmp_path / "m.safetensors")), Progress())
