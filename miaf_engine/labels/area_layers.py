"""Areas of several files on several scenes: one label map, each area numbered once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from miaf_engine.classes import ClassTable
from miaf_engine.errors import GridMismatchError, SampleError, listed
from miaf_engine.grid import Grid, ScenePlace
from miaf_engine.labels.area_digests import Digests, digests_of_areas, found_again
from miaf_engine.labels.areas import Areas, read_areas
from miaf_engine.labels.class_keys import Key
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.labels.rasterising import RasterisedAreas, rasterise_areas
from miaf_engine.progress import SILENT, Progress
from miaf_engine.translation import tr, tr_n


@dataclass(frozen=True)
class AreaFile:
    """A vector file of areas, and its layer."""

    path: str
    layer: str | None = None


@dataclass(frozen=True)
class AreaLayers:
    """Areas of files, on each scene that any of them lies on.

    Attributes:
        places: The scenes.
        areas: Areas of all files together on each scene, None where none lies.
        numbers: For each scene the number of each such area, the same on every scene.
        count: Number of areas in all files.
    """

    places: tuple[ScenePlace, ...]
    areas: tuple[Areas | None, ...]
    numbers: tuple[tuple[int, ...], ...]
    count: int

    @property
    def keys(self) -> list[Key]:
        """The classes that areas name, as often as they do."""
        return [key for areas in self.areas if areas for key in areas.keys]


def read_layers(
    files: Sequence[AreaFile],
    field: str,
    places: Sequence[ScenePlace],
    progress: Progress,
    *,
    least_classes: int = 2,
) -> AreaLayers:
    """Read the areas of files onto scenes.

    Raises:
        InputError: The areas do not serve; see `read_areas`. Areas may miss some
            scenes, not all.
    """
    # A second layer may hold what the first lacks.
    least = least_classes if len(files) == 1 else 1
    found: list[list[Areas]] = [[] for _ in places]
    numbers: list[list[int]] = [[] for _ in places]
    count = 0
    for file in files:
        length = 0
        for number, areas in _on_scenes(file, field, places, progress, least):
            length = len(areas)
            found[number].append(areas)
            numbers[number] += range(count + 1, count + length + 1)
        count += length
    for place, of_place in zip(places, found, strict=True):
        if not of_place:
            progress.warning(
                tr("No area lies on '{name}', so it adds no training pixels.").format(
                    name=place.name
                )
            )
    return AreaLayers(
        tuple(places),
        tuple(map(_together, found)),
        tuple(map(tuple, numbers)),
        count,
    )


def _on_scenes(
    file: AreaFile,
    field: str,
    places: Sequence[ScenePlace],
    progress: Progress,
    least_classes: int,
) -> list[tuple[int, Areas]]:
    """Return the areas of a file by the number of each scene that they lie on.

    Raises:
        GridMismatchError: They lie on none.
    """
    found: list[tuple[int, Areas]] = []
    missed, listener = None, progress
    for number, place in enumerate(places):
        try:
            areas = read_areas(
                file.path,
                field,
                place.grid,
                file.layer,
                least_classes=least_classes,
                progress=listener,
            )
        except GridMismatchError as error:
            missed = error
            continue
        listener = SILENT  # what is wrong with the file is said once
        found.append((number, areas))
    if not found and missed is not None:
        raise missed
    return found


def rasterise_layers(
    layers: AreaLayers,
    class_of_key: Mapping[Key, int],
    classes: ClassTable,
    grid: Grid,
    progress: Progress,
    held: Digests = frozenset(),
    known: Digests = frozenset(),
) -> tuple[LabelMap, dict[int, Digests]]:
    """Label the pixels that areas cover; see `label_map_from_areas`.

    Args:
        layers: The areas.
        class_of_key: Class index 1..K of each key; areas of other keys are left out.
        classes: The K classes.
        grid: Grid of the stack.
        progress: Warned of what is left out.
        held: Digests of areas that are joined to each other alone, and keep their
            pixels.
        known: Digests of further areas that an initial model knows.

    Returns:
        The labels, and the digests of the areas by the number of their group.

    Raises:
        SampleError: No pixel is labelled.
    """
    values = np.zeros((grid.height, grid.width), np.uint16)
    own = np.zeros(values.shape, np.int32)
    root = np.arange(layers.count + 1)
    again = _found_again(layers, held | known)
    apart = np.array([bool(own & held) for own in again])
    all_rasterised: list[tuple[RasterisedAreas, tuple[int, ...]]] = []
    for place, areas, numbers in zip(
        layers.places, layers.areas, layers.numbers, strict=True
    ):
        if areas is None:
            continue
        lookup = np.array([0, *numbers])
        own_apart = apart[lookup[1:]]
        rasterised = rasterise_areas(
            areas, class_of_key, classes, place.grid, progress, apart=own_apart
        )
        values[place.window.slices] = rasterised.values
        own[place.window.slices] = lookup[rasterised.numbers]
        pairs = _touching(rasterised), _adjoining_points(rasterised, own_apart)
        _join(root, [lookup[found] for found in pairs])
        all_rasterised.append((rasterised, numbers))
    named = {class_of_key[key] for key in layers.keys if key in class_of_key}
    for warning in _warnings(all_rasterised, named):
        progress.warning(warning)
    if not values.any():
        raise SampleError(
            tr("The areas label no pixels of the cube."),
            hint=tr("Draw areas on the cube that do not cover each other."),
        )
    digests = _digests_of_groups(all_rasterised, root, again)
    return LabelMap(values, root[own].astype(np.int32), classes), digests


def _digests_of_groups(
    all_rasterised: Sequence[tuple[RasterisedAreas, tuple[int, ...]]],
    root: np.ndarray,
    again: Sequence[Digests],
) -> dict[int, Digests]:
    """Return the digests of the areas by the number of their group.

    Args:
        all_rasterised: The areas on each scene, and their numbers.
        root: Group of each number.
        again: Known digests of each number: an outline that came through another CRS
            has one of its own as well.
    """
    found: dict[int, Digests] = {}
    for rasterised, numbers in all_rasterised:
        for number, own in digests_of_areas(rasterised).items():
            group = int(root[numbers[number - 1]])
            found[group] = found.get(group, frozenset()) | own
        for number, first in zip(numbers, rasterised.joined[1:].tolist(), strict=True):
            if first:
                found[int(root[numbers[first - 1]])] |= again[number]
    return found


def _together(areas: Sequence[Areas]) -> Areas | None:
    if not areas:
        return None
    if len(areas) == 1:
        return areas[0]
    return Areas(
        tuple(shape for part in areas for shape in part.geometries),
        tuple(key for part in areas for key in part.keys),
        tuple(number for part in areas for number in part.ids),
    )


def _found_again(layers: AreaLayers, known: Digests) -> list[Digests]:
    """Return which known digests each area, by number, has on any scene."""
    found: list[Digests] = [frozenset()] * (layers.count + 1)
    for place, areas, numbers in zip(
        layers.places, layers.areas, layers.numbers, strict=True
    ):
        if areas is not None and known:
            own = found_again(areas.geometries, known, place.grid.side)
            for number, digests in zip(numbers, own, strict=True):
                found[number] |= digests
    return found


def _join(root: np.ndarray, pairs: Sequence[np.ndarray]) -> None:
    """Join pairs of areas, integer (n, 2), in `root`; the lowest stands for all."""
    # Here, because most runs that load this module rasterise nothing.
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    first, second = root[np.concatenate(pairs)].T
    graph = coo_matrix((np.ones(len(first), bool), (first, second)), 2 * (len(root),))
    _, component = connected_components(graph, directed=False)
    # The first place of a component is the lowest number in it.
    root[:] = np.unique(component, return_index=True)[1][component[root]]


def _touching(rasterised: RasterisedAreas) -> np.ndarray:
    """Return the areas that a scene joins because they touch, integer (n, 2)."""
    numbers = np.flatnonzero(rasterised.joined)
    return np.stack([numbers, rasterised.joined[numbers]], axis=1)


def _adjoining_points(rasterised: RasterisedAreas, apart: np.ndarray) -> np.ndarray:
    """Return areas of one pixel, as points are, with those of adjoining pixels, (n, 2).

    Points that adjoin are of one field, as adjoining pixels of a label raster are. What
    is `apart`, bool (n,), is joined to none of the others.
    """
    numbers, values = rasterised.numbers, rasterised.values
    single = np.bincount(numbers[numbers > 0], minlength=len(apart) + 1) == 1
    alone = np.array([False, *apart])
    rows, columns = np.nonzero(single[numbers])
    pairs = []
    for down, right in itertools.product((-1, 0, 1), repeat=2):
        place, beside = (rows, columns), (rows + down, columns + right)
        inside = (0 <= beside[0]) & (beside[0] < numbers.shape[0])
        inside &= (0 <= beside[1]) & (beside[1] < numbers.shape[1])
        place, beside = (tuple(at[inside] for at in way) for way in (place, beside))
        one, other = numbers[place], numbers[beside]
        same = (other > 0) & (values[place] == values[beside])
        same &= alone[one] == alone[other]
        pairs.append(np.stack([one[same], other[same]], axis=1))
    return np.concatenate(pairs)


def _warnings(
    all_rasterised: Sequence[tuple[RasterisedAreas, tuple[int, ...]]], named: set[int]
) -> list[str]:
    """Return what the user should know; of several scenes, of all together."""
    if len(all_rasterised) == 1:
        rasterised = all_rasterised[0][0]
        # Classes that no area names are an initial model's, and reported elsewhere.
        own = tuple(k for k in rasterised.bare if k in named)
        return replace(rasterised, bare=own).warnings()
    outside = set.intersection(
        *(
            {numbers[i] for i in rasterised.outside}
            for rasterised, numbers in all_rasterised
        )
    )
    found = []
    if outside:
        found.append(
            tr("Areas outside all cubes are left out: {outside}.").format(
                outside=len(outside)
            )
        )
    disputed = sum(rasterised.disputed for rasterised, _ in all_rasterised)
    if disputed:
        found.append(
            tr_n(
                "{n} pixel claimed by several classes and left out.",
                "{n} pixels claimed by several classes and left out.",
                n=disputed,
            )
        )
    bare = (
        set.intersection(*(set(rasterised.bare) for rasterised, _ in all_rasterised))
        & named
    )
    if bare:
        names = all_rasterised[0][0].classes.names
        found.append(
            tr("No pixels are labelled {bare}.").format(
                bare=listed([names[k - 1] for k in sorted(bare)])
            )
        )
    return found
