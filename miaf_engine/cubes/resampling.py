"""Makes the bands that a model knows out of those of another sensor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.bands import BandTable, some_bands
from miaf_engine.cubes.reader import Cube
from miaf_engine.errors import BandMismatchError
from miaf_engine.grid import Grid, Window
from miaf_engine.progress import SILENT, Progress, Span
from miaf_engine.translation import tr

# Widest step between two bands that is bridged: three bands of the usual 10 nm.
WIDEST_GAP_NM = 30.0
_CHUNK_BYTES = 32 * 2**20


class CubeSource(Protocol):
    """What a classification reads from: a cube, or one whose bands are interpolated."""

    @property
    def grid(self) -> Grid:
        """The grid of the cube."""

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> Cube:
        """Read values and validity; see `CubeReader.read`."""


@dataclass(frozen=True, eq=False)
class Interpolation:
    """For each wanted band two bands of the cube, and how they are mixed.

    Attributes:
        bands: The C wanted bands.
        left: intp (C,), band of the cube at or below each wanted wavelength.
        right: intp (C,), band of the cube at or above it.
        share: float32 (C,), weight of `right`, 0..1; that of `left` is the rest.
    """

    bands: BandTable
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    share: NDArray[np.float32]

    @property
    def sources(self) -> list[int]:
        """Bands of the cube that are needed, ascending."""
        used = self.share < 1, self.share > 0
        return sorted({*self.left[used[0]].tolist(), *self.right[used[1]].tolist()})


def interpolation(
    wanted: BandTable, found: BandTable, tolerance_nm: float
) -> Interpolation:
    """Plan a linear interpolation of a cube's good bands at the wanted wavelengths.

    Args:
        wanted: Bands of the model.
        found: Bands of the cube.
        tolerance_nm: A good band this near stands for a wanted one that lies outside
            the cube's range or in a gap.

    Raises:
        BandMismatchError: One side has no wavelengths, or a wanted band lies outside
            the range of the cube or in a gap wider than `WIDEST_GAP_NM`.
    """
    if wanted.wavelengths_nm is None or found.wavelengths_nm is None:
        raise BandMismatchError(
            tr("The model has no wavelengths, so bands cannot be interpolated.")
            if wanted.wavelengths_nm is None
            else tr("The cube has no wavelengths, so bands cannot be interpolated."),
            hint=tr("Add the wavelengths to the cube's header, or train a new model."),
        )
    wavelengths = found.wavelengths_nm
    order = sorted(found.good_indices, key=lambda index: wavelengths[index])
    centres = [wavelengths[index] for index in order]
    mixed = [_mixed(centre, centres, tolerance_nm) for centre in wanted.wavelengths_nm]
    missing = [number for number, mix in enumerate(mixed) if mix is None]
    if missing:
        _refuse(wanted, missing, centres)
    left, right, share = zip(*(mix for mix in mixed if mix is not None), strict=True)
    positions = np.array(order, np.intp)
    return Interpolation(
        wanted,
        positions[list(left)],
        positions[list(right)],
        np.array(share, np.float32),
    )


def _mixed(
    centre: float, centres: Sequence[float], tolerance_nm: float
) -> tuple[int, int, float] | None:
    """Return positions in `centres` and the weight of the second, None where too far.

    Args:
        centre: Wavelength wanted.
        centres: Wavelengths there are, ascending.
        tolerance_nm: See `interpolation`.
    """
    above = bisect_left(centres, centre)
    if above < len(centres) and centres[above] == centre:
        return above, above, 0.0
    if 0 < above < len(centres):
        below = above - 1
        gap = centres[above] - centres[below]
        if gap <= WIDEST_GAP_NM:
            return below, above, (centre - centres[below]) / gap
    near = [
        place
        for place in (above - 1, above)
        if 0 <= place < len(centres) and abs(centres[place] - centre) <= tolerance_nm
    ]
    if not near:
        return None
    place = min(near, key=lambda place: abs(centres[place] - centre))
    return place, place, 0.0


def _refuse(wanted: BandTable, missing: list[int], centres: Sequence[float]) -> None:
    covered = tr("no band is good")
    if centres:
        covered = tr("its good bands cover {low:.2f} to {high:.2f} nm").format(
            low=centres[0], high=centres[-1]
        )
    raise BandMismatchError(
        tr(
            "{missing} of {count} bands cannot be interpolated from the cube "
            "({covered}): {bands}."
        ).format(
            missing=len(missing),
            count=wanted.count,
            covered=covered,
            bands=some_bands(wanted, missing),
        ),
        hint=tr(
            "Bands must lie within the range of the cube, between two good bands that "
            "are at most {gap:g} nm apart. Otherwise train on bands that both sensors "
            "have."
        ).format(gap=WIDEST_GAP_NM),
    )


class InterpolatedReader:
    """A cube seen through the bands of a model."""

    def __init__(self, source: CubeSource, plan: Interpolation) -> None:
        self._source = source
        self._plan = plan

    @property
    def grid(self) -> Grid:
        """The grid of the cube."""
        return self._source.grid

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> Cube:
        """Read a window at the model's bands.

        Args:
            window: Part to read; None reads all.
            bands: Positions among the model's bands; None reads all.
            progress: Stepped as the cube is read; may cancel.

        Returns:
            The cube of the window; a pixel is valid where every band used has data.
        """
        plan, window = self._plan, window or self.grid.window
        chosen = list(range(plan.bands.count)) if bands is None else list(bands)
        sources = plan.sources
        values = np.empty((len(chosen), window.height, window.width), np.float32)
        valid = np.empty((window.height, window.width), bool)
        rows = max(1, _CHUNK_BYTES // (4 * len(sources) * window.width))
        for start in range(0, window.height, rows):
            stop = min(start + rows, window.height)
            part = Window(window.row + start, window.column, stop - start, window.width)
            stage = Span(progress, start / window.height, stop / window.height)
            cube = self._source.read(part, sources, stage)
            valid[start:stop] = cube.valid
            self._mix(cube.values, sources, chosen, values[:, start:stop])
        table = plan.bands.take(chosen)
        return Cube(values, valid, self.grid.cut(window), table)

    def _mix(
        self,
        found: NDArray[np.float32],
        sources: list[int],
        chosen: list[int],
        values: NDArray[np.float32],
    ) -> None:
        """Fill `values` (c, H, W) from `found` (s, H, W), the bands `sources`."""
        place = {band: position for position, band in enumerate(sources)}
        plan = self._plan
        for row, band in enumerate(chosen):
            share = plan.share[band]
            values[row] = 0
            for weight, side in ((1 - share, plan.left), (share, plan.right)):
                if weight > 0:
                    values[row] += weight * found[place[int(side[band])]]
