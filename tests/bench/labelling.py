"""Areas as a person would label them, answered from the ground truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyogrio
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize, shapes

from tests.bench.scene import TRUTH

MAJORITY = 0.8  # share of an area's pixels, those without a ground truth included
# A class, and row-major indices of the pixels.
Area = tuple[int, list[int]]


def areas_of_file(path: Path, shape: tuple[int, ...]) -> list[list[int]]:
    """Return the pixels of each polygon of a layer, in the order of the file."""
    found = pyogrio.raw.read(path, layer=path.stem)[2]
    polygons = shapely.from_wkb(found)
    with rasterio.open(TRUTH) as file:
        transform = file.transform
    numbers = rasterize(
        [(polygon, number) for number, polygon in enumerate(polygons, start=1)],
        out_shape=shape,
        transform=transform,
        dtype="int32",
    )
    order = np.argsort(numbers, axis=None, kind="stable")
    ends = np.searchsorted(numbers.flat[order], np.arange(1, len(polygons) + 2))
    return [order[a:b].tolist() for a, b in pairwise(ends)]


def answered(areas: Iterable[Sequence[int]], truth: NDArray[np.integer]) -> list[Area]:
    """Return those areas that have a majority, with its class."""
    known = []
    for pixels in areas:
        counts = np.bincount(truth.flat[pixels], minlength=2)
        counts[0] = 0
        value = int(counts.argmax())
        if counts[value] >= MAJORITY * len(pixels) > 0:
            known.append((value, list(pixels)))
    return known


def pixel_areas(
    sure: NDArray[np.floating], truth: NDArray[np.integer], count: int
) -> list[Area]:
    """Return the pixels with the smallest values as areas of one pixel each.

    Args:
        sure: float (H, W), infinite where a pixel is not to be chosen.
        truth: integer (H, W), their classes.
        count: How many.
    """
    order = np.argsort(sure, axis=None, kind="stable")[:count].tolist()
    return [(int(truth.flat[pixel]), [pixel]) for pixel in order]


def labelled_pixels(areas: Sequence[Area], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return where areas lie, bool (H, W)."""
    known = np.zeros(shape, bool)
    for _, pixels in areas:
        known.flat[pixels] = True
    return known


def write_areas(path: Path, areas: Sequence[Area], like: Path) -> None:
    """Write areas with their classes in the field `cover`, on the grid of a raster."""
    with rasterio.open(like) as file:
        transform, crs, shape = file.transform, file.crs, file.shape
    numbers = np.zeros(shape, np.int32)
    for number, (_, pixels) in enumerate(areas, start=1):
        numbers.flat[pixels] = number
    polygons, values = [], []
    for outline, number in shapes(numbers, numbers > 0, 4, transform):
        polygons.append(shapely.geometry.shape(outline))
        values.append(areas[int(number) - 1][0])
    pyogrio.raw.write(
        path,
        shapely.to_wkb(polygons),
        [np.array(values, np.int32)],
        ["cover"],
        geometry_type="Polygon",
        crs=crs.to_wkt(),
        layer=path.stem,
        dataset_options={"VERSION": "1.2"},
    )
