"""Which digests stand for the areas of a label map."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from miaf_engine.grid import Grid
from miaf_engine.labels.area_digests import Digests, outline_digest
from miaf_engine.labels.rasterising import Burnt

# Digests of each area, by its number in the groups of a label map.
GroupDigests = Mapping[int, Digests]


def digests_of_areas(burnt: Burnt) -> dict[int, Digests]:
    """Return the digests of the areas that each group was joined from."""
    found: dict[int, set[str]] = {}
    for number, geometry in enumerate(burnt.areas.geometries, start=1):
        group = int(burnt.joined[number])
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
