"""What training areas are like on the grid of a cube."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from miaf_engine.errors import GridMismatchError, SampleError
from miaf_engine.grid import Grid
from miaf_engine.labels.areas import MEND, AreaFaults, needed_field, read_areas
from miaf_engine.labels.class_keys import class_an_area
from miaf_engine.labels.class_matching import classes_of_areas
from miaf_engine.labels.rasterising import RasterisedAreas, rasterise_areas
from miaf_engine.progress import Progress, Span
from miaf_engine.requests import InspectRequest
from miaf_engine.tasks.inspection.findings import (
    Finding,
    Grade,
    listed,
)
from miaf_engine.translation import marked_n, tr, tr_n


class _CollectedWarnings(Span):
    """Keeps warnings to itself; what they say is in the findings."""

    def __init__(self, parent: Progress) -> None:
        super().__init__(parent, 0.0, 0.2)
        self.warnings: list[str] = []

    def warning(self, message: str) -> None:
        self.warnings.append(message)


def look_at_areas(
    request: InspectRequest, grid: Grid, findings: list[Finding], progress: Progress
) -> RasterisedAreas | None:
    """Read the areas and rasterise them on the grid.

    Args:
        request: The request.
        grid: Grid of the cube.
        findings: Gets what the user should know.
        progress: Asked for a cancel.

    Returns:
        The areas on the grid; None where there are none, or none that can be used.

    Raises:
        ConfigError: There are areas, and no class field.
        VectorFileError: The areas cannot be read.
    """
    if request.rois is None:
        return None
    collected = _CollectedWarnings(progress)
    try:
        areas = read_areas(
            request.rois,
            needed_field(request.class_field),
            grid,
            request.rois_layer,
            least_classes=1,
            progress=collected,
        )
    except (SampleError, GridMismatchError) as error:
        findings.append(Finding("problem", "areas", error.message, error.hint))
        return None
    findings += _of_faults(areas.faults)
    known = areas.faults.warnings()
    for text in collected.warnings:
        if text not in known:
            advice = tr(MEND) if text.endswith(tr(MEND)) else ""
            message = text.removesuffix(advice).rstrip()
            findings.append(Finding("problem", "areas", message, advice))
    collected.warnings.clear()
    table, class_of_key = classes_of_areas(
        areas.keys, request.class_styles, None, collected
    )
    findings += [
        Finding("note", "class_names", text, "") for text in collected.warnings
    ]
    rasterised = rasterise_areas(areas, class_of_key, table, grid, collected)
    findings += [*_of_places(rasterised), *_of_overlaps(rasterised)]
    findings += _of_names(rasterised, str(request.class_field))
    return rasterised


def _of_names(rasterised: RasterisedAreas, class_field: str) -> list[Finding]:
    names = rasterised.classes.names
    fact, advice = class_an_area(rasterised.areas.keys, class_field)
    if fact:
        return [Finding("problem", "class_per_area", fact, advice)]
    if len(names) > 1:
        return []
    return [
        Finding(
            "problem",
            "one_class",
            tr("All areas have one class, '{name}'.").format(name=names[0]),
            tr("Draw areas of at least one other class. Training needs two."),
            classes=tuple(names),
        )
    ]


# Grade and kind of a finding, the features, its texts for one and many, and advice.
_Row = tuple[Grade, str, tuple[int, ...], tuple[str, str], str]


def _of_features(rows: Iterable[_Row]) -> list[Finding]:
    """Return a finding for each row that concerns a feature."""
    return [
        Finding(grade, kind, tr_n(*texts, n=len(ids), ids=listed(ids)), advice, ids)
        for grade, kind, ids, texts, advice in rows
        if ids
    ]


def _of_faults(faults: AreaFaults) -> list[Finding]:
    rows: tuple[_Row, ...] = (
        (
            "problem",
            "no_class",
            faults.without_class,
            marked_n(
                "{n} area has no class and will not be used: feature {ids}.",
                "{n} areas have no class and will not be used: feature {ids}.",
            ),
            tr("Enter the class, or delete these features."),
        ),
        (
            "note",
            "no_geometry",
            faults.without_geometry,
            marked_n(
                "{n} area has no geometry and will not be used: feature {ids}.",
                "{n} areas have no geometry and will not be used: feature {ids}.",
            ),
            tr("Delete these features."),
        ),
        (
            "note",
            "invalid",
            faults.repaired,
            marked_n(
                "{n} area has an outline that crosses itself or is otherwise invalid, "
                "and will be used as repaired: feature {ids}.",
                "{n} areas have an outline that crosses itself or is otherwise "
                "invalid, and will be used as repaired: feature {ids}.",
            ),
            tr("Draw them again, or run 'Fix geometries' and check the result."),
        ),
    )
    return _of_features(rows)


def _of_places(rasterised: RasterisedAreas) -> list[Finding]:
    ids = rasterised.areas.ids
    left = set(np.unique(rasterised.numbers[rasterised.numbers > 0]).tolist())
    skipped = {*rasterised.outside, *(i for pair in rasterised.rivals for i in pair)}
    hidden = [i for i in range(len(ids)) if i + 1 not in left and i not in skipped]
    rows: tuple[_Row, ...] = (
        (
            "note",
            "outside",
            tuple(ids[i] for i in rasterised.outside),
            marked_n(
                "{n} area holds no pixel of the cube: feature {ids}.",
                "{n} areas hold no pixel of the cube: feature {ids}.",
            ),
            tr("Check the CRS of the areas if they should lie on the cube."),
        ),
        (
            "note",
            "small",
            tuple(ids[i] for i in rasterised.small),
            marked_n(
                "{n} area holds no centre of a pixel; the pixel under it stands for "
                "it: feature {ids}.",
                "{n} areas hold no centre of a pixel; the pixel under each stands for "
                "it: feature {ids}.",
            ),
            tr(
                "Draw them larger than a pixel. Otherwise their surroundings are mixed "
                "in."
            ),
        ),
        (
            "note",
            "hidden",
            tuple(ids[i] for i in hidden),
            marked_n(
                "{n} area holds no pixel of its own: areas of the same class cover it: "
                "feature {ids}.",
                "{n} areas hold no pixel of their own: areas of the same class cover "
                "them: feature {ids}.",
            ),
            tr("Delete areas that were drawn twice."),
        ),
    )
    return _of_features(rows)


def _of_overlaps(rasterised: RasterisedAreas) -> list[Finding]:
    if not rasterised.disputed:
        return []
    ids, keys = rasterised.areas.ids, rasterised.areas.keys
    pairs = [
        tr("{one} ('{first}') and {other} ('{second}')").format(
            one=ids[i], first=keys[i], other=ids[j], second=keys[j]
        )
        for i, j in rasterised.rivals
    ]
    concerned = tuple(sorted({ids[i] for pair in rasterised.rivals for i in pair}))
    return [
        Finding(
            "problem",
            "overlap",
            tr_n(
                "{n} pixel is claimed by several classes and will not be used: "
                "features {pairs}.",
                "{n} pixels are claimed by several classes and will not be used: "
                "features {pairs}.",
                n=rasterised.disputed,
                pairs=listed(pairs),
            ),
            tr("Draw them again so that areas of different classes do not overlap."),
            concerned,
            tuple(rasterised.classes.names[k - 1] for k in rasterised.rival_classes),
        )
    ]
