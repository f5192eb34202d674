"""A cube that several threads read, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from miaf_engine.cubes.reader import Cube
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.grid import Window
from miaf_engine.progress import Progress


class SharedSource:
    """Reads windows of a cube for several threads.

    An open file of GDAL's is for one thread at a time, and must not be closed while
    another thread reads it.

    Args:
        source: The cube.
        bands: 0-based positions of the bands read.
        progress: Asked whether to stop, from any thread.
    """

    def __init__(
        self, source: CubeSource, bands: Sequence[int], progress: Progress
    ) -> None:
        self._source, self._bands = source, bands
        self._lock, self._asked = Lock(), _Asked(progress)

    def read(self, window: Window) -> Cube:
        """Read a window.

        Raises:
            Cancelled: The caller asked to stop, or nobody wants it any more.
            RasterFileError: The file is damaged or cut short.
        """
        with self._lock:
            self._asked.step(0.0)
            return self._source.read(window, self._bands, self._asked)

    def close(self) -> None:
        """Let no thread read any more, and wait for the one that does.

        It reads the rows that it has begun. The cube itself stays open.
        """
        self._asked.ended = True
        with self._lock:
            pass


class _Asked(Progress):
    """Whether to stop between two pieces of what is read."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self.ended = progress, False

    def cancelled(self) -> bool:
        """Return whether the caller asked to stop or nobody wants more."""
        return self.ended or self._progress.cancelled()
