"""Tie points: pixels of a training cube by which other files of its image are known.

A crop of a training cube, or the flight line that it was cut from, shows the same
ground in the same light, although its mean brightness is another one. Values at the
same places tell. Where the pixels of both coincide, superpixels can be cut from the
same grid too, so that the map of a crop is that of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.cubes.sample import SceneSample
from miaf_engine.errors import InputError, ModelFormatError
from miaf_engine.grid import Grid, Window
from miaf_engine.io.gdal import same_crs
from miaf_engine.models.card import ModelCard
from miaf_engine.preprocessing.normalisation import ROUNDING, Gain, brightness_of
from miaf_engine.progress import Progress
from miaf_engine.translation import tr

MOST_POINTS = 512  # of all cubes of a model
FEWEST_POINTS = 64  # of one cube
# Points that are looked up in another cube, and those that must lie on it.
_LOOKED_UP, _NEEDED = 32, 5
_PIXEL = 0.05  # pixels of two cubes that are less apart coincide
# Values that follow from one another differ by less, in so many of the points.
_ALIKE, _MOST = 1e-3, 0.9
_FARTHEST = 2**31  # pixels from one corner to the other
# PROJ would take a text that is no WKT for the name of a file, or of a server.
_WKT = re.compile(r"[A-Z_]+\[")
_FLAT = 1e-6  # spread over level below which a spectrum tells nothing


@dataclass(frozen=True, eq=False)
class TiePoints:
    """Pixels of a training cube, and how bright they are.

    Attributes:
        crs: CRS of the cube as WKT; None where it has none.
        transform: Its geotransform, as in `Grid`.
        pixels: int64 (n, 2), row and column of each.
        brightness: float64 (n, 2), mean and standard deviation of its file values.
    """

    crs: str | None
    transform: tuple[float, ...]
    pixels: NDArray[np.int64]
    brightness: NDArray[np.float64]

    @classmethod
    def of(cls, grid: Grid, sample: SceneSample, count: int) -> TiePoints:
        """Take some pixels of a sample of a cube that has a geotransform."""
        chosen = _evenly(sample.places.shape[1], count)
        found = brightness_of(sample.spectra[:, chosen]).T
        telling = _telling(found)
        pixels = sample.places.T[chosen].astype(np.int64)
        return cls(grid.crs, grid.transform, pixels[telling], found[telling])

    def corner(self, grid: Grid) -> tuple[int, int] | None:
        """Return where the first pixel of another cube lies in this grid.

        Returns:
            Row and column; None unless pixels of both grids coincide.
        """
        if not grid.georeferenced or not same_crs(self.crs, grid.crs):
            return None
        a, b, c, d, e, f = self.transform
        linear = np.array([[e, d], [b, a]])  # from row and column to y and x
        other = grid.transform
        moved = np.array([[other[4], other[3]], [other[1], other[0]]])
        with np.errstate(all="ignore"):  # numbers of a damaged file may be anything
            place = np.linalg.solve(linear, [other[5] - f, other[2] - c])
            nearest = np.round(place)
            # How far the last pixel is off by another pixel size or rotation.
            step = np.linalg.solve(linear, moved) - np.eye(2)
            off = np.abs(step) @ [grid.height, grid.width] + np.abs(place - nearest)
        coincide = bool((off <= _PIXEL).all())
        if not coincide or np.abs(nearest).max() > _FARTHEST:
            return None
        return int(nearest[0]), int(nearest[1])

    def gain(
        self, source: CubeSource, bands: Sequence[int], progress: Progress
    ) -> Gain | None:
        """Return what makes another cube as bright as this one, where they overlap.

        Args:
            source: The cube.
            bands: 0-based positions in it of the model's bands.
            progress: Asked for a cancel.

        Returns:
            The gain; None where too few points lie on the cube, or where values at the
            same places do not follow from one another, as on another date.
        """
        corner = self.corner(source.grid)
        if corner is None:
            return None
        known, found = self._looked_up(corner, source, bands, progress)
        if len(known) < _NEEDED:
            return None
        if _agree(known, found, ROUNDING):
            return Gain()
        factor = float(np.median(known[:, 1] / found[:, 1]))
        offset = float(np.median(known[:, 0] - factor * found[:, 0]))
        if not _agree(known, found * factor + [offset, 0.0], _ALIKE):
            return None
        level = float(np.abs(known[:, 0]).mean())
        return Gain.of(factor, offset, level)

    def _looked_up(
        self,
        corner: tuple[int, int],
        source: CubeSource,
        bands: Sequence[int],
        progress: Progress,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the brightness (m, 2) of points here, and in another cube."""
        grid = source.grid
        places = self.pixels - corner
        inside = (places >= 0).all(axis=1) & (places < [grid.height, grid.width]).all(1)
        there = np.flatnonzero(inside)
        there = there[_evenly(len(there), _LOOKED_UP)]
        kept, found = [], []
        for point in there:
            progress.step(1.0, tr("Measuring the scene"))
            row, column = places[point]
            cube = source.read(Window(int(row), int(column), 1, 1), bands)
            if cube.valid.all():
                kept.append(point)
                found.append(brightness_of(cube.values.reshape(len(bands), 1))[:, 0])
        seen = np.array(found).reshape(-1, 2)
        telling = _telling(seen)
        return self.brightness[kept][telling], seen[telling]

    def as_json(self) -> dict[str, Any]:
        """Return the points as JSON values."""
        rounded = self.brightness.astype(np.float32).astype(np.float64)
        return {
            "crs": self.crs,
            "transform": list(self.transform),
            "pixels": self.pixels.tolist(),
            "brightness": [[float(f"{v:.9g}") for v in row] for row in rounded],
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> TiePoints:
        """Build the points from what `as_json` returned.

        Raises:
            InputError: A key or a value is wrong.
        """
        try:
            crs, transform = values["crs"], values["transform"]
            pixels = np.array(values["pixels"], np.int64).reshape(-1, 2)
            brightness = np.array(values["brightness"], np.float64).reshape(-1, 2)
            terms = np.array(transform, np.float64)
            sound = (
                (crs is None or _WKT.match(crs) is not None)
                and terms.shape == (6,)
                and np.isfinite(terms).all()
                and terms[0] * terms[4] != terms[1] * terms[3]
                and len(pixels) == len(brightness)
                and np.isfinite(brightness).all()
                and (brightness[:, 1] > 0).all()
            )
        except (KeyError, TypeError, ValueError, OverflowError):
            sound = False
        if not sound:
            raise InputError(tr("the tie points in its header are damaged"))
        return cls(crs, tuple(terms.tolist()), pixels, brightness)


def tie_points_of(card: ModelCard, path: str) -> tuple[TiePoints, ...]:
    """Return the tie points of each cube of a model; empty where it has none.

    Raises:
        ModelFormatError: They are damaged.
    """
    try:
        return tuple(TiePoints.from_json(values) for values in card.tie_points or ())
    except InputError as error:
        raise ModelFormatError(
            tr("The model '{path}' is damaged: {error}").format(path=path, error=error)
        ) from error


def corner_in(points: Sequence[TiePoints], grid: Grid) -> tuple[int, int]:
    """Return where a cube lies in the first grid whose pixels coincide with its own.

    Returns:
        Row and column of its first pixel; (0, 0) where there is no such grid.
    """
    found = (one.corner(grid) for one in points)
    return next((corner for corner in found if corner is not None), (0, 0))


def gain_by(
    points: Sequence[TiePoints],
    source: CubeSource,
    bands: Sequence[int],
    progress: Progress,
) -> Gain | None:
    """Return what makes a cube as bright as the first training cube that it shows.

    Args:
        points: Those of each training cube.
        source: The cube; the user's mask does not count.
        bands: 0-based positions in it of the model's bands.
        progress: Asked for a cancel.

    Returns:
        The gain; None where the cube shows none of them.
    """
    if isinstance(source, CubeReader) and source.mask is not None:
        with source.unmasked():
            return gain_by(points, source, bands, progress)
    found = (one.gain(source, bands, progress) for one in points)
    return next((gain for gain in found if gain is not None), None)


def _telling(brightness: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which spectra, of brightness (n, 2), are not flat."""
    level, spread = brightness.T
    found: NDArray[np.bool_] = spread > _FLAT * np.abs(level)
    return found


def _agree(
    known: NDArray[np.float64], found: NDArray[np.float64], tolerance: float
) -> bool:
    """Return whether most points of two (m, 2) are as bright."""
    size = np.abs(known).max(axis=1)
    close = np.abs(known - found).max(axis=1) <= tolerance * size
    return bool(close.mean() >= _MOST)


def _evenly(size: int, count: int) -> NDArray[np.int64]:
    """Return up to `count` evenly spread positions of `size`."""
    return np.unique(
        np.linspace(0, max(size - 1, 0), min(count, size)).astype(np.int64)
    )
