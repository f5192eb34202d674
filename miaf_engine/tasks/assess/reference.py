"""From the files of an assessment to reference pixels with their areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.nearness import Nearness
from miaf_engine.classes import ClassTable
from miaf_engine.errors import ConfigError, SampleError, listed
from miaf_engine.grid import Grid
from miaf_engine.io.class_maps import (
    check_same_grid,
    read_class_map,
    read_label_raster,
)
from miaf_engine.labels.area_digests import AreaRecord
from miaf_engine.labels.areas import needed_field, read_areas
from miaf_engine.labels.class_keys import Key, class_table
from miaf_engine.labels.class_matching import (
    classes_of_areas,
    match_classes,
    refuse_unknown,
    with_unmatched,
)
from miaf_engine.labels.label_map import (
    LabelMap,
    present_values,
    raster_classes,
    regions_of,
    without_nodata,
)
from miaf_engine.labels.rasterising import (
    label_map_from_areas,
    label_map_of,
    rasterise_areas,
)
from miaf_engine.progress import Progress
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.tasks.assess.overlap import (
    MapModel,
    Overlap,
    TrainingOverlap,
    overlap,
)
from miaf_engine.translation import marked, tr

LEFT_OUT = marked(
    "{share} % of the scored pixels lie within {near} pixels of the areas left out."
)
FLATTERED = marked(
    "If the map was trained on them, the accuracy says little about places away from "
    "them. For the whole map, use a sample from 'Draw a reference sample'."
)


@dataclass(frozen=True)
class Reference:
    """What a map is scored on.

    Attributes:
        labels: Classes of the map, then those that the reference alone has, 0 = not
            scored, and the area of each pixel.
        excluded: bool (H, W), pixels that the user left out; None for none.
        definition: Which pixels are scored, for the user.
        overlap: How much of them are training areas of the map's model.
        nearness: How much of it lies beside what the user left out; None for nothing.
    """

    labels: LabelMap
    excluded: NDArray[np.bool_] | None
    definition: str
    overlap: Overlap
    nearness: Nearness | None = None


class _Matched(NamedTuple):
    """Reference pixels, and which areas a record names, None without one."""

    labels: LabelMap
    trained: TrainingOverlap | None


def read_reference(
    request: AssessRequest,
    grid: Grid,
    classes: ClassTable,
    model: MapModel | None,
    progress: Progress,
) -> Reference:
    """Read the reference on the map's grid, less the areas to leave out.

    Args:
        request: What to score.
        grid: Grid of the map.
        classes: Classes of the map.
        model: The model that made the map, where it is known.
        progress: Receives warnings.

    Raises:
        ConfigError: Areas and raster are both given, or neither.
        SampleError: No reference pixel has a class of the map, or none is left.
    """
    if (request.reference is None) == (request.reference_labels is None):
        raise ConfigError(
            tr("An assessment needs either reference areas or a reference raster."),
            hint=tr("Give 'Reference areas' with their 'Class field', or the raster."),
        )
    record = model.record if model and model.record.whole else None
    read = _from_raster if request.reference is None else _from_areas
    labels, areas = read(request, grid, classes, record, progress)
    definition = tr("Scored pixels of the reference: {pixels}.").format(
        pixels=int((labels.values > 0).sum())
    )
    excluded = nearness = None
    if request.exclude_rois:
        excluded = read_excluded(request, grid, progress)
        labels, definition = _without(labels, excluded, progress)
        nearness = Nearness.of([(labels.values > 0, excluded)])
        near = nearness.text(tr(LEFT_OUT))
        definition = f"{definition} {near}"
        if nearness.is_high:
            progress.warning(f"{near} {tr(FLATTERED)}")
    scored, left_out = labels.values > 0, excluded is not None
    found = overlap(model, areas, scored, progress, left_out=left_out)
    if found.note:
        definition = f"{definition} {found.note}"
    return Reference(labels, excluded, definition, found, nearness)


def _without(
    labels: LabelMap, excluded: NDArray[np.bool_], progress: Progress
) -> tuple[LabelMap, str]:
    """Return the reference without the areas to leave out, and say what they took."""
    shared = (labels.values > 0) & excluded
    kept = without_nodata(labels, ~excluded)
    left_out, left = int(shared.sum()), int((kept.values > 0).sum())
    if not left:
        raise SampleError(
            tr("No pixel of the reference is left to score."),
            hint=tr("Check that the reference and 'Areas to leave out' differ."),
        )
    if left_out:
        cut = np.intersect1d(labels.groups[shared], kept.groups[kept.groups > 0])
        text = tr(
            "Reference pixels that are not scored, because they lie in the areas to "
            "leave out: {left_out} of {count}."
        ).format(left_out=left_out, count=left_out + left)
        if len(cut):
            text += " " + tr(
                "Reference areas that lie partly in the areas to leave out: {areas}. "
                "Their scored pixels adjoin those left out. If the map was trained "
                "on those, the figures are too high."
            ).format(areas=len(cut))
        progress.warning(text)
    definition = tr(
        "Scored pixels of the reference: {pixels}. Pixels not scored, because they "
        "lie in the areas to leave out: {left_out}."
    ).format(pixels=left, left_out=left_out)
    return kept, definition


def _from_areas(
    request: AssessRequest,
    grid: Grid,
    classes: ClassTable,
    record: AreaRecord | None,
    progress: Progress,
) -> _Matched:
    areas = read_areas(
        str(request.reference),
        needed_field(request.class_field),
        grid,
        request.reference_layer,
        least_classes=1,
        progress=progress,
    )
    styles = request.class_styles
    found, index = classes_of_areas(areas.keys, styles, None, progress)
    matched = match_classes(index, found, classes, progress)
    refuse_unknown(areas.keys, matched, classes)
    table, place = with_unmatched(index, found, classes, matched)
    _warn_of_unmatched(table.names[len(classes) :], progress)
    rasterised = rasterise_areas(areas, place, table, grid, progress)
    labels = label_map_of(rasterised, progress)
    trained = TrainingOverlap.of_outlines(rasterised, record, grid) if record else None
    return _Matched(labels, trained)


def _from_raster(
    request: AssessRequest,
    grid: Grid,
    classes: ClassTable,
    record: AreaRecord | None,
    progress: Progress,
) -> _Matched:
    raster = read_label_raster(
        str(request.reference_labels),
        grid,
        progress,
        what=marked("reference raster"),
        other=tr("class map"),
    )
    values, styles = raster.values, raster.styles(request.class_styles)
    present = present_values(values, marked("reference raster"))
    found = raster_classes(present, raster.classes, styles, progress)
    if unnamed := set(present).difference(found.values):
        named = [{**item, "key": item["value"]} for item in found.as_json()]
        found = class_table([*found.values, *unnamed], named, progress)[0]
    index = _places(found)
    matched = match_classes(index, found, classes, progress)
    if not matched.keys() & set(present):
        raise SampleError(
            tr("The reference raster has none of the map's classes."),
            hint=tr("The map has {names}.").format(names=", ".join(classes.names)),
        )
    index = {value: k for value, k in index.items() if value in present}
    table, place = with_unmatched(index, found, classes, matched)
    _warn_of_unmatched(table.names[len(classes) :], progress)
    reference = _looked_up(values, place)
    labels = LabelMap(reference, regions_of(reference), table)
    trained = (
        TrainingOverlap.of_regions(labels.groups, record, grid) if record else None
    )
    return _Matched(labels, trained)


def _warn_of_unmatched(names: Sequence[str], progress: Progress) -> None:
    if names:
        progress.warning(
            tr(
                "Classes of the reference that the map does not have: {names}. The "
                "map is wrong there, and the figures list them as separate classes. "
                "If they are not to be scored, remove them from the reference (in a "
                "raster, make their pixels nodata)."
            ).format(names=listed(names))
        )


def read_other_map(
    path: str, grid: Grid, classes: ClassTable, progress: Progress
) -> NDArray[np.uint16]:
    """Read another class map of the same grid, in the classes of the first.

    Returns:
        uint16 (H, W), class 1..K, 0 where unclassified or of a class that the first
        map does not have.

    Raises:
        GridMismatchError: It lies on another grid.
        SampleError: It has none of the classes.
    """
    values, found_grid, found = read_class_map(
        path, progress, what=marked("map to compare with")
    )
    check_same_grid(
        found_grid,
        grid,
        tr("map to compare with '{path}'").format(path=path),
        tr("class map"),
    )
    matched = match_classes(_places(found), found, classes, progress)
    unknown = [entry.name for entry in found if entry.value not in matched]
    if len(unknown) == len(found):
        raise SampleError(
            tr(
                "The map to compare with, '{path}', has none of the map's classes."
            ).format(path=path),
            hint=tr("The map has {names}.").format(names=", ".join(classes.names)),
        )
    if unknown:
        progress.warning(
            tr(
                "Classes of the map to compare with that the first map does not "
                "have count as wrong: {unknown}."
            ).format(unknown=", ".join(unknown))
        )
    return _looked_up(values, matched)


def _places(table: ClassTable) -> dict[Key, int]:
    return {value: k for k, value in enumerate(table.values, 1)}


def _looked_up(
    values: NDArray[np.int32], matched: Mapping[Key, int]
) -> NDArray[np.uint16]:
    """Return the map's class of each file value, 0 where it has none."""
    lookup = np.zeros(int(values.max(initial=0)) + 1, dtype=np.uint16)
    for value, k in matched.items():
        if isinstance(value, int) and 0 < value < len(lookup):
            lookup[value] = k
    return lookup[np.maximum(values, 0)]


def read_excluded(
    request: AssessRequest, grid: Grid, progress: Progress
) -> NDArray[np.bool_]:
    """Return where the excluded areas lie, bool (H, W)."""
    areas = read_areas(
        str(request.exclude_rois),
        None,
        grid,
        request.exclude_rois_layer,
        progress=progress,
    )
    one = class_table(["excluded"])[0]
    return label_map_from_areas(areas, {None: 1}, one, grid, progress).values > 0
