"""From file values to a scene that the network can see."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miaf_engine.errors import CubeError, InputError
from miaf_engine.grid import Grid, Window
from miaf_engine.translation import tr

_TINY = 1e-6
# Pixels that are normalised at once: what is computed of them stays in the cache, and
# all their bands together, so that threads seldom wait for Python's lock.
_PIXELS = 8192


# By which a brightness differs that is read again, or from another file.
ROUNDING = 1e-5


@dataclass(frozen=True)
class Gain:
    """How the values of a scene turn into those of the training scene, v to a v + b.

    Attributes:
        factor: a, above 0.
        offset: b, in the unit of the training scene.
    """

    factor: float = 1.0
    offset: float = 0.0

    @classmethod
    def of(cls, factor: float, offset: float, level: float) -> Gain:
        """Return a gain without an offset that is a rounding error of a level."""
        return cls(factor, offset if abs(offset) > ROUNDING * abs(level) else 0.0)


@dataclass(frozen=True)
class Brightness:
    """What the standard normal variate took out of each spectrum of a scene.

    Attributes:
        values: float32 (2, H, W), mean and standard deviation of the file values of a
            pixel, as the training scene would have them; any finite value where not
            valid.
        normalisation: What the scene was normalised by.
    """

    values: NDArray[np.float32]
    normalisation: Normalisation


@dataclass(frozen=True)
class Scene:
    """A normalised cube.

    Attributes:
        image: float32 (C, H, W), about zero mean and unit variance in each band;
            0 where not valid.
        valid: bool (H, W).
        grid: Where the pixels lie.
        brightness: What was taken out of the spectra; None where it is not to be used.
    """

    image: NDArray[np.float32]
    valid: NDArray[np.bool_]
    grid: Grid
    brightness: Brightness | None = None

    def cut(self, window: Window) -> Scene:
        """Return a part of the scene, in the same memory."""
        rows, columns = window.slices
        image, valid = self.image[:, rows, columns], self.valid[rows, columns]
        brightness = self.brightness
        if brightness is not None:
            values = brightness.values[:, rows, columns]
            brightness = replace(brightness, values=values)
        return Scene(image, valid, self.grid.cut(window), brightness)


def standard_normal_variate(spectra: NDArray[np.float32]) -> NDArray[np.float32]:
    """Centre each spectrum on its mean and divide it by its standard deviation.

    Takes brightness, slope shadow and a constant offset out, so that a field in another
    light looks the same (Barnes, Dhanoa & Lister 1989, Applied Spectroscopy
    43:772-777).

    Args:
        spectra: float32 (C, n) or (C, H, W), any unit.

    Returns:
        float32, as `spectra`, unitless. A flat spectrum becomes zero.
    """
    variates: NDArray[np.float32] = spectra.copy()
    for block in _blocks(variates):
        _to_variates(block)
    return variates


def _blocks(values: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Return the parts of `_PIXELS` pixels, or of a row if that has more; no copies."""
    across = math.prod(values.shape[2:])
    step = max(_PIXELS // max(across, 1), 1)
    return [values[:, at : at + step] for at in range(0, values.shape[1], step)]


def _to_variates(
    spectra: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Write the standard normal variates of a few spectra over them.

    Returns:
        Mean and standard deviation of each spectrum.
    """
    mean = spectra.mean(axis=0, dtype=np.float64).astype(np.float32)
    level = np.maximum(spectra.max(axis=0), -spectra.min(axis=0))
    spectra -= mean
    squares = np.square(spectra, dtype=np.float64).sum(axis=0)
    spread = np.sqrt(squares / len(spectra))
    # A flat spectrum's spread is rounding error, which must not be blown up.
    flat = spread <= _TINY * np.maximum(level, _TINY)
    spectra /= np.where(flat, np.inf, spread).astype(np.float32)
    return mean, spread


def brightness_of(spectra: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return each spectrum's mean and standard deviation, float64 (2, n).

    Args:
        spectra: float32 (C, n) file values.
    """
    mean, spread = _to_variates(spectra.copy())
    return np.stack([mean.astype(np.float64), spread])


def mean_brightness(spectra: NDArray[np.float32]) -> tuple[float, float]:
    """Return the means over pixels of each spectrum's mean and standard deviation.

    Args:
        spectra: float32 (C, n) file values of at least one pixel.
    """
    level, spread = brightness_of(spectra).mean(axis=1)
    return float(level), float(spread)


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
        gain: Gain | None = None,
    ) -> Scene:
        """Normalise a cube.

        Args:
            values: float32 (C, H, W) file values; anything finite where not valid.
            valid: bool (H, W).
            grid: Grid of the cube.
            in_place: Whether the image is written over `values`.
            threads: How many compute at once; no value depends on it.
            gain: What makes the scene as bright as the training scene; without it the
                brightness is not kept.
        """
        image = values if in_place else values.copy()
        found = np.empty((2, *valid.shape), np.float32)
        with ThreadPoolExecutor(threads) as pool:
            # A list, so that an error in a thread is one here.
            list(pool.map(self._normalise, _blocks(image), _blocks(found)))
        if not valid.all():
            image[:, ~valid] = 0.0
        image, brightness = np.ascontiguousarray(image), None
        if gain is not None:
            if gain != Gain():
                found *= np.float32(gain.factor)
                found[0] += np.float32(gain.offset)
            brightness = Brightness(found, self)
        return Scene(image, valid, grid, brightness)

    def spectra(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Normalise spectra, float32 (C, n) or (C, H, W)."""
        normalised: NDArray[np.float32] = values.copy()
        for block in _blocks(normalised):
            self._normalise(block)
        return normalised

    def _normalise(
        self,
        spectra: NDArray[np.float32],
        brightness: NDArray[np.float32] | None = None,
    ) -> None:
        """Write a few normalised spectra over the file values, and their brightness."""
        mean, spread = _to_variates(spectra)
        if brightness is not None:
            brightness[0], brightness[1] = mean, spread
        of_band = (-1, *(1 for _ in spectra.shape[1:]))
        spectra -= self.mean.astype(np.float32).reshape(of_band)
        spectra /= self.scale.astype(np.float32).reshape(of_band)

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
