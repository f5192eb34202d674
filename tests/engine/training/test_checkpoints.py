"""An interrupted training continues, and ends with the bits of one that was not."""

import copy
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
import pytest
import torch
from platformdirs import windows
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from miaf_engine.errors import Cancelled, FileError
from miaf_engine.progress import Progress
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training import (
    checkpoint_files,
    checkpoints,
    loop,
)
from miaf_engine.training.checkpoint_files import (
    Checkpoints,
    cache_folder,
    digest_of,
)
from miaf_engine.training.loop import fit
from tests import tiny
from tests.test_layers import ENGINE, graph_of_modules, modules, unit

CONFIG = TrainConfig(epochs=12, learning_rate=0.02, final_percent=50)
NOTHING = np.zeros((tiny.HEIGHT, tiny.WIDTH), dtype=bool)


class Stopping(Progress):
    """Cancels after so many epochs, and keeps the messages."""

    def __init__(self, after=10**9):
        self.left, self.messages, self.kept_epochs = after, [], []

    def kept(self, number, stage=""):
        self.kept_epochs.append((number, stage))

    def advance(self, fraction, text=""):
        self.left -= 1

    def info(self, message):
        self.messages.append(message)

    def cancelled(self):
        return self.left <= 0


@pytest.fixture(scope="module")
def area():
    return tiny.area(tiny.hole())


@pytest.fixture(scope="module")
def others(area):
    """Return two areas: the order of steps is drawn as well."""
    return [area, tiny.area()]


@pytest.fixture
def kept(tmp_path):
    return lambda **more: Checkpoints(tmp_path / "kept", interval_s=0.0, **more)


def trained(areas, config=CONFIG, seed=0, **more):
    network = tiny.network(dropout=0.2)
    history = fit(network, areas, config, seed=seed, **more)
    return network.state_dict(), history


def assert_same(one, two):
    (weights, history), (others, other) = one, two
    assert digest_of(weights) == digest_of(others)
    for name in ("losses", "checks", "best_epoch", "final_epochs", "calibration"):
        assert getattr(history, name) == getattr(other, name)


# Epochs 1 to 12 choose, 13 to 18 learn the validation pixels as well.
@pytest.mark.parametrize("after", [1, 4, 9, 12, 13, 17, 18])
def test_it_ends_with_the_same_bits(others, kept, after):
    whole = trained(others)
    assert whole[1].final_epochs == 6
    with pytest.raises(Cancelled):
        trained(others, progress=Stopping(after), checkpoints=kept())
    listener, store = Stopping(), kept()
    assert_same(trained(others, progress=listener, checkpoints=store), whole)
    final = "final " if after > 12 else ""
    where = f"{final}epoch {after - 12 if final else after} of {6 if final else 12}"
    assert f"interrupted at {where}" in listener.messages[0]
    store.forget()
    assert list(store.folder.iterdir()) == []


def test_what_is_kept_is_reported(others, kept):
    listener = Stopping(14)
    with pytest.raises(Cancelled):
        trained(others, progress=listener, checkpoints=kept())
    first = [(number, "") for number in range(1, 13)]
    final = [(number, "With the validation set: ") for number in (1, 2)]
    assert listener.kept_epochs == first + final
    listener = Stopping(3)
    with pytest.raises(Cancelled):
        trained(others, progress=listener)
    assert listener.kept_epochs == []


def test_it_may_be_interrupted_again_and_again(others, kept):
    whole = trained(others)
    for _ in range(5):
        with pytest.raises(Cancelled):
            trained(others, progress=Stopping(3), checkpoints=kept())
    assert_same(trained(others, checkpoints=kept()), whole)


@pytest.mark.parametrize("after", [2, 11])
def test_without_validation_pixels(area, kept, after):
    alone = [replace(area, validation=NOTHING)]
    whole = trained(alone)
    with pytest.raises(Cancelled):
        trained(alone, progress=Stopping(after), checkpoints=kept())
    assert_same(trained(alone, checkpoints=kept()), whole)


def test_keeping_changes_nothing_and_what_is_finished_is_taken_over(area, kept):
    whole = trained([area])
    assert_same(trained([area], checkpoints=kept()), whole)
    listener = Stopping(after=1)  # would cancel at the first epoch
    assert_same(trained([area], progress=listener, checkpoints=kept()), whole)
    assert "had finished" in listener.messages[0]


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 1},
        {"config": replace(CONFIG, learning_rate=0.01)},
        {"config": replace(CONFIG, epochs=13)},
    ],
    ids=str,
)
def test_another_training_does_not_go_on_from_it(area, kept, change):
    with pytest.raises(Cancelled):
        trained([area], progress=Stopping(5), checkpoints=kept())
    listener = Stopping()
    found = trained([area], progress=listener, checkpoints=kept(), **change)
    assert listener.messages == []
    assert_same(found, trained([area], **change))


def test_other_data_another_program_and_a_wish_start_again(area, kept, monkeypatch):
    with pytest.raises(Cancelled):
        trained([area], progress=Stopping(5), checkpoints=kept())
    labels = area.labels.copy()
    row, column = np.argwhere(area.training & area.scene.valid)[0]
    labels[row, column] = labels[row, column] % 3 + 1
    for areas, more in (
        ([replace(area, labels=labels)], {}),
        ([area], {"resume": False}),
    ):
        listener = Stopping(2)
        with pytest.raises(Cancelled):
            trained(areas, progress=listener, checkpoints=kept(**more))
        assert listener.messages == []
    monkeypatch.setattr(checkpoints, "_program", lambda: "changed")
    listener = Stopping(2)
    with pytest.raises(Cancelled):
        trained([area], progress=listener, checkpoints=kept())
    assert listener.messages == []


def test_the_program_is_all_that_the_loop_imports():
    graph, found = graph_of_modules(), {"miaf_engine.training.loop"}
    while more := {used for own in found for used in graph[own]} - found:
        found |= more
    # They hold data, settings and files; none of them computes.
    passive = {"errors", "progress", "grid", "requests", "preprocessing", "io"}
    passive |= {"classes", "limits", "memory", "translation"}
    active = {name for name in found if unit(name) not in passive}
    files = {modules()[name].relative_to(ENGINE) for name in active}
    assert Path("models/network/miafnet.py") in files
    covered = {path for kind in checkpoints.PROGRAM for path in ENGINE.glob(kind)}
    assert {ENGINE / file for file in files} <= covered


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "text"])
def test_a_damaged_checkpoint_starts_again(area, kept, damage):
    whole = trained([area])
    with pytest.raises(Cancelled):
        trained([area], progress=Stopping(5), checkpoints=kept())
    (path,) = kept().folder.iterdir()
    content = bytearray(path.read_bytes())
    content[-1000] ^= 255
    cases = {"cut": content[:-9], "flipped": content, "emptied": b"", "text": b"x" * 99}
    path.write_bytes(cases[damage])
    listener = Stopping()
    assert_same(trained([area], progress=listener, checkpoints=kept()), whole)
    assert listener.messages == []


@pytest.fixture
def saved(monkeypatch):
    """Return the keys of what is saved, on a clock that goes two seconds an epoch."""
    found = []
    monkeypatch.setattr(Checkpoints, "save", lambda _, key, *__: found.append(key))
    clock = iter(range(0, 10_000, 2))  # a look is one an epoch
    monkeypatch.setattr(checkpoints.time, "monotonic", lambda: float(next(clock)))
    return found


def test_checkpoints_come_by_time(area, tmp_path, saved):
    store = Checkpoints(tmp_path, interval_s=19.0)
    trained([area], replace(CONFIG, final_percent=0, epochs=60), checkpoints=store)
    assert 3 <= len(saved) <= 7  # of 60, and one at the end
    assert len(set(saved)) == 1


def test_short_trainings_of_a_long_run_are_kept(area, tmp_path, saved):
    store = Checkpoints(tmp_path, interval_s=30.0)
    config = replace(CONFIG, final_percent=0, epochs=8)
    counts = []
    for seed in range(3):
        trained([area], config, seed=seed, checkpoints=store)
        counts.append(len(saved))
    assert counts == [0, 1, 2]
    with pytest.raises(Cancelled):
        trained([area], config, seed=3, checkpoints=store, progress=Stopping(0))
    assert len(saved) == 3


def test_a_short_training_leaves_nothing(area, tmp_path):
    with pytest.raises(Cancelled):
        trained([area], progress=Stopping(5), checkpoints=Checkpoints(tmp_path / "k"))
    trained([area], checkpoints=Checkpoints(tmp_path / "k"))
    assert not (tmp_path / "k").exists()


def test_a_folder_that_cannot_be_written_stops_nothing(area, tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = Checkpoints(tmp_path / "file", interval_s=0.0)
    listener = Stopping()
    assert_same(trained([area], progress=listener, checkpoints=store), trained([area]))
    assert len(listener.messages) == 1
    assert "cannot be saved" in listener.messages[0]


def test_a_full_disk_is_left_alone(kept, monkeypatch):
    usage = copy.copy(checkpoint_files.shutil.disk_usage("/"))._replace(free=10**6)
    monkeypatch.setattr(checkpoint_files.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(FileError, match="nearly full"):
        kept().save("x", {}, {"a": torch.zeros(3)})
    assert list(kept().folder.iterdir()) == []


def test_old_ones_halves_and_too_many_are_removed(kept, monkeypatch):
    store, now = kept(), time.time()
    ages = {"new": 0, "older": 3, "old": 15, ".miaf-12345678-half": 2}
    for name, days in ages.items():
        store.save(name, {}, {"a": torch.zeros(1000)})
        os.utime(store.path(name), (now - 86_400 * days,) * 2)
    (store.folder / "notes.txt").write_text("of someone else")
    store.tidy()
    names = {path.name.partition(".checkpoint")[0] for path in store.folder.iterdir()}
    assert names == {"new", "older", "notes.txt"}
    monkeypatch.setattr(checkpoint_files, "MOST_BYTES", 5000)
    store.tidy()
    assert not store.path("older").exists()
    assert store.path("new").exists()


def test_where_they_lie(monkeypatch, tmp_path):
    monkeypatch.delenv(checkpoint_files.FOLDER_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    # Only Windows itself can be asked where such folders are.
    asked = {"CSIDL_LOCAL_APPDATA": str(tmp_path)}
    monkeypatch.setattr(windows, "get_win_folder", asked.get)
    for system in (Unix, windows.Windows):
        monkeypatch.setattr(platformdirs, "PlatformDirs", system)
        assert cache_folder() == tmp_path / "miaf-engine"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    assert cache_folder().parts[-3:] == ("Library", "Caches", "miaf-engine")
    monkeypatch.setenv(checkpoint_files.FOLDER_VARIABLE, str(tmp_path / "x"))
    monkeypatch.setenv(checkpoint_files.INTERVAL_VARIABLE, "soon")
    store = Checkpoints.of_user(resume=False)
    assert (store.folder, store.resume) == (tmp_path / "x", False)
    assert store.interval_s == checkpoint_files.INTERVAL_S


def test_digests_tell_all_apart():
    values = [
        torch.zeros(2), torch.zeros(3), torch.zeros(2, dtype=torch.int64),
        torch.zeros(2, 1), torch.tensor(0.0), [torch.zeros(2)], {"a": torch.zeros(2)},
        None, 0, "0", 0.0, [], [[]], torch.zeros(0), -0.0, [1, 2], [12],
    ]  # fmt: skip
    assert len({digest_of(value) for value in values}) == len(values)


def test_history_is_the_same_after_a_round_trip(area):
    import json

    history = trained([area])[1]
    again = type(history).of(json.loads(json.dumps(history.kept())))
    assert again == history
    assert loop.History is type(history)
