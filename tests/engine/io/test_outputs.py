"""Outputs appear whole or not at all."""

import errno
from pathlib import Path

import pytest

from miaf_engine.errors import Cancelled, ConfigError, FileError
from miaf_engine.io import outputs
from miaf_engine.io.outputs import (
    check_writable,
    discard_all,
    pending,
    scratch_folder,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_and_side_files_move_into_place(tmp_path):
    target = tmp_path / "map ü.dat"
    with pending(target) as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".dat"
        assert temporary.name.startswith(f".miaf-{outputs.run_id()}-")
        temporary.write_text("data")
        temporary.with_suffix(".hdr").write_text("header")
        temporary.with_name(f"{temporary.name}.aux.xml").write_text("names")
        assert not target.exists()
    assert names(tmp_path) == ["map ü.dat", "map ü.dat.aux.xml", "map ü.hdr"]
    assert target.read_text() == "data"


@pytest.mark.parametrize("error", [ValueError, Cancelled, KeyboardInterrupt])
def test_failure_leaves_the_old_file_and_nothing_else(tmp_path, error):
    target = tmp_path / "map.tif"
    target.write_text("old")
    side = tmp_path / "map.tif.aux.xml"
    side.write_text("old names")
    with pytest.raises(error), pending(target) as temporary:
        temporary.write_text("half")
        temporary.with_name(f"{temporary.name}.aux.xml").write_text("half")
        raise error
    assert names(tmp_path) == ["map.tif", "map.tif.aux.xml"]
    assert target.read_text() == "old"
    assert side.read_text() == "old names"


def test_stale_side_files_go_and_those_of_other_files_stay(tmp_path):
    for name in ("map.tif", "map.tif.aux.xml", "map.tif.ovr", "map.hdr", "map.img"):
        (tmp_path / name).write_text("old")
    with pending(tmp_path / "map.tif") as temporary:
        temporary.write_text("new")
    assert names(tmp_path) == ["map.hdr", "map.img", "map.tif"]


def test_two_outputs_with_names_alike_keep_apart(tmp_path):
    with pending(tmp_path / "map.tif") as first:
        first.write_text("1")
        with (
            pytest.raises(ValueError, match="stop"),
            pending(tmp_path / "map.dat") as second,
        ):
            second.write_text("2")
            second.with_suffix(".hdr").write_text("2")
            raise ValueError("stop")
        with pending(tmp_path / "map.tif.json") as third:
            third.write_text("3")
    assert names(tmp_path) == ["map.tif", "map.tif.json"]


def test_nothing_written_is_an_error(tmp_path):
    with pytest.raises(FileError, match="nothing was written"), pending(tmp_path / "a"):
        pass


def test_full_disk_names_the_target_and_the_reason(tmp_path):
    with (
        pytest.raises(FileError, match=r"a\.html.*No space left.*Free some space"),
        pending(tmp_path / "a.html"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_unrelated_system_errors_pass_unchanged(tmp_path):
    with (
        pytest.raises(FileNotFoundError) as caught,
        pending(tmp_path / "a.html"),
    ):
        (tmp_path / "missing").read_text()
    assert not isinstance(caught.value, FileError)


def test_discard_all_removes_what_is_unfinished(tmp_path):
    context = pending(tmp_path / "a.tif")
    context.__enter__().write_text("half")
    discard_all()
    assert names(tmp_path) == []


def test_a_scratch_folder_is_gone_at_the_end(tmp_path):
    with pytest.raises(KeyError), scratch_folder(tmp_path / "map.tif") as folder:
        assert folder.is_dir()
        assert folder.name == f".miaf-{outputs.run_id()}-map-parts"
        (folder / "part").touch()
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    with scratch_folder(tmp_path / "map.tif") as folder:
        (folder / "part").touch()
        discard_all()
        assert list(tmp_path.iterdir()) == []
    with (
        pytest.raises(FileError, match="No such file"),
        scratch_folder(tmp_path / "gone" / "map.tif"),
    ):
        pass


def test_run_id_is_in_the_names_and_checked(tmp_path, monkeypatch):
    monkeypatch.setattr(outputs._RUN, "id", "0" * 12)
    outputs.set_run_id("abcDEF123")
    path = outputs.temporary_path(tmp_path / "a.tif")
    assert path == tmp_path / ".miaf-abcDEF123-a.tif"
    for bad in ("", "short", "../../../../etc", "a" * 33):
        with pytest.raises(ConfigError, match="run id"):
            outputs.set_run_id(bad)


def test_check_writable(tmp_path):
    check_writable(tmp_path / "a.TIF", {".tif"})
    assert names(tmp_path) == []
    with pytest.raises(FileError, match=r"ends in '\.jpg'.*\.tif"):
        check_writable(tmp_path / "a.jpg", {".tif"})
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileError, match="is a file, not a folder"):
        check_writable(tmp_path / "file" / "a.tif")
    with pytest.raises(FileError, match=r"the folder .* does not exist"):
        check_writable(tmp_path / "missing" / "a.tif")
    (tmp_path / "b.tif").mkdir()
    with pytest.raises(FileError, match="is a folder"):
        check_writable(tmp_path / "b.tif")
    with pytest.raises(FileError, match="Cannot write"):
        check_writable(tmp_path / ("x" * 250 + ".tif"))
