"""From a cube and its labelled pixels to windows, and what is measured on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from miaf_engine.accuracy.split import TrainingSamples
from miaf_engine.cubes.reader import Cube
from miaf_engine.cubes.stack import Readable, places_of
from miaf_engine.cubes.tiles import budget_mb, training_bytes, warn_of_training
from miaf_engine.errors import ConfigError, CubeError
from miaf_engine.grid import Grid, Window
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.models.preparation import Preparation, PreparationByScene
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.preprocessing.scene_scale import (
    COMPONENTS,
    LARGEST_RANGE,
    half_sill_range,
    superpixel_sizes,
)
from miaf_engine.progress import SILENT, Progress
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import (
    NetworkConfig,
    SuperpixelConfig,
    TrainConfig,
)
from miaf_engine.training.windows import bytes_of, windows_of_scenes
from miaf_engine.translation import tr

# Statistics of a large scene are measured on about this many pixels.
_STATISTICS_PIXELS = 500_000


@dataclass(frozen=True)
class Configs:
    """The settings of one training.

    Attributes:
        network: Those of the network.
        training: Those of the training.
        superpixels: Those of the superpixels.
        scene_range: How far pixels of the scene resemble each other, in pixels; None
            until the cube is read.
    """

    network: NetworkConfig
    training: TrainConfig
    superpixels: SuperpixelConfig
    scene_range: float | None = None

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
        if sizes and kernels != sizes:
            raise ConfigError(
                tr(
                    "The number of kernel sizes ({kernels}) is not that of the "
                    "superpixel sizes ({sizes})."
                ).format(kernels=kernels, sizes=sizes),
                hint=tr("Give the same number of both, one per scale."),
            )
        return cls(network, request.part(TrainConfig), superpixels)

    def with_sizes(
        self,
        windows: Sequence[TrainingWindow],
        samples: TrainingSamples,
        by_scene: Sequence[Normalisation] | None,
        progress: Progress,
    ) -> Configs:
        """Return the settings with the scene's scale, and superpixels of it if wanted.

        Args:
            windows: The cube around the labels.
            samples: Its labels, which are not looked at.
            by_scene: Statistics of each cube, where each is normalised by its own.
            progress: Receives the scale and the sizes.
        """
        found = scale_of(windows, samples, by_scene)
        if self.superpixels.pixels_per_superpixel:
            return replace(self, scene_range=found)
        sizes = superpixel_sizes(found, len(self.network.kernel_sizes))
        pixels = ", ".join(map(str, sizes))
        progress.info(
            tr(
                "Pixels of the scene resemble each other over {found:.1f} pixels "
                "(range of the semivariogram at half of its sill, {largest_range:g} at "
                "most): superpixels of {pixels} pixels."
            ).format(found=found, largest_range=LARGEST_RANGE, pixels=pixels)
        )
        superpixels = replace(self.superpixels, pixels_per_superpixel=sizes)
        return replace(self, superpixels=superpixels, scene_range=found)


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
    reader: Readable,
    bands: Sequence[int],
    labels: LabelMap,
    configs: Configs,
    memory_mb: int,
    progress: Progress,
    said: Progress = SILENT,
) -> list[TrainingWindow]:
    """Read the cube as a whole if it fits the memory budget, else where it is labelled.

    Args:
        reader: The open cube.
        bands: 0-based positions of the bands used.
        labels: Where it is labelled.
        configs: The settings.
        memory_mb: Memory budget in MiB; 0 lets the engine choose.
        progress: Receives each window; may cancel.
        said: Receives what is read, and whether memory is short for it.

    Raises:
        CubeError: No pixel that was read has data.
        MemoryShortError: The surroundings of the areas do not fit the budget.
    """
    each = training_bytes(
        len(bands),
        len(labels.classes),
        configs.superpixels.components,
        configs.network,
    )
    scenes = [place.window for place in places_of(reader)]
    budget = budget_mb(memory_mb)
    chosen = windows_of_scenes(labels.groups, scenes, each, budget)
    if not {*chosen} <= {*scenes}:
        count = sum(window.size for window in chosen)
        said.info(
            tr(
                "Training on the whole cube would exceed the memory budget. It uses "
                "only the surroundings of the training areas (windows: {chosen}; "
                "pixels: {count})."
            ).format(count=count, chosen=len(chosen))
        )
    labelled = int(np.count_nonzero(labels.groups))
    warn_of_training(bytes_of(chosen, labelled, each), said)
    windows = []
    for done, window in enumerate(chosen):
        progress.step(done / len(chosen), tr("Reading the cube"))
        cube = reader.read(window, list(bands))
        # An area on nodata has nothing to train on, and no superpixel.
        if cube.valid.any():
            windows.append(TrainingWindow(window, cube))
    if not windows:
        raise CubeError(
            tr("All pixels of the cube are nodata ({path}).").format(path=reader.path),
            hint=tr("Check the nodata value."),
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
    by_scene: Sequence[Normalisation] | None = None,
) -> Preparation:
    """Measure normalisation and projection.

    The normalisation sees every valid pixel of the windows without its label; the
    discriminant projection sees training pixels only. Where each scene is normalised
    by its own statistics, `by_scene`, the mean of those stands for them in the model.
    """
    if by_scene is not None:
        return _fit_by_scene(windows, samples, config, by_scene)
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


def scale_of(
    windows: Sequence[TrainingWindow],
    samples: TrainingSamples,
    by_scene: Sequence[Normalisation] | None = None,
) -> float:
    """Return how far pixels resemble each other; see `half_sill_range`.

    Labels are not looked at.
    """
    config = SuperpixelConfig(projection="pca", components=COMPONENTS)
    preparation = fit_preparation(windows, samples, config, by_scene)
    parts = []
    for window in windows:
        scene = preparation.scene(window.cube)
        parts.append((preparation.projection.apply(scene), scene.valid))
    return half_sill_range(parts)


def _fit_by_scene(
    windows: Sequence[TrainingWindow],
    samples: TrainingSamples,
    config: SuperpixelConfig,
    by_scene: Sequence[Normalisation],
) -> Preparation:
    """Measure the projection on scenes that are normalised by their own statistics."""
    pooled = pooled_normalisation(by_scene)
    lda, pieces, classes = config.projection == "lda", [], []
    count = sum(int(window.cube.valid.sum()) for window in windows)
    stride = 1 if lda else max(1, count // _STATISTICS_PIXELS)
    for window in windows:
        inside, own = window.window.slices, by_scene[getattr(window.cube, "scene", 0)]
        where = samples.split.training[inside] if lda else window.cube.valid
        pieces.append(own.spectra(window.cube.values[:, where][:, ::stride]))
        classes.append(samples.labels.values[inside][where])
    spectra = np.concatenate(pieces, axis=1).T
    projection = (
        Projection.fit_lda(spectra, np.concatenate(classes), config.components)
        if lda
        else Projection.fit_pca(spectra, config.components)
    )
    return PreparationByScene(
        pooled, projection, config, normalisations=tuple(by_scene)
    )


def pooled_normalisation(by_scene: Sequence[Normalisation]) -> Normalisation:
    """Return the mean of scenes' statistics, for the model file."""
    means, scales = zip(*((one.mean, one.scale) for one in by_scene), strict=True)
    return Normalisation(np.mean(means, axis=0), np.mean(scales, axis=0))


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
