"""What is said of a split: which pixels are scored, and what their figures mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miaf_engine.accuracy.area_ends import BoolMap, IntMap
from miaf_engine.accuracy.holdout import Taken
from miaf_engine.errors import SHOWN, listed

FAR_OFF = 2.0  # times more or less than the wanted share: worth a warning

_HELD_OUT = {
    "polygons": "whole polygons",
    "regions": "ends of labelled regions",
    "blocks": "spatial blocks",
    "pixels": "random pixels",
}
# What a reader may take the figures for.
MEANING = {
    "polygons": "Polygons that lie near others of their class are held out, so that "
    "hardly a field loses its only one. So the figures tell how the rest of fields "
    "that hold training areas comes out; fields that hold none come out much worse.",
    "folds": "So the figures tell how areas come out of which nothing was trained on; "
    "the rest of a field that was trained on mostly comes out better.",
    "regions": "So the figures tell how the rest of the labelled regions comes out, "
    "near what was trained on; fields without a label come out much worse, which "
    "folds would tell.",
    "blocks": "So the figures tell how places come out that lie a few pixels off the "
    "areas that were trained on.",
    "pixels": "So the figures tell how pixels come out among those that were trained "
    "on; others mostly come out worse.",
}


def description_of(
    method: str,
    test: Taken,
    rest: Taken,
    end: Taken,
    separate_test: bool,
    seed: int,
) -> str:
    """Return the sentence that says what was held out, with the numbers reached."""
    tested, trained = int(test.taken.sum()), int(end.kept.sum())
    whole, cut = int(rest.taken.sum()), int(end.taken.sum())
    ends = " (the far end of the area for classes with one)" if test.divided else ""
    total = tested + whole + cut + trained
    if separate_test:
        start = "Scored on the separate validation areas alone"
    elif tested:
        start = (
            f"Scored on {_HELD_OUT[method]} held out of training: {tested} pixels, "
            f"{100 * tested / total:.0f} % of the labelled pixels in use{ends}"
        )
    else:
        start = "Nothing was held out, so the map is not scored"
    middle = ""
    if whole or cut:
        kinds = [_HELD_OUT[method]] if whole else []
        kinds += ["ends of large areas"] if cut else []
        middle = f"; {whole + cut} other pixels ({', '.join(kinds)}) chose the epoch"
    meaning = f" {MEANING[method]}" if tested and not separate_test else ""
    return f"{start}{middle}; {trained} pixels trained; seed {seed}.{meaning}"


def warnings_of(
    method: str, names: Sequence[str], values: IntMap, test: Taken, share: float
) -> tuple[str, ...]:
    """Return what the user should know about the test pixels."""
    if share == 0:
        return ()
    labelled, taken = (
        np.bincount(part, minlength=len(names) + 1)[1:]
        for part in (values[values > 0], values[test.taken])
    )
    reached = taken / labelled / share
    uneven = (taken > 0) & ((reached > FAR_OFF) | (reached < 1 / FAR_OFF))
    found = []
    if method == "pixels":
        found.append(
            "Random pixels were held out. They lie beside training pixels of the same "
            "area, which flatters the accuracy of spatial methods such as this one; "
            "hold out polygons for figures that hold elsewhere."
        )
    if test.divided:
        found.append(
            "Classes with a single area, whose far end was held out: "
            f"{listed([names[k - 1] for k in test.divided])}. Their figures are "
            "optimistic; draw a second area of each, apart from the first."
        )
    if (taken == 0).any():
        found.append(
            "Classes too small or too compact to hold anything out of, trained on "
            f"whole and not scored: {_listed_counts(names, labelled, taken == 0)}."
        )
    if uneven.any():
        found.append(
            f"Classes far from the wanted {100 * share:g} % held out, because their "
            f"areas differ in size: {_listed_counts(names, taken, uneven)}."
        )
    return tuple(found)


def _listed_counts(names: Sequence[str], counts: IntMap, where: BoolMap) -> str:
    found = np.flatnonzero(where)
    shown = ", ".join(f"'{names[k]}' ({counts[k]} pixels)" for k in found[:SHOWN])
    more = len(found) - SHOWN
    return shown + (f" and {more} more" if more > 0 else "")
