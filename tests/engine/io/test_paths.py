"""What lies at a path, where the system does not like to say."""

import os

import pytest

from miaf_engine.errors import FileError, RasterFileError, VectorFileError
from miaf_engine.io import outputs, pam
from miaf_engine.io.gdal import open_raster
from miaf_engine.io.paths import (
    is_file,
    is_folder,
    is_there,
    why_unseen,
)
from miaf_engine.labels.areas import read_areas
from miaf_engine.labels.mask import read_mask
from miaf_engine.tasks.import_benchmark import arrays, class_list
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.training.checkpoint_files import Checkpoints
from tests import scenes

LONG = "x" * 300


@pytest.fixture
def barred(tmp_path, monkeypatch):
    """Return a folder that may not be entered, also where a test runs as root."""
    folder = tmp_path / "barred"
    folder.mkdir()
    whole = os.stat

    def stat(path, **more):
        if str(path).startswith(f"{folder}{os.sep}"):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, **more)

    monkeypatch.setattr(os, "stat", stat)
    return folder


def test_what_is_there(tmp_path):
    file = tmp_path / "a.tif"
    file.touch()
    paths = [tmp_path, file, tmp_path / "none", file / "b", tmp_path / LONG]
    found = [(is_there(path), is_file(path), is_folder(path)) for path in paths]
    assert found[:2] == [(True, False, True), (True, True, False)]
    assert found[2:] == [(False, False, False)] * 3
    assert not is_there("a\0b")
    assert [why_unseen(path) for path in paths[:4]] == [None] * 4
    assert why_unseen(tmp_path / LONG) == "File name too long"
    assert "null" in why_unseen("a\0b")
    (tmp_path / "link").symlink_to("link")
    assert not is_there(tmp_path / "link") and why_unseen(tmp_path / "link")


@pytest.mark.parametrize("place", ["barred", "long"])
@pytest.mark.parametrize(
    ("name", "read", "error"),
    [
        ("a.tif", open_raster, RasterFileError),
        ("a.hdr", open_raster, RasterFileError),
        ("a.gpkg", lambda p: read_areas(p, None, scenes.grid()), VectorFileError),
        ("a.tif", lambda p: read_mask(str(p), None, scenes.grid()), RasterFileError),
        ("a.mat", arrays.list_arrays, RasterFileError),
        ("a.txt", lambda p: class_list.named_classes([1], str(p)), FileError),
        ("a.tif", outputs.check_writable, FileError),
    ],
)
def test_no_path_is_a_defect(barred, tmp_path, place, name, read, error):
    path = barred / name if place == "barred" else tmp_path / f"{LONG}{name}"
    with pytest.raises(error) as caught:
        read(path)
    if name != "a.txt":
        assert ("denied" if place == "barred" else "too long") in str(caught.value)


def test_a_link_to_itself_is_no_defect(tmp_path):
    loop = tmp_path / "a.tif"
    loop.symlink_to(loop.name)
    other = str(tmp_path / "b.tif")
    assert check_targets({"output": other}, [str(loop)]) == {"output": other}
    with pytest.raises(FileError, match="symbolic links"):
        check_targets({"output": str(loop)})


def test_many_class_names_are_no_path():
    names = [f"A class of the number {number}" for number in range(1, 40)]
    table = class_list.named_classes(list(range(1, 40)), ",".join(names))
    assert list(table.names) == names


def test_a_long_name_has_nothing_beside_it(tmp_path):
    name = f"{'x' * 247}.tif"  # with .aux.xml behind it no file can have it
    cube = scenes.write_tif(tmp_path / "a.tif", scenes.spectra(), scenes.grid())
    cube = cube.rename(tmp_path / name)
    assert pam.read_categories(cube) is None
    with open_raster(cube) as dataset:
        assert dataset.count == 6


def test_a_cache_that_may_not_be_entered_holds_no_checkpoint(barred):
    assert Checkpoints(barred / "checkpoints").load("key") is None
