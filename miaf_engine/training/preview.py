"""A coarse map now and then while a training runs, so that a person sees it grow."""

from __future__ import annotations

import math
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
from miaf_engine.grid import Window
from miaf_engine.io.outputs import pending
from miaf_engine.progress import Progress
from miaf_engine.training.batch import Batch

# Of the time of the training itself.
_MOST_SHARE = 0.05
_EVERY_S = 3.0
# A cancelled training has two seconds to end.
_LONGEST_S = 1.0
# Every second or third line is enough to see fields, and scoring pixels is most of it.
_PIXELS = 10_000
_MOST_CLASSES = 255  # and 0, in a picture of bytes

# Returns the class 0..K-1 at given rows of the valid pixels of each batch.
Draw = Callable[[Sequence[Tensor]], Sequence[Tensor]]


class Previews:
    """Writes the map of a training to a file, where someone wants to see it.

    It is drawn on what is trained on: the whole scene, or the windows around areas of a
    large one. The trainings of a run share what previews may cost.

    Args:
        clock: Gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._file: str | None = None
        self._colours: list[str] = []
        self._shown = self._asked = clock()
        self._trained = self._spent = 0.0
        self._cost: float | None = None

    def begin(self, classes: ClassTable, progress: Progress) -> Previews:
        """Take the next training; return itself.

        Args:
            classes: Names and colours of the classes.
            progress: Tells where the file goes; without one nothing is drawn.
        """
        self._colours = classes.colours
        wanted = len(self._colours) <= _MOST_CLASSES
        self._file = progress.preview_file() if wanted else None
        self._asked = self._clock()
        return self

    def offer(
        self, batches: Sequence[Batch], draw: Draw, epoch: int, progress: Progress
    ) -> None:
        """Write the map after an epoch, if one is due.

        Args:
            batches: What is trained on.
            draw: Maps.
            epoch: The epoch.
            progress: Receives that there is a new one.
        """
        if self._file is None:
            return
        began = self._clock()
        since, self._asked = began - self._asked, began
        self._trained += since
        if not self._is_due(began, since):
            return
        try:
            codes = _picture(batches, draw)
            with pending(self._file, at_once=True) as temporary:
                temporary.write_bytes(png(codes, self._colours))
            progress.preview(epoch)
        except (FileError, OSError, torch.cuda.OutOfMemoryError):
            self._file = None  # A training is worth more than a look at it.
        self._asked = self._shown = self._clock()
        self._cost = self._asked - began
        self._spent += self._cost

    def _is_due(self, now: float, epoch_s: float) -> bool:
        """Return whether another one is wanted, and costs little enough."""
        # The first may take as long as an epoch: it goes forward twice, and not back.
        cost = epoch_s if self._cost is None else self._cost
        return (
            now - self._shown >= _EVERY_S
            and cost <= _LONGEST_S
            and self._spent + cost <= _MOST_SHARE * self._trained
        )


def _picture(batches: Sequence[Batch], draw: Draw) -> NDArray[np.uint8]:
    """Return the classes where the batches lie in the cube, thinned: 1..K, 0 = none."""
    windows = [window for batch in batches for _, window in batch.places]
    top, left = min(w.row for w in windows), min(w.column for w in windows)
    height = max(w.row + w.height for w in windows) - top
    width = max(w.column + w.width for w in windows) - left
    frame = Window(top, left, height, width)
    step = math.ceil(math.sqrt(height * width / _PIXELS))
    codes = np.zeros((-(-height // step), -(-width // step)), dtype=np.uint8)
    found = [_thinned(batch, frame, step) for batch in batches]
    device = batches[0].rows.device
    at = [torch.from_numpy(rows).to(device) for rows, _ in found]
    for (_, places), classes in zip(found, draw(at), strict=True):
        codes.ravel()[places] = classes.to(torch.uint8).cpu().numpy() + 1
    return codes


def _thinned(
    batch: Batch, frame: Window, step: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which valid pixels of a batch a picture shows, and at which of its own.

    Args:
        batch: What is trained on.
        frame: The part of the cube that the picture shows.
        step: It has every so many lines of it.
    """
    across = -(-frame.width // step)
    shown, places = [], []
    for place, window in batch.places:
        top, left = window.row - frame.row, window.column - frame.column
        rows = np.arange(-top % step, window.height, step)[:, None]
        columns = np.arange(-left % step, window.width, step)
        own = (place.row + rows) * batch.layout.width + place.column + columns
        there = (top + rows) // step * across + (left + columns) // step
        shown.append(own.ravel())
        places.append(there.ravel())
    own, there = np.concatenate(shown), np.concatenate(places)
    if batch.layout.pixels is None:
        return own, there
    valid = batch.layout.pixels.cpu().numpy()
    row = np.minimum(np.searchsorted(valid, own), len(valid) - 1)
    known = valid[row] == own
    return row[known], there[known]


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
