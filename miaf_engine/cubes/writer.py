"""Writes hyperspectral cubes with their wavelengths: GeoTIFF, or ENVI by the suffix."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from rasterio.io import DatasetWriter

from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import InputError
from miaf_engine.grid import Grid
from miaf_engine.io import envi as envi_header
from miaf_engine.io.raster_formats import driver_of
from miaf_engine.io.raster_writer import (
    RasterWriter,
    amend_header,
    created_raster,
)
from miaf_engine.translation import tr

_UNIT = "Nanometers"


@contextmanager
def cube_writer(
    path: str | os.PathLike[str],
    grid: Grid,
    bands: BandTable,
    dtype: str,
    nodata: float | None = None,
    options: Sequence[str] = (),
) -> Iterator[RasterWriter]:
    """Write a cube; it appears at the end, whole.

    Wavelengths go where GDAL's ENVI driver would put them, and QGIS looks for them.

    Args:
        path: Target: .tif, or .dat, .bsq, .img, .bil, .bip for ENVI.
        grid: The grid, kept to the last digit.
        bands: Names, wavelengths and widths.
        dtype: Data type of the file, as 'int16'.
        nodata: Value that stands for no data.
        options: GDAL creation options, `NAME=VALUE`.

    Yields:
        A writer that takes (C, H, W).

    Raises:
        FileError: The target cannot be written.
        RasterFileError: GDAL failed, or the format cannot carry the grid.
        InputError: The data type cannot hold the nodata value.
        ConfigError: A creation option is malformed.
    """
    check_nodata(nodata, dtype)
    envi = driver_of(Path(path)) == "ENVI"
    profile = {"dtype": dtype, "count": bands.count, "nodata": nodata}
    chosen = list(options) if envi else _tiff_options(dtype, options)

    def describe(dataset: DatasetWriter) -> None:
        if envi:
            dataset.descriptions = tuple(map(envi_header.plain_name, bands.names))
        else:
            _tag(dataset, bands)

    def name(temporary: Path) -> None:
        if envi and bands.wavelengths_nm is not None:
            amend_header(temporary, _header_fields(bands))

    with created_raster(path, grid, profile, chosen, describe, name) as writer:
        yield writer


def _tiff_options(dtype: str, options: Sequence[str]) -> list[str]:
    """Return the user's creation options, and ours where they say nothing."""
    given = "|".join(options).lower()
    ours = []
    if "compress" not in given:
        # Differences of neighbours: a cube takes a third less than without.
        ours.append(f"PREDICTOR={3 if 'float' in dtype else 2}")
    if "interleave" not in given:
        # A viewer that shows three bands has to unpack no others.
        ours.append("INTERLEAVE=BAND")
    return [*ours, *options]


def check_nodata(nodata: float | None, dtype: str) -> None:
    """Raise InputError for a nodata value that a data type cannot hold."""
    if nodata is None:
        return
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return
    limits = np.iinfo(kind)
    if nodata != nodata or nodata % 1 or not limits.min <= nodata <= limits.max:
        raise InputError(
            tr(
                "The nodata value {nodata:g} does not fit the data type {dtype}."
            ).format(nodata=nodata, dtype=dtype),
            hint=tr("Use a whole number from {min} to {max}.").format(
                min=limits.min, max=limits.max
            ),
        )


def _tag(dataset: DatasetWriter, bands: BandTable) -> None:
    if bands.wavelengths_nm is None:
        dataset.descriptions = bands.names
        return
    dataset.update_tags(wavelength_units=_UNIT)
    widths = bands.fwhm_nm or (None,) * bands.count
    facts = zip(bands.names, bands.wavelengths_nm, widths, strict=True)
    for number, (name, centre, width) in enumerate(facts, 1):
        tags = {"wavelength": _plain(centre), "wavelength_units": _UNIT}
        imagery = {"CENTRAL_WAVELENGTH_UM": _plain(centre / 1000)}
        if width is not None:
            tags["fwhm"] = _plain(width)
            imagery["FWHM_UM"] = _plain(width / 1000)
        dataset.set_band_description(number, f"{name} ({centre:.2f} {_UNIT})")
        dataset.update_tags(number, **tags)
        dataset.update_tags(number, ns="IMAGERY", **imagery)


def _header_fields(bands: BandTable) -> dict[str, str]:
    lists = {"wavelength": bands.wavelengths_nm, "fwhm": bands.fwhm_nm}
    shown = {
        key: "{" + ", ".join(map(_plain, values)) + "}"
        for key, values in lists.items()
        if values is not None
    }
    return {"wavelength units": _UNIT, **shown}


def _plain(value: float) -> str:
    """Return a number to a millionth, without zeros at its end."""
    return f"{value:.9f}".rstrip("0").rstrip(".")
