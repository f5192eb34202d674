"""One training: from windows of the cube to a network that can map it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from miaf_engine.devices import Device
from miaf_engine.label_map import LabelMap
from miaf_engine.mapping import SceneMapper
from miaf_engine.network.miafnet import MiafNet
from miaf_engine.pipeline.samples_input import TrainingSamples
from miaf_engine.pipeline.training_input import (
    Configs,
    TrainingWindow,
    fit_preparation,
    read_windows,
    training_area,
)
from miaf_engine.preparation import Preparation
from miaf_engine.progress import Progress, Span
from miaf_engine.raster import CubeReader
from miaf_engine.resampling import CubeSource
from miaf_engine.training import History, fit

# Of a training's time: reading the windows, and cutting superpixels.
_READ, _CUT = 0.04, 0.10


@dataclass(frozen=True)
class Learnt:
    """What a training made."""

    preparation: Preparation
    network: MiafNet
    history: History


@dataclass(frozen=True)
class Learner:
    """What all trainings of one request share.

    Attributes:
        reader: The open cube.
        bands: 0-based positions of the bands used.
        configs: The settings.
        device: Where to train and map.
        seed: Seed of weights and noise; every training starts from the same.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
    """

    reader: CubeReader
    bands: Sequence[int]
    configs: Configs
    device: Device
    seed: int
    memory_mb: int

    def windows(self, labels: LabelMap, progress: Progress) -> list[TrainingWindow]:
        """Read the cube around the labels; see `read_windows`."""
        return read_windows(
            self.reader, self.bands, labels, self.configs, self.memory_mb, progress
        )

    def learn(
        self,
        samples: TrainingSamples,
        progress: Progress,
        windows: list[TrainingWindow] | None = None,
    ) -> Learnt:
        """Train a network on the training pixels of `samples`.

        Args:
            samples: Roles of the pixels; test pixels are not looked at.
            progress: Told of each step; may cancel.
            windows: The cube around the labels, emptied here; None reads it.
        """
        if windows is None:
            windows = self.windows(samples.labels, Span(progress, 0.0, _READ))
        preparation = fit_preparation(windows, samples, self.configs.superpixels)
        stage = Span(progress, _READ, _CUT)
        areas = iter([training_area(windows, samples, preparation, stage)])
        network = new_network(self.configs, len(self.bands), samples, self.seed)
        history = fit(
            network,
            areas,
            self.configs.training,
            seed=self.seed,
            device=self.device.torch,
            progress=Span(progress, _CUT, 1.0),
        )
        return Learnt(preparation, network, history)

    def mapper(self, learnt: Learnt, source: CubeSource | None = None) -> SceneMapper:
        """Return what maps the cube, read through `source` if given."""
        return SceneMapper(
            source or self.reader,
            self.bands,
            learnt.preparation,
            learnt.network,
            self.device.name,
            learnt.history.calibration.temperature,
        )


def new_network(
    configs: Configs, bands: int, samples: TrainingSamples, seed: int
) -> MiafNet:
    """Return a network whose first weights follow from the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return MiafNet(configs.network, bands, len(samples.labels.classes))
