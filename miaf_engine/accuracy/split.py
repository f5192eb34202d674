"""Which labelled pixels are training, validation and test pixels.

Neighbouring pixels are similar, so a random split scores a map on what it has all but
seen; whole polygons are held out unless the user asks otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import (
    GAP,
    BoolMap,
    HoldOut,
    IntMap,
    LabelledPixels,
    Locate,
    Method,
    as_they_lie,
    choose_block_size,
    hold_out_blocks,
    hold_out_ends,
    hold_out_pixels,
    hold_out_polygons,
    hold_out_regions,
    near,
)
from miaf_engine.errors import SHOWN, SampleError, listed, with_more
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.translation import marked, tr, tr_n

FAR_OFF = 2.0  # times more or less than the wanted share: worth a warning

_KINDS = {
    "polygons": marked("whole polygons"),
    "regions": marked("ends of labelled regions"),
    "blocks": marked("spatial blocks"),
    "pixels": marked("random pixels"),
    "ends": marked("ends of large areas"),
    "far ends": marked("the far end of a class's only area"),
}

# What a reader may take the figures for.
MEANING = {
    "matched": marked(
        "Where possible, scored pixels lie about as far from training pixels as the "
        "map lies from all areas. The figures therefore describe places like the drawn "
        "areas, anywhere in the map."
    ),
    "polygons": marked(
        "Polygons near others of their class are held out, so that hardly any field "
        "loses its only polygon. The figures therefore describe the rest of fields "
        "that contain training areas. Other fields are classified much less "
        "accurately."
    ),
    "folds": marked(
        "The figures therefore describe areas of which no pixel was trained on. The "
        "rest of a field with training pixels is mostly classified more accurately."
    ),
    "regions": marked(
        "The figures therefore describe the rest of the labelled regions, near "
        "training pixels. Fields without a label are classified much less "
        "accurately, which folds would show."
    ),
    "blocks": marked(
        "The figures therefore describe places a few pixels away from the training "
        "areas."
    ),
    "pixels": marked(
        "The figures therefore describe pixels among training pixels. Other pixels "
        "are mostly classified less accurately."
    ),
}

END_SHARE = 0.1  # of each large training area, for validation

_METHODS: dict[str, Method] = {
    "polygons": hold_out_polygons,
    "neighbours": partial(hold_out_polygons, nearest=True),
    "regions": hold_out_regions,
    "blocks": hold_out_blocks,
    "pixels": hold_out_pixels,
    "ends": hold_out_ends,
}


def description_of(
    method: str,
    test: HoldOut,
    rest: HoldOut,
    end: HoldOut,
    separate_test: bool,
    seed: int,
) -> str:
    """Return what was held out, with the numbers reached."""
    tested, trained = int(test.held_out.sum()), int(end.kept.sum())
    whole, cut = int(rest.held_out.sum()), int(end.held_out.sum())
    total = tested + whole + cut + trained
    parts = []
    if separate_test:
        parts.append(tr("Scored on the separate test areas only."))
    elif tested:
        kinds = [method, *(["far ends"] if test.divided else [])]
        parts.append(
            tr(
                "Scored pixels, held out of training ({kinds}): {pixels}, or {share} "
                "% of the labelled pixels used."
            ).format(
                pixels=tested,
                kinds=_listed_kinds(kinds),
                share=f"{100 * tested / total:.0f}",
            )
        )
    else:
        parts.append(tr("Nothing was held out, so the map is not scored."))
    if whole or cut:
        kinds = [*([method] if whole else []), *(["ends"] if cut else [])]
        text = tr("Validation pixels, which chose the epoch ({kinds}): {pixels}.")
        parts.append(text.format(pixels=whole + cut, kinds=_listed_kinds(kinds)))
    parts.append(
        tr("Training pixels: {pixels}; seed: {seed}.").format(pixels=trained, seed=seed)
    )
    if tested and not separate_test:
        parts.append(tr(MEANING[method]))
    return " ".join(parts)


def _listed_kinds(kinds: Sequence[str]) -> str:
    return ", ".join(tr(_KINDS[kind]) for kind in kinds)


def warnings_of(
    method: str, names: Sequence[str], values: IntMap, test: HoldOut, share: float
) -> tuple[str, ...]:
    """Return what the user should know about the test pixels."""
    if share == 0:
        return ()
    labelled, held_out = (
        np.bincount(part, minlength=len(names) + 1)[1:]
        for part in (values[values > 0], values[test.held_out])
    )
    reached = held_out / labelled / share
    uneven = (held_out > 0) & ((reached > FAR_OFF) | (reached < 1 / FAR_OFF))
    found = []
    if method == "pixels":
        found.append(
            tr(
                "Random pixels were held out. They lie beside training pixels of the "
                "same area, which makes the figures too high for a method that uses "
                "neighbouring pixels, such as this one. Hold out polygons for "
                "figures that apply elsewhere."
            )
        )
    if test.divided:
        found.append(
            tr(
                "Classes with a single area, whose far end was held out: {classes}. "
                "Their figures are optimistic. Draw a second area of each, apart "
                "from the first."
            ).format(classes=listed([names[k - 1] for k in test.divided]))
        )
    if (held_out == 0).any():
        found.append(
            tr(
                "Classes too small or too compact to hold out a part: {classes}. All "
                "their pixels are trained on, and none is scored."
            ).format(classes=_listed_counts(names, labelled, held_out == 0))
        )
    if uneven.any():
        found.append(
            tr(
                "Classes of which much more or less than {share} % was held out, "
                "because their areas differ in size: {classes}."
            ).format(
                share=f"{100 * share:g}",
                classes=_listed_counts(names, held_out, uneven),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Split:
    """The role of each labelled pixel; labelled pixels in no role are a gap.

    Attributes:
        training: bool (H, W), pixels that the network learns from.
        validation: bool (H, W), pixels of the validation set, which chooses the epoch:
            whole areas, and the ends of large ones.
        test: bool (H, W), pixels of the test set; empty where none is held out or the
            test areas come from elsewhere.
        labels: The labels that were split.
        description: A sentence for the user: method, percent reached, seed.
        warnings: Sentences for the user.
        divided: Names of the classes with a polygon on two sides of the split.
        ends: bool (H, W), validation pixels at the end of an area whose rest is
            trained on; None for none.
        gap: bool (H, W), pixels between training and validation pixels of one area:
            in neither, and trained on once the epoch is chosen; None for none.
    """

    training: BoolMap
    validation: BoolMap
    test: BoolMap
    labels: LabelMap = field(repr=False)
    description: str
    warnings: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    ends: BoolMap | None = None
    gap: BoolMap | None = None

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the pixels by class name and role (training, validation, test)."""
        classes = self.labels.classes
        roles = {
            "training": self.training,
            "validation": self.validation,
            "test": self.test,
        }
        of_role = {
            role: np.bincount(
                self.labels.values[mask].astype(np.int64), minlength=len(classes) + 1
            )
            for role, mask in roles.items()
        }
        return {
            name: {role: int(numbers[k]) for role, numbers in of_role.items()}
            for k, name in enumerate(classes.names, start=1)
        }


def split_samples(
    labels: LabelMap,
    config: SplitConfig,
    seed: int,
    *,
    separate_test: bool = False,
    regions: bool = False,
    locate: Locate = as_they_lie,
) -> Split:
    """Give each labelled pixel one role.

    Args:
        labels: Classes and polygons on the cube's grid.
        config: Method and shares.
        seed: Same seed, same split; 0 or more. The test pixels do not depend on
            `validation_percent`.
        separate_test: Whether the scored areas come from elsewhere: then no test
            pixel is taken here, and validation pixels are taken by polygon.
        regions: Whether the areas are connected pixels of a label raster, which
            nobody drew as areas: then "polygons" holds out ends of large ones.
        locate: Where pixels lie: cubes of one place may be stacked.

    Returns:
        The split; every class has at least one training pixel.

    Raises:
        SampleError: A class has no labelled pixel.
    """
    values = labels.values.astype(np.int64)
    _check_counts(labels, values)
    size = choose_block_size(values, locate) if config.holdout == "blocks" else 1
    labelled = LabelledPixels(values, labels.groups.astype(np.int64), size, locate)
    method = _method(config, separate_test, regions)
    scoring = not separate_test and config.holdout != "none"
    test_share = config.holdout_percent / 100 if scoring else 0.0
    chooses = config.validation_percent / 100
    # A stream each, so that the validation share does not change the test pixels.
    streams = [np.random.default_rng([seed, stage]) for stage in (0, 1, 2)]
    # What is scored should lie to what trains as the rest of the scene does to all.
    scored = "neighbours" if method == "polygons" else method
    test = _hold_out(scored, labelled, values > 0, test_share, streams[0])
    rest = _hold_out(method, labelled, test.kept, chooses, streams[1])
    end = END_SHARE if chooses and method != "pixels" else 0.0
    ends = _hold_out("ends", labelled, rest.kept, end, streams[2])
    if method == "blocks":  # an end may lie beside an area of another class
        ends = replace(ends, held_out=ends.held_out & ~near(ends.kept, GAP))
    validation = rest.held_out | ends.held_out
    names = labels.classes.names
    return Split(
        training=ends.kept,
        validation=validation,
        test=test.held_out,
        labels=labels,
        description=description_of(method, test, rest, ends, separate_test, seed),
        warnings=warnings_of(method, names, values, test, test_share),
        divided=tuple(names[k - 1] for k in sorted({*test.divided, *rest.divided})),
        ends=_ends_of(labelled, rest, ends) if method == "regions" else ends.held_out,
        gap=test.kept & ~ends.kept & ~validation,
    )


@dataclass(frozen=True)
class TrainingSamples:
    """Labelled pixels of a cube and their roles.

    Attributes:
        labels: Classes of the training areas.
        split: Which of them are training, validation or test pixels.
        test: uint16 (H, W), class 1..K of each test pixel, 0 elsewhere.
        definition: What the accuracy figures are measured on, for the user.
        test_areas: int32 (H, W), number of the area of each such pixel; None where
            each was drawn by itself.
        scored_areas: How many scored areas an initial model knows; None without one.
    """

    labels: LabelMap
    split: Split
    test: NDArray[np.uint16]
    definition: str
    test_areas: NDArray[np.int32] | None = None
    scored_areas: dict[str, int | bool] | None = None


def _listed_counts(names: Sequence[str], counts: IntMap, where: BoolMap) -> str:
    found = np.flatnonzero(where)
    shown = ", ".join(
        tr_n(
            "'{name}' ({n} pixel)",
            "'{name}' ({n} pixels)",
            int(counts[k]),
            name=names[k],
        )
        for k in found[:SHOWN]
    )
    return with_more(shown, len(found) - SHOWN)


def _method(config: SplitConfig, separate_test: bool, regions: bool) -> str:
    """Return by what the pixels are divided."""
    if separate_test or config.holdout == "none":
        return "polygons"
    # Where folds cannot score, as with an initial model, polygons are held out.
    method = "polygons" if config.holdout == "matched" else config.holdout
    return "regions" if regions and method == "polygons" else method


def _ends_of(labelled: LabelledPixels, rest: HoldOut, ends: HoldOut) -> BoolMap:
    """Return the validation pixels of areas of which others are trained on."""
    trained = np.unique(labelled.areas[ends.kept])
    return (rest.held_out | ends.held_out) & np.isin(labelled.areas, trained)


def _check_counts(labels: LabelMap, values: IntMap) -> None:
    counts = np.bincount(values.ravel(), minlength=len(labels.classes) + 1)
    for name, count in zip(labels.classes.names, counts[1:], strict=True):
        if not count:
            raise SampleError(
                tr("Class '{name}' has no labelled pixel in the cube.").format(
                    name=name
                ),
                hint=tr(
                    "Draw larger areas of it inside the cube, or remove the class."
                ),
            )


def _hold_out(
    method: str,
    labelled: LabelledPixels,
    choice: BoolMap,
    share: float,
    rng: np.random.Generator,
) -> HoldOut:
    if share == 0:
        return HoldOut(np.zeros_like(choice), choice.copy())
    return _METHODS[method](labelled, choice, share, rng)
