"""Train a model from training areas; classify the cube with it in the same run."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from miaf_engine.area_record import AreaRecord
from miaf_engine.checkpoint_files import Checkpoints
from miaf_engine.devices import choose_device, reason_of
from miaf_engine.memory import peak_memory_mb
from miaf_engine.metrics import Assessment
from miaf_engine.model_file import save_model
from miaf_engine.outputs import when_in_place
from miaf_engine.pipeline.continued_samples import record_of
from miaf_engine.pipeline.cross_validation import all_areas, score_trials
from miaf_engine.pipeline.given_labels import GivenLabels, read_given_labels
from miaf_engine.pipeline.initial_model import InitialModel
from miaf_engine.pipeline.learning import Learner, Learnt
from miaf_engine.pipeline.map_picture import MapPicture
from miaf_engine.pipeline.plan import Plan, check_evaluation, plan_training
from miaf_engine.pipeline.provenance import model_card
from miaf_engine.pipeline.rasters import RASTER_NAMES, MapWriters, check_targets
from miaf_engine.pipeline.samples_input import TrainingSamples
from miaf_engine.pipeline.scene_sketch import SceneSketch
from miaf_engine.pipeline.scenes_input import TrainingScenes
from miaf_engine.pipeline.scoring import map_and_score
from miaf_engine.pipeline.shares import shares_of
from miaf_engine.pipeline.training_input import Configs, TrainingWindow
from miaf_engine.pipeline.training_report import (
    Outcome,
    class_spectra,
    write_training_report,
)
from miaf_engine.progress import Progress, Recording, Span, Stage
from miaf_engine.reliability import calibration_figures
from miaf_engine.report_content import Spectra
from miaf_engine.requests import TrainRequest
from miaf_engine.training import History


def train(request: TrainRequest, progress: Progress) -> dict[str, Any]:
    """Train a model, score it on what was held out, and write what was asked for.

    Raises:
        MiafError: The input is wrong or a file cannot be read or written.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    progress = Recording(progress)
    names = (*RASTER_NAMES, "model", "report")
    outputs = check_targets(
        {name: getattr(request, name) for name in names},
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
    initial = InitialModel.read(request)
    configs = initial.configs(request, progress) if initial else Configs.of(request)
    check_evaluation(request)
    device = choose_device(request.device)
    progress.info(f"Device: {device.reason}.")
    checkpoints = Checkpoints.of_user(resume=request.resume)
    with ExitStack() as stack:
        scenes = TrainingScenes.opened(request, initial, stack, progress)
        reader = scenes.reader
        given = read_given_labels(
            request,
            reader.grid,
            progress,
            places=scenes.places,
            known=initial.card.classes if initial else None,
        )
        choice = scenes.chosen(given.training.values > 0, progress)
        by_scene = None
        if request.normalise_by == "scene":
            by_scene = scenes.normalisations(choice.used, Span(progress, 0.0, 0.01))
        learner = Learner(
            reader,
            choice.used,
            configs,
            device,
            request.seed,
            request.memory_mb,
            initial,
            by_scene,
            checkpoints,
        )
        windows = learner.windows(given.training, Span(progress, 0.01, 0.03))
        before = initial.record if initial else None
        plan = plan_training(request, given, windows, reader.grid, progress, before)
        progress.info(_counts_text(plan))
        # Opened now: what the format or an option refuses is said before the epochs.
        classes = plan.reported.labels.classes
        writers = MapWriters.open(request, scenes.places[0].grid, classes, stack)
        shares = shares_of(request, configs, plan, windows, reader.grid, device.name)
        stage = Span(progress, 0.03, shares.learnt)
        kept = train_and_keep(request, learner, given, plan, windows, stage)
        sketch = SceneSketch(reader) if request.report else None
        mapper = learner.mapper(kept.learnt, sketch)
        picture = MapPicture.blank(reader.grid) if request.report else None
        mapped = map_and_score(
            mapper,
            kept.samples,
            request.memory_mb,
            Span(progress, shares.learnt, shares.mapped),
            writers=writers,
            picture=picture,
        )
        assessment = kept.assessment or mapped
        figures = {
            **figures_of(plan, kept, assessment),
            "device": mapper.device,
            "device_reason": reason_of(device, mapper.device),
            "initial_models": initial.chain() if initial else [],
            "seed": request.seed,
            "seconds": round(time.perf_counter() - started, 3),
            "peak_memory_mb": round(peak_memory_mb(), 1),
        }
        writing = Span(progress, shares.mapped, 1.0)
        writing.step(0.0, "Writing the results")
        card = model_card(
            request,
            reader,
            choice,
            plan.reported,
            kept.learnt.preparation,
            configs,
            kept.learnt.history,
            figures,
            record_of(
                given,
                kept.samples,
                before or AreaRecord(),
                all_learnt=bool(plan.trials),
            ),
        )
        if initial:
            card = initial.with_bands_of(card)
        if request.model:
            save_model(request.model, kept.learnt.network.to("cpu"), card)
        if request.report and sketch and picture:
            found = Outcome(
                plan, kept.learnt.history, assessment, figures, card, kept.spectra
            )
            told = progress.warnings
            write_training_report(request, found, picture, sketch, told, writing)
        writing.step(1.0, "Putting the results in place")
    when_in_place(checkpoints.forget)
    return {"outputs": outputs, "figures": figures}


@dataclass(frozen=True)
class Kept:
    """The model that is kept, and how its likes were scored.

    Attributes:
        learnt: The model.
        samples: What it was trained on; its test pixels are still to be scored.
        spectra: Mean spectra of its training pixels.
        scored_history: History of the model that is scored.
        assessment: What the models scored before it came to; None where it is scored
            itself.
    """

    learnt: Learnt
    samples: TrainingSamples
    spectra: Spectra
    scored_history: History
    assessment: Assessment | None = None


def train_and_keep(
    request: TrainRequest,
    learner: Learner,
    given: GivenLabels,
    plan: Plan,
    windows: list[TrainingWindow],
    progress: Progress,
) -> Kept:
    """Train and score the models of the plan, then train the one that is kept."""
    samples, assessment, history, done = plan.reported, None, None, 0.0
    if plan.trials:
        done = len(plan.trials) / (len(plan.trials) + 1)
        stage = Span(progress, 0.0, done)
        assessment, history = score_trials(learner, plan.trials, windows, stage)
        progress = Stage(progress, done, 1.0, "Kept model: ")
        samples, windows = all_areas(request, learner, given, progress)
    table = learner.reader.bands
    spectra = class_spectra(samples, windows, table, learner.bands)
    learnt = learner.learn(samples, progress, windows)
    return Kept(learnt, samples, spectra, history or learnt.history, assessment)


def figures_of(plan: Plan, kept: Kept, assessment: Assessment) -> dict[str, Any]:
    """Return the figures of a training, with the keys of the design."""
    history = kept.learnt.history
    final = history.final_epochs
    return {
        **assessment.as_json(),
        "accuracy_definition": definition_of(plan, kept.scored_history),
        "kept_model": plan.note or None,
        "calibration": calibration_figures(history.calibration, assessment.confidence),
        "folds": plan.folds.count if plan.folds else None,
        "epochs": len(history.losses) - final,
        "best_epoch": history.best_epoch,
        "final_epochs": final,
        "seconds_per_epoch": round(history.seconds / len(history.losses), 4),
        "pixels_per_class": plan.reported.split.counts(),
        "scored_areas": plan.reported.scored_areas,
    }


def definition_of(plan: Plan, history: History) -> str:
    """Return which pixels were scored, and what became of those that were not."""
    text = plan.reported.definition
    if history.final_epochs:
        text += (
            " The pixels that chose the epoch were learnt as well in "
            f"{history.final_epochs} final epochs; scored pixels never were."
        )
    return f"{text} {plan.note}".rstrip()


def _counts_text(plan: Plan) -> str:
    samples = plan.reported
    split, count = samples.split, len(samples.labels.classes)
    if plan.folds:
        return (
            f"{count} classes; {int((samples.test > 0).sum())} pixels are scored in "
            f"{len(plan.trials)} folds by polygon, then a model is trained on all."
        )
    return (
        f"{count} classes; {int(split.training.sum())} pixels "
        f"train, {int(split.validation.sum())} choose the epoch, "
        f"{int((samples.test > 0).sum())} are only scored."
    )
