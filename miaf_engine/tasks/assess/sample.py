"""A reference sample that was drawn by `drawsample`: its design, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from miaf_engine.accuracy.area_estimates import AreaEstimates
from miaf_engine.accuracy.design_estimates import Strata, design_estimates
from miaf_engine.accuracy.metrics import Assessment, assess
from miaf_engine.classes import ClassTable
from miaf_engine.errors import SampleError, listed
from miaf_engine.grid import Grid
from miaf_engine.labels.areas import Areas, field_names, needed_field, read_areas
from miaf_engine.labels.class_keys import Key
from miaf_engine.labels.class_matching import (
    classes_of_areas,
    match_classes,
    refuse_unknown,
    with_unmatched,
)
from miaf_engine.labels.ground_area import ClassAreas, class_areas
from miaf_engine.labels.rasterising import in_pixels
from miaf_engine.progress import Progress
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.draw_sample import SAMPLE_FIELDS, is_of_sample
from miaf_engine.translation import marked, tr

_INTERVALS = marked(
    "Wilson's (1927) intervals on the effective sample size with Student's t, and "
    "half a point of the greatest weight added"
)
STRATIFIED = marked(
    "Stehman (2014): stratified estimator with indicator functions, the strata those "
    "of the sample's design; {intervals}"
)
POST_STRATIFIED = marked(
    "Olofsson et al. (2014), Stehman (2014): {design} sample, post-stratified by the "
    "classes of the map; {intervals}"
)
WHOLE = marked(
    "Stehman (2014): {design} sample of another map's area, estimated as one stratum; "
    "{intervals}"
)
LARGER = 1.01  # times the land of a sample: the rest of the map was not sampled
_AS_SIMPLE = marked("with the variance of a simple random sample")


@dataclass(frozen=True, eq=False)
class DesignedSample:
    """Points of a sample that were looked up, and what they stand for.

    Attributes:
        rows, columns: intp (n,), pixel of the map that each lies in; -1 beside it.
        reference: int64 (n,), reference class 1..K.
        classes: The K classes: those of the map, then those that the reference alone
            has.
        design: How the points were drawn.
        strata: What they stand for, by the design; areas in `unit`.
        unit: ha or pixels.
        notes: What was left out, a sentence each.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    reference: NDArray[np.int64]
    classes: ClassTable
    design: str
    strata: Strata
    unit: str
    notes: tuple[str, ...]

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether each point lies on the map, bool (n,)."""
        return self.rows >= 0

    def at_points(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return what a raster (H, W) holds at each point, (n,), 0 beside it."""
        return np.where(self.inside, values[self.rows, self.columns], 0)


def is_designed_sample(request: AssessRequest) -> bool:
    """Return whether the reference is a layer that `drawsample` wrote.

    Raises:
        FileError: It cannot be read.
    """
    if request.reference is None:
        return False
    return is_of_sample(field_names(request.reference, request.reference_layer))


def read_sample(
    request: AssessRequest, grid: Grid, classes: ClassTable, progress: Progress
) -> DesignedSample:
    """Read the points of a sample with their design.

    Args:
        request: What to score.
        grid: Grid of the map.
        classes: Classes of the map.
        progress: Given the design, and warned of points without a class.

    Raises:
        SampleError: No point has a class of the map, one has several, or the design is
            damaged.
        InputError: The file cannot be read, or lies elsewhere.
    """
    areas = read_areas(
        str(request.reference),
        needed_field(request.class_field),
        grid,
        request.reference_layer,
        least_classes=0,
        progress=progress,
        columns=SAMPLE_FIELDS,
    )
    known = np.array([key is not None for key in areas.keys])
    if not known.any():
        raise SampleError(
            tr("No point of the sample has a class in the field '{field}'.").format(
                field=request.class_field
            ),
            hint=tr(
                "Look up the cover of each point and choose its class in the form."
            ),
        )
    keys = [key for key in areas.keys if key is not None]
    table, reference = _classes_of(request, keys, classes, progress)
    design, strata, drawn, unit = _design_of(areas, known)
    _check_answered_once(areas, known)
    notes = _left_out(len(areas), len(keys), drawn)
    for note in notes:
        progress.warning(note)
    progress.info(
        tr(
            "The reference is a {design} sample of {drawn} points; adjusted "
            "accuracies and areas are those of the whole map."
        ).format(design=design, drawn=drawn)
    )
    rows, columns = _pixels_of(areas, known, grid)
    return DesignedSample(
        rows, columns, reference, table, design, strata, unit, tuple(notes)
    )


def score_sample(
    sample: DesignedSample,
    predicted: NDArray[np.uint16],
    grid: Grid,
    excluded: NDArray[np.bool_] | None,
) -> tuple[Assessment, AreaEstimates]:
    """Return the raw figures of a map, and those adjusted for the design.

    Args:
        sample: The points.
        predicted: uint16 (H, W), class 1..K, 0 = unclassified.
        grid: Its grid.
        excluded: bool (H, W), pixels that are not scored; None for none.

    Raises:
        SampleError: No point is left to score.
    """
    mapped = sample.at_points(predicted).astype(np.int64)
    scored = sample.inside.copy()
    if excluded is not None:
        scored &= ~sample.at_points(excluded).astype(bool)
    if not scored.any():
        raise SampleError(
            tr("No point of the sample is left to score."),
            hint=tr("Check that the sample and 'Areas to leave out' differ."),
        )
    assessment = assess(mapped[scored], sample.reference[scored], sample.classes)
    counted = scored & (mapped > 0)
    if excluded is not None:
        predicted = np.where(excluded, 0, predicted)
    shown = class_areas(predicted, len(sample.classes), grid)
    notes = [*sample.notes, *_part_notes(sample, scored, mapped, excluded)]
    notes += _beyond(sample.strata, sample.unit, shown)
    strata, method = _strata_for(sample, predicted, mapped, excluded, grid)
    estimates = design_estimates(
        strata,
        sample.reference,
        mapped,
        sample.classes,
        shown.values,
        counted=counted,
        unit=sample.unit,
        measure=shown.measure,
        method=method,
        design=sample.design,
        notes=notes,
    )
    return assessment, estimates


def _classes_of(
    request: AssessRequest,
    keys: Sequence[Key],
    classes: ClassTable,
    progress: Progress,
) -> tuple[ClassTable, NDArray[np.int64]]:
    """Return the map's classes with those that it lacks, and each point's class."""
    found, index = classes_of_areas(keys, request.class_styles, None, progress)
    matched = match_classes(index, found, classes, progress)
    refuse_unknown(keys, matched, classes)
    table, place = with_unmatched(index, found, classes, matched)
    if names := table.names[len(classes) :]:
        progress.warning(
            tr(
                "Classes of the reference that the map does not have: {names}. The "
                "map is wrong at their points, and the figures list them as separate "
                "classes."
            ).format(names=listed(names))
        )
    return table, np.array([place[key] for key in keys], np.int64)


def _design_of(areas: Areas, known: NDArray[np.bool_]) -> tuple[str, Strata, int, str]:
    """Return the design, the strata of known points, points drawn, and a unit.

    Strata of which no point has a class are kept: nothing can be said of them.

    Raises:
        SampleError: The fields contradict each other.
    """
    rows = list(zip(*(areas.columns[name] for name in SAMPLE_FIELDS), strict=True))
    stands_for: dict[Key, tuple[Key, ...]] = {}
    for row in rows:
        if stands_for.setdefault(row[1], row) != row or None in (*row[:4], row[-1]):
            raise SampleError(
                tr(
                    "The points of stratum {stratum} record different sample designs."
                ).format(stratum=row[1]),
                hint=tr(
                    "Leave the fields that 'Draw a reference sample' wrote as they "
                    "are: {names}."
                ).format(names=", ".join(SAMPLE_FIELDS)),
            )
    pixels = [_number(row[2]) for row in stands_for.values()]
    if sum(pixels) != rows[0][-1]:
        raise SampleError(
            tr(
                "The strata of the sample have {found} pixels together, but the map "
                "that it was drawn from had {drawn}."
            ).format(found=sum(pixels), drawn=rows[0][-1]),
            hint=tr(
                "All points of a stratum are missing: clear the filter of the layer, "
                "and use all its features."
            ),
        )
    order = {stratum: h for h, stratum in enumerate(stands_for)}
    designs = {str(row[0]) for row in rows}
    if len(designs) > 1:
        raise SampleError(
            tr("The points come from samples of different designs: {names}.").format(
                names=", ".join(sorted(designs))
            ),
            hint=tr("Assess each sample separately."),
        )
    _, _, _, drawn, hectares, *_ = zip(*stands_for.values(), strict=True)
    sizes = np.array(pixels, np.float64)
    measured = None not in hectares
    member = np.array([order[row[1]] for row in rows])[known]
    strata = Strata(
        member,
        sizes,
        np.array([*map(_number, hectares)], np.float64) if measured else sizes,
    )
    unit = "ha" if measured else "pixels"
    return designs.pop(), strata, int(sum(map(_number, drawn))), unit


def _number(value: Key) -> int | float:
    """Return a value of the fields of a sample that has to be a number."""
    if not isinstance(value, (int, float)):
        raise SampleError(
            tr(
                "The fields of the sample hold '{value}' where a number is needed."
            ).format(value=value),
            hint=tr(
                "Leave the fields that 'Draw a reference sample' wrote as they are: "
                "{names}."
            ).format(names=", ".join(SAMPLE_FIELDS)),
        )
    return value


def _check_answered_once(areas: Areas, known: NDArray[np.bool_]) -> None:
    """Refuse a sample that has a point twice with a class, as when layers are merged.

    No pixel is drawn twice, so each such answer would count as a point of its own.

    Raises:
        SampleError: A place has several points with a class.
    """
    points = shapely.centroid(np.array(areas.geometries, dtype=object)[known])
    again = len(points) - len(np.unique(shapely.to_wkb(points)))
    if again:
        raise SampleError(
            tr(
                "The layer has points of the sample more than once, each with a class: "
                "{count} too many."
            ).format(count=again),
            hint=tr(
                "Keep one class for each point: delete the others, or assess each "
                "layer that was merged separately."
            ),
        )


def _left_out(there: int, answered: int, drawn: int) -> list[str]:
    if answered >= drawn:
        return []
    text = tr("Drawn points without a class: {count} of {drawn}.")
    if there < drawn:
        text = tr(
            "Drawn points without a class: {count} of {drawn} (missing from the layer: "
            "{gone})."
        )
    meaning = tr(
        "The figures assume that they are like the other points of their stratum. If "
        "their cover was hard to tell, the map is less accurate there than the "
        "figures say."
    )
    text = text.format(count=drawn - answered, drawn=drawn, gone=drawn - there)
    return [f"{text} {meaning}"]


def _pixels_of(
    areas: Areas, known: NDArray[np.bool_], grid: Grid
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return row and column of each known point, -1 beside the grid."""
    places = in_pixels(np.array(areas.geometries, dtype=object)[known], grid)
    inner = shapely.point_on_surface(places)
    columns, rows = np.floor([shapely.get_x(inner), shapely.get_y(inner)])
    outside = (rows < 0) | (rows >= grid.height) | (columns < 0)
    outside |= columns >= grid.width
    rows, columns = (
        np.where(outside, -1, part).astype(np.intp) for part in (rows, columns)
    )
    return rows, columns


def _part_notes(
    sample: DesignedSample,
    scored: NDArray[np.bool_],
    mapped: NDArray[np.int64],
    excluded: NDArray[np.bool_] | None,
) -> list[str]:
    notes = []
    beside = int((~sample.inside).sum())
    if beside:
        text = tr(
            "Points that are not scored, because they lie outside the map: {count}."
        )
        notes.append(text.format(count=beside))
    if excluded is not None:
        notes.append(
            tr("The adjusted figures hold for the map outside the areas left out.")
        )
    blank = int((scored & (mapped == 0)).sum())
    if blank:
        notes.append(
            tr(
                "Points left out of the adjusted figures, because the map is "
                "unclassified there: {count}. The adjusted figures hold for the "
                "classified part of the map."
            ).format(count=blank)
        )
    return notes


def _beyond(strata: Strata, unit: str, shown: ClassAreas) -> list[str]:
    """Say so where the map shows more land than the sample was drawn from."""
    sampled, there = float(strata.areas.sum()), float(shown.values.sum())
    # Pixels of another map may have another size.
    if unit != "ha" or shown.unit != "ha" or there <= LARGER * sampled:
        return []
    return [
        tr(
            "The map shows {there:.4g} ha, but the sample was drawn from a map of "
            "{sampled:.4g} ha. The adjusted figures hold for the part that was "
            "sampled."
        ).format(there=there, sampled=sampled)
    ]


def _strata_for(
    sample: DesignedSample,
    predicted: NDArray[np.uint16],
    mapped: NDArray[np.int64],
    excluded: NDArray[np.bool_] | None,
    grid: Grid,
) -> tuple[Strata, str]:
    """Return what the points stand for in estimates, and what that is called.

    A sample of a whole map is looked at by classes of the map, where it shows that all
    of what was sampled is classified, and nothing else.
    """
    if sample.design == "stratified":
        return sample.strata, tr(STRATIFIED).format(intervals=tr(_INTERVALS))
    intervals = tr(_INTERVALS)
    if sample.design == "systematic":
        intervals = f"{tr(_AS_SIMPLE)}; {intervals}"
    counts = np.bincount(predicted.ravel(), minlength=len(sample.classes) + 1)[1:]
    same = int(counts.sum()) == int(sample.strata.pixels.sum())
    whole = same and excluded is None and bool((mapped > 0).all())
    if not whole:
        text = tr(WHOLE).format(design=tr(sample.design), intervals=intervals)
        return sample.strata, text
    there = np.flatnonzero(counts)
    found = class_areas(predicted, len(sample.classes), grid)
    shown = found.values if found.unit == sample.unit else counts.astype(np.float64)
    member = np.searchsorted(there, mapped - 1).astype(np.int64)
    strata = Strata(member, counts[there].astype(np.float64), shown[there])
    text = tr(POST_STRATIFIED).format(design=tr(sample.design), intervals=intervals)
    return strata.of_enough(), text
