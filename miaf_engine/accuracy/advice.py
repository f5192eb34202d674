"""What would make the map better, in the order of use, from what was scored."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from miaf_engine.accuracy.intervals import FEWEST_AREAS
from miaf_engine.accuracy.metrics import Assessment
from miaf_engine.errors import listed

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
            "Nothing was scored, so the accuracy of the map is unknown: hold out "
            "polygons, or give test areas."
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
        f"Never mapped where it was scored: {found}. Draw more and larger areas of it, "
        "or merge it with the class that it is mistaken for."
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
    start = f"Fewer than {FEWEST} areas were scored of {listed(few)}."
    if sure.areas < FEWEST_AREAS:
        start = f"Only {sure.areas} areas were scored."
    more = "Score more areas before you rely on the figures."
    if could_fold:
        more = (
            "Cross-validation scores every training area: set 'Hold out for the "
            "accuracy figures' to 'matched'."
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
        share = f"{100 * pairs[i, j] / pairs.sum():.0f} %"
        text = f"{one} and {other} are confused in {pairs[i, j]} scored pixels"
        found.append(
            f"{text} ({share})."
            if found
            else f"{text} ({share} of all confusions): more areas of these would help "
            "most."
        )
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
        f"Trained on fewer than {FEWEST} areas: {listed(few)}. Areas in other places "
        "show the network how much a class varies."
    ]


def _wide(assessment: Assessment) -> list[str]:
    """Name the classes whose accuracy is left open by their few areas."""
    sure, names = assessment.uncertainty, assessment.classes.names
    wide = [
        name
        for name, (low, high) in zip(names, sure.producers, strict=True)
        if high - low > _WIDE
    ]
    if not wide:
        return []
    unit = "areas" if sure.by_area else "pixels"
    return [
        "The interval of the producer's accuracy is wider than "
        f"{100 * _WIDE:.0f} points for {listed(wide)}: score more {unit} of it before "
        "relying on the figure."
    ]
