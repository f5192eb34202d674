"""Arrays from .mat and .npy files: equal to the source, or refused in one sentence."""

import os
import re

import h5py
import numpy as np
import pytest
from scipy.io import savemat
from scipy.sparse import eye

from miaf_engine.errors import FileError, InputError, RasterFileError
from miaf_engine.tasks.import_benchmark import arrays as array_file
from miaf_engine.tasks.import_benchmark.arrays import (
    choose_array,
    list_arrays,
    read_array,
)

CUBE = np.arange(24, dtype="int16").reshape(2, 3, 4) - 5


def write_73(path, arrays, classes=None):
    """Write arrays the way MATLAB does: a user block, column by column, its class."""
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, values in arrays.items():
            file[name] = np.asarray(values).T
            kind = (classes or {}).get(name)
            if kind:
                file[name].attrs["MATLAB_class"] = np.bytes_(kind)
    with path.open("r+b") as stream:
        stream.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64")
    return path


def any_shape(_shape):
    return True


def pick(path, wanted=None, fits=any_shape):
    return choose_array(list_arrays(path), wanted, fits, "cube in 'a'", "cube_variable")


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "float32", "float64"])
@pytest.mark.parametrize("way", ["npy", "npy F", "npy >", "v5", "v5 packed", "v7.3"])
def test_values_shape_and_type_come_back(way, dtype, tmp_path):
    values = np.abs(CUBE).astype(dtype)
    path = tmp_path / ("a.npy" if way.startswith("npy") else "a.MAT")
    if way.startswith("npy"):
        order = "F" if "F" in way else "C"
        swapped = (
            values.astype(values.dtype.newbyteorder(">")) if ">" in way else values
        )
        np.save(path, np.asarray(swapped, order=order))
    elif way == "v7.3":
        write_73(path, {"a": values}, {"a": "double"})
    else:
        savemat(path, {"a": values}, appendmat=False, do_compression="packed" in way)
    found = read_array(path, pick(path).name)
    assert found.dtype == np.dtype(dtype)
    assert found.dtype.isnative
    assert np.array_equal(found, values)


def test_logical_arrays_are_numbers(tmp_path):
    path = tmp_path / "a.mat"
    savemat(path, {"a": CUBE > 0})
    assert np.array_equal(read_array(path, pick(path).name), CUBE > 0)


def test_the_only_array_that_fits_is_taken(tmp_path):
    path = tmp_path / "a.mat"
    savemat(path, {"x": 3.0, "cube": CUBE, "text": "hello", "gt": CUBE[:, :, 0]})
    assert pick(path, fits=lambda shape: len(shape) == 3).name == "cube"
    assert pick(path, "gt").shape == (2, 3)
    with pytest.raises(InputError, match=r"Several.*cube \(2 x 3 x 4\), gt \(2 x 3\)"):
        pick(path, fits=lambda shape: shape[0] == 2)
    with pytest.raises(
        InputError, match=r"not clear which.*gt \(2 x 3\).*cube_variable"
    ):
        pick(path, fits=lambda shape: len(shape) == 4)
    with pytest.raises(InputError, match=r"no array 'y'.*cube"):
        pick(path, "y")


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (CUBE + 1j, "complex"),
        (np.array([CUBE, "x"], dtype=object), "cell"),
        ({"a": CUBE}, "struct"),
        ("text", "char"),
        (eye(4).tocsc(), "sparse"),
        (np.zeros((0, 3, 4)), "no pixels"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(values, what, tmp_path):
    path = tmp_path / "a.mat"
    savemat(path, {"a": values})
    with pytest.raises(InputError, match=what):
        read_array(path, pick(path, "a").name)


def test_v73_things_that_are_no_arrays_are_refused(tmp_path):
    other = tmp_path / "secret.h5"
    with h5py.File(other, "w") as file:
        file["a"] = CUBE
    path = tmp_path / "a.mat"
    with h5py.File(path, "w") as file:
        file.create_dataset("cell", (2, 2), dtype=h5py.ref_dtype)
        file["cell"].attrs["MATLAB_class"] = np.bytes_("cell")
        file["text"] = np.zeros((2, 2), dtype="uint16")
        file["text"].attrs["MATLAB_class"] = np.bytes_("char")
        file["pairs"] = np.zeros(3, dtype=[("real", "f8"), ("imag", "f8")])
        file.create_group("struct").attrs["MATLAB_class"] = np.bytes_("struct")
        file.create_group("#refs#")
        file["away"] = h5py.ExternalLink(str(other), "a")
        file["soft"] = h5py.SoftLink("/cell")
        file.create_dataset(
            "raw",
            shape=(3,),
            dtype="u1",
            external=[(str(other), 0, h5py.h5f.UNLIMITED)],
        )
        layout = h5py.VirtualLayout(shape=CUBE.shape, dtype=CUBE.dtype)
        layout[:] = h5py.VirtualSource(str(other), "a", shape=CUBE.shape)
        file.create_virtual_dataset("virtual", layout)
    refused = {
        "cell": "(cell)", "text": "(char)", "pairs": "(complex)", "struct": "(struct)",
        "away": "link", "soft": "link", "raw": "another file",
        "virtual": "another file",
    }  # fmt: skip
    assert {item.name for item in list_arrays(path)} == set(refused)
    for name, what in refused.items():
        with pytest.raises(InputError, match=re.escape(what)):
            pick(path, name)


class Trap:
    """Would run code if it were unpickled."""

    def __reduce__(self):
        return os.mkdir, (os.environ["TRAP"],)


def test_pickles_are_never_loaded(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAP", str(tmp_path / "sprung"))
    path = tmp_path / "a.npy"
    np.save(path, np.array([Trap()], dtype=object), allow_pickle=True)
    with pytest.raises(RasterFileError, match="Python objects"):
        list_arrays(path)
    np.array([Trap()], dtype=object).dump(path)
    with pytest.raises(RasterFileError, match=r"not a \.npy file"):
        list_arrays(path)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("way", ["npy", "v5", "v7.3"])
@pytest.mark.parametrize("kept", [0, 3, 60, 140, 300, 0.5, 0.9])
def test_truncated_files_are_refused(way, kept, tmp_path):
    values = np.random.default_rng(1).integers(0, 999, (20, 30, 10)).astype("int16")
    path = tmp_path / ("a.npy" if way == "npy" else "a.mat")
    if way == "npy":
        np.save(path, values)
    elif way == "v5":
        savemat(path, {"a": values}, do_compression=True)
    else:
        write_73(path, {"a": values})
    whole = path.read_bytes()
    path.write_bytes(whole[: kept if kept >= 1 else int(kept * len(whole))])
    with pytest.raises((FileError, InputError)) as caught:
        read_array(path, pick(path).name)
    assert "\n" not in str(caught.value)


def test_garbage_never_gets_through_as_a_defect(tmp_path):
    """Single bytes of a good file are changed: an answer or one sentence."""
    rng = np.random.default_rng(2)
    path = tmp_path / "a.mat"
    savemat(path, {"a": CUBE, "b": "text", "c": {"d": 1}})
    whole = path.read_bytes()
    for _ in range(300):
        broken = bytearray(whole)
        for place in rng.integers(0, len(whole), 3):
            broken[place] = rng.integers(0, 256)
        path.write_bytes(bytes(broken))
        try:
            read_array(path, pick(path, "a").name)
        except (FileError, InputError, MemoryError):
            pass


def test_files_that_are_none(tmp_path, monkeypatch):
    with pytest.raises(RasterFileError, match="no file"):
        list_arrays(tmp_path / "a.npy")
    with pytest.raises(RasterFileError, match=r"\.mat, \.npy"):
        list_arrays(tmp_path / "a.tif")
    with pytest.raises(FileError, match="not a local file"):
        list_arrays("https://example.org/a.mat")
    path = tmp_path / "a.npy"
    np.save(path, CUBE)
    monkeypatch.setattr(array_file, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="larger than"):
        pick(path)
