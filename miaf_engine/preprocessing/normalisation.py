"""From file values to a scene that the network can see."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import CubeError, InputError
from miaf_engine.grid import Grid, Window
from miaf_engine.translation import tr

_TINY = 1e-6
# Pixels that are normalised at once: what is computed of them stays in the cache.
_PIXELS = 16_384


@dataclass(frozen=True)
class Scene:
    """A normalised cube.

    Attributes:
        image: float32 (C, H, W), about zero mean and unit variance in each band;
            0 where not valid.
        valid: bool (H, W).
        grid: Where the pixels lie.
    """

    image: NDArray[np.float32]
    valid: NDArray[np.bool_]
    grid: Grid

    def cut(self, window: Window) -> Scene:
        """Return a part of the scene, in the same memory."""
        rows, columns = window.slices
        image, valid = self.image[:, rows, columns], self.valid[rows, columns]
        return Scene(image, valid, self.grid.cut(window))


def standard_normal_variate(
    spectra: NDArray[np.float32], *, in_place: bool = False
) -> NDArray[np.float32]:
    """Centre each spectrum on its mean and divide it by its standard deviation.

    Takes brightness, slope shadow and a constant offset out, so that a field in another
    light looks the same (Barnes, Dhanoa & Lister 1989, Applied Spectroscopy
    43:772-777).

    Args:
        spectra: float32 (C, ...), any unit.
        in_place: Whether the result is written over `spectra`.

    Returns:
        float32 (C, ...), unitless. A flat spectrum becomes zero.
    """
    mean = spectra.mean(axis=0, dtype=np.float64).astype(np.float32)
    variates = spectra if in_place else np.empty_like(spectra)
    # Band by band: a whole scene's squares and magnitudes would need its memory twice.
    squares = np.zeros(mean.shape, dtype=np.float64)
    level = np.zeros(mean.shape, dtype=np.float32)
    square, height = np.empty_like(squares), np.empty_like(level)
    for band, centred in zip(spectra, variates, strict=True):
        np.maximum(level, np.abs(band, out=height), out=level)
        np.subtract(band, mean, out=centred)
        squares += np.square(centred, dtype=np.float64, out=square)
    spread = np.sqrt(squares / max(len(spectra), 1))
    # A flat spectrum's spread is rounding error, which must not be blown up.
    flat = spread <= _TINY * np.maximum(level, _TINY)
    variates /= np.where(flat, np.inf, spread).astype(np.float32)
    return variates


@dataclass(frozen=True)
class Normalisation:
    """Standard normal variate of each pixel, then mean and scale of each band.

    Attributes:
        mean: float64 (C,), of the spectra after the standard normal variate.
        scale: float64 (C,), standard deviation likewise; 1 for a constant band.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]

    @classmethod
    def fit(cls, spectra: NDArray[np.float32]) -> Normalisation:
        """Measure the bands on valid pixels; no labels are used.

        Args:
            spectra: float32 (C, n) file values of valid pixels, finite.

        Raises:
            CubeError: There is no pixel.
        """
        if spectra.shape[1] == 0:
            raise CubeError(tr("The cube has no valid pixels."))
        variates = standard_normal_variate(spectra)
        mean = variates.mean(axis=1, dtype=np.float64)
        scale = variates.std(axis=1, dtype=np.float64)
        return cls(mean, np.where(scale < _TINY, 1.0, scale))

    def apply(
        self,
        values: NDArray[np.float32],
        valid: NDArray[np.bool_],
        grid: Grid,
        *,
        in_place: bool = False,
        threads: int = 1,
    ) -> Scene:
        """Normalise a cube.

        Args:
            values: float32 (C, H, W) file values; anything finite where not valid.
            valid: bool (H, W).
            grid: Grid of the cube.
            in_place: Whether the image is written over `values`.
            threads: How many compute at once; no value depends on it.
        """
        image = values if in_place else values.copy()
        rows = max(_PIXELS // image.shape[2], 1)
        blocks = [
            image[:, start : start + rows] for start in range(0, image.shape[1], rows)
        ]
        with ThreadPoolExecutor(threads) as pool:
            # A list, so that an error in a thread is one here.
            list(pool.map(partial(self.spectra, in_place=True), blocks))
        if not valid.all():
            image[:, ~valid] = 0.0
        return Scene(np.ascontiguousarray(image), valid, grid)

    def spectra(
        self, values: NDArray[np.float32], *, in_place: bool = False
    ) -> NDArray[np.float32]:
        """Normalise spectra, (C, ...) of any shape; over `values` if `in_place`."""
        variates = standard_normal_variate(values, in_place=in_place)
        mean, scale = self.mean.astype(np.float32), self.scale.astype(np.float32)
        for band, centre, unit in zip(variates, mean, scale, strict=True):
            band -= centre
            band /= unit
        return variates

    def as_json(self) -> dict[str, Any]:
        """Return the statistics as JSON values."""
        return {
            "method": "standard normal variate, then band mean and scale",
            "mean": self.mean.tolist(),
            "scale": self.scale.tolist(),
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Normalisation:
        """Build from what `as_json` returned.

        Raises:
            InputError: A part is missing or no list of finite numbers.
        """
        return cls(*(number_array(values, key, 1) for key in ("mean", "scale")))


def number_array(values: dict[str, Any], key: str, axes: int) -> NDArray[np.float64]:
    """Return `values[key]` as a finite float64 array of `axes` axes.

    Raises:
        InputError: It is missing, ragged, not finite or of another shape.
    """
    try:
        array = np.asarray(values[key], dtype=np.float64)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(f"The model's '{key}' is missing or damaged.") from error
    if array.ndim != axes or not np.isfinite(array).all():
        raise InputError(f"The model's '{key}' is missing or damaged.")
    return array
