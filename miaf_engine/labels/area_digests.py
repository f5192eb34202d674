"""The training and test areas of a model, identified by hashes.

A training that continues from a model must not be scored on its training areas. So a
model file names its areas by a digest of their outline, from which nothing of the
outline can be read; whoever has the areas can find them again.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeGuard

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from miaf_engine.grid import Grid
from miaf_engine.labels.rasterising import RasterisedAreas

Digests = frozenset[str]
MOST = 20_000  # areas; a label raster of single pixels would swell the file
_LENGTH = 16  # hexadecimal digits
# Coordinates are tried rounded to a thousandth of a pixel, and to the next decimals:
# a way through another CRS and back moves them by less than the last of these.
_TOLERANCE, _DECIMALS = 1e-3, 6
_TYPES = shapely.GeometryType
_KINDS = (
    (_TYPES.POINT, _TYPES.MULTIPOINT, shapely.multipoints),
    (_TYPES.LINESTRING, _TYPES.MULTILINESTRING, shapely.multilinestrings),
    (_TYPES.POLYGON, _TYPES.MULTIPOLYGON, shapely.multipolygons),
)

# Digests of each area, by its number in the groups of a label map.
GroupDigests = Mapping[int, Digests]


def outline_digest(geometry: BaseGeometry) -> str:
    """Return the digest of an area's outline, wherever it starts and turns."""
    return _digest(shapely.to_wkb(shapely.normalize(geometry), output_dimension=2))


def are_known(
    geometries: Sequence[BaseGeometry], known: Digests, pixel: float
) -> NDArray[np.bool_]:
    """Return which areas have an outline that a digest stands for.

    Programs turn polygons into multipolygons of one part, and back, and a way through
    another CRS changes the last digits: coordinates drawn to fewer are found again.

    Args:
        geometries: The areas, n of them.
        known: The digests.
        pixel: Width of a pixel, in the unit of the coordinates.

    Returns:
        bool (n,).
    """
    return np.array([bool(own) for own in found_again(geometries, known, pixel)], bool)


def found_again(
    geometries: Sequence[BaseGeometry], known: Digests, pixel: float
) -> list[Digests]:
    """Return which digests stand for the outline of each area; see `are_known`."""
    shapes = np.array(geometries, dtype=object)
    found: list[Digests] = [frozenset()] * len(shapes)
    if not known:
        return found
    first = math.ceil(-math.log10(_TOLERANCE * pixel))
    for drawn in (shapes, _of_other_kind(shapes)):
        rounded = [
            shapely.transform(drawn, partial(np.round, decimals=decimals))
            for decimals in range(first, first + _DECIMALS)
        ]
        for outlines in (drawn, *rounded):
            normal = shapely.normalize(outlines)
            contents = shapely.to_wkb(normal, output_dimension=2)
            for place, content in enumerate(contents):
                found[place] |= known & {_digest(content)}
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def _of_other_kind(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return single shapes as collections of one, and such collections as single."""
    kinds: NDArray[np.int32] = shapely.get_type_id(shapes)
    found: NDArray[np.object_] = shapes.copy()
    for kind, many, made in _KINDS:
        single = kinds == kind
        if single.any():
            found[single] = made(shapes[single], indices=np.arange(single.sum()))
        lone = (kinds == many) & (shapely.get_num_geometries(shapes) == 1)
        found[lone] = shapely.get_geometry(shapes[lone], 0)
    return found


@dataclass(frozen=True)
class AreaRecord:
    """What is known of a model's areas, and of those of the models before it.

    Attributes:
        trained: Digests of areas of which any pixel was trained on or chose an epoch.
        scored: Digests of the test areas.
        whole: Whether all areas are named; else nothing can be said of others.
    """

    trained: Digests = field(default_factory=frozenset)
    scored: Digests = field(default_factory=frozenset)
    whole: bool = True

    @property
    def held_out(self) -> Digests:
        """Digests of areas that no model was trained on."""
        return self.scored - self.trained

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON values; one too long keeps nothing but that."""
        if not self.whole or len(self.trained) + len(self.scored) > MOST:
            return {"learnt": [], "scored": [], "whole": False}
        return {
            "learnt": sorted(self.trained),
            "scored": sorted(self.scored),
            "whole": True,
        }

    @classmethod
    def from_json(cls, values: object) -> AreaRecord:
        """Read what a model file says; of older and damaged ones nothing is known."""
        if not isinstance(values, Mapping):
            return cls(whole=False)
        trained, scored = values.get("learnt"), values.get("scored")
        if not (_is_texts(trained) and _is_texts(scored)):
            return cls(whole=False)
        return cls(frozenset(trained), frozenset(scored), values.get("whole") is True)

    def after(self, trained: Iterable[str], scored: Iterable[str]) -> AreaRecord:
        """Return the record of a model that continued from this one."""
        known = self.trained | frozenset(trained)
        held = (self.scored | frozenset(scored)) - known
        return AreaRecord(known, held, self.whole)


def _is_texts(values: object) -> TypeGuard[Sequence[str]]:
    return isinstance(values, Sequence) and all(isinstance(v, str) for v in values)


def digests_of_areas(rasterised: RasterisedAreas) -> dict[int, Digests]:
    """Return the digests of the areas that each group was joined from."""
    found: dict[int, set[str]] = {}
    for number, geometry in enumerate(rasterised.areas.geometries, start=1):
        group = int(rasterised.joined[number])
        if group:
            found.setdefault(group, set()).add(outline_digest(geometry))
    return {group: frozenset(digests) for group, digests in found.items()}


def digests_of_regions(groups: NDArray[np.int32], grid: Grid) -> dict[int, Digests]:
    """Return a digest of the pixels of each region of a label raster, (H, W)."""
    rows, columns = np.nonzero(groups)
    numbers = groups[rows, columns]
    order = np.argsort(numbers, kind="stable")
    a, b, c, d, e, f = grid.transform
    x = (a * (columns + 0.5) + b * (rows + 0.5) + c)[order]
    y = (d * (columns + 0.5) + e * (rows + 0.5) + f)[order]
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    places = np.stack([x, y], axis=1)
    return {
        int(numbers[order[start]]): frozenset(
            {hashlib.sha256(part.tobytes()).hexdigest()[:16]}
        )
        for start, part in zip(starts, np.split(places, starts[1:]), strict=True)
    }


def named(digests: GroupDigests, numbers: Iterable[int]) -> Digests:
    """Return the digests of the areas of these numbers."""
    return frozenset().union(*(digests.get(int(n), frozenset()) for n in numbers))
