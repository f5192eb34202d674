"""Train a model from training areas; classify the cube with it in the same run."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from miaf_engine.devices import choose_device
from miaf_engine.memory import peak_memory_mb
from miaf_engine.metrics import Assessment
from miaf_engine.model_file import save_model
from miaf_engine.pipeline.cross_validation import all_areas, score_trials
from miaf_engine.pipeline.cube_input import chosen_bands, opened_cube
from miaf_engine.pipeline.learning import Learner, Learnt
from miaf_engine.pipeline.map_picture import MapPicture
from miaf_engine.pipeline.plan import Plan, check_evaluation, plan_training
from miaf_engine.pipeline.provenance import model_card
from miaf_engine.pipeline.rasters import RASTER_NAMES, MapWriters, check_targets
from miaf_engine.pipeline.samples_input import (
    GivenLabels,
    TrainingSamples,
    read_given_labels,
)
from miaf_engine.pipeline.scene_sketch import SceneSketch
from miaf_engine.pipeline.scoring import map_and_score
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
            request.rois,
            request.labels,
            request.validation_rois,
            request.mask,
        ),
    )
    configs = Configs.of(request)
    check_evaluation(request)
    device = choose_device(request.device)
    progress.info(f"Device: {device.reason}.")
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        given = read_given_labels(request, reader.grid, progress)
        choice = chosen_bands(request, reader, given.training.values > 0, progress)
        bands = choice.used
        learner = Learner(
            reader, bands, configs, device, request.seed, request.memory_mb
        )
        windows = learner.windows(given.training, Span(progress, 0.0, 0.03))
        plan = plan_training(request, given, windows, reader.grid, progress)
        progress.info(_counts_text(plan))
        # Opened now: what the format or an option refuses is said before the epochs.
        classes = plan.reported.labels.classes
        writers = MapWriters.open(request, reader.grid, classes, stack)
        stage = Span(progress, 0.03, 0.9)
        kept = train_and_keep(request, learner, given, plan, windows, stage)
        sketch = SceneSketch(reader) if request.report else None
        mapper = learner.mapper(kept.learnt, sketch)
        picture = MapPicture.blank(reader.grid) if request.report else None
        mapped = map_and_score(
            mapper,
            kept.samples,
            request.memory_mb,
            Span(progress, 0.9, 0.98),
            writers=writers,
            picture=picture,
        )
        assessment = kept.assessment or mapped
        figures = {
            **figures_of(plan, kept, assessment),
            "device": mapper.device,
            "device_reason": device.reason,
            "seed": request.seed,
            "seconds": round(time.perf_counter() - started, 3),
            "peak_memory_mb": round(peak_memory_mb(), 1),
        }
        progress.step(0.98, "Writing the results")
        card = model_card(
            request,
            reader,
            choice,
            plan.reported,
            kept.learnt.preparation,
            configs,
            kept.learnt.history,
            figures,
        )
        if request.model:
            save_model(request.model, kept.learnt.network.to("cpu"), card)
        if request.report and sketch and picture:
            found = Outcome(
                plan, kept.learnt.history, assessment, figures, card, kept.spectra
            )
            write_training_report(request, found, picture, sketch, progress.warnings)
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
