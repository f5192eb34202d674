"""A disk that is really full, really read-only, really gone: root may mount one."""

import os
import shutil
import subprocess
import sys

import pytest

from miaf_engine.errors import FileError, MiafError
from miaf_engine.io.outputs import check_writable, pending
from miaf_engine.requests import TASKS
from miaf_engine.tasks import carry_out
from tests import tiny
from tests.scenes import Recorder

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"),
    reason="only root may mount a small file system, and only on Linux",
)


def mount(*words):
    done = subprocess.run(["mount", *map(str, words)], capture_output=True)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.decode().strip()}")


@pytest.fixture
def disk(tmp_path):
    """Mount a disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", folder)
    yield folder
    while os.path.ismount(folder):
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk, leave=0):
    """Fill the disk but for some bytes."""
    free = shutil.disk_usage(disk).free
    (disk / "filler").write_bytes(bytes(max(free - leave, 0)))


def names(disk):
    return sorted(path.name for path in disk.iterdir())


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Train once; return the inputs with a model and the old results' bytes."""
    folder = tmp_path_factory.mktemp("given")
    values = tiny.inputs(folder)
    model = str(folder / "m.miaf.safetensors")
    carry_out(TASKS["train"](**values, model=model), Recorder())
    return {**values, "trained": model}


@pytest.mark.parametrize("leave", [0, 4096, 20_000, 60_000, 200_000])
@pytest.mark.parametrize("task", ["train", "classify"])
def test_a_full_disk_keeps_the_old_results(disk, given, task, leave):
    targets = {
        "output": disk / "map.tif",
        "confidence": disk / "confidence.tif",
        "model" if task == "train" else "probabilities": disk / "other.tif",
    }
    if task == "train":
        targets["model"] = disk / "m.miaf.safetensors"
        targets["report"] = disk / "report.html"
    for path in targets.values():
        path.write_bytes(b"old")
    fill(disk, leave)
    before = names(disk)
    request = {key: str(path) for key, path in targets.items()}
    if task == "train":
        inputs = {key: value for key, value in given.items() if key != "trained"}
    else:
        inputs = {"cube": given["cube"], "model": given["trained"], "device": "cpu"}
    try:
        carry_out(TASKS[task](**inputs, **request), Recorder())
    except MiafError as error:
        assert "space" in str(error)
        assert "Free some space" in str(error)
        assert names(disk) == before
        assert {path.read_bytes() for path in targets.values()} == {b"old"}
    else:
        assert leave >= 60_000
        assert task == "classify"  # A report does not fit.
        assert all(path.stat().st_size > 3 for path in targets.values())


def test_a_read_only_disk(disk):
    target = disk / "a.html"
    target.write_text("old")
    mount("-o", "remount,ro", disk)
    with pytest.raises(FileError, match=r"Read-only file system|read-only"):
        check_writable(target)
    with (
        pytest.raises(FileError, match="Read-only file system"),
        pending(target) as path,
    ):
        path.write_text("new")
    assert target.read_text() == "old"


def test_a_disk_that_is_removed(disk):
    with (
        pytest.raises(FileError, match="nothing was written"),
        pending(disk / "a.html") as path,
    ):
        path.write_text("new")
        subprocess.run(["umount", "-l", str(disk)], check=True)
    assert names(disk) == []
