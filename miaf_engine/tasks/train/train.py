"""Train a model from training areas; classify the cube with it in the same run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from miaf_engine.accuracy.calibration import calibration_figures
from miaf_engine.accuracy.map_accuracy import (
    MapAccuracy,
    MapSampler,
    contradicted,
    short_training,
)
from miaf_engine.accuracy.metrics import Assessment
from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.io.outputs import when_in_place
from miaf_engine.labels.area_digests import AreaRecord
from miaf_engine.memory import peak_memory_mb
from miaf_engine.models.applicability import Applicability, applicability_of
from miaf_engine.models.file import save_model
from miaf_engine.models.network.ensemble import UNNORMALISED
from miaf_engine.prediction.map_summary import MapSummary, summary_text
from miaf_engine.prediction.writers import MapRules, MapWriters
from miaf_engine.progress import Progress, Recording, Span, Stage
from miaf_engine.reports.content import Spectra, map_figures
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.tasks.outputs import check_targets
from miaf_engine.tasks.train.applicability import SampledSpectra
from miaf_engine.tasks.train.baselines import Baseline, score_baselines
from miaf_engine.tasks.train.card import model_card
from miaf_engine.tasks.train.continued import record_of
from miaf_engine.tasks.train.evidence import (
    FoldEvidence,
    gather_evidence,
    mapper_of,
)
from miaf_engine.tasks.train.plan import Plan
from miaf_engine.tasks.train.report import (
    Outcome,
    Pictures,
    class_spectra,
    load_plots,
    write_training_report,
)
from miaf_engine.tasks.train.scoring import (
    all_areas,
    map_and_score,
    score_trials,
)
from miaf_engine.tasks.train.setup import (
    TrainingMeans,
    TrainingSetup,
    epochs_of,
    share_of_evidence,
    shares_of,
)
from miaf_engine.training.history import History
from miaf_engine.training.inputs import TrainingWindow
from miaf_engine.training.trainer import TrainedModel
from miaf_engine.translation import marked, tr

_COMPARED = 0.1  # of the time of the final model, for classifiers beside it
NOT_KNOWN = marked(
    "The training areas are too few or too similar to tell which pixels are unlike "
    "them. Therefore no pixel is left out for that reason."
)


def train(request: TrainRequest, progress: Progress) -> dict[str, Any]:
    """Train a model, score it on what was held out, and write what was asked for.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    progress = Recording(progress)
    outputs = _checked_outputs(request)
    if request.report:
        load_plots()
    means = TrainingMeans.of(request, progress)
    with ExitStack() as stack:
        setup = TrainingSetup.read(request, means, stack, progress)
        progress.info(_counts_text(setup.plan))
        # Opened now: what the format or an option refuses is said before the epochs.
        classes = setup.plan.reported.labels.classes
        writers = MapWriters.open(request, outputs, setup.map_grid, classes, stack)
        shares = shares_of(request, setup)
        kept = train_and_keep(request, setup, Span(progress, 0.03, shares.trained))
        pictures = Pictures.blank(setup.reader) if request.report else None
        sketch = None if pictures is None else pictures.sketch
        mapper = mapper_of(setup.trainer, kept.trained, sketch)
        mapper.applicability = kept.applicability
        known = kept.applicability
        threshold = known.threshold if known else None
        writers.rules = MapRules.of(request, threshold)
        if known is None and (request.applicability or request.leave_out_unlike):
            progress.warning(tr(NOT_KNOWN))
        summary = MapSummary(setup.map_grid, threshold)
        sampler = MapSampler(setup.map_grid.height * setup.map_grid.width)
        mapped = map_and_score(
            mapper,
            kept.samples,
            request.memory_mb,
            Span(progress, shares.trained, shares.mapped),
            writers=writers,
            picture=None if pictures is None else pictures.map,
            sampler=sampler,
            summary=summary,
        )
        left_open = summary.as_json()
        if text := summary_text(left_open):
            progress.info(text)
        expected = None
        is_wanted = bool(request.report or writers.writers)
        if kept.evidence and is_wanted and sampler.count:
            expected = kept.evidence.map_accuracy(sampler.sample(), request.seed)
            progress.info(expected_text(expected))
        found = _outcome(
            request,
            setup,
            kept,
            mapped,
            mapper.device.name,
            started,
            expected,
            left_open,
        )
        if doubt := found.figures["map_accuracy_doubt"]:
            progress.warning(doubt)
        writing = Span(progress, shares.mapped, 1.0)
        writing.step(0.0, tr("Writing the results"))
        if request.model:
            save_model(request.model, kept.trained.network.to("cpu"), found.card)
        if pictures:
            write_training_report(request, found, pictures, progress.warnings, writing)
        writing.step(1.0, tr("Putting the results in place"))
    when_in_place(means.checkpoints.forget)
    return {"outputs": outputs, "figures": found.figures}


def _checked_outputs(request: TrainRequest) -> dict[str, str]:
    return check_targets(
        {name: getattr(request, name) for name in (*RASTER_NAMES, "model", "report")},
        (
            request.cube,
            *(request.cubes or ()),
            request.initial_model,
            request.rois,
            request.rois_more,
            request.labels,
            request.validation_rois,
            request.mask,
        ),
    )


@dataclass(frozen=True)
class KeptModel:
    """The final model, and how models like it were scored.

    Attributes:
        trained: The model.
        samples: What it was trained on; its test pixels are still to be scored.
        spectra: Mean spectra of its training pixels.
        scored_history: History of the model that is scored.
        assessment: What the models scored before it came to; None where it is scored
            itself.
        evidence: What the weights of its heads follow from; None without.
        applicability: Which spectra the model applies to; None where unknown.
        baselines: How standard classifiers fare in the same folds.
    """

    trained: TrainedModel
    samples: TrainingSamples
    spectra: Spectra
    scored_history: History
    assessment: Assessment | None = None
    evidence: FoldEvidence | None = None
    applicability: Applicability | None = None
    baselines: Sequence[Baseline] = ()


def train_and_keep(
    request: TrainRequest, setup: TrainingSetup, progress: Progress
) -> KeptModel:
    """Train and score the models of the plan, then train the one that is kept."""
    trainer, plan, windows = setup.trainer, setup.plan, setup.windows
    samples, assessment, scored = plan.reported, None, None
    evidence = None
    if plan.evidence is not None:
        done = share_of_evidence(setup)
        evidence = gather_evidence(
            trainer, plan.evidence, windows, Span(progress, 0.0, done)
        )
        progress = Stage(progress, done, 1.0, tr("Final model: ") if plan.folds else "")
        if plan.folds and evidence:
            assessment = evidence.assessment(plan.folds)
        if plan.folds or not windows:
            windows = trainer.windows(samples.labels, Span(progress, 0.0, 0.01))
        if plan.folds:
            samples = replace(samples, test=np.zeros_like(samples.test))
    if plan.trials:
        before, after = epochs_of(setup)
        done = before / (before + after)
        stage = Span(progress, 0.0, done)
        assessment, scored = score_trials(
            trainer, plan.trials, windows, stage, evidence
        )
        progress = Stage(progress, done, 1.0, tr("Final model: "))
        samples, windows = all_areas(
            request,
            trainer,
            setup.labels,
            progress,
            choosing=not plan.continues_training,
        )
        if plan.continues_training:
            trainer = trainer.after(scored)
    table = trainer.reader.bands
    spectra = class_spectra(samples, windows, table, trainer.bands)
    beside = Span(progress, 0.01, _COMPARED)
    baselines = _baselines(request, plan, evidence, windows, beside)
    progress = Span(progress, _COMPARED, 1.0)
    reader = trainer.reader
    sampled = SampledSpectra.of(windows, samples, plan, reader, request.seed)
    trained = trainer.train(samples, progress, windows)
    initial = setup.initial
    known = applicability_of(initial.card, initial.path) if initial else None
    if evidence:
        trained = evidence.put_into(trained)
    applicability = sampled.applicability(
        trained.preparation, known, left_open=evidence.left_open if evidence else None
    )
    history = scored.history if scored else trained.history
    return KeptModel(
        trained,
        samples,
        spectra,
        history,
        assessment,
        evidence,
        applicability,
        baselines,
    )


def _baselines(
    request: TrainRequest,
    plan: Plan,
    evidence: FoldEvidence | None,
    windows: Sequence[TrainingWindow],
    progress: Progress,
) -> list[Baseline]:
    """Score standard classifiers in the folds, where a report shows them."""
    if not (request.report and plan.folds and evidence):
        return []
    scored = evidence.scored()
    return score_baselines(windows, plan.folds, scored, request.seed, progress)


def _outcome(
    request: TrainRequest,
    setup: TrainingSetup,
    kept: KeptModel,
    mapped: Assessment,
    device: str,
    started: float,
    expected: MapAccuracy | None,
    left_open: dict[str, Any],
) -> Outcome:
    """Return what is reported and written, once everything is computed.

    `mapped` are the scored pixels of the map, made on `device`; `started` is when the
    run began, of `time.perf_counter`; `left_open` are figures of a `MapSummary`.
    """
    assessment, history = kept.assessment or mapped, kept.trained.history
    initial = setup.initial
    figures = {
        **figures_of(setup, kept, assessment, device),
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
        **map_figures(expected, _doubt(expected, request, kept, mapped)),
        **left_open,
    }
    before = initial.record if initial else AreaRecord()
    trained_on_all = bool(setup.plan.trials)
    card = model_card(
        request,
        setup.reader,
        setup.choice,
        setup.plan.reported,
        kept.trained.preparation,
        setup.trainer.configs,
        history,
        figures,
        record_of(setup.labels, kept.samples, before, trained_on_all=trained_on_all),
        setup.brightness if kept.trained.network.unnormalised else None,
        setup.measured.tie_points,
    )
    if initial:
        card = initial.handed_down(card)
    if kept.applicability:
        card = replace(card, applicability=kept.applicability.as_json())
    return Outcome(
        setup.plan,
        history,
        assessment,
        figures,
        card,
        kept.spectra,
        expected,
        left_open,
        _head_weights_origin(kept, setup),
    )


def figures_of(
    setup: TrainingSetup, kept: KeptModel, assessment: Assessment, device: str
) -> dict[str, Any]:
    """Return the figures of a training, save its costs, with the keys of the design."""
    plan, trainer = setup.plan, setup.trainer
    history = kept.trained.history
    final = history.final_epochs
    return {
        **assessment.as_json(),
        "accuracy_definition": definition_of(plan, kept.scored_history),
        "kept_model": plan.note or None,
        "head_weights": head_weights_of(kept.trained),
        "scene_range_pixels": _rounded(trainer.configs.scene_range),
        "calibration": calibration_figures(
            history.calibration,
            assessment.confidence,
            fitted_on_scored=plan.folds is not None and history.calibration.in_turn,
        ),
        **plan.nearness.as_json(),
        "folds": plan.folds.count if plan.folds else None,
        "baselines": [one.as_json() for one in kept.baselines],
        "epochs": len(history.losses) - final,
        "best_epoch": history.best_epoch,
        "final_epochs": final,
        "seconds_per_epoch": round(history.seconds / len(history.losses), 4),
        "pixels_per_class": plan.reported.split.counts(),
        "scored_areas": plan.reported.scored_areas,
        "device": device,
        "device_reason": trainer.device.reason,
        "initial_models": setup.initial.chain() if setup.initial else [],
        "seed": trainer.seed,
    }


def _doubt(
    expected: MapAccuracy | None,
    request: TrainRequest,
    kept: KeptModel,
    mapped: Assessment,
) -> str:
    """Return why not to rely on the expected accuracy of a map, or nothing."""
    if expected is None:
        return ""
    config: TrainConfig = request.part(TrainConfig)
    calibration = kept.trained.history.calibration
    unfitted = "" if calibration.pixels else calibration.note
    scored = kept.assessment or mapped
    against = contradicted(
        expected, scored.overall_accuracy, scored.uncertainty.overall
    )
    doubts = (against, unfitted, short_training(config.epochs))
    return " ".join(doubt for doubt in doubts if doubt)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def expected_text(expected: MapAccuracy) -> str:
    """Return the expected accuracy of the map as a sentence."""
    shares = (expected.value, expected.low, expected.high)
    value, low, high = (f"{100 * share:.0f}" for share in shares)
    return tr(
        "Expected accuracy of the whole map: {value} % (95 % interval {low} to "
        "{high} %), provided that all its land is like the drawn areas. It was "
        "estimated from areas that were held out in turn."
    ).format(value=value, low=low, high=high)


def head_weights_of(trained: TrainedModel) -> dict[str, float]:
    """Return the weight of each head in the map, the largest first."""
    network, names = trained.network, trained.network.head_names
    if trained.preparation.gain is None:
        names = [name for name in names if name not in UNNORMALISED]
    weights = network.weights_of(len(names)).tolist()
    pairs = sorted(zip(names, weights, strict=True), key=lambda p: -p[1])
    return {name: round(weight, 4) for name, weight in pairs}


def _head_weights_origin(kept: KeptModel, setup: TrainingSetup) -> str:
    """Return what the weights of the heads follow from, as a sentence."""
    if kept.evidence:
        return tr("Their weights follow from areas held out in turn.")
    if setup.initial:
        return tr("Their weights are those of the initial model.")
    return tr("They have equal weights, because no area could be held out.")


def definition_of(plan: Plan, history: History) -> str:
    """Return which pixels were scored, and what became of those that were not."""
    text, nearness = plan.reported.definition, plan.nearness
    if nearness.scored:
        near = tr(
            "{share} % of the scored pixels lie within {near} pixels of training "
            "pixels."
        )
        text += f" {nearness.text(near)}"
    if plan.missing and plan.reported.test.any():
        text += " " + tr(
            "How near the scored pixels lie to the training areas of the initial model "
            "is unknown, because not all of these were given. If they are near, the "
            "figures are too high."
        )
    if history.final_epochs:
        text += " " + tr(
            "The validation pixels were then trained on as well (final epochs: "
            "{count}). Test pixels never were."
        ).format(count=history.final_epochs)
    return f"{text} {plan.note}".rstrip()


def _counts_text(plan: Plan) -> str:
    samples = plan.reported
    split, count = samples.split, len(samples.labels.classes)
    if plan.folds:
        return tr(
            "{count} classes; {pixels} pixels are scored in {folds} folds, then a "
            "model is trained on all areas."
        ).format(
            count=count, pixels=int((samples.test > 0).sum()), folds=plan.folds.count
        )
    return tr(
        "{count} classes; training pixels: {training}, validation pixels: "
        "{validation}, test pixels: {test}."
    ).format(
        count=count,
        training=int(split.training.sum()),
        validation=int(split.validation.sum()),
        test=int((samples.test > 0).sum()),
    )
