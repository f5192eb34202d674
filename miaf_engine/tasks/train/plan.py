"""Which models a training makes, and which of them are scored.

One that is held out from and kept; or one that is scored before a last training on all
areas; or several in folds, and that last training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.folds import Folds, make_folds, scored_pixels
from miaf_engine.accuracy.holdout import Locate, as_they_lie
from miaf_engine.accuracy.matched_folds import matched_folds
from miaf_engine.accuracy.nearness import Nearness
from miaf_engine.accuracy.split import MEANING, TrainingSamples, split_samples
from miaf_engine.cubes.stack import Readable, places_of
from miaf_engine.errors import ConfigError, listed
from miaf_engine.labels.area_digests import AreaRecord
from miaf_engine.labels.label_map import without_nodata
from miaf_engine.progress import Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import NetworkConfig, SplitConfig
from miaf_engine.tasks.train.continued import continued_samples
from miaf_engine.tasks.train.labels import TrainingLabels
from miaf_engine.tasks.train.roles import assign_roles, locate_in, usable_labels
from miaf_engine.training.inputs import TrainingWindow, validity
from miaf_engine.translation import marked, tr

FOLDS = 3  # of a cross-validation whose number of folds is left to the engine

REFITTED = marked(
    "The figures come from a model that had not seen the test areas. The model of the "
    "map was then trained briefly on all areas; scored on these, it would look better "
    "than it is."
)
MATCHED = marked(
    "The figures come from cross-validation: {count} models were each scored on unseen "
    "areas, where possible about as far from their training areas as the rest of the "
    "map. The model of the map was trained on all areas; scored on these, it would "
    "look better than it is."
)
FOLDED = marked(
    "The figures come from cross-validation: {count} models were each scored on unseen "
    "areas. The model of the map was trained on all areas; scored on these, it would "
    "look better than it is."
)


@dataclass(frozen=True)
class Plan:
    """Which models are scored, and whether the final one is among them.

    Attributes:
        reported: The samples that report and model file describe; their test pixels are
            all that are scored.
        trials: Samples of models that are only scored; empty where the final model
            itself is scored.
        note: What the reader must know of the final model; else empty.
        folds: The folds of a cross-validation that gives the figures.
        evidence: The folds that give the weights of the heads, and the figures where
            they are `folds`; None without.
        locate: Where pixels lie: cubes of one place may be stacked.
        missing: Whether training areas of the initial model were not given.
    """

    reported: TrainingSamples
    trials: tuple[TrainingSamples, ...] = ()
    note: str = ""
    folds: Folds | None = None
    evidence: Folds | None = None
    locate: Locate = as_they_lie
    missing: bool = False

    @property
    def nearness(self) -> Nearness:
        """How much of what is scored lies beside what the scored models trained on.

        Nothing is counted where some of that is `missing`.
        """
        if self.missing:
            return Nearness(0, 0)
        if self.folds is not None:
            folds, wanted = self.folds, scored_pixels(self.folds)
            of_folds = (
                (wanted & (folds.number == fold), folds.training(fold))
                for fold in range(1, folds.count + 1)
            )
            return Nearness.of(of_folds, self.locate)
        scored = self.trials or (self.reported,)
        of_parts = (
            (part.test > 0, part.split.training | part.split.validation)
            for part in scored
        )
        return Nearness.of(of_parts, self.locate)

    @property
    def continues_training(self) -> bool:
        """Whether the final model continues from the one that is scored."""
        return bool(self.trials)


def check_evaluation(request: TrainRequest) -> None:
    """Refuse folds where they have no meaning.

    Raises:
        ConfigError: Folds are asked for with another hold-out than by polygon, or with
            test areas.
    """
    config: SplitConfig = request.part(SplitConfig)
    if config.folds == 1:
        return
    if request.validation_rois is not None:
        raise ConfigError(
            tr(
                "Test areas and {folds} folds are both given, but folds score the "
                "training areas."
            ).format(folds=config.folds),
            hint=tr(
                "Leave the test areas out, or set 'Folds of the cross-validation' to 1."
            ),
        )
    if config.holdout not in ("matched", "polygons"):
        raise ConfigError(
            tr(
                "The {folds} folds divide whole areas, but 'Hold-out method' is "
                "'{holdout}'."
            ).format(folds=config.folds, holdout=config.holdout),
            hint=tr(
                "Set 'Hold-out method' to 'matched' or 'polygons', or 'Folds of the "
                "cross-validation' to 1."
            ),
        )


def plan_training(
    request: TrainRequest,
    all_labels: TrainingLabels,
    windows: list[TrainingWindow],
    reader: Readable,
    progress: Progress,
    trained_before: AreaRecord | None = None,
    sampled: NDArray[np.bool_] | None = None,
) -> Plan:
    """Give each labelled pixel its role, in each model that is scored.

    Args:
        request: The training request.
        all_labels: What the user labelled.
        windows: The cube around the labels.
        reader: The cube, or several stacked.
        progress: Receives warnings.
        trained_before: Training areas of the model that training continues from.
        sampled: bool (H, W), valid pixels spread over each cube; they stand for cubes
            that are read around the labels alone. None for none.

    Raises:
        SampleError: Fewer than two classes are left on valid pixels.
    """
    config: SplitConfig = request.part(SplitConfig)
    valid, locate = validity(windows, reader.grid), locate_in(reader)
    if trained_before is not None:
        samples = continued_samples(
            request, all_labels, valid, trained_before, progress, locate
        )
        given = frozenset[str]().union(*all_labels.digests.values())
        missing = not (trained_before.whole and trained_before.trained <= given)
        return Plan(samples, locate=locate, missing=missing)
    count = config.folds if config.folds > 1 else FOLDS
    apart = all_labels.test is not None
    mapped = valid if sampled is None else _mapped(windows, reader, valid, sampled)
    match = partial(matched_folds, valid=mapped, locate=locate)
    if not apart and (config.holdout == "matched" or config.folds > 1):
        labels = usable_labels(all_labels.training, valid)
        matched = config.holdout == "matched"
        make = match if matched else partial(make_folds, locate=locate)
        folds = make(labels, count=count, seed=request.seed)
        reported = _reported(folds, config, request.seed, progress)
        if not reported.test.any():  # Every class is too small to hold out a part.
            return Plan(reported, locate=locate)
        note = tr(MATCHED if matched else FOLDED).format(count=folds.count)
        return Plan(reported, (), note, folds, folds, locate)
    samples = assign_roles(request, all_labels, valid, progress, locate)
    network: NetworkConfig = request.part(NetworkConfig)
    evidence = None
    if network.committee:
        trained = without_nodata(samples.labels, samples.split.training)
        evidence = match(trained, count=count, seed=request.seed)
    if not config.refit or not samples.test.any():
        return Plan(samples, evidence=evidence, locate=locate)
    note = tr(REFITTED)
    split = replace(samples.split, description=f"{samples.split.description} {note}")
    reported = replace(samples, split=split)
    return Plan(reported, (samples,), note, evidence=evidence, locate=locate)


def _mapped(
    windows: Sequence[TrainingWindow],
    reader: Readable,
    valid: NDArray[np.bool_],
    sampled: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return pixels whose distances to the areas are those of the map, bool (H, W).

    Around the labels the map is near to them. Where a scene is not read as a whole, the
    sample of it stands for the map.
    """
    found: NDArray[np.bool_] = valid.copy()
    read = [window.window for window in windows]
    for scene in (place.window for place in places_of(reader)):
        labelled, spread = valid[scene.slices].any(), sampled[scene.slices]
        if scene not in read and labelled and spread.any():
            found[scene.slices] = spread
    return found


def _reported(
    folds: Folds, config: SplitConfig, seed: int, progress: Progress
) -> TrainingSamples:
    """Return the samples of all folds together, and say what was left out."""
    labels = folds.labels
    scored = scored_pixels(folds)
    meaning = "matched" if config.holdout == "matched" else "folds"
    names = labels.classes.names
    test = np.where(scored, labels.values, 0).astype(np.uint16)
    single = [names[k - 1] for k in folds.divided]
    definition = tr(
        "Scored on all areas by cross-validation in {folds} folds. Each of the "
        "{pixels} pixels was scored once, by a model that was trained without its "
        "area. Seed: {seed}."
    ).format(folds=folds.count, pixels=int(scored.sum()), seed=seed)
    if single:
        definition += " " + tr("A class with a single area is held out in slices.")
        progress.warning(
            tr(
                "Classes with a single area, of which slices were held out: "
                "{classes}. Their figures are optimistic. Draw a second area of "
                "each, apart from the first."
            ).format(classes=listed(single))
        )
    definition = f"{definition} {tr(MEANING[meaning])}"
    if not scored.any():
        definition = tr("Nothing was held out, so the map is not scored.")
    never = np.setdiff1d(labels.values[labels.values > 0], test)
    if len(never):
        progress.warning(
            tr(
                "Classes too small to hold out a part: {classes}. All their pixels "
                "are trained on, and none is scored."
            ).format(classes=listed([names[k - 1] for k in never]))
        )
    split = split_samples(labels, config, seed, separate_test=True)
    split = replace(split, test=scored, description=definition)
    return TrainingSamples(labels, split, test, definition, labels.groups)
