"""A coarse map now and then while a training runs, so that a person sees it grow."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from miaf_engine.classes import ClassTable
from miaf_engine.errors import FileError
from miaf_engine.io.outputs import pending
from miaf_engine.progress import SILENT, Progress
from miaf_engine.training.batch import Batch

# Of the time of the training itself.
_MOST_SHARE = 0.05
_EVERY_S = 3.0
# A cancelled training has two seconds to end.
_LONGEST_S = 1.0
# What the first preview may take, in the time of an epoch: it scores all pixels with
# all heads, where a step scores the labelled ones, but it has no way back.
_FIRST_COSTS = 2.0
# Pixels along the longer side: it is seen beside a curve.
_LARGEST = 400
_MOST_CLASSES = 255  # and 0, in a picture of bytes


class Previews:
    """Writes the map of a training to a file, where someone wants to see it.

    It is drawn on what is trained on: the whole scene, or the windows around areas of a
    large one. Without a file in `progress` nothing is done.

    Args:
        classes: Names and colours of the classes.
        progress: Tells where the file goes.
        clock: Gives seconds that never go back.
    """

    def __init__(
        self,
        classes: ClassTable,
        progress: Progress,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._colours = classes.colours
        wanted = len(self._colours) <= _MOST_CLASSES
        self._file = progress.preview_file() if wanted else None
        self._clock = clock
        self._began = self._shown = self._asked = clock()
        self._spent = 0.0
        self._cost: float | None = None

    def offer(
        self,
        batches: Sequence[Batch],
        draw: Callable[[], Sequence[Tensor]],
        epoch: int,
        progress: Progress = SILENT,
    ) -> None:
        """Write the map after an epoch, if one is due.

        Args:
            batches: What is trained on.
            draw: Returns the class 0..K-1 of the valid pixels of each batch, (V,).
            epoch: The epoch.
            progress: Is told of the file.
        """
        if self._file is None:
            return
        began = self._clock()
        if not self._is_due(began):
            self._asked = began
            return
        try:
            codes = _picture(batches, draw())
            with pending(self._file, at_once=True) as temporary:
                temporary.write_bytes(png(codes, self._colours))
            progress.preview(epoch)
        except (FileError, OSError, torch.cuda.OutOfMemoryError):
            self._file = None  # A training is worth more than a look at it.
        self._asked = self._shown = self._clock()
        self._cost = self._asked - began
        self._spent += self._cost

    def _is_due(self, now: float) -> bool:
        """Return whether another one is wanted, and costs little enough."""
        trained = now - self._began - self._spent
        epoch = now - self._asked
        cost = _FIRST_COSTS * epoch if self._cost is None else self._cost
        return (
            now - self._shown >= _EVERY_S
            and cost <= _LONGEST_S
            and self._spent + cost <= _MOST_SHARE * trained
        )


def _picture(batches: Sequence[Batch], classes: Sequence[Tensor]) -> NDArray[np.uint8]:
    """Return the classes where the batches lie in the cube, thinned: 1..K, 0 = none."""
    windows = [window for batch in batches for _, window in batch.places]
    top, left = min(w.row for w in windows), min(w.column for w in windows)
    height = max(w.row + w.height for w in windows) - top
    width = max(w.column + w.width for w in windows) - left
    step = -(-max(height, width) // _LARGEST)
    codes = np.zeros((-(-height // step), -(-width // step)), dtype=np.uint8)
    for batch, found in zip(batches, classes, strict=True):
        own = np.zeros(batch.layout.height * batch.layout.width, dtype=np.uint8)
        pixels = batch.layout.pixels
        own[slice(None) if pixels is None else pixels.cpu().numpy()] = (
            found.to(torch.uint8).cpu().numpy() + 1
        )
        whole = own.reshape(batch.layout.height, batch.layout.width)
        for place, window in batch.places:
            rows, to_rows = _kept(window.row - top, window.height, step)
            columns, to_columns = _kept(window.column - left, window.width, step)
            codes[to_rows, to_columns] = whole[place.slices][rows, columns]
    return codes


def _kept(start: int, length: int, step: int) -> tuple[slice, slice]:
    """Return which lines of a window a thinned picture has, and where they go."""
    first = -start % step
    count = len(range(first, length, step))
    to = (start + first) // step
    return slice(first, length, step), slice(to, to + count)


def png(codes: NDArray[np.uint8], colours: Sequence[str]) -> bytes:
    """Return a picture as a PNG file; 0 is transparent.

    Args:
        codes: uint8 (H, W), number of the colour from 1.
        colours: `#rrggbb`, 255 at most.
    """

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    height, width = codes.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = bytes(3) + b"".join(bytes.fromhex(colour[1:]) for colour in colours)
    # Each row begins with the number of its filter, 0 for none.
    rows = np.pad(codes, ((0, 0), (1, 0))).tobytes()
    chunks = (
        *((b"IHDR", header), (b"PLTE", palette), (b"tRNS", b"\0")),
        *((b"IDAT", zlib.compress(rows)), (b"IEND", b"")),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)
