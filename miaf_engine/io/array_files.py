"""Files with arrays, by which processes of one run hand them over."""

from __future__ import annotations

import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import FileError
from miaf_engine.io.outputs import failure
from miaf_engine.translation import tr

# What numpy raises for a file that is gone, cut short or of another kind.
_UNREADABLE = (OSError, ValueError, EOFError, zipfile.BadZipFile)


def write_arrays(path: str | os.PathLike[str], arrays: Mapping[str, Any]) -> None:
    """Write arrays into a file that is there whole or not at all.

    Args:
        path: The file; its folder may have gone, as that of a run that has ended.
        arrays: Arrays of numbers by name.

    Raises:
        FileError: The system refused (disk full, folder gone).
    """
    target = Path(path)
    # Not by the process's number: processes of two machines may write the same file.
    temporary = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    try:
        with temporary.open("wb") as file:
            np.savez(file, **arrays)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise failure(target, error) from error


def read_arrays(path: str | os.PathLike[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file that `write_arrays` has written.

    Raises:
        FileError: It cannot be read.
    """
    with _reading(path), np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def write_mask(path: str | os.PathLike[str], mask: NDArray[np.bool_]) -> None:
    """Write a mask, bool (H, W), for `mapped_mask`.

    Raises:
        FileError: The system refused.
    """
    try:
        with Path(path).open("wb") as file:
            np.save(file, mask)
    except OSError as error:
        raise failure(Path(path), error) from error


def mapped_mask(path: str | os.PathLike[str]) -> NDArray[np.bool_]:
    """Return a mask of a file, read-only: no more of it is read than is looked at.

    Raises:
        FileError: It cannot be read.
    """
    with _reading(path):
        mask: NDArray[np.bool_] = np.load(path, mmap_mode="r", allow_pickle=False)
    return mask


@contextmanager
def _reading(path: str | os.PathLike[str]) -> Iterator[None]:
    """Raise FileError where the file cannot be read."""
    try:
        yield
    except _UNREADABLE as error:
        raise FileError(
            tr("Cannot read '{path}': {reason}.").format(path=path, reason=error)
        ) from error
