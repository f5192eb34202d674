"""What a raster layer's file says of its bands: wavelengths, and which are bad."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import QgsRasterLayer

from miaf_engine.cubes.band_metadata import (
    RasterTags,
    read_band_table,
    read_enmap_bands,
)
from miaf_engine.cubes.bands import BandTable
from miaf_engine.errors import MiafError
from miaf_engine.io import envi


@dataclass(frozen=True)
class LayerBands:
    """The bands of a layer that are no alpha band, as the engine sees them.

    Attributes:
        table: What is known of each band.
        numbers: The number of each in the layer, from 1.
    """

    table: BandTable
    numbers: tuple[int, ...]

    def good_between(self, low: float, high: float) -> list[tuple[int, float]]:
        """Return number and wavelength of the good bands from `low` to `high` nm."""
        centres = self.table.wavelengths_nm
        if centres is None:
            return []
        return [
            (self.numbers[index], centres[index])
            for index in self.table.good_indices
            if low <= centres[index] <= high
        ]


def bands_of(layer: QgsRasterLayer) -> LayerBands:
    """Return what is known of a layer's bands; never fails, knows little at worst."""
    try:
        dataset = gdal.Open(layer.dataProvider().dataSourceUri())
    except RuntimeError:  # Where another plugin has asked GDAL to raise.
        dataset = None
    if dataset is None or layer.providerType() != "gdal":
        numbers = tuple(range(1, layer.bandCount() + 1))
        return LayerBands(BandTable(tuple(map(layer.bandName, numbers))), numbers)
    numbers = tuple(
        number
        for number in range(1, dataset.RasterCount + 1)
        if dataset.GetRasterBand(number).GetColorInterpretation() != gdal.GCI_AlphaBand
    )
    tags = _tags(dataset, numbers, layer.source().split("|option:")[0])
    try:
        table, _ = read_band_table(tags)
    except MiafError:  # Wavenumbers: the engine will say so.
        table = BandTable(tuple(map(layer.bandName, numbers)))
    return LayerBands(table, numbers)


def _tags(dataset: Any, numbers: tuple[int, ...], path: str) -> RasterTags:
    bands = [dataset.GetRasterBand(number) for number in numbers]
    try:
        product = read_enmap_bands(Path(path))
        header = _header_beside(dataset, Path(path), len(bands))
    except (MiafError, OSError, ValueError):  # Damaged, or no path at all.
        product, header = None, {}
    return RasterTags(
        len(bands),
        [band.GetDescription() for band in bands],
        dataset.GetMetadata() or {},
        {**header, **(dataset.GetMetadata("ENVI") or {})},
        [
            {**(band.GetMetadata("ENVI") or {}), **(band.GetMetadata() or {})}
            for band in bands
        ],
        [band.GetMetadata("IMAGERY") or {} for band in bands],
        product=product.found if product else None,
        places=[number - 1 for number in numbers],
        file_count=dataset.RasterCount,
    )


def _header_beside(dataset: Any, path: Path, count: int) -> dict[str, str]:
    """Return the fields of an ENVI header beside a raster of another format."""
    if dataset.GetDriver().ShortName == "ENVI":
        return {}
    bands = (dataset.RasterCount, count)
    found = envi.beside(path, dataset.RasterYSize, dataset.RasterXSize, bands)
    return {} if found is None or found[2] else found[1]
