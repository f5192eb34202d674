"""The superpixels of a cube that could be labelled next, tile by tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from miaf_engine.cubes.tiles import Tile
from miaf_engine.errors import ConfigError
from miaf_engine.grid import Grid
from miaf_engine.labels.areas import read_areas
from miaf_engine.labels.ground_area import PixelSizes
from miaf_engine.labels.polygons import outlines
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.preparation import Preparation
from miaf_engine.prediction.uncertainty import margin
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.preprocessing.normalisation import Scene
from miaf_engine.preprocessing.superpixel_statistics import SuperpixelGroups
from miaf_engine.preprocessing.superpixels import segment
from miaf_engine.progress import Progress
from miaf_engine.requests import SuggestAreasRequest
from miaf_engine.tasks.suggest_areas.ranking import Candidates, most_informative
from miaf_engine.translation import tr


@dataclass(frozen=True, eq=False)
class ExcludedAreas:
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
        """Return which polygons overlap an area, (N,), and which are excluded, (N,).

        Excluded are those that overlap a labelled area, and those at least half covered
        by areas passed over: a new training cuts new superpixels, and one that merely
        touches a road may be a field.
        """
        labelled = overlapping(polygons, self.labelled)
        overlapped = labelled | overlapping(polygons, self.passed_over)
        return overlapped, labelled | mostly_covered(polygons, self.passed_over)


def read_excluded(
    request: SuggestAreasRequest, field: str, grid: Grid, progress: Progress
) -> ExcludedAreas:
    """Read the areas of a request, and tell how many there are of each kind.

    Args:
        request: The request.
        field: Class field of `rois_more` where the request names none.
        grid: The cube's grid.
        progress: Receives the areas.

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
    _report_counts(
        len(labelled), None if request.rois_more is None else len(passed), progress
    )
    return ExcludedAreas(shapely.STRtree(labelled), shapely.STRtree(passed))


def _check_layers(request: SuggestAreasRequest) -> None:
    for name in ("rois", "rois_more"):
        layer = getattr(request, f"{name}_layer")
        if layer is not None and getattr(request, name) is None:
            raise ConfigError(
                tr("The layer '{layer}' is given without areas.").format(layer=layer),
                hint=tr("Give '{name}' as well.").format(name=name),
            )


def _report_counts(labelled: int, passed: int | None, progress: Progress) -> None:
    """Tell how many areas there are; None where none can have been passed over."""
    if passed is not None:
        progress.info(
            tr(
                "Areas that count as labelled: {labelled}. Areas without a class, "
                "which are not suggested again: {passed}."
            ).format(labelled=labelled, passed=passed)
        )
    elif labelled:
        progress.info(
            tr("Areas that count as labelled: {labelled}.").format(labelled=labelled)
        )


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


@dataclass
class CandidateFinder:
    """Collects the most informative superpixels of a cube.

    Attributes:
        grid: The cube's grid.
        preparation: What the cube goes through.
        pixels_per_superpixel: Mean size of the superpixels; that of one of the model's
            scales takes the superpixels that the network saw.
        sizes: How large the pixels are.
        excluded: Areas that no superpixel may overlap.
        applicability: What the model applies to; None where it does not say.
        best: The most informative ones so far.
        known: Those that are excluded, by `ExcludedAreas.cover`.
        looked_at: Number of superpixels so far.
    """

    grid: Grid
    preparation: Preparation
    pixels_per_superpixel: int
    sizes: PixelSizes
    excluded: ExcludedAreas
    applicability: Applicability | None
    best: list[Candidates] = field(default_factory=list)
    known: list[Candidates] = field(default_factory=list)
    looked_at: int = 0

    def __call__(
        self,
        tile: Tile,
        scene: Scene,
        graphs: Sequence[SuperpixelGraph],
        probabilities: NDArray[np.float32],
    ) -> None:
        """Look at a classified tile; its superpixels end at the seams of its core.

        Args:
            tile: The tile.
            scene: The normalised scene of the padded tile.
            graphs: Its superpixels at each scale.
            probabilities: float32 (K, h, w) of its core, NaN where nodata.
        """
        rows, columns = tile.core_in_padded
        segments = _joined(self._segments(scene, graphs)[rows, columns])
        groups = SuperpixelGroups(segments)
        self.looked_at += len(groups.pixels)
        polygons = outlines(segments, tile.core, self.grid)
        projected = self.preparation.projection.apply(scene)
        chances, spectra = (
            [part[groups.inside] for part in array]
            for array in (probabilities, projected[:, rows, columns])
        )
        unlike = self._unlike(scene.image[:, rows, columns][:, groups.inside])
        found = Candidates(
            polygons,
            _means(groups, chances),
            _means(groups, spectra),
            spreads(groups, spectra),
            *doubts(groups, np.stack(chances), unlike),
            groups.pixels,
            np.bincount(
                groups.members, self.sizes.within(tile.core)[groups.inside]
            ).astype(np.float64, copy=False),
            self._places(groups, tile),
        )
        overlapped, known = self.excluded.cover(polygons)
        if known.any():
            self.known = [Candidates.joined([*self.known, found.take(known)])]
        if not overlapped.all():
            together = Candidates.joined([*self.best, found.take(~overlapped)])
            self.best = [most_informative(together, self.pixels_per_superpixel)]

    def _unlike(self, spectra: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Return which pixels, (n,) of (C, n), are unlike all training areas."""
        if self.applicability is None:
            return np.zeros(spectra.shape[1], bool)
        found: NDArray[np.bool_] = (
            self.applicability.index(spectra) > self.applicability.threshold
        )
        return found

    def _segments(
        self, scene: Scene, graphs: Sequence[SuperpixelGraph]
    ) -> NDArray[np.integer]:
        config, wanted = self.preparation.superpixels, self.pixels_per_superpixel
        if wanted in config.pixels_per_superpixel:
            graph = graphs[config.pixels_per_superpixel.index(wanted)]
            return graph.node_of.reshape(scene.valid.shape)
        projected = self.preparation.projection.apply(scene)
        return segment(projected, scene.valid, wanted, config.compactness)

    def _places(self, groups: SuperpixelGroups, tile: Tile) -> NDArray[np.int64]:
        rows, columns = np.nonzero(groups.inside)
        places = (rows + tile.core.row) * np.int64(self.grid.width)
        places += columns + tile.core.column
        _, first = np.unique(groups.members, return_index=True)
        return np.asarray(places[first], np.int64)


def _means(
    groups: SuperpixelGroups, values: Sequence[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return means of D values of n pixels in each superpixel, float32 (N, D)."""
    means = [groups.means(part) for part in values]
    return np.stack(means, axis=1).astype(np.float32)


def spreads(
    groups: SuperpixelGroups, spectra: Sequence[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return the root mean squared distance to the mean spectrum, float32 (N,)."""
    squares = np.zeros(len(groups.pixels))
    for part in spectra:
        off = part - groups.means(part)[groups.members]
        squares += groups.means(np.square(off))
    return np.sqrt(squares).astype(np.float32)


def doubts(
    groups: SuperpixelGroups,
    chances: NDArray[np.float32],
    unlike: NDArray[np.bool_],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return doubts, purities and unlike shares of `Candidates`, each float32 (N,).

    A class is in full doubt at a pixel that is unlike all training areas, however sure
    the model is: it has seen nothing of the kind.

    Args:
        groups: The superpixels.
        chances: float32 (K, n), probabilities of the pixels inside.
        unlike: bool (n,), pixels that are unlike all training areas.
    """
    lead = margin(chances[:, :, None])[:, 0]
    lead[unlike] = 0.0
    count, classes = len(groups.pixels), len(chances)
    place = groups.members * np.int64(classes) + chances.argmax(axis=0)
    mapped = np.bincount(place, minlength=count * classes).reshape(count, classes)
    purities = mapped.max(axis=1) / groups.pixels
    shares = groups.means(unlike.astype(np.float32))
    return (
        (1 - groups.means(lead)).astype(np.float32),
        purities.astype(np.float32),
        shares.astype(np.float32),
    )


def _joined(segments: NDArray[np.integer]) -> NDArray[np.int32]:
    """Renumber superpixels cut at a tile's seam, so that each is joined by sides."""
    from skimage.measure import label

    joined = label(segments + 1, background=0, connectivity=1)
    return np.asarray(joined - 1, np.int32)
