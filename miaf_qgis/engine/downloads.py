"""How far pip is within a download or an installation, of which it says nothing."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProcessingFeedback

from miaf_qgis.translation import tr

# As 'Downloading torch-2.13.0-cp312-none-any.whl (206.5 MB)'; uv has no blank in it.
_DOWNLOAD = re.compile(r"Downloading (\S+) \(([\d.]+) ?([kKMG]i?B|bytes)\)")
_NAME = re.compile(r"[\w.]+?(?=-\d|$)")
_BYTES = {"b": 1, "k": 1e3, "m": 1e6, "g": 1e9}
_STEP = re.compile(
    r"(Collecting|Downloading|Using cached|Installing|Looking in links|Prepared"
    r"|Downloaded|Resolved)\b"
)
_LOOK_EVERY_SECONDS = 2.0
# Bytes of a download that takes a while.
_WORTH_A_WORD = 5e6
# The bar nears its end without reaching it: what will come is not known before. About
# 60 lines come from pip, and a download of so many bytes takes the time of one.
_HALF_WAY, _BYTES_OF_A_STEP, _MOST = 20.0, 20e6, 90.0


class DownloadProgress:
    """Follows one run of pip by its lines, and by what it has written meanwhile.

    Args:
        folder: Where pip puts what it downloads.
        environment: Where it installs to.
        feedback: Receives text and progress.
        clock: Gives seconds that never go back.
    """

    def __init__(
        self,
        folder: Path,
        environment: Path,
        feedback: QgsProcessingFeedback,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._environment = folder, environment
        self._feedback, self._clock = feedback, clock
        self._steps = self._before = self._done = self._downloaded = 0.0
        self._name, self._said = "", ""
        self._size, self._installing = 0.0, False
        self._looked = clock()

    def hear(self, line: str) -> None:
        """Take a line of pip or uv."""
        self._steps += bool(_STEP.match(line.strip()))
        found = _DOWNLOAD.search(line)
        if found:
            self._end_download()
            name = _NAME.match(found[1])
            self._name = name[0] if name else found[1]
            self._size = float(found[2]) * _BYTES[found[3][0].lower()]
            self._before = size_of(self._folder)
        elif line.strip().startswith("Installing collected"):
            self._end_download()
            self._installing = True
        self._show()

    def _end_download(self) -> None:
        self._downloaded += self._size
        self._name, self._size, self._done = "", 0.0, 0.0

    def look(self) -> None:
        """Say how far it is; called many times a second while pip is silent."""
        if self._clock() - self._looked < _LOOK_EVERY_SECONDS:
            return
        if self._size >= _WORTH_A_WORD:
            done = size_of(self._folder) - self._before
            self._done = min(max(done, self._done), self._size)
            text = tr("Downloading {name}: {done} of {size} MB").format(
                name=self._name,
                done=_megabytes(self._done),
                size=_megabytes(self._size),
            )
            self._say(text)
        elif self._installing:
            written = _megabytes(size_of(self._environment))
            text = tr("Installing the packages: {written} MB written")
            self._say(text.format(written=written))
        self._show()
        self._looked = self._clock()  # A look may take long on a slow disk.

    def _say(self, text: str) -> None:
        if text != self._said:  # Each is a line of the log, too.
            self._said = text
            self._feedback.setProgressText(text)

    def _show(self) -> None:
        steps = self._steps + (self._downloaded + self._done) / _BYTES_OF_A_STEP
        self._feedback.setProgress(_MOST * steps / (steps + _HALF_WAY))


def _megabytes(size: float) -> str:
    return f"{size / 1e6:.0f}"


def size_of(folder: Path) -> float:
    """Return the bytes of the files under a folder, which may change meanwhile."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += Path(place, name).lstat().st_size
            except OSError:  # pip has moved it since.
                continue
    return float(total)
