"""Superpixels as rows of a layer, each written once all its neighbours are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.bands import BandTable
from miaf_engine.labels.polygons import (
    CLASS_FIELD,
    ID_FIELD,
    NEIGHBOURS_FIELD,
    SuperpixelWriter,
)
from miaf_engine.tasks.superpixels.blocks import Block

_LONGEST = 10  # of a Shapefile


def band_fields(bands: BandTable) -> list[str]:
    """Return a name for each band: `nm_` and its wavelength, or `band_` and its number.

    Wavelengths get as many digits as they need to differ; the point becomes a line.
    """
    if bands.wavelengths_nm is not None:
        for digits in range(3):
            names = [
                f"nm_{wave:.{digits}f}".replace(".", "_")
                for wave in bands.wavelengths_nm
            ]
            fit = max(map(len, names)) <= _LONGEST
            if fit and len(set(names)) == len(names):
                return names
    return [f"band_{number}" for number in range(1, bands.count + 1)]


def listed(numbers: Sequence[int], longest: int | None) -> str:
    """Return numbers with commas, cut after a whole one where the text is too long."""
    text = ",".join(map(str, numbers))
    if longest is None or len(text) <= longest:
        return text
    return text[: longest + 1].rpartition(",")[0]


class SuperpixelRows:
    """Writes blocks; superpixels at a seam wait for the blocks beyond it.

    Args:
        writer: Where they go.
        bands: Names of the fields with the means of the bands; may be none.
        known_size: Whether the statistics' areas are hectares.

    Attributes:
        count: Superpixels so far.
        pixels: Their pixels.
        cut_lists: Superpixels whose neighbours did not fit the format's text.
    """

    FIELDS = (
        *(ID_FIELD, CLASS_FIELD, "pixels", "area_ha", "brightness", "bright_std"),
        *("spread", "neighbours", NEIGHBOURS_FIELD),
    )

    def __init__(
        self, writer: SuperpixelWriter, bands: Sequence[str], *, known_size: bool
    ) -> None:
        self._writer, self._bands, self._known_size = writer, bands, known_size
        self._waiting: list[_Waiting] = []
        self._later: dict[int, set[int]] = {}
        self._row = -1
        self._spread = 0.0
        self.count = self.pixels = self.cut_lists = 0

    @property
    def mean_spread(self) -> float:
        """Mean spread of all pixels so far."""
        return self._spread / max(self.pixels, 1)

    def take(self, block: Block) -> None:
        """Write a block's superpixels, less those that later blocks may touch."""
        if block.window.row != self._row:
            # Blocks of the row above wait until this row is done, no longer.
            self._flush(before=self._row)
            self._row = block.window.row
        figures = block.statistics
        self.count += len(figures.pixels)
        self.pixels += int(figures.pixels.sum())
        self._spread += float((figures.spread * figures.pixels).sum())
        for own, other in block.seams.tolist():
            self._later.setdefault(own, set()).add(other)
            self._later.setdefault(other, set()).add(own)
        columns = self._columns(block)
        inner = _neighbours(block)
        for chosen, later in ((~block.open, False), (block.open, True)):
            places = np.flatnonzero(chosen)
            part = _Waiting(
                block.window.row,
                block.polygons[places],
                {name: values[places] for name, values in columns.items()},
                [inner[place] for place in places],
            )
            if later:
                self._waiting.append(part)
            else:
                self._write(part)

    def finish(self) -> None:
        """Write all that waits."""
        self._flush(before=None)

    def _flush(self, before: int | None) -> None:
        kept = []
        for part in self._waiting:
            if before is None or part.row < before:
                self._write(part)
            else:
                kept.append(part)
        self._waiting = kept

    def _columns(self, block: Block) -> dict[str, NDArray[Any]]:
        figures, count = block.statistics, len(block.polygons)
        area = np.full(count, np.nan)
        if self._known_size:  # without the error of many small sums
            area = np.round(figures.area, 10)
        columns: dict[str, NDArray[Any]] = {
            ID_FIELD: np.arange(block.first, block.first + count, dtype=np.int32),
            CLASS_FIELD: np.full(count, None, dtype=object),
            "pixels": figures.pixels.astype(np.int32),
            "area_ha": area,
            "brightness": figures.brightness,
            "bright_std": figures.brightness_deviation,
            "spread": figures.spread,
        }
        if figures.band_means is not None:
            columns |= dict(zip(self._bands, figures.band_means, strict=True))
        return columns

    def _write(self, part: _Waiting) -> None:
        numbers = part.columns[ID_FIELD].tolist()
        lists = [
            sorted({*inner, *self._later.pop(number, ())})
            for number, inner in zip(numbers, part.neighbours, strict=True)
        ]
        longest = self._writer.longest_text
        texts = [listed(found, longest) for found in lists]
        if longest is not None:
            self.cut_lists += sum(
                text.count(",") + 1 < len(found)
                for text, found in zip(texts, lists, strict=True)
            )
        own = {name: part.columns[name] for name in self.FIELDS[:-2]}
        counts = np.array([len(found) for found in lists], dtype=np.int32)
        means = {name: part.columns[name] for name in self._bands}
        text_column = np.array(texts, dtype=object)
        columns = {**own, "neighbours": counts, NEIGHBOURS_FIELD: text_column, **means}
        self._writer.write(part.polygons, columns)


class _Waiting:
    """Superpixels of a block, with the neighbours within it."""

    def __init__(
        self,
        row: int,
        polygons: NDArray[np.object_],
        columns: dict[str, NDArray[Any]],
        neighbours: list[list[int]],
    ) -> None:
        self.row, self.polygons = row, polygons
        self.columns, self.neighbours = columns, neighbours


def _neighbours(block: Block) -> list[list[int]]:
    """Return the neighbours of each superpixel within its block."""
    found: list[list[int]] = [[] for _ in range(len(block.polygons))]
    for one, other in block.inner.tolist():
        found[one - block.first].append(other)
    return found
