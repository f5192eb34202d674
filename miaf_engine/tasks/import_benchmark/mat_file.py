"""Reads arrays from MATLAB files, version 5 and version 7.3 (HDF5).

Nothing of a file is run: cells, structures and objects are named and never built, and
a version 7.3 file may not point into other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import MiafError, RasterFileError
from miaf_engine.tasks.import_benchmark import mat5

NUMBERS = "numbers"
_HDF5 = b"\x89HDF\r\n\x1a\n"
_USER_BLOCK = 512  # bytes before the HDF5 part of a MATLAB file
_NUMERIC_CLASSES = frozenset(
    ["double", "single", "logical"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)


@dataclass(frozen=True)
class ArrayInfo:
    """What is known of an array before it is read.

    Attributes:
        name: Name of the variable; empty in a .npy file.
        shape: Its shape as NumPy sees it, in MATLAB's order of the axes.
        kind: `NUMBERS`, or what else it is, as 'cell'.
    """

    name: str
    shape: tuple[int, ...]
    kind: str

    @property
    def label(self) -> str:
        """How a message calls the array."""
        size = " x ".join(map(str, self.shape)) or "one value"
        what = size if self.kind == NUMBERS else f"{self.kind}, {size}"
        return f"{self.name} ({what})" if self.name else what


def mat_arrays(path: Path) -> list[ArrayInfo]:
    """Return what a MATLAB file holds, without reading the values.

    Raises:
        RasterFileError: The file is damaged, cut short or no MATLAB file.
    """
    if _is_hdf5(path):
        with _hdf5(path) as file:
            return [_hdf5_info(file, name) for name in file if not name.startswith("#")]
    with _reading(path):
        return [
            ArrayInfo(entry.name, entry.shape, entry.kind or NUMBERS)
            for entry in mat5.entries(path)
        ]


def read_mat_array(path: Path, name: str) -> NDArray[Any]:
    """Return an array of a MATLAB file, in MATLAB's order of the axes.

    Version 5 stores whole numbers of a double array in fewer bytes; such an array
    keeps the type that it is stored in.

    Raises:
        RasterFileError: The array is damaged or cut short.
    """
    if _is_hdf5(path):
        with _hdf5(path) as file:
            # MATLAB writes column by column, and HDF5 reads row by row.
            return np.asarray(file[name][()]).T
    with _reading(path):
        entry = next(e for e in mat5.entries(path) if e.name == name)
        return mat5.read_entry(path, entry)


def _is_hdf5(path: Path) -> bool:
    with _reading(path), path.open("rb") as stream:
        head = stream.read(_USER_BLOCK + len(_HDF5))
    return head.startswith(_HDF5) or head[_USER_BLOCK:] == _HDF5


@contextmanager
def _hdf5(path: Path) -> Iterator[Any]:
    import h5py

    with _reading(path), h5py.File(path, "r") as file:
        yield file


def _hdf5_info(file: Any, name: str) -> ArrayInfo:
    import h5py

    if not isinstance(file.get(name, getlink=True), h5py.HardLink):
        return ArrayInfo(name, (), "link to another place")
    item = file[name]
    said = item.attrs.get("MATLAB_class", b"")
    kind = said.decode("latin-1") if isinstance(said, bytes) else str(said)
    if not isinstance(item, h5py.Dataset):
        return ArrayInfo(name, (), kind or "group")
    shape = tuple(item.shape or ())[::-1]
    if item.is_virtual or item.external:
        return ArrayInfo(name, shape, "values kept in another file")
    if item.dtype.names:
        complex_parts = set(item.dtype.names) == {"real", "imag"}
        return ArrayInfo(name, shape, "complex" if complex_parts else "records")
    numeric = item.dtype.kind in "biuf" and (not kind or kind in _NUMERIC_CLASSES)
    return ArrayInfo(name, shape, NUMBERS if numeric else kind or "no numbers")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn whatever the readers raise into one sentence."""
    try:
        yield
    except (MiafError, MemoryError, ModuleNotFoundError):
        raise
    # h5py does not say what it raises for a damaged file; it goes from OSError to
    # RuntimeError and KeyError.
    except Exception as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise RasterFileError(
            f"Cannot read '{path}': the file is damaged, cut short or no MATLAB file "
            f"({first.rstrip('.')}).",
            hint="Copy or download the file again.",
        ) from error
