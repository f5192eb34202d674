"""How much memory this process has used and the machine has left, and what it keeps."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MIB = 2**20

# Of glibc's malloc.h: what is set, and what holds where nothing was set.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
_NEVER, _NO_MAPPINGS = -1, 0
_LARGEST_TRIM, _DEFAULT_MAPPINGS = 64 * 2**20, 65_536
_keeping = 0  # contexts that keep memory; a training shows maps between its steps


def peak_memory_mb() -> float:
    """Return the largest resident memory of this process so far, in MiB."""
    if sys.platform == "win32":
        return _windows_peak() / _MIB
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_MIB if sys.platform == "darwin" else 2**10)


def total_memory_mb() -> float | None:
    """Return the memory of this machine in MiB, or None where it does not say."""
    if sys.platform == "win32":
        return _windows_memory().total / _MIB
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _MIB
    except (ValueError, OSError):
        return None


def free_memory_mb() -> float | None:
    """Return the memory that could be taken without swapping, in MiB.

    Returns:
        None where the system does not say.
    """
    if sys.platform == "win32":
        return _windows_memory().free / _MIB
    meminfo = Path("/proc/meminfo")
    if not meminfo.exists():
        return None
    for line in meminfo.read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            free = int(line.split()[1]) / 2**10
            inside = _free_in_container_mb()
            return free if inside is None else min(free, inside)
    return None


def used_memory_mb() -> float:
    """Return the memory that this process holds now, in MiB; its peak if unknown."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / _MIB
    except (OSError, ValueError, AttributeError):
        return peak_memory_mb()


def share_one_heap() -> None:
    """Let all threads of this process take memory from one heap; before any starts.

    glibc gives threads heaps of their own, in which no array above 64 MiB fits. It gets
    such an array from the system each time, whatever `freed_memory_kept` says.
    """
    library = _glibc()
    if library is not None:
        library.mallopt(_ARENA_MAX, 1)


@contextmanager
def freed_memory_kept() -> Iterator[None]:
    """Keep freed memory in this process while in the context; give it back after.

    glibc returns every block above 32 MiB to the system as soon as it is freed. Each
    training step of a large scene, and each tile of a map, would then get its memory
    again, page by page and filled with zeros. For a step that takes longer than
    computing. Within another such context nothing is given back before that one ends.
    Other C libraries are left as they are.
    """
    global _keeping  # noqa: PLW0603 - it is the process whose memory is kept
    library = _glibc()
    if library is None:
        yield
        return
    library.mallopt(_MMAP_MAX, _NO_MAPPINGS)
    library.mallopt(_TRIM_THRESHOLD, _NEVER)
    _keeping += 1
    try:
        yield
    finally:
        _keeping -= 1
        if not _keeping:
            library.mallopt(_MMAP_MAX, _DEFAULT_MAPPINGS)
            library.mallopt(_TRIM_THRESHOLD, _LARGEST_TRIM)
            library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """Return the C library of this process if it is glibc."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None


def _free_in_container_mb(folder: Path = Path("/sys/fs/cgroup")) -> float | None:
    """Return what a control group's limit leaves, in MiB; None without a limit."""
    try:
        limit = int(folder.joinpath("memory.max").read_text(encoding="ascii"))
        used = int(folder.joinpath("memory.current").read_text(encoding="ascii"))
        facts = folder.joinpath("memory.stat").read_text(encoding="ascii")
    except (OSError, ValueError):  # no such group, or the word "max"
        return None
    # Files that the system keeps in memory make room when it is needed.
    cached = dict(line.split() for line in facts.splitlines()).get("inactive_file", 0)
    return max(limit - used + int(cached), 0) / _MIB


class _ProcessMemory(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of the Windows API."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("page_faults", ctypes.c_uint32),
        *((name, ctypes.c_size_t) for name in ("peak", "now", *"abcdef")),
    )


class _SystemMemory(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in ("total", "free", *"abcde")),
    )


def _windows_peak() -> int:
    counters = _ProcessMemory(size=ctypes.sizeof(_ProcessMemory))
    # Windows alone has these, and is checked for by the caller.
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size)
    return int(counters.peak)


def _windows_memory() -> _SystemMemory:
    status = _SystemMemory(size=ctypes.sizeof(_SystemMemory))
    # As above.
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.GlobalMemoryStatusEx(ctypes.byref(status))
    return status
