"""What an open raster says of itself, and whether it can serve as a cube."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rasterio.io import DatasetReader

from miaf_engine.cubes.band_sources import RasterTags
from miaf_engine.cubes.enmap_product import read_enmap_bands
from miaf_engine.errors import CubeError

_Any = TypeVar("_Any")
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def check_cube(dataset: DatasetReader, path: str) -> None:
    """Refuse a raster that cannot be a hyperspectral cube.

    Raises:
        CubeError: It has one band or complex values, or ground control points or
            rational polynomials instead of a geotransform.
    """
    if dataset.count < 2:
        raise CubeError(
            f"'{path}' has one band; a hyperspectral cube has many.",
            hint="Choose the file that holds all bands.",
        )
    odd = [kind for kind in dataset.dtypes if "complex" in kind]
    if odd:
        raise CubeError(
            f"'{path}' holds {odd[0]} values, which have no spectrum to classify.",
            hint="Convert it to real numbers first.",
        )
    # A file with control points alone reads as one with this geotransform.
    if tuple(dataset.transform)[:6] != _IDENTITY:
        return
    points, _ = dataset.gcps
    if points or dataset.rpcs is not None:
        what = "ground control points" if points else "rational polynomials"
        raise CubeError(
            f"'{path}' is placed by {what} and has no regular grid.",
            hint="Warp it to a map grid first, as with gdalwarp.",
        )


def tags_of(dataset: DatasetReader, path: str) -> RasterTags:
    """Return what a raster, and what lies beside it, says of its bands.

    Text that is not UTF-8 is left out: rasterio cannot hand it over.

    Raises:
        RasterFileError: The metadata of a product beside it are damaged.
    """
    numbers = range(1, dataset.count + 1)
    product = read_enmap_bands(Path(path))
    scales, offsets = dataset.scales, dataset.offsets
    if product and set(scales) == {1.0} and set(offsets) == {0.0}:
        if len(product.scales) == dataset.count:
            scales = tuple(product.scales)
        if len(product.offsets) == dataset.count:
            offsets = tuple(product.offsets)

    def items(number: int, domain: str | None) -> dict[str, str]:
        return _readable(lambda: dataset.tags(number, ns=domain), {})

    return RasterTags(
        dataset.count,
        _readable(lambda: dataset.descriptions, (None,) * dataset.count),
        items(0, None),
        items(0, "ENVI"),
        [{**items(n, "ENVI"), **items(n, None)} for n in numbers],
        [items(n, "IMAGERY") for n in numbers],
        scales,
        offsets,
        product.found if product else None,
    )


def _readable(read: Callable[[], _Any], otherwise: _Any) -> _Any:
    try:
        return read()
    except UnicodeDecodeError:
        return otherwise
