"""Independent parts of a network at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import torch

Found = TypeVar("Found")

_threads: int | None = None


def threads() -> int:
    """Return how many threads a run computes with."""
    return torch.get_num_threads() if _threads is None else _threads


@contextmanager
def calls_in_threads(count: int) -> Iterator[None]:
    """Let `side_by_side` compute each call in a thread, and each operator in one.

    Threads that share each operator wait for each other at its end. Beside another busy
    program they do little else. Calls wait for nothing until all are done, and what
    they compute does not depend on the number of threads.

    Args:
        count: How many calls are computed at once; what `threads` returns meanwhile.
    """
    global _threads  # noqa: PLW0603 - as is torch's own number
    before, operators = _threads, torch.get_num_threads()
    _threads = count
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(operators)
        _threads = before


def side_by_side(calls: Sequence[Callable[[], Found]]) -> list[Found]:
    """Return what each call computes.

    In a recording for CUDA they run on streams of their own: a kernel of a small scene
    occupies a part of the device for so short a time that a recording is bound by their
    sequence. Without gradients, and within `calls_in_threads`, they run in threads.
    Elsewhere they run one after the other.
    """
    if torch.cuda.is_available() and torch.cuda.is_current_stream_capturing():
        return _on_streams(calls)
    count = min(_threads or 1, len(calls))
    if count > 1 and not torch.is_grad_enabled():
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(_without_gradient, calls))
    return [call() for call in calls]


def _without_gradient(call: Callable[[], Found]) -> Found:
    with torch.no_grad():  # of this thread
        return call()


def _on_streams(calls: Sequence[Callable[[], Found]]) -> list[Found]:
    main = torch.cuda.current_stream()
    others = [torch.cuda.Stream() for _ in calls[1:]]
    for stream in others:  # before the first call, which they need not wait for
        stream.wait_stream(main)
    found = []
    for stream, call in zip([main, *others], calls, strict=False):
        with torch.cuda.stream(stream):
            found.append(call())
    for stream in others:
        main.wait_stream(stream)
    return found
