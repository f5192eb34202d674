"""Reads numeric arrays from .mat and .npy files; nothing is ever unpickled."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import InputError, MiafError, RasterFileError
from miaf_engine.io.gdal import refuse_network
from miaf_engine.io.paths import is_file, why_unseen
from miaf_engine.tasks.import_benchmark import mat5
from miaf_engine.translation import marked, tr

NUMBERS = "numbers"
_HDF5 = b"\x89HDF\r\n\x1a\n"
_USER_BLOCK = 512  # bytes before the HDF5 part of a MATLAB file

_NUMERIC_CLASSES = frozenset(
    ["double", "single", "logical"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)

SUFFIXES = (".mat", ".npy")
# The published scenes are below 1 GB. Above this an array does not fit into the memory
# of an ordinary machine, and such a size is more likely a damaged header.
MAX_BYTES = 16 * 2**30
MAX_AXES = 4
_NPY = b"\x93NUMPY"


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
        size = " x ".join(map(str, self.shape)) or tr("one value")
        what = size if self.kind == NUMBERS else f"{tr(self.kind)}, {size}"
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
            values: NDArray[Any] = np.asarray(file[name][()]).T
            return values
    with _reading(path):
        entry = next(e for e in mat5.entries(path) if e.name == name)
        return mat5.read_entry(path, entry)


def list_arrays(path: str | os.PathLike[str]) -> list[ArrayInfo]:
    """Return what an array file holds, without reading the values.

    Raises:
        FileError: The path is not local.
        RasterFileError: The file is missing, of another format, damaged or cut short.
    """
    file = _checked(path)
    if file.suffix.lower() == ".mat":
        return mat_arrays(file)
    array = _npy(file)
    kinds = {"c": "complex", "b": NUMBERS, "i": NUMBERS, "u": NUMBERS, "f": NUMBERS}
    return [ArrayInfo("", array.shape, kinds.get(array.dtype.kind, "no numbers"))]


def choose_array(
    arrays: Sequence[ArrayInfo],
    wanted: str | None,
    fits: Callable[[tuple[int, ...]], bool],
    what: str,
    option: str,
) -> ArrayInfo:
    """Return the array that was named, or the only one that fits.

    Args:
        arrays: What the file holds.
        wanted: Name that the user gave, or None.
        fits: Tells from the shape whether an array can serve.
        what: How messages call what is looked for, as "cube in 'a.mat'".
        option: What names an array, for the hint.

    Raises:
        InputError: There is no such array, it cannot be used, or none or several fit.
    """
    listed = ", ".join(item.label for item in arrays) or tr("nothing")
    if wanted:
        found = [item for item in arrays if item.name == wanted]
        if not found:
            raise InputError(
                tr("There is no array '{name}' for the {what}.").format(
                    name=wanted, what=what
                ),
                hint=tr("The file holds {listed}.").format(listed=listed),
            )
    else:
        found = [i for i in arrays if i.kind == NUMBERS and fits(i.shape)]
        found = found or (list(arrays) if len(arrays) == 1 else [])
    if len(found) != 1:
        candidates = ", ".join(item.label for item in found)
        raise InputError(
            tr("Several arrays could be the {what}: {candidates}.").format(
                what=what, candidates=candidates
            )
            if found
            else tr(
                "It is not clear which array is the {what}. The file holds {listed}."
            ).format(what=what, listed=listed),
            hint=tr("Choose one with {option}.").format(option=option),
        )
    _check_usable(found[0], what)
    return found[0]


def read_array(path: str | os.PathLike[str], name: str) -> NDArray[Any]:
    """Return an array of real numbers in this machine's byte order.

    Args:
        path: File of one of `SUFFIXES`; .npy is mapped, not read.
        name: Name of the array; not used for .npy.

    Raises:
        RasterFileError: The file is damaged or cut short.
        InputError: The array is complex or holds no numbers.
    """
    file = _checked(path)
    array = read_mat_array(file, name) if file.suffix.lower() == ".mat" else _npy(file)
    kind = {"c": "complex"}.get(array.dtype.kind, "no numbers")
    if array.dtype.kind in "biuf":
        kind = NUMBERS
    _check_usable(ArrayInfo(name, array.shape, kind), f"array of '{file}'")
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    return array


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
        return ArrayInfo(name, (), marked("link to another place"))
    item = file[name]
    said = item.attrs.get("MATLAB_class", b"")
    kind = said.decode("latin-1") if isinstance(said, bytes) else str(said)
    if not isinstance(item, h5py.Dataset):
        return ArrayInfo(name, (), kind or "group")
    shape = tuple(item.shape or ())[::-1]
    if item.is_virtual or item.external:
        return ArrayInfo(name, shape, marked("values kept in another file"))
    if item.dtype.names:
        complex_parts = set(item.dtype.names) == {"real", "imag"}
        return ArrayInfo(
            name, shape, marked("complex") if complex_parts else marked("records")
        )
    numeric = item.dtype.kind in "biuf" and (not kind or kind in _NUMERIC_CLASSES)
    return ArrayInfo(name, shape, NUMBERS if numeric else kind or marked("no numbers"))


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
            tr(
                "Cannot read '{path}': the file is damaged, cut short or not a MATLAB "
                "file ({reason})."
            ).format(path=path, reason=first.rstrip(".")),
            hint=tr("Copy or download the file again."),
        ) from error


def _checked(path: str | os.PathLike[str]) -> Path:
    refuse_network(path)
    file = Path(path)
    if file.suffix.lower() not in SUFFIXES:
        raise RasterFileError(
            tr("'{file}' is not an array file that can be imported.").format(file=file),
            hint=tr("Use {names}. GeoTIFF and ENVI files need no import.").format(
                names=", ".join(SUFFIXES)
            ),
        )
    if reason := why_unseen(file):
        raise RasterFileError(
            tr("Cannot read '{path}': {reason}.").format(path=file, reason=reason),
            hint=tr("Check the path."),
        )
    if not is_file(file):
        raise RasterFileError(
            tr("There is no file '{path}'.").format(path=file),
            hint=tr("Check the path."),
        )
    return file


def _npy(file: Path) -> NDArray[Any]:
    try:
        with file.open("rb") as stream:
            known = stream.read(len(_NPY)) == _NPY
        # np.load would take another format for a pickle, or for several arrays.
        array = np.load(file, mmap_mode="r", allow_pickle=False) if known else None
    # The header is a Python literal, and NumPy hands on what its parser raises.
    except Exception as error:
        pickled = "object" in str(error).lower()
        raise RasterFileError(
            (
                tr("Cannot read '{path}': it holds Python objects, which may run code.")
                if pickled
                else tr("Cannot read '{path}': the file is damaged or cut short.")
            ).format(path=file),
            hint=tr("Save plain numbers.") if pickled else tr("Copy the file again."),
        ) from error
    if array is None:
        raise RasterFileError(tr("'{file}' is not a .npy file.").format(file=file))
    return np.asarray(array)


def _check_usable(item: ArrayInfo, what: str) -> None:
    """Raise InputError for an array that is not of real numbers, empty or too large."""
    if item.kind != NUMBERS:
        raise InputError(
            tr(
                "The {what}, {label}, holds other things than real numbers ({kind})."
            ).format(what=what, label=item.label, kind=tr(item.kind)),
            hint=tr("Save it as a plain numeric array."),
        )
    if not 1 <= len(item.shape) <= MAX_AXES or 0 in item.shape:
        raise InputError(
            tr("The {what}, {label}, has no pixels.").format(
                what=what, label=item.label
            )
        )
    if math.prod(item.shape) * 8 > MAX_BYTES:
        raise InputError(
            tr(
                "The {what}, {label}, is larger than {most} GiB as numbers of 8 bytes."
            ).format(what=what, label=item.label, most=MAX_BYTES // 2**30),
            hint=tr("Reduce it to a smaller part first."),
        )
