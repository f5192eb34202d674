"""How far a scene's values lie from those that a model was trained on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.grid import Grid, Window
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr

SAMPLE_PIXELS = 32_768
# Flat and wide: cheap in files of lines as in files of square tiles.
_WINDOW_ROWS, _WINDOW_COLUMNS = 4, 128
_MOST_WINDOWS = 256
_TILE = 256  # rows of a tile, unless its writer asked for others
# In fewer bands an honest pixel may have one value by chance.
_FEW_BANDS = 5
# Fractions that spread points evenly over a square (Roberts 2018, the R2 sequence).
_STEPS = (0.7548776662466927, 0.5698402909980532)


@dataclass(frozen=True, eq=False)
class SceneSample:
    """Spectra of valid pixels, spread over a scene.

    Attributes:
        spectra: float32 (C, n) file values: all valid pixels of a small scene, else of
            evenly spread windows, about `SAMPLE_PIXELS`, fewer where little is valid.
        looked_at: Number of pixels that were read, valid or not.
        places: intp (2, n), row and column of each.
    """

    spectra: NDArray[np.float32]
    looked_at: int
    places: NDArray[np.intp]


def constant_fill(sample: SceneSample, whole: int) -> tuple[str, str]:
    """Say how many pixels hold one value in every band, as undeclared fill does.

    Args:
        sample: Spectra of valid pixels over the bands used.
        whole: Number of pixels of the scene.

    Returns:
        What was found, and what to do; both empty where no pixel is flat, or so few of
        a raster of few bands that it is chance.
    """
    spectra = sample.spectra
    if not spectra.size:
        return "", ""
    flat = spectra[0, (spectra == spectra[0]).all(axis=0)]
    values, counts = np.unique(flat, return_counts=True)
    least = 1 if len(spectra) >= _FEW_BANDS else 0.01 * sample.looked_at
    if not values.size or counts.max() < least:
        return "", ""
    value, count = float(values[counts.argmax()]), int(counts.max())
    others = [
        f"{other:g} ({number})"
        for other, number in zip(values.tolist(), counts.tolist(), strict=True)
        if other != value and number >= least
    ]
    fact = tr(
        "Pixels with the value {value:g} in every band: {count} of the {pixels} "
        "pixels checked. This value is not declared as nodata. If they are fill, they "
        "are trained on and mapped like cover."
    )
    if sample.looked_at == whole:
        fact = tr(
            "Pixels with the value {value:g} in every band: {count}. This value is "
            "not declared as nodata. If they are fill, they are trained on and mapped "
            "like cover."
        )
    advice = tr(
        "Declare the value as nodata (ENVI header: data ignore value = {value:g}; "
        "GeoTIFF: gdal_edit.py -a_nodata {value:g} FILE), or use a mask."
    ).format(value=value)
    if others:
        more = tr("The same holds for other values: {values}.").format(
            values=", ".join(others[:5])
        )
        advice = f"{advice} {more}"
    return fact.format(count=count, pixels=sample.looked_at, value=value), advice


def sample_spectra(
    source: CubeSource, bands: Sequence[int], progress: Progress = SILENT
) -> NDArray[np.float32]:
    """Return the spectra of `sample_scene`, float32 (C, n)."""
    return sample_scene(source, bands, progress).spectra


def unmasked_sample(
    source: CubeSource,
    bands: Sequence[int],
    sample: SceneSample,
    progress: Progress = SILENT,
) -> SceneSample:
    """Return what a sample is without the user's mask.

    Args:
        source: The cube.
        bands: 0-based positions of the C bands.
        sample: Its sample with the mask, which is taken where there is none.
        progress: Stepped once a window.
    """
    if not isinstance(source, CubeReader) or source.mask is None:
        return sample
    with source.unmasked():
        return sample_scene(source, bands, progress)


def sample_scene(
    source: CubeSource, bands: Sequence[int], progress: Progress = SILENT
) -> SceneSample:
    """Read spectra of valid pixels, window by window.

    Args:
        source: The cube; no more than `SAMPLE_PIXELS` pixels are held at once.
        bands: 0-based positions of the C bands.
        progress: Stepped once a window.

    Raises:
        CubeError: A small scene has no pixel with data.
        Cancelled: The user asked to stop.
    """
    windows = list(sample_windows(source.grid))
    pieces: dict[int, NDArray[np.float32]] = {}
    places: dict[int, NDArray[np.intp]] = {}
    count = looked_at = 0
    while len(pieces) < len(windows) and count < SAMPLE_PIXELS:
        first = len(pieces)
        # So many at least are needed, and more where pixels are without data.
        least = math.ceil((SAMPLE_PIXELS - count) / windows[0].size)
        numbers = range(first, min(first + least, len(windows)))
        for number in sorted(numbers, key=lambda at: _place(windows[at])):
            window = windows[number]
            cube = source.read(window, bands)
            pieces[number] = cube.values[:, cube.valid]
            corner = np.array([[window.row], [window.column]])
            places[number] = np.stack(np.nonzero(cube.valid)) + corner
            count += pieces[number].shape[1]
            looked_at += cube.valid.size
            progress.step(min(count / SAMPLE_PIXELS, 1.0), tr("Measuring the scene"))
    spectra, where = (
        np.concatenate([part[number] for number in sorted(part)], axis=1)
        for part in (pieces, places)
    )
    return SceneSample(spectra, looked_at, where)


def _place(window: Window) -> tuple[int, int]:
    """Return what windows are read by: one after another of the same tile.

    GDAL keeps few tiles unpacked, and unpacks one again that is read later.
    """
    return window.row // _TILE, window.column


def sample_windows(grid: Grid) -> Iterator[Window]:
    """Yield the windows to sample: the whole of a small scene, else spread ones."""
    if grid.height * grid.width <= SAMPLE_PIXELS:
        yield grid.window
        return
    height, width = min(_WINDOW_ROWS, grid.height), min(_WINDOW_COLUMNS, grid.width)
    spare = grid.height - height + 1, grid.width - width + 1
    for number in range(_MOST_WINDOWS):
        row, column = (
            int((0.5 + number * step) % 1.0 * room)
            for step, room in zip(_STEPS, spare, strict=True)
        )
        yield Window(row, column, height, width)
