"""What a training starts from: its settings, its cubes, its labels and its plan."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from miaf_engine.cubes.band_selection import BandChoice
from miaf_engine.cubes.stack import Readable
from miaf_engine.grid import Grid
from miaf_engine.models.devices import Device, choose_device
from miaf_engine.progress import Progress, Span
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks.train.labels import GivenLabels, read_given_labels
from miaf_engine.tasks.train.plan import (
    Plan,
    check_evaluation,
    plan_training,
)
from miaf_engine.tasks.train.scenes_input import TrainingScenes
from miaf_engine.training.checkpoint_files import Checkpoints
from miaf_engine.training.initial_model import InitialModel
from miaf_engine.training.inputs import Configs, TrainingWindow
from miaf_engine.training.learner import Learner


@dataclass(frozen=True)
class TrainingMeans:
    """What a training works with, before its cubes are opened.

    Attributes:
        initial: The model to go on from.
        configs: The settings.
        device: Where to train and map.
        checkpoints: Where the state of the trainings is kept.
    """

    initial: InitialModel | None
    configs: Configs
    device: Device
    checkpoints: Checkpoints

    @classmethod
    def of(cls, request: TrainRequest, progress: Progress) -> TrainingMeans:
        """Read what a request names besides cubes and areas.

        Raises:
            MiafError: A setting is wrong, the initial model is none, or there is no
                such device.
        """
        initial = InitialModel.read(request)
        configs = initial.configs(request, progress) if initial else Configs.of(request)
        check_evaluation(request)
        device = choose_device(request.device)
        progress.info(f"Device: {device.reason}.")
        return cls(initial, configs, device, Checkpoints.of_user(resume=request.resume))


@dataclass(frozen=True, eq=False)
class TrainingSetup:
    """What is known before the first epoch.

    Attributes:
        given: The labels.
        choice: Bands of the first cube that are used.
        learner: What trains the models.
        windows: The cube around the labels; a training empties the list.
        plan: Which models are trained, and which pixels score them.
        map_grid: Grid of the cube that is mapped, the first.
        initial: The model that the training goes on from.
    """

    given: GivenLabels
    choice: BandChoice
    learner: Learner
    windows: list[TrainingWindow]
    plan: Plan
    map_grid: Grid
    initial: InitialModel | None = None

    @property
    def reader(self) -> Readable:
        """The open cube, or several stacked."""
        return self.learner.reader

    @classmethod
    def read(
        cls,
        request: TrainRequest,
        means: TrainingMeans,
        stack: ExitStack,
        progress: Progress,
    ) -> TrainingSetup:
        """Read cubes, closed when `stack` ends, and labels, up to 0.03 of `progress`.

        Raises:
            MiafError: They cannot be read, or do not serve a training.
        """
        initial = means.initial
        scenes = TrainingScenes.opened(request, initial, stack, progress)
        grid = scenes.reader.grid
        given = read_given_labels(
            request,
            grid,
            progress,
            places=scenes.places,
            known=initial.card.classes if initial else None,
            held_out=initial.record.held_out if initial else frozenset(),
        )
        choice = scenes.chosen(given.training.values > 0, progress)
        learner = _learner(request, means, scenes, choice, progress)
        windows = learner.windows(given.training, Span(progress, 0.01, 0.03))
        before = initial.record if initial else None
        plan = plan_training(request, given, windows, grid, progress, before)
        mapped = scenes.places[0].grid
        return cls(given, choice, learner, windows, plan, mapped, initial)


def _learner(
    request: TrainRequest,
    means: TrainingMeans,
    scenes: TrainingScenes,
    choice: BandChoice,
    progress: Progress,
) -> Learner:
    by_scene = None
    if request.normalise_by == "scene":
        by_scene = scenes.normalisations(choice.used, Span(progress, 0.0, 0.01))
    return Learner(
        scenes.reader,
        choice.used,
        means.configs,
        means.device,
        request.seed,
        request.memory_mb,
        means.initial,
        by_scene,
        means.checkpoints,
    )
