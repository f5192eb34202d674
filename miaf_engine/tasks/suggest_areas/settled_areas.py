"""Areas that need not be asked for again: labelled ones, and those passed over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from miaf_engine.errors import ConfigError
from miaf_engine.grid import Grid
from miaf_engine.labels.areas import read_areas
from miaf_engine.progress import Progress
from miaf_engine.requests import SuggestAreasRequest


@dataclass(frozen=True, eq=False)
class SettledAreas:
    """Areas, in the CRS of a grid, that no suggestion may overlap.

    Attributes:
        labelled: Those that have a class.
        passed_over: Those suggested before, whose class a person left empty.
    """

    labelled: shapely.STRtree
    passed_over: shapely.STRtree

    def cover(
        self, polygons: NDArray[np.object_]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which polygons overlap an area, (N,), and which are settled, (N,).

        Settled are those that overlap a labelled area, and those of which areas passed
        over cover at least half: superpixels of a new training are cut anew, and one
        that a road merely grazes may be a field.
        """
        labelled = overlapping(polygons, self.labelled)
        taken = labelled | overlapping(polygons, self.passed_over)
        return taken, labelled | mostly_covered(polygons, self.passed_over)


def read_settled(
    request: SuggestAreasRequest, field: str, grid: Grid, progress: Progress
) -> SettledAreas:
    """Read the areas of a request, and tell how many there are of each kind.

    Args:
        request: The request.
        field: Class field of `rois_more` where the request names none.
        grid: The cube's grid.
        progress: Told of the areas.

    Raises:
        ConfigError: A layer is named, and no file.
        InputError: The areas do not serve; see `read_areas`.
    """
    _check_layers(request)
    labelled: list[shapely.Geometry] = []
    passed: list[shapely.Geometry] = []
    if request.rois is not None:
        areas = read_areas(
            request.rois,
            request.class_field,
            grid,
            layer=request.rois_layer,
            least_classes=1,
            progress=progress,
        )
        labelled += areas.geometries
    if request.rois_more is not None:
        areas = read_areas(
            request.rois_more,
            request.class_field or field,
            grid,
            layer=request.rois_more_layer,
            least_classes=0,
            progress=progress,
        )
        for shape, key in zip(areas.geometries, areas.keys, strict=True):
            (passed if key is None else labelled).append(shape)
    _tell(len(labelled), None if request.rois_more is None else len(passed), progress)
    return SettledAreas(shapely.STRtree(labelled), shapely.STRtree(passed))


def _check_layers(request: SuggestAreasRequest) -> None:
    for name in ("rois", "rois_more"):
        layer = getattr(request, f"{name}_layer")
        if layer is not None and getattr(request, name) is None:
            raise ConfigError(
                f"The layer '{layer}' of areas is named, and no areas.",
                hint=f"Give {name} as well.",
            )


def _tell(labelled: int, passed: int | None, progress: Progress) -> None:
    """Tell how many areas there are; None where none can have been passed over."""
    if passed is not None:
        progress.info(
            f"Of the areas given, {labelled} count as labelled, and {passed} without a "
            "class were passed over."
        )
    elif labelled:
        progress.info(f"{labelled} areas count as labelled.")


def overlapping(
    polygons: NDArray[np.object_], areas: shapely.STRtree
) -> NDArray[np.bool_]:
    """Return which polygons, (N,), share more with an area than a border.

    Points and lines count where a polygon holds a part of them.
    """
    found = np.zeros(len(polygons), bool)
    own, other = areas.query(polygons, predicate="intersects")
    apart = shapely.touches(polygons[own], areas.geometries[other])
    found[own[~apart]] = True
    return found


def mostly_covered(
    polygons: NDArray[np.object_], areas: shapely.STRtree
) -> NDArray[np.bool_]:
    """Return of which polygons, (N,), areas cover at least half.

    Where areas overlap each other, the shared part counts once for each.
    """
    own, other = areas.query(polygons, predicate="intersects")
    shared = shapely.intersection(polygons[own], areas.geometries[other])
    covered = np.bincount(own, shapely.area(shared), len(polygons))
    return np.asarray(2 * covered >= shapely.area(polygons))
