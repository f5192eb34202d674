"""Classify a cube with a trained model."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from miaf_engine.cubes.tiles import Tile
from miaf_engine.errors import ConfigError, CubeError, InputError, ModelFormatError
from miaf_engine.grid import Window
from miaf_engine.memory import peak_memory_mb
from miaf_engine.models.card import ModelCard, read_card
from miaf_engine.models.devices import Device, choose_device
from miaf_engine.models.file import load_model
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.preparation import Preparation
from miaf_engine.prediction.adaptation import (
    MatchedCube,
    fitted_to_scene,
    matched_cube,
)
from miaf_engine.prediction.mapper import SceneMapper
from miaf_engine.prediction.tile_plan import tiles_of_part
from miaf_engine.prediction.writers import (
    RASTER_NAMES,
    MapWriters,
    check_targets,
)
from miaf_engine.preprocessing.normalisation import Normalisation
from miaf_engine.preprocessing.projection import Projection
from miaf_engine.progress import Progress, Span
from miaf_engine.requests import ClassifyRequest
from miaf_engine.requests.settings import NetworkConfig, SuperpixelConfig
from miaf_engine.tasks.extent import extent_window
from miaf_engine.tasks.inputs import opened_cube


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """A model that is ready to classify any number of scenes, one after the other.

    Attributes:
        path: Its file.
        card: Its header.
        preparation: What a cube goes through before its network.
        network: Its network.
        device: Where the network runs.
    """

    path: str
    card: ModelCard
    preparation: Preparation
    network: MiafNet
    device: Device

    @classmethod
    def load(cls, path: str, device: str, progress: Progress) -> LoadedModel:
        """Read a model file and put its network on a device, `auto` or a name.

        Raises:
            MiafError: The file is no model, or there is no such device.
        """
        card = read_card(path)
        preparation = preparation_of(card, path)
        chosen = choose_device(device)
        progress.info(f"Device: {chosen.reason}.")
        network, _ = load_model(path, chosen.name)
        return cls(path, card, preparation, network, chosen)

    def mapper(self, cube: MatchedCube, preparation: Preparation) -> SceneMapper:
        """Return what maps a cube with the model's bands."""
        return SceneMapper(
            cube.source,
            cube.bands,
            preparation,
            # Back from the CPU, where the scene before had no room on the GPU.
            self.network.to(self.device.name),
            self.device.name,
            self.card.temperature,
        )


def classify(request: ClassifyRequest, progress: Progress) -> dict[str, Any]:
    """Classify a cube and write what the request asks for.

    Raises:
        MiafError: The model does not fit the cube, or a file is wrong.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    outputs_of(request)
    model = LoadedModel.load(request.model, request.device, progress)
    return classify_with(model, request, progress, started)


def outputs_of(request: ClassifyRequest) -> dict[str, str]:
    """Return what a request asks to write.

    Raises:
        ConfigError: It asks for nothing, or for a file twice.
        FileError: A file cannot be written there.
    """
    paths = {name: getattr(request, name) for name in RASTER_NAMES}
    outputs = check_targets(paths, (request.cube, request.model, request.mask))
    if not outputs:
        raise ConfigError(
            "There is nothing to write.",
            hint="Ask for the class map, the confidence, the probabilities, the "
            "entropy or the margin.",
        )
    return outputs


def classify_with(
    model: LoadedModel,
    request: ClassifyRequest,
    progress: Progress,
    started: float | None = None,
) -> dict[str, Any]:
    """Classify a cube with a model that is loaded, as `classify` does.

    Args:
        model: The model; `request.model` and `request.device` are not looked at.
        request: What to classify and to write.
        progress: Told of each step; may cancel.
        started: When the run began, of `time.perf_counter`; None is now.

    Raises:
        MiafError: The model does not fit the cube, or a file is wrong.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter() if started is None else started
    outputs = outputs_of(request)
    card = model.card
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        cube = matched_cube(
            reader, card, interpolate=request.interpolate_bands, progress=progress
        )
        part = extent_window(request.extent, reader.grid)
        bands = len(cube.bands)
        tiles = tiles_of_part(part, reader.grid, bands, card, request, progress)
        stage = Span(progress, 0.0, 0.02)
        preparation, scene_figures = fitted_to_scene(
            model.preparation, cube, card, request.normalise_by, stage
        )
        grid = reader.grid.cut(part)
        writers = MapWriters.open(request, grid, card.classes, stack)
        mapper = model.mapper(cube, preparation)
        stage = Span(progress, 0.02, 1.0)
        classified = _mapped(mapper, tiles, part, writers, stage)
    figures = {
        "device": mapper.device,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
        "tiles": len(tiles),
        "classified_pixels": classified,
        "classes": card.classes.as_json(),
        "interpolated": cube.interpolated,
        **scene_figures,
    }
    return {"outputs": outputs, "figures": figures}


def _mapped(
    mapper: SceneMapper,
    tiles: list[Tile],
    part: Window,
    writers: MapWriters,
    progress: Progress,
) -> int:
    """Write the map of a part of a cube; return how many pixels have a class.

    Raises:
        CubeError: None has.
    """
    classified = 0
    for tile, probabilities in mapper.probabilities(tiles, progress):
        classes = writers.write(tile.core.within(part), probabilities)
        classified += int((classes > 0).sum())
    if not classified:
        raise CubeError(
            "The part of the cube to classify has no valid pixel.",
            hint="Check its nodata value and the extent.",
        )
    return classified


def preparation_of(card: ModelCard, path: str) -> Preparation:
    """Build from a model's header what a cube must go through.

    Raises:
        ModelFormatError: A part of the header is damaged or does not fit another.
    """
    try:
        normalisation = Normalisation.from_json(card.normalisation)
        projection = Projection.from_json(card.projection)
        superpixels = SuperpixelConfig.from_json(card.superpixels)
        scales = len(NetworkConfig.from_json(card.network).kernel_sizes)
    except InputError as error:
        raise ModelFormatError(f"The model '{path}' is damaged: {error}") from error
    bands = card.bands.count
    fits = (
        len(normalisation.mean) == len(normalisation.scale) == bands
        and projection.matrix.shape[1] == bands
        and bool((normalisation.scale > 0).all())
        and len(superpixels.pixels_per_superpixel) == scales
    )
    if not fits:
        raise ModelFormatError(
            f"The model '{path}' is damaged: its parts do not fit each other."
        )
    return Preparation(normalisation, projection, superpixels)
