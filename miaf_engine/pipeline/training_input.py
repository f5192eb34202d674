"""From a cube and its labelled pixels to what the training loop takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miaf_engine.config import NetworkConfig, SuperpixelConfig, TrainConfig
from miaf_engine.errors import ConfigError, CubeError
from miaf_engine.grid import Grid
from miaf_engine.pipeline.samples_input import TrainingSamples
from miaf_engine.preparation import Preparation
from miaf_engine.progress import Progress
from miaf_engine.projection import Projection
from miaf_engine.raster import Cube, CubeReader
from miaf_engine.requests import TrainRequest
from miaf_engine.scene import Normalisation
from miaf_engine.tiles import Tile, budget_mb, bytes_per_pixel, plan_tiles
from miaf_engine.training import TrainingArea

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


@dataclass(frozen=True)
class TrainingWindow:
    """A piece of the cube that holds labelled pixels."""

    tile: Tile
    cube: Cube


def read_windows(
    reader: CubeReader,
    bands: Sequence[int],
    labelled: NDArray[np.bool_],
    classes: int,
    configs: Configs,
    memory_mb: int,
    progress: Progress,
) -> list[TrainingWindow]:
    """Read the cube where it is labelled: as a whole if it fits the memory budget.

    Raises:
        CubeError: No labelled pixel lies on data.
        MemoryShortError: Not even one small window fits the budget.
    """
    grid = reader.grid
    pixel_bytes = bytes_per_pixel(
        len(bands),
        classes,
        configs.superpixels.components,
        configs.network,
        training=True,
    )
    tiles = plan_tiles(grid.height, grid.width, pixel_bytes, budget_mb(memory_mb))
    chosen = [tile for tile in tiles if labelled[tile.core.slices].any()]
    windows = []
    for done, tile in enumerate(chosen):
        progress.step(done / len(chosen), "Reading the cube")
        windows.append(TrainingWindow(tile, reader.read(tile.padded, list(bands))))
    if not any(window.cube.valid.any() for window in windows):
        raise CubeError(
            f"All pixels of the cube are nodata ({reader.path}).",
            hint="Check its nodata value.",
        )
    return windows


def validity(windows: Sequence[TrainingWindow], grid: Grid) -> NDArray[np.bool_]:
    """Return where the windows have data, bool (H, W)."""
    valid = np.zeros((grid.height, grid.width), dtype=bool)
    for window in windows:
        valid[window.tile.padded.slices] |= window.cube.valid
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
    spectra = [w.cube.values[:, w.cube.valid][:, ::stride] for w in windows]
    normalisation = Normalisation.fit(np.concatenate(spectra, axis=1))
    pixels, classes = [], []
    for window in windows:
        cube, where = window.cube, core_only(samples.split.training, window.tile)
        scene = normalisation.apply(cube.values, cube.valid, cube.grid)
        if config.projection == "lda":
            pixels.append(scene.image[:, where].T)
            classes.append(samples.labels.values[window.tile.padded.slices][where])
        else:
            pixels.append(scene.image[:, cube.valid][:, ::stride].T)
    stacked = np.concatenate(pixels)
    if config.projection == "lda":
        known = np.concatenate(classes)
        projection = Projection.fit_lda(stacked, known, config.components)
    else:
        projection = Projection.fit_pca(stacked, config.components)
    return Preparation(normalisation, projection, config)


def training_areas(
    windows: Sequence[TrainingWindow],
    samples: TrainingSamples,
    preparation: Preparation,
    progress: Progress,
) -> list[TrainingArea]:
    """Make the scene and the superpixel graphs of each window."""
    areas = []
    for done, window in enumerate(windows):
        progress.step(done / len(windows), "Cutting the scene into superpixels")
        scene = preparation.scene(window.cube)
        areas.append(
            TrainingArea(
                scene,
                preparation.graphs(scene),
                samples.labels.values[window.tile.padded.slices],
                core_only(samples.split.training, window.tile),
                core_only(samples.split.validation, window.tile),
            )
        )
    return areas


def core_only(mask: NDArray[np.bool_], tile: Tile) -> NDArray[np.bool_]:
    """Return a scene's mask in a tile's padded window, False in its margin.

    Margins overlap their neighbours; each pixel counts in one window only.
    """
    inside = np.zeros((tile.padded.height, tile.padded.width), dtype=bool)
    inside[tile.core_in_padded] = mask[tile.core.slices]
    return inside
