"""One training: from windows of the cube to a network that can map it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch

from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.stack import Readable
from miaf_engine.errors import MemoryShortError
from miaf_engine.grid import Window
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.models.devices import (
    Device,
    out_of_device_memory,
    release_memory,
)
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.preparation import Preparation, PreparationByScene
from miaf_engine.preprocessing.graph import SuperpixelGraph
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.progress import Progress, Span
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
from miaf_engine.training.stage_costs import preparing_shares


@dataclass(frozen=True)
class TrainedModel:
    """What a training made.

    Attributes:
        preparation: What a cube goes through before the network.
        network: The trained network.
        history: What happened in training.
        device: Where it was trained.
        graphs: Superpixels of windows that were seen alone; a map of the whole cube
            need not cut the one that is all of it again.
    """

    preparation: Preparation
    network: MiafNet
    history: History
    device: str
    graphs: Mapping[Window, Sequence[SuperpixelGraph]]


@dataclass(frozen=True)
class Trainer:
    """What all trainings of one request share.

    Attributes:
        reader: The open cube.
        bands: 0-based positions of the bands used.
        configs: The settings.
        device: Where to train and map.
        seed: Seed of weights and noise; every training starts from the same.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        initial: The model, or network of this run, to continue from.
        by_scene: Statistics of each cube, where each is normalised by its own.
        checkpoints: Where the state of the trainings is kept.
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

    def after(self, trained: TrainedModel) -> Trainer:
        """Return a trainer that continues briefly from a network of this run."""
        start = ScoredNetwork(trained.preparation, trained.network, trained.history)
        short = replace(self.configs, training=shortened(self.configs.training))
        return replace(self, initial=start, configs=short)

    def windows(self, labels: LabelMap, progress: Progress) -> list[TrainingWindow]:
        """Read the cube around the labels; see `read_windows`."""
        return read_windows(
            self.reader, self.bands, labels, self.configs, self.memory_mb, progress
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
            card=self.device.name != "cpu",
        )
        if windows is None:
            windows = self.windows(samples.labels, Span(progress, 0.0, read))
        preparation = self._preparation(windows, samples)
        stage = Span(progress, read, cut)
        of_network = self.configs.network
        places = [window.window for window in windows]
        areas = training_scenes(windows, samples, preparation, of_network, stage)
        alone = {places[0]: areas[0].graphs} if len(places) == 1 else {}
        network, history, device = self._fit(samples, areas, Span(progress, cut, 1.0))
        if self.initial is not None:
            history = self.initial.continued(history)
        return TrainedModel(preparation, network, history, device, alone)

    def _fit(
        self, samples: TrainingSamples, areas: list[TrainingScene], progress: Progress
    ) -> tuple[MiafNet, History, str]:
        """Train on the device, or on the CPU where its memory is short and it may.

        Raises:
            MemoryShortError: The memory is short, and no other device may take over.
        """
        try:
            network, history = self._fit_on(self.device.torch, samples, areas, progress)
        except RuntimeError as error:
            if not out_of_device_memory(error):
                raise
            if not self.device.may_fall_back:
                raise MemoryShortError(
                    f"The memory of {self.device.name} is too small for this training.",
                    hint="Set device to auto, so that the CPU can take over, or lower "
                    "the memory budget or the width.",
                ) from error
        else:
            return network, history, self.device.name
        # Not within the handler, whose traceback holds what is to be freed.
        release_memory(self.device.torch)
        progress.warning(
            f"The memory of {self.device.name} is too small for this training: it "
            "starts again on the CPU, which takes longer and makes the map as well."
        )
        network, history = self._fit_on(torch.device("cpu"), samples, areas, progress)
        return network, history, "cpu"

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
            )
        return network, history

    def _preparation(
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
            pooled, own.projection, own.superpixels, self.by_scene
        )

    def _network(self, samples: TrainingSamples) -> MiafNet:
        if self.initial is None:
            return new_network(self.configs, len(self.bands), samples, self.seed)
        return self.initial.with_classes(samples.labels.classes, self.seed)

    def _absent(self, samples: TrainingSamples) -> list[int]:
        """Return the places of classes that no training pixel is of."""
        if self.initial is None:
            return []
        trained = samples.labels.values[samples.split.training]
        return sorted({*range(len(samples.labels.classes))} - {*(trained - 1).tolist()})


def new_network(
    configs: Configs, bands: int, samples: TrainingSamples, seed: int
) -> MiafNet:
    """Return a network whose first weights follow from the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return MiafNet(configs.network, bands, len(samples.labels.classes))
