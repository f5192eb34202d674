"""Pixels of an open cube: which have data, and values on a scale all bands share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader

from miaf_engine.cubes.band_metadata import Scaling
from miaf_engine.grid import Window
from miaf_engine.io.gdal import gdal_call


@dataclass(frozen=True, eq=False)
class CubePixels:
    """Reads windows of a cube as the other modules want them.

    Attributes:
        dataset: The open file.
        path: How messages call it.
        good: Whether each band decides if a pixel has data.
        scaling: Scale and offset of each band; None where they do not matter.
        places: Number in the file, from 1, of each band.
        alphas: Numbers of the file's alpha bands; a pixel is invalid where one is 0.
        nodata: Nodata value of each band, None where it has none.
    """

    dataset: DatasetReader
    path: str
    good: tuple[bool, ...]
    scaling: Scaling | None
    places: tuple[int, ...]
    alphas: tuple[int, ...]
    nodata: tuple[float | None, ...]

    def read(
        self, window: Window, bands: Sequence[int], values: NDArray[np.float32]
    ) -> NDArray[np.bool_]:
        """Fill `values` with a window and return which of its pixels are valid.

        A pixel is invalid where any good band read is NaN, infinite or nodata, or the
        dataset's mask or an alpha band is 0. Nodata 0 is an exception: 0 is also an
        honest value of a dark band, so such a pixel is invalid only where all those
        bands are 0.

        Args:
            window: Part to read.
            bands: Indices of the bands, 0-based. Only good ones among them decide
                validity; all of them where none is good.
            values: float32 (C, H, W) to be filled; finite, and 0 where invalid.

        Returns:
            bool (H, W).
        """
        raw, valid = self._stored(window, bands)
        self._scaled(raw, bands, values)
        judged = [p for p, band in enumerate(bands) if self.good[band]]
        seen_nonzero, zero_is_nodata = np.zeros_like(valid), False
        for position in judged or range(len(bands)):
            valid &= np.isfinite(values[position])
            nodata = self.nodata[bands[position]]
            if nodata == 0:
                zero_is_nodata = True
                seen_nonzero |= raw[position] != 0
            elif nodata is not None:
                valid &= ~_equals(raw[position], nodata)
        if zero_is_nodata:
            valid &= seen_nonzero
        np.nan_to_num(values, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        values[:, ~valid] = 0.0
        return valid

    def span(
        self, window: Window, bands: Sequence[int], mask: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the smallest and the largest value of each band that is data there.

        Each band is judged alone, so that one without data does not hide the others.

        Args:
            window: Part to look at.
            bands: Indices of the bands, 0-based.
            mask: bool (H, W) of the window, False where pixels do not count; or None.

        Returns:
            float32 (C,) twice, infinity and minus infinity where a band has no data.
        """
        raw, kept = self._stored(window, bands)
        if mask is not None:
            kept &= mask
        low = np.full(len(bands), np.inf, np.float32)
        high = -low
        for position, band in enumerate(bands):
            with np.errstate(over="ignore"):
                values = raw[position].astype(np.float32)
            nodata = self.nodata[band]
            present = kept & np.isfinite(values)
            if nodata is not None:
                present &= ~_equals(raw[position], nodata)
            found = values[present]
            if found.size:
                low[position], high[position] = found.min(), found.max()
        return low, high

    def _stored(
        self, window: Window, bands: Sequence[int]
    ) -> tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """Return a window as stored (C, H, W), and the dataset's mask (H, W)."""
        place = rasterio.windows.Window(
            window.column, window.row, window.width, window.height
        )
        with gdal_call(self.path, "read"):
            raw = self.dataset.read([self.places[b] for b in bands], window=place)
            mask = np.ones(raw.shape[1:], bool)
            first = self.places[0]
            flags = self.dataset.mask_flag_enums[first - 1]
            if MaskFlags.per_dataset in flags and MaskFlags.alpha not in flags:
                mask = self.dataset.read_masks(first, window=place) != 0
            # GDAL's mask of an alpha band gives way to a nodata value, and has 8 bits.
            for alpha in self.alphas:
                mask &= self.dataset.read(alpha, window=place) != 0
        return raw, mask

    def _scaled(
        self,
        raw: NDArray[np.generic],
        bands: Sequence[int],
        values: NDArray[np.float32],
    ) -> None:
        with np.errstate(over="ignore"):  # float64 beyond float32 becomes infinite
            if self.scaling is None:
                values[...] = raw
                return
            for position, band in enumerate(bands):
                scale, offset = self.scaling.scales[band], self.scaling.offsets[band]
                values[position] = raw[position].astype(np.float64) * scale + offset


def _equals(values: NDArray[np.generic], nodata: float) -> NDArray[np.bool_]:
    """Return where `values` equal a nodata value that GDAL hands out as a double."""
    if values.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return np.asarray(values == values.dtype.type(nodata))
    return np.asarray(values == nodata)
