"""Independent parts of a network at the same time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import torch

Found = TypeVar("Found")


def side_by_side(calls: Sequence[Callable[[], Found]]) -> list[Found]:
    """Return what each call computes; in a recording for CUDA they run in parallel.

    A kernel of a small scene occupies a part of the device for so short a time that a
    recording is bound by their sequence. Elsewhere the calls run one after the other.
    """
    if not (torch.cuda.is_available() and torch.cuda.is_current_stream_capturing()):
        return [call() for call in calls]
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
