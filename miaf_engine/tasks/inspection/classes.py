"""What the classes of training areas are like, and what speaks against them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import SMALLEST_TO_DIVIDE
from miaf_engine.labels.rasterising import Burnt
from miaf_engine.tasks.inspection.findings import (
    ClassFacts,
    Finding,
    Grade,
    listed,
    plural,
)
from miaf_engine.tasks.inspection.inspect_spectra import AreaSpectra
from miaf_engine.tasks.inspection.outlier_areas import Outlier
from miaf_engine.tasks.inspection.separability import (
    HOPELESS,
    POOR,
    Separability,
)

# Below this many pixels an accuracy of 90 % has a 95 % interval of over 30 points
# (Wilson 1927), and a mean spectrum is of few pixels.
FEW_PIXELS = 20
# What is said of classes: grade, kind, text before their names, advice.
_KINDS: tuple[tuple[Grade, str, str, str], ...] = (
    (
        "problem",
        "class_without_pixels",
        "No pixel with data is labelled",
        "Draw areas of it where the cube has data, or drop the class.",
    ),
    (
        "problem",
        "class_not_held_out",
        "Too small to hold anything out of, one area of under "
        f"{SMALLEST_TO_DIVIDE} pixels:",
        "Draw more and larger areas, or the report has no figure for it.",
    ),
    (
        "note",
        "class_of_one_area",
        "Of one area alone, or of areas that all touch:",
        "Draw a second area elsewhere; a part of the same one is held out otherwise, "
        "which flatters the figures.",
    ),
    (
        "note",
        "class_of_few_pixels",
        f"Fewer than {FEW_PIXELS} pixels with data:",
        "Draw more areas; the figures of so few pixels are unsure.",
    ),
)


def class_facts(burnt: Burnt, spectra: AreaSpectra | None) -> list[ClassFacts]:
    """Count areas and pixels of each class.

    Args:
        burnt: The areas on the grid.
        spectra: What was read of them; None where nothing could be read.
    """
    count = len(burnt.classes)
    labelled = burnt.numbers > 0
    values = burnt.values[labelled]
    numbers, first = np.unique(burnt.numbers[labelled], return_index=True)
    class_of = values[first]
    pixels = _by_class(values, count)
    valid = _by_class(burnt.values[spectra.valid], count) if spectra else None
    sampled = _by_class(spectra.classes, count) if spectra else np.zeros(count + 1, int)
    areas = _by_class(class_of, count)
    # One number of each group; the first of a group may have no pixel of its own.
    _, heads = np.unique(burnt.joined[numbers], return_index=True)
    joined = _by_class(class_of[heads], count)
    return [
        ClassFacts(
            entry,
            int(areas[k]),
            int(joined[k]),
            int(pixels[k]),
            None if valid is None else int(valid[k]),
            int(sampled[k]),
        )
        for k, entry in enumerate(burnt.classes, 1)
    ]


def of_classes(facts: Sequence[ClassFacts]) -> list[Finding]:
    """Return what speaks against training on these classes."""
    usable = {
        item.entry.name: item.pixels if item.valid is None else item.valid
        for item in facts
    }
    empty = [name for name, pixels in usable.items() if pixels == 0]
    rest = [item for item in facts if usable[item.entry.name]]
    single = [item.entry.name for item in rest if item.joined == 1]
    tiny = [name for name in single if usable[name] < SMALLEST_TO_DIVIDE]
    ends = [name for name in single if name not in tiny]
    few = [
        name
        for name, pixels in usable.items()
        if 0 < pixels < FEW_PIXELS and name not in tiny
    ]
    named = (empty, tiny, ends, few)
    return [
        Finding(
            grade, kind, f"{text} {_quoted(names, usable)}.", advice, (), tuple(names)
        )
        for names, (grade, kind, text, advice) in zip(named, _KINDS, strict=True)
        if names
    ]


def of_nodata(burnt: Burnt, spectra: AreaSpectra) -> list[Finding]:
    """Say which areas lie on pixels without data."""
    lost = (burnt.numbers > 0) & ~spectra.valid
    if not lost.any():
        return []
    places = np.unique(burnt.numbers[lost]) - 1
    ids = tuple(burnt.areas.ids[i] for i in places.tolist())
    message = (
        f"{plural(int(lost.sum()), 'labelled pixel')} without data will not be used, "
        f"in {plural(len(ids), 'area')}: feature {listed(ids)}."
    )
    advice = "Move these areas to where the cube has data."
    return [Finding("note", "nodata", message, advice, ids)]


def of_outliers(burnt: Burnt, outliers: Sequence[Outlier]) -> list[Finding]:
    """Name the areas whose mean spectrum lies far from their class's."""
    found = []
    names = burnt.classes.names
    for item in outliers:
        place = int(np.argmax(burnt.numbers == item.area))
        name = names[int(burnt.values.flat[place]) - 1]
        feature = burnt.areas.ids[item.area - 1]
        like = names[item.nearest - 1]
        hint = f"; it is most like '{like}'" if like != name else ""
        found.append(
            Finding(
                "problem",
                "outlier",
                f"The mean spectrum of feature {feature} ('{name}') lies "
                f"{item.distance:.0f} times as far from those of its class as they "
                f"lie from each other{hint}.",
                "Check its class and what it covers: cloud, shadow, or another cover.",
                (feature,),
                (name,),
            )
        )
    return found


def of_separability(distances: Separability, names: Sequence[str]) -> list[Finding]:
    """Name the pairs of classes that are hard to tell apart, the nearest first."""
    pairs = distances.pairs()
    bad = [pair for pair in pairs if pair[2] < HOPELESS]
    poor = [pair for pair in pairs if HOPELESS <= pair[2] < POOR]
    found = []
    for some, limit in ((bad, HOPELESS), (poor, POOR)):
        shown = [f"'{names[i]}' and '{names[j]}' ({d:.2f})" for i, j, d in some]
        concerned = {k for i, j, _ in some for k in (i, j)}
        if some:
            found.append(
                Finding(
                    "problem" if some is bad else "note",
                    "alike",
                    f"Classes with like spectra, Jeffries-Matusita distance below "
                    f"{limit} of 2: {listed(shown)}.",
                    "Join such classes if the map may, or draw more areas of both.",
                    classes=tuple(names[k] for k in sorted(concerned)),
                )
            )
    return found


def _by_class(values: NDArray[np.integer], count: int) -> NDArray[np.intp]:
    return np.bincount(values, minlength=count + 1)


def _quoted(names: Sequence[str], pixels: dict[str, int]) -> str:
    return listed([f"'{n}' ({plural(pixels[n], 'pixel')})" for n in names])
