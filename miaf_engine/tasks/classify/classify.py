"""Classify a cube with a trained model."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from miaf_engine.accuracy.map_accuracy import short_training
from miaf_engine.cubes.tiles import Tile
from miaf_engine.errors import ConfigError, CubeError, MiafError
from miaf_engine.grid import Window
from miaf_engine.io.input_files import InputFiles
from miaf_engine.memory import peak_memory_mb
from miaf_engine.models.card import ModelCard
from miaf_engine.models.facts import ModelFacts
from miaf_engine.models.preparation import Preparation
from miaf_engine.prediction.adaptation import (
    MatchedCube,
    fitted_to_scene,
    matched_cube,
)
from miaf_engine.prediction.map_summary import MapSummary, summary_text
from miaf_engine.prediction.tiling import tiles_of_part
from miaf_engine.prediction.writers import MapLayers, MapRules, MapWriters
from miaf_engine.progress import Progress, Span, Stage
from miaf_engine.requests.classify import ClassifyRequest, ClassifyScenesRequest
from miaf_engine.requests.rasters import RASTER_NAMES
from miaf_engine.tasks.classify.by_workers import ByWorkers
from miaf_engine.tasks.inputs import extent_window, opened_cube
from miaf_engine.tasks.outputs import check_targets, check_unread
from miaf_engine.translation import tr

if TYPE_CHECKING:
    from miaf_engine.prediction.mapper import LoadedModel


def classify(request: ClassifyRequest, progress: Progress) -> dict[str, Any]:
    """Classify a cube and write what the request asks for.

    Raises:
        MiafError: The model does not fit the cube, or a file is wrong.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    outputs_of(request)
    return classify_with(ModelFacts.read(request.model), request, progress, started)


def outputs_of(request: ClassifyRequest) -> dict[str, str]:
    """Return what a request asks to write.

    Raises:
        ConfigError: It asks for nothing, or for a file twice.
        FileError: A file cannot be written there.
    """
    outputs = check_targets(
        _paths_of(request), (request.cube, request.model, request.mask)
    )
    if not outputs:
        raise ConfigError(
            tr("There is nothing to write."),
            hint=tr("Ask for the class map or another raster."),
        )
    return outputs


def _paths_of(request: ClassifyRequest) -> dict[str, str | None]:
    return {name: getattr(request, name) for name in RASTER_NAMES}


def classify_with(
    model: ModelFacts,
    request: ClassifyRequest,
    progress: Progress,
    started: float | None = None,
) -> dict[str, Any]:
    """Classify a cube with a model that may be loaded, as `classify` does.

    Args:
        model: The model. Of a `LoadedModel` the network is used, and `request.model`
            and `request.device` are not looked at.
        request: What to classify and to write.
        progress: Receives each step; may cancel.
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
        mapping: InOneProcess | ByWorkers
        if request.has_workers:
            mapping = ByWorkers(request, reader)
        else:
            mapping = InOneProcess(model, cube, request)
        tiles = _tiles(mapping, part, cube, card, request, progress)
        # In a compressed cube it takes long, elsewhere a moment: with a share of the
        # bar the time left would be foretold from it, and wrongly.
        stage = Span(progress, 0.0, 0.0)
        preparation, scene_figures = fitted_to_scene(
            model, cube, request.normalise_by, stage
        )
        grid = reader.grid.cut(part)
        threshold = _threshold(model, request)
        writers = MapWriters.open(
            request, outputs, grid, card.classes, stack, threshold
        )
        summary = MapSummary(grid, threshold)
        layers = stack.enter_context(
            closing(mapping.layers(tiles, preparation, writers.rules, progress))
        )
        classified = _mapped(layers, part, writers, summary)
        if text := summary_text(summary.as_json()):
            progress.info(text)
        unlike = scene_figures.get(UNLIKE_SCENE)
        expected = expected_figures(summary, card, unlike=unlike)
        progress.info(expected["map_accuracy_definition"])
        if doubt := expected["map_accuracy_doubt"]:
            progress.warning(doubt)
    figures = {
        "device": mapping.device,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(max(peak_memory_mb(), mapping.peak_memory_mb), 1),
        "tiles": len(tiles),
        "classified_pixels": classified,
        "classes": card.classes.as_json(),
        "interpolated": cube.interpolated,
        **scene_figures,
        **summary.as_json(),
        **expected,
    }
    return {"outputs": outputs, "figures": figures}


UNLIKE_SCENE = "unlike_training_areas"


def expected_figures(
    summary: MapSummary, card: ModelCard, *, unlike: bool | None
) -> dict[str, Any]:
    """Return the accuracy to expect of a map, and what the figure follows from.

    Args:
        summary: The map.
        card: Card of the model.
        unlike: Whether nearly all of the scene is unlike the training areas; None
            where the model does not know.
    """
    mean = summary.mean_confidence
    if text := _why_unknown(mean, card, unlike=unlike):
        mean = None
    else:
        text = tr(
            "Expected accuracy of the map: {mean:.0%}, the mean of its "
            "confidence, which was calibrated on areas held out in the "
            "training. It holds on land like the training areas; no pixel of "
            "this map was checked."
        ).format(mean=mean)
    return {
        "map_accuracy": mean,
        "map_accuracy_interval": [None, None],
        "map_accuracy_definition": text,
        "map_accuracy_doubt": (mean is not None and short_training(card.epochs))
        or None,
    }


def _why_unknown(mean: float | None, card: ModelCard, *, unlike: bool | None) -> str:
    """Return why no accuracy is to be expected of a map, or nothing."""
    if unlike:
        return tr(
            "The accuracy to expect of the map is not known: nearly all of the "
            "scene is unlike the training areas."
        )
    if mean is None:
        return tr("No pixel has a class, so there is no accuracy to expect.")
    if not card.calibrated:
        return tr(
            "The accuracy to expect of the map is not known: the model's confidence "
            "was not calibrated, because too few pixels or none were held out in its "
            "training."
        )
    return ""


def _threshold(model: ModelFacts, request: ClassifyRequest) -> float | None:
    """Return the index from which on a pixel is unlike the training areas.

    Raises:
        ConfigError: It is needed and the model does not know it.
    """
    if model.threshold is None and (request.applicability or request.leave_out_unlike):
        raise ConfigError(
            tr("The model '{path}' has no area of applicability.").format(
                path=model.path
            ),
            hint=tr(
                "Train it again, because models of older versions do not have one. Or "
                "do without 'Area of applicability' and 'Leave out pixels unlike the "
                "training areas'."
            ),
        )
    return model.threshold


class InOneProcess:
    """Maps tiles in this process, one after the other.

    Args:
        model: The model; it is loaded, if need be, before the first tile.
        cube: The cube with the model's bands.
        request: What to classify; its device and its memory budget.

    Attributes:
        device: Where the network runs, once it does.
        peak_memory_mb: Most memory that another process has held: there is none.
    """

    def __init__(
        self, model: ModelFacts, cube: MatchedCube, request: ClassifyRequest
    ) -> None:
        self._model, self._cube, self._request = model, cube, request
        self.device, self.peak_memory_mb = "", 0.0

    def memory_mb(self, _tiles: int, _progress: Progress) -> int:
        """Return the memory budget in MiB, 0 for the engine's default."""
        return self._request.memory_mb

    def layers(
        self,
        tiles: Sequence[Tile],
        preparation: Preparation,
        rules: MapRules,
        progress: Progress,
    ) -> Generator[tuple[Tile, MapLayers], None, None]:
        """Yield each tile with its layers; see `ByWorkers.layers`."""
        # Here, as it takes torch, whose import takes seconds: what is wrong with the
        # input is said before, and a run whose workers map the tiles does without.
        from miaf_engine.prediction.mapper import LoadedModel

        request = self._request
        model = LoadedModel.of(self._model, request.device, progress)
        mapper = model.mapper(self._cube, preparation, request.memory_mb)
        for found in mapper.mapped(tiles, progress):
            yield found.tile, rules.layers(found.probabilities, found.unlikeness)
        self.device = mapper.device.name  # the CPU where a graphics card has failed


def _tiles(
    mapping: InOneProcess | ByWorkers,
    part: Window,
    cube: MatchedCube,
    card: ModelCard,
    request: ClassifyRequest,
    progress: Progress,
) -> list[Tile]:
    """Cut a part of a cube into tiles that fit the budget of the processes at work."""
    grid, bands = cube.source.grid, len(cube.bands)
    tiles = tiles_of_part(part, grid, bands, card, request, progress)
    memory_mb = mapping.memory_mb(len(tiles), progress)
    if memory_mb == request.memory_mb:
        return tiles
    lower = replace(request, memory_mb=memory_mb)
    return tiles_of_part(part, grid, bands, card, lower, progress)


def _mapped(
    layers: Iterable[tuple[Tile, MapLayers]],
    part: Window,
    writers: MapWriters,
    summary: MapSummary,
) -> int:
    """Write the map of a part of a cube; return how many pixels have a class.

    Raises:
        CubeError: None has.
    """
    classified = with_data = 0
    for tile, found in layers:
        place = tile.core.within(part)
        writers.put(place, found)
        summary.add(
            place, found.valid, found.classes, found.unlikeness, found.confidence
        )
        with_data += int(found.valid.sum())
        classified += int((found.classes > 0).sum())
    if not with_data:
        raise CubeError(
            tr("The part of the cube to classify has no valid pixels."),
            hint=tr("Check the nodata value of the cube and 'Extent'."),
        )
    return classified


def classify_scenes(
    request: ClassifyScenesRequest, progress: Progress
) -> dict[str, Any]:
    """Classify several cubes and write what is asked for of each.

    A scene that cannot be classified is reported, and the others are still classified.

    Raises:
        ConfigError: There is no scene, or a scene's entries are wrong.
        MiafError: The model cannot be read.
        Cancelled: The caller asked to stop; maps that are done stay.
    """
    started = time.perf_counter()
    own = {"model": request.model, "device": request.device}
    asked = [ClassifyRequest.from_json({**s, **own}) for s in request.scenes or ()]
    if not asked:
        raise ConfigError(
            tr("There is no scene to classify."), hint=tr("Give at least one cube.")
        )
    from miaf_engine.prediction.mapper import LoadedModel

    model = LoadedModel.load(request.model, request.device, progress)
    maps = classify_each(model, asked, progress)
    done = [entry for entry in maps if "error" not in entry]
    figures = {
        "maps": maps,
        "map_count": len(done),
        "failed_count": len(maps) - len(done),
        "classes": model.card.classes.as_json(),
        "device": model.device.name,
        "seconds": round(time.perf_counter() - started, 3),
        "peak_memory_mb": round(peak_memory_mb(), 1),
    }
    return {"outputs": {}, "figures": figures}


def classify_each(
    model: LoadedModel, asked: Sequence[ClassifyRequest], progress: Progress
) -> list[dict[str, Any]]:
    """Classify scenes in turn; return for each its outputs and figures, or its error.

    Args:
        model: The model, used for all; `model` and `device` of requests are not.
        asked: What to classify and write.
        progress: Receives each step; may cancel.

    Raises:
        Cancelled: The caller asked to stop; maps that are done stay.
    """
    maps: list[dict[str, Any]] = []
    # The map of one must not replace what another is read from.
    read = InputFiles(path for one in asked for path in (one.cube, one.mask))
    for number, scene in enumerate(asked):
        text = tr("Scene {number} of {asked}: ").format(
            number=number + 1, asked=len(asked)
        )
        stage = Stage(progress, number / len(asked), (number + 1) / len(asked), text)
        try:
            for path in filter(None, _paths_of(scene).values()):
                check_unread(path, read)
            result = classify_with(model, scene, stage)
        except MiafError as error:
            progress.warning(
                tr("'{cube}' was not classified: {error}").format(
                    cube=scene.cube, error=error
                )
            )
            maps.append({"cube": scene.cube, "error": error.facts})
        else:
            maps.append({"cube": scene.cube, **result})
    return maps
