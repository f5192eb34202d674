"""What would make the map better, in the order of use, from what was scored."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from miaf_engine.accuracy.intervals import (
    FEWEST_AREAS,
    MOST_SAMPLES,
    samples_needed,
)
from miaf_engine.accuracy.metrics import Assessment
from miaf_engine.errors import SHOWN, listed, with_more
from miaf_engine.translation import tr, tr_n

MOST = 8  # sentences; a longer list is not read
FEWEST = 3  # areas a class should have, to train on and to be scored on
_PAIRS = 3  # of confused classes
_FEWEST_ERRORS, _SHARE = 5, 0.02  # pixels, and share of all errors, worth a sentence
_WIDE = 0.3  # an interval this wide leaves the accuracy of a class open

AreaTable = Mapping[str, Mapping[str, int]]


def advice(
    assessment: Assessment | None,
    areas: AreaTable | None = None,
    *,
    could_fold: bool = False,
) -> list[str]:
    """Return what to do next, most useful first, `MOST` sentences at most.

    Args:
        assessment: What was scored; None where nothing was.
        areas: Areas by class name and role (training, test); None where not known.
        could_fold: Whether cross-validation would score more of the areas.
    """
    if assessment is None or not assessment.matrix.any():
        return [
            tr(
                "Nothing was scored, so the accuracy of the classes is unknown. Hold "
                "out polygons, or give test areas."
            )
        ]
    few = _few_test_areas(assessment, could_fold=could_fold)
    # With too few areas in all, the figures say too little to look at classes.
    unsure = (assessment.uncertainty.areas or FEWEST_AREAS) < FEWEST_AREAS
    found = [
        *(few if unsure else ()),
        *_unmapped(assessment),
        *_confused(assessment),
        *(() if unsure else few),
        *_few_training_areas(areas or {}),
        *_wide(assessment),
    ]
    return found[:MOST]


def _unmapped(assessment: Assessment) -> list[str]:
    """Name classes of the reference that the map shows on no scored pixel."""
    names = assessment.classes.names
    lost = (assessment.reference_pixels > 0) & (assessment.map_pixels == 0)
    if not lost.any():
        return []
    found = listed([names[k] for k in np.flatnonzero(lost)])
    return [
        tr(
            "Classes that the map shows on no scored pixel: {classes}. Draw more and "
            "larger areas of each, or merge it with the class that it is mistaken "
            "for."
        ).format(classes=found)
    ]


def _few_test_areas(assessment: Assessment, *, could_fold: bool) -> list[str]:
    """Say that few areas were scored, and what would score more."""
    sure = assessment.uncertainty
    if not sure.by_area or sure.areas is None or sure.areas_of_class is None:
        return []
    pairs = zip(assessment.classes.names, sure.areas_of_class, strict=True)
    few = [name for name, count in pairs if 0 < count < FEWEST]
    if sure.areas >= FEWEST_AREAS and not few:
        return []
    start = tr("Classes with fewer than {count} scored areas: {classes}.").format(
        count=FEWEST, classes=listed(few)
    )
    if sure.areas < FEWEST_AREAS:
        start = tr_n(
            "Only {n} area was scored.", "Only {n} areas were scored.", n=sure.areas
        )
    more = tr("Draw more areas to score before you rely on the figures.")
    if could_fold:
        more = tr(
            "Cross-validation scores every training area: set 'Hold-out method' to "
            "'matched'."
        )
    return [f"{start} {more}"]


def _confused(assessment: Assessment) -> list[str]:
    """Name the pairs of classes that are most often taken for each other."""
    errors = assessment.matrix[:, :-1].copy()
    np.fill_diagonal(errors, 0)
    pairs = np.triu(errors + errors.T)
    least = max(_FEWEST_ERRORS, _SHARE * pairs.sum())
    order = np.argsort(-pairs, axis=None, kind="stable")[:_PAIRS]
    found: list[str] = []
    for place in order.tolist():
        i, j = divmod(place, len(pairs))
        if pairs[i, j] < least:
            break
        one, other = assessment.classes.names[i], assessment.classes.names[j]
        text = tr(
            "{one} and {other} are confused in {pixels} scored pixels ({share} % of "
            "all confusions): more areas of these would help most."
        )
        if found:
            text = tr(
                "{one} and {other} are confused in {pixels} scored pixels ({share} %)."
            )
        share = f"{100 * pairs[i, j] / pairs.sum():.0f}"
        found.append(text.format(one=one, other=other, pixels=pairs[i, j], share=share))
    return found


def _few_training_areas(areas: AreaTable) -> list[str]:
    few = [
        name
        for name, roles in areas.items()
        if 0 < roles.get("training", 0) + roles.get("validation", 0) < FEWEST
    ]
    if not few:
        return []
    return [
        tr(
            "Trained on fewer than {count} areas: {classes}. Areas in other places "
            "show the network how much a class varies."
        ).format(count=FEWEST, classes=listed(few))
    ]


def _wide(assessment: Assessment) -> list[str]:
    """Name the classes whose accuracy is left open by how little was scored of them."""
    sure, found = assessment.uncertainty, []
    scored = sure.areas_of_class or tuple(assessment.reference_pixels.tolist())
    shares = assessment.producers_accuracy.tolist()
    rows = zip(*(assessment.classes.names, shares, sure.producers, scored), strict=True)
    for name, share, ends, count in rows:
        if not ends[1] - ends[0] > _WIDE:  # NaN is no interval.
            continue
        wanted = samples_needed(share, ends, count, _WIDE, by_area=sure.by_area)
        text = tr("'{name}' ({count} scored, about {wanted} needed)")
        if wanted is None:
            text = tr("'{name}' ({count} scored, more than {wanted} needed)")
        wanted = MOST_SAMPLES if wanted is None else wanted
        found.append(text.format(name=name, count=count, wanted=wanted))
    if not found:
        return []
    text = tr(
        "So few pixels of some classes were scored that the intervals of their "
        "producer's accuracies are wider than {points} points. Label more pixels of "
        "these, in other places: {classes}."
    )
    if sure.by_area:
        text = tr(
            "So few areas of some classes were scored that the intervals of their "
            "producer's accuracies are wider than {points} points. Draw more areas of "
            "these, in other places: {classes}."
        )
    classes = with_more(", ".join(found[:SHOWN]), len(found) - SHOWN)
    return [text.format(points=round(100 * _WIDE), classes=classes)]
