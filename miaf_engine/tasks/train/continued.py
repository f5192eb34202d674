"""Roles of labelled pixels where an initial model was trained on some of them.

Training areas of that model are never scored, and areas held out of it are held out
again, so that the figures of both can be compared. New areas are trained on, unless
nothing of their class was held out before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.holdout import GAP, Locate, as_they_lie
from miaf_engine.accuracy.split import Split, TrainingSamples, split_samples
from miaf_engine.classes import ClassTable
from miaf_engine.errors import SampleError
from miaf_engine.labels.area_digests import AreaRecord, GroupDigests, named
from miaf_engine.labels.label_map import LabelMap, without_nodata
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SplitConfig
from miaf_engine.tasks.train.labels import TrainingLabels
from miaf_engine.tasks.train.roles import usable_labels
from miaf_engine.translation import marked, tr

UNSURE = marked(
    "The initial model does not record its training areas. Test areas may be among "
    "them, and the figures would then be too high."
)


@dataclass(frozen=True)
class KnownAreas:
    """Numbers of areas by their role in the initial model."""

    trained: NDArray[np.int64]
    scored: NDArray[np.int64]
    new: NDArray[np.int64]

    @classmethod
    def of(
        cls, labels: LabelMap, digests: GroupDigests, record: AreaRecord
    ) -> KnownAreas:
        """Sort the areas; one joined of several is trained on where any of them was."""
        parts: tuple[list[int], ...] = ([], [], [])
        for number in np.unique(labels.groups[labels.groups > 0]).tolist():
            own = digests.get(number, frozenset())
            place = 0 if own & record.trained else 1 if own & record.scored else 2
            parts[place].append(number)
        return cls(*(np.array(part, np.int64) for part in parts))


def beside_held_out(labels: LabelMap, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the pixels of other areas that are too near to an area held out.

    An area that touches one of its class is a part of the same field, cut as a single
    area is cut: with a gap.

    Args:
        labels: Classes and areas.
        held: bool (H, W), pixels of areas that were held out of the initial model.

    Returns:
        bool (H, W), pixels within `GAP` of one held out of their class, of areas that
        touch it.
    """
    touching = np.unique(labels.groups[_around(labels, held, 1)])
    return _around(labels, held, GAP) & np.isin(labels.groups, touching)


def first_held_out(
    labels: LabelMap,
    known: KnownAreas,
    config: SplitConfig,
    seed: int,
    locate: Locate = as_they_lie,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], tuple[str, ...]]:
    """Hold out of classes of which nothing was held out before.

    Returns:
        Pixels held out, pixels that no side may use, and warnings.
    """
    nothing = np.zeros(labels.values.shape, bool)
    if config.holdout == "none":
        return nothing, nothing, ()
    scored_before = np.unique(labels.values[np.isin(labels.groups, known.scored)])
    free = np.isin(labels.groups, known.new) & ~np.isin(labels.values, scored_before)
    # A single new area beside trained areas is worth more in training.
    for k in np.unique(labels.values[np.isin(labels.groups, known.trained)]):
        own = free & (labels.values == k)
        if len(np.unique(labels.groups[own])) == 1:
            free &= ~own
    if not free.any():
        return nothing, nothing, ()
    split = split_samples(_compact(labels, free), config, seed, locate=locate)
    used = split.training | split.validation | split.test
    return split.test, free & ~used, split.warnings


def continued_samples(
    request: TrainRequest,
    all_labels: TrainingLabels,
    valid: NDArray[np.bool_],
    record: AreaRecord,
    progress: Progress,
    locate: Locate = as_they_lie,
) -> TrainingSamples:
    """Give each labelled pixel its role in a training that continues from a model.

    Args:
        request: The training request.
        all_labels: What the user labelled.
        valid: bool (H, W), where the cube has data around the training areas.
        record: Which areas the initial model was trained on.
        progress: Receives warnings.
        locate: Where pixels lie: cubes of one place may be stacked.

    Raises:
        SampleError: Fewer than two classes are left, or every test area is a training
            area of the initial model.
    """
    labels = usable_labels(all_labels.training, valid)
    if all_labels.test is not None:
        known = KnownAreas.of(all_labels.test, all_labels.test_digests, record)
        return _scored_apart(labels, all_labels.test, known, record, progress)
    config: SplitConfig = replace(request.part(SplitConfig), validation_percent=0.0)
    known = KnownAreas.of(labels, all_labels.digests, record)
    held, again = known.scored, np.isin(labels.groups, known.scored)
    if config.holdout == "none":
        held, again = held[:0], np.zeros_like(again)
    taken, gap, warnings = first_held_out(labels, known, config, request.seed, locate)
    test, beside = again | taken, beside_held_out(labels, again)
    training = (labels.values > 0) & ~test & ~gap & ~beside
    new = len(np.unique(labels.groups[taken]))
    text = _definition(training, test, len(held), new, record)
    warnings += _left_out(labels, beside)
    for warning in (*warnings, *_doubts(test, new, len(held), record, config)):
        progress.warning(warning)
    split = Split(training, np.zeros_like(test), test, labels, text)
    values = np.where(test, labels.values, 0).astype(np.uint16)
    # Areas that were held out whole are samples as such.
    single = config.holdout == "pixels" and not again.any()
    areas = None if single else labels.groups
    return TrainingSamples(
        labels, split, values, text, areas, _figures(len(held), new, record)
    )


def record_of(
    all_labels: TrainingLabels,
    kept: TrainingSamples,
    before: AreaRecord,
    *,
    trained_on_all: bool,
) -> AreaRecord:
    """Return the training areas of a model and of those before it.

    Args:
        all_labels: What the user labelled.
        kept: The samples of the model.
        before: Record of the initial model; empty where there was none.
        trained_on_all: Whether it was trained on all areas in the end.
    """
    held = all_labels.digests if all_labels.test is None else all_labels.test_digests
    if trained_on_all:
        every = (*all_labels.digests.values(), *all_labels.test_digests.values())
        return before.after(frozenset().union(*every), ())
    trained = kept.split.training | kept.split.validation
    areas = kept.labels.groups if all_labels.test is None else all_labels.test.groups
    return before.after(
        named(all_labels.digests, np.unique(kept.labels.groups[trained])),
        named(held, np.unique(areas[kept.test > 0])),
    )


def _around(
    labels: LabelMap, held: NDArray[np.bool_], distance: int
) -> NDArray[np.bool_]:
    """Return bool (H, W), pixels of the class of one that is held out, near it."""
    rows, columns = np.nonzero(held)
    found = np.zeros_like(held)
    steps = range(-distance, distance + 1)
    last = np.array(held.shape)[:, None] - 1
    for down, right in product(steps, steps):
        there = np.clip([rows + down, columns + right], 0, last)
        same_class = labels.values[there[0], there[1]] == labels.values[rows, columns]
        found[there[0][same_class], there[1][same_class]] = True
    return found & ~held


def _compact(labels: LabelMap, where: NDArray[np.bool_]) -> LabelMap:
    """Return some labels, with the classes that occur in them."""
    part = without_nodata(labels, where)
    found = np.unique(part.values[part.values > 0])
    lookup = np.zeros(len(labels.classes) + 1, np.uint16)
    lookup[found] = np.arange(1, len(found) + 1)
    classes = ClassTable(tuple(labels.classes.entries[k - 1] for k in found))
    return LabelMap(lookup[part.values], part.groups, classes)


def _scored_apart(
    labels: LabelMap,
    reference: LabelMap,
    known: KnownAreas,
    record: AreaRecord,
    progress: Progress,
) -> TrainingSamples:
    """Train on all areas; score the test areas that were not trained on before."""
    if len(known.trained):
        progress.warning(
            tr(
                "Test areas that are not scored, because they are training areas of "
                "the initial model: {count}."
            ).format(count=len(known.trained))
        )
        reference = without_nodata(reference, ~np.isin(reference.groups, known.trained))
        if not reference.values.any():
            raise SampleError(
                tr("Every test area is a training area of the initial model."),
                hint=tr("Draw test areas that it was not trained on."),
            )
    test = reference.values > 0
    new, held = len(known.new), len(known.scored)
    training = labels.values > 0
    text = _definition(training, test, held, new, record)
    for warning in _doubts(test, new, held, record, None):
        progress.warning(warning)
    nothing = np.zeros_like(test)
    split = Split(training, nothing, nothing, labels, text)
    figures = _figures(held, new, record)
    return TrainingSamples(
        labels, split, reference.values, text, reference.groups, figures
    )


def _left_out(labels: LabelMap, beside: NDArray[np.bool_]) -> tuple[str, ...]:
    if not beside.any():
        return ()
    areas, pixels = len(np.unique(labels.groups[beside])), int(beside.sum())
    return (
        tr(
            "Areas that touch a held-out area of their class: {areas}. Their pixels "
            "within {gap} pixels of it are not trained on (pixels: {pixels})."
        ).format(areas=areas, pixels=pixels, gap=GAP),
    )


def _definition(
    training: NDArray[np.bool_],
    test: NDArray[np.bool_],
    held: int,
    new: int,
    record: AreaRecord,
) -> str:
    if not test.any():
        return tr("Nothing was held out, so the map is not scored.")
    trained = int(training.sum())
    counts = {"pixels": int(test.sum()), "trained": trained, "held": held, "new": new}
    if not record.whole:
        text = tr(
            "Scored pixels, which this training held out: {pixels}. Training pixels: "
            "{trained}."
        )
        return f"{text.format(**counts)} {tr(UNSURE)}"
    if held and new:
        text = tr(
            "Scored pixels: {pixels}. They lie in areas that were held out of the "
            "initial model as well (areas: {held}), and in areas unknown to it "
            "(areas: {new})."
        )
    elif held:
        text = tr(
            "Scored pixels: {pixels}. They lie in areas that were held out of the "
            "initial model as well (areas: {held})."
        )
    else:
        text = tr(
            "Scored pixels: {pixels}. They lie in areas unknown to the initial model "
            "(areas: {new})."
        )
    rest = tr(
        "No area with the outline of one of its training areas is scored. Training "
        "pixels: {trained}."
    )
    return f"{text} {rest}".format(**counts)


def _doubts(
    test: NDArray[np.bool_],
    new: int,
    held: int,
    record: AreaRecord,
    config: SplitConfig | None,
) -> Iterable[str]:
    """Yield the reasons to doubt the figures."""
    if not test.any():
        if config is None or config.holdout != "none":
            yield tr(
                "Nothing can be scored, because none of the areas was held out of "
                "the initial model. Give test areas, or give the old areas together "
                "with the new ones."
            )
    elif not record.whole:
        yield tr(UNSURE)
    elif new:
        yield tr(
            "Test areas that the initial model does not know, because they are new "
            "or were redrawn: {new} of {count}. If they overlap its training areas, "
            "the figures are too high."
        ).format(new=new, count=new + held)


def _figures(held: int, new: int, record: AreaRecord) -> dict[str, int | bool]:
    return {
        "held_out_of_initial_model": held,
        "unknown_to_initial_model": new,
        "initial_model_names_its_areas": record.whole,
    }
