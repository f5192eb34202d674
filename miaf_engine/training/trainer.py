"""One training: from windows of the cube to a network that can map it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch

from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.stack import Readable
from miaf_engine.grid import Window
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.models.devices import Device, fault_of
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.preparation import Preparation, PreparationByScene
from miaf_engine.models.trial import trial_network, trial_scene
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.preprocessing.normalisation import Gain, Normalisation
from miaf_engine.progress import SILENT, Progress, Span
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training.batch import TrainingScene
from miaf_engine.training.checkpoint_files import Checkpoints
from miaf_engine.training.history import History
from miaf_engine.training.initial_model import (
    ScoredNetwork,
    TrainingStart,
    classes_kept,
    shortened,
)
from miaf_engine.training.inputs import (
    Configs,
    TrainingWindow,
    fit_preparation,
    pooled_normalisation,
    read_windows,
)
from miaf_engine.training.loop import fit
from miaf_engine.training.mosaic import training_scenes
from miaf_engine.training.preview import Previews
from miaf_engine.training.stage_costs import preparing_shares


@dataclass(frozen=True)
class TrainedModel:
    """What a training made.

    Attributes:
        preparation: What a cube goes through before the network.
        network: The trained network.
        history: What happened in training.
        graphs: Superpixels of windows that were seen alone; a map of the whole cube
            need not cut the one that is all of it again.
    """

    preparation: Preparation
    network: MiafNet
    history: History
    graphs: Mapping[Window, Sequence[SuperpixelGraph]]


@dataclass(frozen=True)
class Trainer:
    """What all trainings of one request share.

    Attributes:
        reader: The open cube.
        bands: 0-based positions of the bands used.
        configs: The settings.
        device: Where to train and map; the CPU from then on where it fails.
        seed: Seed of weights and noise; every training starts from the same.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        initial: The model, or network of this run, to continue from.
        by_scene: Statistics of each cube, where each is normalised by its own.
        checkpoints: Where the state of the trainings is kept.
        previews: Draws their maps now and then.
        unnormalised: Whether heads see the unnormalised spectrum, too.
    """

    reader: Readable
    bands: Sequence[int]
    configs: Configs
    device: Device
    seed: int
    memory_mb: int
    initial: TrainingStart | None = None
    by_scene: tuple[Normalisation, ...] | None = None
    checkpoints: Checkpoints | None = None
    previews: Previews = field(default_factory=Previews)
    unnormalised: bool = False

    def after(self, trained: TrainedModel) -> Trainer:
        """Return a trainer that continues briefly from a network of this run."""
        start = ScoredNetwork(trained.preparation, trained.network, trained.history)
        short = replace(self.configs, training=shortened(self.configs.training))
        return replace(self, initial=start, configs=short)

    def windows(
        self, labels: LabelMap, progress: Progress, said: Progress = SILENT
    ) -> list[TrainingWindow]:
        """Read the cube around the labels; see `read_windows`."""
        return read_windows(
            self.reader,
            self.bands,
            labels,
            self.configs,
            self.memory_mb,
            progress,
            said,
        )

    def train(
        self,
        samples: TrainingSamples,
        progress: Progress,
        windows: list[TrainingWindow] | None = None,
    ) -> TrainedModel:
        """Train a network on the training pixels of `samples`.

        Args:
            samples: Roles of the pixels; test pixels are not looked at.
            progress: Receives each step; may cancel.
            windows: The cube around the labels, emptied here; None reads it.
        """
        config = self.configs.training
        read, cut = preparing_shares(
            config.epochs * (1 + config.final_percent / 100),
            reads=windows is None,
            card=self.device.is_card,
        )
        if windows is None:
            windows = self.windows(samples.labels, Span(progress, 0.0, read))
        preparation = self._preparation(windows, samples)
        stage = Span(progress, read, cut)
        of_network = self.configs.network
        places = [window.window for window in windows]
        areas = training_scenes(windows, samples, preparation, of_network, stage)
        alone = {places[0]: areas[0].graphs} if len(places) == 1 else {}
        network, history = self._fit(samples, areas, Span(progress, cut, 1.0))
        if self.initial is not None:
            history = self.initial.continued(history)
        return TrainedModel(preparation, network, history, alone)

    def _fit(
        self, samples: TrainingSamples, areas: list[TrainingScene], progress: Progress
    ) -> tuple[MiafNet, History]:
        """Train on the device, or on the CPU where the device fails and it may.

        Raises:
            DeviceError: The device fails, and the user named it.
            MemoryShortError: As above, where its memory is short.
        """
        if self.device.is_card:
            try:
                return self._fit_on(self.device.torch, samples, areas, progress)
            except (RuntimeError, TypeError) as error:
                fault = fault_of(error)
                if fault is None:
                    raise
            # Not within the handler, whose traceback holds what is to be freed.
            self.device.leave(fault, progress)
        return self._fit_on(self.device.torch, samples, areas, progress)

    def _fit_on(
        self,
        device: torch.device,
        samples: TrainingSamples,
        areas: list[TrainingScene],
        progress: Progress,
    ) -> tuple[MiafNet, History]:
        # The CPU has the last try: each area is freed once the loop has its own copy.
        given = (areas.pop(0) for _ in range(len(areas)))
        network = self._network(samples)
        with classes_kept(network, self._absent(samples)):
            history = fit(
                network,
                given if device.type == "cpu" else areas,
                self.configs.training,
                seed=self.seed,
                device=device,
                progress=progress,
                checkpoints=self.checkpoints,
                previews=self.previews.begin(samples.labels.classes, progress),
            )
        return network, history

    def _preparation(
        self, windows: list[TrainingWindow], samples: TrainingSamples
    ) -> Preparation:
        found = self._normalising(windows, samples)
        return replace(found, gain=Gain() if self.unnormalised else None)

    def _normalising(
        self, windows: list[TrainingWindow], samples: TrainingSamples
    ) -> Preparation:
        if self.initial is None:
            config = self.configs.superpixels
            return fit_preparation(windows, samples, config, self.by_scene)
        own = self.initial.preparation
        if self.by_scene is None:
            return own
        pooled = pooled_normalisation(self.by_scene)
        return PreparationByScene(
            pooled,
            own.projection,
            own.superpixels,
            normalisations=self.by_scene,
        )

    def _network(self, samples: TrainingSamples) -> MiafNet:
        if self.initial is None:
            return new_network(
                self.configs,
                len(self.bands),
                samples,
                self.seed,
                unnormalised=self.unnormalised,
            )
        return self.initial.with_classes(samples.labels.classes, self.seed)

    def _absent(self, samples: TrainingSamples) -> list[int]:
        """Return the places of classes that no training pixel is of."""
        if self.initial is None:
            return []
        trained = samples.labels.values[samples.split.training]
        return sorted({*range(len(samples.labels.classes))} - {*(trained - 1).tolist()})


def try_training(device: torch.device) -> None:
    """Train for an epoch on a few pixels, with all that a training computes.

    Raises:
        RuntimeError: The device cannot, or computes no numbers.
    """
    scene, graphs = trial_scene()
    labels = (np.indices(scene.valid.shape)[0] % 3 == 0) + 1
    validation = np.zeros_like(scene.valid)
    validation[:, ::3] = True
    area = TrainingScene(scene, graphs, labels, ~validation, validation)
    fit(trial_network(), [area], TrainConfig(epochs=1), seed=0, device=device)


def new_network(
    configs: Configs,
    bands: int,
    samples: TrainingSamples,
    seed: int,
    *,
    unnormalised: bool = False,
) -> MiafNet:
    """Return a network whose first weights follow from the seed alone."""
    classes = len(samples.labels.classes)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return MiafNet(configs.network, bands, classes, unnormalised=unnormalised)
