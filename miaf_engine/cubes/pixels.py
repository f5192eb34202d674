"""Pixels of an open cube: which have data, and values on a scale all bands share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Interleaving, MaskFlags
from rasterio.io import DatasetReader

from miaf_engine.cubes.band_metadata import Scaling
from miaf_engine.grid import Window
from miaf_engine.io.gdal import gdal_call
from miaf_engine.io.nodata import equals_nodata

# Data types of files whose values float32 holds exactly.
_HELD_BY_FLOAT32 = {"int8", "uint8", "int16", "uint16", "float32"}


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
        # What float32 holds exactly GDAL converts while it reads.
        kinds = {self.dataset.dtypes[self.places[band] - 1] for band in bands}
        exact = self.scaling is None and kinds <= _HELD_BY_FLOAT32
        raw, valid = self._stored(window, bands, values if exact else None)
        if not exact:
            self._scaled(raw, bands, values)
        whole = exact and "float32" not in kinds  # whole numbers are finite
        judged = [p for p, band in enumerate(bands) if self.good[band]]
        judged = judged or list(range(len(bands)))
        for found in self._with_data(raw, bands, judged, whole=whole):
            valid &= found
        if not whole:
            for position, band in enumerate(values):
                finite = np.isfinite(band)
                if not finite.all():
                    band[~finite] = 0.0
                    if position in judged:
                        valid &= finite
        if not valid.all():
            values[:, ~valid] = 0.0
        return valid

    def _with_data(
        self,
        raw: NDArray[np.generic],
        bands: Sequence[int],
        judged: Sequence[int],
        *,
        whole: bool,
    ) -> Iterator[NDArray[np.bool_]]:
        """Yield where the bands at the positions `judged` are not nodata, bool (H, W).

        See `read` on nodata 0, and `_equals`.
        """
        seen_nonzero: NDArray[np.bool_] | None = None
        for position in judged:
            nodata = self.nodata[bands[position]]
            if nodata == 0:
                nonzero = raw[position] != 0
                seen_nonzero = (
                    nonzero if seen_nonzero is None else seen_nonzero | nonzero
                )
            elif nodata is not None:
                yield ~_equals(raw[position], nodata, whole=whole)
        if seen_nonzero is not None:
            yield seen_nonzero

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
        self,
        window: Window,
        bands: Sequence[int],
        values: NDArray[np.float32] | None = None,
    ) -> tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """Return a window as stored (C, H, W), and the dataset's mask (H, W).

        Where `values` are given, they are filled and returned instead.
        """
        place = rasterio.windows.Window(
            window.column, window.row, window.width, window.height
        )
        with gdal_call(self.path, "read"), rasterio.Env(**self._direct()):
            numbers = [self.places[band] for band in bands]
            raw = self.dataset.read(numbers, window=place, out=values)
            mask = np.ones(raw.shape[1:], bool)
            first = self.places[0]
            flags = self.dataset.mask_flag_enums[first - 1]
            if MaskFlags.per_dataset in flags and MaskFlags.alpha not in flags:
                mask = self.dataset.read_masks(first, window=place) != 0
            # GDAL's mask of an alpha band gives way to a nodata value, and has 8 bits.
            for alpha in self.alphas:
                mask &= self.dataset.read(alpha, window=place) != 0
        return raw, mask

    def _direct(self) -> dict[str, str]:
        """Return what lets GDAL read only the columns of a window of a raw file.

        Otherwise it takes whole lines through its cache, in twice the time. Where the
        bands of each pixel lie side by side it would read these lines for each band.
        """
        kinds = (Interleaving.line, Interleaving.band)
        raw = self.dataset.driver == "ENVI" and self.dataset.interleaving in kinds
        return {"GDAL_ONE_BIG_READ": "YES"} if raw else {}

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


def _equals(
    values: NDArray[np.generic], nodata: float, *, whole: bool = False
) -> NDArray[np.bool_]:
    """Return where `values` equal a nodata value that GDAL hands out as a double.

    Args:
        values: As stored, or float32 of what is stored.
        nodata: The nodata value.
        whole: Whether whole numbers are stored: no other number equals one then.
    """
    if whole and not nodata.is_integer():
        return np.zeros(values.shape, bool)
    return equals_nodata(values, nodata)
