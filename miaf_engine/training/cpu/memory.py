"""Memory that is kept from one training step to the next."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import torch

# Of glibc's malloc.h: what is set, and what holds where nothing was set.
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_NEVER, _NO_MAPPINGS = -1, 0
_LARGEST_TRIM, _DEFAULT_MAPPINGS = 64 * 2**20, 65_536


@contextmanager
def freed_memory_kept(device: torch.device | str = "cpu") -> Iterator[None]:
    """Keep freed memory in this process while in the context; give it back after.

    glibc returns every block above 32 MiB to the system as soon as it is freed. Each
    step of a large scene would then get its memory again, page by page and filled with
    zeros, which takes longer than computing. Other C libraries are left as they are.

    Args:
        device: Where the network is; only the CPU's memory is kept.
    """
    library = _glibc() if torch.device(device).type == "cpu" else None
    if library is None:
        yield
        return
    library.mallopt(_MMAP_MAX, _NO_MAPPINGS)
    library.mallopt(_TRIM_THRESHOLD, _NEVER)
    try:
        yield
    finally:
        library.mallopt(_MMAP_MAX, _DEFAULT_MAPPINGS)
        library.mallopt(_TRIM_THRESHOLD, _LARGEST_TRIM)
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """Return the C library of this process if it is glibc."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
