"""From a cube and its labelled pixels to what the training loop takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.config import NetworkConfig, SuperpixelConfig, TrainConfig
from miaf_engine.errors import ConfigError, CubeError
from miaf_engine.graph import build_graph
from miaf_engine.grid import Grid, Window
from miaf_engine.label_map import LabelMap
from miaf_engine.pipeline.samples_input import TrainingSamples
from miaf_engine.preparation import Preparation
from miaf_engine.progress import Progress
from miaf_engine.projection import Projection
from miaf_engine.raster import Cube, CubeReader
from miaf_engine.requests import TrainRequest
from miaf_engine.scene import Normalisation
from miaf_engine.tiles import budget_mb, bytes_per_pixel
from miaf_engine.training_batch import TrainingArea
from miaf_engine.training_sheet import Sheet
from miaf_engine.training_windows import training_windows

# Statistics of a large scene are measured on about this many pixels.
_STATISTICS_PIXELS = 500_000


@dataclass(frozen=True)
class Configs:
    """The settings of one training."""

    network: NetworkConfig
    training: TrainConfig
    superpixels: SuperpixelConfig

    @classmethod
    def of(cls, request: TrainRequest) -> Configs:
        """Read the settings of a request.

        Raises:
            ConfigError: A setting is wrong, or the scales do not go together.
        """
        network: NetworkConfig = request.part(NetworkConfig)
        superpixels: SuperpixelConfig = request.part(SuperpixelConfig)
        kernels = len(network.kernel_sizes)
        sizes = len(superpixels.pixels_per_superpixel)
        if kernels != sizes:
            raise ConfigError(
                f"There are {kernels} kernel sizes and {sizes} superpixel sizes.",
                hint="Give as many of one as of the other: one a scale.",
            )
        return cls(network, request.part(TrainConfig), superpixels)


@dataclass
class TrainingWindow:
    """A piece of the cube that holds training areas.

    Attributes:
        window: Where it lies in the cube.
        cube: Its values.
    """

    window: Window
    cube: Cube


def read_windows(
    reader: CubeReader,
    bands: Sequence[int],
    labels: LabelMap,
    configs: Configs,
    memory_mb: int,
    progress: Progress,
) -> list[TrainingWindow]:
    """Read the cube as a whole if it fits the memory budget, else where it is labelled.

    Raises:
        CubeError: No pixel that was read has data.
        MemoryShortError: The surroundings of the areas do not fit the budget.
    """
    pixel_bytes = bytes_per_pixel(
        len(bands),
        len(labels.classes),
        configs.superpixels.components,
        configs.network,
        training=True,
    )
    chosen = training_windows(labels.groups, pixel_bytes, budget_mb(memory_mb))
    if len(chosen) > 1 or chosen[0] != reader.grid.window:
        count = sum(window.height * window.width for window in chosen)
        progress.info(
            "Training on the whole cube would exceed the memory budget: it sees "
            f"{count} pixels in {len(chosen)} windows around the training areas."
        )
    windows = []
    for done, window in enumerate(chosen):
        progress.step(done / len(chosen), "Reading the cube")
        cube = reader.read(window, list(bands))
        # An area on nodata has nothing to train on, and no superpixel.
        if cube.valid.any():
            windows.append(TrainingWindow(window, cube))
    if not windows:
        raise CubeError(
            f"All pixels of the cube are nodata ({reader.path}).",
            hint="Check its nodata value.",
        )
    return windows


def validity(windows: Sequence[TrainingWindow], grid: Grid) -> NDArray[np.bool_]:
    """Return where the windows have data, bool (H, W)."""
    valid = np.zeros((grid.height, grid.width), dtype=bool)
    for window in windows:
        valid[window.window.slices] = window.cube.valid
    return valid


def fit_preparation(
    windows: Sequence[TrainingWindow],
    samples: TrainingSamples,
    config: SuperpixelConfig,
) -> Preparation:
    """Measure normalisation and projection.

    The normalisation sees every valid pixel of the windows without its label; the
    discriminant projection sees training pixels only.
    """
    count = sum(int(window.cube.valid.sum()) for window in windows)
    stride = max(1, count // _STATISTICS_PIXELS)
    sampled = [w.cube.values[:, w.cube.valid][:, ::stride] for w in windows]
    spectra = np.concatenate(sampled, axis=1)
    normalisation = Normalisation.fit(spectra)
    if config.projection == "pca":
        variates = normalisation.spectra(spectra)
        return Preparation(
            normalisation, Projection.fit_pca(variates.T, config.components), config
        )
    values, classes = training_spectra(windows, samples)
    variates = normalisation.spectra(values)
    projection = Projection.fit_lda(variates.T, classes, config.components)
    return Preparation(normalisation, projection, config)


def training_spectra(
    windows: Sequence[TrainingWindow], samples: TrainingSamples
) -> tuple[NDArray[np.float32], NDArray[np.uint16]]:
    """Return the training pixels: cube values (C, n) and classes 1..K (n,)."""
    values, classes = [], []
    for window in windows:
        where = samples.split.training[window.window.slices]
        values.append(window.cube.values[:, where])
        classes.append(samples.labels.values[window.window.slices][where])
    return np.concatenate(values, axis=1), np.concatenate(classes)


def training_area(
    windows: list[TrainingWindow],
    samples: TrainingSamples,
    preparation: Preparation,
    progress: Progress,
) -> TrainingArea:
    """Make scene, superpixel graphs and roles of all windows together.

    The windows' values are let go one by one: `windows` is empty afterwards.
    """
    places = [window.window for window in windows]
    scenes, segments = [], []
    while windows:
        progress.step(len(scenes) / len(places), "Cutting the scene into superpixels")
        scenes.append(preparation.scene(windows.pop(0).cube))
        segments.append(preparation.segments(scenes[-1]))
    sheet = Sheet.plan(places)
    graphs = [
        build_graph(sheet.segments(parts)) for parts in zip(*segments, strict=True)
    ]
    return TrainingArea(
        sheet.scene(scenes),
        graphs,
        sheet.gather(samples.labels.values, places),
        sheet.gather(samples.split.training, places),
        sheet.gather(samples.split.validation, places),
        sheet.gather(samples.labels.groups, places),
    )
