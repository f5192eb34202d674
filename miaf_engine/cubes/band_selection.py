"""Which bands of a cube the network sees, and why the others are left out."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.errors import Cancelled, CubeError, with_more
from miaf_engine.grid import Window
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests.settings import BandConfig, inside
from miaf_engine.translation import marked, tr

# A spectrum of one band is flat once it is centred and scaled.
FEWEST_BANDS = 2

_SIDE = 512

AROUND_AREAS = marked(
    "{count} left out because they hold one value or none around the training areas: "
    "{bands}."
)


@dataclass(frozen=True)
class BandChoice:
    """The bands of a cube, 0-based, parted by what becomes of them.

    Attributes:
        table: All bands.
        used: Those that the network sees.
        bad: Left out because the bad band list says so.
        excluded: Left out because of their wavelength.
        empty: Left out because they hold one value, or none.
    """

    table: BandTable
    used: tuple[int, ...]
    bad: tuple[int, ...]
    excluded: tuple[int, ...]
    empty: tuple[int, ...] = ()

    @classmethod
    def of(cls, table: BandTable, config: BandConfig) -> BandChoice:
        """Choose by the bad band list and the wavelength ranges of the settings.

        Raises:
            CubeError: Fewer than two bands are left.
        """
        good, centres = table.good_indices, table.wavelengths_nm
        ranges = config.excluded_nm if centres is not None else ()
        excluded = [i for i in good if centres and inside(centres[i], ranges)]
        used = [i for i in good if i not in set(excluded)]
        bad = [i for i in range(table.count) if not table.good[i]]
        choice = cls(table, tuple(used), tuple(bad), tuple(excluded))
        choice._check(
            tr(
                "Excluding the wavelengths {ranges} nm leaves {used} of {count} "
                "bands (in the bad band list: {bad})."
            ).format(ranges=config.exclude_wavelengths, **choice._counts)
            if excluded
            else tr("The bad band list leaves {used} of {count} bands.").format(
                **choice._counts
            )
        )
        return choice

    def without(self, empty: Collection[int]) -> BandChoice:
        """Return the choice without bands that hold one value, or none.

        Raises:
            CubeError: Fewer than two bands are left.
        """
        used = tuple(i for i in self.used if i not in empty)
        choice = replace(self, used=used, empty=tuple(sorted(empty)))
        choice._check(
            tr(
                "Excluding bands with one value or none leaves {used} of {count} "
                "bands (in the bad band list: {bad})."
            ).format(**choice._counts)
        )
        return choice

    @property
    def _counts(self) -> dict[str, int]:
        return {
            "used": len(self.used),
            "count": self.table.count,
            "bad": len(self.bad),
        }

    def _check(self, message: str) -> None:
        if len(self.used) >= FEWEST_BANDS:
            return
        raise CubeError(
            message,
            hint=tr(
                "At least {fewest} bands are needed. Exclude fewer, or check the cube."
            ).format(fewest=FEWEST_BANDS),
        )

    def lines(self, where: str = "") -> list[str]:
        """Return for the log how many bands are used, and which are left out why.

        Args:
            where: The line on bands of one value or none, with {count} and {bands}, in
                the user's language; by default those around the training areas.
        """
        lines = [
            tr("{used} of {count} bands are used.").format(
                used=len(self.used), count=self.table.count
            )
        ]
        reasons = (
            (self.bad, tr("{count} left out for the bad band list: {bands}.")),
            (self.excluded, tr("{count} left out for their wavelengths: {bands}.")),
            (self.empty, where or tr(AROUND_AREAS)),
        )
        for indices, text in reasons:
            if indices:
                which = self.ranges(indices)
                lines.append(text.format(count=len(indices), bands=which))
        return lines

    def as_json(self) -> dict[str, int]:
        """Return the counts, for the model file."""
        return {
            "read": self.table.count,
            "used": len(self.used),
            "bad": len(self.bad),
            "excluded": len(self.excluded),
            "empty": len(self.empty),
        }

    def ranges(self, indices: tuple[int, ...]) -> str:
        """Return band numbers from 1 as '3, 7-9', with the wavelengths of the ends."""
        runs: list[list[int]] = []
        for index in indices:
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        shown = ", ".join(self._run(run[0], run[-1]) for run in runs[:8])
        return with_more(shown, len(runs) - 8)

    def _run(self, first: int, last: int) -> str:
        many = last > first
        text = tr("bands {first}-{last}") if many else tr("band {first}")
        text = text.format(first=first + 1, last=last + 1)
        centres = self.table.wavelengths_nm
        if centres is None or math.isnan(centres[first] + centres[last]):
            return text
        ends = f"{centres[first]:.0f}" + (f"-{centres[last]:.0f}" if many else "")
        return f"{text} ({ends} nm)"


def empty_bands(
    reader: CubeReader,
    bands: Sequence[int],
    labelled: NDArray[np.bool_],
    progress: Progress = SILENT,
) -> list[int]:
    """Return the bands in which no two pixels near the training areas differ.

    A band that is all nodata would make every pixel invalid, and a constant one tells
    nothing. Blocks that hold training areas are looked at one by one, each only for
    the bands in doubt: with sound bands that is the first block. Where every band is
    without data the pixels are at fault, not the bands, and none is returned.

    Args:
        reader: The open cube.
        bands: Indices of the bands to look at, 0-based.
        labelled: bool (H, W), where a training area is.
        progress: Asked for a cancel.

    Raises:
        Cancelled: The caller asked to stop.
    """
    low = np.full(reader.bands.count, np.inf, np.float32)
    high = -low
    doubtful = list(bands)
    for block in _blocks(labelled):
        if not doubtful:
            break
        if progress.cancelled():
            raise Cancelled
        found = reader.span(block, doubtful)
        low[doubtful] = np.minimum(low[doubtful], found[0])
        high[doubtful] = np.maximum(high[doubtful], found[1])
        doubtful = [band for band in doubtful if not low[band] < high[band]]
    return doubtful if len(doubtful) < len(bands) else []


def _blocks(labelled: NDArray[np.bool_]) -> list[Window]:
    height, width = labelled.shape
    windows = [
        Window(row, column, min(_SIDE, height - row), min(_SIDE, width - column))
        for row in range(0, height, _SIDE)
        for column in range(0, width, _SIDE)
    ]
    return [window for window in windows if labelled[window.slices].any()]
