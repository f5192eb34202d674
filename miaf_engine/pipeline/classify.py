"""Classify a cube with a trained model."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from miaf_engine.config import NetworkConfig, SuperpixelConfig
from miaf_engine.devices import choose_device
from miaf_engine.errors import ConfigError, CubeError, InputError, ModelFormatError
from miaf_engine.grid import Grid, Window
from miaf_engine.mapping import SceneMapper
from miaf_engine.memory import peak_memory_mb
from miaf_engine.model_card import ModelCard, read_card
from miaf_engine.model_file import load_model
from miaf_engine.pipeline.another_scene import fitted_to_scene, matched_cube
from miaf_engine.pipeline.cube_input import opened_cube
from miaf_engine.pipeline.rasters import RASTER_NAMES, MapWriters, check_targets
from miaf_engine.preparation import Preparation
from miaf_engine.progress import Progress, Span
from miaf_engine.projection import Projection
from miaf_engine.requests import ClassifyRequest
from miaf_engine.scene import Normalisation
from miaf_engine.tiles import (
    Tile,
    budget_mb,
    bytes_per_pixel,
    plan_tiles,
    shifted,
)


def classify(request: ClassifyRequest, progress: Progress) -> dict[str, Any]:
    """Classify a cube and write what the request asks for.

    Raises:
        MiafError: The model does not fit the cube, or a file is wrong.
        Cancelled: The caller asked to stop; nothing was written.
    """
    started = time.perf_counter()
    paths = {name: getattr(request, name) for name in RASTER_NAMES}
    outputs = check_targets(paths, (request.cube, request.model, request.mask))
    if not outputs:
        raise ConfigError(
            "There is nothing to write.",
            hint="Ask for the class map, the confidence, the probabilities, the "
            "entropy or the margin.",
        )
    card = read_card(request.model)
    preparation = preparation_of(card, request.model)
    device = choose_device(request.device)
    progress.info(f"Device: {device.reason}.")
    with ExitStack() as stack:
        reader = opened_cube(request, stack, progress)
        cube = matched_cube(
            reader, card, interpolate=request.interpolate_bands, progress=progress
        )
        part = extent_window(request.extent, reader.grid)
        tiles = tiles_of_part(part, reader.grid, len(cube.bands), card, request)
        preparation, scene_figures = fitted_to_scene(
            preparation, cube, card, request.normalise_by, Span(progress, 0.0, 0.02)
        )
        network, _ = load_model(request.model, device.name)
        grid = reader.grid.cut(part)
        writers = MapWriters.open(request, grid, card.classes, stack)
        mapper = SceneMapper(
            cube.source,
            cube.bands,
            preparation,
            network,
            device.name,
            card.temperature,
        )
        classified = 0
        mapping = mapper.probabilities(tiles, Span(progress, 0.02, 1.0))
        for tile, probabilities in mapping:
            classes = writers.write(tile.core.within(part), probabilities)
            classified += int((classes > 0).sum())
        if not classified:
            raise CubeError(
                "The part of the cube to classify has no valid pixel.",
                hint="Check its nodata value and the extent.",
            )
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


def tiles_of_part(
    part: Window, grid: Grid, bands: int, card: ModelCard, request: ClassifyRequest
) -> list[Tile]:
    """Cut a part of a cube into tiles that fit the memory budget.

    Raises:
        MemoryShortError: Not even the smallest tile fits.
    """
    superpixels: SuperpixelConfig = SuperpixelConfig.from_json(card.superpixels)
    pixel_bytes = bytes_per_pixel(
        bands,
        len(card.classes),
        superpixels.components,
        NetworkConfig.from_json(card.network),
        training=False,
    )
    budget = budget_mb(request.memory_mb)
    smaller = part != grid.window
    tiles = plan_tiles(part.height, part.width, pixel_bytes, budget, part=smaller)
    return [shifted(tile, part, grid) for tile in tiles]


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


def extent_window(extent: list[float] | None, grid: Grid) -> Window:
    """Return the pixels of a grid that an extent touches.

    Args:
        extent: xmin, ymin, xmax, ymax in the grid's CRS; None for the whole grid.
        grid: The cube's grid; any rotation.

    Raises:
        ConfigError: It is no extent, or lies outside the grid.
    """
    if extent is None:
        return grid.window
    if len(extent) != 4 or not all(math.isfinite(value) for value in extent):
        raise ConfigError(f"The extent must be four numbers (got {extent}).")
    x0, y0, x1, y1 = extent
    a, b, c, d, e, f = grid.transform
    scale = a * e - b * d
    corners = [(x, y) for x in (x0, x1) for y in (y0, y1)]
    columns = [(e * (x - c) - b * (y - f)) / scale for x, y in corners]
    rows = [(a * (y - f) - d * (x - c)) / scale for x, y in corners]
    # A hair's breadth is rounding error of the division, not another pixel.
    near = 1e-6
    top = max(math.floor(min(rows) + near), 0)
    left = max(math.floor(min(columns) + near), 0)
    bottom = min(math.ceil(max(rows) - near), grid.height)
    right = min(math.ceil(max(columns) - near), grid.width)
    if top >= bottom or left >= right:
        raise ConfigError(
            f"The extent {_listed(extent)} lies outside the cube.",
            hint=f"The cube covers {_listed(grid.bounds)}.",
        )
    return Window(top, left, bottom - top, right - left)


def _listed(bounds: Iterable[float]) -> str:
    # Ten digits: northings have seven before the point, degrees need seven behind it.
    return ", ".join(f"{value:.10g}" for value in bounds)
