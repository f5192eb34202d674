"""Arrays that one process hands to another."""

import numpy as np
import pytest

from miaf_engine.errors import FileError
from miaf_engine.io.array_files import (
    mapped_mask,
    read_arrays,
    write_arrays,
    write_mask,
)


def test_arrays_come_back_as_they_were(tmp_path):
    arrays = {
        "classes": np.arange(12, dtype=np.uint16).reshape(3, 4),
        "confidence": np.array([[0.1, np.nan]], np.float32),
        "valid": np.zeros((0, 2), bool),
    }
    write_arrays(tmp_path / "tile.npz", arrays)
    found = read_arrays(tmp_path / "tile.npz")
    assert found.keys() == arrays.keys()
    for name, values in arrays.items():
        assert found[name].dtype == values.dtype
        np.testing.assert_array_equal(found[name], values)
    assert [path.name for path in tmp_path.iterdir()] == ["tile.npz"]


def test_nothing_is_left_of_arrays_that_cannot_be_written(tmp_path, monkeypatch):
    with pytest.raises(FileError, match="Cannot write"):
        write_arrays(tmp_path / "gone" / "tile.npz", {})

    def full(file, **_):
        file.write(b"a part")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(FileError, match="No space left") as caught:
        write_arrays(tmp_path / "tile.npz", {"a": np.zeros(3)})
    assert "Free some space" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no arrays", b"PK\x03\x04 cut short"])
def test_files_that_hold_no_arrays_are_refused(tmp_path, content):
    path = tmp_path / "tile.npz"
    path.write_bytes(content)
    with pytest.raises(FileError, match="Cannot read"):
        read_arrays(path)
    with pytest.raises(FileError, match="Cannot read"):
        mapped_mask(path)
    with pytest.raises(FileError, match="Cannot read"):
        read_arrays(tmp_path / "gone.npz")


def test_objects_are_not_unpacked(tmp_path):
    np.savez(tmp_path / "tile.npz", a=np.array([{}], dtype=object))
    with pytest.raises(FileError, match="pickle"):
        read_arrays(tmp_path / "tile.npz")


def test_a_mask_is_not_read_before_it_is_looked_at(tmp_path):
    mask = np.eye(5, dtype=bool)
    write_mask(tmp_path / "mask.npy", mask)
    found = mapped_mask(tmp_path / "mask.npy")
    assert isinstance(found, np.memmap)
    assert not found.flags.writeable
    np.testing.assert_array_equal(found, mask)
    with pytest.raises(FileError):
        write_mask(tmp_path / "gone" / "mask.npy", mask)
