"""Reads numeric arrays from .mat and .npy files; nothing is ever unpickled."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import InputError, RasterFileError
from miaf_engine.io.gdal import refuse_network
from miaf_engine.io.paths import is_file, why_unseen
from miaf_engine.tasks.import_benchmark.mat_file import (
    NUMBERS,
    ArrayInfo,
    mat_arrays,
    read_mat_array,
)

SUFFIXES = (".mat", ".npy")
# The published scenes are below 1 GB. Above this an array does not fit into the memory
# of an ordinary machine, and such a size is more likely a damaged header.
MAX_BYTES = 16 * 2**30
MAX_AXES = 4
_NPY = b"\x93NUMPY"


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
    listed = ", ".join(item.label for item in arrays) or "nothing"
    if wanted:
        found = [item for item in arrays if item.name == wanted]
        if not found:
            raise InputError(
                f"There is no array '{wanted}' for the {what}.",
                hint=f"The file holds {listed}.",
            )
    else:
        found = [i for i in arrays if i.kind == NUMBERS and fits(i.shape)]
        found = found or (list(arrays) if len(arrays) == 1 else [])
    if len(found) != 1:
        candidates = ", ".join(item.label for item in found)
        raise InputError(
            f"Several arrays could be the {what}: {candidates}."
            if found
            else f"No array is plainly the {what}; the file holds {listed}.",
            hint=f"Name one with {option}.",
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


def _checked(path: str | os.PathLike[str]) -> Path:
    refuse_network(path)
    file = Path(path)
    if file.suffix.lower() not in SUFFIXES:
        raise RasterFileError(
            f"'{file}' is no array file that can be imported.",
            hint=f"Use one of {', '.join(SUFFIXES)}; GeoTIFF and ENVI open directly.",
        )
    if reason := why_unseen(file):
        raise RasterFileError(
            f"Cannot read '{file}': {reason}.", hint="Check the path."
        )
    if not is_file(file):
        raise RasterFileError(f"There is no file '{file}'.", hint="Check the path.")
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
            f"Cannot read '{file}': "
            + (
                "it holds Python objects, which may run code."
                if pickled
                else "the file is damaged or cut short."
            ),
            hint="Save plain numbers." if pickled else "Copy it again.",
        ) from error
    if array is None:
        raise RasterFileError(f"'{file}' is no .npy file.")
    return np.asarray(array)


def _check_usable(item: ArrayInfo, what: str) -> None:
    """Raise InputError for an array that is not of real numbers, empty or too large."""
    if item.kind != NUMBERS:
        shown = "complex numbers" if item.kind == "complex" else f"a {item.kind}"
        shown = "no numbers" if item.kind == "no numbers" else shown
        raise InputError(
            f"The {what}, {item.label}, is {shown}; real numbers are needed."
            if shown != "no numbers"
            else f"The {what}, {item.label}, holds no numbers.",
            hint="Save it as a plain numeric array.",
        )
    if not 1 <= len(item.shape) <= MAX_AXES or 0 in item.shape:
        raise InputError(f"The {what}, {item.label}, has no pixels.")
    if math.prod(item.shape) * 8 > MAX_BYTES:
        raise InputError(
            f"The {what}, {item.label}, is larger than {MAX_BYTES // 2**30} GiB as "
            "numbers of 8 bytes.",
            hint="Cut it first.",
        )
