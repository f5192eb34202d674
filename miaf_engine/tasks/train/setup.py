"""What a training starts from: its settings, its cubes, its labels and its plan."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from miaf_engine.cubes.band_selection import BandChoice, empty_bands
from miaf_engine.cubes.bands import (
    BAND_TOLERANCE_NM,
    match_bands,
    warn_without_wavelengths,
)
from miaf_engine.cubes.reader import CubeReader
from miaf_engine.cubes.resampling import CubeSource
from miaf_engine.cubes.sample import (
    constant_fill,
    sample_scene,
    sample_spectra,
    unmasked_sample,
)
from miaf_engine.cubes.stack import (
    CubeStack,
    Readable,
    SceneOfStack,
    places_of,
)
from miaf_engine.errors import BandMismatchError, CubeError
from miaf_engine.grid import Grid, ScenePlace
from miaf_engine.models.devices import Device, choose_device
from miaf_engine.models.tie_points import FEWEST_POINTS, MOST_POINTS, TiePoints
from miaf_engine.prediction.adaptation import is_as_bright, matched_cube
from miaf_engine.preprocessing.normalisation import Normalisation, mean_brightness
from miaf_engine.progress import Progress, Span
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import BandConfig
from miaf_engine.tasks.inputs import opened_cube
from miaf_engine.tasks.train.evidence import fold_epochs
from miaf_engine.tasks.train.labels import TrainingLabels, read_training_labels
from miaf_engine.tasks.train.plan import (
    Plan,
    check_evaluation,
    plan_training,
)
from miaf_engine.training.checkpoint_files import Checkpoints
from miaf_engine.training.initial_model import InitialModel, shortened
from miaf_engine.training.inputs import Configs, TrainingWindow
from miaf_engine.training.stage_costs import (
    Shares,
)
from miaf_engine.training.trainer import Trainer, try_training
from miaf_engine.translation import tr


@dataclass(frozen=True, eq=False)
class MeasuredCubes:
    """What is known of the cubes of a training from a sample of their pixels.

    Attributes:
        brightness: Mean brightness of each.
        tie_points: Those of each that has a geotransform.
        sampled: bool (H, W), the valid pixels that were sampled.
    """

    brightness: list[list[float]]
    tie_points: list[TiePoints]
    sampled: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TrainingCubes:
    """The open cubes of a training.

    Attributes:
        reader: The cube, or several stacked.
        places: Where each lies in it.
        choice: Bands of the first cube that may be used.
        cubes: The cubes themselves, and their band for each usable one of the first.
        of_model: Whether the bands are an initial model's, none of which can go.
    """

    reader: Readable
    places: tuple[ScenePlace, ...]
    choice: BandChoice
    cubes: tuple[tuple[CubeReader, dict[int, int]], ...]
    of_model: bool

    @classmethod
    def opened(
        cls,
        request: TrainRequest,
        initial: InitialModel | None,
        stack: ExitStack,
        progress: Progress,
    ) -> TrainingCubes:
        """Open a request's cubes, closed when `stack` ends.

        Raises:
            BandMismatchError: A cube lacks a band that the first cube or the initial
                model has.
            MiafError: A cube cannot be read, or does not fit the mask.
        """
        paths = cubes_of(request)
        readers = [
            opened_cube(replace(request, cube=path, cubes=None), stack, progress)
            for path in paths
        ]
        first = readers[0]
        choice = _choice(request, first, initial, progress)
        bands = [{band: band for band in choice.used}]
        for reader in readers[1:]:
            own = _matched(choice, reader, initial, progress)
            bands.append(dict(zip(choice.used, own, strict=True)))
        whole = first if len(readers) == 1 else CubeStack(readers, bands)
        if len(readers) > 1:
            progress.info(
                tr("Training on {readers} cubes.").format(readers=len(readers))
            )
        cubes = tuple(zip(readers, bands, strict=True))
        return cls(whole, places_of(whole), choice, cubes, initial is not None)

    def chosen(self, labelled: NDArray[np.bool_], progress: Progress) -> BandChoice:
        """Return the bands to train on: those with data around the areas of each cube.

        Args:
            labelled: bool (H, W), where a training area is.
            progress: Receives the choice; asked for a cancel.

        Raises:
            BandMismatchError: The initial model needs a band that has no data.
            CubeError: Fewer than two bands are left.
        """
        empty: set[int] = set()
        for place, (reader, bands) in zip(self.places, self.cubes, strict=True):
            there = labelled[place.window.slices]
            found = set(empty_bands(reader, list(bands.values()), there, progress))
            empty |= {band for band, own in bands.items() if own in found}
        if empty and self.of_model:
            raise BandMismatchError(
                tr(
                    "Bands of the initial model that have one value or none around "
                    "the training areas: {bands}."
                ).format(bands=self.choice.ranges(tuple(sorted(empty)))),
                hint=tr(
                    "Train a new model without an initial model, or repair the cube."
                ),
            )
        choice = self.choice if self.of_model else self.choice.without(empty)
        for line in choice.lines():
            progress.info(line)
        return choice

    def normalisations(
        self, used: Sequence[int], progress: Progress
    ) -> tuple[Normalisation, ...]:
        """Measure the band statistics of each cube by itself."""
        whole = self.reader
        parts: Sequence[CubeSource] = [whole]
        if isinstance(whole, CubeStack):
            parts = [SceneOfStack(whole, place) for place in self.places]
        return tuple(
            Normalisation.fit(sample_spectra(part, used, progress)) for part in parts
        )

    def measured(self, used: Sequence[int], progress: Progress) -> MeasuredCubes:
        """Measure a sample of each cube.

        It is also said how many pixels look like fill that is not declared.

        Returns:
            What is known of them. Cubes without a valid pixel have no part in it.
        """
        whole = self.reader.grid
        sampled = np.zeros((whole.height, whole.width), bool)
        brightness, points = [], []
        most = max(MOST_POINTS // len(self.cubes), FEWEST_POINTS)
        for number, (reader, bands) in enumerate(self.cubes, 1):
            grid = reader.grid
            with suppress(CubeError):  # without a valid pixel, which is said elsewhere
                own = [bands[band] for band in used]
                sample = sample_scene(reader, own, progress)
                inside = self.places[number - 1].window.slices
                sampled[inside][tuple(sample.places)] = True
                unmasked = unmasked_sample(reader, own, sample, progress)
                if unmasked.spectra.shape[1]:
                    brightness.append(list(mean_brightness(unmasked.spectra)))
                    if grid.georeferenced:
                        points.append(TiePoints.of(grid, unmasked, most))
                fill = " ".join(constant_fill(sample, grid.height * grid.width)).strip()
                if fill and len(self.cubes) > 1:
                    fill = tr("Cube {number}, '{path}': {note}").format(
                        number=number, path=reader.path, note=fill
                    )
                if fill:
                    progress.warning(fill)
        return MeasuredCubes(brightness, points, sampled)


def cubes_of(request: TrainRequest) -> list[str]:
    """Return the cubes of a request, each once, the one that is mapped first."""
    paths: dict[str, str] = {}
    for path in (request.cube, *(request.cubes or ())):
        paths.setdefault(os.path.realpath(path), path)
    return list(paths.values())


def _choice(
    request: TrainRequest,
    reader: CubeReader,
    initial: InitialModel | None,
    progress: Progress,
) -> BandChoice:
    table = reader.bands
    if initial is None:
        return BandChoice.of(table, request.part(BandConfig))
    used = tuple(_of_model(initial, reader, progress))
    bad = tuple(i for i in range(table.count) if not table.good[i])
    rest = tuple(sorted({*table.good_indices} - {*used}))
    return BandChoice(table, used, bad, rest)


def _matched(
    choice: BandChoice,
    reader: CubeReader,
    initial: InitialModel | None,
    progress: Progress,
) -> list[int]:
    """Return a further cube's bands for the usable ones of the first."""
    if initial is not None:
        return list(_of_model(initial, reader, progress))
    wanted = choice.table.take(list(choice.used))
    try:
        matched = match_bands(wanted, reader.bands, BAND_TOLERANCE_NM)
    except BandMismatchError as error:
        raise BandMismatchError(
            tr(
                "The cubes do not have the same bands: '{path}' lacks some bands of "
                "the first one. {message}"
            ).format(path=reader.path, message=error.message),
            hint=tr(
                "Train on cubes of one sensor, or exclude the bands that one of them "
                "lacks with 'Excluded wavelengths (nm)'."
            ),
        ) from error
    if wanted.wavelengths_nm is None:
        warn_without_wavelengths(wanted, reader.bands, tr("the first cube"), progress)
    return list(matched)


def _of_model(
    initial: InitialModel, reader: CubeReader, progress: Progress
) -> Sequence[int]:
    try:
        cube = matched_cube(reader, initial.card, interpolate=False, progress=progress)
    except BandMismatchError as error:
        raise BandMismatchError(
            tr("The cube '{path}' does not fit the initial model: {message}").format(
                path=reader.path, message=error.message
            ),
            hint=tr("Continue from a model of the same sensor, or train a new one."),
        ) from error
    return cube.bands


@dataclass(frozen=True)
class TrainingMeans:
    """What a training works with, before its cubes are opened.

    Attributes:
        initial: The model to continue from.
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
        device = choose_device(request.device, try_training, progress)
        return cls(initial, configs, device, Checkpoints.of_user(resume=request.resume))


@dataclass(frozen=True, eq=False)
class TrainingSetup:
    """What is known before the first epoch.

    Attributes:
        labels: The labels.
        choice: Bands of the first cube that are used.
        trainer: What trains the models.
        windows: The cube around the labels; a training empties the list.
        plan: Which models are trained, and which pixels score them.
        map_grid: Grid of the cube that is mapped, the first.
        measured: What is known of the cubes from a sample.
        initial: The model that training continues from.
    """

    labels: TrainingLabels
    choice: BandChoice
    trainer: Trainer
    windows: list[TrainingWindow]
    plan: Plan
    map_grid: Grid
    measured: MeasuredCubes
    initial: InitialModel | None = None

    @property
    def reader(self) -> Readable:
        """The open cube, or several stacked."""
        return self.trainer.reader

    @property
    def brightness(self) -> list[list[float]]:
        """Mean brightness of each cube, where heads see it."""
        return self.measured.brightness if self.trainer.unnormalised else []

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
        scenes = TrainingCubes.opened(request, initial, stack, progress)
        grid = scenes.reader.grid
        labels = read_training_labels(
            request,
            grid,
            progress,
            places=scenes.places,
            known=initial.card.classes if initial else None,
            held_out=initial.record.held_out if initial else frozenset(),
            trained=initial.record.trained if initial else frozenset(),
        )
        choice = scenes.chosen(labels.training.values > 0, progress)
        measured = scenes.measured(choice.used, Span(progress, 0.0, 0.01))
        trainer = _trainer(request, means, scenes, choice, progress)
        trainer = replace(
            trainer, unnormalised=_sees(measured.brightness, trainer, initial)
        )
        reading = Span(progress, 0.01, 0.03)
        windows = trainer.windows(labels.training, reading, said=progress)
        before = initial.record if initial else None
        plan = plan_training(
            request,
            labels,
            windows,
            scenes.reader,
            progress,
            before,
            measured.sampled,
        )
        configs = trainer.configs.with_sizes(
            windows, plan.reported, trainer.by_scene, progress
        )
        trainer = replace(trainer, configs=configs)
        mapped = scenes.places[0].grid
        return cls(labels, choice, trainer, windows, plan, mapped, measured, initial)


def _trainer(
    request: TrainRequest,
    means: TrainingMeans,
    scenes: TrainingCubes,
    choice: BandChoice,
    progress: Progress,
) -> Trainer:
    by_scene = None
    if request.normalise_by == "scene":
        by_scene = scenes.normalisations(choice.used, Span(progress, 0.0, 0.01))
    return Trainer(
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


def _sees(
    brightness: list[list[float]], trainer: Trainer, initial: InitialModel | None
) -> bool:
    """Return whether heads see the brightness of the cubes.

    Not where each cube is normalised by itself, as it is where their light differs.
    Heads of an initial model know its classes in the light of its own cubes alone.
    """
    if trainer.by_scene is not None or not brightness:
        return False
    if initial is None:
        return trainer.configs.network.committee
    known = initial.card.brightness or []
    return all(is_as_bright(own, known) for own in brightness)


def epochs_of(setup: TrainingSetup) -> tuple[float, float]:
    """Return the epochs of the models that are only scored, and of the final one."""
    config, plan = setup.trainer.configs.training, setup.plan
    validated = plan.reported.split.validation.any()
    final = config.final_percent / 100 if validated else 0.0
    whole = config.epochs * (1 + final)
    kept = shortened(config).epochs if plan.continues_training else whole
    return whole * len(plan.trials), kept


def share_of_evidence(setup: TrainingSetup) -> float:
    """Return the share of the training time that the models of the folds take."""
    folds, config = setup.plan.evidence, setup.trainer.configs.training
    if folds is None:
        return 0.0
    own = fold_epochs(config) * folds.count
    return own / (own + sum(epochs_of(setup)))


def shares_of(request: TrainRequest, setup: TrainingSetup) -> Shares:
    """Return the shares of a training whose windows are read."""
    grid = setup.reader.grid
    return Shares.of(
        0.03,
        pixels=sum(int(window.cube.valid.sum()) for window in setup.windows),
        epochs=sum(epochs_of(setup)) / (1 - share_of_evidence(setup)),
        mapped=grid.height * grid.width,
        report=bool(request.report),
        card=setup.trainer.device.is_card,
    )
