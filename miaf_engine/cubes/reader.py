"""Opens hyperspectral cubes and reads their values, tags and valid pixels.

A scale and an offset that all bands share are not applied: the standard normal variate
of a spectrum undoes them. Where bands differ in them, they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.io import DatasetReader

from miaf_engine.cubes.band_metadata import (
    RasterTags,
    read_band_table,
    read_enmap_bands,
    read_scaling,
)
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.header_beside import HeaderBeside
from miaf_engine.cubes.pixels import CubePixels
from miaf_engine.errors import CubeError, MiafError
from miaf_engine.grid import Grid, Window
from miaf_engine.io import envi
from miaf_engine.io.envi_repair import header_notes, ignore_value
from miaf_engine.io.gdal import (
    gdal_call,
    grid_of,
    open_raster,
)
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr

_Any = TypeVar("_Any")
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
_CHUNK_BYTES = 32 * 2**20


def bands_of(dataset: DatasetReader) -> tuple[int, ...]:
    """Return the numbers, from 1, of the bands that are no alpha band."""
    kinds = enumerate(dataset.colorinterp, 1)
    return tuple(number for number, kind in kinds if kind != ColorInterp.alpha)


def check_cube(dataset: DatasetReader, path: str) -> None:
    """Refuse a raster that cannot be a hyperspectral cube.

    Raises:
        CubeError: It has one band or complex values, or ground control points or
            rational polynomials instead of a geotransform.
    """
    if len(bands_of(dataset)) < 2:
        raise CubeError(
            tr("'{path}' has one band, but a hyperspectral cube has many.").format(
                path=path
            ),
            hint=tr("Choose the file that holds all bands."),
        )
    odd = [kind for kind in dataset.dtypes if "complex" in kind]
    if odd:
        raise CubeError(
            tr("'{path}' holds {kind} values, which cannot be classified.").format(
                path=path, kind=odd[0]
            ),
            hint=tr("Convert it to real numbers first."),
        )
    # A file with control points alone reads as one with this geotransform.
    if tuple(dataset.transform)[:6] != _IDENTITY:
        return
    points, _ = dataset.gcps
    if points or _has_polynomials(dataset):
        what = (
            tr("ground control points") if points else tr("rational polynomials (RPC)")
        )
        raise CubeError(
            tr("'{path}' is georeferenced by {what} and has no regular grid.").format(
                path=path, what=what
            ),
            hint=tr("Warp it to a map grid first, for example with gdalwarp."),
        )


def _has_polynomials(dataset: DatasetReader) -> bool:
    try:
        return dataset.rpcs is not None
    except (KeyError, ValueError, IndexError):  # some are there, and not all
        return True


def tags_of(dataset: DatasetReader, path: str) -> RasterTags:
    """Return what a raster, and what lies beside it, says of its bands.

    Text that is not UTF-8 is left out: rasterio cannot hand it over.

    Raises:
        RasterFileError: The metadata of a product beside it are damaged.
    """
    numbers = bands_of(dataset)
    product = read_enmap_bands(Path(path))

    def own(values: Sequence[_Any]) -> list[_Any]:
        return [values[number - 1] for number in numbers]

    scales, offsets = own(dataset.scales), own(dataset.offsets)
    if product and set(scales) == {1.0} and set(offsets) == {0.0}:
        if len(product.scales) == len(numbers):
            scales = product.scales
        if len(product.offsets) == len(numbers):
            offsets = product.offsets

    def items(number: int, domain: str | None) -> dict[str, str]:
        return _readable(lambda: dataset.tags(number, ns=domain), {})

    return RasterTags(
        len(numbers),
        own(_readable(lambda: dataset.descriptions, (None,) * dataset.count)),
        items(0, None),
        items(0, "ENVI"),
        [{**items(n, "ENVI"), **items(n, None)} for n in numbers],
        [items(n, "IMAGERY") for n in numbers],
        scales,
        offsets,
        product.found if product else None,
        [number - 1 for number in numbers],
        dataset.count,
    )


@dataclass(frozen=True, eq=False)
class Cube:
    """A cube, or a window of one, in memory.

    Attributes:
        values: float32 (C, H, W), file values; finite, and 0 where invalid.
        valid: bool (H, W), whether a pixel has data in every good band read.
        grid: Grid of the pixels read.
        bands: The bands read.
    """

    values: NDArray[np.float32]
    valid: NDArray[np.bool_]
    grid: Grid
    bands: BandTable

    def __post_init__(self) -> None:
        """Raise CubeError where the parts do not fit each other."""
        shape = (self.bands.count, self.grid.height, self.grid.width)
        if self.values.shape != shape or self.valid.shape != shape[1:]:
            raise CubeError(
                f"Values of {self.values.shape} and validity of {self.valid.shape} do "
                f"not make a cube of {shape}."
            )


def _of_header(dataset: DatasetReader, path: str, tags: RasterTags) -> list[str]:
    """Return what the user should know of an ENVI header and of misspelt fields."""
    items = {name: text for band in tags.bands for name, text in band.items()}
    notes = header_notes({**items, **tags.dataset, **tags.envi})
    header = envi.header_of(envi.file_of(path)) if dataset.driver == "ENVI" else None
    odd = ignore_value(envi.read_fields(header))[1] if header else ""
    alphas = dataset.count - len(bands_of(dataset))
    if alphas:
        notes.append(
            tr(
                "Alpha bands, which are not used as spectra: {alphas} of {count} "
                "bands. Transparent pixels count as nodata."
            ).format(alphas=alphas, count=dataset.count)
        )
    return [*notes, *([odd] if odd else [])]


class CubeReader:
    """An open cube; a context manager.

    Attributes:
        path: The file as the caller named it.
        grid: Its grid.
        bands: Its bands.
        dtype: Data type in the file, as 'int16'.
        notes: What was guessed or ignored while reading the metadata; for the log.
    """

    def __init__(self, dataset: DatasetReader, path: str | os.PathLike[str]) -> None:
        self._dataset = dataset
        self.path = os.fspath(path)
        check_cube(dataset, self.path)
        self.grid = grid_of(dataset)
        self.dtype: str = dataset.dtypes[0]
        with gdal_call(path, "read"):
            beside = HeaderBeside.of(dataset, self.path, tags_of(dataset, self.path))
        self.bands, notes = read_band_table(beside.tags)
        scaling, more = read_scaling(beside.tags)
        self.notes: tuple[str, ...] = (
            *_of_header(dataset, self.path, beside.tags),
            *beside.notes,
            *notes,
            *more,
        )
        places = bands_of(dataset)
        stated = [dataset.nodatavals[place - 1] for place in places]
        self._pixels = CubePixels(
            dataset,
            self.path,
            self.bands.good,
            scaling,
            places,
            tuple(n for n in dataset.indexes if n not in places),
            tuple(beside.nodata if n is None else n for n in stated),
        )
        self._mask: NDArray[np.bool_] | None = None

    def __enter__(self) -> CubeReader:
        """Return the reader."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._dataset.close()

    @property
    def mask(self) -> NDArray[np.bool_] | None:
        """The mask that `restrict` was given, bool (H, W); None without one."""
        return self._mask

    def restrict(self, mask: NDArray[np.bool_]) -> None:
        """Let pixels count as valid only where a mask is True.

        Args:
            mask: bool (H, W) of the whole grid.

        Raises:
            CubeError: The mask has another shape, or keeps no pixel.
        """
        if mask.shape != (self.grid.height, self.grid.width):
            raise CubeError(
                f"A mask of {mask.shape} does not fit a cube of {self.grid.height} "
                f"rows and {self.grid.width} columns."
            )
        if not mask.any():
            raise CubeError(
                tr("The mask leaves no pixel of the cube."),
                hint=tr("Pixels to keep must be neither 0 nor nodata in the mask."),
            )
        self._mask = mask

    @contextmanager
    def unmasked(self) -> Iterator[None]:
        """Ignore the mask within the context."""
        mask, self._mask = self._mask, None
        try:
            yield
        finally:
            self._mask = mask

    def span(
        self, window: Window, bands: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return each band's smallest and largest stored value that is data.

        Unlike in `read`, a band without data does not make pixels invalid.

        Args:
            window: Part to look at.
            bands: Indices of the bands, 0-based.

        Returns:
            float32 (C,) twice, infinity and minus infinity where a band has no data.
        """
        low = np.full(len(bands), np.inf, np.float32)
        high = -low
        for part in self._chunks(window, len(bands)):
            mask = None if self._mask is None else self._mask[part.slices]
            found = self._pixels.span(part, bands, mask)
            low, high = np.minimum(low, found[0]), np.maximum(high, found[1])
        return low, high

    def read(
        self,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        progress: Progress = SILENT,
    ) -> Cube:
        """Read values and validity.

        A pixel is invalid where any good band read is NaN, infinite or nodata, or the
        dataset's mask or the user's says so. Nodata 0 is an exception: 0 is also an
        honest value of a dark band, so such a pixel is invalid only where all those
        bands are 0.

        Args:
            window: Part to read, inside the grid; None reads all.
            bands: Indices of the bands, 0-based; None reads all. Only good ones among
                them decide validity (all of them where none is good).
            progress: Stepped once a chunk of rows.

        Returns:
            The cube of the window. The values of bad bands may be nodata even where a
            pixel is valid, but are finite.

        Raises:
            CubeError: The whole grid was read and no pixel is valid.
            RasterFileError: The file is damaged or cut short.
            Cancelled: The user asked to stop.
        """
        window = window or self.grid.window
        indices = list(range(self.bands.count)) if bands is None else list(bands)
        values = np.empty((len(indices), window.height, window.width), np.float32)
        valid = np.empty((window.height, window.width), bool)
        for part in self._chunks(window, len(indices)):
            rows = part.within(window).slices[0]
            valid[rows] = self._pixels.read(part, indices, values[:, rows])
            progress.step(rows.stop / window.height, tr("Reading the cube"))
        if self._mask is not None:
            valid &= self._mask[window.slices]
            values[:, ~valid] = 0.0
        if window == self.grid.window and not valid.any():
            raise CubeError(
                tr(
                    "'{path}' has no pixels with data: all are nodata, NaN or masked."
                ).format(path=self.path),
                hint=tr(
                    "Check the cube's nodata value ('data ignore value' in an ENVI "
                    "header) and the mask."
                ),
            )
        return Cube(values, valid, self.grid.cut(window), self.bands.take(indices))

    def _chunks(self, window: Window, bands: int) -> Iterator[Window]:
        """Yield a window in parts of whole rows that end where the file's blocks do.

        GDAL would unpack a block again for each part that it is in.
        """
        block = int(self._dataset.block_shapes[0][0])
        item = np.dtype(self.dtype).itemsize
        rows = _CHUNK_BYTES // max(1, bands * window.width * item)
        rows = max(1, rows // block) * block
        row, end = window.row, window.row + window.height
        while row < end:
            stop = min(row // rows * rows + rows, end)
            yield Window(row, window.column, stop - row, window.width)
            row = stop


def open_cube(path: str | os.PathLike[str]) -> CubeReader:
    """Open a hyperspectral cube: GeoTIFF, ENVI (data file or header), VRT or HFA.

    Raises:
        FileError: The path is not a local file.
        RasterFileError: The file is missing, damaged, cut short or of another format.
        CubeError: It has one band, complex values, ground control points or rational
            polynomials instead of a geotransform, or bands in wavenumbers.
    """
    dataset = open_raster(path, mend_header=True)
    try:
        return CubeReader(dataset, path)
    except MiafError:
        dataset.close()
        raise


def _readable(read: Callable[[], _Any], otherwise: _Any) -> _Any:
    try:
        return read()
    except UnicodeDecodeError:
        return otherwise
